/* Claims as short lines, in groups; one is chosen by click or key. All text is set by textContent. */
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

function sign(path, colour) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  svg.style.borderColor = colour;
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function line(item, choose) {
  const button = element("button", "statement");
  button.type = "button";
  button.title = item.open;
  button.classList.toggle("denied", Boolean(item.denied));
  const head = element("span", "head");
  head.append(sign(item.glyph, item.colour));
  if (item.denied) head.append(element("span", "denial", item.denied));
  head.append(element("b", "", item.event));
  if (item.actor) head.append(element("span", "actor", item.actor));
  head.append(element("span", "day", item.day));
  const voice = element("span", "voice");
  voice.append(element("span", "label", item.voice_label), element("span", "who", item.voice));
  if (item.relayed) voice.append(element("span", "label", item.relayed));
  button.append(head, voice);
  if (item.figures.length || item.total) {
    const figures = element("span", "figures");
    for (const figure of item.figures) figures.append(element("span", "", figure));
    if (item.total) figures.append(element("span", "total", item.total));
    button.append(figures);
  }
  button.append(element("span", "words", item.words));
  const foot = element("span", "foot");
  for (const place of item.places) foot.append(element("span", "place", place));
  foot.append(element("span", "outlet", item.outlet));
  button.append(foot);
  button.addEventListener("click", () => choose(item.id));
  return button;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".statements");
  if (!root) {
    root = element("div", "statements");
    parentElement.append(root);
  }
  root.replaceChildren();
  root.dir = data.direction;
  for (const group of data.groups) {
    const box = element("section", "group");
    if (group.name) box.append(element("h3", "", group.name));
    if (group.note) box.append(element("p", "note", group.note));
    const items = element("div", "items");
    items.classList.toggle("pair", Boolean(group.pair));
    for (const item of group.items) items.append(line(item, (id) => setTriggerValue("claim", id)));
    box.append(items);
    root.append(box);
  }
}
