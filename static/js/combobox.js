// A field with a list of names: <input list="id" data-combobox>. The browser's own list compares letter by letter; this
// one finds "Đỗ Thị Hồng" by "hon", by "do th" and by "đỗ". Without script the browser's list stays, and the server
// finds the name by the same letters.
const MOST = 8;
const FEW = 6; // so many boxes are found by eye

const fold = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();
const wordsOf = (text) => fold(text).split(/[\s(),[\]]+/).filter(Boolean);

// Those called so by their given name (the last word before the post) come first.
function rank(name, begun) {
  const words = wordsOf(name);
  if (!begun.every((part) => words.some((word) => word.startsWith(part)))) return -1;
  const given = wordsOf(name.split(" (")[0]).pop();
  if (given?.startsWith(begun[0])) return 2;
  return words[0].startsWith(begun[0]) ? 1 : 0;
}

function enhance(input) {
  const source = document.getElementById(input.getAttribute("list"));
  if (!source) return;
  const names = [...source.options].map((option) => option.value);
  input.removeAttribute("list");
  const list = document.createElement("ul");
  list.className = "combobox-list";
  list.id = `${input.id}_list`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent ?? "");
  list.hidden = true;
  input.parentElement.classList.add("has-list");
  input.after(list);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
  let at = -1;

  const options = () => [...list.children];

  function point(place) {
    options()[at]?.removeAttribute("aria-selected");
    at = place;
    const option = options()[at];
    if (option) {
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    } else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  }

  function show() {
    const begun = wordsOf(input.value);
    const ranked = names.map((name) => ({ name, rank: begun.length ? rank(name, begun) : -1 }));
    const found = ranked.filter((one) => one.rank >= 0).sort((one, other) => other.rank - one.rank);
    list.replaceChildren(
      ...found.slice(0, MOST).map(({ name }, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}_${place}`;
        option.setAttribute("role", "option");
        option.textContent = name;
        return option;
      }),
    );
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    at = -1;
    point(found.length ? 0 : -1);
  }

  function take(option) {
    input.value = option.textContent;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return show();
      const step = event.key === "ArrowDown" ? 1 : -1;
      point((at + step + options().length) % options().length);
    } else if ((event.key === "Enter" || event.key === "Tab") && !list.hidden && at >= 0) {
      if (event.key === "Enter") event.preventDefault();
      take(options()[at]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    }
  });
  list.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const option = event.target.closest("[role=option]");
    if (option) take(option);
  });
}

document.querySelectorAll("input[data-combobox]").forEach(enhance);
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("input[data-combobox][list]").forEach(enhance));

// Many boxes: <div data-findable data-find="Find by name" data-words="{n} chosen">. A field above them leaves those that
// begin so; what is chosen stays chosen, and is counted.
function makeFindable(choices) {
  const labels = [...choices.querySelectorAll("label")];
  if (labels.length <= FEW) return;
  const tools = document.createElement("p");
  tools.className = "row";
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = choices.dataset.find;
  field.setAttribute("aria-label", choices.dataset.find);
  field.autocomplete = "off";
  const count = document.createElement("span");
  count.className = "num";
  count.setAttribute("role", "status");
  tools.append(field, count);
  choices.before(tools);
  const tell = () => {
    const chosen = choices.querySelectorAll(":checked").length;
    count.textContent = choices.dataset.words.replace("{n}", chosen);
  };
  field.addEventListener("input", () => {
    const begun = wordsOf(field.value);
    for (const label of labels) label.hidden = begun.length > 0 && rank(label.textContent.trim(), begun) < 0;
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const found = labels.filter((label) => !label.hidden);
    if (found.length !== 1) return;
    found[0].click();
    field.select();
  });
  choices.addEventListener("change", tell);
  tell();
}

document.querySelectorAll("[data-findable]").forEach(makeFindable);
