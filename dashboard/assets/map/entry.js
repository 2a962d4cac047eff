/* The marks on the map. `conflictmap.draw(map, data, heard)` is called by each update with all that is to be seen and
   the number of the last message that was heard; the map itself, its view and its frame stay as they are.

   Every string in `data` may come from an article: it reaches the page through textContent or fillText only. */
import { SYRIA, addCorner, setControls } from "./controls.js";
import { arrangeAll, drawPlaces, halt, prepare, read, settle, walk } from "./days.js";
import { addGround, setBorders, setTiles } from "./ground.js";
import { INK, makeLayers, pathOf } from "./marks.js";
import { addNames, nameSoon, namesNow } from "./names.js";
import { picture } from "./picture.js";
import { pulse } from "./pulse.js";
import { startDrawing } from "./rectangle.js";
import { state } from "./state.js";
import { digits, fill, makeTip } from "./tips.js";

function begin(map, at) {
  // Less beside what is in view than Leaflet's own: a frame pays for each pixel of it.
  map.options.renderer = L.canvas({ padding: 0.03 });
  Object.assign(state, {
    map,
    layers: makeLayers(),
    ground: L.layerGroup().addTo(map),
    outlines: L.layerGroup().addTo(map),
    below: L.layerGroup().addTo(map),
    marks: L.layerGroup().addTo(map),
    pool: new Map(), // the layers made so far: of a place by its id, of a ring by the row of the place it stands at
    besides: null,
    badges: [],
    seats: null,
    pulses: null,
    shown: [],
    tiles: null,
    tooltip: makeTip(),
    told: null, // the ring that a finger has asked
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
  goHome();
  if (at) map.setView([at[0], at[1]], at[2], { animate: false });
  state.scale = makeScale().addTo(map);
  addCorner(map);
  if (map.attributionControl) map.attributionControl.setPrefix(false);
  map.on("zoomend", arrangeAll);
  map.on("moveend", nameSoon);
  map.on("moveend", rememberSoon);
  new ResizeObserver(() => {
    // A view that nobody has changed yet goes on showing the country; any other stays.
    const untouched = atHome();
    map.invalidateSize({ animate: false });
    if (untouched) goHome();
  }).observe(map.getContainer());
  borrowFonts();
  addNames();
  addGround().then(arrangeAll); // areas now have their outlines
}

function goHome() {
  state.map.fitBounds(SYRIA, { animate: false });
  state.home = { zoom: state.map.getZoom(), centre: state.map.getCenter() };
}

/* Whether the map stands where it opened: but for a few pixels, which a change of its size may cost. */
function atHome() {
  const { map, home } = state, zoom = map.getZoom();
  return home.zoom === zoom && map.project(home.centre, zoom).distanceTo(map.project(map.getCenter(), zoom)) < 4;
}

const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

/* Shows a place: a point from no farther than that a town's name is read, an area as a whole. */
function fly([lat, lon, km]) {
  if (!state.map) return;
  if (!state.map.getSize().x) return void state.map.setView([lat, lon], 10, { animate: false }); // has no room yet
  const options = { animate: !calm(), duration: 0.7 };
  if (km > 8) state.map.flyToBounds(L.latLng(lat, lon).toBounds(km * 2000), options);
  else state.map.flyTo([lat, lon], Math.max(state.map.getZoom(), 10), options);
}

/* What is chosen in a list or a card is brought into sight where it is not. */
function showChosen(data) {
  const chosen = data.selected.join(), before = state.chosen;
  state.chosen = chosen;
  // What the page was opened with, and what has no room yet, stays as it stands.
  if (before === undefined || before === chosen || !state.map.getSize().x) return;
  const rows = read(data.places).filter((row) => data.selected.includes(row.id));
  const bounds = state.map.getBounds();
  if (rows.length && !rows.some((row) => bounds.contains([row.lat, row.lon]))) fly([rows[0].lat, rows[0].lon, rows[0].radius]);
}

/* Where the map stands is in the page's address, which Python reads with its next run; no run is made for it. A view that
   nobody has changed is not told. */
let remembering = 0;
function rememberSoon() {
  clearTimeout(remembering);
  remembering = setTimeout(() => {
    const page = window.parent, address = new URL(page.location.href);
    const { lat, lng } = state.map.getCenter();
    if (atHome()) address.searchParams.delete("at");
    else address.searchParams.set("at", [lat.toFixed(4), lng.toFixed(4), state.map.getZoom()].map(Number).join());
    // A comma may stand in an address as it is.
    const search = address.search.replaceAll("%2C", ",");
    if (search !== page.location.search) page.history.replaceState(page.history.state, "", address.pathname + search);
  }, 250);
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
  Object.assign(state, dark
    ? { ink: "#EAF0F4", muted: "#94A2AF", panel: "#141B22", land: "#20272E", edge: "#8C979F", hatch: "#8C979F57", dead: "#B794F6", second: "#C2CCD5", line: "#27323C", dot: "#AEB8C1" }
    : { ink: INK, muted: "#62707C", panel: "#FFFFFF", land: "#FBFAF6", edge: "#6B6455", hatch: "#6B645557", dead: "#5B21B6", second: "#3D4A56", line: "#E3E7EA", dot: "transparent" });
}

/* How far a distance is, in the words and digits of the page: Leaflet says "30 km" in every language. */
function makeScale() {
  const plain = /** @type {any} */ (L.Control.Scale.prototype)._updateScale;
  const Scale = /** @type {any} */ (L.Control.Scale.extend(/** @type {any} */ ({
    _updateScale(line, text, ratio) {
      const [number, unit] = text.split(" ");
      plain.call(this, line, state.words ? fill(state.words.scale[unit], { [unit]: digits(number) }) : text, ratio);
    },
  })));
  return new Scale({ imperial: false, position: "bottomright" });
}

/* The page's own letters, which Streamlit serves for the page alone. */
function borrowFonts() {
  for (const sheet of window.parent.document.styleSheets) {
    for (const rule of rulesOf(sheet)) {
      if (!/CSSFontFaceRule/.test(rule.constructor.name) || !/Source Sans/.test(rule.style.getPropertyValue("font-family"))) continue;
      const file = /url\("?([^")]+)"?\)/.exec(rule.style.getPropertyValue("src"))?.[1];
      if (!file) continue;
      const address = new URL(file, sheet.href ?? window.parent.document.baseURI);
      const weight = rule.style.getPropertyValue("font-weight") || "200 900";
      const style = rule.style.getPropertyValue("font-style") || "normal";
      const face = new FontFace("Source Sans", `url("${address.href}")`, { weight, style });
      document.fonts.add(face);
      if (style === "normal") face.load().then(() => { if (state.data) arrangeAll(); }, () => {});
    }
  }
}

