/* Which marks stand on the map at this zoom: each at its place, near ones as one ring (tree.js). Who is in view with how many
   claims is settled before (days.js); where a mark stands depends on its own place and ring alone. */
import { state } from "./state.js";
import { digits, hear } from "./tips.js";
import { besides, radius, rings, spreads } from "./tree.js";

/** @param {any[]} lowest layers that lie below the marks */
export function arrange(lowest) {
  if (!state.data) return;
  const zoom = state.map.getZoom();
  const dots = new Map();
  for (const layer of state.byId.values()) if (!layer.row.radius) dots.set(layer.row.row, layer);
  state.besides ??= besides(state.data.tree);
  state.marks.clearLayers();
  state.groups = [];
  const shown = [];
  for (const ring of rings(state.data.tree, [...dots.keys()], zoom)) {
    const members = ring.map((row) => dots.get(row));
    if (members.length > 1) {
      const made = group(members);
      state.groups.push(made);
      shown.push(made.layer);
    } else shown.push(alone(members[0], spreads(zoom)));
  }
  // Large ones lie below small ones, the chosen on top: so each can be clicked.
  shown.sort((a, b) => a.options.mark.selected - b.options.mark.selected || b._radius - a._radius);
  for (const layer of [...lowest, ...shown]) state.marks.addLayer(layer);
  state.shown = shown;
  sizePlates();
}

/* A single mark at its place; of several on one point, beside it once the map is near enough. */
function alone(layer, spread) {
  const { place, options } = layer;
  options.radius = layer._radius = radius(place.claims, false);
  const [dx, dy] = (spread && state.besides.get(place.row)) || [0, 0];
  options.mark.tether = [-dx, -dy];
  const { map } = state;
  layer.setLatLng(dx || dy ? map.layerPointToLatLng(map.latLngToLayerPoint([place.lat, place.lon]).add([dx, dy]))
    : [place.lat, place.lon]);
  return layer;
}

/* A ring, at the heaviest of its places. */
function group(members) {
  const [{ row: heaviest }] = members;
  let claims = 0;
  const sides = [];
  for (const { row } of members) {
    claims += row.claims;
    for (let i = 0; i < row.sides.length; i += 2) sides[row.sides[i]] = (sides[row.sides[i]] || 0) + row.sides[i + 1];
  }
  const layer = state.pool.get(heaviest.row) ?? makeGroup();
  state.pool.set(heaviest.row, layer);
  layer.members = members;
  layer.place = Object.assign({}, heaviest, { claims });
  layer.options.mark = {
    label: digits(claims),
    slices: slices(sides.map((n, at) => [at, n]).filter(Boolean).sort((a, b) => b[1] - a[1])),
    selected: members.some((member) => member.selected),
    aged: members.every((member) => member.aged),
    tether: [0, 0],
  };
  layer.options.radius = layer._radius = radius(claims, true);
  layer.setLatLng([heaviest.lat, heaviest.lon]);
  return { layer, members };
}

function makeGroup() {
  const layer = new state.layers.Group([0, 0], { radius: 1, mark: {}, bubblingMouseEvents: false });
  hear(layer);
  return layer;
}

/* A plate shows around the mark that stands on it. */
function sizePlates() {
  const alone = new Map(state.shown.map((layer) => [layer.place.id, layer]));
  const least = Math.min(8, Math.max(4.5, state.map.getZoom() - 2.5));
  state.below.eachLayer((layer) => {
    if (!(layer instanceof state.layers.Plate)) return;
    const mark = alone.get(layer.at);
    layer.setRadius(mark && !mark.options.mark.tether.some(Boolean) ? mark._radius + 5.5 : least);
  });
}

/** Shares of sides, each with its colour. @param {number[][]} sides position and number, most first */
export function slices(sides) {
  const all = sides.reduce((sum, side) => sum + side[1], 0);
  return sides.map(([at, n]) => ({ colour: state.data.colours[state.data.sides[at]], share: n / all }));
}
