/* The names on the map: countries, water, relief, governorates, towns, quarters, hills and roads' shields, and those of
   the largest marks. They are placed anew when the map has come to rest or its marks have changed, on a canvas that the
   browser moves with the map. All text reaches the page by fillText. */
import { seatOfName } from "./areas.js";
import { labelPoint } from "./ground.js";
import { Taken, along, beside, upon } from "./labels.js";
import { state } from "./state.js";

const QUARTERS = 10.5; // zoom from which quarters, hills and bases have their names

/* Of the names of towns: up to which zoom, how many at most, from what weight on. */
const TOWNS = [[7.6, 28, 20_000], [9, 70, 6_000], [10.5, 160, 2_000], [99, 400, 0]];

/* Neighbours and seas are in no list of ours. Zooms between which a name is printed, and where else it may stand where its own
   place is out of sight. */
const WIDE = [
  ["country", 37.6, 36.4, "تركيا", "Turkey", 0, 9, [[37.08, 37.45], [37.25, 39.4]]], ["country", 34.2, 42.6, "العراق", "Iraq", 0, 9.5], ["country", 31.6, 37.2, "الأردن", "Jordan", 0, 9.5, [[32.3, 37.75], [32.25, 36.3]]],
  ["country", 33.95, 35.83, "لبنان", "Lebanon", 6.5, 9.5], ["country", 32.4, 35.02, "إسرائيل", "Israel", 6.8, 9.5], ["country", 32.05, 35.25, "فلسطين", "Palestine", 6.8, 9.5],
  ["country", 30.6, 40.5, "السعودية", "Saudi Arabia", 0, 8], ["country", 35.05, 33.2, "قبرص", "Cyprus", 0, 9], ["country", 29.2, 31.2, "مصر", "Egypt", 0, 8], ["country", 33.5, 49.5, "إيران", "Iran", 0, 8],
  ["sea", 34.7, 34.9, "البحر المتوسط", "Mediterranean Sea", 0, 10, [[34.2, 34.95], [35.2, 35.2], [36.3, 35.55], [33.3, 34.6]]], ["occupied", 32.98, 35.73, "الجولان المحتل", "Golan, occupied by Israel", 8, 12],
  ["truce", 33.02, 35.82, "خط وقف إطلاق النار 1974", "ceasefire line of 1974", 9.5, 13],
];

/* How each sort of name is written: px, weight, slant, room between letters (Arabic letters are never parted), the
   variable of its colour. Arabic is a pixel larger. */
const STYLE = {
  country: [15, 600, "", 5, "--name-country"], governorate: [11, 600, "", 1.3, "--name-governorate"], sea: [14, 400, "italic", 2, "--name-water"],
  region: [11, 400, "italic", 2.2, "--name-relief"], river: [11.5, 400, "italic", 0.4, "--name-water"], lake: [10.5, 400, "italic", 0, "--name-water"],
  occupied: [10.5, 500, "italic", 0, "--name-country"], truce: [9.5, 400, "italic", 0, "--name-country"],
  great: [12.5, 550, "", 0, "--name-town"], large: [11.5, 550, "", 0, "--name-town"], town: [10.5, 430, "", 0, "--name-small"],
  quarter: [10.5, 500, "", 0, "--name-small"], hill: [10.5, 400, "italic", 0, "--name-relief"], base: [10, 400, "", 0, "--name-small"],
  airport: [10.5, 430, "", 0, "--name-small"], landmark: [10, 400, "", 0, "--name-small"], mark: [12.5, 650, "", 0, "--name-mark"], shield: [9, 650, "", 0, "--name-town"],
};

let widths = new Map();

/* The canvas, and the list of places; called once for a map. */
export function addNames() {
  const pane = state.map.getPane("cm-names");
  state.canvas = L.DomUtil.create("canvas", "leaflet-zoom-hide", pane);
  state.canvas.setAttribute("aria-hidden", "true");
  fetch("../../names").then((answer) => (answer.ok ? answer.json() : null)).catch(() => null).then((table) => {
    state.places = table ? asObjects(table) : [];
    nameSoon();
  });
}

