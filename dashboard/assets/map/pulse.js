/* Rings that go out once from where something new is told, in the colour of who acts. They move nothing and are gone by
   themselves, and are left out where the reader wants no motion. All are drawn on one canvas: elements that move would each be
   a layer for the browser to sort. */
import { state } from "./state.js";

const MOST = 24; // at a time: more would be noise
const RINGS = [660, 900]; // ms that each ring takes
const LAST = Math.max(...RINGS);
const TAU = 2 * Math.PI;

/** @typedef {{ layer: any, colour: string, begun: number }} Pulse */
/** @type {Pulse[]} */
let pulses = [];
let frame = 0;

/** @param {{ id: string, colour: string }[]} found  places, each with the colour of its newest claim's side */
export function pulse(found) {
  if (!state.map || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const ring = new Map(state.groups.flatMap(({ layer, members }) => members.map((member) => [member, layer])));
  const now = performance.now();
  const going = new Set(pulses.map(({ layer }) => layer));
  for (const { id, colour } of found) {
    const layer = state.byId.get(id);
    const shown = layer && (ring.get(layer) ?? layer);
    if (!shown || going.has(shown) || pulses.length >= MOST) continue;
    going.add(shown);
    pulses.push({ layer: shown, colour, begun: now });
  }
  if (pulses.length) frame ||= requestAnimationFrame(drawPulses);
}

function drawPulses() {
  frame = 0;
  const { map } = state;
  const canvas = state.pulses ??= makeCanvas();
  const size = map.getSize(), origin = map.containerPointToLayerPoint([0, 0]), dense = devicePixelRatio || 1;
  if (!canvas.at?.equals(origin)) { // only where the map has moved: it costs a layout
    canvas.at = origin;
    L.DomUtil.setPosition(canvas, origin);
  }
  if (canvas.width !== Math.round(size.x * dense) || canvas.height !== Math.round(size.y * dense)) {
    Object.assign(canvas, { width: Math.round(size.x * dense), height: Math.round(size.y * dense) });
    Object.assign(canvas.style, { width: size.x + "px", height: size.y + "px" });
  }
  const ctx = canvas.getContext("2d");
  ctx.setTransform(dense, 0, 0, dense, 0, 0);
  ctx.clearRect(0, 0, size.x, size.y);
  ctx.lineWidth = 2.5;
  const now = performance.now();
  pulses = pulses.filter(({ begun }) => now - begun < LAST);
  for (const { layer, colour, begun } of pulses) {
    const { x, y } = map.latLngToLayerPoint(layer.getLatLng()).subtract(origin);
    ctx.strokeStyle = colour;
    for (const long of RINGS) {
      const gone = 1 - (1 - Math.min(1, (now - begun) / long)) ** 2; // fast, then slower
      if (gone === 1) continue;
      ctx.globalAlpha = 0.95 * (1 - gone);
      ctx.beginPath();
      ctx.arc(x, y, ((layer._radius ?? 8) + 8) * (0.7 + 1.4 * gone), 0, TAU);
      ctx.stroke();
    }
  }
  ctx.globalAlpha = 1;
  if (pulses.length) frame = requestAnimationFrame(drawPulses);
}

/* Below the marks. */
function makeCanvas() {
  const pane = state.map.createPane("cm-pulses");
  pane.style.zIndex = "390";
  pane.style.pointerEvents = "none";
  const canvas = L.DomUtil.create("canvas", "cm-pulse leaflet-zoom-hide", pane);
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}
