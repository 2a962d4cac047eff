/* From days to pixels and back: the focus, in which every day is as wide as the next, and the overview, in which days have
   room by what is told on them and silence is folded. Time runs from right to left where the page does. */

/** @typedef {import("./days.js").Span} Span */
/** @typedef {import("./days.js").Counts} Counts */
/** @typedef {{ x: (day: number) => number, day: (x: number) => number }} Scale  `x` is where a day begins, in pixels */
/** @typedef {{ first: number, last: number, from: number, to: number }} Fold  days of silence, and where its notch lies */

const LONG = 90, SHORT = 30; // days of silence that are folded to a wide notch, and to a narrow one
const WIDE = 9, NARROW = 4; // px of such notches
const EMPTY = 0.25; // the room of a day without claims, by that of a day with one

/** @param {Span} focus @param {number} width @param {boolean} rtl @returns {Scale} */
export function focusScale([first, last], width, rtl) {
  const wide = width / (last - first + 1);
  return {
    x: (day) => (rtl ? width - (day - first) * wide : (day - first) * wide),
    day: (x) => first + (rtl ? width - x : x) / wide,
  };
}

/** The scale of all days, and the folds in it. Days have room by the square root of their claims; a silence of more than
 * 90 days is a notch of 9 px, one of 30 days or more of 4 px; together the notches take half of the width at most.
 * @param {Counts} counts @param {Span} extent @param {number} width @param {boolean} rtl
 * @returns {Scale & { folds: Fold[] }} */
export function overviewScale({ days, totals }, extent, width, rtl) {
  const end = extent[1] + 1;
  /** Stretches: the day each begins with, its room by weight or as a notch. */
  const starts = [], rooms = [], notches = [];
  const add = (/** @type {number} */ start, /** @type {number} */ room, /** @type {number} */ notch) => {
    starts.push(start);
    rooms.push(room);
    notches.push(notch);
  };
  const silence = (/** @type {number} */ from, /** @type {number} */ to) => {
    if (to <= from) return;
    if (to - from >= SHORT) add(from, 0, to - from > LONG ? WIDE : NARROW);
    else add(from, (to - from) * EMPTY, 0);
  };
  let next = extent[0];
  days.forEach((day, i) => {
    if (day < extent[0] || day >= end) return;
    silence(next, day);
    add(day, Math.sqrt(totals[i]), 0);
    next = day + 1;
  });
  silence(next, end);
  const taken = notches.reduce((sum, notch) => sum + notch, 0);
  const shrink = Math.min(1, width / 2 / Math.max(taken, 1));
  const weight = rooms.reduce((sum, room) => sum + room, 0);
  const perRoom = weight ? (width - taken * shrink) / weight : 0;
  const perNotch = weight ? shrink : width / Math.max(taken, 1);
  const edges = [0];
  rooms.forEach((room, i) => edges.push(edges[i] + room * perRoom + notches[i] * perNotch));
  starts.push(end);
  const mirrored = (/** @type {number} */ x) => (rtl ? width - x : x);
  const at = (/** @type {number[]} */ sorted, /** @type {number} */ value) => {
    let low = 0, high = sorted.length - 2;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (sorted[middle] <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return {
    x(day) {
      const inside = Math.max(extent[0], Math.min(day, end));
      const i = at(starts, inside);
      return mirrored(edges[i] + ((inside - starts[i]) / (starts[i + 1] - starts[i])) * (edges[i + 1] - edges[i]));
    },
    day(x) {
      const inside = Math.max(0, Math.min(mirrored(x), width));
      const i = at(edges, inside);
      const share = edges[i + 1] > edges[i] ? (inside - edges[i]) / (edges[i + 1] - edges[i]) : 0;
      return starts[i] + share * (starts[i + 1] - starts[i]);
    },
    folds: notches.flatMap((notch, i) => notch ? [{
      first: starts[i], last: starts[i + 1] - 1,
      from: Math.min(mirrored(edges[i]), mirrored(edges[i + 1])), to: Math.max(mirrored(edges[i]), mirrored(edges[i + 1])),
    }] : []),
  };
}

/** What lies under a pointer, by where the ends of a stretch are on the same axis: a handle ("first", "last", the nearer),
 * the stretch itself ("inside") or what is beside it ("beside"). `reach` is how near to a handle counts as on it.
 * @param {number} x @param {number} first @param {number} last @param {number} reach */
export function hit(x, first, last, reach) {
  const [toFirst, toLast] = [Math.abs(x - first), Math.abs(x - last)];
  const inside = (x - first) * (x - last) <= 0;
  // A short stretch keeps a third of itself to be seized by, between its handles.
  const within = inside ? Math.min(reach, Math.abs(last - first) / 3) : reach;
  if (Math.min(toFirst, toLast) <= within) return toFirst < toLast ? "first" : "last";
  return inside ? "inside" : "beside";
}

/** The days to be named on an axis, from a day to another, with at least so many pixels between two: of a rising choice of
 * steps the first that leaves enough room. Weeks are named by their Monday.
 * @param {Span} focus @param {number} pixels of a day @param {number} apart
 * @returns {{ day: number, kind: "day" | "month" | "year" }[]} */
export function ticks([first, last], pixels, apart) {
  const found = [];
  const date = (/** @type {number} */ day) => new Date(day * 86400000);
  const months = [1, 3, 6].find((step) => step * 30 * pixels >= apart) ?? 12;
  const years = Math.max(1, Math.ceil(apart / (365 * pixels)));
  const step = [1, 2, 7, 14].find((days) => days * pixels >= apart);
  const begin = date(first);
  for (let month = begin.getUTCMonth(), year = begin.getUTCFullYear(); ; month += 1) {
    if (month === 12) [month, year] = [0, year + 1];
    const day = Date.UTC(year, month, 1) / 86400000;
    if (day > last) break;
    if (day < first) continue;
    if (month === 0 && year % years === 0) found.push({ day, kind: /** @type {const} */ ("year") });
    else if (years === 1 && month % months === 0) found.push({ day, kind: /** @type {const} */ ("month") });
  }
  if (step) {
    const named = found.map((tick) => tick.day);
    const from = step >= 7 ? first + ((4 - (first % 7)) + 7) % 7 : first; // Mondays are 4 modulo 7
    for (let day = from; day <= last; day += step) {
      if (named.every((other) => Math.abs(other - day) * pixels >= apart)) found.push({ day, kind: /** @type {const} */ ("day") });
    }
  }
  return found.sort((one, other) => one.day - other.day);
}