const asObjects = ({ columns, rows }) => rows.map((row) => Object.fromEntries(columns.map((column, n) => [column, row[n]])));

let frame = 0, later = 0;

/* With the next frame, whatever asks for it how often. */
export function nameSoon() {
  frame ||= requestAnimationFrame(() => { frame = 0; drawNames(); });
}

/** The names that stand on the map; those that the next frame would place are placed first. */
export function namesNow() {
  if (frame) {
    cancelAnimationFrame(frame);
    frame = 0;
    drawNames();
  }
  return state.placed ?? [];
}

/* Names follow the marks: at once where these stand still, now and then while they walk through the days. */
export function followMarks() {
  if (!state.walking) nameSoon();
  else later ||= window.setTimeout(() => { later = 0; drawNames(); }, 600);
}

/* Every name that has room, drawn; `state.placed` says which, with their boxes in px of the frame, for tests, and how each
   is written. */
function drawNames() {
  if (!state.canvas || !state.words) return;
  const { map } = state;
  const size = map.getSize();
  const scale = window.devicePixelRatio || 1;
  const origin = map.containerPointToLayerPoint([0, 0]);
  L.DomUtil.setPosition(state.canvas, origin);
  const ctx = state.canvas.getContext("2d");
  if (state.canvas.width !== Math.floor(size.x * scale) || state.canvas.height !== Math.floor(size.y * scale)) {
    Object.assign(state.canvas, { width: size.x * scale, height: size.y * scale });
    Object.assign(state.canvas.style, { width: size.x + "px", height: size.y + "px" });
  }
  ctx.setTransform(scale, 0, 0, scale, 0, 0);
  ctx.clearRect(0, 0, size.x, size.y);
  const pen = penOf(ctx);
  const taken = new Taken(size);
  const at = toCanvas(map, origin);
  const marks = marksOnMap(at, size);
  const over = controls();
  for (const shape of [...marks, ...over]) taken.add(shape);
  state.placed = [];
  for (const wanted of candidates(at, size, marks, over, pen)) {
    const found = taken.place(wanted);
    if (!found) continue;
    state.placed.push({ sort: wanted.sort, text: wanted.text, boxes: found.covered, write: (pen) => wanted.draw(pen, wanted, found.spot) });
  }
  writeNames(ctx);
}

/** Writes the names that stand on the map, in px of their canvas (`state.canvas`). @param {CanvasRenderingContext2D} ctx */
export function writeNames(ctx) {
  const pen = penOf(ctx);
  for (const { write } of state.placed ?? []) write(pen);
}

function penOf(ctx) {
  return { ctx, arabic: state.words.direction === "rtl", ...look() };
}

/* The colours and letters of names. Asking the page for them makes it reckon its styles, so they are kept as long as its theme
   and language stay, once its styles are there. */
function look() {
  const root = document.documentElement;
  const of = root.className + root.lang;
  if (kept.of === of) return kept;
  const style = getComputedStyle(root);
  /** @type {Record<string, string>} */
  const colours = {};
  for (const name of ["--halo", "--halo-water", "--road", ...Object.values(STYLE).map((one) => String(one[4]))]) colours[name] = style.getPropertyValue(name);
  const made = { of, colour: (/** @type {string} */ name) => colours[name], family: getComputedStyle(state.map.getContainer()).fontFamily };
  if (made.colour("--halo")) kept = made;
  return made;
}

let kept = { of: "", colour: (/** @type {string} */ _) => "", family: "" };

/* Where a point of the world (at zoom 0, see `world`) is on the canvas, in whole px as Leaflet has it. */
function toCanvas(map, origin) {
  const stretch = 2 ** map.getZoom();
  const left = map.getPixelOrigin().add(origin);
  return ([x, y]) => ({ x: Math.round(x * stretch) - left.x, y: Math.round(y * stretch) - left.y });
}

