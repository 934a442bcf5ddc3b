// The editor of an article. Everything here also works without it, through the buttons of the form.
//
// Marks: what the server says about places in the text (#structure-lines[data-marks]) is drawn into a copy of the text
// that lies behind the field. Between two answers of the server the marks move along with the typing; a mark whose
// words were touched is no longer sure, and what needs sure words (applying a proposal on the spot) goes to the server.
// The server calls a mark sure while the proposed wording can be put there word for word.
const form = document.getElementById("editor");
const text = form?.elements.text;
const behind = form?.querySelector("[data-behind]");
const reason = form?.elements.reason;

let before = text?.value ?? "";
let marks = [];

const cardOf = (pk) => form.querySelector(`[data-comment="${pk}"]`);
const ticks = () => [...form.querySelectorAll("input.take")];

// Marks

function heard() {
  const said = JSON.parse(document.getElementById("structure-lines")?.dataset.marks ?? "{}");
  const unit = unitsOf(text.value);
  const comments = (said.comments ?? []).map(([start, end, pk, isSure]) => ({ start: unit(start), end: unit(end), pk, isSure }));
  const problems = (said.problems ?? []).map(([start, end]) => ({ start: unit(start), end: unit(end), pk: null, isSure: true }));
  marks = [...comments, ...problems];
  before = text.value;
  draw();
  tellWhatIsLost();
}

// The server counts characters, the browser UTF-16 units; they differ where a sign takes two.
function unitsOf(words) {
  const characters = Array.from(words);
  if (characters.length === words.length) return (place) => place;
  const units = [0];
  for (const character of characters) units.push(units[units.length - 1] + character.length);
  return (place) => units[Math.min(place, units.length - 1)];
}

