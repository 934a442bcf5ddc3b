// Small comforts for every page. Everything here also works without script, only less pleasantly.
const words = document.getElementById("words")?.dataset ?? {};

function toast(text) {
  document.dispatchEvent(new CustomEvent("app:toast", { detail: { text } }));
}

// Menus close on a tap elsewhere and on Escape, which gives the focus back to what opened them.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  const drawer = document.querySelector(".toc:target");
  if (drawer) closeDrawer();
});

// The drawer of contents is open while its address is the fragment; closing goes back to where the reader was.
function closeDrawer() {
  const place = window.scrollY;
  location.hash = "closed";
  window.scrollTo(0, place);
}

window.addEventListener("hashchange", () => document.querySelector(".toc:target .drawer-close a")?.focus());

document.addEventListener("click", (event) => {
  const drawer = document.querySelector(".toc:target");
  if (drawer && !drawer.contains(event.target) && !event.target.closest("a, button, input")) closeDrawer();
});

// Going back, where the browser knows a page to go back to.
for (const button of document.querySelectorAll("[data-back]")) {
  button.hidden = history.length < 2;
  button.addEventListener("click", () => history.back());
}

document.querySelector("[data-focus-first]")?.focus();

for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());

// One tick for all boxes: <input type="checkbox" data-check-all="comment">; its label needs a script.
document.addEventListener("change", (event) => {
  const all = event.target.closest("[data-check-all]");
  if (!all) return;
  for (const box of all.form.elements) {
    if (box.type === "checkbox" && box.name === all.dataset.checkAll) box.checked = all.checked;
  }
});

// How many of them are ticked: <span data-ticked="comment" data-words="{n} ticked"> in the same form. A form with none ticked
// is marked, so that a phone need not show what cannot be done yet.
function countTicked() {
  for (const place of document.querySelectorAll("[data-ticked]")) {
    const boxes = [...place.closest("form").elements].filter((box) => box.name === place.dataset.ticked && box.checked);
    place.textContent = boxes.length ? place.dataset.words.replace("{n}", boxes.length) : "";
    place.closest("form").toggleAttribute("data-none", boxes.length === 0);
  }
}
document.addEventListener("change", countTicked);
countTicked();
window.addEventListener("pageshow", countTicked); // ticks that came back with the page

// Filters apply themselves: <form data-auto-submit>; its button stays for those without script.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-auto-submit]");
  if (form) form.requestSubmit();
});

// A dashed area shows that it takes what is dropped on it.
document.addEventListener("dragover", (event) => {
  const area = event.target.closest?.("[data-drop]");
  if (!area) return;
  event.preventDefault();
  area.dataset.over = "";
});

document.addEventListener("dragleave", (event) => {
  const area = event.target.closest?.("[data-drop]");
  if (area && !area.contains(event.relatedTarget)) delete area.dataset.over;
});

document.addEventListener("drop", (event) => {
  const area = event.target.closest?.("[data-drop]");
  const input = area?.querySelector("input[type=file]");
  if (!input) return;
  event.preventDefault();
  delete area.dataset.over;
  input.files = event.dataTransfer.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

// A request of htmx that failed says so; the words typed are untouched.
for (const failure of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(failure, (event) => {
    if (!event.detail.elt.matches?.("[data-resend]")) toast(words.offline); // what sends itself again says so in its place
  });
}
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  toast(status === 403 ? words.forbidden : status === 404 ? words.gone : words.failed);
});

// What was swapped in takes the focus when it asks for it, so that a keyboard user is not sent to the top.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.elt;
  const wanting = target.matches?.("[data-focus-first]") ? target : target.querySelector?.("[data-focus-first], [autofocus]");
  wanting?.focus();
});
