/* The panel beside the map: the claims in view by day, their places and happenings, or one place with its claims. */

function mark(path, colour, denied) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-4 -4 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const disc = document.createElementNS(SVG, "circle");
  disc.setAttribute("cx", "12");
  disc.setAttribute("cy", "12");
  disc.setAttribute("r", denied ? "13.5" : "12.5");
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

function button(className, text, focus, act) {
  const made = element("button", className, text);
  made.type = "button";
  made.dataset.focus = focus;
  made.addEventListener("click", act);
  return made;
}

/* How sure: a ring, drawn as on the map, and a word. */
function sure(status, text) {
  const box = element("span", "sure");
  box.append(element("i", "ring " + status), element("span", "", text));
  return box;
}

/* The words. Of a long lead only its end is shown, so that the place is seen, until the card is chosen. */
function makeQuote(card) {
  const quote = element("blockquote", "", "");
  const parts = card.quote.map((part) => [...part]);
  const at = parts.findIndex(([, kind]) => kind === "place");
  if (!card.selected && at > 0) {
    const before = parts.slice(0, at).map(([text]) => text).join("");
    if (before.length > 2 * card.lead) {
      const end = before.slice(-card.lead);
      parts.splice(0, at, ["… " + end.slice(end.indexOf(" ") + 1), parts[at - 1][1]]);
    }
  }
  for (const [text, kind] of parts) {
    const part = document.createElement(kind === "place" ? "mark" : "span");
    part.className = kind;
    part.textContent = text;
    quote.append(part);
  }
  return quote;
}

function makeFacts(card, data) {
  const facts = element("span", "facts-line");
  if (card.denied) facts.append(element("span", "denial", card.denied));
  facts.append(element("b", "", card.event));
  if (card.places.length) {
    const where = element("span", "where", card.places[0] + card.further);
    where.title = card.places.join("\n");
    facts.append(where);
  }
  if (card.actor || card.target) {
    const doers = element("span", "doers");
    if (card.actor) doers.append(element("bdi", "", card.actor));
    if (card.target) doers.append(element("span", "against", data.direction === "rtl" ? "←" : "→"), element("bdi", "", card.target));
    facts.append(doers);
  }
  if (card.killed) {
    const killed = element("span", "killed", "† " + card.killed);
    killed.title = card.killed_label + ": " + card.killed;
    facts.append(killed);
  }
  return facts;
}

/* One line of source: the outlet, which leads to the article, who says it, the address on the web, how sure. */
function makeSource(card, data, tell) {
  const source = element("div", "source");
  const said = element("span", "said-by");
  const open = button("open outlet", card.outlet, "article " + card.id, () => tell({ article: card.id }));
  open.title = card.article + ": " + card.title;
  open.setAttribute("aria-label", card.article + ": " + card.outlet);
  said.append(open);
  if (card.voice) said.append(element("span", "label", card.voice_label), element("b", "", card.voice));
  if (card.relayed) said.append(element("span", "", card.relayed));
  if (!data.days[card.day] || card.selected || !card.day) said.append(element("span", "day", card.when));
  source.append(said);
  for (const [label, address] of card.links) {
    const link = element("a", "link", "↗");
    link.href = address;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    link.title = label + ": " + address;
    link.setAttribute("aria-label", label);
    source.append(link);
  }
  source.append(sure(card.status, card.sure));
  return source;
}

