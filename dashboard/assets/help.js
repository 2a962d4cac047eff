/* The page of help: each entry with a drawing of what it tells of. */

const DRAWINGS = {
  claim: { slices: [["government", 1]], sign: "control_change" },
  denial: { slices: [["government", 1]], sign: "control_change", hollow: true },
  incident: { slices: [["government", 2], ["opposition", 1]], sign: "control_change", ring: "contested" },
  figures: { text: "†" },
  total: { text: "Σ" },
  side: { slices: [["government", 2], ["opposition", 1], ["none", 1]] },
  sign: { slices: [["opposition", 1]], sign: "airstrike" },
  group: { slices: [["government", 3], ["opposition", 2], ["islamic_state", 1]], number: "7", ring: "several" },
  corroborated: { slices: [["opposition", 1]], sign: "advance", ring: "corroborated" },
  claimed: { slices: [["opposition", 1]], sign: "advance", ring: "claimed" },
  contested: { slices: [["opposition", 1]], sign: "advance", ring: "contested" },
  denied: { slices: [["opposition", 1]], sign: "advance", badge: true },
  point: { slices: [["none", 1]], sign: "shelling" },
  area: { area: true },
  unplaced: { text: "?" },
  day: { bars: true },
  undated: { text: "—" },
};

function shape(parent, name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  parent.append(made);
  return made;
}

function slices(svg, parts, colours) {
  const total = parts.reduce((sum, [, n]) => sum + n, 0), around = 2 * Math.PI * 11;
  let done = 0;
  for (const [side, n] of parts) {
    const size = (n / total) * around;
    shape(svg, "circle", { cx: 24, cy: 24, r: 11, fill: "none", stroke: colours[side], "stroke-width": 6,
      "stroke-dasharray": `${size} ${around - size}`, "stroke-dashoffset": -done, transform: "rotate(-90 24 24)" });
    done += size;
  }
}

function draw(name, data) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("aria-hidden", "true");
  const how = DRAWINGS[name];
  if (!how) return null;
  if (how.text) {
    const text = shape(svg, "text", { x: 24, y: 32, "text-anchor": "middle", class: "letter" });
    text.textContent = how.text;
  } else if (how.area) {
    for (let x = -8; x < 40; x += 7) shape(svg, "path", { d: `M${x} 42L${x + 32} 6`, class: "hatch" });
    shape(svg, "path", { d: "M6 10L40 6L43 34L24 43L5 36Z", class: "outline" });
  } else if (how.bars) {
    [[10, 14], [18, 26], [26, 20], [34, 9]].forEach(([x, h], i) => shape(svg, "rect", { x, y: 40 - h, width: 6, height: h, fill: data.colours[i % 2 ? "opposition" : "government"] }));
    shape(svg, "path", { d: "M7 40H43", class: "outline" });
  } else {
    shape(svg, "circle", { cx: 24, cy: 24, r: 17, fill: "#fff" });
    slices(svg, how.slices, data.colours);
    if (how.hollow) shape(svg, "circle", { cx: 24, cy: 24, r: 12.5, fill: "#fff" });
    if (how.ring) shape(svg, "circle", { cx: 24, cy: 24, r: 16, class: "ring " + how.ring });
    if (how.ring === "several") shape(svg, "circle", { cx: 24, cy: 24, r: 19.5, class: "ring claimed" });
    if (how.sign) shape(svg, "path", { d: data.glyphs[how.sign], class: "glyph", transform: "translate(24 24) scale(.62) translate(-12 -12)" });
    if (how.number) shape(svg, "text", { x: 24, y: 28.5, "text-anchor": "middle", class: "number" }).textContent = how.number;
    if (how.hollow) shape(svg, "path", { d: "M15 33L33 15", class: "strike" });
    if (how.badge) {
      shape(svg, "circle", { cx: 37, cy: 11, r: 6, fill: "#fff", stroke: "#15202b" });
      shape(svg, "path", { d: "M33.5 14.5L40.5 7.5", class: "strike" });
    }
  }
  return svg;
}

export default component("article", "help", (root, data) => {
  root.dir = data.direction;
  root.replaceChildren(element("p", "intro", data.intro));
  for (const [section, title, entries] of data.sections) {
    const part = element("section", section);
    part.append(element("h2", "", title));
    const list = element("dl", "");
    for (const [name, term, text, example] of entries) {
      const entry = element("div", "entry");
      const drawing = draw(name, data);
      const key = element("dt", "");
      if (section === "keys") key.append(element("kbd", "", term));
      else key.append(...(drawing ? [drawing] : []), element("b", "", term));
      const said = element("dd", "", text);
      if (example) said.append(element("span", "example", example));
      entry.append(key, said);
      list.append(entry);
    }
    part.append(list);
    root.append(part);
  }
});
