() => {
  // A question whose answer cannot arrive: the page is loaded again, which shows what became of it. Gradio 6.31 closes the
  // stream of a page when its last known event ends, also while the next question is on its way; that question is answered
  // and kept, but the page never hears of it.
  const SIGNS = ".wj-stage, .wj-answer, .wj-error, .wj-notice"; // of a question that has arrived
  const SECONDS = 10;
  let waiting = 0;
  document.addEventListener("wj-asked", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (navigator.onLine && !document.querySelector("#wj-chat .wj-stage")) location.reload();
    }, SECONDS * 1000);
  });
  const isSign = (node) => node.nodeType === Node.ELEMENT_NODE && (node.matches(SIGNS) || node.querySelector(SIGNS));
  new MutationObserver((changes) => {
    if (changes.some((change) => [...change.addedNodes].some(isSign))) clearTimeout(waiting);
  }).observe(document.body, { childList: true, subtree: true });
}
