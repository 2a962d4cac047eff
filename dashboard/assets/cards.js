/* The panel beside the map: a place and its claims. */

function mark(path, colour, denied) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-4 -4 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const disc = document.createElementNS(SVG, "circle");
  disc.setAttribute("cx", "12");
  disc.setAttribute("cy", "12");
  disc.setAttribute("r", denied ? "13.5" : "12.5");
  disc.setAttribute("fill", "#fff");
  disc.setAttribute("stroke", colour);
  disc.setAttribute("stroke-width", denied ? "3" : "6");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  line.setAttribute("class", "glyph");
  svg.append(disc, line);
  if (denied) {
    const strike = document.createElementNS(SVG, "path");
    strike.setAttribute("d", "M4 20L20 4");
    strike.setAttribute("class", "strike");
    svg.append(strike);
  }
  return svg;
}

function pair(label, value, className) {
  const line = element("div", "pair " + (className || ""));
  line.append(element("span", "label", label), element("span", "value", value));
  return line;
}

function makeCard(card, data, tell) {
  const box = element("article", "card");
  box.classList.toggle("denied", card.denied);
  box.classList.toggle("selected", card.selected);
  box.dir = data.direction;

  const head = element("button", "head");
  head.type = "button";
  head.title = card.select;
  head.dataset.focus = "claim " + card.id;
  head.setAttribute("aria-pressed", String(card.selected));
  head.append(mark(card.glyph, card.colour, card.denied));
  const what = element("span", "what");
  if (card.label) what.append(element("span", "denial", card.label));
  what.append(element("b", "", card.event));
  what.append(element("span", "status", card.status));
  head.append(what, element("span", "day", card.day));
  head.addEventListener("click", () => tell({ claim: card.id }));
  box.append(head);

  const who = element("div", "who");
  who.append(element("span", "label", card.actor_label), element("span", "", card.actor));
  if (card.target) who.append(element("span", "against", card.against), element("span", "", card.target));
  box.append(who);

  const voice = pair(card.voice_label, card.voice, "voice");
  if (card.relayed) voice.append(element("span", "relayed", card.relayed));
  if (card.denies_what) voice.append(element("span", "relayed", card.denies_what));
  box.append(voice);
  for (const name of card.denied_by) box.append(pair(card.denied_by_label, name, "voice by-denier"));

  const facts = element("div", "facts");
  for (const [label, value, untold] of card.facts) facts.append(pair(label, value, untold ? "untold" : ""));
  box.append(facts);
  if (card.total) box.append(element("div", "total", card.total));

  const quote = element("blockquote", "", "");
  for (const [text, kind] of card.quote) {
    const part = document.createElement(kind === "place" ? "mark" : "span");
    part.className = kind;
    part.textContent = text;
    quote.append(part);
  }
  box.append(quote);

  if (card.also.length) {
    const also = element("div", "also");
    also.append(element("span", "label", card.also_label));
    for (const name of card.also) also.append(element("span", "chip", name));
    box.append(also);
  }
  const source = element("div", "source");
  source.append(element("span", "outlet", card.outlet), element("span", "title", card.title),
    element("span", "", card.published));
  if (card.basis) source.append(element("span", "", card.basis));
  box.append(source);
  const open = element("button", "open", card.open);
  open.type = "button";
  open.dataset.focus = "article " + card.id;
  open.addEventListener("click", () => tell({ article: card.id }));
  box.append(open);
  return box;
}

/* The search: Enter looks a name up; one place opens, of several one is chosen. */
function makeSearch(tell) {
  const box = element("div", "search");
  const field = element("input", "");
  field.type = "search";
  field.dir = "auto";
  let told = "";
  field.addEventListener("change", () => tell({ find: (told = field.value) }));
  const found = element("div", "results");
  box.append(field, found);
  box.update = (search) => {
    field.placeholder = search.label + ": " + search.hint;
    field.setAttribute("aria-label", search.label);
    // What was typed since the last search stays.
    if (field.value === told) field.value = told = search.typed;
    found.replaceChildren(...search.found.map(([id, name]) => {
      const button = element("button", "found", name);
      button.type = "button";
      button.dataset.focus = "found " + id;
      button.addEventListener("click", () => tell({ place: id }));
      return button;
    }));
    if (search.none) found.append(element("p", "hint", search.none));
  };
  return box;
}

