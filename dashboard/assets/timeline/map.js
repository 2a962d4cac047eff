/* The map beside the timeline: another frame of the same page, which may come later, go, or come anew. */

const FRAME = 'iframe[title="streamlit_folium.st_folium"]';

/** A function that gives the map's own functions (assets/map/entry.js), or undefined where there is none.
 * @returns {() => any} */
export function reach(_root) {
  return () => frame()?.conflictmap;
}

/** The window of the map's frame, if it is there. @returns {any} */
export const frame = () => /** @type {HTMLIFrameElement | null} */ (document.querySelector(FRAME))?.contentWindow;
