// <form data-resend>: what the network lost on its way is sent again by itself once the network is back, as long as
// nobody goes on writing in the form. The form carries a key, so however often it arrives it counts once.
// Its [data-unsent-status] says so with data-waiting. Without script, or on another page, the words stay on this
// computer (unsent.js) and the person sends them.
const FIRST_MS = 4000;
const LONGEST_MS = 60000;
const waiting = new Map(); // form: { timer, pause }

function wait(form) {
  const pause = Math.min((waiting.get(form)?.pause ?? FIRST_MS / 2) * 2, LONGEST_MS);
  clearTimeout(waiting.get(form)?.timer);
  waiting.set(form, { pause, timer: setTimeout(() => again(form), pause) });
  const status = form.querySelector("[data-unsent-status]");
  if (status) status.textContent = status.dataset.waiting ?? "";
}

function stop(form) {
  clearTimeout(waiting.get(form)?.timer);
  waiting.delete(form);
}

function again(form) {
  if (!form.isConnected) stop(form);
  else if (navigator.onLine) form.requestSubmit();
  else wait(form);
}

for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    // After busy.js has given the form free again, which it does when the request is over.
    if (event.detail.elt.matches?.("[data-resend]")) setTimeout(wait, 0, event.detail.elt);
  });
}

document.addEventListener("htmx:afterOnLoad", (event) => stop(event.detail.elt));
document.addEventListener("input", (event) => stop(event.target.form));
window.addEventListener("online", () => {
  // Also for what is on its way just now and still fails: not long after, instead of twice as long as last time.
  for (const entry of waiting.values()) entry.pause = FIRST_MS / 2;
  [...waiting.keys()].forEach(again);
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) [...waiting.keys()].forEach(again);
});
