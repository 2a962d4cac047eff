/* Rings that go out once from where something new is told: three, in the colour of who acts. They move nothing and are gone
   by themselves; map.css leaves them out where the reader wants no motion. */
import { state } from "./state.js";

const MOST = 40; // at a time: more would be noise
const RINGS = 3;

/** @param {{ id: string, colour: string }[]} found  places, each with the colour of its newest claim's side */
export function pulse(found) {
  if (!state.map || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const pane = state.map.getPane("cm-pulses") ?? makePane();
  for (const { id, colour } of found) {
    if (pane.childElementCount >= MOST) return;
    const layer = shownFor(id);
    if (!layer) continue;
    const at = state.map.latLngToLayerPoint(layer.getLatLng());
    const box = document.createElement("div");
    box.className = "cm-pulse";
    box.style.cssText = `left:${at.x}px;top:${at.y}px;color:${colour};--r:${(layer._radius ?? 8) + 8}px`;
    for (let ring = 0; ring < RINGS; ring++) box.append(document.createElement("i"));
    box.addEventListener("animationend", (event) => { if (event.target === box.lastChild) box.remove(); });
    pane.append(box);
  }
}

function makePane() {
  const pane = state.map.createPane("cm-pulses");
  pane.style.zIndex = "390"; // below the marks
  pane.style.pointerEvents = "none";
  return pane;
}

/* The mark of a place, or of the group that it is in. */
function shownFor(id) {
  const layer = state.byId.get(id);
  return layer && (state.groups.find((group) => group.members.includes(layer))?.layer ?? layer);
}
