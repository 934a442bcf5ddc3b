// Dialogs. <a href="/its/own/page/" data-dialog="id"> opens <dialog id="id">; without script the link leads to the page.
function open(dialog, opener) {
  if (dialog.open) return;
  dialog.showModal();
  dialog.addEventListener("close", () => opener?.focus(), { once: true });
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    const dialog = document.getElementById(opener.dataset.dialog);
    if (!dialog || !dialog.showModal) return;
    event.preventDefault();
    open(dialog, opener);
    return;
  }
  const closer = event.target.closest("dialog [data-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
    return;
  }
  // A click on the veil: the dialog itself is the target, and the pointer is outside its box.
  if (event.target instanceof HTMLDialogElement && event.target.open && !event.target.querySelector("form[data-guard]")) {
    const box = event.target.getBoundingClientRect();
    const isInside =
      event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!isInside) event.target.close();
  }
});

// A refused form comes back inside its dialog: it stays open.
for (const dialog of document.querySelectorAll("dialog[data-open]")) open(dialog, null);
