// A screen that follows the meeting: <div data-follow="address" data-state="ETag of what it shows">. It asks every second
// whether there is something new (an answer 304 costs next to nothing) and puts in place what comes. Nothing is put in
// place under the fingers of somebody who is just pressing a button in it. When the network is down it says so.
const EVERY_MS = 1000;
const AFTER_FAILURE_MS = 3000;
const HIDDEN_MS = 5000;

const picture = document.querySelector("[data-follow]");
const lost = document.querySelector("[data-follow-lost]");
let pressed = false;

picture.addEventListener("pointerdown", () => (pressed = true));
for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => setTimeout(() => (pressed = false), 300));

function pathTo(element) {
  return element && picture.contains(element) ? [element.form?.action ?? element.href ?? "", element.name ?? "", element.value ?? ""].join(" ") : "";
}

// Who was on a button by keyboard stays on it.
function put(html) {
  const place = pathTo(document.activeElement);
  picture.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  if (!place) return;
  const same = [...picture.querySelectorAll("a, button, input")].find((element) => pathTo(element) === place);
  same?.focus({ preventScroll: true });
}

async function ask() {
  try {
    const headers = { "If-None-Match": picture.dataset.state, "X-Requested-With": "fetch" };
    const answer = await fetch(picture.dataset.follow, { headers, cache: "no-store", redirect: "manual" });
    if (answer.status === 200) {
      const html = await answer.text();
      if (!pressed && !picture.querySelector("form[aria-busy=true]")) {
        put(html);
        picture.dataset.state = answer.headers.get("ETag");
      }
    } else if (answer.type === "opaqueredirect" || answer.status === 404) {
      location.reload(); // signed out, or not asked to the meeting any more
      return;
    }
    lost.hidden = answer.ok || answer.status === 304;
    setTimeout(ask, document.hidden ? HIDDEN_MS : EVERY_MS);
  } catch {
    lost.hidden = false;
    setTimeout(ask, AFTER_FAILURE_MS);
  }
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) lost.hidden = true;
});
setTimeout(ask, EVERY_MS);
