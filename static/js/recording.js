// Recording at speed: Enter sends, Shift and Enter begin a new line, and the form waits in its first field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("[data-enter-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

const form = document.querySelector("form[data-unsent]");
if (form && form.dataset.bound === undefined) form.elements.place.focus();
