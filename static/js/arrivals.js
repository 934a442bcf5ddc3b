// Says what others wrote while the page is read, and puts it in place when one asks for it. A stream of server-sent
// events tells when to ask; where there is none, or it goes silent, the page asks by itself (an answer 304 costs next to
// nothing). A page that nobody sees does neither. Nothing moves, and nothing typed is touched, until "Show" is pressed.
const place = document.getElementById("arrivals");
const SILENCE_MS = 50_000; // the server gives a sign of life every 20 s
const GREETING_MS = 5000; // a stream whose first words do not come is held up on the way
const ASK_EVERY_MS = 1500;
const AFTER_FAILURE_MS = 3000;
const TRY_AGAIN_MS = 60_000;
const SPREAD_MS = 300; // a hundred pages do not ask in the same moment

let stream = null;
let silence = null;
let asking = null;
let isAsking = false;
let isOver = false;

// When to ask

function listen() {
  clearTimeout(silence);
  stream?.close();
  stream = null;
  if (isOver || document.hidden) return;
  stream = new EventSource(place.dataset.stream);
  expect(GREETING_MS);
  stream.addEventListener("opened", () => {
    expect(SILENCE_MS);
    askIn(0);
  });
  stream.addEventListener("alive", () => expect(SILENCE_MS));
  stream.addEventListener("news", () => {
    expect(SILENCE_MS);
    askIn(Math.random() * SPREAD_MS);
  });
  stream.addEventListener("error", () => {
    if (stream?.readyState === EventSource.CLOSED) doWithout();
  });
}

function expect(ms) {
  clearTimeout(silence);
  silence = setTimeout(ms === SILENCE_MS ? listen : doWithout, ms);
}

function doWithout() {
  clearTimeout(silence);
  stream?.close();
  stream = null;
  if (isOver || document.hidden) return;
  silence = setTimeout(listen, TRY_AGAIN_MS);
  askIn(ASK_EVERY_MS);
}

function askIn(ms) {
  if (isOver || asking !== null) return;
  asking = setTimeout(ask, ms);
}

async function ask() {
  if (isAsking) {
    asking = setTimeout(ask, SPREAD_MS);
    return;
  }
  asking = null;
  isAsking = true;
  const address = place.dataset.news;
  let isAnswered = false;
  try {
    const headers = { "If-None-Match": place.dataset.state, "X-Requested-With": "fetch" };
    const answer = await fetch(address, { headers, cache: "no-store", redirect: "manual" });
    isAnswered = answer.status < 500;
    const html = await answer.text();
    const isShown = address !== place.dataset.news; // meanwhile
    if (answer.status === 200 && !isShown) say(html, answer.headers.get("ETag"));
    else if (answer.type === "opaqueredirect" || [403, 404].includes(answer.status)) stop(); // signed out, or not let in
  } catch {
    // the network is down
  } finally {
    isAsking = false;
  }
  if (document.hidden) return;
  if (!isAnswered) askIn(AFTER_FAILURE_MS);
  else if (!stream) askIn(ASK_EVERY_MS);
}

function say(html, state) {
  const named = place.contains(document.activeElement) ? Object.keys(document.activeElement.dataset)[0] : null;
  place.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  place.dataset.state = state;
  if (named) [...place.querySelectorAll("button")].find((button) => named in button.dataset)?.focus();
}

function stop() {
  isOver = true;
  stream?.close();
  clearTimeout(silence);
  clearTimeout(asking);
}

// What came is put in place

async function show() {
  const answer = await fetch(location.href, { cache: "no-store", redirect: "manual" }).catch(() => null);
  if (!answer?.ok) {
    location.reload();
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const seen = new Set([...document.querySelectorAll("[data-note]")].map((note) => note.id));
  for (const part of page.querySelectorAll("[data-article], #general, #round-state, .toc .count[id]")) {
    const old = document.getElementById(part.id);
    if (old) replace(old, document.importNode(part, true));
  }
  place.replaceChildren();
  Object.assign(place.dataset, page.getElementById("arrivals").dataset);
  document.dispatchEvent(new CustomEvent("app:refreshed"));
  const first = [...document.querySelectorAll("[data-note]")].find((note) => !seen.has(note.id));
  if (!first) return;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  first.scrollIntoView({ block: "nearest" });
}

// A box in which somebody writes is taken over as it is, at its place, with the caret where it was.
function replace(old, fresh) {
  const box = old.querySelector(".margin.composing");
  const field = box?.contains(document.activeElement) ? document.activeElement : null;
  const before = box && placeOf(box, fresh);
  old.replaceWith(fresh);
  window.htmx.process(fresh);
  if (!box) return;
  if (before) before.after(box);
  else fresh.append(box);
  field?.focus({ preventScroll: true });
}

function placeOf(box, fresh) {
  for (let other = box.previousElementSibling; other; other = other.previousElementSibling) {
    if (other.matches(".article-actions")) break;
    const line = other.matches("p[id]") ? other : other.querySelector(".scroll-x [id], tr[id]");
    const same = line && fresh.querySelector(`#${CSS.escape(line.id)}`);
    if (same) return same.closest(".scroll-x") ?? same;
  }
  return fresh.querySelector(".article-actions");
}

if (place) {
  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-put-away]")) place.replaceChildren();
    else if (event.target.closest("[data-show-news]")) document.querySelector(".reader") ? show() : location.reload();
  });
  document.addEventListener("visibilitychange", listen);
  window.addEventListener("online", listen);
  window.addEventListener("pagehide", () => stream?.close());
  window.addEventListener("pageshow", (event) => event.persisted && listen());
  listen();
}
