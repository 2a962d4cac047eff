/* Days, windows of days and stretches of them: plain arithmetic on numbers of days since 1970, ends included.

   A window, an extent and a stretch are each [first, last]. `covered` are the stretches of days on which something is
   told, in order and apart from each other; what lies between them is silence. */

/** @typedef {[number, number]} Span */
/** @typedef {{ days: number[], totals: number[], sides: number[][] }} Counts  of each day with claims: all, and side, n, side, n … */
/** @typedef {{ first: number, last: number, total: number, sides: number[][] }} Bar  sides: [position, claims], by position */

export const DAY = 86400000;

/** @param {Span} span */
export const length = ([first, last]) => last - first + 1;

/** @param {number} low @param {number} value @param {number} high */
export const between = (low, value, high) => Math.max(low, Math.min(value, high));

/** @param {Span} one @param {Span} other */
export const same = (one, other) => one[0] === other[0] && one[1] === other[1];

/** The window as long as it is, moved into the extent.
 * @param {Span} window @param {Span} extent @returns {Span} */
export function within([first, last], extent) {
  const long = Math.min(last - first, extent[1] - extent[0]);
  const start = between(extent[0], first, extent[1] - long);
  return [start, start + long];
}

/** Whether anything is told from one day to another.
 * @param {Span[]} covered @param {number} first @param {number} last */
export const told = (covered, first, last) => covered.some((span) => span[0] <= last && span[1] >= first);

/** The window one step on (back where `by` is negative), or null where it stands at the end. A sliding window keeps its
 * length, a growing one its first day. Silence is passed over: a window in which nothing is told, and a step of a growing
 * one that adds nothing, goes on to the next day on which something is.
 * @param {Span} window @param {number} by @param {Span} extent @param {Span[]} covered @param {boolean} growing
 * @returns {Span | null} */
export function stepped(window, by, extent, covered, growing = false) {
  const [since, until] = window;
  const long = until - since;
  if (by > 0) {
    if (until >= extent[1]) return null;
    let end = Math.min(until + by, extent[1]);
    if (!told(covered, growing ? until + 1 : end - long, end)) {
      end = covered.find((span) => span[0] > end)?.[0] ?? extent[1];
    }
    return growing ? [since, end] : [end - long, end];
  }
  if (growing) {
    if (until <= since) return null;
    let end = Math.max(until + by, since);
    if (!told(covered, end + 1, until)) end = Math.max(since, covered.findLast((span) => span[0] <= end)?.[1] ?? since);
    return [since, Math.min(end, until - 1)];
  }
  if (since <= extent[0]) return null;
  let start = Math.max(since + by, extent[0]);
  if (!told(covered, start, start + long)) start = covered.findLast((span) => span[1] < start)?.[1] ?? extent[0];
  return [start, start + long];
}

/** Where playing begins: at the window; where that has nowhere to go, at the first days that are looked at, a seventh of
 * them and no more than 30.
 * @param {Span} window @param {Span} extent @param {Span} focus @returns {Span} */
export function opening(window, extent, focus) {
  if (window[1] < extent[1]) return window;
  const long = same(window, extent) ? between(1, Math.floor(length(focus) / 7), 30) : length(window);
  const first = window[0] > extent[0] ? extent[0] : focus[0];
  return within([first, first + long - 1], extent);
}

/** The days that matter: the shortest stretch that holds four of five claims, or half of them, if that is a quarter of all
 * days or less; with some room around it. Else all days.
 * @param {Counts} counts @param {Span} extent @returns {Span} */
export function densest(counts, extent) {
  for (const share of [0.8, 0.5]) {
    const span = shortest(counts, share);
    if (span && 4 * length(span) <= length(extent)) return roomy(span, 0.12, extent);
  }
  return extent;
}

/* The shortest stretch that holds a share of the claims. */
function shortest(/** @type {Counts} */ { days, totals }, /** @type {number} */ share) {
  const wanted = share * totals.reduce((sum, n) => sum + n, 0);
  /** @type {Span | null} */
  let best = null;
  for (let low = 0, high = 0, held = 0; low < days.length; held -= totals[low], low += 1) {
    while (high < days.length && held < wanted) held += totals[high++];
    if (held < wanted) break;
    if (!best || days[high - 1] - days[low] < best[1] - best[0]) best = [days[low], days[high - 1]];
  }
  return best;
}

