/* The chart, drawn on one canvas: the focus with its bars, its axis and the window over them; below it the overview of all
   days with its folds, the brush (what the focus shows) and the window as a bar at its foot. */
import * as days from "./days.js";
import { focusScale, overviewScale, ticks } from "./scale.js";

/** @typedef {import("./days.js").Span} Span */
/** @typedef {{ top: number, height: number }} Band */
/**
 * @typedef {object} Layout
 * @property {number} width
 * @property {number} height
 * @property {Band} focus  the bars
 * @property {number} axis  where the names of the days stand
 * @property {Band | null} overview  null where there is no room for it
 * @property {number} names  where the names of the years stand, below the overview
 */
/** @typedef {{ ink: string, muted: string, line: string, accent: string, panel: string, tint: string, rim: string, dark: boolean, font: string }} Look */

const OUTSIDE = 0.32; // of the colour of what is beside the window
const ROW = 110; // px: a chart lower than this is a single row without an overview
const GAP = 1; // px between bars, where they are wide enough

/** Where things are, in a canvas of a size.
 * @param {number} width @param {number} height @returns {Layout} */
export function layout(width, height) {
  if (height < ROW) return { width, height, focus: { top: 6, height: height - 22 }, axis: height - 5, overview: null, names: 0 };
  const names = height - 4, below = Math.min(34, Math.round(height * 0.19));
  const overview = { top: names - 11 - below, height: below };
  const axis = overview.top - 12;
  return { width, height, focus: { top: 30, height: axis - 13 - 30 }, axis, overview, names };
}

/** What is drawn at a time, made anew where the days, their claims, the size or the direction have changed.
 * @param {{ counts: days.Counts, extent: Span, focus: Span, rtl: boolean }} what @param {Layout} room */
export function scales({ counts, extent, focus, rtl }, room) {
  const pixels = room.width / days.length(focus);
  const unit = days.unit(pixels);
  return {
    focus: focusScale(focus, room.width, rtl),
    overview: room.overview && overviewScale(counts, extent, room.width, rtl),
    bars: days.bars(counts, unit, focus),
    pixels,
    unit,
  };
}

/** @typedef {ReturnType<typeof scales>} Scales */

/**
 * @param {CanvasRenderingContext2D} ctx
 * @param {{ counts: days.Counts, extent: Span, focus: Span, window: Span, rtl: boolean, colours: string[] }} what
 * @param {Layout} room
 * @param {Scales} scale
 * @param {Look} look
 * @param {{ axis: (day: number, kind: string) => string, number: (n: number) => string, rate: (n: number, unit: string) => string }} say
 * @param {HTMLCanvasElement | OffscreenCanvas | null} ready  the overview's bars, drawn before
 */
export function draw(ctx, what, room, scale, look, say, ready) {
  const { window, focus } = what;
  ctx.clearRect(0, 0, room.width, room.height);
  ctx.textBaseline = "alphabetic";
  const top = days.ceiling(scale.bars, window);
  const { focus: band } = room;
  const foot = band.top + band.height;
  const whole = window[0] <= what.extent[0] && window[1] >= what.extent[1];
  const [from, to] = ends(scale.focus.x(window[0]), scale.focus.x(window[1] + 1), room.width);

  // The days of the window lie on a tint, from its pill down to the axis.
  if (!whole && to > from) {
    ctx.fillStyle = look.tint;
    ctx.fillRect(from, band.top - 6, to - from, band.height + 6);
  }
  // Two lines to read the bars by: the highest of the window and its half.
  const most = top / 1.12;
  ctx.lineWidth = 1;
  ctx.strokeStyle = look.line;
  for (const value of most >= 2 ? [most, most / 2] : [most]) {
    if (!value) continue;
    const y = Math.round(foot - (value / top) * band.height) + 0.5;
    line(ctx, 0, y, room.width, y);
  }
  for (const [low, high, alpha] of [[0, from, OUTSIDE], [from, to, 1], [to, room.width, OUTSIDE]]) {
    if (high <= low) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(low, 0, high - low, foot);
    ctx.clip();
    ctx.globalAlpha = alpha;
    paintBars(ctx, what, room, scale, look, top, low, high);
    ctx.restore();
  }
  ctx.strokeStyle = look.muted;
  line(ctx, 0, foot + 0.5, room.width, foot + 0.5);

  cuts(ctx, room, scale, look, say, top);
  if (most && room.overview) {
    write(ctx, say.rate(Math.round(most), scale.unit), what.rtl ? room.width - 2 : 2, Math.round(foot - band.height / 1.12) - 3,
      what.rtl ? "right" : "left", look.muted, "10px", look.font);
  }
  // Arabic names of months are long: as far apart as the longest needs.
  ctx.font = "650 10.5px " + look.font;
  const wide = Math.max(...ticks(focus, scale.pixels, 64).map(({ day, kind }) => ctx.measureText(say.axis(day, kind)).width));
  for (const { day, kind } of ticks(focus, scale.pixels, Math.max(64, wide + 12))) {
    const x = scale.focus.x(day);
    ctx.strokeStyle = look.muted;
    line(ctx, Math.round(x) + 0.5, foot, Math.round(x) + 0.5, foot + 4);
    write(ctx, say.axis(day, kind), inside(x, room.width, Math.max(24, wide / 2 + 2)), room.axis, "center", kind === "day" ? look.muted : look.ink,
      kind === "day" ? "10.5px" : "650 10.5px", look.font);
  }
  if (room.overview && scale.overview) drawOverview(ctx, what, room, scale, look, say, ready, whole);
}