/** Where somebody or something stands in the world at zoom 0, in px: reckoned once.
 * @param {object} of what stands there @param {() => [number, number]} where its latitude and longitude */
function world(of, where) {
  let found = worlds.get(of);
  if (!found) {
    const { x, y } = L.CRS.EPSG3857.latLngToPoint(L.latLng(...where()), 0);
    worlds.set(of, (found = [x, y]));
  }
  return found;
}

const worlds = new WeakMap();

const worldOf = (place) => world(place, () => [place.lat, place.lon]);

/** A line's points in the world at zoom 0. @returns {[number, number][]} */
const courseOf = (feature) => feature.geometry.coordinates.map((point) => world(point, () => [point[1], point[0]]));

/* The buttons and the scale, which stand over the map. */
function controls() {
  const corner = state.map.getContainer().getBoundingClientRect();
  return [...state.map.getContainer().querySelectorAll(".cm-buttons, .cm-switch, .leaflet-control-scale")].map((one) => one.getBoundingClientRect())
    .filter((box) => box.width).map((box) => ({ left: box.left - corner.left, right: box.right - corner.left, top: box.top - corner.top, bottom: box.bottom - corner.top }));
}

/* The marks in sight as discs, in px of the canvas. */
function marksOnMap(at, size) {
  const found = [];
  for (const layer of state.marks.getLayers()) {
    const latlng = layer.getLatLng();
    const point = at(world(latlng, () => [latlng.lat, latlng.lng]));
    const r = layer.options.radius + 4;
    if (point.x < -r || point.y < -r || point.x > size.x + r || point.y > size.y + r) continue;
    const place = layer.place || null;
    found.push({ x: point.x, y: point.y, r, name: place && !place.radius ? place.name : "", weight: place ? place.claims : 0, id: place ? place.id : "" });
  }
  return found;
}

/* The names that want a place, the first first: countries and relief, those of marks, great rivers, shields, towns,
   governorates, other water. */
function* candidates(at, size, marks, over, pen) {
  const zoom = state.map.getZoom();
  const field = pen.arabic ? "name_ar" : "name_en";
  const inside = ({ x, y }) => x > 0 && y > 0 && x < size.x && y < size.y
    && !over.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom);
  for (const wide of /** @type {any[]} */ (WIDE)) {
    const [sort, lat, lon, name_ar, name_en, from, to, besides] = wide;
    if (zoom < from || zoom >= to) continue;
    const points = [[lat, lon], ...besides ?? []].map(([y, x]) => at(world([y, x], () => [y, x]))).filter(inside);
    if (points.length) yield name(pen, sort, pen.arabic ? name_ar : name_en, (h) => points.flatMap((point) => [...upon(point.x, point.y, h), ...sort === "sea" ? upright(point) : []]));
  }
  const places = state.places || [];
  // A river is a region too where claims are told of it; on the map it has its name along its course.
  const rivers = new Set((state.shapes?.ground?.features || []).filter((f) => f.properties.kind === "river").map((f) => f.properties[field]));
  for (const place of places) {
    if (place.sort !== "region" || rivers.has(place[field])) continue;
    const across = (2 * place.weight * 256 * 2 ** zoom) / 40_075 / Math.cos((place.lat * Math.PI) / 180);
    const point = at(worldOf(place));
    if (across > 90 && across < 900 && inside(point)) yield name(pen, "region", place[field], (h) => upon(point.x, point.y, h));
  }
  for (const mark of [...marks].sort((a, b) => b.weight - a.weight).slice(0, 60)) {
    if (mark.name && inside(mark)) yield name(pen, "mark", mark.name, (h) => beside(mark.x, mark.y, h, mark.r + 2, pen.arabic));
  }
  yield* waters(zoom, at, size, inside, field, pen, (rank) => rank === 1);
  yield* shields(at, size, pen);
  yield* towns(places, zoom, at, inside, field, new Set(marks.map((mark) => mark.id)), pen);
  if (state.on.has("governorates")) yield* governorates(zoom, at, inside, field, pen);
  yield* waters(zoom, at, size, inside, field, pen, (rank) => rank > 1);
}