function follow() {
  const now = text.value;
  const most = Math.min(before.length, now.length);
  let same = 0;
  while (same < most && before[same] === now[same]) same += 1;
  let tail = 0;
  while (tail < most - same && before[before.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const until = before.length - tail;
  const growth = now.length - before.length;
  marks = marks
    .map((mark) => {
      if (mark.end < same) return mark;
      if (mark.start > until) return { ...mark, start: mark.start + growth, end: mark.end + growth };
      if (mark.pk !== null && mark.start <= same && mark.end >= until) return { ...mark, end: mark.end + growth, isSure: false };
      return null;
    })
    .filter((mark) => mark && mark.start < mark.end);
  before = now;
  draw();
}

function draw() {
  const words = text.value;
  const cuts = [...new Set([0, words.length, ...marks.flatMap((mark) => [mark.start, mark.end])])]
    .filter((place) => place >= 0 && place <= words.length)
    .sort((one, other) => one - other);
  const pieces = cuts.slice(1).map((end, number) => {
    const start = cuts[number];
    const here = marks.filter((mark) => mark.start <= start && mark.end >= end);
    if (here.length === 0) return words.slice(start, end);
    const element = document.createElement("mark");
    element.textContent = words.slice(start, end);
    if (here.some((mark) => mark.pk === null)) element.dataset.problem = "";
    element.dataset.of = here.map((mark) => mark.pk ?? "").join(" ");
    return element;
  });
  behind.replaceChildren(...pieces, "\n"); // a line end at the end needs something after it to count
  for (const card of form.querySelectorAll("[data-comment]")) {
    card.querySelector("[data-find]").hidden = !markOf(card.dataset.comment);
  }
}

const markOf = (pk) => marks.find((mark) => String(mark.pk) === String(pk));

function show(pk) {
  for (const element of behind.querySelectorAll("mark")) {
    element.toggleAttribute("data-active", element.dataset.of.split(" ").includes(String(pk)));
  }
  for (const card of form.querySelectorAll("[data-comment]")) {
    card.toggleAttribute("data-active", card.dataset.comment === String(pk));
  }
}

// The comment on the words the caret is in; the column beside the text is moved, never the page.
function lookAtCaret() {
  const place = text.selectionStart;
  const mark = marks.find((mark) => mark.pk !== null && mark.start <= place && place <= mark.end);
  show(mark?.pk ?? "");
  const card = mark && cardOf(mark.pk);
  if (card && card.getBoundingClientRect().left > text.getBoundingClientRect().right) {
    const column = card.closest(".sticky");
    column.scrollTop += card.getBoundingClientRect().top - column.getBoundingClientRect().top - 16;
  }
}

// Writing in the field so that Ctrl+Z takes it back.
function put(start, end, words) {
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, end);
  const isTyped = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
  if (isTyped) return;
  text.setRangeText(words, start, end, "end");
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

function goTo(start, end) {
  text.focus({ preventScroll: true });
  text.setSelectionRange(start, end);
  behind.querySelector("[data-active]")?.scrollIntoView({ block: "center" });
}

// Taking in

function tellWhatIsLost() {
  for (const card of form.querySelectorAll("[data-comment][data-applicable]")) {
    const isTaken = card.querySelector("input.take").checked;
    const lost = card.querySelector("[data-lost]");
    if (lost) lost.hidden = isTaken || Boolean(markOf(card.dataset.comment)?.isSure);
  }
}

// Words that a ticked comment is about, too: the server says what becomes of that one.
function meetsTaken(mark) {
  const meets = (other) => other.start < mark.end && mark.start < other.end;
  return marks.some((other) => other.pk !== null && other !== mark && meets(other) && cardOf(other.pk)?.querySelector("input.take").checked);
}

function applyHere(card) {
  const mark = markOf(card.dataset.comment);
  if (card.dataset.applicable === undefined || !mark?.isSure || meetsTaken(mark)) return false;
  const tick = card.querySelector("input.take");
  const without = text.value;
  put(mark.start, mark.end, card.dataset.wording);
  applied.push({ tick, without, withIt: text.value });
  take(tick, true);
  return true;
}

function take(tick, isTaken) {
  tick.checked = isTaken;
  tick.dispatchEvent(new Event("change", { bubbles: true }));
  tellWhatIsLost();
}

// What was applied on the spot, and the text without and with it: Ctrl+Z takes the tick back with the words.
const applied = [];

function followUndoing({ inputType }) {
  for (const { tick, without, withIt } of applied) {
    if (inputType === "historyUndo" && tick.checked && text.value === without) take(tick, false);
    if (inputType === "historyRedo" && !tick.checked && text.value === withIt) take(tick, true);
  }
}

function countTicks() {
  const ticked = ticks().filter((tick) => tick.checked);
  const button = form.querySelector("[data-save]");
  const words = button?.querySelector("[data-save-words]");
  if (words) {
    words.textContent = ticked.length ? button.dataset.saveAndTake.replace("{n}", ticked.length) : button.dataset.save;
  }
  return ticked;
}

// The reason follows the ticks as long as nobody wrote one.
let ownReason = null;
const offeredReason = () =>
  countTicks()
    .map((tick) => tick.dataset.take)
    .join("\n")
    .slice(0, reason.dataset.longest);

function offerReason() {
  const offered = offeredReason();
  if (reason.value.trim() === "" || reason.value === ownReason) {
    reason.value = offered;
    ownReason = offered;
  }
}

// The page came with ticks, from the server or from what was kept: is its reason the one they offer?
function countGivenTicks() {
  const offered = offeredReason();
  if (reason.value === offered) ownReason = offered;
}

function start() {
  behind.hidden = false;
  for (const button of form.querySelectorAll("[data-correct]")) button.hidden = false;
  heard();
  countGivenTicks();

  text.addEventListener("input", follow);
  text.addEventListener("input", followUndoing);
  for (const kind of ["click", "keyup"]) text.addEventListener(kind, lookAtCaret);
  form.addEventListener("app:restored", () => {
    follow();
    countGivenTicks();
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("input.take")) offerReason();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "structure-lines" && !event.detail.elt.querySelector?.("#structure-lines")) return;
    for (const button of form.querySelectorAll("[data-correct]")) button.hidden = false;
    heard();
  });

  form.addEventListener("click", (event) => {
    const card = event.target.closest("[data-comment]");
    const isSecondOfDouble = event.detail > 1;
    if (event.target.closest("[name=apply]") && (isSecondOfDouble || applyHere(card))) {
      event.preventDefault();
    } else if (event.target.closest("[data-find]")) {
      const mark = markOf(card.dataset.comment);
      show(mark.pk);
      goTo(mark.start, mark.end);
    } else if (event.target.closest("[data-correct]")) {
      correct(event.target.closest("[data-from]"), event.target.closest("[data-correct]").dataset.correct);
    }
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[name=go_on]"));
    } else if (event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".primary[data-save]"));
    }
  });
}

function correct(line, marker) {
  const from = unitsOf(text.value)(Number(line.dataset.from));
  const place = text.value.indexOf(line.dataset.marker, from);
  if (place < 0) return;
  put(place, place + line.dataset.marker.length, marker);
}

if (text && behind) start();