function makeCard(card, data, tell) {
  const box = element("article", "card");
  box.classList.toggle("denied", Boolean(card.denied));
  box.classList.toggle("selected", card.selected);
  box.classList.toggle("fresh", Boolean(card.fresh));
  const head = button("head", undefined, "claim " + card.id, () => tell({ claim: card.id }));
  head.title = card.select;
  head.setAttribute("aria-pressed", String(card.selected));
  head.append(mark(card.glyph, card.colour, Boolean(card.denied)), makeFacts(card, data));
  if (card.fresh) head.append(element("span", "new", data.words.new));
  box.append(head, makeQuote(card));
  const more = [...card.facts, ...(card.denies ? [card.denies] : [])];
  if (card.selected) more.push(card.title, card.published, ...(card.basis ? [card.basis] : []));
  if (more.length || card.total) {
    const line = element("div", "more-facts");
    for (const text of more) line.append(element("span", "", text));
    if (card.total) line.append(element("span", "total", card.total));
    box.append(line);
  }
  if (card.denied_by.length) {
    const line = element("div", "by-denier");
    line.append(element("span", "", card.denied_by_label), ...card.denied_by.map((name) => element("b", "", name)));
    box.append(line);
  }
  if (data.reasons?.[card.id]) box.append(element("div", "reason", data.reasons[card.id]));
  box.append(makeSource(card, data, tell));
  if (card.about.length) box.append(makeAbout(card, data, tell));
  return box;
}

/* The ways from a chosen claim to everything about what it names. */
function makeAbout(card, data, tell) {
  const line = element("div", "everything");
  line.append(element("span", "", data.words.everything));
  for (const [name, about] of card.about) line.append(button("open", name, "about " + about, () => tell({ about })));
  return line;
}

function makeDead(dead) {
  const box = element("details", "dead");
  const head = element("summary", "");
  head.append(element("span", "", dead.label), element("b", "", dead.range));
  box.append(head);
  for (const [voice, figure, note] of dead.figures) {
    const line = element("div", "pair");
    line.append(element("span", "label", voice), element("span", "value", figure));
    if (note) line.append(element("span", "note", note));
    box.append(line);
  }
  return box;
}

/* Several claims of one happening: who says so, who denies it. */
function makeGroup(group) {
  const box = element("section", "group");
  const head = element("header", "group-head");
  head.append(element("b", "", group.title), element("span", "status", group.status), element("span", "day", group.day));
  box.append(head);
  const sides = element("div", "sides");
  for (const [label, voices] of group.sides) {
    if (!voices.length) continue;
    const side = element("div", "side");
    side.append(element("span", "label", label));
    for (const [name, colour, figures] of voices) {
      const line = element("span", "voice-line");
      const dot = element("i", "");
      dot.style.background = colour;
      line.append(dot, element("span", "", name));
      if (figures.length) line.append(element("span", "figure", `${group.killed}: ${figures.join(" / ")}`));
      side.append(line);
    }
    sides.append(side);
  }
  box.append(sides);
  return box;
}

function makeNearby(nearby, tell) {
  const box = element("div", "nearby");
  box.append(element("span", "label", nearby.label));
  if (nearby.none) box.append(element("span", "none", nearby.none));
  for (const [id, name, km, claims] of nearby.places) {
    const chip = button("chip", undefined, "place " + id, () => tell({ place: id }));
    chip.append(element("span", "", name), element("span", "km", km), element("span", "n", claims));
    box.append(chip);
  }
  return box;
}

function makePlace([id, name, other, claims, bar], tell) {
  const line = button("row", undefined, "place " + id, () => tell({ place: id }));
  const share = element("span", "shares");
  share.setAttribute("aria-hidden", "true");
  for (const [colour, size] of bar) {
    const part = element("i", "");
    part.style.background = colour;
    part.style.flexGrow = size;
    share.append(part);
  }
  line.append(element("b", "", name), element("span", "other", other), share, element("span", "n", claims));
  return line;
}

function makeIncident(incident, tell) {
  const line = button("row incident", undefined, "incident " + incident.id, () => tell({ claim: incident.id }));
  const what = element("span", "facts-line");
  what.append(element("b", "", incident.event), element("span", "where", incident.places));
  const foot = element("span", "source");
  foot.append(element("span", "said-by", incident.day), element("span", "", incident.claims), sure(incident.status, incident.sure));
  line.append(mark(incident.glyph, incident.colour, false), what, foot);
  return line;
}