/* A sea of which a strip is in sight has its name along that. */
const upright = ({ x, y }) => [{ x, y, align: "center", angle: -Math.PI / 2 }];

/* Reckoned once for each shape. */
function middleOf(feature) {
  if (!middles.has(feature)) middles.set(feature, labelPoint(feature.geometry));
  return middles.get(feature);
}

const middles = new WeakMap();

function* towns(places, zoom, at, inside, field, marked, pen) {
  const [, most, least] = TOWNS.find((step) => zoom < step[0]) || TOWNS[3];
  let left = most;
  for (const place of places) {
    const near = place.sort !== "town";
    if (place.sort === "region" || marked.has(place.id)) continue;
    if (near ? zoom < (place.sort === "airport" ? 9 : QUARTERS) : place.weight < least) continue;
    const point = at(worldOf(place));
    if (!inside(point)) continue;
    if (left-- < 0) return;
    const sort = near ? place.sort : place.weight > 200_000 ? "great" : place.weight > 60_000 ? "large" : "town";
    const made = name(pen, sort, place[field], (h) => (sort === "quarter" ? upon(point.x, point.y, h) : beside(point.x, point.y, h, 6, pen.arabic)));
    yield { ...made, at: point, draw: drawSpot };
  }
}

function* governorates(zoom, at, inside, field, pen) {
  if (zoom >= 11) return;
  for (const feature of state.shapes?.governorates?.features || []) {
    const middle = middleOf(feature);
    if (!middle) continue;
    const seat = seatOfName(feature.properties.id, middle);
    const point = at(world(seat, () => seat));
    // Its chief town has the same name, and Arabic letters have no capitals to tell them apart.
    const called = (pen.arabic ? state.words.kinds.governorate + " " : "") + (feature.properties[field] || "");
    if (inside(point)) yield name(pen, "governorate", called, (h) => upon(point.x, point.y, h));
  }
}

function* waters(zoom, at, size, inside, field, pen, wanted) {
  for (const feature of state.shapes?.ground?.features || []) {
    const { kind, rank } = feature.properties;
    const text = feature.properties[field];
    if (!text || !wanted(rank) || zoom < [0, 5.5, 7.5, 8.5][rank]) continue;
    if (kind === "river") {
      const course = /** @type {[number, number][]} */ (courseOf(feature).map(at).map(({ x, y }) => [x, y]));
      const made = name(pen, "river", text, () => []);
      yield { ...made, spots: along(course, made.width, size) };
    } else if (kind === "lake") {
      const middle = middleOf(feature);
      const point = middle && at(world(middle, () => middle));
      if (point && zoom > 7 && inside(point)) yield name(pen, "lake", text, (h) => upon(point.x, point.y, h));
    }
  }
}

/* A shield stands on its road, at most two of one road in sight, away from each other. */
function* shields(at, size, pen) {
  for (const feature of state.shapes?.ground?.features || []) {
    const { kind, ref } = feature.properties;
    if (kind !== "road" || !ref) continue;
    const points = courseOf(feature).map(at).filter((p) => p.x > 20 && p.y > 20 && p.x < size.x - 20 && p.y < size.y - 20);
    if (points.length < 2) continue;
    const [width, height] = [measure(pen, "shield", ref) + 9, 14];
    for (const share of points.length > 6 ? [0.3, 0.72] : [0.5]) {
      const middle = Math.floor(share * points.length);
      const spots = [0, 1, -1, 2, -2].map((n) => points[middle + n]).filter(Boolean).map((p) => ({ x: p.x, y: p.y, align: "center" }));
      yield { sort: "shield", text: ref, width, height, spots, draw: drawShield };
    }
  }
}

/* ---- how they are written ---- */

function font(pen, sort) {
  const [px, weight, slant] = STYLE[sort];
  return `${pen.arabic ? "" : slant} ${weight} ${px + (pen.arabic ? 1 : 0)}px ${pen.family}`;
}

