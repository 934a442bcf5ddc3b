// <form data-guard>: leaving the page with words typed and not sent asks first (the browser's own question).
const changed = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-guard]")) changed.add(form);
});

document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented || event.target.matches("[hx-post]")) changed.delete(event.target);
});

document.addEventListener("reset", (event) => changed.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  for (const form of changed) {
    if (!form.isConnected) changed.delete(form);
  }
  if (changed.size === 0) return;
  event.preventDefault();
  event.returnValue = "";
});
