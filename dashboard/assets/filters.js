/* The filters: trees of choices with their counts, numbers, words, places near a place, a part of the map. Every
   change goes to Python, which answers with what is now set. */

/* So many of the first choices are shown before "more" is asked for, in a tree and below one of its choices. */
const FIRST = 5;
const FEW = 9;

const [CODE, NAME, LIST, ABOVE, COUNT, ON, COLOUR, SIGN, DENIALS] = [0, 1, 2, 3, 4, 5, 6, 7, 8];

function button(className, text, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function name(control, label) {
  control.title = label;
  control.setAttribute("aria-label", label);
}

/* A field keeps what is being typed into it; else it shows what is set. */
function setField(input, value) {
  if (input.getRootNode().activeElement !== input) input.value = value;
}

/* A field for a whole number, which takes and shows the digits of the page. */
function numberField(act) {
  const made = element("input", "");
  made.type = "text";
  made.inputMode = "numeric";
  made.autocomplete = "off";
  made.number = () => made.value.replace(/[٠-٩]/g, (digit) => digit.charCodeAt(0) - 0x660).trim();
  made.show = (value, language) => setField(made, language === "ar" ? value.replace(/[0-9]/g, (digit) => String.fromCharCode(0x660 + Number(digit))) : value);
  made.addEventListener("change", () => act(made.number()));
  return made;
}

function drawSign(path) {
  const made = sign(path, "");
  made.classList.add("bare");
  return made;
}

/* A field that looks for something by name while it is typed; Enter takes the first that is found. */
function makeSearch(list, tell, take) {
  const search = element("input", "search");
  search.type = "search";
  search.dir = "auto";
  let waiting = 0;
  let taking = false;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => tell({ name: list, typed: search.value }), 200);
  });
  search.answer = (typed) => {
    setField(search, typed);
    if (taking && typed === search.value) {
      taking = false;
      take();
    }
    search.answered = typed;
  };
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !search.value) return;
    if (search.answered === search.value) take();
    else taking = true;
  });
  search.empty = () => {
    search.value = "";
    search.answered = "";
    tell({ name: list, typed: "" });
  };
  return search;
}

/* --- a tree of choices */

