/* The panel beside the map: a place and its claims. All text is set by textContent. */
const SVG = "http://www.w3.org/2000/svg";

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) {
    made.textContent = text;
    made.dir = "auto";
  }
  return made;
}

function mark(path, colour, denied) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "-4 -4 32 32");
  svg.setAttribute("class", "mark");
  svg.setAttribute("aria-hidden", "true");
  const disc = document.createElementNS(SVG, "circle");
  disc.setAttribute("cx", 12);
  disc.setAttribute("cy", 12);
  disc.setAttribute("r", denied ? 13.5 : 12.5);
  disc.setAttribute("fill", "#fff");
  disc.setAttribute("stroke", colour);
  disc.setAttribute("stroke-width", denied ? 3 : 6);
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

function makeCard(card, data, choose) {
  const box = element("article", "card");
  box.classList.toggle("denied", card.denied);
  box.classList.toggle("selected", card.selected);
  box.dir = data.direction;

  const head = element("button", "head");
  head.type = "button";
  head.title = card.select;
  head.setAttribute("aria-pressed", String(card.selected));
  head.append(mark(card.glyph, card.colour, card.denied));
  const what = element("span", "what");
  if (card.label) what.append(element("span", "denial", card.label));
  what.append(element("b", "", card.event));
  what.append(element("span", "status", card.status));
  head.append(what, element("span", "day", card.day));
  head.addEventListener("click", () => choose(card.id));
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
  return box;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".panel");
  if (!root) {
    root = element("section", "panel");
    parentElement.append(root);
  }
  root.replaceChildren();
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
  close.addEventListener("click", () => setTriggerValue("close", true));
  if (data.close) top.append(close);
  root.append(top);
  const about = element("div", "about");
  for (const text of [data.kind, data.sure, data.counts]) if (text) about.append(element("span", "", text));
  root.append(about);
  if (data.note) root.append(element("p", "hint", data.note));
  const list = element("div", "list");
  for (const card of data.cards) list.append(makeCard(card, data, (id) => setTriggerValue("claim", id)));
  root.append(list);
  const selected = list.querySelector(".selected");
  if (selected) list.scrollTop = Math.max(0, selected.offsetTop - list.offsetTop - 6);
}
