/* A picture of the map as it stands, to be printed or passed on: above it the days and what is in view, below it what its signs
   mean, where it comes from, and that a claim is not a fact. All is drawn with the functions that draw the map, on a canvas
   (PNG) or with a pen that writes a drawing down (SVG). */
import { drawSample, legend, occurring } from "./legend.js";
import { font, pathOf } from "./marks.js";
import { namesNow, writeNames } from "./names.js";
import { Pen } from "./pen.js";
import { state } from "./state.js";
import { fill, sayDays } from "./tips.js";

const SHARP = 2; // px of the image to one of the page
const INSET = 16; // px between text and the edge
const DAY = 86_400_000; // ms
const WIDE = 640; // px: from here on the titles of the legend stand beside it
const LINE = 24; // px: a line of the legend

/** @typedef {CanvasRenderingContext2D} Ctx */
/** What stands in the picture from above to below, each below the last. @typedef {{ height: number, draw: (ctx: Ctx, top: number) => void }} Block */

/** The picture of what is on the map now, and what its file is called.
 * @param {"png" | "svg"} kind @returns {Promise<{ name: string, blob: Blob }>} */
export async function picture(kind) {
  namesNow();
  const [width, blocks] = [state.map.getSize().x, compose()];
  const height = Math.ceil(blocks.reduce((sum, block) => sum + block.height, 0));
  const draw = (/** @type {Ctx} */ ctx) => {
    ctx.fillStyle = state.panel;
    ctx.fillRect(0, 0, width, height);
    let top = 0;
    for (const block of blocks) {
      block.draw(ctx, top);
      top += block.height;
    }
  };
  const name = fileName(state.days, kind);
  return { name, blob: kind === "svg" ? asDrawing(width, height, draw) : await asImage(width, height, draw) };
}

async function asImage(width, height, draw) {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width: width * SHARP, height: height * SHARP });
  const ctx = /** @type {Ctx} */ (canvas.getContext("2d"));
  ctx.scale(SHARP, SHARP);
  draw(ctx);
  /** @type {Blob | null} */
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  if (!blob) throw new Error("the browser makes no image of this size");
  return blob;
}

function asDrawing(width, height, draw) {
  const pen = new Pen(width, height, ruler());
  draw(/** @type {any} */ (pen));
  const { direction, language, page } = state.words;
  const title = pen.made("title", {}), told = pen.made("desc", {});
  title.textContent = [state.data.caption.title, days()].filter(Boolean).join(": ");
  told.textContent = page.subtitle;
  pen.page.prepend(title, told);
  for (const [name, value] of [["direction", direction], ["lang", language], ["role", "img"]]) pen.page.setAttribute(name, value);
  return new Blob(['<?xml version="1.0" encoding="UTF-8"?>\n', new XMLSerializer().serializeToString(pen.page)], { type: "image/svg+xml" });
}

const ruler = () => /** @type {Ctx} */ (document.createElement("canvas").getContext("2d"));

/* ---- days ---- */

/** Days in view, or nothing where nothing has a date: then Python names days that there are not. */
const dated = (/** @type {number[]} */ window) => window.every((day) => Math.abs(day) < 1e6);

const days = () => (dated(state.days) ? sayDays(state.days[0], state.days[1]) : "");

/** @param {number[]} window first and last day, since 1970 @param {string} kind */
export function fileName(window, kind) {
  const said = dated(window) ? window.map((day) => "-" + new Date(day * DAY).toISOString().slice(0, 10)) : [];
  return "conflictmap" + said.join("") + "." + kind;
}

/* Today where the reader is. */
function today() {
  const now = new Date();
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY;
}

/* ---- what stands where ---- */

/** @returns {Block[]} */
function compose() {
  const { words, data: { caption } } = state;
  // What Python has counted holds for the days that it knows; the page may be ahead of it.
  const said = state.walking ? caption.what : caption.counted;
  const now = today();
  const source = [
    fill(words.picture.source, { title: caption.title, holds: caption.holds, day: sayDays(now, now) }),
    words.picture.lists,
    state.tiles ? words.picture.without_tiles : "",
  ].filter(Boolean).join(" ");
  return [
    room(12),
    ...lines(caption.title, { weight: 650, size: 12, colour: state.muted }),
    ...lines(days(), headline(days())),
    ...lines(said, { weight: 400, size: 14, colour: state.second }),
    ...lines(caption.filters, { weight: 400, size: 12.5, colour: state.muted }),
    room(11),
    { height: state.map.getSize().y, draw: drawMap },
    room(9),
    ...key(),
    room(3),
    ...lines(state.note.textContent, { weight: 400, size: 12, colour: state.second }),
    rule(),
    ...lines(words.page.subtitle, { weight: 650, size: 12.5, colour: state.ink }),
    ...lines(source, { weight: 400, size: 11, colour: state.muted }),
    room(12),
  ];
}

