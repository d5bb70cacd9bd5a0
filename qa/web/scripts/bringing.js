// A place to drop files and to choose them: sends them one after the other, then tells the server which came and which
// did not. What is brought while others are read waits for its turn. Runs inside of a gr.HTML component (js_on_load:
// element, trigger, upload); what is in it is drawn later, and anew. `data-within` names what files may be dropped on.
let busy = false;
const waiting = [];

const zoneHere = () => element.querySelector(".wj-drop");
const placeHere = () => zoneHere() && zoneHere().closest(zoneHere().dataset.within);

const say = (text) => {
  zoneHere().querySelector(".wj-sending").textContent = text;
};

const bring = (files) => {
  waiting.push(...files);
  zoneHere().querySelector("input").value = "";
  if (!busy) send();
  else if (files.length) say(zoneHere().dataset.waiting.replace("{count}", waiting.length));
};

const send = async () => {
  const files = waiting.splice(0);
  busy = files.length > 0;
  if (!busy) return;
  const { largest, most, sending, tooLarge, notSent } = zoneHere().dataset;
  const sent = [];
  for (const [at, file] of files.entries()) {
    say(sending.replace("{at}", at + 1).replace("{count}", files.length) + file.name);
    let came = { name: file.name, path: "" };
    if (file.size > Number(largest)) {
      came.why = tooLarge;
    } else if (at < Number(most)) {
      try {
        came.path = (await upload(file)).path;
      } catch (problem) {
        const said = /^HTTP \d+: (.*)/s.exec(problem.message);
        came.why = said ? said[1] : notSent;
      }
    }
    sent.push(came);
  }
  say("");
  trigger("upload", { files: sent });
};

// The page tells when the server has come to the end of what it was told, be it good or bad.
document.addEventListener("wj-taken", () => {
  if (!element.isConnected) return;
  say("");
  send();
});

element.addEventListener("change", (event) => bring([...event.target.files]));

// Of itself, a browser opens its dialog for the space bar, and for Enter sometimes.
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("input[type=file]")) return;
  event.preventDefault();
  event.target.click();
});

// Text that is dragged into a field is not for us; files that miss the place must not be opened instead of the page.
for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    if (!element.isConnected || !event.dataTransfer || ![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    const place = placeHere();
    const inside = place && place.contains(name === "dragleave" ? event.relatedTarget : event.target);
    if (place) place.classList.toggle("wj-over", Boolean(inside) && name !== "drop");
    if (!inside && name !== "dragleave") event.dataTransfer.dropEffect = "none";
    if (inside && name === "drop") bring([...event.dataTransfer.files]);
  });
}
