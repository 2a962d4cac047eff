/* Everything about one thing: its names, a small map, its days, counts of many kinds, and its claims. */

function shape(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  parent.append(made);
  return made;
}

function drawing(width, height, label) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return svg;
}

/* A name; where it has a profile of its own, the way there. */
function name(text, about, tell) {
  if (!about) return element("span", "name", text);
  const link = element("button", "name link", text);
  link.type = "button";
  link.dataset.focus = "about " + about;
  link.addEventListener("click", () => tell({ about }));
  return link;
}

function action(className, text, act) {
  const button = element("button", className, text);
  button.type = "button";
  button.dataset.focus = className;
  button.addEventListener("click", act);
  return button;
}

function makeHead(data, tell) {
  const head = element("header", "head");
  const names = element("h2", "");
  names.append(element("span", "", data.name));
  if (data.other) names.append(element("span", "other", data.other));
  const about = element("p", "about");
  about.append(element("span", "", data.kind));
  for (const [text, of] of data.parents) about.append(name(text, of, tell));
  const actions = element("div", "actions");
  actions.append(action("show-map", data.words.map, () => tell({ map: true })), action("print", data.words.print, () => window.print()));
  head.append(names, actions, about);
  for (const text of data.lines) head.append(element("p", "line", text));
  head.append(element("p", "scope", data.scope));
  const numbers = element("dl", "numbers");
  for (const [label, value] of data.numbers) {
    const pair = element("div", "");
    if (value) pair.append(element("dt", "", label), element("dd", "", value));
    else pair.append(element("dd", "", label));
    numbers.append(pair);
  }
  head.append(numbers);
  return head;
}

function makeSketch({ size, shapes, points, ruler, label }) {
  const [width, height] = size;
  const svg = drawing(width, height, label);
  svg.setAttribute("class", "sketch");
  for (const [kind, path] of shapes) shape(svg, "path", { d: path, class: kind });
  for (const { reach, x, y } of points) if (reach) shape(svg, "circle", { cx: x, cy: y, r: reach, class: "reach" });
  // The place itself is drawn last: nothing lies on it.
  for (const { kind, x, y } of [...points].reverse()) if (kind) shape(svg, "circle", { cx: x, cy: y, r: kind === "self" ? 6 : 3.6, class: kind });
  for (const { kind, name: called, text } of points) {
    if (!text) continue;
    const [anchor, x, y] = text;
    shape(svg, "text", { x, y, "text-anchor": anchor, class: kind }).textContent = called;
  }
  const [long, said] = ruler;
  shape(svg, "path", { d: `M${width - 10 - long} ${height - 14}v5h${long}v-5`, class: "ruler" });
  shape(svg, "text", { x: width - 10 - long / 2, y: height - 18, "text-anchor": "middle", class: "ruler" }).textContent = said;
  return svg;
}

/* A bar for each day, week or month, the earliest where the lines begin. */
function makeDays(days, direction) {
  const box = element("section", "days");
  box.append(element("h3", "", days.title));
  const most = Math.max(...days.bars.map(([, total]) => total));
  const step = 600 / days.bars.length, wide = Math.min(step * 0.8, 24);
  const svg = drawing(600, 70, days.most);
  svg.setAttribute("preserveAspectRatio", "none");
  days.bars.forEach(([said, total, parts], at) => {
    const n = direction === "rtl" ? days.bars.length - 1 - at : at;
    const bar = shape(svg, "g", {});
    shape(bar, "title", {}).textContent = said;
    let foot = 70;
    for (const [colour, count] of parts) {
      const high = (count / most) * 68;
      foot -= high;
      shape(bar, "rect", { x: n * step + (step - wide) / 2, y: foot, width: wide, height: high, fill: colour });
    }
    if (!total) shape(bar, "rect", { x: n * step, y: 0, width: step, height: 70, fill: "none" });
  });
  box.append(svg);
  const ends = element("p", "ends");
  for (const day of days.ends) ends.append(element("span", "", day));
  box.append(ends, element("p", "note", [days.most, days.undated].filter(Boolean).join(" — ")));
  return box;
}

function makeTally(block, tell) {
  const list = element("ul", "tally");
  for (const line of block.lines) {
    const item = element("li", "");
    const bar = element("span", "share");
    bar.setAttribute("aria-hidden", "true");
    const part = element("i", "");
    part.style.width = line.share * 100 + "%";
    if (line.colour) part.style.background = line.colour;
    bar.append(part);
    const label = element("span", "label");
    if (line.colour) {
      const dot = element("i", "dot");
      dot.style.background = line.colour;
      label.append(dot);
    }
    label.append(name(line.text, line.about, tell));
    if (line.note) label.append(element("span", "muted", line.note));
    item.append(label, bar, element("span", "n", line.claims));
    list.append(item);
  }
  return list;
}

function makeTable(block, tell) {
  const table = element("table", "");
  const head = element("tr", "");
  for (const column of block.columns) {
    const cell = element("th", "", column);
    cell.scope = "col";
    cell.removeAttribute("dir");
    head.append(cell);
  }
  const top = element("thead", "");
  top.append(head);
  const body = element("tbody", "");
  for (const [[text, about], ...cells] of block.lines) {
    const line = element("tr", "");
    const first = element("th", "");
    first.scope = "row";
    first.append(name(text, about, tell));
    line.append(first, ...cells.map((cell) => {
      const made = element("td", "", cell);
      made.removeAttribute("dir");
      return made;
    }));
    body.append(line);
  }
  table.append(top, body);
  return table;
}

function makeBlock(block, tell) {
  const box = element("section", "block " + block.kind);
  box.append(element("h3", "", block.title));
  if (block.note) box.append(element("p", "note", block.note));
  if (block.kind === "table") {
    const frame = element("div", "frame");
    frame.tabIndex = 0; // what may scroll must be come to
    frame.setAttribute("role", "group");
    frame.setAttribute("aria-label", block.title);
    frame.append(makeTable(block, tell));
    box.append(frame);
  } else box.append(makeTally(block, tell));
  if (block.rest) box.append(element("p", "note", block.rest));
  return box;
}

function makeClaims(claims, tell) {
  const box = element("section", "claims");
  box.append(element("h3", "", claims.title));
  const items = element("div", "items");
  claims.items.forEach((item, n) => {
    const made = statement(item, (claim) => tell({ claim }));
    made.dataset.focus = "claim " + item.id;
    made.classList.toggle("unprinted", n >= claims.printed);
    items.append(made);
  });
  box.append(items);
  if (claims.more) box.append(action("show-more", claims.more, () => tell({ more: true })));
  if (claims.beyond) box.append(element("p", "beyond", claims.beyond));
  return box;
}

export default component("article", "profile", (root, data, tell) => {
  root.dir = data.direction;
  if (data.none) {
    root.replaceChildren(element("p", "none", data.none));
    return;
  }
  const above = element("div", "above");
  if (data.sketch) above.append(makeSketch(data.sketch));
  const lines = element("div", "lines");
  if (data.strip?.spans.length) lines.append(makeStrip(data.strip));
  if (data.days.bars.length) lines.append(makeDays(data.days, data.direction));
  above.append(lines);
  const blocks = element("div", "blocks");
  blocks.append(...data.blocks.map((block) => makeBlock(block, tell)));
  root.replaceChildren(makeHead(data, tell), ...(data.note ? [element("p", "none", data.note)] : []), above, blocks);
  if (data.claims.items.length) root.append(makeClaims(data.claims, tell));
});
