/* Claims as short lines, in groups; one is chosen by click or key. */

export default component("div", "statements", (root, data, tell) => {
  root.replaceChildren();
  root.dir = data.direction;
  for (const group of data.groups) {
    const box = element("section", "group");
    if (group.name) box.append(element("h3", "", group.name));
    if (group.note) box.append(element("p", "note", group.note));
    const items = element("div", "items");
    items.classList.toggle("pair", Boolean(group.pair));
    for (const item of group.items) items.append(statement(item, (id) => tell({ claim: id })));
    box.append(items);
    root.append(box);
  }
});
