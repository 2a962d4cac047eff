/* The keys that let the days walk work from anywhere on the page, the map's frame too, but not while something is typed. */
import { frame } from "./map.js";

/** @typedef {{ playable: () => boolean, toggle: () => void, step: (way: number) => void, home: () => void, end: () => void }} Moves */

/** Hear the keys while the timeline is on the page. Arrows step as they point; on the map, where they would pan it, they do
 * so with Shift. @param {HTMLElement} root @param {Moves} moves */
export function hearKeys(root, moves) {
  const heard = new WeakSet();
  const hear = (/** @type {any} */ page) => {
    if (!page || heard.has(page)) return;
    heard.add(page);
    page.addEventListener("keydown", press, true);
  };

  function press(/** @type {KeyboardEvent} */ event) {
    if (!root.isConnected || !moves.playable() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = { " ": moves.toggle, ArrowLeft: () => moves.step(-1), ArrowRight: () => moves.step(1), Home: moves.home, End: moves.end }[event.key];
    if (!act || event.shiftKey || keeps(/** @type {any} */ (event.composedPath()[0]), event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  // The map's frame has a page of its own, which may come anew.
  const look = () => {
    hear(document);
    hear(frame()?.document);
    if (root.isConnected) setTimeout(look, 1000);
  };
  requestAnimationFrame(look);
}

/** Whether an element needs a key for itself. @param {Element} target @param {string} key */
export function keeps(target, key) {
  if (!target?.closest) return false;
  if (target.closest("input, textarea, select, [contenteditable=''], [contenteditable=true], [role=slider], [role=textbox], [role=combobox], [role=grid], [role=treegrid], [role=toolbar], [role=listbox], [role=menu], [role=tree], [role=tablist], [role=radiogroup], .skips")) return true;
  return key === " " && Boolean(target.closest("button, a, summary, label, [role=button], [role=tab], [role=checkbox], .leaflet-interactive"));
}
