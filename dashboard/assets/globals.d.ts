/* What is there without being imported, for the type checker. */

interface Window {
  /** The map's own functions, in its frame; see map/entry.js. */
  conflictmap: any;
  /** Streamlit's library, in the frame of the map. */
  Streamlit: { setComponentValue(value: unknown): void };
}

/** The address of the modules of a component; see dashboard/component.py. */
declare const MODULES: string;