function makeTotals(rows) {
  const list = element("dl", "totals");
  for (const [name, label, number, hidden] of rows) {
    const line = element("div", "total-line " + name + (hidden ? " away" : ""));
    line.append(element("dt", "", label), element("dd", "", number));
    list.append(line);
  }
  return list;
}

/* Where no place is open, tabs; one Tab stop, arrows walk them. */
function makeTabs(data, tell) {
  const tabs = element("div", "tabs");
  tabs.setAttribute("role", "tablist");
  tabs.setAttribute("aria-label", data.words.tabs);
  for (const [name, label, number] of data.tabs) {
    const open = name === data.tab;
    const tab = button("tab", undefined, "tab " + name, () => tell({ tab: name }));
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-selected", String(open));
    tab.tabIndex = open ? 0 : -1;
    tab.title = label;
    // The last holds what is no list: a sign stands for its name.
    if (number) tab.append(element("span", "", label), element("span", "n", number));
    else {
      tab.setAttribute("aria-label", label);
      tab.append(element("span", "dots", "•••"));
    }
    tabs.append(tab);
  }
  tabs.addEventListener("keydown", (event) => {
    const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const all = [...tabs.children];
    const next = all[(all.indexOf(event.target) + way * (data.direction === "rtl" ? -1 : 1) + all.length) % all.length];
    next.focus();
    next.click();
  });
  return tabs;
}

function makeOrder({ label, options, chosen }, tell) {
  const select = element("select", "order");
  select.setAttribute("aria-label", label);
  select.dataset.focus = "order";
  for (const [value, text] of options) {
    const option = element("option", "", text);
    option.value = value;
    option.selected = value === chosen;
    select.append(option);
  }
  select.addEventListener("change", () => tell({ order: select.value }));
  return select;
}

/* In a small window the panel is a sheet that its handle draws up and down; page.css gives each state its height. */
const SHEET = ["down", "half", "up"];

function makeHandle(data) {
  const handle = button("handle", undefined, "handle", () => step(1, true));
  const set = document.documentElement.dataset;
  const now = () => Math.max(0, SHEET.indexOf(set.sheet || "half"));
  const name = () => {
    handle.setAttribute("aria-label", data.words["sheet_" + SHEET[now()]]);
    handle.setAttribute("aria-expanded", String(set.sheet === "up"));
  };
  const step = (way, around) => {
    const to = now() + way;
    set.sheet = SHEET[around ? to % SHEET.length : Math.max(0, Math.min(SHEET.length - 1, to))];
    name();
  };
  handle.addEventListener("keydown", (event) => {
    const way = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    step(way, false);
  });
  let held = null;
  handle.addEventListener("pointerdown", (event) => {
    held = { y: event.clientY, moved: false };
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (!held || (!held.moved && Math.abs(event.clientY - held.y) < 6)) return;
    held.moved = true;
    document.documentElement.style.setProperty("--cm-held", Math.max(74, window.innerHeight - event.clientY + 12) + "px");
    set.sheet = "held";
  });
  const release = (event) => {
    if (held?.moved) {
      const share = 1 - event.clientY / window.innerHeight;
      set.sheet = share > 0.55 ? "up" : share < 0.2 ? "down" : "half";
      name();
      // What was drawn is no click.
      handle.addEventListener("click", (click) => click.stopImmediatePropagation(), { capture: true, once: true });
      setTimeout(() => handle.replaceWith(makeHandle(data)), 0);
    }
    held = null;
  };
  handle.addEventListener("pointerup", release);
  handle.addEventListener("pointercancel", release);
  name();
  return handle;
}

