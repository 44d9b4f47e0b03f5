// Words of the report for a field of the form: by mouse, or word by word with arrows.
// Positions are those that the server wrote at each word; it looks at them again.
import { tell } from "./app.js";

const words = [...document.querySelectorAll("[data-text] [data-at]")];
const fields = [...document.querySelectorAll("[data-words]")];
const startOf = (word) => Number(word.dataset.at);
// Code points, as the server counts; a string's length is in other units.
const sizeOf = (word) => [...word.textContent].length;
let field = fields[0];

const parts = (one) => ({
  box: one.querySelector("textarea"),
  at: one.querySelector("input[type=hidden]"),
});

function light(first, last) {
  document.querySelectorAll("[data-text] .lit").forEach((word) => word.classList.remove("lit"));
  for (const word of words.slice(first, last + 1)) word.classList.add("lit", "of");
  words[first]?.scrollIntoView({ block: "nearest" });
}

// First and last word of a field; null if it is empty or its place is open.
function rangeOf(one) {
  const { box, at } = parts(one);
  if (!at?.value || !box.value.trim()) return null;
  const start = Number(at.value);
  const end = start + [...box.value].length;
  const first = words.findIndex((word) => startOf(word) + sizeOf(word) > start);
  let last = first;
  while (last + 1 < words.length && startOf(words[last + 1]) < end) last += 1;
  return first < 0 ? null : [first, last];
}

// Put the text from one word to another into a field, without what `cut` leaves out.
function put(one, first, last, cut = [0, 0]) {
  const range = document.createRange();
  range.setStartBefore(words[first]);
  range.setEndAfter(words[last]);
  const text = [...range.toString()];
  const { box, at } = parts(one);
  box.value = text.slice(cut[0], text.length - cut[1]).join("");
  place(one, at).value = startOf(words[first]) + cut[0];
  light(first, last);
}

// The hidden field that tells where words begin; choices give way to it.
function place(one, at) {
  if (at) return at;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = `${one.querySelector("textarea").name}.at`;
  one.querySelector("fieldset").replaceWith(made);
  return made;
}

function take(one) {
  const chosen = getSelection();
  const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
  const inside = range ? words.filter((word) => range.intersectsNode(word)) : [];
  // A range that ends where a word begins touches it and has none of it.
  const held = inside.filter((word) => overlap(range, word) > 0);
  if (!held.length) return tell("Select words in the text first.");
  const first = held[0];
  const last = held.at(-1);
  put(one, words.indexOf(first), words.indexOf(last), [before(range, first), after(range, last)]);
  one.querySelector("textarea").focus();
}

const count = (text) => [...text].length;

function overlap(range, word) {
  return sizeOf(word) - before(range, word) - after(range, word);
}

function before(range, word) {
  const head = document.createRange();
  head.selectNodeContents(word);
  if (head.comparePoint(range.startContainer, range.startOffset) < 0) return 0;
  if (head.comparePoint(range.startContainer, range.startOffset) > 0) return sizeOf(word);
  head.setEnd(range.startContainer, range.startOffset);
  return count(head.toString());
}

function after(range, word) {
  const tail = document.createRange();
  tail.selectNodeContents(word);
  if (tail.comparePoint(range.endContainer, range.endOffset) > 0) return 0;
  if (tail.comparePoint(range.endContainer, range.endOffset) < 0) return sizeOf(word);
  tail.setStart(range.endContainer, range.endOffset);
  return count(tail.toString());
}

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

function move(one, event) {
  const step = STEPS[event.key];
  if (!step) return;
  event.preventDefault();
  const now = rangeOf(one);
  let [first, last] = now ?? [0, 0];
  if (now && event.shiftKey) last += step;
  else if (now) first += step;
  first = Math.max(0, Math.min(first, words.length - 1));
  last = Math.max(first, Math.min(last, words.length - 1));
  put(one, first, last);
  tell(one.querySelector("textarea").value);
}

for (const one of fields) {
  const [taking, moving] = [one.querySelector("[data-take]"), one.querySelector("[data-move]")];
  taking.hidden = moving.hidden = false;
  // Before the button takes the focus, and with it the selection, away.
  taking.addEventListener("mousedown", (event) => event.preventDefault());
  taking.addEventListener("click", () => take(one));
  moving.addEventListener("keydown", (event) => move(one, event));
  one.addEventListener("focusin", () => {
    field = one;
    const range = rangeOf(one);
    if (range) light(...range);
  });
  // Words that are written by hand are looked for by the server, anywhere.
  one.querySelector("textarea").addEventListener("input", () => {
    const { at } = parts(one);
    if (at) at.value = "";
  });
}

document.querySelector("[data-hint]").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.key !== "t" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.matches("textarea, input, select")) return;
  event.preventDefault();
  take(field);
});