/* The days are as large as one line has room for. */
function headline(text) {
  const style = { weight: 680, size: 23, colour: state.ink, tall: 1.3 };
  const fits = (state.map.getSize().x - 2 * INSET) / Math.max(1, widthIn(style)(text));
  return { ...style, size: Math.max(15, Math.floor(style.size * Math.min(1, fits))) };
}

/** @param {number} height @returns {Block} */
const room = (height) => ({ height, draw() {} });

/** @returns {Block} */
const rule = () => ({
  height: 12,
  draw(ctx, top) {
    ctx.fillStyle = state.line;
    ctx.fillRect(INSET, top + 4, state.map.getSize().x - 2 * INSET, 1);
  },
});

const mirrored = () => state.words.direction === "rtl";

/* From where text begins to a number of px farther on, as the page is read. */
const across = (x) => (mirrored() ? state.map.getSize().x - x : x);

/* Arabic is a pixel larger, as on the map. */
const letters = (weight, size) => font(weight, size + Number(mirrored()));

/** @param {Ctx} ctx */
function write(ctx, text, x, y, { weight, size, colour }) {
  ctx.save();
  ctx.font = letters(weight, size);
  ctx.direction = state.words.direction;
  ctx.textAlign = mirrored() ? "right" : "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour;
  ctx.fillText(text, across(x), y);
  ctx.restore();
}

/** A text over the width of the picture; nothing where there is none. @returns {Block[]} */
function lines(text, style) {
  const height = style.size * (style.tall ?? 1.45) + Number(mirrored());
  return wrap(text, state.map.getSize().x - 2 * INSET, widthIn(style)).map((line) => ({
    height, draw: (ctx, top) => write(ctx, line, INSET, top + height / 2, style),
  }));
}

/* How wide a text is, in px. */
function widthIn({ weight, size }) {
  const ctx = ruler();
  ctx.font = letters(weight, size);
  return (/** @type {string} */ text) => ctx.measureText(text).width;
}

/** The lines of a text, none wider than there is room; a word that is wider is broken.
 * @param {string} text @param {number} room @param {(text: string) => number} width */
export function wrap(text, room, width) {
  /** @type {string[]} */
  const found = [];
  let line = "";
  for (let word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? line + " " + word : word;
    if (width(longer) <= room) {
      line = longer;
      continue;
    }
    if (line) found.push(line);
    while (width(word) > room && word.length > 1) {
      const letters = [...word];
      let fits = letters.length - 1;
      while (fits > 1 && width(letters.slice(0, fits).join("")) > room) fits -= 1;
      found.push(letters.slice(0, fits).join(""));
      word = letters.slice(fits).join("");
    }
    line = word;
  }
  return line ? [...found, line] : found;
}

/* ---- the legend of what is on the map ---- */

const TEXT = { weight: 430, size: 12, get colour() { return state.second; } };
const TITLE = { weight: 650, size: 12, get colour() { return state.muted; } };

/** @returns {Block[]} */
function key() {
  const { data, glyphs, words } = state;
  const { sides, shapes, columns } = legend(data, glyphs);
  const drawn = seen();
  const told = new Set(shapes.map((one) => one.of));
  const groups = [
    { title: data.caption.sides, entries: sides },
    { title: words.picture.marks, entries: shapes },
    ...columns.map(({ title, entries }) => ({ title, entries: entries.filter((one) => !told.has(one.of)) })),
  ].map(({ title, entries }) => ({ title, entries: occurring(entries, drawn) })).filter(({ entries }) => entries.length);
  const width = state.map.getSize().x, titled = widthIn(TITLE), wide = widthIn(TEXT);
  const beside = width < WIDE ? 0 : Math.max(0, ...groups.map(({ title }) => titled(title))) + 16;
  return groups.flatMap(({ title, entries }) => {
    const left = INSET + beside;
    const places = flow(entries.map((one) => 26 + wide(one.text)), width - left - INSET, 16);
    const high = LINE * (places[places.length - 1].row + 1);
    const above = beside ? 0 : LINE - 4;
    return [{
      height: above + high,
      draw(ctx, top) {
        write(ctx, title, INSET, top + LINE / 2, TITLE);
        entries.forEach((one, n) => {
          const x = left + places[n].x, y = top + above + LINE * (places[n].row + 0.5);
          ctx.save();
          ctx.translate(across(x + 10) - one.size / 2, y - one.size / 2);
          drawSample(ctx, one);
          ctx.restore();
          write(ctx, one.text, x + 26, y, TEXT);
        });
      },
    }];
  });
}

/** Where things of some widths stand in rows, one after the other. @param {number[]} widths @param {number} room @param {number} gap px */
export function flow(widths, room, gap) {
  let row = 0, x = 0;
  return widths.map((width) => {
    if (x && x + width > room) [row, x] = [row + 1, 0];
    const place = { row, x };
    x += width + gap;
    return place;
  });
}

