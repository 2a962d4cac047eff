/* What depends on the days in view: the marks, who holds what, and the dead. */
import { drawAreas } from "./areas.js";
import { arrange, slices } from "./arrange.js";
import { followMarks } from "./names.js";
import { state } from "./state.js";
import { digits, fill, hear, listen, sayDays, tip } from "./tips.js";

/* The rows of a table ({columns, rows}) that Python sends, each as an object. */
export const read = ({ columns, rows }) =>
  rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));

function pairs(flat) {
  const made = [];
  for (let i = 0; i < flat.length; i += 2) made.push([flat[i], flat[i + 1]]);
  return made;
}

/* Everything that depends on the days: areas lie lowest, then who holds what, the dead, and the marks. */
export function drawDays(rows, since, until) {
  const { data } = state;
  Object.assign(state, { rows, days: [since, until] });
  state.tooltip.remove();
  state.below.clearLayers();
  state.note.textContent = "";
  state.byId.clear();
  const selected = new Set(data.selected);
  const { Badge, Mark } = state.layers;
  for (const row of rows) {
    const layer = layerOf(row.radius ? Badge : Mark, row);
    // Most places are at the next step what they were at the last.
    if (layer.of !== data || !alike(layer.row, row)) layer.made = null;
    layer.of = data;
    layer.row = row;
    layer.plate = null;
    layer.selected = selected.has(row.id);
    layer.aged = state.old !== null && row.last !== null && row.last < state.old;
    state.byId.set(row.id, layer);
  }
  if (data.tables.control) drawControl(data.tables.control, until);
  if (data.tables.casualties) drawCasualties(data.tables.casualties, since, until);
  arrangeAll();
}

/* Whether nothing of a place has changed: the number of its claims of each kind, who acts, and when. */
function alike(one, other) {
  return one.claims === other.claims && one.denied === other.denied && one.status === other.status && one.first === other.first
    && one.last === other.last && same(one.sides, other.sides) && same(one.events, other.events) && same(one.denials, other.denials)
    && (one.latest === other.latest || (one.latest !== null && other.latest !== null && same(one.latest, other.latest)));
}

function same(one, other) {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}

/* What is told of a place. Of most that are in view nobody asks: they are in a ring. */
function placeOf(row) {
  const { data, glyphs } = state;
  const codes = Object.keys(data.glyphs);
  const sides = pairs(row.sides);
  const place = Object.assign({}, row, {
    kind: data.kinds[row.kind] || "none",
    status: data.statuses[row.status],
    events: pairs(row.events).map(([at, n]) => [codes[at], n]),
    denials: new Map(pairs(row.denials).map(([at, n]) => [codes[at], n])),
    sides,
    latest: row.latest && [codes[row.latest[0]], data.sides[row.latest[1]], ...row.latest.slice(2)],
  });
  place.mark = {
    glyph: glyphs[codes[row.event]],
    status: place.status,
    denied: row.denied === 0 ? "" : row.denied === row.claims ? "all" : "some",
    slices: slices(sides),
    tether: [0, 0],
    label: "",
  };
  return place;
}

/** Where marks and plates stand at this zoom. */
export function arrangeAll() {
  if (!state.data) return;
  drawAreas();
  // A plate that has no room of its own hides no mark.
  arrange(state.badges.filter((layer) => layer.cramped));
  for (const layer of state.badges) if (!layer.cramped) state.marks.addLayer(layer);
  followMarks();
}

