/* Full screen for a room: the page with map, timeline and what is new, and nothing else (assets/stage.css). The keys that
   let the days walk work from anywhere on the page, the map's frame too, but not while something is typed. */
import { frame } from "./map.js";

const STAGE = "cm-stage";

/* The whole page goes to full screen, and what is no part of the stage is hidden: no frame is moved, none is loaded anew. */
export async function showStage() {
  const page = document.documentElement;
  if (page.classList.contains(STAGE)) return leaveStage();
  page.classList.add(STAGE);
  document.addEventListener("fullscreenchange", () => { if (!document.fullscreenElement) page.classList.remove(STAGE); });
  // Where full screen is refused (in another page's frame), the stage fills the window.
  await page.requestFullscreen?.().catch(() => undefined);
}

export async function leaveStage() {
  document.documentElement.classList.remove(STAGE);
  if (document.fullscreenElement) await document.exitFullscreen();
}

/** @typedef {{ playable: () => boolean, toggle: () => void, step: (way: number) => void, home: () => void, end: () => void }} Moves */

/** Hear the keys while the timeline is on the page. Arrows step as they point; on the map, where they would pan it, they do
 * so with Shift. @param {HTMLElement} root @param {() => any} map @param {Moves} moves */
export function stageKeys(root, map, moves) {
  const heard = new WeakSet();
  const hear = (/** @type {any} */ window) => {
    if (!window || heard.has(window)) return;
    heard.add(window);
    window.document.addEventListener("keydown", press, true);
  };

  function press(/** @type {KeyboardEvent} */ event) {
    if (!root.isConnected || !moves.playable() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const act = { " ": moves.toggle, ArrowLeft: () => moves.step(-1), ArrowRight: () => moves.step(1), Home: moves.home, End: moves.end,
      Escape: document.documentElement.classList.contains(STAGE) ? leaveStage : undefined }[event.key];
    if (!act || event.shiftKey || keeps(/** @type {any} */ (event.composedPath()[0]), event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  hear(window);
  const look = () => {
    if (!root.isConnected) return;
    hear(frame());
    setTimeout(look, 1000);
  };
  requestAnimationFrame(look);
}

/** Whether an element needs a key for itself. @param {Element} target @param {string} key */
export function keeps(target, key) {
  if (!target?.closest) return false;
  if (target.closest("input, textarea, select, [contenteditable=''], [contenteditable=true], [role=slider], [role=textbox], [role=combobox], [role=grid], [role=listbox], [role=menu], [role=tree], [role=tablist], [role=radiogroup]")) return true;
  return key === " " && Boolean(target.closest("button, a, summary, label, [role=button], [role=tab], [role=checkbox], .leaflet-interactive"));
}
