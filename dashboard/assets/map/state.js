/* What the modules of the map share: one frame has one map, and what was last drawn on it. */

/** @type {any} */
export const state = { map: null };
