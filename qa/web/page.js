() => {
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
}
