/* Places known only as an area: never a dot, and never a tint, which would read as control. Drawn are the outline with a
   hatched band inside, and a plate with the number of claims. Areas too small for an outline at this zoom share the plate of
   their governorate, as places share a ring. */
import { slices } from "./arrange.js";
import { labelPoint } from "./ground.js";
import { badgeSize } from "./marks.js";
import { state } from "./state.js";
import { digits } from "./tips.js";
import { leadOf } from "./tree.js";

const ROUND = 72; // corners of a circle
const EARTH = 111.2; // km to a degree of latitude
const SMALL = 30; // px: an area of a smaller radius has no outline

/** The outline of an area as rings of [lat, lon]: the governorate's own, else the circle that it surely lies in.
 * @param {{ id: string, lat: number, lon: number, radius: number }} place @returns {[number, number][][]} */
export function outlineOf({ id, lat, lon, radius }, governorates) {
  const shape = governorates?.features.find((feature) => feature.properties.id === id)?.geometry;
  if (shape) {
    const polygons = shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates;
    return polygons.flat().map((ring) => ring.map(([x, y]) => [y, x]));
  }
  const high = radius / EARTH, wide = high / Math.cos((lat * Math.PI) / 180);
  return [Array.from({ length: ROUND }, (_, n) => {
    const turn = (n / ROUND) * 2 * Math.PI;
    return [lat + high * Math.sin(turn), lon + wide * Math.cos(turn)];
  })];
}

/** Whether a point lies in rings of points, by the crossings of a ray (even-odd).
 * @param {[number, number]} point @param {[number, number][][]} rings */
export function within([a, b], rings) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [p, q] = [ring[i], ring[j]];
      if ((p[1] > b) !== (q[1] > b) && a < ((q[0] - p[0]) * (b - p[1])) / (q[1] - p[1]) + p[0]) inside = !inside;
    }
  }
  return inside;
}

/* How many px a kilometre is, in the middle of the country. */
const scale = () => (256 * 2 ** state.map.getZoom()) / (40075 * Math.cos((35 * Math.PI) / 180));

const isGovernorate = (place) => place.kind === "governorate";

/** The areas that share a plate at this zoom: each wide one has its own, the small ones go with their governorate.
 * @param {any[]} areas @param {(area: any) => boolean} small @param {(area: any) => unknown} part @returns {any[][]} */
export function plates(areas, small, part) {
  const found = new Map();
  for (const area of areas) {
    const key = small(area) || isGovernorate(area) ? part(area) : area;
    found.set(key, [...(found.get(key) ?? []), area]);
  }
  return [...found.values()].map((shared) => shared.sort((a, b) =>
    Number(isGovernorate(b)) - Number(isGovernorate(a)) || b.radius - a.radius || a.row - b.row));
}

/** The plates at this zoom, each where it hides no place of a ring: what is in view has no say in where. */
export function drawAreas() {
  const { data, map } = state;
  const zoom = map.getZoom();
  const areas = [...state.byId.values()].filter((layer) => layer.row.radius).map((layer) => layer.place);
  const tiny = (place) => !isGovernorate(place) && place.radius * scale() < SMALL;
  drawOutlines(areas.filter((place) => !tiny(place)));
  state.badges = plates(areas, tiny, (place) => data.tree.part[place.row]).map((shared) => {
    const [{ place }] = shared.map((area) => state.byId.get(area.id));
    const layer = state.pool.get(place.id);
    layer.members = shared.map((one) => state.byId.get(one.id));
    const claims = shared.reduce((sum, one) => sum + one.claims, 0);
    const sides = [];
    for (const one of shared) for (const [at, n] of one.sides) sides[at] = (sides[at] || 0) + n;
    const mark = {
      ...place.mark, label: digits(claims), selected: shared.some((one) => one.mark.selected), tether: [0, 0],
      slices: slices(sides.map((n, at) => [at, n]).filter(Boolean).sort((a, b) => b[1] - a[1])),
    };
    const { width, height } = badgeSize(mark);
    mark.box = [width / 2 + 1, height / 2 + 1];
    layer.options.mark = mark;
    layer.options.radius = layer._radius = width / 2 - 3;
    layer.setLatLng(seatOf(place, zoom));
    layer.cramped = state.seats.cramped.has(place.id);
    return layer;
  });
}

