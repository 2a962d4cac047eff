/* What the signs of the map mean: said below the map, and below a picture of it. */
import { PAPER, drawDead, drawDot, drawGlyph, drawGroup, drawMark, drawOutline, drawPlate } from "./marks.js";
import { state } from "./state.js";

const GREY = "#9AA3AD";
const PLAIN = [{ colour: GREY, share: 1 }];

/** One sign and what it means: how it is drawn in a square of so many px, and which marks it speaks of (all of a kind that
 * have these traits; of several values one).
 * @typedef {{ kind: string, mark: any, size: number, text: string, of: string, traits: Record<string, unknown> }} Entry */

/** @returns {Entry} */
const entry = (kind, mark, text, { of = kind, traits = mark, size = 24 } = {}) => ({ kind, mark, text, of, traits, size });

/** Who acts, what is no single place, and by its title each kind of sign.
 * @returns {{ sides: Entry[], shapes: Entry[], columns: { title: string, entries: Entry[] }[] }} */
export function legend({ words, statuses, sides, present, colours }, glyphs) {
  const status = (code) => entry("mark", { status: code, glyph: glyphs.clash }, words.status[code], { traits: { status: code } });
  const columns = [
    { title: words.event, entries: Object.keys(glyphs).map((code) => entry("glyph", { glyph: glyphs[code] }, words.events[code], { of: "mark" })) },
    { title: words.certainty, entries: [
      status("corroborated"), status("claimed"), status("contested"),
      entry("mark", { denied: "all" }, words.denied_all),
      entry("mark", { denied: "some" }, words.denied_some, { size: 28 }),
      entry("group", { label: "9" }, words.grouped, { traits: {}, size: 28 }),
      entry("area", {}, words.area),
    ] },
  ];
  /** @type {Record<string, () => Entry[]>} what the signs of a layer mean that draws others than marks */
  const signs = {
    control: () => [
      ...statuses.map((how) => entry("plate", { how, aged: false }, words.status[how], how === "contested" ? { traits: { how } } : {})),
      entry("plate", { how: "corroborated", aged: true }, words.aged, { traits: { how: ["corroborated", "contested"], aged: true } }),
      entry("plate", { how: "claimed", aged: true }, words.aged_claimed),
    ],
    casualties: () => [entry("dead", { open: false }, words.dead_range), entry("dead", { open: true }, words.dead_open)],
  };
  for (const [code, entries] of Object.entries(signs))
    if (state.on.has(code)) columns.push({ title: words.layers[code], entries: entries() });
  return {
    sides: present.map((at) => sides[at]).map((side) => entry("side", { colour: colours[side] }, words.short[side] ?? words.sides[side], { size: 15 })),
    shapes: [entry("group", {}, words.several), entry("area", {}, words.area_only, { size: 20 })],
    columns,
  };
}

/** Of some entries those that speak of something drawn. @param {Entry[]} entries @param {{ kind: string, mark: any }[]} drawn */
export const occurring = (entries, drawn) => entries.filter(({ of, traits }) =>
  drawn.some(({ kind, mark }) => kind === of && Object.entries(traits).every(([name, value]) => [value].flat().includes(mark[name]))));

/** The sign of an entry, in its square. @param {CanvasRenderingContext2D} ctx @param {Entry} entry */
export function drawSample(ctx, { kind, mark, size }) {
  const half = size / 2;
  const draw = {
    side: () => drawDot(ctx, half, half, mark.colour),
    mark: () => drawMark(ctx, half, half, 8, { slices: PLAIN, status: "claimed", denied: "", ...mark }),
    group: () => drawGroup(ctx, half, half, 7.5, { slices: PLAIN, label: "", ...mark }),
    plate: () => drawPlate(ctx, half, half, 7, { colours: [GREY, PAPER], ...mark }),
    dead: () => drawDead(ctx, half, half, 9, { inner: 5, ...mark }),
    glyph: () => drawGlyph(ctx, half, half, mark.glyph, 17, state.ink),
    area: () => drawOutline(ctx, (pen) => pen.rect(3.5, 3.5, size - 7, size - 7)),
  };
  draw[kind]();
}
