/* One mark, drawn on any canvas: the map's and the legend's; and the Leaflet layers that draw so. Strength is told by line and
   pattern, never by a paler colour: black made paler is the grey of "not told". */
import { state } from "./state.js";

export const INK = "#15202B";
export const PAPER = "#FFFFFF";
const MUTED = "#62707C";
const DENIAL = "#B42318";
const LEGIBLE = 6.2; // px: a mark with a smaller radius shows its colours without its sign
const TAU = 2 * Math.PI;
const FACE = "\"Source Sans\", system-ui, -apple-system, \"Segoe UI\", \"Noto Sans Arabic\", \"Noto Sans\", sans-serif";

/** A font of the map. @param {number} weight @param {number} size px */
export const font = (weight, size) => `${weight} ${size}px ${FACE}`;

/** @typedef {{ colour: string, share: number }} Slice */

/* A disc, or its edge. */
function disc(ctx, r, fill) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, TAU);
  ctx.fillStyle = fill;
  ctx.fill();
}

function ring(ctx, r, width, colour, dash = []) {
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, TAU);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.setLineDash(dash);
  ctx.stroke();
  ctx.setLineDash([]);
}

/** A side in a legend. @param {CanvasRenderingContext2D} ctx @param {string} colour */
export function drawDot(ctx, x, y, colour) {
  ctx.save();
  ctx.translate(x, y);
  disc(ctx, 4.5, colour);
  ring(ctx, 5, 1, state.dot);
  ctx.restore();
}

/* What is chosen, or has the chosen place in it. */
function drawChosen(ctx, r) {
  ring(ctx, r + 7, 5, PAPER);
  ring(ctx, r + 7, 2.4, INK);
}

/** A path by its letters (SVG's "M0 0L5 5"), which it keeps: a canvas draws it, a drawing (pen.js) writes it down.
 * @param {string} d */
export const pathOf = (d) => Object.assign(new Path2D(d), { d });

/** A single place: how sure it is said to be is the line around it, who acts the band, what happened the sign.
 * @param {CanvasRenderingContext2D} ctx @param {any} mark */
export function drawMark(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  if (mark.selected) drawChosen(ctx, r);
  disc(ctx, r + 3.4, PAPER);
  if (mark.status === "claimed") ring(ctx, r + 2.2, 0.8, MUTED);
  else ring(ctx, r + 2.2, 2, INK, mark.status === "contested" ? [3, 2.6] : []);
  drawSlices(ctx, r, mark.slices);
  // Only denials: the band is a thin line, the middle is struck through.
  const hollow = mark.denied === "all";
  disc(ctx, r * (hollow ? 0.8 : 0.66), mark.aged ? state.land : PAPER);
  if (r >= LEGIBLE) drawGlyph(ctx, 0, 0, mark.glyph, r * 1.02, mark.aged ? state.muted : INK);
  if (hollow) strike(ctx, r * 0.95, 2.2);
  if (mark.denied === "some") {
    ctx.translate(r * 0.82, -r * 0.82);
    disc(ctx, 4.6, PAPER);
    ring(ctx, 4.6, 1, INK);
    strike(ctx, 4, 1.6);
  }
  ctx.restore();
}

/* A mark beside its place, which it shares with others: a line back to where the place is. */
export function drawTether(ctx, x, y, [dx, dy]) {
  if (!dx && !dy) return;
  ctx.save();
  ctx.translate(x + dx, y + dy);
  ctx.beginPath();
  ctx.moveTo(0, 0);
  ctx.lineTo(-dx, -dy);
  ctx.lineWidth = 1;
  ctx.strokeStyle = state.ink;
  ctx.stroke();
  disc(ctx, 1.8, state.ink);
  ctx.restore();
}

function strike(ctx, r, width) {
  ctx.beginPath();
  ctx.moveTo(-r * 0.7, r * 0.7);
  ctx.lineTo(r * 0.7, -r * 0.7);
  ctx.lineCap = "round";
  ctx.lineWidth = width + 1.6;
  ctx.strokeStyle = PAPER;
  ctx.stroke();
  ctx.lineWidth = width;
  ctx.strokeStyle = DENIAL;
  ctx.stroke();
}

export function drawGlyph(ctx, x, y, path, size, colour) {
  if (!path) return;
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 24, size / 24);
  ctx.translate(-12, -12);
  ctx.lineWidth = 2.7;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.strokeStyle = colour;
  ctx.stroke(path);
  ctx.restore();
}

/** Several places in one ring, with how many claims they have. @param {any} mark */
export function drawGroup(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  if (mark.selected) drawChosen(ctx, r);
  disc(ctx, r + 4, PAPER);
  ring(ctx, r + 2, 1.3, INK);
  drawSlices(ctx, r, mark.slices);
  disc(ctx, r * 0.73, mark.aged ? state.land : PAPER);
  ctx.fillStyle = mark.aged ? state.muted : INK;
  ctx.font = font(700, Math.max(11, Math.min(14.5, r * 0.72)) - (mark.label.length > 3 ? 2 : 0));
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(mark.label, 0, 0.8);
  ctx.restore();
}

