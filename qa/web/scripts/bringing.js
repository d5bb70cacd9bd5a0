// The place to drop files: sends them one after the other, then tells the server which came and which did not.
// Runs inside of a gr.HTML component (js_on_load: element, trigger, upload); what is in it is drawn later, and anew.
let busy = false;

const bring = async (zone, files) => {
  if (busy || !files.length) return;
  busy = true;
  const { largest, most, sending, tooLarge, notSent } = zone.dataset;
  const line = zone.querySelector(".wj-sending");
  const sent = [];
  zone.classList.add("wj-busy");
  for (const [at, file] of files.entries()) {
    line.textContent = sending.replace("{at}", at + 1).replace("{count}", files.length) + file.name;
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
  line.textContent = "";
  zone.querySelector("input").value = "";
  zone.classList.remove("wj-busy");
  busy = false;
  trigger("upload", { files: sent });
};

const zoneOf = (event) => event.target.closest && event.target.closest(".wj-drop");

element.addEventListener("change", (event) => bring(zoneOf(event), [...event.target.files]));

for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
  element.addEventListener(name, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle("wj-over", name === "dragenter" || name === "dragover");
    if (name === "drop") bring(zone, [...event.dataTransfer.files]);
  });
}
