/* The timeline; see timeline/entry.js, which the page loads by itself. */
const { default: { build } } = await import(new URL(MODULES, document.baseURI).href);

export default component("section", "timeline", (root, data, tell) => {
  root.at ??= build(root, tell, { element, sign });
  root.at.draw(data);
});
