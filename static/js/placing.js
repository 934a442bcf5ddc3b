// Putting an article of the comparison into another row: its sign is dragged onto the row, or taken with the space bar,
// carried with the arrows and put down with space. Without script the sign is a link to a page where one chooses the row.
//
// A row says data-place-row (its number, or "own" for a row of its own); a sign says data-place, its address is where
// the choice is sent.
const form = document.querySelector("form[data-placing]");
const own = document.querySelector('[data-place-row="own"]');
const status = document.querySelector("[data-placing-status]");
const EDGE = 80;
const STEP = 14;
let taken = null; // the sign under way
let target = null; // the row it would go to

const rows = () => [...document.querySelectorAll("[data-place-row]")].filter((row) => row !== own);

function say(text) {
  if (status) status.textContent = text;
}

function take(sign) {
  taken = sign;
  sign.dataset.taken = "";
  own.hidden = false;
}

function aim(row, { isFocused = false } = {}) {
  if (target) delete target.dataset.aimed;
  target = row;
  if (!row) return;
  row.dataset.aimed = "";
  if (isFocused) {
    row.scrollIntoView({ block: "center" });
    say(row.dataset.name ?? row.textContent.trim());
  }
}

function leave() {
  if (!taken) return;
  delete taken.dataset.taken;
  taken = null;
  aim(null);
  own.hidden = true;
}

function put() {
  const sign = taken;
  const row = target;
  leave();
  if (!sign || !row || row.contains(sign)) return;
  form.action = sign.href;
  form.elements.row.value = row.dataset.placeRow;
  form.requestSubmit();
}

// With the mouse, the pen or a finger; a mere press or tap follows the link

let drag = null; // {sign, pointer, x, y, isMoving, timer}

function lift(event) {
  const sign = event.target.closest?.("[data-place]");
  if (!sign || !form || event.button !== 0) return;
  drag = { sign, pointer: event.pointerId, x: event.clientX, y: event.clientY, isMoving: false, timer: 0 };
}

function move(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  if (!drag.isMoving && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
  event.preventDefault();
  drag.x = event.clientX;
  drag.y = event.clientY;
  if (!drag.isMoving) {
    drag.isMoving = true;
    drag.sign.setPointerCapture(drag.pointer);
    take(drag.sign);
    drag.timer = requestAnimationFrame(scroll);
  }
  aim(rowAt(drag.x, drag.y));
}

function rowAt(x, y) {
  return document.elementFromPoint(x, y)?.closest("[data-place-row]") ?? null;
}

// Near the edges of the window the page moves along.
function scroll() {
  if (!drag?.isMoving) return;
  const by = drag.y < EDGE ? -STEP : drag.y > innerHeight - EDGE ? STEP : 0;
  if (by && target !== own) {
    window.scrollBy(0, by);
    aim(rowAt(drag.x, drag.y));
  }
  drag.timer = requestAnimationFrame(scroll);
}

function end(isDropped) {
  if (!drag) return;
  const { sign, isMoving, timer } = drag;
  cancelAnimationFrame(timer);
  drag = null;
  if (!isMoving) return;
  // The click that follows would leave for the page of choice.
  const stop = (event) => event.preventDefault();
  sign.addEventListener("click", stop, { once: true });
  setTimeout(() => sign.removeEventListener("click", stop));
  if (isDropped) put();
  else leave();
}

document.addEventListener("pointerdown", lift);
document.addEventListener("pointermove", move);
document.addEventListener("pointerup", () => end(true));
document.addEventListener("pointercancel", () => end(false));

// With the keyboard

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) return end(false);
  const sign = event.target.closest?.("[data-place]");
  if (!sign || !form) return;
  if (event.key === " ") {
    event.preventDefault();
    if (taken) return put();
    take(sign);
    aim(sign.closest("[data-place-row]"));
    return say(status.dataset.taken);
  }
  if (!taken) return;
  if (event.key === "Escape" || event.key === "Tab") {
    leave();
    return say(status.dataset.left);
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const places = [...rows(), own];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const next = (places.indexOf(target) + step + places.length) % places.length;
  aim(places[next], { isFocused: true });
});
