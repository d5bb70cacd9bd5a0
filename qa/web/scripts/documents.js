// The list of documents and the dialog of one: buttons with data-do tell the server what is wanted, after the question
// in data-confirm where they have one, which with data-value is answered by a text. Runs inside of a gr.HTML component (js_on_load: element, trigger, watch).
let asker = null;

const wish = (button, value) => trigger("click", { do: button.dataset.do, name: button.dataset.name, value });

element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (!button) return;
  if (button.dataset.do === "close") {
    button.closest("dialog").close();
    return;
  }
  const dialog = button.dataset.confirm && document.querySelector("dialog.wj-confirm"); // it stands in the list
  if (!dialog) {
    asker = button.dataset.do;
    wish(button);
    return;
  }
  const box = dialog.querySelector("input");
  dialog.querySelector(".wj-confirm-text").textContent = button.dataset.confirm;
  box.hidden = button.dataset.value === undefined;
  box.value = button.dataset.value ?? "";
  dialog.returnValue = "no";
  dialog.onclose = () => {
    if (dialog.returnValue === "yes") wish(button, box.value);
    else button.focus();
  };
  dialog.showModal();
  if (!box.hidden) {
    box.focus();
    box.select();
  }
});

// Enter in a form presses its first button, which is Cancel; Enter that ends the input of a Chinese word presses none.
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches(".wj-confirm input")) return;
  event.preventDefault();
  if (!event.isComposing && event.keyCode !== 229) event.target.closest("dialog").close("yes");
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
