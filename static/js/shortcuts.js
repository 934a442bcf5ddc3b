// Keys for those who work all day: j and k go to the next and previous [data-item], / to the search, ? lists them.
// They are silent while somebody writes, and while a dialog is open.
const isWriting = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

function step(direction) {
  const items = [...document.querySelectorAll("[data-item]")].filter((item) => item.getClientRects().length > 0);
  if (items.length === 0) return;
  const present = items.findIndex((item) => item === document.activeElement || item.contains(document.activeElement));
  const fromTop = items.findIndex((item) => item.getBoundingClientRect().top > 80);
  let next = present >= 0 ? present + direction : fromTop >= 0 ? fromTop + (direction < 0 ? -1 : 0) : items.length - 1;
  next = Math.max(0, Math.min(items.length - 1, next));
  const item = items[next];
  if (!item.matches("a, button, [tabindex]")) item.tabIndex = -1;
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => document.querySelector("input[type=search]")?.focus(),
  "?": () => document.getElementById("shortcuts-dialog")?.showModal?.(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isWriting(event.target)) return;
  const item = document.activeElement;
  if (event.key === "Enter" && item?.matches("[data-item]:not(a, button)")) {
    item.querySelector("a[data-open], a")?.click();
    return;
  }
  const act = keys[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});
