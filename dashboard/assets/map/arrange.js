/* Where marks stand and how large they are: marks shrink where they crowd, make room or become one. */
import { followMarks } from "./names.js";
import { state } from "./state.js";
import { digits, fill, show, tip } from "./tips.js";

const CROWD = 250; // marks in view; more than this are grouped where they overlap, fewer are spread
const APART = 14; // zoom from which nothing is grouped any more
const REACH = 26; // px that a mark may stand beside its place

/* Marks shrink where they crowd, the view or a city, and grow again as the user zooms in. Where there are too many
   to be pushed apart, those that overlap become one; what is out of sight is not drawn. */
export function arrange() {
  const view = state.map.getBounds().pad(0.15);
  const dots = [], hidden = [];
  for (const layer of state.byId.values()) {
    if (layer.place.radius) continue;
    (view.contains([layer.place.lat, layer.place.lon]) || layer.place.mark.selected ? dots : hidden).push(layer);
  }
  const few = dots.length <= CROWD || state.map.getZoom() >= APART;
  const space = state.map.getSize();
  const scale = few
    ? Math.min(1, Math.max(0.45, Math.sqrt((space.x * space.y) / (1000 * Math.max(dots.length, 1)))))
    : 0.8;
  const home = dots.map((layer) => state.map.latLngToLayerPoint([layer.place.lat, layer.place.lon]));
  dots.forEach((layer, i) => {
    const near = dots.length <= CROWD ? home.filter((point) => point.distanceTo(home[i]) < 1.5 * REACH).length : 1;
    const radius = Math.min(7.5 + 2.1 * Math.log2(layer.place.claims), 19) * scale;
    layer.options.radius = layer._radius = radius * Math.max(0.64, Math.min(1, Math.sqrt(7 / near)));
  });
  state.marks.clearLayers();
  state.groups = few ? [] : group(dots, home);
  const inside = new Set(state.groups.flatMap((made) => made.members));
  const alone = dots.filter((layer) => !inside.has(layer));
  const at = alone.length === dots.length ? home : alone.map((layer) => home[dots.indexOf(layer)]);
  place(alone, at, dots.length <= CROWD ? spread(at, alone.map((layer) => layer._radius + 3)) : at);
  sizePlates(alone);
  for (const layer of [...state.groups.map((made) => made.layer), ...alone]) state.marks.addLayer(layer);
  followMarks();
}

/* Marks that lie on one another become one: the fullest takes its neighbours in. */
function group(dots, home) {
  const cells = new Map();
  const cell = (point) => [Math.floor(point.x / 40), Math.floor(point.y / 40)];
  dots.forEach((_, i) => {
    const key = cell(home[i]).join();
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(i);
  });
  const taken = new Set(), groups = [];
  const order = dots.map((_, i) => i).sort((a, b) => dots[b].place.claims - dots[a].place.claims);
  for (const i of order) {
    if (taken.has(i) || dots[i].place.mark.selected) continue;
    taken.add(i);
    const members = [i];
    const [x, y] = cell(home[i]);
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const j of cells.get([x + dx, y + dy].join()) || []) {
          if (taken.has(j) || dots[j].place.mark.selected) continue;
          if (home[i].distanceTo(home[j]) > 0.9 * (dots[i]._radius + dots[j]._radius + 4)) continue;
          taken.add(j);
          members.push(j);
        }
      }
    }
    if (members.length > 1) groups.push(makeGroup(members.map((n) => dots[n])));
  }
  return groups;
}

function makeGroup(members) {
  const claims = members.reduce((sum, layer) => sum + layer.place.claims, 0);
  const sides = [];
  for (const layer of members) for (const [at, n] of layer.place.sides) sides[at] = (sides[at] || 0) + n;
  const mean = (axis) => members.reduce((sum, layer) => sum + layer.place[axis] * layer.place.claims, 0) / claims;
  const layer = new state.layers.Group([mean("lat"), mean("lon")], {
    radius: Math.min(8 + 1.5 * Math.log2(claims), 20), bubblingMouseEvents: false,
    mark: { label: digits(members.length), slices: slices(sides.map((n, at) => [at, n]).filter(Boolean).sort((a, b) => b[1] - a[1])) },
  });
  const fullest = [...members].sort((a, b) => b.place.claims - a.place.claims);
  layer.on("mouseover", () => show(layer.getLatLng(), tip(fill(state.words.group, { n: digits(members.length) }), "",
    [state.words.claims + ": " + digits(claims), ...fullest.slice(0, 6).map(({ place }) => place.name + ": " + digits(place.claims)),
      ...(members.length > 6 ? ["…"] : [])])));
  layer.on("mouseout", () => state.tooltip.remove());
  layer.on("click", () => {
    const bounds = L.latLngBounds(members.map(({ place }) => [place.lat, place.lon]));
    state.map.fitBounds(bounds.pad(0.3), { maxZoom: Math.max(APART, state.map.getZoom() + 2) });
  });
  return { layer, members };
}

/* The quarters of a city lie on one another until the map is near enough. Push them apart, though no farther
   than REACH from where they are. */
export function spread(home, room) {
  const at = home.map((point) => point.clone());
  for (let round = 0, moved = true; moved && round < 40; round++) {
    moved = false;
    for (let i = 0; i < at.length; i++) {
      for (let j = i + 1; j < at.length; j++) {
        let dx = at[j].x - at[i].x, dy = at[j].y - at[i].y;
        const wanted = room[i] + room[j];
        if (Math.abs(dx) >= wanted || Math.abs(dy) >= wanted) continue;
        let apart = Math.hypot(dx, dy);
        if (apart >= wanted - 0.5) continue;
        if (apart < 0.01) [dx, dy, apart] = [Math.cos(2.4 * j), Math.sin(2.4 * j), 1];
        const push = (wanted - apart) / 2 / apart;
        at[i].x -= dx * push;
        at[i].y -= dy * push;
        at[j].x += dx * push;
        at[j].y += dy * push;
        moved = true;
      }
    }
    at.forEach((point, i) => {
      const far = point.distanceTo(home[i]);
      if (far > REACH) at[i] = home[i].add(point.subtract(home[i]).multiplyBy(REACH / far));
    });
  }
  return at;
}

function place(dots, home, at) {
  dots.forEach((layer, i) => {
    const back = home[i].subtract(at[i]);
    const far = Math.hypot(back.x, back.y) > 2;
    layer.options.mark.tether = far ? [back.x, back.y] : [0, 0];
    layer.setLatLng(far ? state.map.layerPointToLatLng(at[i]) : [layer.place.lat, layer.place.lon]);
  });
}

/* A plate shows around the mark that stands on it. */
function sizePlates(alone) {
  const shown = new Map(alone.map((layer) => [layer.place.id, layer]));
  state.below.eachLayer((layer) => {
    if (!(layer instanceof state.layers.Plate)) return;
    const mark = shown.get(layer.at);
    const covered = mark && !mark.options.mark.tether.some(Boolean);
    layer.setRadius(covered ? mark._radius + 4.5 : 7);
  });
}

export function slices(sides) {
  const all = sides.reduce((sum, side) => sum + side[1], 0);
  return sides.map(([at, n]) => ({ colour: state.data.colours[state.data.sides[at]], share: n / all }));
}
