// Recording at speed: Enter sends, Shift and Enter begin a new line, and the form waits in its first field.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("[data-enter-sends]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

document.querySelector("form[data-unsent]:not([data-bound]) [name=place]")?.focus();
