// The Reader: the card that one is on lights its words in the text, and the other way.
import { go } from "./app.js";

const escape = (id) => CSS.escape(id);

document.addEventListener("arrive", (event) => {
  const id = event.target.dataset.card;
  if (!id) return;
  const words = document.querySelectorAll(`.paper [data-of~="${escape(id)}"]`);
  words.forEach((one) => one.classList.add("lit"));
  words[0]?.scrollIntoView({ block: "nearest" });
});

document.addEventListener("leave", () => {
  document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
});

document.querySelector(".paper")?.addEventListener("click", (event) => {
  const ids = event.target.closest("[data-of]")?.dataset.of.split(" ") ?? [];
  // The last mark is the innermost one.
  const cards = ids.map((id) => document.querySelector(`[data-card="${escape(id)}"]`)).filter(Boolean);
  go(cards.at(-1));
});

// What is selected in the text is taken along to the page that adds a row.
document.querySelector("[data-add]")?.addEventListener("click", (event) => {
  const words = getSelection().toString().trim();
  if (words) event.currentTarget.search = new URLSearchParams({ quote: words.slice(0, 500) });
});

if (location.hash.length > 1) go(document.getElementById(location.hash.slice(1)));
