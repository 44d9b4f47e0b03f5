// One key decides and goes on: forms are sent without leaving the page.
import { go, here, step, tell } from "./app.js";

const STATES = { confirm: "confirmed", reject: "rejected", correct: "corrected" };

async function send(form, button) {
  const body = new URLSearchParams(new FormData(form, button));
  const reply = await fetch(form.action, {
    method: "POST", body, headers: { Accept: "application/json" },
  });
  if (!reply.ok) throw new Error(`The decision was not kept (${reply.status}). Load the page again.`);
  return reply.json();
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  if (form.matches("[data-bulk]")) {
    if (!confirm(`${button.textContent.trim()}? You can take it back by u.`)) event.preventDefault();
    return;
  }
  if (!form.matches("[data-judge], .undo-last")) return;
  event.preventDefault();
  const card = form.closest("[data-card]");
  try {
    const { told, verdict } = await send(form, button);
    if (verdict in STATES && card && !card.closest("[data-advance]")) {
      const chip = card.querySelector("[data-review]");
      chip.className = `chip ${STATES[verdict]}`;
      chip.textContent = STATES[verdict];
      form.closest("details")?.removeAttribute("open");
      tell(`${told}; u takes it back`);
      if (here() !== card) go(card);
      step(1);
    } else if (verdict) {
      location.reload();
    } else {
      tell(told);
    }
  } catch (error) {
    tell(error.message);
  }
});

const only = document.querySelector("[data-advance] [data-row]");
if (only) go(only, { focus: false });
