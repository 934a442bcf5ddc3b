// <form data-guard>: leaving the page with words typed and not sent asks first (the browser's own question). So does
// a request of htmx that would put something else where the form stands. With data-bound the form came with such words,
// which the server did not take (yet); unsent.js brings some back too.
const changed = new Set();

function countGiven() {
  for (const form of document.querySelectorAll("form[data-guard][data-bound]")) changed.add(form);
}

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

document.addEventListener("app:restored", (event) => {
  if (event.target.matches("[data-guard]")) changed.add(event.target);
});

countGiven();
document.addEventListener("htmx:afterSettle", countGiven);

document.addEventListener("reset", (event) => changed.delete(event.target));

document.addEventListener("htmx:confirm", (event) => {
  const { elt, target } = event.detail;
  const isAtStake = [...changed].some((form) => form.isConnected && target?.contains(form) && !form.contains(elt));
  if (!isAtStake) return;
  event.preventDefault();
  if (window.confirm(document.getElementById("words").dataset.leave)) event.detail.issueRequest(true);
});

window.addEventListener("beforeunload", (event) => {
  for (const form of changed) {
    if (!form.isConnected) changed.delete(form);
  }
  if (changed.size === 0) return;
  event.preventDefault();
  event.returnValue = "";
});
