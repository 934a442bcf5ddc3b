// Ticks of attendance save themselves; the network may be away while people come in. What could not be saved is kept for
// this meeting, also over a reload, says so, and is sent until it is: <form data-ticks="number of the meeting">.
const AGAIN_MS = 3000;

const ticks = document.querySelector("[data-ticks]");
const status = document.querySelector("[data-ticks-status]");
const store = `ticks:${ticks?.dataset.ticks}`;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(store)) ?? {};
  } catch {
    return {};
  }
}

function keep(changes, { isQuiet = false } = {}) {
  try {
    sessionStorage.setItem(store, JSON.stringify(changes));
  } catch {
    // Nothing can be kept here; the tick on the page itself stays.
  }
  if (status && !isQuiet) status.textContent = Object.keys(changes).length ? status.dataset.waiting : "";
}

function sendAgain() {
  for (const [name, value] of Object.entries(kept())) {
    const box = [...ticks.elements].find((one) => one.name === name && one.value === value);
    if (!box) continue;
    box.checked = true;
    window.htmx.trigger(box, "change");
  }
}

function start() {
  // Kept from the moment it is ticked: whoever leaves the page in the next one has not lost it.
  ticks.addEventListener("change", ({ target }) => keep({ ...kept(), [target.name]: target.value }, { isQuiet: true }));
  for (const failure of ["htmx:sendError", "htmx:timeout"]) ticks.addEventListener(failure, () => keep(kept()));
  ticks.addEventListener("htmx:afterOnLoad", ({ detail }) => {
    const { [detail.elt.name]: _sent, ...rest } = kept();
    keep(rest);
  });
  window.addEventListener("online", sendAgain);
  setInterval(() => navigator.onLine && sendAgain(), AGAIN_MS);
  sendAgain();
}

if (ticks) start();
