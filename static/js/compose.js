// Commenting beside the text: select words, tap a line, or press c on it, and the box opens next to it. Without script
// the same links lead to a page of their own. The words selected are named to the server by themselves and the text
// around them, read from the lines as they are stored ([data-line]); the server finds them again or refuses.
const reading = document.getElementById("reading");
const legal = document.querySelector(".legal[data-commentable]");
const AROUND = 64;
const isTouch = window.matchMedia("(pointer: coarse)");
const isWriting = (element) => element.closest("input, textarea, select, [contenteditable], dialog");

// Places in the text

const linesOf = (article) => [...article.querySelectorAll("[data-clause] [data-line], [data-clause][data-line]")];
const textOf = (article) => linesOf(article).map((line) => line.textContent).join("\n");
const clauseOf = (line) => line.closest("[data-clause]");

function lengthUpTo(line, node, offset) {
  const range = document.createRange();
  range.setStart(line, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

// The selected words of one article: a selection that runs on into the next one ends with the first.
function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(legal) || isWriting(range.startContainer.parentElement ?? legal)) return null;
  const touched = linesOf(legal).filter((line) => range.intersectsNode(line));
  if (touched.length === 0) return null;
  const article = touched[0].closest("[data-article]");
  const lines = touched.filter((line) => article.contains(line));
  const [first, last] = [lines[0], lines[lines.length - 1]];
  let start = offsetOf(article, first);
  if (first.contains(range.startContainer)) start += lengthUpTo(first, range.startContainer, range.startOffset);
  let end = offsetOf(article, last);
  end += last.contains(range.endContainer) ? lengthUpTo(last, range.endContainer, range.endOffset) : last.textContent.length;
  return words(article, start, end);
}

function offsetOf(article, line) {
  let offset = 0;
  for (const other of linesOf(article)) {
    if (other === line) break;
    offset += other.textContent.length + 1;
  }
  return offset;
}

function lineAt(article, offset) {
  return linesOf(article).filter((line) => offsetOf(article, line) <= offset).pop();
}

// Whole words only: a hand that slips cuts a word, nobody means half of one.
function isInsideWord(text, place) {
  return /[\p{L}\p{M}\p{N}]{2}/u.test(text.slice(place - 1, place + 1));
}

function words(article, start, end) {
  const text = textOf(article);
  while (start < end && /\s/.test(text[start])) start += 1;
  while (end > start && /\s/.test(text[end - 1])) end -= 1;
  if (start === end) return null;
  while (start > 0 && isInsideWord(text, start)) start -= 1;
  while (end < text.length && isInsideWord(text, end)) end += 1;
  return {
    article,
    line: lineAt(article, start),
    quote: text.slice(start, end),
    before: text.slice(Math.max(0, start - AROUND), start),
    after: text.slice(end, end + AROUND),
  };
}

// The button that floats at selected words or a tapped line

const bar = document.createElement("div");
bar.className = "select-bar no-print";
bar.hidden = true;
const button = document.createElement("button");
button.type = "button";
button.className = "button";
bar.append(button);
let aim = null;

function show(what, text, box) {
  aim = what;
  button.textContent = text;
  bar.hidden = false;
  const frame = legal.getBoundingClientRect();
  const gap = isTouch.matches ? 44 : 8; // below the handles of a touch selection
  const left = Math.max(0, Math.min(box.left - frame.left, frame.width - bar.offsetWidth));
  bar.style.insetInlineStart = `${left}px`;
  bar.style.insetBlockStart = `${box.bottom - frame.top + gap}px`;
}

function hide() {
  bar.hidden = true;
  aim = null;
}

function onSelection() {
  const found = selected();
  if (found) {
    const boxes = document.getSelection().getRangeAt(0).getClientRects();
    show(found, reading.dataset.commentWords, boxes[boxes.length - 1] ?? found.line.getBoundingClientRect());
  } else if (aim?.quote && !bar.contains(document.activeElement)) {
    hide();
  }
}