/** Who is said to hold what on the last day in view, and since when nothing has been told of it. */
function drawControl(control, until) {
  const { data, words } = state;
  for (const { spans, ...place } of read(control)) {
    const span = spans.filter((candidate) => candidate[0] <= until).pop();
    if (!span || !span[2].length) continue;
    const [since, how, sides, told] = span;
    const last = Math.max(since, ...told.filter((day) => day <= until));
    const aged = until - last > data.fresh;
    const layer = new state.layers.Plate([place.lat, place.lon], {
      radius: 8, bubblingMouseEvents: false,
      mark: { how: data.statuses[how], aged, colours: sides.map((at) => data.colours[data.sides[at]]), tether: [0, 0] },
    });
    listen(layer, place.id, () => tip(place.name, place.other, [
      words.layers.control + ": " + sides.map((at) => words.sides[data.sides[at]]).join(words.versus),
      words.status[data.statuses[how]],
      fill(words.since, { day: sayDays(since, since) }),
      fill(aged ? words.last_told_aged : words.last_told, { day: sayDays(last, last) }),
    ]));
    layer.at = place.id;
    state.below.addLayer(layer);
  }
}

function drawCasualties(casualties, since, until) {
  const found = new Map();
  const places = read(casualties.places);
  for (const { place: at, first, last, low, high } of read(casualties.happenings)) {
    if (first > until || last < since) continue;
    const dead = found.get(at) || { low: 0, high: 0, open: false, happenings: 0 };
    dead.low += low;
    dead.high += high === null ? low : high;
    dead.open = dead.open || high === null;
    dead.happenings += 1;
    found.set(at, dead);
  }
  const apart = found.get(-1);
  found.delete(-1);
  state.note.textContent = apart ? fill(state.words.dead_apart, { n: number(apart) }) : "";
  const order = [...found].sort((a, b) => b[1].high - a[1].high);
  const size = (n) => Math.min(70, 2.2 * Math.sqrt(n));
  order.forEach(([at, dead], rank) => {
    const { id, lat, lon, name, other } = places[at];
    const label = number(dead);
    const layer = new state.layers.Dead([lat, lon], {
      radius: Math.max(3, size(dead.high)), bubblingMouseEvents: false,
      mark: { inner: Math.max(1.5, size(dead.low)), open: dead.open, label: rank < 12 ? label : "" },
    });
    listen(layer, id, () => tip(name, other, [state.words.dead + ": " + label,
      state.words.happenings + ": " + digits(dead.happenings)]));
    state.below.addLayer(layer);
  });
}

function number({ low, high, open }) {
  if (open) return fill(state.words.at_least, { n: digits(low) });
  return low === high ? digits(low) : fill(state.words.between, { low: digits(low), high: digits(high) });
}

/* ---- the window that is dragged or walks: the page counts the same rows that Python sends (assets/timeline) ---- */

/** `rows` gives for a window of days a row for each place with claims in it. */
export function prepare(rows) {
  state.count = rows;
}

/** Draw a window that Python does not know yet. Marks of which nothing is told since the day `old` are aged. */
export function walk(since, until, old = null) {
  if (!state.data || !state.count) return;
  state.walking = [since, until];
  state.old = old;
  drawDays(state.count(since, until), since, until);
}

export function halt() {
  state.walking = state.old = null;
}

/* The window stands where Python has it. Its answer may be one that was given before the window walked, which is not
   told anew. */
export function settle(since, until) {
  const { data, days, walking } = state;
  if (!data || walking || data.window.join() !== [since, until].join()) return;
  if (state.drawn === data && days.join() === data.window.join()) return;
  drawPlaces();
}

/** Draw what Python says. */
export function drawPlaces() {
  state.drawn = state.data;
  drawDays(read(state.data.places), ...state.data.window);
}

/* The layer of a place, the one it had before where there is one. What is told of the place is made when it is asked for. */
function layerOf(Kind, { id, lat, lon }) {
  let layer = state.pool.get(id);
  if (!layer) {
    layer = new Kind([lat, lon], { radius: 1, bubblingMouseEvents: false });
    const made = layer;
    Object.defineProperty(layer, "place", {
      get() {
        made.made ??= placeOf(made.row);
        Object.assign(made.made.mark, { selected: made.selected, aged: made.aged });
        return made.made;
      },
    });
    Object.defineProperty(layer.options, "mark", {
      get: () => made.plate ?? made.place.mark,
      set: (mark) => { made.plate = mark; },
    });
    hear(layer);
    state.pool.set(id, layer);
  }
  return layer;
}
