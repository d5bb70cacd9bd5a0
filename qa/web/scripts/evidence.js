() => {
  // The evidence panel: numbers lead to quotations, source and repaired text are switched, quotations are copied, and
  // on a phone the panel is a sheet over the chat.
  const root = document.documentElement;
  const phone = window.matchMedia("(max-width: 700px)");
  const panel = () => document.getElementById("wj-evidence");
  const TRIES = 100; // of 100 ms: fetching the evidence of a turn reads a few rows of the store
  let opener = null; // what gets the focus back
  let hidden = []; // what is inert while the sheet is open
  let asked = 0; // the last number that was clicked; an earlier one that still waits gives up

  const isOpen = () => root.classList.contains("wj-sheet-open");

  // Show what is marked, a third down the box of the article.
  const scrollToMark = (box) => {
    const mark = box.querySelector("mark");
    if (!mark || box.hidden) return;
    const down = mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTop = Math.max(0, down - box.clientHeight / 3);
  };

  const openSheet = () => {
    const sheet = panel();
    if (!sheet || !phone.matches || isOpen()) return;
    root.classList.add("wj-sheet-open");
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
    sheet.setAttribute("aria-labelledby", "wj-panel-title");
    for (let node = sheet; node.parentElement && node !== document.body; node = node.parentElement) {
      for (const beside of node.parentElement.children) {
        if (beside === node || beside.inert || beside === backdrop || /^(SCRIPT|STYLE|LINK)$/.test(beside.tagName)) continue;
        beside.inert = true;
        hidden.push(beside);
      }
    }
  };

  const closeSheet = () => {
    if (!isOpen()) return;
    root.classList.remove("wj-sheet-open");
    for (const beside of hidden) beside.inert = false;
    hidden = [];
    const sheet = panel();
    for (const name of ["role", "aria-modal", "aria-labelledby"]) sheet?.removeAttribute(name);
    sheet?.style.removeProperty("transform");
    giveBack();
  };

  const giveBack = () => {
    asked += 1;
    if (opener?.isConnected) opener.focus();
    else document.querySelector("#wj-question textarea")?.focus();
    opener = null;
  };

  // Open, scroll and focus a card, or a passage among those that were found.
  const show = (card) => {
    openSheet();
    for (let node = card; node; node = node.parentElement) if (node.tagName === "DETAILS") node.open = true;
    card.querySelectorAll(".wj-text").forEach(scrollToMark);
    card.scrollIntoView({ block: "start" });
    const target = card.tagName === "DETAILS" ? card.querySelector("summary") : card;
    // A sheet is not seen before it has begun to move, and what is not seen takes no focus.
    const focus = (triesLeft) => {
      target.focus({ preventScroll: true });
      if (isOpen() && document.activeElement !== target && triesLeft > 0) setTimeout(() => focus(triesLeft - 1), 50);
    };
    focus(20);
  };

  const request = (turn) => {
    const box = document.querySelector("#wj-panel-request textarea, #wj-panel-request input");
    if (!box) return;
    box.value = turn;
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const follow = (link) => {
    const name = decodeURIComponent(link.getAttribute("href").split("#")[1] ?? "");
    const [, turn] = name.match(/^wj-(\d+)-/) ?? [];
    if (!turn) return;
    opener = link;
    const mine = (asked += 1);
    const wait = (triesLeft) => {
      if (mine !== asked) return;
      const card = document.getElementById(name);
      if (card) show(card);
      else if (triesLeft > 0) setTimeout(() => wait(triesLeft - 1), 100);
    };
    if (!document.getElementById(name)) request(turn);
    wait(TRIES);
  };

  const switchTo = (button) => {
    const card = button.closest(".wj-citation");
    const wanted = button.dataset.view;
    for (const one of card.querySelectorAll(".wj-switch button")) {
      one.setAttribute("aria-pressed", String(one.dataset.view === wanted));
    }
    for (const one of card.querySelectorAll("[data-of]")) one.hidden = one.dataset.of !== wanted;
    card.querySelectorAll(".wj-text").forEach(scrollToMark);
  };

  const copy = async (button) => {
    const card = button.closest(".wj-citation");
    const view = card.querySelector('.wj-switch [aria-pressed="true"]')?.dataset.view ?? "source";
    const link = card.querySelector("a.wj-permalink");
    const text = button.dataset[view] + (link ? `\n${link.href}` : "");
    const done = await window.wenjuCopy(text, button);
    const said = card.querySelector(".wj-said");
    said.textContent = "";
    // Said again each time, also when it is the same.
    setTimeout(() => (said.textContent = done ? button.dataset.done : button.dataset.failed), 50);
  };

  const backdrop = document.createElement("div");
  backdrop.className = "wj-backdrop";
  document.body.append(backdrop);

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    if (event.target === backdrop || at(".wj-close")) closeSheet();
    else if (at("a.wj-ref")) {
      event.preventDefault();
      follow(at("a.wj-ref"));
    } else if (at(".wj-switch button")) switchTo(at(".wj-switch button"));
    else if (at(".wj-copy")) copy(at(".wj-copy"));
    else if (at(".wj-text :is(del, ins, .wj-apart)[title]")) {
      // A finger cannot hover: what stood there is said below the text.
      const said = at(".wj-citation").querySelector(".wj-said");
      said.textContent = at("[title]").title;
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (isOpen()) closeSheet();
    else if (opener && panel()?.contains(document.activeElement)) giveBack();
  });

  // What unfolds at the lower edge comes into sight.
  document.addEventListener("toggle", (event) => {
    if (event.target.matches?.(".wj-because[open]")) event.target.scrollIntoView({ block: "nearest" });
  }, true);

  // Pulled down by its head, the sheet follows the finger; far enough, it closes.
  let from = null;
  document.addEventListener("pointerdown", (event) => {
    if (isOpen() && event.target.closest?.(".wj-panel-head") && !event.target.closest("button")) from = event.clientY;
  });
  document.addEventListener("pointermove", (event) => {
    if (from !== null) panel().style.setProperty("transform", `translateY(${Math.max(0, event.clientY - from)}px)`, "important");
  });
  for (const name of ["pointerup", "pointercancel"]) {
    document.addEventListener(name, (event) => {
      if (from === null) return;
      const far = event.clientY - from > 90 && name === "pointerup";
      from = null;
      panel().style.removeProperty("transform");
      if (far) closeSheet();
    });
  }

  phone.addEventListener("change", () => phone.matches || closeSheet());

  // New evidence stands at its quotations at once, and an address that names an article opens it.
  const arrange = () => {
    const evidence = panel();
    if (!evidence) return;
    for (const box of evidence.querySelectorAll(".wj-text:not([data-arranged])")) {
      box.dataset.arranged = "";
      scrollToMark(box);
    }
    const opened = evidence.querySelector(".wj-evidence[data-opened]");
    if (opened) {
      delete opened.dataset.opened;
      if (phone.matches) show(opened.querySelector(".wj-citation") ?? opened.querySelector(".wj-close"));
    }
  };
  new MutationObserver(arrange).observe(document.body, { childList: true, subtree: true });
  arrange();
}
