// Keys for every page: j/k go from row to row, others press the button that shows them.

const rows = () => [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent);
let current = null;

export function tell(text) {
  const told = document.getElementById("told");
  told.textContent = text;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { told.textContent = ""; }, 5000);
}

export function go(row, { focus = true } = {}) {
  if (!row) return;
  current?.classList.remove("now");
  current?.dispatchEvent(new CustomEvent("leave", { bubbles: true }));
  current = row;
  row.classList.add("now");
  row.dispatchEvent(new CustomEvent("arrive", { bubbles: true }));
  if (focus) {
    if (!row.hasAttribute("tabindex")) row.tabIndex = -1;
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }
}

export const here = () => (current?.isConnected ? current : null);

export function step(by) {
  const all = rows();
  const at = all.indexOf(here());
  go(at < 0 ? all[by > 0 ? 0 : all.length - 1] : all[at + by] ?? all[at]);
}

function press(key) {
  const near = here()?.querySelector(`[data-key="${key}"]`);
  const button = near ?? document.querySelector(`[data-key="${key}"]:not([data-row] *)`);
  if (!button || button.disabled) return false;
  button.tagName === "SUMMARY" ? openEdit(button) : button.click();
  return true;
}

function openEdit(summary) {
  const details = summary.parentElement;
  details.open = !details.open;
  (details.open ? details.querySelector("select, input:not([type=hidden]), button") : summary).focus();
}

const inField = (target) =>
  target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select") ||
  target.isContentEditable;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target;
  if (event.key === "Escape" && inField(target)) {
    const details = target.closest("details[open]");
    if (details) details.open = false;
    here() ? go(here()) : target.blur();
    return;
  }
  if (inField(target) || document.querySelector("dialog[open]")) return;
  const keys = {
    j: () => step(1),
    k: () => step(-1),
    "?": () => document.getElementById("keys").showModal(),
    "/": () => document.querySelector("input[type=search]")?.focus(),
    Enter: () => {
      if (!here() || (target !== here() && target !== document.body)) return false;
      here().querySelector("a.main, [data-key=Enter]")?.click();
    },
  };
  const act = keys[event.key] ?? (() => press(event.key));
  if (event.key.length > 1 && !(event.key in keys)) return;
  if (act() !== false) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row) go(row, { focus: false });
});

const help = document.querySelector(".key-help");
if (help) {
  help.hidden = false;
  help.addEventListener("click", () => document.getElementById("keys").showModal());
}