/* Who is said to hold the place, over the days of the archive. */
function makeStrip(strip) {
  const box = element("div", "strip");
  box.append(element("span", "label", strip.label));
  const bar = element("div", "bar");
  bar.dir = "ltr";
  for (const [start, size, colours, status, said] of strip.spans) {
    const part = element("div", "span " + status);
    part.style.left = start + "%";
    part.style.width = size + "%";
    part.style.setProperty("--one", colours[0] || "transparent");
    part.style.setProperty("--two", colours[1] || "var(--st-background-color, #fff)");
    part.title = said;
    part.setAttribute("role", "img");
    part.setAttribute("aria-label", said);
    bar.append(part);
  }
  const last = strip.spans[strip.spans.length - 1];
  box.append(bar, element("div", "said", last[4]));
  return box;
}

function makeDead(dead) {
  const box = element("details", "dead");
  const head = element("summary", "");
  head.append(element("span", "label", dead.label), element("b", "", dead.range));
  box.append(head);
  for (const [voice, figure, note] of dead.figures) {
    const line = element("div", "pair");
    line.append(element("span", "value", figure), element("span", "label", voice));
    if (note) line.append(element("span", "note", note));
    box.append(line);
  }
  return box;
}

function makeGroup(group) {
  const box = element("div", "group");
  const head = element("div", "group-head");
  head.append(element("b", "", group.title), element("span", "status", group.status), element("span", "day", group.day));
  const sides = element("div", "sides");
  for (const [label, voices] of group.sides) {
    if (!voices.length) continue;
    const side = element("div", "side");
    side.append(element("div", "label", label));
    for (const [name, colour, figures] of voices) {
      const line = element("div", "voice-line");
      const key = element("i", "");
      key.style.background = colour;
      line.append(key, element("span", "", name));
      if (figures.length) line.append(element("span", "figure", group.killed + ": " + figures.join(" / ")));
      side.append(line);
    }
    sides.append(side);
  }
  box.append(head, sides);
  return box;
}

function makeNearby(nearby, tell) {
  const box = element("div", "nearby");
  box.append(element("span", "label", nearby.label));
  if (nearby.none) box.append(element("span", "label", nearby.none));
  for (const [id, name, km, claims] of nearby.places) {
    const button = element("button", "chip", "");
    button.type = "button";
    button.dataset.focus = "place " + id;
    button.append(element("span", "", name), element("span", "km", km), element("span", "n", claims));
    button.addEventListener("click", () => tell({ place: id }));
    box.append(button);
  }
  return box;
}

export default component("section", "panel", (root, data, tell) => {
  root.search ??= makeSearch(tell);
  root.search.update(data.search);
  // The field stays where it is, or it would lose the focus and what is being typed.
  while (root.children.length > 1) root.lastChild.remove();
  if (!root.firstChild) root.append(root.search);
  root.dir = data.direction;
  const top = element("header", "top");
  const names = element("h3", "");
  names.append(element("span", "", data.name));
  if (data.other) names.append(element("span", "other", data.other));
  top.append(names);
  const close = element("button", "close", "×");
  close.type = "button";
  close.title = data.close;
  close.setAttribute("aria-label", data.close);
  close.addEventListener("click", () => tell({ close: true }));
  if (data.close) top.append(close);
  root.append(top);
  const about = element("div", "about");
  for (const text of [data.kind, data.within, data.sure, data.further, data.counts]) if (text) about.append(element("span", "", text));
  root.append(about);
  if (data.note) root.append(element("p", "hint", data.note));
  const list = element("div", "list");
  if (data.strip?.spans.length) list.append(makeStrip(data.strip));
  if (data.dead?.figures.length) list.append(makeDead(data.dead));
  let before = null;
  for (const card of data.cards) {
    const group = data.groups[card.group];
    if (group && card.group !== before) list.append(makeGroup(group));
    before = card.group;
    const made = makeCard(card, data, tell);
    made.classList.toggle("of-group", Boolean(group));
    list.append(made);
  }
  if (data.nearby) list.append(makeNearby(data.nearby, tell));
  root.append(list);
  const selected = list.querySelector(".selected");
  if (selected) list.scrollTop = Math.max(0, selected.offsetTop - list.offsetTop - 6);
});
