// Files dropped on Home are sent one by one; the table of jobs is asked for anew.
import { tell } from "./app.js";

const drop = document.getElementById("drop");
const file = document.getElementById("file");
const box = document.getElementById("jobs-box");

async function send(files) {
  for (const one of files) {
    tell(`Sending ${one.name} …`);
    const reply = await fetch(`/ingest?name=${encodeURIComponent(one.name)}`, {
      method: "POST", body: one, headers: { "Content-Type": "application/octet-stream" },
    });
    tell(reply.ok ? `${one.name} is in the queue` : `${one.name} was not taken (${reply.status})`);
    await renew();
  }
  watch();
}

async function renew() {
  const reply = await fetch("/jobs");
  // Our own page, with everything in it escaped by the server.
  if (reply.ok) box.replaceChildren(document.createRange().createContextualFragment(await reply.text()));
}

let timer = null;
function watch() {
  clearTimeout(timer);
  if (!box.querySelector("[data-state=waiting], [data-state=reading]")) return;
  timer = setTimeout(async () => {
    await renew();
    if (!box.querySelector("[data-state=waiting], [data-state=reading]")) location.reload();
    watch();
  }, 1000);
}

if (drop) {
  drop.hidden = false;
  document.querySelector(".needs-script").hidden = true;
  file.addEventListener("change", () => send(file.files));
  document.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  document.addEventListener("dragleave", () => drop.classList.remove("over"));
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    send(event.dataTransfer.files);
  });
  watch();
}
