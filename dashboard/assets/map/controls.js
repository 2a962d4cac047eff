/* The legend, the buttons, the menu of layers, and what stands in the corner. */
import { PAPER, drawArea, drawDead, drawGlyph, drawGroup, drawMark, drawPlate, drawTether } from "./marks.js";
import { state } from "./state.js";

/** @type {[number, number][]} */
export const SYRIA = [[32.2, 35.5], [37.4, 42.5]];

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

export function setLegend(data, glyphs) {
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
export function setMenu(data) {
  const key = JSON.stringify([data.words.layers, data.layers]);
  if (state.menuKey === key) return;
  state.menuKey = key;
  const box = state.menu ? state.menu.getContainer() : element("details", "cm-menu");
  const focused = /** @type {HTMLInputElement | null} */ (document.activeElement);
  const held = focused && box.contains(focused) ? focused.value : null;
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
export function addCorner(map) {
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
  /** @type {[number, number][]} */
  const points = [...state.byId.values()].map((layer) => [layer.place.lat, layer.place.lon]);
  // An open legend hides no mark, where the map is wide enough to stand beside it.
  const legend = state.legend.getContainer();
  const beside = legend.open && legend.offsetWidth < state.map.getSize().x / 2 ? legend.offsetWidth : 0;
  state.map.fitBounds(points.length ? L.latLngBounds(points).pad(0.1) : SYRIA,
    { maxZoom: 12, paddingTopLeft: [20, 20], paddingBottomRight: [beside + 20, 20] });
}
