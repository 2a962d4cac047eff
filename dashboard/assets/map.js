/* The marks on the map. `conflictmap.draw(map, data, heard)` is called by each update with all that is to be seen and
   the number of the last message that was heard; the map itself, its view and its frame stay as they are.

   Every string in `data` may come from an article: it reaches the page through textContent or fillText only. */
(function () {
  "use strict";

  const INK = "#1f2933";
  const PAPER = "#ffffff";
  const SYRIA = [[32.2, 35.5], [37.4, 42.5]];
  const LEGIBLE = 5.6; // px: a mark with a smaller radius shows its colours without its sign
  const CROWD = 250; // marks in view; more than this are grouped where they overlap, fewer are spread
  const APART = 14; // zoom from which nothing is grouped any more
  const REACH = 26; // px that a mark may stand beside its place
  const TAU = 2 * Math.PI;

  /* ---- one mark, drawn on any canvas: the map's and the legend's ---- */

  function drawMark(ctx, x, y, r, mark) {
    ctx.save();
    ctx.translate(x, y);
    if (mark.selected) {
      ctx.beginPath();
      ctx.arc(0, 0, r + 6.5, 0, TAU);
      ctx.lineWidth = 3;
      ctx.strokeStyle = "#2563eb";
      ctx.stroke();
    }
    // A white rim keeps neighbours apart, whatever is below.
    ctx.beginPath();
    ctx.arc(0, 0, r + 3.2, 0, TAU);
    ctx.fillStyle = PAPER;
    ctx.fill();

    // The ring: solid where corroborated, thin where one side claims it, dashed where it is contested.
    ctx.beginPath();
    ctx.arc(0, 0, r + 2, 0, TAU);
    ctx.strokeStyle = INK;
    ctx.lineWidth = mark.status === "claimed" ? 0.8 : 2.2;
    ctx.setLineDash(mark.status === "contested" ? [3.2, 2.6] : []);
    ctx.stroke();
    ctx.setLineDash([]);

    // The fill: a slice for each side, as many as its claims.
    drawSlices(ctx, r, mark.slices);
    // Only denials: the colour is a thin ring, the middle stays empty and is struck through.
    const hollow = mark.denied === "all";
    const signed = r >= LEGIBLE;
    if (hollow || signed) {
      ctx.beginPath();
      ctx.arc(0, 0, r * (hollow ? 0.78 : 0.66), 0, TAU);
      ctx.fillStyle = PAPER;
      ctx.fill();
    }
    if (signed) drawGlyph(ctx, mark.glyph, r * 1.02, INK);
    if (hollow) strike(ctx, r * 0.95, 2.2);
    if (mark.denied === "some") {
      ctx.translate(r * 0.82, -r * 0.82);
      ctx.beginPath();
      ctx.arc(0, 0, 4.6, 0, TAU);
      ctx.fillStyle = PAPER;
      ctx.fill();
      ctx.lineWidth = 1;
      ctx.strokeStyle = INK;
      ctx.stroke();
      strike(ctx, 4, 1.6);
    }
    ctx.restore();
  }

  /* Where a mark had to make room: a line back to where the place is. */
  function drawTether(ctx, x, y, [dx, dy]) {
    if (!dx && !dy) return;
    ctx.save();
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.lineTo(x + dx, y + dy);
    ctx.lineWidth = 1;
    ctx.strokeStyle = state.ink + "99";
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x + dx, y + dy, 1.8, 0, TAU);
    ctx.fillStyle = state.ink;
    ctx.fill();
    ctx.restore();
  }

  function strike(ctx, r, width) {
    ctx.beginPath();
    ctx.moveTo(-r * 0.7, r * 0.7);
    ctx.lineTo(r * 0.7, -r * 0.7);
    ctx.lineCap = "round";
    ctx.lineWidth = width + 1.6;
    ctx.strokeStyle = PAPER;
    ctx.stroke();
    ctx.lineWidth = width;
    ctx.strokeStyle = "#b42318";
    ctx.stroke();
  }

  function drawGlyph(ctx, path, size, colour) {
    if (!path) return;
    ctx.save();
    ctx.scale(size / 24, size / 24);
    ctx.translate(-12, -12);
    ctx.lineWidth = 2.7;
    ctx.lineCap = "round";
    ctx.lineJoin = "round";
    ctx.strokeStyle = colour;
    ctx.stroke(path);
    ctx.restore();
  }

  /* An area: a soft disc as wide as the place is uncertain, and no dot. */
  function drawArea(ctx, x, y, r, mark) {
    ctx.save();
    ctx.translate(x, y);
    const soft = ctx.createRadialGradient(0, 0, 0, 0, 0, r);
    const colour = mark.slices.length ? mark.slices[0].colour : "#9AA3AD";
    soft.addColorStop(0, colour + "59");
    soft.addColorStop(0.6, colour + "2e");
    soft.addColorStop(1, colour + "05");
    ctx.beginPath();
    ctx.arc(0, 0, r, 0, TAU);
    ctx.fillStyle = soft;
    ctx.fill();
    ctx.lineWidth = mark.selected ? 2.5 : 1;
    ctx.strokeStyle = mark.selected ? "#2563eb" : colour + "99";
    ctx.setLineDash([2, 5]);
    ctx.stroke();
    ctx.restore();
  }

  /* Several places in one mark, with how many they are. */
  function drawGroup(ctx, x, y, r, mark) {
    ctx.save();
    ctx.translate(x, y);
    for (const [radius, colour] of [[r + 4, PAPER], [r + 3, INK], [r + 2, PAPER]]) {
      ctx.beginPath();
      ctx.arc(0, 0, radius, 0, TAU);
      ctx.fillStyle = colour;
      ctx.fill();
    }
    drawSlices(ctx, r, mark.slices);
    ctx.beginPath();
    ctx.arc(0, 0, r * 0.7, 0, TAU);
    ctx.fillStyle = PAPER;
    ctx.fill();
    ctx.fillStyle = INK;
    ctx.font = "600 " + Math.max(9, Math.min(13, r * 0.8)) + "px system-ui, sans-serif";
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(mark.label, 0, 0.5);
    ctx.restore();
  }

  function drawSlices(ctx, r, slices) {
    let from = -TAU / 4;
    for (const slice of slices) {
      const to = from + TAU * slice.share;
      ctx.beginPath();
      ctx.moveTo(0, 0);
      ctx.arc(0, 0, r, from, to);
      ctx.closePath();
      ctx.fillStyle = slice.colour;
      ctx.fill();
      from = to;
    }
  }

  /* Who is said to hold a place: a plate below its mark. Full where corroborated, pale where one side says so, in
     the colours of both and dashed where it is contested. */
  function drawPlate(ctx, x, y, r, mark) {
    ctx.save();
    ctx.translate(x, y);
    const shape = new Path2D();
    shape.rect(-r, -r, 2 * r, 2 * r);
    ctx.fillStyle = PAPER;
    ctx.fill(shape);
    ctx.globalAlpha = mark.how === "claimed" ? 0.4 : 0.9;
    ctx.fillStyle = mark.colours[0];
    ctx.fill(shape);
    if (mark.how === "contested") {
      ctx.beginPath();
      ctx.moveTo(-r, r);
      ctx.lineTo(r, r);
      ctx.lineTo(r, -r);
      ctx.closePath();
      ctx.fillStyle = mark.colours[1] || PAPER;
      ctx.fill();
    }
    ctx.globalAlpha = 1;
    ctx.lineWidth = mark.how === "corroborated" ? 2 : 1;
    ctx.setLineDash(mark.how === "contested" ? [3, 2.5] : []);
    ctx.strokeStyle = INK;
    ctx.stroke(shape);
    ctx.restore();
  }

  /* The dead: a disc as large as the lowest figure, a ring around it as large as the highest; dashed where the
     highest is open. */
  function drawDead(ctx, x, y, r, mark) {
    ctx.save();
    ctx.translate(x, y);
    ctx.beginPath();
    ctx.arc(0, 0, mark.inner, 0, TAU);
    ctx.fillStyle = state.dead + "4d";
    ctx.fill();
    ctx.beginPath();
    ctx.arc(0, 0, r, 0, TAU);
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = state.dead;
    ctx.setLineDash(mark.open ? [4, 3] : []);
    ctx.stroke();
    if (mark.label) {
      ctx.setLineDash([]);
      ctx.font = "600 11px system-ui, sans-serif";
      ctx.textAlign = "center";
      ctx.textBaseline = "top";
      ctx.lineWidth = 3;
      ctx.strokeStyle = PAPER;
      ctx.strokeText(mark.label, 0, r + 2);
      ctx.fillStyle = "#4c1d95";
      ctx.fillText(mark.label, 0, r + 2);
    }
    ctx.restore();
  }

  /* ---- Leaflet layers that draw with the above ---- */

  function makeLayers() {
    const Mark = L.CircleMarker.extend({
      _updateBounds() {
        const [dx, dy] = this.options.mark.tether;
        const pad = this._radius + 9 + Math.hypot(dx, dy);
        this._pxBounds = new L.Bounds(this._point.subtract([pad, pad]), this._point.add([pad, pad]));
      },
      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing || this._empty()) return;
        drawTether(renderer._ctx, this._point.x, this._point.y, this.options.mark.tether);
        drawMark(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
      },
    });
    const Area = L.Circle.extend({
      _updatePath() {
        const renderer = this._renderer;
        if (!renderer._drawing || this._empty()) return;
        drawArea(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
      },
    });
    const drawn = (draw, room) => L.CircleMarker.extend({
      _updateBounds() {
        const pad = this._radius + room;
        this._pxBounds = new L.Bounds(this._point.subtract([pad, pad]), this._point.add([pad, pad]));
      },
      _updatePath() {
        const renderer = this._renderer;
        if (renderer._drawing && !this._empty()) draw(renderer._ctx, this._point.x, this._point.y, this._radius, this.options.mark);
      },
    });
    return { Mark, Area, Group: drawn(drawGroup, 7), Plate: drawn(drawPlate, 8), Dead: drawn(drawDead, 40) };
  }

  /* ---- the state of one frame ---- */

  let state = null;

  function begin(map) {
    state = {
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
    };
    map.createPane("cm-ground").style.zIndex = 250;
    map.createPane("cm-names").style.zIndex = 260;
    map.getPane("cm-names").style.pointerEvents = "none";
    map.fitBounds(SYRIA, { animate: false });
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    addCorner(map);
    if (map.attributionControl) map.attributionControl.setPrefix("Leaflet");
    map.on("moveend", arrange);
    map.on("zoomend", spaceNames);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    // The water lies on the land, whichever comes first.
    const [land, water] = ["governorates", "base"].map(loadGround);
    land.then((shapes) => { if (shapes) addGovernorates(shapes); return water; })
      .then((shapes) => { if (shapes) addBase(shapes); });
  }

  /* The shapes of a file of ours, or null: the claims are drawn without them. */
  function loadGround(name) {
    return fetch("../dashboard.space.basemap.geography/" + name + ".geojson")
      .then((answer) => (answer.ok ? answer.json() : null))
      .catch(() => null);
  }

  function addGovernorates(shapes) {
    state.governorates = shapes;
    state.borders = L.geoJSON(shapes, {
      pane: "cm-ground",
      renderer: L.svg({ pane: "cm-ground" }),
      interactive: false,
      style: { className: "cm-land", weight: 1, opacity: 0.8, fillOpacity: 1 },
    }).addTo(state.ground);
    nameGovernorates();
    setBorders();
  }

  /* Without the layer of governorates the land stays, its inner lines and names go. */
  function setBorders() {
    if (!state.borders || !state.data) return;
    state.borders.setStyle({ weight: state.on.has("governorates") ? 1 : 0 });
    state.map.getPane("cm-names").classList.toggle("cm-nameless", !state.on.has("governorates"));
  }

  function addBase(shapes) {
    L.geoJSON(shapes, {
      pane: "cm-ground",
      renderer: L.svg({ pane: "cm-ground" }),
      interactive: false,
      filter: (feature) => feature.geometry.type !== "Point",
      style: (feature) => /Polygon/.test(feature.geometry.type)
        ? { className: "cm-water", weight: 1, fillOpacity: 1 }
        : { className: "cm-river", weight: 1.6, opacity: 0.9, fill: false },
    }).addTo(state.ground);
  }

  function nameGovernorates() {
    if (!state.governorates || !state.words) return;
    if (state.names) state.names.remove();
    state.names = L.layerGroup();
    L.geoJSON(state.governorates, {
      pane: "cm-ground",
      interactive: false,
      onEachFeature(feature, shape) {
        const name = feature.properties[state.words.name_field] || "";
        const icon = L.divIcon({ className: "cm-name", html: element("span", "", name), iconSize: null });
        L.marker(labelPoint(feature.geometry) || shape.getBounds().getCenter(), {
          icon, pane: "cm-names", interactive: false, keyboard: false,
        }).addTo(state.names);
      },
    });
    state.names.addTo(state.map);
    spaceNames();
  }

  /* A name that would lie on another is left out until the user zooms in. */
  function spaceNames() {
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

  /* ---- what each update does ---- */

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

  function pairs(flat) {
    const made = [];
    for (let i = 0; i < flat.length; i += 2) made.push([flat[i], flat[i + 1]]);
    return made;
  }

  const digits = (number) => String(number).replace(/[0-9]/g, (digit) => state.words.page.digits[digit]);
  const fill = (text, gaps) => text.replace(/{(\w+)}/g, (_, name) => gaps[name]);

  function sayDays(first, last) {
    const page = state.words.page;
    const say = (start, end) => {
      const [from, to] = [new Date(start * 86400000), new Date(end * 86400000)];
      const low = digits(from.getUTCDate());
      const day = start === end ? low : fill(state.words.between, { low, high: digits(to.getUTCDate()) });
      return fill(page.day, { day, month: page.months[from.getUTCMonth()], year: digits(from.getUTCFullYear()) });
    };
    const month = (number) => new Date(number * 86400000).toISOString().slice(0, 7);
    if (first === null) return state.words.undated;
    return month(first) === month(last) ? say(first, last)
      : fill(page.days, { first: say(first, first), last: say(last, last) });
  }

  function draw(map, data, heard) {
    if (!state || state.map !== map) begin(map);
    state.box = outbox("map", heard, (said) => window.Streamlit.setComponentValue(said));
    if (state.box.unheard.length && state.data) return; // what the user has chosen since would be taken back
    setTheme();
    letGoOfThemes();
    const glyphs = {};
    for (const [code, path] of Object.entries(data.glyphs)) glyphs[code] = new Path2D(path);
    const languageChanged = !state.words || state.words.name_field !== data.words.name_field;
    Object.assign(state, { words: data.words, data, glyphs });
    state.on = new Set(data.layers.filter((layer) => layer[1]).map((layer) => layer[0]));
    if (languageChanged) nameGovernorates();
    setBorders();
    setTiles(state.on.has("tiles"));
    setLegend(data, glyphs);
    setMenu(data);
    // A window that walks is ahead of the one that Python knows.
    if (!state.walking) drawDays(data.places, ...data.window);
  }

  /* Everything that depends on the days: areas lie lowest, then who holds what, the dead, and the marks. */
  function drawDays(rows, since, until) {
    const { data, glyphs } = state;
    Object.assign(state, { rows, days: [since, until] });
    state.tooltip.remove();
    state.below.clearLayers();
    state.note.textContent = "";
    state.byId.clear();
    const codes = Object.keys(data.glyphs);
    const selected = new Set(data.selected);
    const areas = [], dots = [];
    for (const row of rows) {
      const [id, lat, lon, radius, name, other, kind, claims, denied, event, status, sides, events, first, last] = row;
      const place = {
        id, lat, lon, radius, name, other, claims, denied, first, last,
        kind: data.kinds[kind] || "none",
        status: data.statuses[status],
        events: pairs(events).map(([at, n]) => [codes[at], n]),
        sides: pairs(sides),
      };
      place.mark = {
        glyph: glyphs[codes[event]],
        status: place.status,
        denied: denied === 0 ? "" : denied === claims ? "all" : "some",
        slices: slices(place.sides),
        selected: selected.has(id),
        tether: [0, 0],
      };
      (place.radius ? areas : dots).push(place);
    }
    // Wide areas lie below narrow ones, the selected on top: so each can be clicked.
    areas.sort((a, b) => b.radius - a.radius);
    dots.sort((a, b) => a.mark.selected - b.mark.selected || b.claims - a.claims);
    for (const place of areas) state.below.addLayer(make(new state.layers.Area([place.lat, place.lon], {
      radius: place.radius * 1000, mark: place.mark, bubblingMouseEvents: false,
    }), place));
    if (data.control) drawControl(data.control, until);
    if (data.casualties) drawCasualties(data.casualties, since, until);
    for (const place of dots) make(new state.layers.Mark([place.lat, place.lon], {
      radius: 1, mark: place.mark, bubblingMouseEvents: false,
    }), place);
    arrange();
  }

  function slices(sides) {
    const all = sides.reduce((sum, side) => sum + side[1], 0);
    return sides.map(([at, n]) => ({ colour: state.data.colours[state.data.sides[at]], share: n / all }));
  }

  /* ---- who holds what on the last day in view, and the dead of the days in view ---- */

  function drawControl(control, until) {
    for (const [place, spans] of control) {
      const span = spans.filter((candidate) => candidate[0] <= until).pop();
      if (!span || !span[2].length) continue;
      const [since, how, sides] = span;
      const [id, lat, lon, , name, other] = place;
      const said = sides.map((at) => state.words.sides[state.data.sides[at]]).join(state.words.versus);
      const layer = new state.layers.Plate([lat, lon], {
        radius: 8, bubblingMouseEvents: false,
        mark: { how: state.data.statuses[how], colours: sides.map((at) => state.data.colours[state.data.sides[at]]) },
      });
      hear(layer, id, () => tip(name, other, [state.words.layers.control + ": " + said,
        state.words.status[state.data.statuses[how]], fill(state.words.since, { day: sayDays(since, since) })]));
      layer.at = id;
      state.below.addLayer(layer);
    }
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

  function drawCasualties(casualties, since, until) {
    const found = new Map();
    for (const [at, first, last, low, high] of casualties.rows) {
      if (first > until || last < since) continue;
      const dead = found.get(at) || { low: 0, high: 0, open: false, happenings: 0 };
      dead.low += low;
      dead.high += high === null ? low : high;
      dead.open = dead.open || high === null;
      dead.happenings += 1;
      found.set(at, dead);
    }
    const apart = found.get(-1);
    found.delete(-1);
    state.note.textContent = apart ? fill(state.words.dead_apart, { n: number(apart) }) : "";
    const order = [...found].sort((a, b) => b[1].high - a[1].high);
    const size = (n) => Math.min(70, 2.2 * Math.sqrt(n));
    order.forEach(([at, dead], rank) => {
      const [id, lat, lon, , name, other] = casualties.places[at];
      const label = number(dead);
      const layer = new state.layers.Dead([lat, lon], {
        radius: Math.max(3, size(dead.high)), bubblingMouseEvents: false,
        mark: { inner: Math.max(1.5, size(dead.low)), open: dead.open, label: rank < 12 ? label : "" },
      });
      hear(layer, id, () => tip(name, other, [state.words.dead + ": " + label,
        state.words.happenings + ": " + digits(dead.happenings)]));
      state.below.addLayer(layer);
    });
  }

  function number({ low, high, open }) {
    if (open) return fill(state.words.at_least, { n: digits(low) });
    return low === high ? digits(low) : fill(state.words.between, { low: digits(low), high: digits(high) });
  }

  /* ---- the window that walks: the same rows that Python sends, made of claims sent once ---- */

  function prepare(walk) {
    if (!state) return;
    state.walk = walk;
  }

  function walk(since, until) {
    if (!state || !state.walk) return;
    state.walking = [since, until];
    drawDays(rowsOf(state.walk, since, until), since, until);
  }

  function halt() {
    if (state) state.walking = state.walk = null;
  }

  /* The window stands where Python has it. Its answer may be one that was given before the window walked, which is not
     told anew. */
  function settle(since, until) {
    const { data, days, walking } = state || {};
    if (!data || walking || data.window.join() !== [since, until].join() || days.join() === data.window.join()) return;
    drawDays(data.places, since, until);
  }

  function rowsOf({ places, claims, undated }, since, until) {
    const [place, first, last, side, event, status, denied] = claims;
    const found = new Map();
    for (let i = 0; i < place.length; i++) {
      if (first[i] !== undated && (first[i] > until || last[i] < since)) continue;
      let row = found.get(place[i]);
      if (!row) found.set(place[i], row = { n: 0, denied: 0, status: 0, sides: [], events: [], first: null, last: null });
      row.n += 1;
      row.denied += denied[i];
      row.status = Math.max(row.status, status[i]);
      row.sides[side[i]] = (row.sides[side[i]] || 0) + 1;
      row.events[event[i]] = (row.events[event[i]] || 0) + 1;
      if (first[i] === undated) continue;
      row.first = row.first === null ? first[i] : Math.min(row.first, first[i]);
      row.last = row.last === null ? last[i] : Math.max(row.last, last[i]);
    }
    const most = (counts) => counts.map((n, at) => [at, n]).filter(Boolean)
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).flat();
    return [...found].sort((a, b) => a[0] - b[0]).map(([at, row]) => [...places[at], row.n, row.denied,
      row.events.findIndex(Boolean), row.status, most(row.sides), most(row.events), row.first, row.last]);
  }

  /* Marks shrink where they crowd, the view or a city, and grow again as the user zooms in. Where there are too many
     to be pushed apart, those that overlap become one; what is out of sight is not drawn. */
  function arrange() {
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
  function spread(home, room) {
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

  function make(layer, place) {
    layer.place = place;
    hear(layer, place.id, () => describe(place));
    state.byId.set(place.id, layer);
    return layer;
  }

  /* What stands at a place says so when it is pointed at, and opens the place when it is clicked. */
  function hear(layer, id, content) {
    layer.on("mouseover", (event) => show(layer instanceof L.Circle ? event.latlng : layer.getLatLng(), content()));
    layer.on("mouseout", () => state.tooltip.remove());
    layer.on("click", () => state.box.tell({ place: id }));
  }

  function show(at, content) {
    state.tooltip.setLatLng(at);
    state.tooltip.setContent(content);
    state.tooltip.addTo(state.map);
  }

  function tip(name, other, lines) {
    const box = element("div", "cm-tip-body");
    box.dir = state.words.direction;
    box.append(element("b", "", name));
    if (other) box.append(element("span", "cm-tip-other", other));
    for (const line of lines) box.append(element("div", "cm-tip-row", line));
    return box;
  }

  function describe(place) {
    const words = state.words;
    const box = tip(place.name, place.other, []);
    box.append(element("div", "cm-tip-kind",
      words.kinds[place.kind] + (place.radius ? " · " + words.only_area : "")));
    box.append(element("div", "", words.claims + ": " + digits(place.claims)
      + (place.denied ? " · " + words.denials + ": " + digits(place.denied) : "")));
    for (const [code, n] of place.events) box.append(element("div", "cm-tip-row", words.events[code] + ": " + digits(n)));
    box.append(element("div", "cm-tip-kind", words.status[place.status]));
    box.append(element("div", "cm-tip-kind", sayDays(place.first, place.last)));
    return box;
  }

  function setTiles(wanted) {
    if (wanted && !state.tiles) {
      state.tiles = L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
        maxZoom: 18, opacity: 0.55, attribution: "© OpenStreetMap contributors", pane: "cm-names",
      }).addTo(state.map);
    } else if (!wanted && state.tiles) {
      state.tiles.remove();
      state.tiles = null;
    }
  }

  /* ---- the legend: the same marks, explained; and the button that fits the view ---- */

  function sample(mark) {
    const canvas = element("canvas", "cm-sample");
    const scale = window.devicePixelRatio || 1;
    canvas.width = canvas.height = 24 * scale;
    canvas.setAttribute("aria-hidden", "true");
    const ctx = canvas.getContext("2d");
    ctx.scale(scale, scale);
    if (mark.area) drawArea(ctx, 12, 12, 10, mark);
    else if (mark.group) drawGroup(ctx, 12, 12, 7, mark);
    else if (mark.plate) drawPlate(ctx, 12, 12, 7, mark);
    else if (mark.dead) drawDead(ctx, 12, 12, 9, mark);
    else if (mark.plain) drawGlyph((ctx.translate(12, 12), ctx), mark.glyph, 17, state.ink);
    else {
      drawTether(ctx, 12, 12, mark.tether);
      drawMark(ctx, 12, 12, mark.tether[0] ? 5 : 7, mark);
    }
    return canvas;
  }

  function setLegend(data, glyphs) {
    const key = JSON.stringify([data.words, data.colours, data.present, data.layers]);
    if (state.legendKey === key) return;
    state.legendKey = key;
    if (state.legend) state.legend.remove();
    if (state.fit) state.fit.remove();
    const words = data.words;
    const plain = [{ colour: "#9AA3AD", share: 1 }];
    const Buttons = L.Control.extend({
      options: { position: "topleft" },
      onAdd() {
        const bar = element("div", "leaflet-bar");
        const button = (sign, text, act) => {
          const made = element("button", "cm-button", sign);
          made.type = "button";
          made.title = text;
          made.setAttribute("aria-label", text);
          made.addEventListener("click", act);
          bar.append(made);
        };
        button("◎", words.fit, fitMarks);
        button("⤢", words.full_screen, () => {
          if (document.fullscreenElement) document.exitFullscreen();
          else document.documentElement.requestFullscreen();
        });
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      },
    });
    state.fit = new Buttons().addTo(state.map);
    const Legend = L.Control.extend({
      options: { position: "bottomright" },
      onAdd() {
        const box = element("details", "cm-legend");
        box.dir = words.direction;
        box.open = state.legendOpen === undefined ? state.map.getSize().x > 620 : state.legendOpen;
        box.addEventListener("toggle", () => { state.legendOpen = box.open; });
        box.append(element("summary", "", words.legend));
        const columns = element("div", "cm-columns");
        box.append(columns);
        const column = (title, entries, across) => {
          const part = element("div", "cm-column");
          part.style.gridTemplateColumns = "repeat(" + across + ", auto)";
          part.append(element("div", "cm-title", title));
          for (const [mark, text] of entries) {
            const line = element("div", "cm-line");
            line.append(sample(mark), element("span", "", text));
            part.append(line);
          }
          columns.append(part);
        };
        const whole = (extra) => ({ slices: plain, status: "claimed", denied: "", tether: [0, 0], ...extra });
        column(words.side, data.present.map((at) => data.sides[at]).map((side) =>
          [whole({ slices: [{ colour: data.colours[side], share: 1 }] }), words.sides[side]]), 2);
        column(words.event, Object.keys(glyphs).map((code) =>
          [{ plain: true, glyph: glyphs[code] }, words.events[code]]), 3);
        column(words.certainty, [
          [whole({ status: "corroborated" }), words.status.corroborated],
          [whole({}), words.status.claimed],
          [whole({ status: "contested" }), words.status.contested],
          [whole({ denied: "all" }), words.denied_all],
          [whole({ denied: "some" }), words.denied_some],
          [{ area: true, slices: plain }, words.area],
          [whole({ tether: [8, 8] }), words.aside],
          [{ group: true, label: "3", slices: plain }, words.grouped],
        ], 2);
        if (state.on.has("control")) column(words.layers.control, ["corroborated", "claimed", "contested"].map((how) =>
          [{ plate: true, how, colours: ["#9AA3AD", PAPER] }, words.status[how]]), 3);
        if (state.on.has("casualties")) column(words.layers.casualties, [
          [{ dead: true, inner: 5, open: false }, words.dead_range],
          [{ dead: true, inner: 5, open: true }, words.dead_open],
        ], 1);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      },
    });
    state.legend = new Legend().addTo(state.map);
  }

  /* The menu of layers. What is switched on is part of what is chosen: Python is told, and answers. */
  function setMenu(data) {
    const key = JSON.stringify([data.words.layers, data.layers]);
    if (state.menuKey === key) return;
    state.menuKey = key;
    const box = state.menu ? state.menu.getContainer() : element("details", "cm-menu");
    const held = box.contains(document.activeElement) ? document.activeElement.value : null;
    box.dir = data.words.direction;
    box.replaceChildren(element("summary", "", data.words.layers.title));
    for (const [code, on] of data.layers) {
      const line = element("label", "cm-line");
      const tick = element("input", "");
      tick.type = "checkbox";
      tick.value = code;
      tick.checked = on;
      tick.addEventListener("change", () => {
        state.menuKey = null;
        state.box.tell({
          layers: [...box.querySelectorAll("input")].filter((other) => other.checked).map((other) => other.value),
        });
      });
      line.append(tick, element("span", "", data.words.layers[code]));
      box.append(line);
    }
    if (held) box.querySelector("input[value=" + held + "]")?.focus();
    if (state.menu) return;
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    const Menu = L.Control.extend({ options: { position: "topright" }, onAdd: () => box });
    state.menu = new Menu().addTo(state.map);
  }

  /* In the corner: what the map cannot show, and the coordinates under the pointer. */
  function addCorner(map) {
    const line = () => {
      const made = element("div", "cm-at");
      const Line = L.Control.extend({ options: { position: "bottomleft" }, onAdd: () => made });
      new Line().addTo(map);
      return made;
    };
    const box = line();
    box.dir = "ltr";
    state.note = line();
    state.note.dir = "auto";
    map.on("mousemove", (event) => { box.textContent = event.latlng.lat.toFixed(4) + ", " + event.latlng.lng.toFixed(4); });
    map.on("mouseout", () => { box.textContent = ""; });
  }

  function fitMarks() {
    const points = [...state.byId.values()].map((layer) => [layer.place.lat, layer.place.lon]);
    // An open legend hides no mark, where the map is wide enough to stand beside it.
    const legend = state.legend.getContainer();
    const beside = legend.open && legend.offsetWidth < state.map.getSize().x / 2 ? legend.offsetWidth : 0;
    state.map.fitBounds(points.length ? L.latLngBounds(points).pad(0.1) : SYRIA,
      { maxZoom: 12, paddingTopLeft: [20, 20], paddingBottomRight: [beside + 20, 20] });
  }

  window.conflictmap = {
    draw,
    prepare,
    walk,
    halt,
    settle,
    /** What is drawn, for tests: the Leaflet layer of each place, by its id. */
    layers: () => state.byId,
    groups: () => state.groups,
    rows: () => state.rows,
    window: () => state.days,
    below: () => state.below.getLayers(),
  };
})();