/* Those that stay are left as they are: to lay an outline out anew takes longer than all the rest of a step. */
function drawOutlines(areas) {
  const shapes = Boolean(state.shapes?.governorates);
  const wanted = new Map(areas.map((place) => [[place.id, place.mark.selected, shapes].join(), place]));
  state.outlines.eachLayer((layer) => { if (!wanted.delete(layer.key)) state.outlines.removeLayer(layer); });
  for (const [key, place] of [...wanted].sort((a, b) => b[1].radius - a[1].radius)) {
    const layer = new state.layers.Outline(outlineOf(place, state.shapes?.governorates), {
      mark: { chosen: place.mark.selected, circle: !isGovernorate(place) }, interactive: false,
    });
    layer.key = key;
    state.outlines.addLayer(layer);
  }
}

/* ---- where plates and the names of governorates stand: the same at every step of time ---- */

function seats(zoom) {
  const key = [zoom, Boolean(state.shapes?.governorates), state.data.tree.into.length].join();
  if (state.seats?.key !== key) {
    const { tree } = state.data;
    const leads = new Set(tree.into.map((_, row) => leadOf(tree, row, zoom)).filter((row) => tree.part[row] !== null && !tree.area[row]));
    state.seats = {
      key, at: new Map(), taken: [], cramped: new Set(),
      discs: [...leads].map((row) => state.map.project([tree.lat[row], tree.lon[row]], zoom)),
    };
  }
  return state.seats;
}

function seatOf(place, zoom) {
  const all = seats(zoom);
  if (!all.at.has(place.id)) {
    const shape = state.shapes?.governorates?.features.find((feature) => feature.properties.id === place.id);
    const middle = (shape && labelPoint(shape.geometry)) ?? [place.lat, place.lon];
    const found = seat(state.map.project(middle, zoom), all, outlineOf(place, state.shapes?.governorates), zoom, isGovernorate(place));
    if (!found) all.cramped.add(place.id);
    const point = found ?? state.map.project(middle, zoom);
    all.taken.push(point);
    all.at.set(place.id, state.map.unproject(point, zoom));
  }
  return all.at.get(place.id);
}

/** Where the name of a governorate stands, above its plate: [lat, lon].
 * @param {string} id @param {[number, number]} middle @returns {[number, number]} */
export function seatOfName(id, [lat, lon]) {
  if (!state.data) return [lat, lon];
  const { map } = state, zoom = map.getZoom();
  const plate = map.project(seatOf({ id, lat, lon, radius: 1, kind: "governorate" }, zoom), zoom);
  const { lat: north, lng } = map.unproject(plate.subtract([0, 18]), zoom);
  return [north, lng];
}

/* Where a plate and a name above it have room, or the plate at least; null where it has none. */
function seat(middle, all, rings, zoom, named) {
  return (named && roomFor(middle, all, rings, zoom, [46, 31, 9])) || roomFor(middle, all, rings, zoom, [32, 23, 0]);
}

/* Going round the middle in wider and wider circles, inside the area. */
function roomFor(middle, { discs, taken }, rings, zoom, [wide, high, up]) {
  for (let far = 0; far <= 120; far += 8) {
    for (let n = 0; n < (far ? 16 : 1); n++) {
      const turn = (n / 16) * 2 * Math.PI + Math.PI / 2;
      const point = middle.add([1.3 * far * Math.cos(turn), far * Math.sin(turn)]);
      if (discs.some((disc) => Math.abs(disc.x - point.x) < wide && Math.abs(disc.y - point.y + up) < high)) continue;
      if (taken.some((other) => Math.abs(other.x - point.x) < 62 && Math.abs(other.y - point.y) < 38)) continue;
      const { lat, lng } = state.map.unproject(point, zoom);
      if (within([lat, lng], rings)) return point;
    }
  }
  return null;
}
