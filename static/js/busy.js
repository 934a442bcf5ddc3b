// A form is sent once. Its button says that it is busy; it comes back when the page does, or when htmx answered.
const busy = new WeakMap();
// An answer that is a file leaves the page where it is, and nothing tells us that it came.
const LONGEST_MS = 20000;

function begin(form, submitter) {
  const button = submitter ?? form.querySelector("button:not([type=button])");
  busy.set(form, { button, text: button?.textContent });
  form.setAttribute("aria-busy", "true");
  setTimeout(() => end(form), LONGEST_MS);
  if (!button) return;
  button.setAttribute("aria-busy", "true");
  if (button.dataset.busyText) button.textContent = button.dataset.busyText;
}

function end(form) {
  const state = busy.get(form);
  if (!state) return;
  busy.delete(form);
  form.removeAttribute("aria-busy");
  if (!state.button) return;
  state.button.removeAttribute("aria-busy");
  if (state.button.dataset.busyText) state.button.textContent = state.text;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method === "dialog" || form.matches("[data-theme-switch]")) return;
  if (busy.has(form)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  // htmx prevents the browser's own sending, others who prevent it did not send anything.
  const isHtmx = form.matches("[hx-post], [hx-get], [hx-put], [hx-patch], [hx-delete]");
  if (event.defaultPrevented && !isHtmx) return;
  if (form.method === "get" && !isHtmx) return;
  begin(form, event.submitter);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form) end(form);
});

// A file is delivered and the page stays: <form data-download> is free again at once.
document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-download]")) setTimeout(() => end(event.target), 2000);
});

window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy=true]").forEach(end));
