/* One mark, drawn on any canvas: the map's and the legend's; and the Leaflet layers that draw so. */

import { state } from "./state.js";

export const INK = "#1f2933";
export const PAPER = "#ffffff";

const LEGIBLE = 5.6; // px: a mark with a smaller radius shows its colours without its sign

const TAU = 2 * Math.PI;

export function drawMark(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  if (mark.selected) {
    ctx.beginPath();
    ctx.arc(0, 0, r + 6.5, 0, TAU);
    ctx.lineWidth = 3;
    ctx.strokeStyle = "#2563eb";
    ctx.stroke();
  }
  // A white rim keeps neighbours apart, whatever is below.
  ctx.beginPath();
  ctx.arc(0, 0, r + 3.2, 0, TAU);
  ctx.fillStyle = PAPER;
  ctx.fill();

  // The ring: solid where corroborated, thin where one side claims it, dashed where it is contested.
  ctx.beginPath();
  ctx.arc(0, 0, r + 2, 0, TAU);
  ctx.strokeStyle = INK;
  ctx.lineWidth = mark.status === "claimed" ? 0.8 : 2.2;
  ctx.setLineDash(mark.status === "contested" ? [3.2, 2.6] : []);
  ctx.stroke();
  ctx.setLineDash([]);

  // The fill: a slice for each side, as many as its claims.
  drawSlices(ctx, r, mark.slices);
  // Only denials: the colour is a thin ring, the middle stays empty and is struck through.
  const hollow = mark.denied === "all";
  const signed = r >= LEGIBLE;
  if (hollow || signed) {
    ctx.beginPath();
    ctx.arc(0, 0, r * (hollow ? 0.78 : 0.66), 0, TAU);
    ctx.fillStyle = PAPER;
    ctx.fill();
  }
  if (signed) drawGlyph(ctx, mark.glyph, r * 1.02, INK);
  if (hollow) strike(ctx, r * 0.95, 2.2);
  if (mark.denied === "some") {
    ctx.translate(r * 0.82, -r * 0.82);
    ctx.beginPath();
    ctx.arc(0, 0, 4.6, 0, TAU);
    ctx.fillStyle = PAPER;
    ctx.fill();
    ctx.lineWidth = 1;
    ctx.strokeStyle = INK;
    ctx.stroke();
    strike(ctx, 4, 1.6);
  }
  ctx.restore();
}

/* Where a mark had to make room: a line back to where the place is. */
export function drawTether(ctx, x, y, [dx, dy]) {
  if (!dx && !dy) return;
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(x, y);
  ctx.lineTo(x + dx, y + dy);
  ctx.lineWidth = 1;
  ctx.strokeStyle = state.ink + "99";
  ctx.stroke();
  ctx.beginPath();
  ctx.arc(x + dx, y + dy, 1.8, 0, TAU);
  ctx.fillStyle = state.ink;
  ctx.fill();
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
  ctx.strokeStyle = "#b42318";
  ctx.stroke();
}

export function drawGlyph(ctx, path, size, colour) {
  if (!path) return;
  ctx.save();
  ctx.scale(size / 24, size / 24);
  ctx.translate(-12, -12);
  ctx.lineWidth = 2.7;
  ctx.lineCap = "round";
  ctx.lineJoin = "round";
  ctx.strokeStyle = colour;
  ctx.stroke(path);
  ctx.restore();
}

/* An area: a soft disc as wide as the place is uncertain, and no dot. */
export function drawArea(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  const soft = ctx.createRadialGradient(0, 0, 0, 0, 0, r);
  const colour = mark.slices.length ? mark.slices[0].colour : "#9AA3AD";
  soft.addColorStop(0, colour + "59");
  soft.addColorStop(0.6, colour + "2e");
  soft.addColorStop(1, colour + "05");
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, TAU);
  ctx.fillStyle = soft;
  ctx.fill();
  ctx.lineWidth = mark.selected ? 2.5 : 1;
  ctx.strokeStyle = mark.selected ? "#2563eb" : colour + "99";
  ctx.setLineDash([2, 5]);
  ctx.stroke();
  ctx.restore();
}