/** A stretch with a share of its length added at both ends, never less than two weeks in all.
 * @param {Span} span @param {number} share @param {Span} extent @returns {Span} */
export function roomy(span, share, extent) {
  const more = Math.max(Math.ceil(length(span) * share), Math.ceil((14 - length(span)) / 2));
  return within([span[0] - more, span[1] + more], extent);
}

/** The stretch made longer or shorter by a factor, so that a day stays where it is; never under five days.
 * @param {Span} span @param {number} factor @param {number} day @param {Span} extent @returns {Span} */
export function zoomed(span, factor, day, extent) {
  const long = between(Math.min(5, length(extent)), Math.round(length(span) * factor), length(extent));
  const share = (day - span[0]) / length(span);
  const first = Math.round(day - share * long);
  return within([first, first + long - 1], extent);
}

/** The stretch that is looked at, moved so that a day is in it, a tenth from the edge that it was beyond.
 * @param {Span} focus @param {number} day @param {Span} extent @returns {Span} */
export function following(focus, day, extent) {
  const long = focus[1] - focus[0], edge = Math.round(long / 10);
  if (day > focus[1]) return within([day - edge, day - edge + long], extent);
  if (day < focus[0]) return within([day + edge - long, day + edge], extent);
  return focus;
}

/** How long the bars are, where a day is so many pixels wide: "day", "week" or "month". @param {number} pixels */
export const unit = (pixels) => (pixels >= 4 ? "day" : pixels >= 0.6 ? "week" : "month");

/** The day, week (from Monday) or month that a day is in. @param {number} day @param {string} unit @returns {Span} */
export function period(day, unit) {
  if (unit === "day") return [day, day];
  if (unit === "week") {
    const monday = day - (((day + 3) % 7) + 7) % 7; // 1 January 1970 was a Thursday
    return [monday, monday + 6];
  }
  const date = new Date(day * DAY);
  const start = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1);
  return [start / DAY, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / DAY - 1];
}

/** One bar for each period that has claims between two days, in order.
 * @param {Counts} counts @param {string} unit @param {Span} span @returns {Bar[]} */
export function bars({ days, totals, sides }, unit, span) {
  /** @type {Bar[]} */
  const found = [];
  const [from, to] = [period(span[0], unit)[0], period(span[1], unit)[1]];
  /** @type {Map<number, number>} */
  let summed = new Map();
  const close = () => found.at(-1)?.sides.push(...[...summed].sort((a, b) => a[0] - b[0]));
  for (let i = lower(days, from); i < days.length && days[i] <= to; i++) {
    let bar = found.at(-1);
    if (!bar || bar.last < days[i]) {
      close();
      summed = new Map();
      const [first, last] = period(days[i], unit);
      bar = { first, last, total: 0, sides: [] };
      found.push(bar);
    }
    bar.total += totals[i];
    for (let j = 0; j < sides[i].length; j += 2) summed.set(sides[i][j], (summed.get(sides[i][j]) ?? 0) + sides[i][j + 1]);
  }
  close();
  return found;
}

/** How many claims begin from one day to another. @param {Counts} counts @param {number} first @param {number} last */
export function begun({ days, totals }, first, last) {
  let sum = 0;
  for (let i = lower(days, first); i < days.length && days[i] <= last; i++) sum += totals[i];
  return sum;
}

/** The height at which bars are cut: 1.12 times the highest of the window, or of all where the window has none; 0 where
 * there is no bar at all. @param {Bar[]} bars @param {Span} window */
export function ceiling(bars, [since, until]) {
  const inside = bars.filter((bar) => bar.first <= until && bar.last >= since);
  return 1.12 * Math.max(0, ...(inside.length ? inside : bars).map((bar) => bar.total));
}

/** The position of the first number that is not lower. @param {ArrayLike<number>} sorted @param {number} value */
export function lower(sorted, value) {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