/** The handles and the pill of a window that moves, as timeline.css has them where it rests.
 * @param {CanvasRenderingContext2D} ctx @param {Span} span px @param {Layout} room @param {Look} look
 * @param {string} said  the days @param {Span} limits  px between which the pill stays */
export function drawWindow(ctx, [first, last], { focus: band, overview }, look, said, limits) {
  const top = band.top - 8, height = band.height + 8;
  ctx.lineWidth = 2;
  ctx.strokeStyle = look.accent;
  for (const x of [first, last]) {
    line(ctx, x, top, x, top + height);
    ctx.beginPath();
    ctx.roundRect(x - 5, top + height / 2 - 11, 10, 22, 5);
    ctx.fillStyle = look.panel;
    ctx.fill();
    ctx.lineWidth = 1.6;
    ctx.stroke();
    ctx.fillStyle = look.accent;
    for (const grip of [-2, 1]) ctx.fillRect(x + grip, top + height / 2 - 4, 1, 8);
  }
  if (!overview) return;
  ctx.font = "650 11.5px " + look.font;
  const wide = ctx.measureText(said).width + 20;
  const left = Math.max(limits[0], Math.min((first + last - wide) / 2, limits[1] - wide));
  ctx.beginPath();
  ctx.roundRect(left, 4, wide, 20, 10);
  ctx.fill();
  ctx.textBaseline = "middle";
  write(ctx, said, left + wide / 2, 14.5, "center", look.panel, "650 11.5px", look.font);
}

/** The overview's bars and folds alone: they change only with the claims. @param {any} ctx @param {any} what
 * @param {Layout} room @param {Scales} scale @param {Look} look */
export function drawAll(ctx, what, room, scale, look) {
  const band = room.overview, axis = scale.overview;
  if (!band || !axis) return;
  const foot = band.top + band.height;
  const { counts } = what;
  const most = Math.sqrt(Math.max(1, ...counts.totals));
  for (let i = 0; i < counts.days.length;) {
    // Days narrower than a bar share one, which is as high as the highest of them.
    let tallest = i;
    const begin = axis.x(counts.days[i]);
    let end = axis.x(counts.days[i] + 1), next = i + 1;
    while (next < counts.days.length && Math.abs(axis.x(counts.days[next] + 1) - begin) < 2.5) {
      if (counts.totals[next] > counts.totals[tallest]) tallest = next;
      end = axis.x(counts.days[next] + 1);
      next += 1;
    }
    const wide = Math.abs(end - begin);
    const left = Math.min(begin, end), breadth = Math.max(1.2, wide - (wide > 5 ? GAP : 0));
    const high = Math.max(1.5, (Math.sqrt(counts.totals[tallest]) / most) * (band.height - 3));
    stack(ctx, left, breadth, foot, high / counts.totals[tallest], inOrder(pairs(counts.sides[tallest])), what.colours, look);
    i = next;
  }
  ctx.strokeStyle = look.muted;
  ctx.lineWidth = 0.8;
  for (const { from, to } of axis.folds) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(from + 0.5, band.top + 3, Math.max(1, to - from - 1), band.height - 3);
    ctx.clip();
    ctx.globalAlpha = 0.55;
    for (let x = from - band.height; x < to; x += 4) line(ctx, x, foot, x + band.height, band.top);
    ctx.restore();
  }
}

