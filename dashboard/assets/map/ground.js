/* What lies below the marks: the shapes of the governorates, their names, water, and tiles. */
import { state } from "./state.js";

/* The water lies on the land, whichever comes first. */
export async function addGround() {
  const [land, water] = ["governorates", "base"].map(loadGround);
  const shapes = await land;
  if (shapes) addGovernorates(shapes);
  const base = await water;
  if (base) addBase(base);
}

/* The shapes of a file of ours, or null: the claims are drawn without them. */
function loadGround(name) {
  return fetch("../dashboard.space.basemap.geography/" + name + ".geojson")
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
}

function addGovernorates(shapes) {
  state.governorates = shapes;
  state.borders = L.geoJSON(shapes, /** @type {any} */ ({
    pane: "cm-ground",
    renderer: L.svg({ pane: "cm-ground" }),
    interactive: false,
    style: { className: "cm-land", weight: 1, opacity: 0.8, fillOpacity: 1 },
  })).addTo(state.ground);
  nameGovernorates();
  setBorders();
}

/* Without the layer of governorates the land stays, its inner lines and names go. */
export function setBorders() {
  if (!state.borders || !state.data) return;
  state.borders.setStyle({ weight: state.on.has("governorates") ? 1 : 0 });
  state.map.getPane("cm-names").classList.toggle("cm-nameless", !state.on.has("governorates"));
}

function addBase(shapes) {
  L.geoJSON(shapes, /** @type {any} */ ({
    pane: "cm-ground",
    renderer: L.svg({ pane: "cm-ground" }),
    interactive: false,
    filter: (feature) => feature.geometry.type !== "Point",
    style: (feature) => /Polygon/.test(feature.geometry.type)
      ? { className: "cm-water", weight: 1, fillOpacity: 1 }
      : { className: "cm-river", weight: 1.6, opacity: 0.9, fill: false },
  })).addTo(state.ground);
}

export function nameGovernorates() {
  if (!state.governorates || !state.words) return;
  if (state.names) state.names.remove();
  state.names = L.layerGroup();
  L.geoJSON(state.governorates, {
    pane: "cm-ground",
    interactive: false,
    onEachFeature(feature, /** @type {any} */ shape) {
      const name = feature.properties[state.words.name_field] || "";
      const icon = L.divIcon({ className: "cm-name", html: element("span", "", name), iconSize: /** @type {any} */ (null) });
      L.marker(labelPoint(feature.geometry) || shape.getBounds().getCenter(), {
        icon, pane: "cm-names", interactive: false, keyboard: false,
      }).addTo(state.names);
    },
  });
  state.names.addTo(state.map);
  spaceNames();
}

/* A name that would lie on another is left out until the user zooms in. */
export function spaceNames() {
  if (!state.names) return;
  const taken = [];
  state.names.eachLayer((marker) => {
    const box = marker.getElement().firstChild.getBoundingClientRect();
    const free = taken.every((other) => box.right < other.left || box.left > other.right
      || box.bottom < other.top || box.top > other.bottom);
    marker.getElement().style.visibility = free ? "" : "hidden";
    if (free) taken.push(box);
  });
}

/* The centre of gravity of a shape's largest ring: where a name stands best. */
function labelPoint(geometry) {
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
