() => {
  // Buttons in our HTML ask for something over a hidden text box of Gradio's, whose change the server answers.
  let sent = 0;
  const send = (wire, value) => {
    const box = document.querySelector(`#${wire} textarea, #${wire} input`);
    if (!box) return;
    const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
    Object.getOwnPropertyDescriptor(prototype, "value").set.call(box, value);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // The same wish twice in a row is a change, too: a number makes each one new.
  const wish = (wire, wanted) => send(wire, JSON.stringify({ ...wanted, sent: ++sent }));

  // Gradio puts its own class before every selector of ours, so what a style looks at must stand inside of the page.
  const main = () => document.getElementById("wj-main") || document.body;

  const drawer = (open) => {
    main().classList.toggle("wj-drawer-shown", open);
    const button = document.querySelector(open ? ".wj-drawer-close" : ".wj-drawer-open");
    // What moves in is not seen at once, each of its parts by a transition of its own, and what is not seen takes no focus.
    const focus = (triesLeft) => {
      button?.focus();
      if (button && document.activeElement !== button && triesLeft > 0) setTimeout(() => focus(triesLeft - 1), 50);
    };
    focus(20);
  };

  document.addEventListener("wj-drawer-close", () => {
    if (main().classList.contains("wj-drawer-shown")) drawer(false);
  });

  const open = (id) => wish("wj-open-request", { do: "open", value: id });

  const actions = {
    open: (button) => {
      main().classList.remove("wj-drawer-shown");
      open(button.dataset.id || "");
    },
    drawer: () => drawer(!main().classList.contains("wj-drawer-shown")),
    alone: (button) => wish("wj-ask-request", { do: "alone", turn: Number(button.dataset.turn) }),
    ask: (button) => wish("wj-ask-request", { do: "ask", value: button.dataset.question }),
    rename: (button) => {
      wish("wj-request", { do: "rename", value: button.closest(".wj-menu-inside").querySelector("input").value });
    },
    delete: () => wish("wj-request", { do: "delete" }),
    up: (button) => rate(button),
    down: (button) => rate(button),
    note: (button) => {
      const remark = button.closest(".wj-remark");
      const note = remark.querySelector("textarea").value;
      wish("wj-request", { do: "note", turn: Number(button.dataset.turn), value: note });
      remark.classList.toggle("wj-written", note.trim() !== "");
      remark.open = false;
      remark.querySelector("summary").focus();
    },
    copy: (button) => {
      const said = button.parentElement.querySelector(".wj-copy-said");
      window.wenjuCopy(button.dataset.text, button).then((done) => {
        button.classList.toggle("wj-done", done);
        said.textContent = done ? button.dataset.done : button.dataset.failed;
        setTimeout(() => {
          button.classList.remove("wj-done");
          said.textContent = "";
        }, 2500);
      });
    },
  };
  const rate = (button) => {
    const taken = button.getAttribute("aria-pressed") === "true";
    // Who says that an answer was no good is asked what was wrong with it.
    if (button.dataset.wjDo === "down" && !taken) {
      const remark = button.closest(".wj-foot").querySelector(".wj-remark");
      remark.open = true;
      remark.querySelector("textarea").focus();
    }
    for (const thumb of button.parentElement.querySelectorAll("[aria-pressed]")) {
      thumb.setAttribute("aria-pressed", String(thumb === button && !taken));
    }
    wish("wj-request", { do: taken ? "unrate" : button.dataset.wjDo, turn: Number(button.dataset.turn) });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-wj-do]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
    if (button && plain && actions[button.dataset.wjDo]) {
      event.preventDefault();
      actions[button.dataset.wjDo](button);
    } else if (main().classList.contains("wj-drawer-shown") && !event.target.closest("#wj-side")) {
      main().classList.remove("wj-drawer-shown");
    }
    for (const menu of document.querySelectorAll("details.wj-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });

  // Enter that ends the input of a Chinese word must not send the question; Gradio does not look.
  for (const name of ["keydown", "keypress"]) {
    document.addEventListener(name, (event) => {
      if (event.key === "Enter" && (event.isComposing || event.keyCode === 229)) event.stopPropagation();
    }, true);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches(".wj-menu-inside input")) {
      event.preventDefault();
      actions.rename(event.target);
    }
    // As in the question box: Enter sends, with Shift it begins a new line.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
      const box = event.target;
      const sends = box.matches(".edit-textarea")
        ? box.closest(".message-row").nextElementSibling?.querySelector("button")
        : box.matches(".wj-remark textarea") && box.closest(".wj-remark").querySelector("button");
      if (sends) {
        event.preventDefault();
        sends.click();
      }
    }
    if (event.key === "Escape") {
      const menu = event.target.closest && event.target.closest("details.wj-menu[open], details.wj-remark[open]");
      if (menu) {
        menu.open = false;
        menu.querySelector("summary").focus();
      } else if (event.target.matches(".edit-textarea")) {
        event.target.closest(".message-row").nextElementSibling?.querySelector("button:last-of-type")?.click();
        document.querySelector("#wj-question textarea").focus();
      } else if (main().classList.contains("wj-drawer-shown")) {
        drawer(false);
      }
    }
  }, true);

  // Gradio shows a question as HTML, so it comes escaped; who edits it gets the characters that were typed.
  const unescape = (text) => new DOMParser().parseFromString(text, "text/html").documentElement.textContent;
  const prepareEdit = () => {
    for (const box of document.querySelectorAll("#wj-chat .edit-textarea:not([data-wj])")) {
      box.dataset.wj = "";
      box.setAttribute("aria-label", document.querySelector("#wj-question textarea").placeholder);
      box.value = unescape(box.value);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  // Gradio's buttons in the question box show a picture only.
  const nameButtons = () => {
    const words = document.querySelector(".wj-bar")?.dataset;
    for (const [name, said] of [["submit-button", words?.send], ["stop-button", words?.stop]]) {
      const button = document.querySelector(`#wj-question [data-testid="${name}"], #wj-question .${name}`);
      if (!button || !said || button.title === said) continue;
      button.title = said;
      button.setAttribute("aria-label", said);
      // It stands inside of the label, and must not become a part of the name of the box.
      const label = button.closest("label");
      label?.querySelector("textarea").setAttribute("aria-label", label.querySelector("span").textContent.trim());
    }
  };
  // What is typed and not sent outlives a page that is loaded again, be it by the reader or after a lost connection.
  const DRAFT = "wenju-draft";
  const questionBox = () => document.querySelector("#wj-question textarea");
  window.addEventListener("pagehide", () => {
    if (questionBox()) sessionStorage.setItem(DRAFT, questionBox().value);
  });
  const bringDraft = () => {
    const draft = sessionStorage.getItem(DRAFT);
    if (draft === null || !questionBox() || !document.querySelector(".wj-header")) return; // filled by the server first
    sessionStorage.removeItem(DRAFT);
    if (draft && !questionBox().value) send("wj-question", draft);
  };

  // A question goes to the top, so that its answer is read from its beginning, however long it is and whatever still
  // comes below; who has scrolled in the meantime stays there.
  let shown = "";
  let placed = 0;
  const showTurn = () => {
    const questions = document.querySelectorAll("#wj-chat .message-row.user-row");
    const row = questions[questions.length - 1];
    const chat = row?.closest(".bubble-wrap");
    const asked = chat ? questions.length + row.textContent : "";
    const moved = chat && Math.abs(chat.scrollTop - Math.min(placed, chat.scrollHeight - chat.clientHeight)) > 4;
    if (chat && (asked !== shown || !moved) && !row.querySelector("textarea")) {
      chat.scrollTop += row.getBoundingClientRect().top - chat.getBoundingClientRect().top - 10;
      placed = chat.scrollTop;
    }
    shown = asked;
  };
  const tidy = () => {
    showTurn();
    prepareEdit();
    nameButtons();
    bringDraft();
  };
  new MutationObserver(tidy).observe(document.body, { childList: true, subtree: true });

  // The address names the open conversation, so that a reload shows it; Back leads to the one before.
  const inAddress = () => new URLSearchParams(location.search).get("c") || "";
  document.addEventListener("wj-conversation", (event) => {
    if (inAddress() === event.detail) return;
    history.pushState(null, "", event.detail ? `/?c=${encodeURIComponent(event.detail)}` : "/");
  });
  window.addEventListener("popstate", () => open(inAddress()));
}
