// While reading: the words a note is about stand out when one points at the note, the note when one taps the words,
// and the table of contents shows where one is.
const toc = document.getElementById("toc");

function marksOf(note) {
  return document.querySelectorAll(`mark[data-comments~="${note.dataset.note}"]`);
}

function activate(note) {
  for (const mark of document.querySelectorAll("mark[data-active]")) delete mark.dataset.active;
  for (const other of document.querySelectorAll(".note[aria-current]")) other.removeAttribute("aria-current");
  if (!note) return;
  note.setAttribute("aria-current", "true");
  for (const mark of marksOf(note)) mark.dataset.active = "";
}

for (const kind of ["pointerover", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const note = event.target.closest?.("[data-note]");
    if (note && !note.hasAttribute("aria-current")) activate(note);
  });
}

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.("mark[data-comments]");
  if (!mark) return;
  const newest = mark.dataset.comments.split(" ").pop();
  const note = document.querySelector(`[data-note="${newest}"]`);
  if (!note) return;
  activate(note);
  note.scrollIntoView({ block: "nearest" });
});

function showPlace(id) {
  const link = toc.querySelector(`a[href="#${CSS.escape(id)}"]`);
  if (!link || link.hasAttribute("aria-current")) return;
  toc.querySelector("[aria-current]")?.removeAttribute("aria-current");
  link.setAttribute("aria-current", "location");
  const box = link.getBoundingClientRect();
  const frame = toc.getBoundingClientRect();
  if (box.top < frame.top || box.bottom > frame.bottom) toc.scrollTop += box.top - frame.top - frame.height / 3;
}

if (toc && "IntersectionObserver" in window) {
  const visible = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) visible.add(entry.target.id);
        else visible.delete(entry.target.id);
      }
      const first = [...document.querySelectorAll("[data-article]")].find((article) => visible.has(article.id));
      if (first) showPlace(first.id);
    },
    { rootMargin: "-112px 0px -50% 0px" },
  );
  const watch = () => document.querySelectorAll("[data-article]").forEach((article) => observer.observe(article));
  watch();
  for (const event of ["htmx:afterSettle", "app:refreshed"]) document.addEventListener(event, watch);
}
