// Short messages at the bottom. One with something to press, or that warns, stays until it is closed; a bare one leaves
// after a while, not while the pointer or the focus rests on it. What the page says at its top is said here again when
// it opens further down, at an article or a comment. Others send one with
// document.dispatchEvent(new CustomEvent("app:toast", {detail: {text}})), the server with the header
// HX-Trigger: {"app:toast": {"text": "…"}} or a fragment of components/toast.html.
const place = document.getElementById("toasts");
const words = document.getElementById("words")?.dataset ?? {};
const READING_MS = 8000;

function arm(toast) {
  if (toast.dataset.armed !== undefined) return;
  toast.dataset.armed = "";
  const dismiss = toast.querySelector("[data-dismiss]");
  if (dismiss) {
    dismiss.hidden = false;
    dismiss.addEventListener("click", () => toast.remove());
  }
  if (toast.querySelector("form, a") || toast.dataset.toast === "stays") return;
  let timer = setTimeout(() => toast.remove(), READING_MS);
  const hold = () => clearTimeout(timer);
  const release = () => {
    hold();
    timer = setTimeout(() => toast.remove(), READING_MS);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusout", release);
}

function show(text, { stays = false, form = null } = {}) {
  if (!place || !text) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.toast = stays ? "stays" : "";
  const said = document.createElement("span");
  said.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.dismiss = "";
  button.textContent = words.close ?? "×";
  toast.append(said, ...(form ? [form] : []), button);
  place.append(toast);
}

function sayAgain() {
  const notices = document.getElementById("notices");
  if (!notices || notices.getBoundingClientRect().bottom > (document.querySelector(".topbar")?.offsetHeight ?? 0)) return;
  for (const notice of notices.children) {
    const form = notice.querySelector("form")?.cloneNode(true);
    show(notice.querySelector("div").textContent, { stays: notice.dataset.kind !== "done", form });
  }
}

if (place) {
  new MutationObserver(() => place.querySelectorAll("[data-toast]").forEach(arm)).observe(place, { childList: true });
  place.querySelectorAll("[data-toast]").forEach(arm);
  document.addEventListener("app:toast", (event) => show(event.detail.text));
  addEventListener("load", () => requestAnimationFrame(sayAgain));
}
