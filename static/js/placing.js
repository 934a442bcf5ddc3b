// Putting an article of the comparison into another row: its sign is dragged onto the row, or taken with the space bar,
// carried with the arrows and put down with space. Without script the sign is a link to a page where one chooses the row.
//
// A row says data-place-row (its number, or "own" for a row of its own); a sign says data-place, its address is where
// the choice is sent.
const form = document.querySelector("form[data-placing]");
const own = document.querySelector('[data-place-row="own"]');
const status = document.querySelector("[data-placing-status]");
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

// With the mouse

document.addEventListener("dragstart", (event) => {
  const sign = event.target.closest?.("[data-place]");
  if (!sign || !form) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", sign.getAttribute("aria-label"));
  take(sign);
});

document.addEventListener("dragover", (event) => {
  if (!taken) return;
  const row = event.target.closest?.("[data-place-row]");
  if (row) event.preventDefault();
  aim(row ?? null);
});

document.addEventListener("drop", (event) => {
  if (!taken) return;
  event.preventDefault();
  put();
});

document.addEventListener("dragend", leave);

// With the keyboard

document.addEventListener("keydown", (event) => {
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
