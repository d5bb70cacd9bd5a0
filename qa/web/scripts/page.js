() => {
  // Screen readers and the choice between Chinese and Japanese letter forms go by the language of the page.
  document.documentElement.lang = navigator.language.startsWith("zh") ? navigator.language : "en";

  // Light and dark follow the system until the reader switches; the choice is kept in this browser.
  const kept = localStorage.getItem("wenju-theme");
  if (kept) document.body.classList.toggle("dark", kept === "dark");
  document.addEventListener("click", (event) => {
    if (!event.target.closest(".wj-theme")) return;
    const dark = document.body.classList.toggle("dark");
    localStorage.setItem("wenju-theme", dark ? "dark" : "light");
  });

  // A number in an answer leads to its quotation, also when the evidence of that answer has to be fetched again first.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.wj-ref");
    if (!link) return;
    event.preventDefault();
    const name = decodeURIComponent(link.getAttribute("href").split("#")[1]);
    const show = (triesLeft) => {
      const citation = document.getElementById(name);
      if (citation) {
        citation.scrollIntoView({ behavior: "smooth", block: "nearest" });
        citation.focus({ preventScroll: true });
      } else if (triesLeft > 0) {
        setTimeout(() => show(triesLeft - 1), 100);
      }
    };
    show(30);
  });

  // Gradio labels each message with its source, tags and all; without the label, screen readers read the message.
  const unlabel = () => {
    for (const message of document.querySelectorAll('#wj-chat [data-testid="bot"], #wj-chat [data-testid="user"]')) {
      message.removeAttribute("aria-label");
    }
  };
  new MutationObserver(unlabel).observe(document.body, { childList: true, subtree: true });
}
