/* Which marks are one ring at which zoom: what dashboard/space/tree.py has grown, read by the page. Nothing here depends on
   the days or on where other marks stand. */

/**
 * For each place, by its row: the place into whose ring it goes, the zoom from which on outwards (-1: into none), and its
 * rank, 0 for the heaviest of all.
 * @typedef {{ into: number[], zoom: number[], rank: number[] }} Tree
 */

const STEP = 0.25; // of the map's zoom
const NEAREST = 18;
const APART = 14; // zoom from which places on one point stand around it
const AROUND = 11; // px: no mark stands farther than 12 from its place

/** The place at which the ring of a place stands: itself, where it stands alone.
 * @param {Tree} tree @param {number} row @param {number} zoom */
export function leadOf(tree, row, zoom) {
  while (tree.zoom[row] >= zoom) row = tree.into[row];
  return row;
}

/** The places that have claims in view, ring by ring, each ring's heaviest first.
 * @param {Tree} tree @param {number[]} rows @param {number} zoom @returns {number[][]} */
export function rings(tree, rows, zoom) {
  /** @type {Map<number, number[]>} */
  const found = new Map();
  for (const row of rows) {
    const lead = leadOf(tree, row, zoom);
    const ring = found.get(lead);
    if (ring) ring.push(row);
    else found.set(lead, [row]);
  }
  return [...found.values()].flatMap((ring) => (standAround(tree, ring, zoom) ? ring.map((row) => [row])
    : [ring.sort((a, b) => tree.rank[a] - tree.rank[b])]));
}

/* Whether places are on one point, at a zoom so near that they stand around it. */
function standAround(tree, ring, zoom) {
  return zoom >= APART && ring.length > 1 && ring.every((row) => pointOf(tree, row) === pointOf(tree, ring[0]));
}

const pointOf = (tree, row) => leadOf(tree, row, NEAREST + STEP);

/** For each place that shares its point with others, where it stands beside it in px. The heaviest stands at the point.
 * @param {Tree} tree @returns {Map<number, [number, number]>} */
export function besides(tree) {
  /** @type {Map<number, number[]>} */
  const points = new Map();
  tree.into.forEach((_, row) => {
    const point = pointOf(tree, row);
    if (point === row) return;
    points.set(point, [...(points.get(point) ?? []), row]);
  });
  /** @type {Map<number, [number, number]>} */
  const found = new Map();
  for (const others of points.values()) {
    others.sort((a, b) => tree.rank[a] - tree.rank[b]).forEach((row, n) => {
      const turn = (n / others.length) * 2 * Math.PI;
      found.set(row, [AROUND * Math.cos(turn), AROUND * Math.sin(turn)]);
    });
  }
  return found;
}

/** Whether marks of places on one point stand around it at this zoom.
 * @param {number} zoom */
export const spreads = (zoom) => zoom >= APART;

/** The widest zoom at which the places of a ring are no longer one mark, nearer than the given one; null if there is none.
 * @param {Tree} tree @param {number[]} rows @param {number} zoom */
export function opening(tree, rows, zoom) {
  for (let next = Math.floor(zoom / STEP) * STEP + STEP; next <= NEAREST; next += STEP) {
    if (rings(tree, [...rows], next).length > 1) return next;
  }
  return null;
}

/** Radius in px of a mark of so many claims, of one place or of several; as dashboard/space/tree.py reckons with.
 * @param {number} claims @param {boolean} group */
export const radius = (claims, group) =>
  (group ? Math.min(21, 9.5 + 1.05 * Math.sqrt(claims)) : Math.min(13, 6.6 + 1.25 * Math.sqrt(claims)));