function onTap(event) {
  if (event.target.closest("a, button, summary, .margin, .compose, input, label")) return;
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed) return;
  const clause = event.target.closest("[data-clause]");
  if (!clause) {
    hide();
    return;
  }
  const article = clause.closest("[data-article]");
  const place = [clause.dataset.clause, article.dataset.title].filter(Boolean).join(" ");
  const at = { left: event.clientX, bottom: event.clientY };
  show({ article, line: clause }, `${reading.dataset.commentOn} ${place}`, at);
}

// The box

let opener = null;

function close() {
  document.querySelectorAll(".margin.composing").forEach((place) => place.remove());
  const back = opener;
  opener = null;
  return back;
}

function makePlace(article, line) {
  const place = document.createElement("div");
  place.className = "margin composing no-print";
  if (!article) {
    place.classList.add("on-whole");
    (legal.querySelector("h1") ?? legal.firstElementChild).after(place);
    return place;
  }
  const clause = line && clauseOf(line);
  const after = clause?.closest(".scroll-x") ?? clause ?? article.querySelector(".article-actions");
  if (after) after.after(place);
  else article.append(place);
  return place;
}

async function open(what, { isQuiet = false } = {}) {
  const { article, line, quote } = what;
  hide();
  close();
  opener = document.activeElement;
  const place = makePlace(article, line);
  const address = new URL(reading.dataset.new, location.href);
  if (article) address.searchParams.set("wid", article.dataset.wid);
  const label = line && clauseOf(line).dataset.clause;
  if (label) address.searchParams.set("clause", label);
  await window.htmx.ajax("GET", address.pathname + address.search, { target: place, swap: "innerHTML" });
  const form = place.querySelector("form");
  if (!form) {
    if (!place.querySelector("*")) place.remove();
    return;
  }
  if (quote) choose(form, what);
  offerWords(form, article, line);
  if (isQuiet) return;
  form.elements.text.focus({ preventScroll: true });
  bringIntoView(place);
}

// The words commented on stay on the screen: the page moves only when the box begins too low, and not too far. Where
// the box stands beside the text, it moves until the button that sends is seen too.
function bringIntoView(place) {
  const { top, bottom } = place.getBoundingClientRect();
  const isBeside = place.getBoundingClientRect().left > legal.getBoundingClientRect().left + legal.clientWidth / 2;
  const room = top - window.innerHeight * 0.15;
  if (isBeside && bottom > window.innerHeight && room > 0) window.scrollBy(0, Math.min(bottom - window.innerHeight, room));
  else if (top > window.innerHeight * 0.5) window.scrollBy(0, top - window.innerHeight * 0.4);
  else if (top < 0) place.scrollIntoView({ block: "start" });
}

// Write the chosen words into the form: the proposed wording starts from them.
function choose(form, what) {
  const { quote, words_before: before, words_after: after, kind, clause, proposed_text: proposed } = form.elements;
  const isUntouched = proposed.value === "" || proposed.value === quote.value;
  form.dataset.chosen = "";
  quote.value = what.quote;
  before.value = what.before;
  after.value = what.after;
  if (isUntouched) proposed.value = what.quote;
  if (kind.value === "other") kind.value = "wording";
  const label = clauseOf(what.line)?.dataset.clause ?? "";
  if (clause && [...clause.options].some((option) => option.value === label)) clause.value = label;
  nameThePlace(form);
  showQuote(form);
}

function showQuote(form) {
  const field = form.elements.quote?.closest(".field");
  if (field) field.hidden = form.elements.quote.value === "";
}

