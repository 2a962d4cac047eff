/* The filters: lists of choices with their counts, ranges, words. Every change goes to Python,
   which answers with what is now set. */
const OPEN = ["events", "sides"];

function field(type, label, value, onChange) {
  const made = element("input", "");
  made.type = type;
  made.value = value;
  made.setAttribute("aria-label", label);
  made.addEventListener("change", () => onChange(made.value));
  return made;
}

/* A field keeps what is being typed into it; else it shows what is set. */
function setField(input, value) {
  if (input.getRootNode().activeElement !== input) input.value = value;
}

function makeOption(box, code, tell) {
  const line = element("label", "option");
  const tick = element("input", "");
  tick.type = "checkbox";
  tick.value = code;
  tick.addEventListener("change", () => {
    // What is set counts at once, so that a quick second choice adds to the first.
    for (const option of box.now.options) if (option[0] === code) option[3] = tick.checked;
    box.key = null;
    tell({ name: box.now.name, values: box.now.options.filter((option) => option[3]).map((option) => option[0]) });
  });
  line.append(tick, element("span", "name", ""), element("span", "count", ""));
  return line;
}

function makeList(list, tell) {
  const box = element("details", "list");
  box.dataset.name = list.name;
  box.open = list.chosen > 0 || OPEN.includes(list.name);
  const head = element("summary", "");
  const title = element("span", "title");
  const chosen = element("span", "chosen");
  head.append(title, chosen);
  const clear = element("button", "clear-one", "×");
  clear.type = "button";
  clear.addEventListener("click", () => tell({ clear: list.name }));
  const bar = element("div", "bar");
  const search = element("input", "search");
  search.type = "search";
  search.dir = "auto";
  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => tell({ name: list.name, typed: search.value }), 250);
  });
  // Enter takes the first that is found, as soon as it is.
  let taking = false;
  const take = () => {
    if (!taking || box.answered !== search.value) return;
    taking = false;
    options.querySelector("input:not(:checked)")?.click();
  };
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !search.value) return;
    taking = true;
    take();
  });
  bar.append(search, clear);
  const options = element("div", "options");
  const note = element("div", "note");
  box.append(head, bar, options, note);

  box.update = (now, data) => {
    const key = JSON.stringify(now);
    if (box.key === key) return;
    box.key = key;
    box.answered = now.typed;
    title.textContent = now.title;
    chosen.textContent = now.chosen || "";
    chosen.hidden = !now.chosen;
    clear.hidden = !now.chosen;
    clear.title = data.clear_one;
    clear.setAttribute("aria-label", data.clear_one + ": " + now.title);
    search.hidden = !now.long;
    bar.hidden = !now.long && !now.chosen;
    search.placeholder = now.hint;
    search.setAttribute("aria-label", now.title + ": " + data.search);
    setField(search, now.typed);
    box.now = now;
    // A choice keeps its element, so that a click on it is never lost to an answer that comes meanwhile.
    const codes = now.options.map((option) => option[0]).join("\n");
    if (codes !== box.codes) {
      const focused = box.getRootNode().activeElement;
      const held = options.contains(focused) ? focused.value : null;
      const kept = new Map([...options.children].map((line) => [line.firstChild.value, line]));
      options.replaceChildren(...now.options.map(([code]) => kept.get(code) || makeOption(box, code, tell)));
      if (held !== null && kept.get(held)?.isConnected) kept.get(held).firstChild.focus();
      box.codes = codes;
    }
    now.options.forEach(([, label, count, on], i) => {
      const line = options.children[i];
      line.className = "option" + (on ? " on" : "") + (count === "0" || count === "٠" ? " zero" : "");
      const [tick, name, number] = line.children;
      tick.checked = on;
      name.textContent = label;
      number.textContent = count;
    });
    note.textContent = now.none || now.rest;
    note.hidden = !note.textContent;
    take();
  };
  return box;
}

function build(root, data, tell) {
  root.lists = data.lists.map((list) => makeList(list, tell));
  const change = (name) => (value) => tell({ name, values: [value] });
  root.words = element("label", "line words");
  root.words.append(element("span", "title"), field("search", data.words.label, "", change("words")));
  root.words.querySelector("input").dir = "auto";
  root.numbers = element("fieldset", "numbers");
  root.numbers.append(element("legend", "title"));
  for (const number of data.numbers) {
    const line = element("label", "line");
    const input = field("number", number.label, "", change(number.name));
    input.min = 0;
    input.max = number.most;
    line.append(element("span", ""), input);
    root.numbers.append(line);
  }
  root.undated = element("label", "option undated");
  const tick = element("input", "");
  tick.type = "checkbox";
  tick.addEventListener("change", () => tell({ name: "undated", values: [tick.checked ? "1" : "0"] }));
  root.undated.append(tick, element("span", "name"));
  root.clear = element("button", "clear", "");
  root.clear.type = "button";
  root.clear.addEventListener("click", () => tell({ clear: "" }));
  root.append(root.clear, root.words, ...root.lists, root.numbers, root.undated);
}

export default component("section", "filters", (root, data, tell) => {
  if (!root.lists) build(root, data, tell);
  root.dir = data.direction;
  root.lists.forEach((box, i) => box.update(data.lists[i], data));
  root.words.firstChild.textContent = data.words.label;
  const words = root.words.querySelector("input");
  words.placeholder = data.words.hint;
  words.setAttribute("aria-label", data.words.label);
  setField(words, data.words.value);
  root.numbers.querySelector("legend").textContent = data.numbers_title;
  data.numbers.forEach((number, i) => {
    const line = root.numbers.children[i + 1];
    line.firstChild.textContent = number.label;
    line.lastChild.setAttribute("aria-label", number.label);
    setField(line.lastChild, number.value === null ? "" : String(number.value));
  });
  root.undated.firstChild.checked = data.undated.on;
  root.undated.lastChild.textContent = data.undated.label;
  root.clear.textContent = data.clear;
  root.clear.disabled = !data.any_set;
});
