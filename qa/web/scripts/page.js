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

  // Where a page is not served over https, browsers offer no clipboard, and copy only what is selected.
  const copySelected = (text, button) => {
    const box = document.createElement("textarea");
    box.value = text;
    box.style.cssText = "position:fixed;opacity:0";
    button.parentElement.append(box); // beside the button: what stands outside of an open dialog takes no focus
    box.select();
    const done = document.execCommand("copy");
    box.remove();
    button.focus();
    return done;
  };
  // Copies a text for the button that was pressed, and tells whether that could be done.
  window.wenjuCopy = async (text, button) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copySelected(text, button);
    }
  };

  // Gradio labels each message with its source, tags and all; without the label, screen readers read the message.
  const unlabel = () => {
    for (const message of document.querySelectorAll('#wj-chat [data-testid="bot"], #wj-chat [data-testid="user"]')) {
      message.removeAttribute("aria-label");
    }
    // A list must hold items, and Gradio's list of examples holds buttons.
    document.querySelector('#wj-chat .examples[role="list"]')?.removeAttribute("role");
  };
  new MutationObserver(unlabel).observe(document.body, { childList: true, subtree: true });

  // Gradio tells of a lost connection in English alone, then loads the page anew as soon as the server can be reached.
  const told = () => {
    const [title, said] = document.querySelector(".wj-header")?.dataset.lost.split("|") ?? [];
    for (const text of document.querySelectorAll('[data-testid="toast-text"]')) {
      if (!said || !text.textContent.startsWith("Connection to the server was lost")) continue;
      text.textContent = said;
      text.closest(".toast-body").querySelector(".toast-title").textContent = title;
    }
  };
  new MutationObserver(told).observe(document.body, { childList: true, subtree: true });
}
