/* The marks on the map. `conflictmap.draw(map, data)` is called by each update with all that is to be seen;
   the map itself, its view and its frame stay as they are.

   Every string in `data` may come from an article: it reaches the page through textContent or fillText only. */
(function () {
  "use strict";

  const INK = "#1f2933";
  const PAPER = "#ffffff";
  const SYRIA = [[32.2, 35.5], [37.4, 42.5]];
  const LEGIBLE = 5.6; // px: a mark with a smaller radius shows its colours without its sign
  const CROWD = 250; // marks; more than this are not spread
  const REACH = 26; // px that a mark may stand beside its place
  const TAU = 2 * Math.PI;

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) {
      made.textContent = text;
      made.dir = "auto";
    }
    return made;
  }

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
    let from = -TAU / 4;
    for (const slice of mark.slices) {
      const to = from + TAU * slice.share;
      ctx.beginPath();
      ctx.moveTo(0, 0);
      ctx.arc(0, 0, r, from, to);
      ctx.closePath();
      ctx.fillStyle = slice.colour;
      ctx.fill();
      from = to;
    }
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
    ctx.strokeStyle = INK + "99";
    ctx.stroke();
    ctx.beginPath();
    ctx.arc(x + dx, y + dy, 1.8, 0, TAU);
    ctx.fillStyle = INK;
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
    return { Mark, Area };
  }

  /* ---- the state of one frame ---- */

  let state = null;

  function begin(map) {
    state = {
      map,
      layers: makeLayers(),
      ground: L.layerGroup().addTo(map),
      marks: L.layerGroup().addTo(map),
      tiles: null,
      tooltip: L.tooltip({ className: "cm-tip", direction: "top", offset: [0, -10] }),
      legend: null,
      words: null,
      clicks: 0,
      byId: new Map(),
    };
    map.createPane("cm-ground").style.zIndex = 250;
    map.createPane("cm-names").style.zIndex = 260;
    map.getPane("cm-names").style.pointerEvents = "none";
    map.fitBounds(SYRIA, { animate: false });
    L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
    if (map.attributionControl) map.attributionControl.setPrefix("Leaflet");
    map.on("moveend", arrange);
    map.on("zoomend", spaceNames);
    new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(map.getContainer());
    loadGround("../dashboard.space.basemap.geography/governorates.geojson", addGovernorates);
    loadGround("../dashboard.space.basemap.geography/base.geojson", addBase);
  }

  function loadGround(address, add) {
    fetch(address)
      .then((answer) => (answer.ok ? answer.json() : null))
      .then((shapes) => { if (shapes) add(shapes); })
      .catch(() => { /* the claims are drawn without it */ });
  }

  function addGovernorates(shapes) {
    state.governorates = shapes;
    L.geoJSON(shapes, {
      pane: "cm-ground",
      renderer: L.svg({ pane: "cm-ground" }),
      interactive: false,
      style: { color: "#8a94a0", weight: 1, opacity: 0.8, fillColor: "#fbfaf6", fillOpacity: 1 },
    }).addTo(state.ground);
    nameGovernorates();
  }

  function addBase(shapes) {
    L.geoJSON(shapes, {
      pane: "cm-ground",
      renderer: L.svg({ pane: "cm-ground" }),
      interactive: false,
      filter: (feature) => feature.geometry.type !== "Point",
      style: (feature) => /Polygon/.test(feature.geometry.type)
        ? { color: "#9cc3dd", weight: 1, fillColor: "#cfe3f0", fillOpacity: 1 }
        : { color: "#8fbad8", weight: 1.6, opacity: 0.9, fill: false },
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

  function pairs(flat) {
    const made = [];
    for (let i = 0; i < flat.length; i += 2) made.push([flat[i], flat[i + 1]]);
    return made;
  }

  function sayDays(first, last) {
    const page = state.words.page;
    const digits = (number) => String(number).replace(/[0-9]/g, (digit) => page.digits[digit]);
    const fill = (text, gaps) => text.replace(/{(\w+)}/g, (_, name) => gaps[name]);
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

  function draw(map, data) {
    if (!state || state.map !== map) begin(map);
    const glyphs = {};
    for (const [code, path] of Object.entries(data.glyphs)) glyphs[code] = new Path2D(path);
    const languageChanged = !state.words || state.words.name_field !== data.words.name_field;
    state.words = data.words;
    if (languageChanged) nameGovernorates();
    setTiles(data.tiles);

    state.marks.clearLayers();
    state.tooltip.remove();
    state.byId.clear();
    const codes = Object.keys(data.glyphs);
    const selected = new Set(data.selected);
    const areas = [], dots = [];
    for (const row of data.places) {
      const [id, lat, lon, radius, name, other, kind, claims, denied, event, status, sides, events, first, last] = row;
      const place = {
        id, lat, lon, radius, name, other, claims, denied, first, last,
        kind: data.kinds[kind] || "none",
        status: data.statuses[status],
        events: pairs(events).map(([at, n]) => [codes[at], n]),
      };
      place.mark = {
        glyph: glyphs[codes[event]],
        status: place.status,
        denied: denied === 0 ? "" : denied === claims ? "all" : "some",
        slices: pairs(sides).map(([at, n]) => ({ colour: data.colours[data.sides[at]], share: n / claims })),
        selected: selected.has(id),
        tether: [0, 0],
      };
      (place.radius ? areas : dots).push(place);
    }
    // Wide areas lie below narrow ones, dots above all, the selected on top: so each can be clicked.
    areas.sort((a, b) => b.radius - a.radius);
    dots.sort((a, b) => a.mark.selected - b.mark.selected || b.claims - a.claims);
    for (const place of areas) add(new state.layers.Area([place.lat, place.lon], {
      radius: place.radius * 1000, mark: place.mark, bubblingMouseEvents: false,
    }), place);
    for (const place of dots) add(new state.layers.Mark([place.lat, place.lon], {
      radius: 1, mark: place.mark, bubblingMouseEvents: false,
    }), place);
    arrange();
    setLegend(data, glyphs);
  }

  /* Marks shrink where they crowd, the view or a city, and grow again as the user zooms in. */
  function arrange() {
    const view = state.map.getBounds();
    const dots = [...state.byId.values()].filter((layer) => !layer.place.radius);
    const crowd = dots.filter((layer) => view.contains([layer.place.lat, layer.place.lon])).length;
    const space = state.map.getSize();
    const scale = Math.min(1, Math.max(0.45, Math.sqrt((space.x * space.y) / (1000 * Math.max(crowd, 1)))));
    const home = dots.map((layer) => state.map.latLngToLayerPoint([layer.place.lat, layer.place.lon]));
    const few = dots.length <= CROWD;
    dots.forEach((layer, i) => {
      const near = few ? home.filter((point) => point.distanceTo(home[i]) < 1.5 * REACH).length : 1;
      const radius = Math.min(7.5 + 2.1 * Math.log2(layer.place.claims), 19) * scale;
      layer.options.radius = layer._radius = radius * Math.max(0.64, Math.min(1, Math.sqrt(7 / near)));
    });
    place(dots, home, few ? spread(home, dots.map((layer) => layer._radius + 3)) : home);
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

  function add(layer, place) {
    layer.place = place;
    layer.on("mouseover", (event) => {
      state.tooltip.setLatLng(place.radius ? event.latlng : layer.getLatLng());
      state.tooltip.setContent(describe(place));
      state.tooltip.addTo(state.map);
    });
    layer.on("mouseout", () => state.tooltip.remove());
    layer.on("click", () => {
      state.clicks += 1;
      window.Streamlit.setComponentValue({ place: place.id, click: Date.now() + state.clicks });
    });
    state.byId.set(place.id, layer);
    state.marks.addLayer(layer);
  }

  function describe(place) {
    const words = state.words;
    const box = element("div", "cm-tip-body");
    box.dir = words.direction;
    box.append(element("b", "", place.name));
    if (place.other) box.append(element("span", "cm-tip-other", place.other));
    box.append(element("div", "cm-tip-kind",
      words.kinds[place.kind] + (place.radius ? " · " + words.only_area : "")));
    box.append(element("div", "", words.claims + ": " + place.claims
      + (place.denied ? " · " + words.denials + ": " + place.denied : "")));
    for (const [code, n] of place.events) box.append(element("div", "cm-tip-row", words.events[code] + ": " + n));
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
    else if (mark.plain) drawGlyph((ctx.translate(12, 12), ctx), mark.glyph, 17, INK);
    else {
      drawTether(ctx, 12, 12, mark.tether);
      drawMark(ctx, 12, 12, mark.tether[0] ? 5 : 7, mark);
    }
    return canvas;
  }

  function setLegend(data, glyphs) {
    const key = JSON.stringify([data.words, data.colours, data.present]);
    if (state.legendKey === key) return;
    state.legendKey = key;
    if (state.legend) state.legend.remove();
    if (state.fit) state.fit.remove();
    const words = data.words;
    const plain = [{ colour: "#9AA3AD", share: 1 }];
    const Fit = L.Control.extend({
      options: { position: "topleft" },
      onAdd() {
        const bar = element("div", "leaflet-bar");
        const button = element("button", "cm-button", "⤢");
        button.type = "button";
        button.title = words.fit;
        button.setAttribute("aria-label", words.fit);
        button.addEventListener("click", fitMarks);
        bar.append(button);
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      },
    });
    state.fit = new Fit().addTo(state.map);
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
        ], 2);
        L.DomEvent.disableClickPropagation(box);
        L.DomEvent.disableScrollPropagation(box);
        return box;
      },
    });
    state.legend = new Legend().addTo(state.map);
  }

  function fitMarks() {
    const points = [...state.byId.values()].map((layer) => [layer.place.lat, layer.place.lon]);
    state.map.fitBounds(points.length ? L.latLngBounds(points).pad(0.1) : SYRIA, { maxZoom: 12 });
  }

  window.conflictmap = {
    draw,
    /** What is drawn, for tests: the Leaflet layer of each place, by its id. */
    layers: () => state.byId,
  };
})();
