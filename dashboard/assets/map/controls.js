/* What stands around the marks: the buttons, the switch of layers, the strip with the legend below the map, the corner. */
import { draw as drawBox, drawing, startDrawing } from "./rectangle.js";
import { drawSample, legend } from "./legend.js";
import { state } from "./state.js";

/** @type {[number, number][]} */
export const SYRIA = [[32.2, 35.5], [37.4, 42.5]];

const SVG_NS = "http://www.w3.org/2000/svg";

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
  const of = (/** @type {string} */ kind) => data.layers.filter((layer) => layer[2] === kind).map((layer) => layer[0]);
  const kept = of("below").filter((code) => state.on.has(code));
  const shows = [["claims", of("mark")], ...of("instead").map((code) => [code, [code]])];
  for (const [code, layers] of shows) {
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

function sample(entry) {
  const canvas = element("canvas", "cm-sample");
  const scale = window.devicePixelRatio || 1;
  canvas.width = canvas.height = entry.size * scale;
  canvas.style.width = canvas.style.height = entry.size + "px";
  canvas.setAttribute("aria-hidden", "true");
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  drawSample(ctx, entry);
  return canvas;
}

function entry(sign, text) {
  const line = element("span", "cm-entry");
  line.append(sign, element("span", "", text));
  return line;
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
  const { sides, shapes, columns } = legend(data, glyphs);
  const said = (one) => entry(sample(one), one.text);
  line.append(...sides.map(said), element("span", "cm-gap"), ...shapes.map(said));
  const more = button("cm-more", words.signs, () => {
    state.legendOpen = panel.hidden;
    panel.hidden = !panel.hidden;
    more.setAttribute("aria-expanded", String(!panel.hidden));
  });
  const panel = details(columns);
  panel.hidden = !state.legendOpen;
  more.setAttribute("aria-expanded", String(!panel.hidden));
  strip.append(line, more, panel);
  state.legend?.remove();
  document.body.append(strip);
  state.legend = strip;
}

function details(columns) {
  const box = element("div", "cm-details");
  for (const { title, entries } of columns) {
    const part = element("div", "cm-column");
    part.append(element("div", "cm-title", title), ...entries.map((one) => entry(sample(one), one.text)));
    box.append(part);
  }
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
