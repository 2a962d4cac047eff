/* What stands around the marks: the buttons, the switch of layers, the strip with the legend below the map, the corner. */
import { draw as drawBox, drawing, startDrawing } from "./rectangle.js";
import { PAPER, drawBadge, drawDead, drawGlyph, drawGroup, drawMark, drawOutline, drawPlate } from "./marks.js";
import { state } from "./state.js";

/** @type {[number, number][]} */
export const SYRIA = [[32.2, 35.5], [37.4, 42.5]];

const SVG_NS = "http://www.w3.org/2000/svg";
const MARKS = ["takeovers", "strikes", "clashes"];
const PLAIN = [{ colour: "#9AA3AD", share: 1 }];

/* Signs of the buttons, in a box of 24 by 24. */
const SIGNS = {
  in: "M12 5v14M5 12h14",
  out: "M5 12h14",
  fit: "M12 3v4M12 17v4M3 12h4M17 12h4M12 8a4 4 0 1 0 .01 0",
  full: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  box: "M4 7V4h3M10 4h4M17 4h3v3M20 10v4M20 17v3h-3M14 20h-4M7 20H4v-3M4 14v-4",
  layers: "M12 3l9 5-9 5-9-5zM3 12.5l9 5 9-5M3 17l9 5 9-5",
};