function drawSlices(ctx, r, slices) {
  if (slices.length === 1) {
    disc(ctx, r, slices[0].colour);
    return;
  }
  let from = -TAU / 4;
  for (const { colour, share } of slices) {
    const to = from + TAU * share;
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.arc(0, 0, r, from, to);
    ctx.fillStyle = colour;
    ctx.fill();
    from = to;
  }
  ctx.beginPath();
  for (const { share } of slices) {
    ctx.moveTo(0, 0);
    ctx.lineTo(r * Math.cos(from), r * Math.sin(from)); // after all of them it stands at the top again
    from += TAU * share;
  }
  ctx.lineWidth = 1.2;
  ctx.strokeStyle = PAPER;
  ctx.stroke();
}

/* Lines of 45 degrees, as far apart as told, to fill a shape with. */
const hatches = new Map();
function hatch(ctx, colour, apart, width) {
  if (ctx.hatch) return ctx.hatch(colour, apart, width); // a drawing has its own
  const key = [colour, apart, width].join();
  if (!hatches.has(key)) {
    const sharp = 2; // for screens of several pixels to one of the page
    const tile = document.createElement("canvas");
    tile.width = tile.height = apart * sharp;
    const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext("2d"));
    pen.scale(sharp, sharp);
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.beginPath();
    for (const shift of [-apart, 0, apart]) {
      pen.moveTo(shift - 1, apart + 1);
      pen.lineTo(shift + apart + 1, -1);
    }
    pen.stroke();
    const pattern = ctx.createPattern(tile, "repeat");
    pattern.setTransform(new DOMMatrix().scale(1 / sharp));
    hatches.set(key, pattern);
  }
  return hatches.get(key);
}

/** Draws what is known only as an area: its outline, which `trace` walks, and a hatched band inside it. A circle ends at the
 * border of the country. @param {CanvasRenderingContext2D} ctx @param {(ctx: CanvasRenderingContext2D) => void} trace
 * @param {{ chosen?: boolean, circle?: boolean }} mark */
export function drawOutline(ctx, trace, { chosen = false, circle = false } = {}) {
  ctx.save();
  ctx.lineJoin = "round";
  if (circle) ctx.clip(country());
  ctx.beginPath();
  trace(ctx);
  ctx.save();
  ctx.clip("evenodd");
  ctx.lineWidth = chosen ? 34 : 15; // half of it lies inside
  ctx.strokeStyle = hatch(ctx, state.hatch, 6, 1.1);
  ctx.stroke();
  ctx.restore();
  ctx.lineWidth = chosen ? 2.4 : circle ? 1 : 1.3;
  ctx.setLineDash(circle && !chosen ? [4, 3] : []);
  ctx.strokeStyle = chosen ? state.ink : state.edge;
  ctx.stroke();
  ctx.restore();
}

/* The country as the layer's canvas has it: anew at each zoom. */
/** @type {{ key: string, path: any }} */
let land = { key: "", path: null };
function country() {
  const { map } = state;
  const governorates = state.shapes?.governorates;
  const key = [map.getZoom(), map.getPixelOrigin(), Boolean(governorates)].join();
  if (land.key !== key) {
    const rings = (governorates?.features ?? []).flatMap(({ geometry }) =>
      (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates).flat());
    const corner = ([lon, lat]) => {
      const { x, y } = map.latLngToLayerPoint([lat, lon]);
      return x + " " + y;
    };
    const everywhere = "M-1e5 -1e5H1e5V1e5H-1e5Z";
    land = { key, path: pathOf(rings.map((ring) => "M" + ring.map(corner).join("L") + "Z").join("") || everywhere) };
  }
  return land.path;
}

/** The plate of an area: that it is one, how many claims it has, and a bar of who acts. @param {any} mark */
export function drawBadge(ctx, x, y, mark) {
  const { width, height } = badgeSize(mark);
  ctx.save();
  ctx.translate(x - width / 2, y - height / 2);
  ctx.beginPath();
  ctx.roundRect(0, 0, width, height, 2.5);
  ctx.fillStyle = state.panel;
  ctx.fill();
  ctx.lineWidth = mark.selected ? 2.4 : 1;
  ctx.strokeStyle = mark.selected ? state.ink : state.edge;
  ctx.stroke();
  ctx.beginPath();
  ctx.rect(5, 3.5, 9, 9);
  ctx.fillStyle = hatch(ctx, state.edge, 4, 1);
  ctx.fill();
  ctx.lineWidth = 0.8;
  ctx.strokeStyle = state.edge;
  ctx.stroke();
  ctx.font = font(680, 11.5);
  ctx.textAlign = "start";
  ctx.textBaseline = "middle";
  ctx.fillStyle = state.ink;
  ctx.fillText(mark.label, 18, 8.4);
  let from = 0.5;
  for (const { colour, share } of mark.slices) {
    ctx.fillStyle = colour;
    ctx.fillRect(from, height - 3.1, share * (width - 1), 2.6);
    from += share * (width - 1);
  }
  ctx.restore();
}

