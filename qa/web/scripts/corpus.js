// The map of topics: one link stands on the point that the pointer, a finger or the arrow keys are at, and a note beside
// it says what that is. Runs inside of a gr.HTML component (js_on_load: element). Text is set as text only.
const NEAR = 22; // pixels

let map, link, tip, articles, dots;
let at = 0;

const begin = () => {
  const found = element.querySelector(".wj-map:not(.wj-pending)");
  if (found && found === map) return; // the reader may be on it already
  map = found;
  if (!map) return;
  [link, tip] = [map.querySelector(".wj-cursor"), map.querySelector(".wj-tip")];
  articles = JSON.parse(map.querySelector("template").content.textContent);
  dots = [...map.querySelectorAll(".wj-dots use")].map((dot) => ({
    dot, x: parseFloat(dot.getAttribute("x")), y: parseFloat(dot.getAttribute("y")),
    article: articles[dot.dataset.a], span: dot.dataset.s,
  }));
  place(dots.reduce((most, { x }, number) => (x < dots[most].x ? number : most), 0));
  leave();
  const pressed = element.querySelector('.wj-key[aria-pressed="true"]');
  if (pressed) only(pressed.dataset.key);
};

const made = (name, text, href) => {
  const one = document.createElement(name);
  one.textContent = text;
  if (href) one.href = href;
  return one;
};

// The link goes to a point; Tab and Enter, a click, a click with Ctrl are then those of any link.
const place = (number) => {
  const { x, y, article } = dots[(at = number)];
  link.hidden = false;
  link.href = article.ask;
  link.setAttribute("aria-label", `${article.title}. ${tip.dataset.ask}: ${article.question}`);
  Object.assign(link.style, { left: `${x}%`, top: `${y}%` });
};

const tell = (pinned) => {
  const { x, y, article, span } = dots[at];
  const ways = document.createElement("p");
  ways.append(made("a", tip.dataset.ask, article.ask), made("a", tip.dataset.open, `${article.open}&span=${span}`));
  const about = article.about ? [made("span", article.about)] : [];
  tip.replaceChildren(made("strong", article.title), ...about, made("em", article.question), ...(pinned ? [ways] : []));
  tip.hidden = false;
  tip.classList.toggle("wj-pinned", pinned);
  const [width, height] = [map.clientWidth, map.clientHeight];
  const left = Math.min(Math.max((x / 100) * width - tip.offsetWidth / 2, 6), width - tip.offsetWidth - 6);
  const below = (y / 100) * height + 18;
  const top = below + tip.offsetHeight > height - 4 ? (y / 100) * height - 18 - tip.offsetHeight : below;
  Object.assign(tip.style, { left: `${left}px`, top: `${Math.max(4, top)}px` });
  link.classList.add("wj-here");
};

const leave = () => {
  tip.hidden = true;
  link.classList.remove("wj-here");
};

const nearest = (event) => {
  const box = map.getBoundingClientRect();
  const [left, top] = [event.clientX - box.left, event.clientY - box.top];
  let [best, least] = [-1, NEAR * NEAR];
  dots.forEach(({ dot, x, y }, number) => {
    if (dot.classList.contains("wj-dim")) return;
    const far = ((x / 100) * box.width - left) ** 2 + ((y / 100) * box.height - top) ** 2;
    if (far < least) [best, least] = [number, far];
  });
  return best;
};

// The next point in a direction: near, and not far off the way.
const towards = (right, down) => {
  const [width, height] = [map.clientWidth / 100, map.clientHeight / 100];
  const here = dots[at];
  let [best, least] = [at, Infinity];
  dots.forEach(({ dot, x, y }, number) => {
    const [dx, dy] = [(x - here.x) * width, (y - here.y) * height];
    const [along, aside] = [dx * right + dy * down, Math.abs(dx * down) + Math.abs(dy * right)];
    if (along <= 0.01 || dot.classList.contains("wj-dim")) return;
    const cost = along + 2 * aside;
    if (cost < least) [best, least] = [number, cost];
  });
  return best;
};

const only = (key) => {
  for (const { dot } of dots) dot.classList.toggle("wj-dim", key !== "" && !dot.classList.contains(`wj-k${key}`));
};

element.addEventListener("pointermove", (event) => {
  if (!map || event.pointerType === "touch" || !map.contains(event.target) || tip.contains(event.target)) return;
  const number = nearest(event);
  if (number < 0) {
    if (document.activeElement !== link) leave();
  } else if (number !== at || tip.hidden) {
    place(number);
    tell(false);
  }
});

element.addEventListener("pointerleave", (event) => {
  if (map && event.pointerType !== "touch" && document.activeElement !== link) leave();
});

// A finger shows first, and asks by the note's own link: it cannot point without touching.
let touched = false;
element.addEventListener("pointerdown", (event) => {
  touched = event.pointerType === "touch";
  if (!map || !touched || !map.contains(event.target) || tip.contains(event.target)) return;
  const number = nearest(event);
  if (number < 0) return leave();
  place(number);
  tell(true);
});

element.addEventListener("click", (event) => {
  if (touched && link && link.contains(event.target)) event.preventDefault();
  const key = event.target.closest(".wj-key");
  if (!key) return;
  const pressed = key.getAttribute("aria-pressed") === "true";
  for (const one of element.querySelectorAll(".wj-key")) one.setAttribute("aria-pressed", "false");
  key.setAttribute("aria-pressed", String(!pressed));
  only(pressed ? "" : key.dataset.key);
});

element.addEventListener("focusin", (event) => {
  if (map && event.target === link) tell(touched || link.matches(":focus-visible"));
});
element.addEventListener("focusout", (event) => map && !map.contains(event.relatedTarget) && leave());

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
element.addEventListener("keydown", (event) => {
  if (!map || event.target !== link) return;
  if (event.key === "Escape") leave();
  if (!WAYS[event.key]) return;
  event.preventDefault();
  place(towards(...WAYS[event.key]));
  tell(true);
});

// Gradio puts the picture in anew with an update, after it has told of the value.
new MutationObserver(begin).observe(element, { childList: true, subtree: true });
begin();
