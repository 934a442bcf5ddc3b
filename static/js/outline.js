// Putting a draft in order: drag a row by its handle (mouse, pen, finger), or Alt with ↑ and ↓ on the handle. What is
// sent is an ordinary form; the server says what may stand where, shows what citations change, and draws the page anew.
const tree = document.querySelector("[data-outline]");
const form = document.getElementById("moving");
const status = document.querySelector("[data-outline-status]");
const EDGE = 80;
const STEP = 14;

const rows = () => [...tree.querySelectorAll("[data-wid]")];
const rankOf = (row) => Number(row.dataset.rank);
const depthOf = (row) => Number(row.dataset.depth);

// The row and all that stands in it.
function branchOf(row) {
  const all = rows();
  const start = all.indexOf(row);
  let end = start + 1;
  while (end < all.length && depthOf(all[end]) > depthOf(row)) end += 1;
  return all.slice(start, end);
}

function send(row, beside, where) {
  form.elements.wid.value = row.dataset.wid;
  form.elements.beside.value = beside.dataset.wid;
  form.elements.where.value = where;
  status.textContent = status.dataset.dropped;
  form.requestSubmit();
}

// Dragging

let drag = null;

function lift(event) {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0) return;
  const row = grip.closest("[data-wid]");
  drag = { row, grip, branch: branchOf(row), pointer: event.pointerId, y: event.clientY, place: null, timer: 0 };
  grip.setPointerCapture(event.pointerId);
}

function start() {
  drag.isMoving = true;
  document.documentElement.dataset.dragging = "";
  for (const row of drag.branch) row.dataset.lifted = "";
  status.textContent = status.dataset.lifted;
  drag.timer = requestAnimationFrame(scroll);
}

function move(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  if (!drag.isMoving && Math.abs(event.clientY - drag.y) < 5) return;
  event.preventDefault();
  drag.y = event.clientY;
  if (!drag.isMoving) start();
  show(placeAt(event.clientY));
}

// Where a row let go at this height would stand: {beside, where, mark, side}, or null where it may not.
function placeAt(y) {
  const all = rows();
  const under = all.find((row) => y < row.getBoundingClientRect().bottom) ?? all.at(-1);
  if (!under || drag.branch.includes(under)) return null;
  const box = under.getBoundingClientRect();
  const isUpper = y < (box.top + box.bottom) / 2;
  const rank = rankOf(drag.row);
  const target = rankOf(under);
  if (target === 0) {
    const isOpening = all.slice(0, all.indexOf(under)).every((row) => rankOf(row) === 0);
    return { beside: under, where: isOpening ? "after" : "before", mark: under, side: isOpening ? "after" : "before" };
  }
  if (target < rank) {
    if (isUpper) return { beside: under, where: "before", mark: under, side: "before" };
    return { beside: under, where: "first", mark: under, side: "first" };
  }
  if (target === rank) {
    if (isUpper) return { beside: under, where: "before", mark: under, side: "before" };
    return { beside: under, where: "after", mark: branchOf(under).at(-1), side: "after" };
  }
  // A chapter over articles goes behind the chapter they stand in.
  const before = all.slice(0, all.indexOf(under)).reverse();
  const holder = before.find((row) => rankOf(row) > 0 && rankOf(row) <= rank);
  if (!holder || drag.branch.includes(holder)) return null;
  if (rankOf(holder) < rank) return { beside: holder, where: "first", mark: holder, side: "first" };
  return { beside: holder, where: "after", mark: branchOf(holder).at(-1), side: "after" };
}

function show(place) {
  if (drag.place) delete drag.place.mark.dataset.drop;
  drag.place = place;
  if (place) place.mark.dataset.drop = place.side;
}

// Near the edges of the window the page moves along.
function scroll() {
  if (!drag?.isMoving) return;
  const by = drag.y < EDGE ? -STEP : drag.y > innerHeight - EDGE ? STEP : 0;
  if (by) {
    window.scrollBy(0, by);
    show(placeAt(drag.y));
  }
  drag.timer = requestAnimationFrame(scroll);
}

function end(isDropped) {
  if (!drag) return;
  const { row, place, isMoving, branch, timer } = drag;
  cancelAnimationFrame(timer);
  if (place) delete place.mark.dataset.drop;
  for (const one of branch) delete one.dataset.lifted;
  delete document.documentElement.dataset.dragging;
  drag = null;
  if (!isMoving) return;
  if (isDropped && place) send(row, place.beside, place.where);
  else status.textContent = status.dataset.left;
}

// The keyboard: one step up or down, into and out of the headings on the way.

function step(row, isUp) {
  const all = rows();
  const branch = branchOf(row);
  const rank = rankOf(row);
  const ahead = isUp ? all.slice(0, all.indexOf(row)).reverse() : all.slice(all.indexOf(branch.at(-1)) + 1);
  const next = ahead.find((other) => rankOf(other) > 0 && rankOf(other) <= rank);
  if (!next) return;
  if (rankOf(next) === rank && depthOf(next) === depthOf(row)) send(row, next, isUp ? "before" : "after");
  else if (rankOf(next) === rank) send(row, next, isUp ? "after" : "before");
  else send(row, next, isUp ? "before" : "first");
}

if (tree && form) {
  tree.addEventListener("pointerdown", lift);
  tree.addEventListener("pointermove", move);
  tree.addEventListener("pointerup", () => end(true));
  tree.addEventListener("pointercancel", () => end(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && drag) return end(false);
    const grip = event.target.closest?.("[data-grip]");
    if (!grip || !event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    step(grip.closest("[data-wid]"), event.key === "ArrowUp");
  });
  // What was just moved keeps the focus, so that it can be moved on. Not before the page is loaded: going to the
  // fragment takes the focus away.
  const focusMoved = () => {
    const moved = location.hash.startsWith("#muc-") && document.getElementById(location.hash.slice(1));
    moved?.querySelector?.("[data-grip]")?.focus({ preventScroll: true });
  };
  if (document.readyState === "complete") focusMoved();
  else window.addEventListener("load", () => setTimeout(focusMoved));
}
