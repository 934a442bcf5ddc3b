// What somebody typed and the server does not have yet stays on this computer, and belongs to that person alone:
// comments, replies, conclusions, tasks, and the text of an article in the editor.
//
// The rule
// - Every form with data-unsent="name of the form" is kept while it is being written, from the first letter on. It is
//   taken up again when the same person opens the same form: after a reload, a lost session, a signing in again, a
//   crash. Files cannot be kept; the person chooses them again.
// - All fields come back together, the hidden ones too: with a text comes the version it started from (base_version,
//   seen_text), so that an old text meets a newer one instead of overwriting it.
// - It is kept sealed (AES-GCM). The key follows from the person and the site's secret and stands only in pages made
//   for that person, which no cache keeps. So signing out locks what is kept: whoever uses this computer next sees
//   neither the words nor whose they are, not even in the browser's own tools. Signing in again opens it.
// - Where the browser gives no cryptography (a page served without https), the words are kept unsealed in this tab
//   only (sessionStorage), and are thrown away as soon as somebody else's page opens in it.
// - Where nothing can be kept at all, the form asks before the page is left (data-guard), and nothing else changes.
// - It is thrown away when the server says that it has it: the event app:sent, the key among the keys of what this
//   person sent (data-sent of #reading), a form that comes with data-sent, or the same words in the form as it comes
//   from the server. Until then it is "not sent". A form with data-bound brings words the server did not take: they are
//   kept anew, and nothing older comes back over them.
// - The person may throw it away too: [data-forget] in the form drops it and loads the page again.
// - After 14 days it is thrown away unread, whoever it belongs to.
//
// How the form says it: [data-unsent-status] shows its data-kept or data-not-kept ("not sent yet" here, "not saved yet,
// kept at {time}" there) and its data-saved when nothing waits, [data-restored] is shown once words were taken up again. Then comes the event app:restored at the form.
// Others learn what is kept for this person from the event app:unsent, {forms: [{form, at}]}, the newest first.
const PREFIX = "unsent:";
const DAYS = 14;
const LIFETIME_MS = DAYS * 24 * 60 * 60 * 1000;
const NEVER_KEPT = ["csrfmiddlewaretoken", "edition"];
const NO_FIELDS = ["file", "submit", "button", "reset", "image"];

const canSeal = Boolean(window.isSecureContext && window.crypto?.subtle);
const store = usable(canSeal ? "localStorage" : "sessionStorage");
const owner = document.querySelector("[data-owner]")?.dataset ?? {};
const ownPrefix = `${PREFIX}${owner.owner}:`;
const turns = new Map(); // the last change of every form wins, however long sealing takes
const restored = new WeakSet();
const sent = new WeakSet(); // until somebody writes in the form again

function usable(name) {
  try {
    const found = window[name];
    found.setItem(`${PREFIX}probe`, "1");
    found.removeItem(`${PREFIX}probe`);
    return found;
  } catch {
    return null;
  }
}

function names() {
  return Array.from({ length: store?.length ?? 0 }, (_, place) => store.key(place)).filter((name) => name?.startsWith(PREFIX));
}

function read(name) {
  try {
    const entry = JSON.parse(store.getItem(name));
    return entry && typeof entry.at === "number" ? entry : null;
  } catch {
    return null;
  }
}

function purge() {
  const now = Date.now();
  for (const name of names()) {
    const entry = read(name);
    const isOld = !entry || now - entry.at > LIFETIME_MS || entry.at - now > LIFETIME_MS;
    const isForeign = !canSeal && owner.owner && !name.startsWith(ownPrefix);
    if (isOld || isForeign) store.removeItem(name);
  }
}

// Sealing

const fromHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

let sealingKey = null;
function key() {
  sealingKey ??= crypto.subtle.importKey("raw", fromHex(owner.ownerKey), "AES-GCM", false, ["encrypt", "decrypt"]);
  return sealingKey;
}

async function sealed(values, name) {
  if (!canSeal) return { plain: values };
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const about = { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(name) };
  const data = await crypto.subtle.encrypt(about, await key(), new TextEncoder().encode(JSON.stringify(values)));
  return { iv: toBase64(iv), data: toBase64(new Uint8Array(data)) };
}

async function opened(entry, name) {
  if (entry.plain) return canSeal ? null : entry.plain;
  if (!canSeal) return null;
  try {
    const about = { name: "AES-GCM", iv: fromBase64(entry.iv), additionalData: new TextEncoder().encode(name) };
    const data = await crypto.subtle.decrypt(about, await key(), fromBase64(entry.data));
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null; // sealed for somebody else, or with a secret the site has changed since
  }
}

// Forms

const nameOf = (form) => `${PREFIX}${form.dataset.owner}:${form.dataset.unsent}`;
const isOwn = (form) => Boolean(form.dataset.owner) && form.dataset.owner === owner.owner;

const isTick = (field) => field.type === "radio" || field.type === "checkbox";

// Not the buttons: their value says which of them was pressed, and is nobody's words.
function fieldsOf(form) {
  const fields = [...form.elements].filter((field) => field.matches("input, select, textarea"));
  return fields.filter((field) => field.name && !NO_FIELDS.includes(field.type) && !NEVER_KEPT.includes(field.name));
}

function saidBy(field) {
  if (isTick(field)) return field.checked ? [field.value] : [];
  if (field.type === "select-multiple") return [...field.selectedOptions].map((option) => option.value);
  return [field.value];
}

