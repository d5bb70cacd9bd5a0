// The list of documents and the dialog of one: buttons with data-do tell the server what is wanted, after the question
// in data-confirm where they have one. Runs inside of a gr.HTML component (js_on_load: element, trigger, watch).
let asker = null;

const wish = (button) => trigger("click", { do: button.dataset.do, name: button.dataset.name });

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (button.dataset.do === "close") {
    button.closest("dialog").close();
    return;
  }
  const dialog = button.dataset.confirm && element.querySelector(".wj-confirm");
  if (!dialog) {
    asker = button.dataset.do;
    wish(button);
    return;
  }
  dialog.querySelector(".wj-confirm-text").textContent = button.dataset.confirm;
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue === "yes") wish(button);
    else button.focus();
  };
  dialog.showModal();
});

// A click beside a dialog closes it, as Escape does.
element.addEventListener("click", (event) => {
  if (event.target.matches("dialog")) event.target.close();
});

watch("value", () => {
  const opened = element.querySelector("dialog.wj-document");
  if (opened && !opened.open) opened.showModal();
  // What was pressed is made anew with the list: the keyboard goes on where it was.
  const again = asker && element.querySelector(`[data-do="${asker}"][aria-pressed="true"]`);
  if (again && document.activeElement === document.body) again.focus();
  asker = null;
});