function signed(path) {
  const svg = document.createElementNS(SVG_NS, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG_NS, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function button(className, text, act, path) {
  const made = element("button", className);
  made.type = "button";
  made.addEventListener("click", act);
  if (path) {
    made.append(signed(path));
    made.title = text;
    made.setAttribute("aria-label", text);
  } else made.textContent = text;
  return made;
}

/* A box over the map, at its start or its end; what is done in it is not done to the map. */
function over(box) {
  L.DomEvent.disableClickPropagation(box);
  L.DomEvent.disableScrollPropagation(box);
  state.map.getContainer().append(box);
  return box;
}

/* ---- the buttons ---- */

function setButtons(words) {
  state.buttons?.remove();
  const { map } = state;
  const bar = over(element("div", "cm-buttons"));
  bar.setAttribute("role", "group");
  bar.append(
    button("cm-button", words.zoom_in, () => map.zoomIn(1), SIGNS.in),
    button("cm-button", words.zoom_out, () => map.zoomOut(1), SIGNS.out),
    button("cm-button", words.fit, fitMarks, SIGNS.fit),
    button("cm-button", words.rectangle, () => (drawing()?.stop() ?? startDrawing()), SIGNS.box),
    button("cm-button", words.full_screen, fullScreen, SIGNS.full),
  );
  state.buttons = bar;
}

/* The whole page, where it may: the timeline belongs to the map. */
function fullScreen() {
  const page = window.parent.document;
  if (page.fullscreenElement) page.exitFullscreen();
  else (page.querySelector(".st-key-screen") ?? page.documentElement).requestFullscreen();
}

function fitMarks() {
  /** @type {[number, number][]} */
  const points = [...state.byId.values()].map((layer) => [layer.row.lat, layer.row.lon]);
  state.map.fitBounds(points.length ? L.latLngBounds(points).pad(0.08) : SYRIA, {
    maxZoom: 12, paddingTopLeft: [50, 46], paddingBottomRight: [50, 20],
  });
}

/* ---- the switch of layers. What is switched on is part of what is chosen: Python is told, and answers. ---- */

function tellLayers(layers) {
  state.menuKey = null;
  state.box.tell({ layers });
}

function setMenu(data) {
  const key = JSON.stringify([data.words.layers, data.layers]);
  if (state.menuKey === key) return;
  state.menuKey = key;
  const { words } = data;
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const held = focused && state.menu?.contains(focused) ? focused.dataset.code : "";
  const open = state.menu?.querySelector("details")?.open;
  state.menu?.remove();
  const bar = over(element("div", "cm-switch"));
  bar.dir = words.direction;
  const below = data.layers.map((layer) => layer[0]).filter((code) => !MARKS.includes(code) && code !== "control" && code !== "casualties");
  const kept = below.filter((code) => state.on.has(code));
  const shows = { claims: MARKS, control: ["control"], casualties: ["casualties"] };
  for (const [code, layers] of Object.entries(shows)) {
    const made = button("cm-show", words["show_" + code], () => tellLayers([...layers, ...kept]));
    made.dataset.code = code;
    made.setAttribute("aria-pressed", String(layers.some((layer) => state.on.has(layer))));
    bar.append(made);
  }
  const menu = element("details", "cm-menu");
  menu.open = Boolean(open);
  const summary = element("summary", "");
  summary.append(signed(SIGNS.layers));
  summary.title = words.layers.title;
  summary.setAttribute("aria-label", words.layers.title);
  summary.dataset.code = "menu";
  const list = element("div", "cm-list");
  for (const [code, on] of data.layers) {
    const line = element("label", "cm-line");
    const tick = element("input", "");
    tick.type = "checkbox";
    tick.value = tick.dataset.code = code;
    tick.checked = on;
    tick.addEventListener("change", () =>
      tellLayers([...list.querySelectorAll("input")].filter((other) => other.checked).map((other) => other.value)));
    line.append(tick, element("span", "", words.layers[code]));
    list.append(line);
  }
  menu.append(summary, list);
  bar.append(menu);
  state.menu = bar;
  if (held) bar.querySelector(`[data-code=${held}]`)?.focus();
}

/* ---- the legend: one line below the map; the same marks, explained, on demand ---- */

function sample(kind, mark, size = 24) {
  const canvas = element("canvas", "cm-sample");
  const scale = window.devicePixelRatio || 1;
  canvas.width = canvas.height = size * scale;
  canvas.style.width = canvas.style.height = size + "px";
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  const half = size / 2;
  const shape = new Path2D();
  shape.rect(3.5, 3.5, size - 7, size - 7);
  const draw = {
    mark: () => drawMark(ctx, half, half, 8, { slices: PLAIN, status: "claimed", denied: "", ...mark }),
    group: () => drawGroup(ctx, half, half, 7.5, { slices: PLAIN, label: "", ...mark }),
    plate: () => drawPlate(ctx, half, half, 7, { colours: ["#9AA3AD", PAPER], ...mark }),
    dead: () => drawDead(ctx, half, half, 9, { inner: 5, ...mark }),
    glyph: () => drawGlyph((ctx.translate(half, half), ctx), mark, 17, state.ink),
    area: () => drawOutline(ctx, shape),
    badge: () => drawBadge(ctx, half, half, { slices: PLAIN, label: "", ...mark }),
  };
  draw[kind]();
  return canvas;
}

function entry(sign, text) {
  const line = element("span", "cm-entry");
  line.append(sign, element("span", "", text));
  return line;
}

function dot(colour) {
  const made = element("i", "cm-dot");
  made.style.background = colour;
  return made;
}

export function setControls(data, glyphs) {
  setMenu(data);
  setLegend(data, glyphs);
  drawBox(data.box);
}

function setLegend(data, glyphs) {
  const key = JSON.stringify([data.words.direction, data.colours, data.present, data.layers]);
  if (state.legendKey === key) return;
  state.legendKey = key;
  const { words } = data;
  setButtons(words);
  document.documentElement.classList.toggle("cm-rtl", words.direction === "rtl");
  const strip = element("div", "cm-legend");
  strip.dir = words.direction;
  strip.setAttribute("role", "group");
  strip.setAttribute("aria-label", words.legend);
  const line = element("div", "cm-strip");
  const sides = data.present.map((at) => data.sides[at]);
  for (const side of sides) line.append(entry(dot(data.colours[side]), words.short[side] ?? words.sides[side]));
  line.append(element("span", "cm-gap"), entry(sample("group", {}), words.several), entry(sample("area", null, 20), words.area_only));
  const more = button("cm-more", words.signs, () => {
    state.legendOpen = panel.hidden;
    panel.hidden = !panel.hidden;
    more.setAttribute("aria-expanded", String(!panel.hidden));
  });
  const panel = details(data, glyphs);
  panel.hidden = !state.legendOpen;
  more.setAttribute("aria-expanded", String(!panel.hidden));
  strip.append(line, more, panel);
  state.legend?.remove();
  document.body.append(strip);
  state.legend = strip;
}

function details({ words, statuses }, glyphs) {
  const box = element("div", "cm-details");
  const column = (title, entries) => {
    const part = element("div", "cm-column");
    part.append(element("div", "cm-title", title));
    for (const [sign, text] of entries) part.append(entry(sign, text));
    box.append(part);
  };
  column(words.event, Object.keys(glyphs).map((code) => [sample("glyph", glyphs[code]), words.events[code]]));
  const how = (code) => [sample("mark", { status: code, glyph: glyphs.clash }), words.status[code]];
  column(words.certainty, [
    how("corroborated"), how("claimed"), how("contested"),
    [sample("mark", { denied: "all" }), words.denied_all],
    [sample("mark", { denied: "some" }, 28), words.denied_some],
    [sample("group", { label: "9" }, 28), words.grouped],
    [sample("area", null), words.area],
  ]);
  if (state.on.has("control")) column(words.layers.control, [
    ...statuses.map((code) => [sample("plate", { how: code }), words.status[code]]),
    [sample("plate", { how: "corroborated", aged: true }), words.aged],
    [sample("plate", { how: "claimed", aged: true }), words.aged_claimed],
  ]);
  if (state.on.has("casualties")) column(words.layers.casualties, [
    [sample("dead", { open: false }), words.dead_range],
    [sample("dead", { open: true }), words.dead_open],
  ]);
  return box;
}

/* ---- in the corner: what the map cannot show, and the coordinates under the pointer ---- */

export function addCorner(map) {
  const corner = element("div", "cm-corner");
  state.note = element("div", "cm-at");
  state.note.dir = "auto";
  const point = element("div", "cm-at");
  point.dir = "ltr";
  corner.append(state.note, point);
  map.getContainer().append(corner);
  map.on("mousemove", ({ latlng }) => { point.textContent = latlng.lat.toFixed(4) + ", " + latlng.lng.toFixed(4); });
  map.on("mouseout", () => { point.textContent = ""; });
}
