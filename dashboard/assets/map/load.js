/* Loads the modules of the map. The frame asks for classic scripts only, one after another, and draws before a module can be
   there: until then what is asked for waits in line. All modules are asked for at once, before Leaflet is: found by their
   imports they would come three rounds later. The folder's address changes with its content, so no browser keeps an old one. */
(() => {
  const MODULES = ["entry", "areas", "arrange", "controls", "days", "ground", "labels", "marks", "names", "pulse", "rectangle", "state", "tips", "tree"];
  const waiting = [];
  const wait = (name) => (...told) => { waiting.push([name, told]); };
  window.conflictmap = { waiting };
  for (const name of ["draw", "prepare", "walk", "halt", "settle"]) window.conflictmap[name] = wait(name);
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const address = (name) => new URL(name + ".js", script.src).href;
  for (const name of MODULES) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "modulepreload", href: address(name) });
    document.head.append(link);
  }
  import(address("entry"));
})();
