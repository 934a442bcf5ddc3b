// <form data-guard>: leaving the page with words typed and not sent asks first (the browser's own question).
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented || event.target.matches("[hx-post]")) changed.delete(event.target);
});

// htmx could not deliver it: the words are still only here.
for (const failure of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    const form = event.detail.elt.closest?.("[data-guard]");
    if (form) changed.add(form);
  });
}

document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  for (const form of changed) {
    if (!form.isConnected) changed.delete(form);
  }
  if (changed.size === 0) return;
  event.preventDefault();
  event.returnValue = "";
});