function makeTree(first, tell) {
  const box = element("div", "part");
  box.dataset.name = first.lists[0];
  const title = element("div", "sub", "");
  const search = makeSearch(first.lists[0], tell, () => {
    const at = part.found?.find(([n]) => !part.nodes[n][ON]);
    if (at) tick(at[0]);
    search.empty();
  });
  const tree = element("div", "tree");
  tree.setAttribute("role", "tree");
  tree.setAttribute("aria-multiselectable", "true");
  const more = button("more", "", () => {
    box.all = !box.all;
    draw();
  });
  const note = element("div", "note");
  box.append(title, search, tree, more, note);
  const rows = new Map(); // a choice keeps its element, so that a click on it is never lost to an answer
  const unfolded = new Set();
  let part = first;
  let kids = new Map(); // position of a choice, -1 for none, to those of the choices right below it
  let data = null;
  let current = "";

  const id = (n) => part.nodes[n][LIST] + " " + part.nodes[n][CODE];
  const below = (n) => kids.get(n) ?? [];
  const holds = (n) => kids.has(n);
  const lines = (n) => (part.nodes[n][ABOVE] < 0 ? [] : [part.nodes[n][ABOVE], ...lines(part.nodes[n][ABOVE])]);
  const implied = (n) => lines(n).some((m) => part.nodes[m][ON]);
  const within = (n) => below(n).flatMap((m) => [m, ...within(m)]);

  /* A choice takes the place of what it lies in, and of what lies in it. What is set counts at once, so that a quick
     second choice adds to the first. */
  function tick(n) {
    const on = !part.nodes[n][ON];
    part.nodes[n][ON] = on;
    if (on) for (const m of [...lines(n), ...within(n)]) part.nodes[m][ON] = false;
    const set = Object.fromEntries(part.lists.map((list) => [list, []]));
    for (const node of part.nodes) if (node[ON]) set[part.lists[node[LIST]]].push(node[CODE]);
    draw();
    tell({ set });
  }

  function fold(n, open) {
    if (open) unfolded.add(id(n));
    else unfolded.delete(id(n));
    draw();
  }

  function makeRow(key) {
    const row = element("div", "row");
    row.setAttribute("role", "treeitem");
    row.dataset.focus = box.dataset.name + " " + key;
    row.append(element("span", "box"), element("span", "twist"), element("span", "mark"), element("span", "name", ""),
      element("span", "denials"), element("span", "count"));
    const at = () => part.nodes.findIndex((_, n) => id(n) === key);
    row.addEventListener("click", (event) => {
      const n = at();
      if (n < 0) return;
      current = key;
      if (event.target.closest(".twist") && row.hasAttribute("aria-expanded")) fold(n, !unfolded.has(key));
      else tick(n);
    });
    row.addEventListener("focus", () => move(key));
    return row;
  }

  /* One choice of a tree is reached by Tab, the others by arrows. */
  function move(key, focus) {
    current = key;
    for (const [other, row] of rows) row.tabIndex = other === key ? 0 : -1;
    if (focus) rows.get(key)?.focus();
  }

  tree.addEventListener("keydown", (event) => {
    const shown = [...tree.children];
    const at = shown.indexOf(event.target);
    if (at < 0) return;
    const key = event.target.dataset.focus.slice(box.dataset.name.length + 1);
    const n = part.nodes.findIndex((_, m) => id(m) === key);
    const [open, shut] = data.direction === "rtl" ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
    const go = (row) => row && move(row.dataset.focus.slice(box.dataset.name.length + 1), true);
    if (event.key === "ArrowDown") go(shown[at + 1]);
    else if (event.key === "ArrowUp") go(shown[at - 1]);
    else if (event.key === "Home") go(shown[0]);
    else if (event.key === "End") go(shown.at(-1));
    else if (event.key === " " || event.key === "Enter") tick(n);
    else if (event.key === open && holds(n) && !unfolded.has(key)) fold(n, true);
    else if (event.key === open) go(shown[at + 1]);
    else if (event.key === shut && unfolded.has(key)) fold(n, false);
    else if (event.key === shut && part.nodes[n][ABOVE] >= 0) go(rows.get(id(part.nodes[n][ABOVE])));
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  /* The choices as they stand below each other: what is found, or the tree as far as it is unfolded. */
  function visible() {
    if (part.found) return part.found.map(([n, full]) => [n, 0, full]);
    const shown = [];
    const walk = (n, level) => {
      shown.push([n, level, part.nodes[n][NAME]]);
      if (unfolded.has(id(n))) for (const m of below(n)) walk(m, level + 1);
    };
    const top = below(-1);
    const few = top.length <= FEW || box.all ? top : top.filter((n, i) => i < FIRST || part.nodes[n][ON] || within(n).some((m) => part.nodes[m][ON]));
    box.rest = top.length - few.length;
    box.many = top.length > FEW;
    for (const n of few) walk(n, 0);
    return shown;
  }

  function draw() {
    const number = new Intl.NumberFormat(data.language === "ar" ? "ar-u-nu-arab" : "en");
    box.rest = 0;
    box.many = false;
    const shown = visible();
    const focused = box.getRootNode().activeElement;
    const held = rows.get(current) === focused;
    tree.replaceChildren(...shown.map(([n]) => rows.get(id(n)) ?? rows.set(id(n), makeRow(id(n))).get(id(n))));
    for (const [n, level, called] of shown) {
      const node = part.nodes[n];
      const row = rows.get(id(n));
      const [, twist, mark, label, denials, count] = row.children;
      const on = node[ON] || implied(n);
      row.className = "row" + (node[ON] ? " on" : on ? " implied" : "") + (node[COUNT] ? "" : " zero");
      row.style.setProperty("--level", level);
      row.setAttribute("aria-level", level + 1);
      row.setAttribute("aria-checked", on);
      row.removeAttribute("aria-expanded");
      if (holds(n) && !part.found) row.setAttribute("aria-expanded", unfolded.has(id(n)));
      twist.hidden = !holds(n) || Boolean(part.found);
      mark.replaceChildren(...(node[SIGN] ? [drawSign(node[SIGN])] : []));
      mark.hidden = !node[SIGN] && !node[COLOUR];
      mark.style.setProperty("--colour", node[COLOUR] || "transparent");
      mark.classList.toggle("dot", Boolean(node[COLOUR]));
      label.textContent = called;
      denials.textContent = node[DENIALS];
      count.textContent = number.format(node[COUNT]);
    }
    tree.classList.toggle("deep", !part.found && part.nodes.some((node) => node[ABOVE] >= 0));
    tree.hidden = !shown.length;
    if (!shown.some(([n]) => id(n) === current)) current = shown.length ? id(shown[0][0]) : "";
    move(current, held && focused !== box.getRootNode().activeElement);
    more.hidden = !box.many || Boolean(part.found);
    more.textContent = box.all ? data.say.fewer : data.say.rest.replace("{n}", number.format(box.rest));
    if (!box.all && !box.rest) more.hidden = true;
  }

  box.update = (now, all) => {
    const key = JSON.stringify([now, all.language]);
    if (box.key === key) return;
    // What is set is shown, however deep it lies.
    const news = (node) => node[ON] && !(box.key && part.nodes.some((was) => was[ON] && was[LIST] === node[LIST] && was[CODE] === node[CODE]));
    const opened = now.nodes.map((node, n) => (news(node) ? n : -1)).filter((n) => n >= 0);
    box.key = key;
    part = now;
    kids = new Map();
    now.nodes.forEach((node, n) => kids.set(node[ABOVE], [...(kids.get(node[ABOVE]) ?? []), n]));
    data = all;
    for (const n of opened) for (const m of lines(n)) unfolded.add(id(m));
    title.textContent = now.title;
    title.hidden = !now.title;
    tree.setAttribute("aria-label", now.label);
    search.hidden = !now.long && !now.typed;
    search.placeholder = now.hint;
    search.setAttribute("aria-label", now.label + ": " + all.say.search);
    note.textContent = now.none;
    note.hidden = !now.none;
    draw();
    search.answer(now.typed);
  };
  return box;
}

/* --- the other kinds of filter */

function makeNumbers(first, tell) {
  const box = element("div", "part");
  const title = element("div", "sub", "");
  const inputs = first.fields.map((number) => {
    const line = element("label", "number");
    const input = numberField((value) => tell({ set: { [number.name]: [value] } }));
    line.append(element("span", "name", ""), input);
    box.append(line);
    return input;
  });
  box.prepend(title);
  box.update = (now, data) => {
    title.textContent = now.title;
    title.hidden = !now.title;
    now.fields.forEach((number, i) => {
      inputs[i].previousSibling.textContent = number.label;
      inputs[i].show(number.value, data.language);
    });
  };
  return box;
}

function makeTick(first, tell) {
  const box = element("label", "part row tick");
  const tick = element("input", "");
  tick.type = "checkbox";
  tick.addEventListener("change", () => tell({ set: { [first.name]: [tick.checked ? "1" : "0"] } }));
  box.append(tick, element("span", "name", ""));
  box.update = (now) => {
    tick.checked = now.on;
    tick.nextSibling.textContent = now.label;
  };
  return box;
}

function makeNear(first, tell) {
  const box = element("div", "part near");
  const line = element("div", "distance");
  const km = numberField((value) => tell({ set: { near_km: [value] } }));
  const title = element("span", "", "");
  const unit = element("span", "", "");
  line.append(title, km, unit);
  const take = (place) => {
    tell({ set: { near: [place], near_km: [km.number()] } });
    search.empty();
  };
  const search = makeSearch("near", tell, () => {
    const best = found.querySelector("button");
    best?.click();
  });
  const found = element("div", "found");
  const chosen = element("div", "chosen");
  const gone = button("gone", "×", () => tell({ clear: "near" }));
  chosen.append(element("span", "name", ""), gone);
  const note = element("div", "note");
  box.append(line, search, found, note, chosen);
  box.update = (now, data) => {
    title.textContent = now.title;
    unit.textContent = now.unit;
    km.setAttribute("aria-label", now.label);
    km.show(now.km, data.language);
    search.placeholder = now.search;
    search.setAttribute("aria-label", now.search);
    search.hidden = Boolean(now.chosen) && !now.typed;
    chosen.hidden = !now.chosen;
    chosen.firstChild.textContent = now.chosen;
    name(gone, data.say.clear_one + ": " + now.chosen);
    found.replaceChildren(
      ...now.found.map(([place, label]) => {
        const one = button("place", label, () => take(place));
        one.dataset.focus = "near " + place;
        return one;
      }),
    );
    note.textContent = now.none;
    note.hidden = !now.none;
    search.answer(now.typed);
  };
  return box;
}

function inside(frame) {
  try {
    return [frame.contentWindow.map, frame.contentWindow.conflictmap];
  } catch {
    return []; // another server's frame is none of ours
  }
}

/* The map stands in a frame of the same server: it says what it shows, and takes the wish to draw. */
function onMap(act) {
  for (const frame of document.querySelectorAll("iframe")) {
    const [map, marks] = inside(frame);
    if (map?.getBounds) return act(map, marks);
  }
  return null;
}

function makeBox(first, tell) {
  const box = element("div", "part box-part");
  const view = button("wide", "", () => {
    const edges = onMap((map) => {
      const bounds = map.getBounds();
      return [bounds.getSouth(), bounds.getWest(), bounds.getNorth(), bounds.getEast()];
    });
    // To a thousandth of a degree, as it stands in the address.
    if (edges) tell({ set: { box: [edges.map((edge) => Math.round(edge * 1000) / 1000).join(",")] } });
  });
  const draw = button("wide", "", () => onMap((_, marks) => marks?.drawRectangle?.()));
  const chosen = element("div", "chosen");
  const gone = button("gone", "×", () => tell({ clear: "box" }));
  chosen.append(element("span", "name", ""), gone);
  box.append(view, draw, chosen);
  box.update = (now, data) => {
    view.textContent = now.view;
    draw.textContent = now.draw;
    chosen.hidden = !now.chosen;
    chosen.firstChild.textContent = now.chosen;
    name(gone, data.say.clear_one + ": " + now.chosen);
    box.look = () => {
      view.hidden = !onMap(() => true);
      draw.hidden = !onMap((_, marks) => Boolean(marks?.drawRectangle));
    };
    let patience = 20;
    const wait = () => {
      box.look();
      if (view.hidden && (patience -= 1) && box.isConnected) setTimeout(wait, 500); // the map comes later than we do
    };
    wait();
  };
  return box;
}

const KINDS = { tree: makeTree, numbers: makeNumbers, tick: makeTick, near: makeNear, box: makeBox };

function makeHead(first, tell) {
  const box = element("section", "head");
  box.dataset.head = first.name;
  const bar = element("h3", "bar");
  const toggle = element("button", "toggle");
  toggle.type = "button";
  toggle.append(element("span", "twist"), element("span", "title", ""), element("span", "value", ""));
  bar.append(toggle);
  const body = element("div", "body");
  const parts = first.parts.map((part) => KINDS[part.kind](part, tell));
  body.append(...parts);
  box.append(bar, body);
  let open = first.open || first.set.length > 0;
  const show = () => {
    toggle.setAttribute("aria-expanded", open);
    body.hidden = !open;
    if (open) for (const part of parts) part.look?.();
  };
  toggle.addEventListener("click", () => {
    open = !open;
    show();
  });
  box.update = (now, data) => {
    const [, title, value] = toggle.children;
    title.textContent = now.title;
    value.textContent = now.value;
    value.classList.toggle("some", now.set.length > 0);
    if (box.set !== undefined && now.set.some((filter) => !box.set.includes(filter))) open = true;
    box.set = now.set;
    show();
    now.parts.forEach((part, i) => parts[i].update(part, data));
  };
  return box;
}

function build(root, data, tell) {
  const top = element("div", "top");
  root.caption = element("h2", "caption", "");
  root.clear = button("clear", "", () => tell({ clear: "" }));
  top.append(root.caption, root.clear);
  root.evidence = element("input", "");
  root.evidence.type = "search";
  root.evidence.addEventListener("change", () => tell({ set: { words: [root.evidence.value] } }));
  root.evidence.className = "evidence";
  root.evidence.dir = "auto";
  root.heads = data.heads.map((head) => makeHead(head, tell));
  root.append(top, root.evidence, ...root.heads);
}

export default component("section", "filters", (root, data, tell) => {
  if (!root.heads) build(root, data, tell);
  root.dir = data.direction;
  root.lang = data.language;
  root.setAttribute("aria-label", data.title);
  root.caption.textContent = data.title;
  root.clear.textContent = data.say.clear;
  root.clear.hidden = !data.any_set;
  root.evidence.placeholder = data.evidence.label;
  root.evidence.title = data.evidence.hint;
  root.evidence.setAttribute("aria-label", data.evidence.label);
  setField(root.evidence, data.evidence.value);
  root.heads.forEach((head, i) => head.update(data.heads[i], data));
});