// Keyboards cannot select in a page everywhere, but they can in a text area: it holds the clause, or the article. One
// that is readonly takes no caret in Chromium, so this one only refuses to be changed.
function offerWords(form, article, line) {
  const chooser = form.querySelector("[data-words-chooser]");
  if (!chooser || !article) return;
  const source = chooser.querySelector("[data-words-source]");
  const base = line ? offsetOf(article, linesOf(article).find((other) => clauseOf(other) === clauseOf(line))) : 0;
  source.value = line ? (clauseOf(line).querySelector("[data-line]") ?? clauseOf(line)).textContent : textOf(article);
  chooser.hidden = false;
  const take = () => {
    const found = words(article, base + source.selectionStart, base + source.selectionEnd);
    if (!found) return;
    choose(form, found);
    form.elements.proposed_text.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const stays = source.value;
  source.addEventListener("beforeinput", (event) => event.preventDefault());
  source.addEventListener("input", () => (source.value = stays)); // what an input method writes cannot be refused
  source.addEventListener("keyup", take);
  source.addEventListener("select", take);
}

// Words taken up again stand at their clause.
function moveToClause(form) {
  const place = form.closest(".margin.composing");
  const label = form.elements.clause?.value;
  const lines = [...(place?.closest("[data-article]")?.querySelectorAll("[data-clause]") ?? [])];
  const clause = lines.find((line) => label && line.dataset.clause === label);
  if (clause) (clause.closest(".scroll-x") ?? clause).after(place);
  nameThePlace(form);
}

function nameThePlace(form) {
  const article = form.closest("[data-article]");
  const title = form.querySelector("[data-compose-title]");
  if (!article || !title) return;
  title.textContent = [reading.dataset.commentOn, form.elements.clause?.value, article.dataset.title].filter(Boolean).join(" ");
}

function prepare(form) {
  form.querySelectorAll("[data-compose-close]").forEach((closer) => (closer.hidden = false));
  showQuote(form);
}

// What was not sent

function mark(forms) {
  const [, page] = reading.dataset.new.match(/\/drafts\/(\d+)\//) ?? [];
  const here = forms.map(({ form }) => form.split(":")).filter(([kind, draft]) => kind === "new" && draft === page);
  for (const link of document.querySelectorAll("a[data-compose]")) {
    link.querySelector(".unsent")?.remove();
    if (!here.some(([, , wid]) => wid === link.dataset.compose)) continue;
    const word = document.createElement("span");
    word.className = "unsent";
    word.textContent = reading.dataset.unsent;
    link.append(word);
  }
  return here.map(([, , wid]) => wid);
}

if (reading && legal) {
  legal.append(bar);
  document.addEventListener("selectionchange", onSelection);
  onSelection(); // words selected while the page was still loading
  legal.addEventListener("click", onTap);
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    if (aim) open(aim);
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-compose]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open({ article: link.closest("[data-article]") });
    } else if (event.target.closest("[data-compose-close]")) {
      close()?.focus?.();
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (event.target.closest("#compose")) close()?.focus?.();
      hide();
    }
    if (event.key !== "c" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const clause = document.activeElement?.closest("[data-clause]");
    const what = selected() ?? (clause && { article: clause.closest("[data-article]"), line: clause });
    if (!what) return;
    event.preventDefault();
    open(what);
  });

  // Words changed by hand stand where the server finds them; the text around the old ones says nothing of that.
  document.addEventListener("input", (event) => {
    if (event.target.name !== "quote" || !event.target.form?.matches("#compose")) return;
    event.target.form.elements.words_before.value = "";
    event.target.form.elements.words_after.value = "";
  });

  document.addEventListener("change", (event) => {
    if (event.target.name === "clause" && event.target.form?.matches("#compose")) nameThePlace(event.target.form);
  });

  document.addEventListener("htmx:load", (event) => {
    const form = event.detail.elt.matches?.("#compose") ? event.detail.elt : event.detail.elt.querySelector?.("#compose");
    if (form) prepare(form);
  });
  document.addEventListener("app:restored", (event) => {
    showQuote(event.target);
    moveToClause(event.target);
    event.target.elements.proposed_text?.dispatchEvent(new Event("input", { bubbles: true }));
  });

  let arrived = null;
  document.addEventListener("app:sent", (event) => (arrived = event.detail.comment));
  document.addEventListener("htmx:afterSettle", () => {
    if (!arrived) return;
    const note = document.getElementById(arrived);
    arrived = null;
    close();
    if (!note) return;
    note.tabIndex = -1;
    note.focus({ preventScroll: true });
    note.scrollIntoView({ block: "nearest" });
  });

  // The box that was open last opens again, in its place, without moving the page under the reader.
  document.addEventListener("app:unsent", (event) => {
    const [latest] = mark(event.detail.forms);
    if (latest === undefined || document.getElementById("compose")) return;
    const article = latest ? document.querySelector(`[data-article][data-wid="${latest}"]`) : null;
    if (latest === "" || article) open({ article }, { isQuiet: true });
  });
}
