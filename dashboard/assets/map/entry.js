/* The marks on the map. `conflictmap.draw(map, data, heard)` is called by each update with all that is to be seen and
   the number of the last message that was heard; the map itself, its view and its frame stay as they are.

   Every string in `data` may come from an article: it reaches the page through textContent or fillText only. */
import { arrange } from "./arrange.js";
import { SYRIA, addCorner, setLegend, setMenu } from "./controls.js";
import { drawPlaces, halt, prepare, settle, walk } from "./days.js";
import { addGround, setBorders, setTiles } from "./ground.js";
import { INK, makeLayers } from "./marks.js";
import { addNames, drawNames } from "./names.js";
import { pulse } from "./pulse.js";
import { state } from "./state.js";

function begin(map) {
  Object.assign(state, {
    map,
    layers: makeLayers(),
    ground: L.layerGroup().addTo(map),
    below: L.layerGroup().addTo(map),
    marks: L.layerGroup().addTo(map),
    tiles: null,
    tooltip: L.tooltip({ className: "cm-tip", direction: "top", offset: [0, -10] }),
    legend: null,
    words: null,
    byId: new Map(),
    groups: [],
    walking: null,
    old: null,
    drawn: null,
    data: null,
    days: null,
  });
  map.createPane("cm-ground").style.zIndex = 250;
  map.createPane("cm-names").style.zIndex = 260;
  map.getPane("cm-names").style.pointerEvents = "none";
  map.fitBounds(SYRIA, { animate: false });
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  addCorner(map);
  if (map.attributionControl) map.attributionControl.setPrefix("Leaflet");
  map.on("moveend", arrange);
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
  addNames();
  addGround().then(drawNames);
}

/* Streamlit's library writes its theme into the frame anew with every update, and leaves the one before. */
function letGoOfThemes() {
  const themes = [...document.head.querySelectorAll("style")].filter((style) => style.textContent.includes("--primary-color"));
  for (const old of themes.slice(0, -1)) old.remove();
}

/* Dark where the page around the frame is; Streamlit loads it anew where the reader chooses another theme. */
function setTheme() {
  const app = window.parent.document.querySelector(".stApp");
  const dark = app !== null && getComputedStyle(app).colorScheme === "dark";
  document.documentElement.classList.toggle("cm-dark", dark);
  state.ink = dark ? "#e6ebf0" : INK;
  state.dead = dark ? "#b794f6" : "#5b21b6";
}

function draw(map, data, heard) {
  if (state.map !== map) begin(map);
  state.box = outbox("map", heard, (said) => window.Streamlit.setComponentValue(said));
  if (state.box.unheard.length && state.data) return; // what the user has chosen since would be taken back
  setTheme();
  letGoOfThemes();
  const glyphs = {};
  for (const [code, path] of Object.entries(data.glyphs)) glyphs[code] = new Path2D(path);
  Object.assign(state, { words: data.words, data, glyphs });
  state.on = new Set(data.layers.filter((layer) => layer[1]).map((layer) => layer[0]));
  setBorders();
  setTiles(state.on.has("tiles"));
  setLegend(data, glyphs);
  setMenu(data);
  // A window that walks is ahead of the one that Python knows.
  if (!state.walking) drawPlaces();
}

const waiting = window.conflictmap.waiting;
window.conflictmap = {
  draw,
  prepare,
  walk,
  halt,
  settle,
  pulse,
  /** What is drawn, for tests: the Leaflet layer of each place, by its id. */
  layers: () => state.byId,
  groups: () => state.groups,
  /** Every mark of one place or of several, as it stands on the map. */
  dots: () => state.marks.getLayers(),
  /** The names that found room: their sort, text and boxes in px of the frame. */
  names: () => state.placed,
  rows: () => state.rows,
  window: () => state.days,
  below: () => state.below.getLayers(),
};
for (const [name, told] of waiting) window.conflictmap[name](...told);