function makeHead(data, tell) {
  const top = element("header", "top");
  const names = element("h3", "");
  names.append(element("span", "", data.name));
  if (data.other) names.append(element("span", "other", data.other));
  const close = button("close", "×", "close", () => tell({ close: true }));
  close.title = data.close;
  close.setAttribute("aria-label", data.close);
  top.append(names, close);
  const about = element("div", "about");
  for (const text of [data.kind, data.within, data.sure, data.further]) if (text) about.append(element("span", "", text));
  if (data.everything) {
    const [of, label] = data.everything;
    about.append(button("open", label, "everything", () => tell({ about: of })));
  }
  const figures = element("div", "about figures");
  for (const text of data.figures || []) figures.append(element("span", "", text));
  return [top, about, figures];
}

/* Of a long list one entry can be come to by Tab, with what stands in it; arrows, Home and End walk the others. */
function walkable(list, chosen) {
  const entries = [...list.querySelectorAll(".card, .row")];
  if (!entries.length) return;
  const stops = (entry) => [...(entry.matches("button") ? [entry] : []), ...entry.querySelectorAll("button, a")];
  const choose = (entry) => {
    for (const other of entries) for (const stop of stops(other)) stop.tabIndex = other === entry ? 0 : -1;
  };
  choose(chosen || entries[0]);
  list.addEventListener("focusin", (event) => {
    const entry = event.target.closest(".card, .row");
    if (entry) choose(entry);
  });
  list.addEventListener("keydown", (event) => {
    const at = entries.indexOf(event.target.closest(".card, .row"));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
    if (at < 0 || to === undefined || !entries[to]) return;
    event.preventDefault();
    stops(entries[to])[0].focus();
    entries[to].scrollIntoView({ block: "nearest" });
  });
}

function makeList(data, tell) {
  const list = element("div", "list");
  if (data.strip?.spans.length) list.append(makeStrip(data.strip));
  if (data.dead?.figures.length) list.append(makeDead(data.dead));
  if (data.totals) list.append(makeTotals(data.totals), element("h4", "", data.lacking));
  for (const place of data.places || []) list.append(makePlace(place, tell));
  for (const incident of data.incidents || []) list.append(makeIncident(incident, tell));
  let before = null, day = null;
  for (const card of data.cards) {
    const group = data.groups[card.group];
    if (group && card.group !== before) list.append(makeGroup(group));
    before = card.group;
    if (data.days[card.day] && card.day !== day) {
      const head = element("header", "day-head");
      head.append(element("b", "", data.days[card.day][0]), element("span", "", data.days[card.day][1]));
      list.append(head);
    }
    day = card.day;
    const made = makeCard(card, data, tell);
    made.classList.toggle("of-group", Boolean(group));
    list.append(made);
  }
  if (data.more) list.append(button("show-more", data.more, "more", () => tell({ more: true })));
  if (data.nearby) list.append(makeNearby(data.nearby, tell));
  return list;
}

export default component("section", "panel", (root, data, tell) => {
  const about = JSON.stringify([data.name, data.tab, data.order.chosen]);
  const old = root.querySelector(".list");
  const stay = old && root.about === about ? old.scrollTop : 0;
  root.about = about;
  root.dir = data.direction;
  const bar = element("div", "bar-line");
  if (data.tabs) bar.append(makeTabs(data, tell));
  const parts = data.close ? makeHead(data, tell) : [];
  if (data.close) bar.append(element("span", ""));
  if (data.cards.length > 1 || data.incidents) bar.append(makeOrder(data.order, tell));
  const list = makeList(data, tell);
  root.replaceChildren(makeHandle(data), ...parts, ...(bar.children.length ? [bar] : []));
  if (data.note) root.append(element("p", "hint", data.note));
  root.append(list);
  const selected = list.querySelector(".selected");
  walkable(list, selected);
  list.scrollTop = stay;
  if (selected && root.shown !== selected.querySelector(".head").dataset.focus) {
    list.scrollTop = Math.max(0, selected.offsetTop - list.offsetTop - 6);
  }
  root.shown = selected?.querySelector(".head").dataset.focus;
});