const letters = (pen, sort) => (pen.arabic ? 0 : STYLE[sort][3]);
const worded = (pen, sort, text) => (sort === "country" && !pen.arabic ? text.toUpperCase() : sort === "governorate" && !pen.arabic ? text.toUpperCase() : text);

function measure(pen, sort, text) {
  const key = sort + pen.arabic + text;
  let width = widths.get(key);
  if (width === undefined) {
    pen.ctx.font = font(pen, sort);
    width = pen.ctx.measureText(text).width + letters(pen, sort) * text.length;
    if (widths.size > 20_000) widths = new Map();
    widths.set(key, width);
  }
  return width;
}

function name(pen, sort, text, spots) {
  const said = worded(pen, sort, text);
  const height = STYLE[sort][0] + (pen.arabic ? 4 : 2);
  return { sort, text: said, width: measure(pen, sort, said), height, spots: spots(height), draw: drawName };
}

function drawName(pen, wanted, spot) {
  const { ctx, colour } = pen;
  ctx.font = font(pen, wanted.sort);
  ctx.letterSpacing = letters(pen, wanted.sort) + "px";
  ctx.direction = pen.arabic ? "rtl" : "ltr";
  ctx.textAlign = spot.align;
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = colour(/river|lake|sea/.test(wanted.sort) ? "--halo-water" : "--halo");
  ctx.fillStyle = colour(STYLE[wanted.sort][4]);
  if (!spot.angle) {
    ctx.strokeText(wanted.text, spot.x, spot.y);
    ctx.fillText(wanted.text, spot.x, spot.y);
    return;
  }
  ctx.save();
  ctx.translate(spot.x, spot.y);
  ctx.rotate(spot.angle);
  ctx.strokeText(wanted.text, 0, 0);
  ctx.fillText(wanted.text, 0, 0);
  ctx.restore();
}

/* A place with its small sign: a ring for a town, a triangle for a hill, a crossed square for a base. */
function drawSpot(pen, wanted, spot) {
  if (wanted.sort !== "quarter") {
    const { ctx, colour } = pen;
    ctx.save();
    ctx.translate(wanted.at.x, wanted.at.y);
    ctx.strokeStyle = colour(wanted.sort === "hill" ? "--name-relief" : "--name-small");
    ctx.fillStyle = colour("--halo");
    ctx.lineWidth = 1.2;
    ctx.beginPath();
    if (wanted.sort === "hill") { ctx.moveTo(-3.2, 2.6); ctx.lineTo(0, -3); ctx.lineTo(3.2, 2.6); ctx.closePath(); ctx.fillStyle = ctx.strokeStyle; }
    else if (wanted.sort === "base") { ctx.rect(-3, -3, 6, 6); ctx.moveTo(-3, 3); ctx.lineTo(3, -3); }
    else if (wanted.sort === "airport") { ctx.moveTo(0, -3.6); ctx.lineTo(0, 3.6); ctx.moveTo(-3.4, 0.4); ctx.lineTo(0, -1.4); ctx.lineTo(3.4, 0.4); }
    else ctx.arc(0, 0, wanted.sort === "great" ? 2.8 : wanted.sort === "landmark" ? 1.2 : 2.1, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
    ctx.restore();
  }
  drawName(pen, wanted, spot);
}

function drawShield(pen, wanted, spot) {
  const { ctx, colour } = pen;
  ctx.save();
  ctx.translate(spot.x, spot.y);
  ctx.beginPath();
  ctx.roundRect(-wanted.width / 2, -wanted.height / 2, wanted.width, wanted.height, 3);
  ctx.fillStyle = colour("--halo");
  ctx.fill();
  ctx.lineWidth = 1;
  ctx.strokeStyle = colour("--road");
  ctx.stroke();
  ctx.font = font({ ...pen, arabic: false }, "shield");
  ctx.letterSpacing = "0px";
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillStyle = colour("--name-town");
  ctx.fillText(wanted.text, 0, 0.5);
  ctx.restore();
}