/** @param {{ label: string }} mark */
export const badgeSize = (mark) => ({ width: 23 + 6.6 * mark.label.length, height: 18 });

/** Who is said to hold a place: a plate. Full where corroborated, hatched within its outline where one side says so, in the
 * colours of both where it is contested. Of one that has aged only a hatch is left, or the outline. @param {any} mark */
export function drawPlate(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  const whole = () => {
    ctx.beginPath();
    ctx.rect(-r, -r, 2 * r, 2 * r);
  };
  const half = () => {
    ctx.beginPath();
    ctx.moveTo(-r, r);
    ctx.lineTo(r, r);
    ctx.lineTo(r, -r);
    ctx.closePath();
  };
  whole();
  ctx.fillStyle = mark.aged && mark.how === "claimed" ? state.land : PAPER;
  ctx.fill();
  const shapes = mark.how === "contested" ? [whole, half] : [whole];
  shapes.forEach((trace, n) => {
    const colour = mark.colours[n];
    trace();
    if (n) {
      ctx.fillStyle = PAPER;
      ctx.fill();
    }
    if (!colour) return;
    if (mark.how === "claimed") {
      if (!mark.aged) ctx.fillStyle = hatch(ctx, colour, 4, 1.5);
    } else ctx.fillStyle = mark.aged ? hatch(ctx, colour, 4, 1.7) : colour;
    if (mark.how !== "claimed" || !mark.aged) ctx.fill();
  });
  if (mark.how === "claimed") {
    ctx.lineWidth = 2.6;
    ctx.strokeStyle = mark.colours[0];
    ctx.strokeRect(1.3 - r, 1.3 - r, 2 * r - 2.6, 2 * r - 2.6);
  }
  ctx.lineWidth = mark.how === "corroborated" && !mark.aged ? 2 : 1;
  ctx.setLineDash(mark.how === "contested" ? [3, 2.6] : []);
  ctx.strokeStyle = mark.aged ? state.muted : state.ink;
  whole();
  ctx.stroke();
  ctx.restore();
}

/** The dead: a disc as large as the lowest figure, a ring around it as large as the highest; dashed where the highest is
 * open. @param {any} mark */
export function drawDead(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  disc(ctx, mark.inner, state.dead + "4d");
  ring(ctx, r, 1.5, state.dead, mark.open ? [4, 3] : []);
  if (mark.label) {
    ctx.font = font(650, 11);
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.lineJoin = "round";
    ctx.lineWidth = 3;
    ctx.strokeStyle = state.land;
    ctx.strokeText(mark.label, 0, r + 2);
    ctx.fillStyle = state.dead;
    ctx.fillText(mark.label, 0, r + 2);
  }
  ctx.restore();
}

/* ---- Leaflet layers that draw with the above ---- */

export function makeLayers() {
  const reach = matchMedia("(pointer: coarse)").matches ? 18 : 12; // px: whatever is drawn, so much can be hit
  const drawn = (draw, room) => L.CircleMarker.extend({
    _updateBounds() {
      const [wide, high] = this.options.mark.box ?? [this._radius + room, this._radius + room];
      this._pxBounds = new L.Bounds(this._point.subtract([wide, high]), this._point.add([wide, high]));
    },
    _updatePath() {
      const renderer = this._renderer;
      if (renderer._drawing && !this._empty()) draw(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
    },
    _containsPoint(point) {
      return point.distanceTo(this._point) <= Math.max(reach, this._radius + this._clickTolerance());
    },
  });
  const Mark = drawn((ctx, x, y, r, mark) => {
    drawTether(ctx, x, y, mark.tether);
    drawMark(ctx, x, y, r, mark);
  }, 22);
  const Outline = L.Polygon.extend({
    _updatePath() {
      const renderer = this._renderer;
      if (!renderer._drawing || !this._parts.length) return;
      drawOutline(renderer._ctx, (ctx) => {
        for (const part of this._parts) {
          part.forEach((point, n) => (n ? ctx.lineTo(point.x, point.y) : ctx.moveTo(point.x, point.y)));
          ctx.closePath();
        }
      }, this.options.mark);
    },
    // A part that is cut at the window's edge would get a line there.
    _clipPoints() { this._parts = this._rings; },
  });
  return {
    Mark,
    Outline,
    Group: drawn(drawGroup, 12),
    Badge: drawn((ctx, x, y, _, mark) => drawBadge(ctx, x, y, mark), 26),
    Plate: drawn(drawPlate, 8),
    Dead: drawn(drawDead, 40),
  };
}