function rulesOf(sheet) {
  try {
    return [...sheet.cssRules];
  } catch {
    return []; // of another server
  }
}

function draw(map, data, heard) {
  if (state.map !== map) begin(map, data.at);
  state.box = outbox("map", heard, (said) => window.Streamlit.setComponentValue(said));
  if (state.box.unheard.length && state.data) return; // what the user has chosen since would be taken back
  setTheme();
  letGoOfThemes();
  const glyphs = {};
  for (const [code, path] of Object.entries(data.glyphs)) glyphs[code] = pathOf(path);
  Object.assign(state, { words: data.words, data, glyphs, besides: null });
  state.on = new Set(data.layers.filter((layer) => layer[1]).map((layer) => layer[0]));
  setBorders();
  setTiles(state.on.has("tiles"));
  setControls(data, glyphs);
  state.scale._update();
  // A window that walks is ahead of the one that Python knows.
  if (!state.walking) drawPlaces();
  showChosen(data);
}

window.conflictmap = {
  draw,
  prepare,
  walk,
  halt,
  settle,
  pulse,
  fly,
  picture,
  /** What is drawn, for tests: the Leaflet layer of each place, by its id. */
  layers: () => state.byId,
  groups: () => state.groups,
  outlines: () => state.outlines.getLayers(),
  /** The same without the plates of areas. */
  shown: () => state.shown,
  /** Every mark of one place or of several, as it stands on the map. */
  dots: () => state.marks.getLayers(),
  /** The names that found room: their sort, text and boxes in px of the frame. */
  names: namesNow,
  /** Let the reader draw a rectangle; the filters ask for it too. */
  drawRectangle: startDrawing,
  /** What the map shows now: south, west, north and east in degrees. */
  bounds() {
    const box = state.map.getBounds();
    return [box.getSouth(), box.getWest(), box.getNorth(), box.getEast()];
  },
  rows: () => state.rows,
  window: () => state.days,
  below: () => state.below.getLayers(),
};
