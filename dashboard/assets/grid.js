/* A table: a click on a column's head sorts by it, a click anywhere on a row chooses it. One row can be come to by Tab;
   arrows, Home and End walk the others, Enter and Space choose. */

function makeHead(data, tell) {
  const line = element("tr", "");
  for (const column of data.columns) {
    const cell = element("th", column.number ? "number" : "");
    cell.scope = "col";
    const sorted = data.sorted[0] === column.name;
    if (sorted) cell.setAttribute("aria-sort", data.sorted[1] ? "descending" : "ascending");
    const button = element("button", "sort", column.label);
    button.type = "button";
    button.dataset.focus = "sort " + column.name;
    button.removeAttribute("dir");
    button.addEventListener("click", () => tell({ sort: column.name }));
    cell.append(button);
    line.append(cell);
  }
  const head = element("thead", "");
  head.append(line);
  return head;
}

function makeRow([id, cells], data, tell) {
  const line = element("tr", "");
  const chosen = id === data.chosen;
  line.classList.toggle("selected", chosen);
  cells.forEach((text, i) => {
    const column = data.columns[i];
    const { number, arabic, long } = column;
    const cell = element("td", (number ? "number " : "") + (arabic ? "arabic " : "") + (column.day ? "day " : "") + (long && text.length > 24 ? "long" : ""), text);
    line.append(cell);
  });
  if (!data.choosable) return line;
  line.tabIndex = -1;
  line.dataset.focus = "row " + id;
  line.setAttribute("aria-selected", String(chosen));
  // Words that are being marked to be copied choose nothing.
  line.addEventListener("click", () => window.getSelection()?.toString() || tell({ row: id }));
  line.addEventListener("keydown", (event) => {
    const rows = [...line.parentElement.children];
    const at = rows.indexOf(line);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (event.key === "Enter" || event.key === " ") tell({ row: id });
    else if (to === undefined) return;
    else if (rows[to]) {
      line.tabIndex = -1;
      rows[to].tabIndex = 0;
      rows[to].focus();
    }
    event.preventDefault();
  });
  return line;
}

function makePages(pages, tell) {
  const bar = element("nav", "pages");
  const turn = (text, step) => {
    const button = element("button", "", text);
    button.type = "button";
    button.dataset.focus = "turn " + step;
    button.addEventListener("click", () => tell({ turn: step }));
    if (text) bar.append(button);
  };
  turn(pages.earlier, -1);
  bar.append(element("span", "", pages.text));
  turn(pages.later, 1);
  return bar;
}

export default component("section", "grid", (root, data, tell) => {
  root.dir = data.direction;
  root.classList.toggle("short", data.short);
  const old = root.querySelector(".frame");
  const keep = old && root.page === data.pages.text ? [old.scrollTop, old.scrollLeft] : [0, old ? old.scrollLeft : 0];
  root.page = data.pages.text;
  const frame = element("div", "frame");
  frame.tabIndex = data.choosable ? -1 : 0;
  const table = element("table", "");
  table.setAttribute("role", "grid");
  const body = element("tbody", "");
  body.append(...data.rows.map((row) => makeRow(row, data, tell)));
  table.append(makeHead(data, tell), body);
  table.classList.toggle("choosable", data.choosable);
  frame.append(table);
  root.replaceChildren(frame);
  if (data.pages.many) root.append(makePages(data.pages, tell));
  [frame.scrollTop, frame.scrollLeft] = keep;
  const stop = body.querySelector(".selected") || body.firstElementChild;
  if (data.choosable && stop) stop.tabIndex = 0;
  const selected = body.querySelector(".selected");
  if (selected) {
    const at = selected.offsetTop;
    if (at < frame.scrollTop + 30 || at > frame.scrollTop + frame.clientHeight - 60) frame.scrollTop = Math.max(0, at - 60);
  }
});
