/* A list of claims as a table; a row is chosen by click, Enter or Space. */

export default component("section", "ledger", (root, data, tell) => {
  root.dir = data.direction;
  const scrolled = root.querySelector(".frame");
  const keep = scrolled ? [scrolled.scrollTop, scrolled.scrollLeft] : [0, 0];
  root.replaceChildren();
  if (!data.rows.length) {
    root.append(element("p", "hint", data.empty));
    return;
  }
  const frame = element("div", "frame");
  const table = element("table", "");
  const head = element("tr", "");
  for (const title of data.head) {
    const cell = element("th", "", title);
    cell.scope = "col";
    cell.removeAttribute("dir");
    head.append(cell);
  }
  const top = element("thead", "");
  top.append(head);
  const body = element("tbody", "");
  for (const row of data.rows) {
    const line = element("tr", "");
    line.classList.toggle("selected", row.selected);
    line.classList.toggle("denied", Boolean(row.denied));
    line.tabIndex = 0;
    line.dataset.focus = row.id;
    line.setAttribute("aria-selected", String(row.selected));
    row.cells.forEach((text, i) => {
      const cell = element("td", "");
      const inner = element("div", "cell", text);
      if (i === data.event_column) {
        const event = element("div", "event");
        event.append(sign(row.glyph, row.colour));
        if (row.denied) event.append(element("span", "denial", row.denied));
        event.append(inner);
        cell.append(event);
      } else cell.append(inner);
      if (i === data.words_column) inner.classList.add("long");
      line.append(cell);
    });
    const choose = () => tell({ claim: row.id });
    line.addEventListener("click", choose);
    line.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose();
      }
    });
    body.append(line);
  }
  table.append(top, body);
  frame.append(table);
  root.append(frame);
  [frame.scrollTop, frame.scrollLeft] = keep;
  const selected = body.querySelector(".selected");
  if (selected) {
    const at = selected.offsetTop;
    if (at < frame.scrollTop + 30 || at > frame.scrollTop + frame.clientHeight - 60) frame.scrollTop = Math.max(0, at - 60);
  }
  if (data.pages.many) {
    const bar = element("nav", "pages");
    const turn = (text, step) => {
      const button = element("button", "", text);
      button.type = "button";
      button.dataset.focus = "turn " + step;
      button.addEventListener("click", () => tell({ turn: step }));
      if (text) bar.append(button);
    };
    turn(data.pages.earlier, -1);
    bar.append(element("span", "", data.pages.text));
    turn(data.pages.later, 1);
    root.append(bar);
  }
});
