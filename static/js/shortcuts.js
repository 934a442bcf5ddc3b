// Keys for those who work all day: j and k go to the next and previous [data-item], / to the page's own search, a opens
// the answer of the item, other letters press what says data-key, first inside the item; ? lists them.
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

function search(field) {
  const folded = field?.closest("details:not([open])");
  if (folded) folded.open = true;
  field?.focus();
}

function pressable(key, item) {
  if (!/^[a-z]$/.test(key)) return null;
  return item?.querySelector(`[data-key="${key}"]`) ?? document.querySelector(`[data-key="${key}"]:not([data-item] *)`);
}

// Grouping without anything ticked means the item one is at.
function press(target, item) {
  const boxes = target.form?.id === "chosen" && target.type === "submit" ? [...target.form.elements].filter((box) => box.name === "comment") : [];
  const own = boxes.find((box) => item?.contains(box));
  if (own && !boxes.some((box) => box.checked)) own.checked = true;
  target.click();
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => search(document.querySelector("main input[type=search]") ?? document.querySelector("input[type=search]")),
  a: (item) => item?.querySelector("a[data-open]")?.click(),
  "?": () => document.getElementById("shortcuts-dialog")?.showModal?.(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (isWriting(event.target)) return;
  const item = document.activeElement?.closest("[data-item]");
  if (event.key === "Enter" && document.activeElement === item && item?.matches("[data-item]:not(a, button)")) {
    item.querySelector("a[data-open], a")?.click();
    return;
  }
  const act = keys[event.key];
  const target = act ? null : pressable(event.key, item);
  if (!act && !target) return;
  event.preventDefault();
  if (act) act(item);
  else press(target, item);
});
