// Asks before a form is sent: <form data-confirm="What happens. Can it be undone?" data-confirm-button="Withdraw">.
// Without script the form leads to a page that asks (components/confirm.html) or is sent at once when it can be undone.
const dialog = document.getElementById("confirm-dialog");
const yes = dialog?.querySelector("[data-confirm-yes]");
const usual = yes?.textContent;
let waiting = null;

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    const text = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!dialog?.showModal || !text || form.dataset.confirmed !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form, submitter: event.submitter };
    dialog.querySelector("#confirm-dialog-text").textContent = text;
    yes.textContent = event.submitter?.dataset.confirmButton ?? form.dataset.confirmButton ?? usual;
    dialog.returnValue = "";
    dialog.showModal();
  },
  true,
);

dialog?.addEventListener("close", () => {
  if (!waiting) return;
  const { form, submitter } = waiting;
  waiting = null;
  if (dialog.returnValue !== "yes") {
    submitter?.focus();
    return;
  }
  form.dataset.confirmed = "";
  form.requestSubmit(submitter ?? undefined);
  delete form.dataset.confirmed;
});
