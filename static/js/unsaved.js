// Keeps what is being written on this device until it is saved: <form data-unsaved="key">. The key names the person, so
// that another account on the same computer never sees it; what is older than a week is dropped.
// data-restore: opened afresh, kept words may come back; data-sent: the server has them, forget the copy.
// All fields come back together, the version they started from too: so an old text cannot overwrite a newer one.
const WEEK_MS = 7 * 24 * 3600 * 1000;
const PREFIX = "unsaved:";

function readAll() {
  const kept = [];
  for (let place = 0; place < localStorage.length; place += 1) {
    const key = localStorage.key(place);
    if (key.startsWith(PREFIX)) kept.push(key);
  }
  return kept;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function sweep() {
  for (const key of readAll()) {
    const entry = read(key);
    if (!entry || Date.now() - entry.at > WEEK_MS) localStorage.removeItem(key);
  }
}

const fieldsOf = (form) => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken");

function keep(form, key) {
  const values = Object.fromEntries(fieldsOf(form).map((field) => [field.name, field.value]));
  localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
  const status = form.querySelector("[data-kept]");
  if (status) {
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    status.textContent = `${status.dataset.words} ${time}`;
  }
}

function restore(form, key) {
  const entry = read(key);
  if (!entry) return;
  const changed = fieldsOf(form).filter((field) => field.name in entry.values && field.value !== entry.values[field.name]);
  if (!changed.some((field) => field.type !== "hidden")) {
    localStorage.removeItem(key);
    return;
  }
  for (const field of changed) field.value = entry.values[field.name];
  const notice = form.querySelector("[data-restored]");
  if (notice) notice.hidden = false;
  for (const field of changed) field.dispatchEvent(new Event("input", { bubbles: true }));
}

function watch(form) {
  const key = PREFIX + form.dataset.unsaved;
  if (form.dataset.sent !== undefined) localStorage.removeItem(key);
  if (form.dataset.restore !== undefined) restore(form, key);
  let timer = 0;
  const keepNow = () => {
    clearTimeout(timer);
    if (timer) keep(form, key);
    timer = 0;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keepNow, 400);
  });
  form.addEventListener("submit", keepNow);
  window.addEventListener("pagehide", keepNow);
  form.querySelector("[data-forget]")?.addEventListener("click", () => {
    clearTimeout(timer);
    timer = 0;
    localStorage.removeItem(key);
    form.reset();
    location.reload();
  });
}

try {
  sweep();
  document.querySelectorAll("form[data-unsaved]").forEach(watch);
} catch {
  // No storage (private window, full disk): writing goes on, only nothing is kept.
}
