/* The claims as columns of whole numbers: read from the bytes that dashboard/time/columns.py describes, and counted for any
   window of days. */
import { lower } from "./days.js";

/** @typedef {{ columns: string[], rows: any[][] }} Table */
/**
 * @typedef {object} Columns
 * @property {number} rows
 * @property {number} undated  the first so many rows have no date
 * @property {number} longest  the most days between the first and the last day of a row
 * @property {{ places: Table, voices: string[], events: string[], sides: string[], undated: number }} tables
 * @property {Uint32Array} place
 * @property {Uint8Array} side
 * @property {Uint8Array} event
 * @property {Uint8Array} status
 * @property {Uint8Array} denied
 * @property {Uint16Array} voice
 * @property {Int32Array} first
 * @property {Int32Array} last
 * @property {Uint32Array} count
 */
/** @typedef {{ place: number, side: number, event: number, denied: number, voice: number, first: number, count: number }} News */

const MAGIC = "conflict";
const HEAD = 12; // bytes before the header: the magic and the header's length

/** @param {ArrayBuffer} buffer @returns {Columns} */
export function parse(buffer) {
  if (new TextDecoder().decode(new Uint8Array(buffer, 0, MAGIC.length)) !== MAGIC) throw new Error("not a file of columns");
  const start = HEAD + new DataView(buffer).getUint32(MAGIC.length, true);
  const { columns, ...header } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, HEAD, start - HEAD)));
  /** @type {Record<string, any>} */
  const kinds = { Uint8Array, Uint16Array, Uint32Array, Int32Array };
  for (const [name, [kind, offset]] of Object.entries(columns)) {
    header[name] = new kinds[kind](buffer, start + offset, header.rows);
  }
  return header;
}

/** The bytes of a text in base 64, as where the page has no route to fetch them from. @param {string} text */
export const decoded = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;

/** The rows of a table, each as an object. @param {Table} table @returns {any[]} */
export const read = ({ columns, rows }) =>
  rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])));

/** A function that gives for a window of days what the server would say of each place with claims in it: one row a place
 * (FACTS and COLUMNS of dashboard/space/markers.py). What has no date is in every window.
 * @param {Columns} columns @returns {(since: number, until: number) => any[]} */
export function counter(columns) {
  const { place, side, event, status, denied, voice, first, last, count, undated, longest, tables } = columns;
  const places = read(tables.places);
  const [n, sides, events] = [places.length, tables.sides.length, tables.events.length];
  const all = new Uint32Array(n), denials = new Uint32Array(n), sure = new Uint8Array(n);
  const bySide = new Uint32Array(n * sides), byEvent = new Uint32Array(n * events);
  const noByEvent = new Uint32Array(n * events), latest = new Uint32Array(n);
  const low = new Int32Array(n), high = new Int32Array(n);
  const dated = first.subarray(undated);
  const add = (/** @type {number} */ i) => {
    const at = place[i];
    all[at] += count[i];
    if (denied[i]) {
      denials[at] += count[i];
      noByEvent[at * events + event[i]] += count[i];
    }
    if (status[i] > sure[at]) sure[at] = status[i];
    bySide[at * sides + side[i]] += count[i];
    byEvent[at * events + event[i]] += count[i];
  };
  return (since, until) => {
    for (const sums of [all, denials, sure, bySide, byEvent, noByEvent]) sums.fill(0);
    low.fill(tables.undated);
    for (let i = 0; i < undated; i++) add(i);
    // Nothing that begins earlier than its longest span before the window reaches into it.
    const end = undated + lower(dated, until + 1);
    for (let i = undated + lower(dated, since - longest); i < end; i++) {
      if (last[i] < since) continue;
      add(i);
      const at = place[i];
      if (low[at] === tables.undated) low[at] = high[at] = first[i];
      if (last[i] >= high[at]) {
        high[at] = last[i];
        latest[at] = i;
      }
    }
    const rows = [];
    for (let at = 0; at < n; at++) {
      if (!all[at]) continue;
      const known = low[at] !== tables.undated;
      let weightiest = 0;
      while (!byEvent[at * events + weightiest]) weightiest += 1;
      const i = latest[at];
      // Not by spreading: V8 takes thirty times as long for it.
      rows.push(Object.assign({}, places[at], {
        claims: all[at], denied: denials[at], event: weightiest, status: sure[at],
        sides: most(bySide, at * sides, sides), events: most(byEvent, at * events, events),
        denials: most(noByEvent, at * events, events), first: known ? low[at] : null, last: known ? high[at] : null,
        latest: known ? [event[i], side[i], denied[i], tables.voices[voice[i]]] : null,
      }));
    }
    return rows;
  };
}

/* [position, count, position, count …] of a row of counts, the highest count first. This runs thousands of times a frame. */
function most(/** @type {Uint32Array} */ counts, /** @type {number} */ from, /** @type {number} */ size) {
  const flat = [];
  for (let at = 0; at < size; at++) {
    const n = counts[from + at];
    if (!n) continue;
    let i = flat.length;
    flat.push(at, n);
    for (; i > 0 && flat[i - 1] < n; i -= 2) {
      flat[i] = flat[i - 2];
      flat[i + 1] = flat[i - 1];
    }
    flat[i] = at;
    flat[i + 1] = n;
  }
  return flat;
}

/** What begins from one day to another, the weightiest first: what is taken before what is fought over and what is fired
 * at (the order of the events), of one kind the later and the more often told.
 * @param {Columns} columns @param {number} since @param {number} until @returns {News[]} */
export function news({ place, side, event, denied, voice, first, count, undated }, since, until) {
  const dated = first.subarray(undated);
  const found = [];
  for (let i = undated + lower(dated, since); i < undated + lower(dated, until + 1); i++) {
    found.push({ place: place[i], side: side[i], event: event[i], denied: denied[i], voice: voice[i], first: first[i], count: count[i] });
  }
  return found.sort((a, b) => a.event - b.event || b.first - a.first || b.count - a.count || a.place - b.place);
}