// Lists under each name: of several boxes any number is ticked, and none is an answer too.
function valuesOf(form) {
  const values = {};
  for (const field of fieldsOf(form)) (values[field.name] ??= []).push(...saidBy(field));
  return values;
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    const said = values[field.name];
    if (isTick(field)) field.checked = said.includes(field.value);
    else if (field.type === "select-multiple") for (const option of field.options) option.selected = said.includes(option.value);
    else if (field.type !== "select-one" || [...field.options].some((option) => option.value === said[0])) field.value = said[0];
  }
}

// Words count as typed when a field one types in says something else than it did when the page came. What came back
// from the server because it was refused is typed in any case.
function isTyped(form, values = valuesOf(form)) {
  const isRefused = form.dataset.bound !== undefined;
  return fieldsOf(form).some((field) => {
    if (!field.matches("textarea, input[type=text], input.take") || field.name === "quote") return false;
    if (field.matches(".take")) return field.checked !== field.defaultChecked && (values[field.name] ?? []).length > 0;
    const [said] = values[field.name];
    const isAsItCame = said.trim() === (isRefused ? "" : field.defaultValue.trim());
    const isTheQuote = field.name === "proposed_text" && said === values.quote?.[0];
    return !isAsItCame && !isTheQuote;
  });
}

// "{time}" in the words becomes the time of day, in the zone of the site whatever the computer's is; what has nothing to tell says what was saved last, where it knows that.
function say(form, word) {
  const status = form.querySelector("[data-unsent-status]");
  if (!status) return;
  const { timeZone } = document.getElementById("words")?.dataset ?? {};
  const clock = new Date().toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone });
  status.textContent = (status.dataset[word || "saved"] ?? "").replace("{time}", clock);
}

async function keep(form) {
  if (!isOwn(form)) return;
  if (!store) {
    form.dataset.guard = "";
    return;
  }
  const name = nameOf(form);
  const turn = (turns.get(name) ?? 0) + 1;
  turns.set(name, turn);
  if (!isTyped(form)) {
    store.removeItem(name);
    say(form, "");
    return;
  }
  try {
    const entry = { at: Date.now(), isSending: false, ...(await sealed(valuesOf(form), name)) };
    if (turns.get(name) !== turn) return;
    store.setItem(name, JSON.stringify(entry));
    say(form, "kept");
  } catch {
    form.dataset.guard = ""; // the store is full: better to ask before leaving than to lose
    say(form, "notKept");
  }
}

function forget(name) {
  turns.set(name, (turns.get(name) ?? 0) + 1);
  store?.removeItem(name);
}

async function restore(form) {
  if (restored.has(form) || !isOwn(form)) return;
  restored.add(form);
  if (form.dataset.sent !== undefined) {
    forget(nameOf(form));
    return;
  }
  if (form.dataset.bound !== undefined) {
    keep(form); // refused by the server, with the words in it: still not sent
    return;
  }
  const entry = store && read(nameOf(form));
  const values = entry && (await opened(entry, nameOf(form)));
  if (!values || !form.isConnected) return;
  if (isTyped(form)) return; // somebody was faster with the keys than we with the seal
  const isChosenAnew = form.dataset.chosen !== undefined;
  const { quote, words_before, words_after, clause, ...rest } = values;
  const together = { ...valuesOf(form), ...(isChosenAnew ? rest : values) };
  if (!isTyped(form, together)) {
    forget(nameOf(form)); // the server has these very words
    return;
  }
  fill(form, together);
  say(form, "kept");
  form.querySelectorAll("[data-restored]").forEach((notice) => (notice.hidden = false));
  form.dispatchEvent(new CustomEvent("app:restored", { bubbles: true }));
}

async function forgetWhatArrived() {
  const arrived = (document.getElementById("reading")?.dataset.sent ?? "").split(" ");
  for (const name of names().filter((name) => name.startsWith(ownPrefix))) {
    const entry = read(name);
    if (!entry?.isSending) continue;
    const values = await opened(entry, name);
    if (values?.key?.some((key) => arrived.includes(key))) forget(name);
  }
}

function tell() {
  const own = names().filter((name) => name.startsWith(ownPrefix));
  const forms = own.map((name) => ({ form: name.slice(ownPrefix.length), at: read(name)?.at ?? 0 }));
  forms.sort((one, other) => other.at - one.at);
  document.dispatchEvent(new CustomEvent("app:unsent", { detail: { forms } }));
}

const restoreAll = () => document.querySelectorAll("form[data-unsent]").forEach(restore);

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-unsent]");
  if (!form) return;
  sent.delete(form);
  keep(form);
});

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-unsent]");
  if (form && isTyped(form) && !sent.has(form)) keep(form); // a sent form's last field changes as it leaves the page
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-unsent]") || !store || !isOwn(form)) return;
  const entry = read(nameOf(form));
  if (entry) store.setItem(nameOf(form), JSON.stringify({ ...entry, isSending: true }));
});

document.addEventListener("app:sent", (event) => {
  const form = event.target.closest?.("form[data-unsent]");
  if (!form) return;
  sent.add(form);
  forget(nameOf(form));
});

document.addEventListener("click", (event) => {
  const form = event.target.closest?.("[data-forget]")?.closest("form[data-unsent]");
  if (!form) return;
  forget(nameOf(form));
  form.reset();
  location.reload();
});

document.addEventListener("htmx:afterSettle", restoreAll);

async function start() {
  if (store) {
    purge();
    if (owner.owner) await forgetWhatArrived();
  }
  restoreAll();
  tell();
}

// When every module of the page has begun to listen, and before anybody has begun to type.
if (document.readyState === "complete") start();
else document.addEventListener("DOMContentLoaded", start, { once: true });