function drawOverview(ctx, what, room, scale, look, say, ready, whole) {
  const { overview: band } = room;
  const foot = band.top + band.height;
  if (ready) ctx.drawImage(ready, 0, 0, room.width, room.height);
  else drawAll(ctx, what, room, scale, look);
  ctx.strokeStyle = look.line;
  line(ctx, 0, foot + 0.5, room.width, foot + 0.5);
  // The brush, and dotted lines from it up to the ends of the focus.
  const x = (/** @type {number} */ day) => scale.overview.x(day);
  const [left, right] = [x(what.focus[0]), x(what.focus[1] + 1)].sort((a, b) => a - b);
  if (days.length(what.focus) < days.length(what.extent)) {
    ctx.save();
    ctx.fillStyle = look.panel;
    ctx.globalAlpha = 0.55;
    ctx.fillRect(0, band.top, left, band.height);
    ctx.fillRect(right, band.top, room.width - right, band.height);
    ctx.globalAlpha = 1;
    ctx.strokeStyle = look.ink;
    ctx.lineWidth = 1.6;
    ctx.beginPath();
    ctx.roundRect(left + 0.5, band.top - 0.5, Math.max(3, right - left - 1), band.height + 1, 3);
    ctx.stroke();
    ctx.setLineDash([1.5, 2.5]);
    ctx.lineWidth = 1;
    ctx.strokeStyle = look.muted;
    line(ctx, left, band.top - 1, 0, room.axis + 4);
    line(ctx, right, band.top - 1, room.width, room.axis + 4);
    ctx.restore();
  }
  if (!whole) {
    const [low, high] = [x(what.window[0]), x(what.window[1] + 1)].sort((a, b) => a - b);
    ctx.fillStyle = look.accent;
    ctx.fillRect(low, foot, Math.max(2, high - low), 3);
  }
  // Years where they fit, each where it begins; the first by the first day.
  const [first, last] = what.extent;
  let taken = -100;
  const marks = [];
  for (let year = new Date(first * days.DAY).getUTCFullYear(); ; year++) {
    const day = Math.max(first, Date.UTC(year, 0, 1) / days.DAY);
    if (day > last) break;
    marks.push([x(day), day]);
  }
  for (const [at, day] of marks.sort((a, b) => a[0] - b[0])) {
    if (at - taken < 34) continue;
    taken = at;
    write(ctx, say.axis(day, "year"), inside(at, room.width, 13), room.names, "center", look.muted, "10px", look.font);
  }
}

/* The bars that reach into a part of the width, in px. */
function paintBars(ctx, what, room, scale, look, top, low, high) {
  if (!top) return;
  const { focus: band } = room;
  const foot = band.top + band.height;
  for (const bar of scale.bars) {
    const [left, right] = [scale.focus.x(bar.first), scale.focus.x(bar.last + 1)].sort((a, b) => a - b);
    if (right < low || left > high) continue;
    const wide = right - left;
    const gap = wide > 12 ? 4 : wide > 4 ? GAP : 0;
    // A bar beyond the ceiling keeps the shares of its sides.
    const perClaim = Math.min(band.height / top, (band.height + 8) / bar.total);
    stack(ctx, left + gap / 2, Math.max(1.5, wide - gap), foot, perClaim, bar.sides, what.colours, look);
  }
}

/* Where a bar goes on beyond the ceiling: a wave of the page's colour, and its number above. */
function cuts(ctx, room, scale, look, say, top) {
  const { focus: band } = room;
  if (!top) return;
  let taken = -100;
  for (const bar of scale.bars) {
    if (bar.total <= top) continue;
    const [left, right] = [scale.focus.x(bar.first), scale.focus.x(bar.last + 1)].sort((a, b) => a - b);
    const y = band.top + 7;
    ctx.strokeStyle = look.panel;
    ctx.lineWidth = 2.5;
    ctx.beginPath();
    ctx.moveTo(left, y);
    const waves = Math.max(2, Math.round((right - left) / 6));
    for (let i = 1; i <= waves; i++) ctx.lineTo(left + ((right - left) * i) / waves, y + (i % 2 ? -4 : 0));
    ctx.stroke();
    const middle = (left + right) / 2;
    if (Math.abs(middle - taken) < 24) continue;
    taken = middle;
    if (room.overview) write(ctx, say.number(bar.total), inside(middle, room.width, 12), band.top - 11, "center", look.muted, "10px", look.font);
  }
}

/* One bar, its sides upon each other in the order of their numbers. Black needs a line around it on a dark page. */
function stack(ctx, left, wide, foot, perClaim, sides, colours, look) {
  let y = foot;
  for (const [side, n] of sides) {
    const tall = n * perClaim;
    ctx.fillStyle = colours[side];
    ctx.fillRect(left, y - tall, wide, tall);
    if (wide > 7 && tall > 3) ctx.clearRect(left, y - tall, wide, 0.7);
    if (look.dark && /^#[01][0-9a-f]?[01][0-9a-f]?[01][0-9a-f]?$/i.test(colours[side])) {
      ctx.strokeStyle = look.rim;
      ctx.lineWidth = 0.8;
      ctx.strokeRect(left + 0.4, y - tall + 0.4, Math.max(0.4, wide - 0.8), Math.max(0.4, tall - 0.8));
    }
    y -= tall;
  }
}

const inOrder = (/** @type {number[][]} */ sides) => sides.sort((a, b) => a[0] - b[0]);

const pairs = (/** @type {number[]} */ flat) => flat.flatMap((side, i) => (i % 2 ? [] : [[side, flat[i + 1]]]));

const inside = (/** @type {number} */ x, /** @type {number} */ width, /** @type {number} */ half) =>
  Math.max(half, Math.min(x, width - half));

/* Two ends in order, within the canvas. */
function ends(one, other, width) {
  const [low, high] = one < other ? [one, other] : [other, one];
  return [Math.max(0, low), Math.min(width, high)];
}

function line(ctx, x1, y1, x2, y2) {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}

function write(ctx, text, x, y, align, colour, size, family) {
  ctx.font = size + " " + family;
  ctx.textAlign = align;
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}
