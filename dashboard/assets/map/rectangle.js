/* A rectangle that the reader draws on the map, as a filter: told to Python, and drawn as long as it is chosen. With the
   keyboard: the arrows are the map's, Escape gives up. */
import { state } from "./state.js";

/** @type {{ stop: () => void } | null} */
let busy = null;

export const drawing = () => busy;

/** @param {[number, number, number, number] | null} box south, west, north, east in degrees */
export function draw(box) {
  state.rectangle?.remove();
  state.rectangle = null;
  if (!box) return;
  const [south, west, north, east] = box;
  state.rectangle = L.rectangle([[south, west], [north, east]], {
    className: "cm-rectangle", interactive: false, fill: false, weight: 2, color: state.ink, dashArray: "6 4", renderer: L.svg({ pane: "cm-names" }), pane: "cm-names",
  }).addTo(state.map);
}

/** The edges of the rectangle between two corners, in degrees to a thousandth.
 * @param {{ lat: number, lng: number }} a @param {{ lat: number, lng: number }} b
 * @returns {[number, number, number, number]} */
export function edges(a, b) {
  const tidy = (degrees) => Math.round(degrees * 1000) / 1000;
  return [tidy(Math.min(a.lat, b.lat)), tidy(Math.min(a.lng, b.lng)), tidy(Math.max(a.lat, b.lat)), tidy(Math.max(a.lng, b.lng))];
}

export function startDrawing() {
  const { map } = state;
  const container = map.getContainer();
  const ends = new AbortController();
  const heed = (target, type, act, capture = true) => target.addEventListener(type, act, { signal: ends.signal, capture });
  let from = null;
  const at = (event) => map.mouseEventToLatLng(event);
  const stop = () => {
    ends.abort();
    container.classList.remove("cm-drawing");
    map.dragging.enable();
    busy = null;
    draw(state.data.box);
  };
  busy = { stop };
  container.classList.add("cm-drawing");
  state.tooltip.remove();
  map.dragging.disable();
  heed(container, "pointerdown", (event) => {
    if (event.target.closest(".cm-buttons, .cm-switch")) return;
    event.preventDefault();
    event.stopPropagation();
    from = at(event);
    container.setPointerCapture(event.pointerId);
  });
  heed(container, "pointermove", (event) => { if (from) draw(edges(from, at(event))); });
  heed(container, "pointerup", (event) => {
    if (!from) return;
    const box = edges(from, at(event));
    stop();
    if (box[0] < box[2] && box[1] < box[3]) {
      draw(box);
      state.box.tell({ rectangle: box });
    }
  });
  heed(document, "keydown", (event) => { if (event.key === "Escape") stop(); });
}
