/* What lies below the marks: sea, neighbours, the governorates, water and roads; and tiles, where somebody wants them.
   All of it is SVG that the browser moves with the map: a move costs nothing until it shows what lies beyond. */
import { state } from "./state.js";

/* Which zoom a line is drawn from, by its kind and rank. */
const FROM = { river: [0, 0, 6.5, 8], road: [0, 0, 8], lake: [0, 0, 0, 7] };

/* Rivers, roads and borders grow with the zoom: px at zooms 7, 9 and 12. */
const WIDTH = {
  river1: [2.0, 3.0, 4.6], river2: [1.2, 1.8, 2.8], river3: [0.9, 1.3, 2.0],
  road1: [1.5, 2.4, 4.0], road2: [0.8, 1.5, 2.6],
};

/* Where the shapes lie: beside this script. */
const home = /** @type {HTMLScriptElement | null} */ (globalThis.document?.currentScript)?.src ?? "";

/* Draws the ground and gives its shapes, once all is there: the water lies on the land, whichever comes first. */
export async function addGround() {
  const [land, ground] = await Promise.all(["governorates", "ground"].map(loadShapes));
  state.shapes = { governorates: land, ground };
  state.renderer = makeRenderer();
  if (ground) for (const kind of ["sea", "coast", "border"]) addShapes(ground, kind);
  if (land) addGovernorates(land);
  if (ground) for (const kind of ["lake", "river", "road", "armistice"]) addShapes(ground, kind);
  state.map.on("zoomend", setWidths);
  setWidths();
}

/* Draws half a view beyond each edge, and anew only where a move has come to the end of that: Leaflet's own cuts out and
   writes every line after every move. */
function makeRenderer() {
  const whole = /** @type {any} */ (L.SVG.prototype)._update;
  const Still = /** @type {any} */ (L.SVG.extend(/** @type {any} */ ({
    _update() {
      const { map } = state;
      const corner = map.containerPointToLayerPoint([0, 0]);
      const drawn = this.origin === map.getPixelOrigin() && this._bounds?.contains(L.bounds(corner, corner.add(map.getSize())));
      this.origin = map.getPixelOrigin();
      if (!drawn) whole.call(this);
    },
  })));
  return new Still({ pane: "cm-ground", padding: 0.5 });
}

/* The shapes of a file of ours, or null: the claims are drawn without them. */
function loadShapes(name) {
  return fetch(new URL(name + ".geojson", home).href)
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
}

function addGovernorates(shapes) {
  const { renderer } = state;
  const layer = (className) => L.geoJSON(shapes, /** @type {any} */ ({
    pane: "cm-ground", renderer, interactive: false, style: { className },
  })).addTo(state.ground);
  layer("cm-country"); // the border of Syria: what the governorates' own shapes leave of a broader line
  state.borders = layer("cm-land");
  setBorders();
}

/* Without the layer of governorates the land stays, its inner lines go; their names go in names.js. */
export function setBorders() {
  if (!state.borders || !state.data) return;
  state.map.getPane("cm-ground").classList.toggle("cm-undivided", !state.on.has("governorates"));
}

function addShapes(shapes, kind) {
  const features = shapes.features.filter((feature) => feature.properties.kind === kind);
  const { renderer } = state;
  const add = (part, className) => L.geoJSON(/** @type {any} */ (part), /** @type {any} */ ({
    pane: "cm-ground", renderer, interactive: false,
    style: (feature) => ({ className: className + " cm-" + kind + (feature.properties.rank || 1), fill: /Polygon/.test(feature.geometry.type) }),
  })).addTo(state.ground);
  if (kind === "coast") for (const shore of ["cm-shore-far", "cm-shore-mid", "cm-shore-near"]) add(features, shore);
  if (kind === "road") add(features, "cm-casing");
  add(features, "cm-" + kind);
}

/* Lines as broad as the zoom wants them, and only those that are broad enough to be seen at it. */
function setWidths() {
  const zoom = state.map.getZoom();
  const root = document.documentElement.style;
  for (const [name, widths] of Object.entries(WIDTH)) root.setProperty("--" + name, between(widths, zoom).toFixed(2) + "px");
  const pane = state.map.getPane("cm-ground");
  for (const [kind, from] of Object.entries(FROM)) {
    from.forEach((least, rank) => { if (rank) pane.classList.toggle("cm-no-" + kind + rank, zoom < least); });
  }
  pane.classList.toggle("cm-close", zoom >= 11);
}

/** @param {number[]} widths at zooms 7, 9 and 12 */
export function between([at7, at9, at12], zoom) {
  if (zoom <= 7) return at7 * Math.max(0.6, 1 - (7 - zoom) * 0.2);
  if (zoom <= 9) return at7 + ((at9 - at7) * (zoom - 7)) / 2;
  return at9 + ((at12 - at9) * Math.min(zoom - 9, 4)) / 3;
}

/* The centre of gravity of a shape's largest ring: where a name stands best. */
export function labelPoint(geometry) {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  /** @type {{ size: number, at: [number, number] } | null} */
  let best = null;
  for (const polygon of polygons) {
    let area = 0, x = 0, y = 0;
    const ring = polygon[0];
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const cross = ring[j][0] * ring[i][1] - ring[i][0] * ring[j][1];
      area += cross;
      x += (ring[j][0] + ring[i][0]) * cross;
      y += (ring[j][1] + ring[i][1]) * cross;
    }
    if (area && (!best || Math.abs(area) > best.size)) {
      best = { size: Math.abs(area), at: [y / (3 * area), x / (3 * area)] };
    }
  }
  return best && best.at;
}

export function setTiles(wanted) {
  if (wanted && !state.tiles) {
    state.tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
      maxZoom: 18, opacity: 0.55, attribution: "© OpenStreetMap contributors", pane: "cm-names",
    }).addTo(state.map);
  } else if (!wanted && state.tiles) {
    state.tiles.remove();
    state.tiles = null;
  }
}
