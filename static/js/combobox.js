// A field with a list of names: <input list="id" data-combobox>. The browser's own list compares letter by letter; this
// one finds "Đỗ Thị Hồng" by "hon", by "do th" and by "đỗ". Without script the browser's list stays, and the server
// finds the name by the same letters.
const MOST = 8;

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