/* What stands in sight, from below: the layers of the map's canvas in the order in which it draws them. */
function* layers() {
  const { map } = state;
  const corner = map.containerPointToLayerPoint([0, 0]);
  const view = L.bounds(corner, corner.add(map.getSize()));
  for (let at = map.options.renderer._drawFirst; at; at = at.next) if (at.layer._pxBounds?.intersects(view) && crosses(at.layer, view)) yield at.layer;
}

/* Whether the line around an area is in sight: one may look at its middle alone. */
const crosses = ({ _parts: parts }, view) => !parts || parts.some((part) =>
  part.some((point, n) => L.LineUtil.clipSegment(point, part[(n + 1) % part.length], view)));

/* The same as a legend speaks of it; with each the sides whose colours it has. */
function seen() {
  const { Mark, Group, Plate, Dead, Badge, Outline } = state.layers;
  const kinds = [["mark", Mark], ["group", Group], ["plate", Plate], ["dead", Dead], ["area", Badge], ["area", Outline]];
  return [...layers()].flatMap((layer) => {
    const { mark } = layer.options;
    const colours = [...(mark.slices ?? []).map((slice) => slice.colour), ...(mark.colours ?? [])];
    return [...kinds.filter(([, Kind]) => layer instanceof Kind).map(([kind]) => ({ kind, mark })), ...colours.map((colour) => ({ kind: "side", mark: { colour } }))];
  });
}

/* ---- the map ---- */

/** @param {Ctx} ctx @param {number} top */
function drawMap(ctx, top) {
  const { map } = state, { x: width, y: height } = map.getSize();
  const corner = map.containerPointToLayerPoint([0, 0]);
  ctx.save();
  ctx.translate(0, top);
  ctx.beginPath();
  ctx.rect(0, 0, width, height);
  ctx.clip();
  ctx.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
  ctx.fillRect(0, 0, width, height);
  ctx.translate(-corner.x, -corner.y);
  drawShapes(ctx, "cm-ground");
  const { x, y } = L.DomUtil.getPosition(state.canvas);
  ctx.save();
  ctx.translate(x, y);
  writeNames(ctx);
  ctx.restore();
  drawShapes(ctx, "cm-names"); // the rectangle of the filters
  // The layers draw themselves; only their canvas is another one.
  const renderer = Object.create(map.options.renderer, { _ctx: { value: ctx }, _drawing: { value: true } });
  for (const layer of layers()) Object.create(layer, { _renderer: { value: renderer } })._updatePath();
  ctx.translate(corner.x, corner.y);
  drawScale(ctx);
  ctx.restore();
  ctx.fillStyle = state.line;
  for (const edge of [top, top + height - 1]) ctx.fillRect(0, edge, width, 1);
}

/* The lines and shapes of a pane that are in sight, in the style that they have there. @param {Ctx} ctx */
function drawShapes(ctx, pane) {
  for (const shape of state.map.getPane(pane).querySelectorAll("svg path")) {
    const style = getComputedStyle(shape), d = shape.getAttribute("d");
    if (style.display === "none" || !d || !inSight(shape)) continue;
    const path = pathOf(d);
    ctx.save();
    if (style.fill !== "none") {
      ctx.globalAlpha = Number(style.fillOpacity);
      ctx.fillStyle = style.fill;
      ctx.fill(path, /** @type {CanvasFillRule} */ (style.fillRule));
    }
    if (style.stroke !== "none") {
      ctx.globalAlpha = Number(style.strokeOpacity);
      ctx.strokeStyle = style.stroke;
      ctx.lineWidth = parseFloat(style.strokeWidth);
      ctx.lineCap = /** @type {CanvasLineCap} */ (style.strokeLinecap);
      ctx.lineJoin = /** @type {CanvasLineJoin} */ (style.strokeLinejoin);
      ctx.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[\s,]+/).map(parseFloat));
      ctx.stroke(path);
    }
    ctx.restore();
  }
}

function inSight(shape) {
  const box = shape.getBBox(), { map } = state;
  const corner = map.containerPointToLayerPoint([0, 0]), wide = 24; // px: the widest line
  return L.bounds([box.x - wide, box.y - wide], [box.x + box.width + wide, box.y + box.height + wide]).intersects(L.bounds(corner, corner.add(map.getSize())));
}

/* How far a distance is, where the map says it. @param {Ctx} ctx */
function drawScale(ctx) {
  const box = state.map.getContainer().getBoundingClientRect();
  const bar = state.map.getContainer().querySelector(".leaflet-control-scale-line");
  if (!bar) return;
  const at = bar.getBoundingClientRect();
  const [left, right, low] = [at.left - box.left + 1, at.right - box.left - 1, at.bottom - box.top - 1];
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(left, low - 5);
  ctx.lineTo(left, low);
  ctx.lineTo(right, low);
  ctx.lineTo(right, low - 5);
  ctx.strokeStyle = state.muted;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.font = font(400, 10.5);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = state.land;
  ctx.strokeText(bar.textContent, (left + right) / 2, low - 8);
  ctx.fillStyle = state.ink;
  ctx.fillText(bar.textContent, (left + right) / 2, low - 8);
  ctx.restore();
}