/* Several places in one mark, with how many they are. */
export function drawGroup(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  for (const [radius, colour] of [[r + 4, PAPER], [r + 3, INK], [r + 2, PAPER]]) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, 0, TAU);
    ctx.fillStyle = colour;
    ctx.fill();
  }
  drawSlices(ctx, r, mark.slices);
  ctx.beginPath();
  ctx.arc(0, 0, r * 0.7, 0, TAU);
  ctx.fillStyle = PAPER;
  ctx.fill();
  ctx.fillStyle = INK;
  ctx.font = "600 " + Math.max(9, Math.min(13, r * 0.8)) + "px system-ui, sans-serif";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(mark.label, 0, 0.5);
  ctx.restore();
}

function drawSlices(ctx, r, slices) {
  let from = -TAU / 4;
  for (const slice of slices) {
    const to = from + TAU * slice.share;
    ctx.beginPath();
    ctx.moveTo(0, 0);
    ctx.arc(0, 0, r, from, to);
    ctx.closePath();
    ctx.fillStyle = slice.colour;
    ctx.fill();
    from = to;
  }
}

/* Who is said to hold a place: a plate below its mark. Full where corroborated, pale where one side says so, in
   the colours of both and dashed where it is contested. */
export function drawPlate(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  const shape = new Path2D();
  shape.rect(-r, -r, 2 * r, 2 * r);
  ctx.fillStyle = PAPER;
  ctx.fill(shape);
  ctx.globalAlpha = mark.how === "claimed" ? 0.4 : 0.9;
  ctx.fillStyle = mark.colours[0];
  ctx.fill(shape);
  if (mark.how === "contested") {
    ctx.beginPath();
    ctx.moveTo(-r, r);
    ctx.lineTo(r, r);
    ctx.lineTo(r, -r);
    ctx.closePath();
    ctx.fillStyle = mark.colours[1] || PAPER;
    ctx.fill();
  }
  ctx.globalAlpha = 1;
  ctx.lineWidth = mark.how === "corroborated" ? 2 : 1;
  ctx.setLineDash(mark.how === "contested" ? [3, 2.5] : []);
  ctx.strokeStyle = INK;
  ctx.stroke(shape);
  ctx.restore();
}

/* The dead: a disc as large as the lowest figure, a ring around it as large as the highest; dashed where the
   highest is open. */
export function drawDead(ctx, x, y, r, mark) {
  ctx.save();
  ctx.translate(x, y);
  ctx.beginPath();
  ctx.arc(0, 0, mark.inner, 0, TAU);
  ctx.fillStyle = state.dead + "4d";
  ctx.fill();
  ctx.beginPath();
  ctx.arc(0, 0, r, 0, TAU);
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = state.dead;
  ctx.setLineDash(mark.open ? [4, 3] : []);
  ctx.stroke();
  if (mark.label) {
    ctx.setLineDash([]);
    ctx.font = "600 11px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    ctx.lineWidth = 3;
    ctx.strokeStyle = PAPER;
    ctx.strokeText(mark.label, 0, r + 2);
    ctx.fillStyle = "#4c1d95";
    ctx.fillText(mark.label, 0, r + 2);
  }
  ctx.restore();
}

/* ---- Leaflet layers that draw with the above ---- */

export function makeLayers() {
  const Mark = L.CircleMarker.extend({
    _updateBounds() {
      const [dx, dy] = this.options.mark.tether;
      const pad = this._radius + 9 + Math.hypot(dx, dy);
      this._pxBounds = new L.Bounds(this._point.subtract([pad, pad]), this._point.add([pad, pad]));
    },
    _updatePath() {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      drawTether(renderer._ctx, this._point.x, this._point.y, this.options.mark.tether);
      drawMark(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
    },
  });
  const Area = L.Circle.extend({
    _updatePath() {
      const renderer = this._renderer;
      if (!renderer._drawing || this._empty()) return;
      drawArea(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
    },
  });
  const drawn = (draw, room) => L.CircleMarker.extend({
    _updateBounds() {
      const pad = this._radius + room;
      this._pxBounds = new L.Bounds(this._point.subtract([pad, pad]), this._point.add([pad, pad]));
    },
    _updatePath() {
      const renderer = this._renderer;
      if (renderer._drawing && !this._empty()) draw(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
    },
  });
  return { Mark, Area, Group: drawn(drawGroup, 7), Plate: drawn(drawPlate, 8), Dead: drawn(drawDead, 40) };
}
