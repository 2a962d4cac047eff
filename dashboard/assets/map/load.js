/* Loads the modules of the map. The frame asks for classic scripts only, and draws before a module can be there: until
   then what is asked for waits in line. The folder's address changes with its content, so no browser keeps an old module. */
(() => {
  const waiting = [];
  const wait = (name) => (...told) => { waiting.push([name, told]); };
  window.conflictmap = { waiting };
  for (const name of ["draw", "prepare", "walk", "halt", "settle"]) window.conflictmap[name] = wait(name);
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  import(new URL("entry.js", script.src).href);
})();
