/* A table: a click on a column's head sorts by it, a click anywhere on a row chooses it. One row can be come to by Tab;
   arrows, Home and End walk the others, Enter and Space choose.
   As a sheet (`data.sheet`) its rows are picked too: by their boxes, by a click with Ctrl or Shift, by Space and by
   Shift with an arrow; and they stand under heads that Enter, a click and the arrows along the line fold. */

function makeHead(data, tell) {
  const line = element("tr", "");
  if (data.sheet) {
    const cell = element("th", "tick");
    cell.scope = "col";
    const box = tick(data.sheet.all, data.sheet.bar.say.all, (on) => tell(on ? { pick_all: true } : { none: true }));
    box.dataset.focus = "all";
    box.tabIndex = 0;
    cell.append(box);
    line.append(cell);
  }
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

/* A box that says how many are picked of what it stands for ("all", "some" or ""), and tells of a change. */
function tick(share, label, change) {
  const box = element("input", "");
  box.type = "checkbox";
  box.tabIndex = -1;
  box.checked = share === "all";
  box.indeterminate = share === "some";
  box.setAttribute("aria-label", label);
  box.title = label;
  box.addEventListener("change", () => change(box.checked));
  return box;
}

function makeRow([id, cells], data, tell, head = "") {
  const { sheet } = data;
  const line = element("tr", "row");
  const chosen = id === data.chosen;
  line.classList.toggle("selected", chosen);
  if (sheet) {
    const cell = element("td", "tick");
    cell.append(tick(sheet.picked.includes(id) ? "all" : "", sheet.bar.say.pick, (on) => pick(line, [line], on, tell)));
    line.append(cell);
  }
  cells.forEach((text, i) => {
    const column = data.columns[i];
    const { number, arabic, long } = column;
    const cell = element("td", (number ? "number " : "") + (arabic ? "arabic " : "") + (column.day ? "day " : "") + (long && text.length > 24 ? "long" : ""), text);
    line.append(cell);
  });
  if (!data.choosable) return line;
  line.tabIndex = -1;
  line.dataset.id = id;
  line.dataset.focus = `row ${id} ${head}`;
  if (sheet) {
    line.setAttribute("aria-selected", String(sheet.picked.includes(id)));
    if (chosen) line.setAttribute("aria-current", "true");
    if (sheet.bar.by) line.setAttribute("aria-level", "2");
    // Shift with a click marks words in no table; it picks.
    line.addEventListener("mousedown", (event) => event.shiftKey && event.preventDefault());
  } else line.setAttribute("aria-selected", String(chosen));
  line.addEventListener("click", (event) => {
    if (sheet && event.shiftKey) {
      event.preventDefault();
      pick(line, between(line), true, tell);
    } else if (event.target.closest(".tick")) {
      if (!event.target.closest("input")) event.currentTarget.querySelector("input").click();
    } else if (sheet && (event.ctrlKey || event.metaKey)) pick(line, [line], line.getAttribute("aria-selected") !== "true", tell);
    // Words that are being marked to be copied choose nothing.
    else if (!window.getSelection()?.toString()) tell({ row: id });
  });
  line.addEventListener("keydown", (event) => {
    if (event.target.closest("input") && event.key === " ") return;
    if (event.key === "Enter" || (event.key === " " && !sheet)) tell({ row: id });
    else if (event.key === " ") pick(line, [line], line.getAttribute("aria-selected") !== "true", tell);
    else if (sheet && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") tell({ pick_all: true });
    else if (sheet?.bar.by && event.key === along(line)[0]) walk(headOf(line), line);
    else if (walkTo(event, line)) {
      const next = line.getRootNode().activeElement;
      if (sheet && event.shiftKey && next?.classList.contains("row")) pick(next, [line, next], true, tell);
    } else return;
    event.preventDefault();
  });
  return line;
}

/* Rows are picked or left: shown at once, and told. `from` is where the next click with Shift counts from. */
function pick(from, lines, on, tell) {
  const ids = [...new Set(lines.map((line) => line.dataset.id))];
  const body = from.parentElement;
  body.from = from;
  for (const line of body.querySelectorAll(".row")) {
    if (!ids.includes(line.dataset.id)) continue;
    line.setAttribute("aria-selected", String(on));
    line.querySelector(".tick input").checked = on;
  }
  tell({ pick: ids, on });
}

/* The rows from the one that was picked last to another one. */
function between(line) {
  const rows = [...line.parentElement.querySelectorAll(".row")];
  const from = rows.indexOf(line.parentElement.from), to = rows.indexOf(line);
  return from < 0 ? [line] : rows.slice(Math.min(from, to), Math.max(from, to) + 1);
}

/* The keys that lead out of a line and into it, as the page is read. */
function along(line) {
  return getComputedStyle(line).direction === "rtl" ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"];
}

function headOf(line) {
  let head = line.previousElementSibling;
  while (head && !head.classList.contains("head")) head = head.previousElementSibling;
  return head;
}

/* Whether a key walks from a line to another one: it does so. */
function walkTo(event, line) {
  const lines = [...line.parentElement.children];
  const at = lines.indexOf(line);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: lines.length - 1 }[event.key];
  if (to === undefined) return false;
  walk(lines[to], line);
  return true;
}

function walk(to, from) {
  if (!to) return;
  from.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}

/* What is said of rows taken together: how many claims and voices, and what the sums are. */
function makeTold(told) {
  const line = element("div", "told");
  line.append(element("b", "name", told.name), element("span", "count", told.claims), element("span", "count", told.voices));
  for (const { label, figure, apart, why } of told.sums) {
    const sum = element("span", "sum");
    if (figure || apart) sum.append(element("span", "label", label));
    if (figure) sum.append(element("span", "figure", figure));
    if (apart) {
      const note = element("span", "apart", apart);
      note.title = why;
      sum.append(note);
    }
    line.append(sum);
  }
  return line;
}

/* Why some figures are in no sum, in words. */
function makeWhy(told) {
  const why = element("div", "why");
  for (const sum of told.sums) if (sum.why) why.append(element("div", "", `${sum.label}: ${sum.why}`));
  return why;
}

function makeGroup(head, data, tell) {
  const told = data.sheet.heads[head];
  const line = element("tr", "head");
  line.tabIndex = -1;
  line.dataset.focus = "head " + head;
  line.setAttribute("aria-expanded", String(told.open));
  line.setAttribute("aria-level", "1");
  line.setAttribute("aria-selected", String(told.picked === "all"));
  const change = (on) => tell({ pick_head: head, on });
  const box = element("td", "tick");
  box.append(tick(told.picked, data.sheet.bar.say.pick_head, change));
  const cell = element("td", "");
  cell.colSpan = data.columns.length;
  cell.append(makeTold(told));
  if (told.open) cell.append(makeWhy(told));
  line.append(box, cell);
  line.addEventListener("click", (event) => {
    if (!event.target.closest(".tick")) {
      if (!window.getSelection()?.toString()) tell({ fold: head });
    } else if (!event.target.closest("input")) line.querySelector("input").click();
  });
  line.addEventListener("keydown", (event) => {
    if (event.target.closest("input") && event.key === " ") return;
    const [out, into] = along(line);
    if (event.key === "Enter" || event.key === (told.open ? out : into)) tell({ fold: head });
    else if (event.key === " ") change(told.picked !== "all");
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "a") tell({ pick_all: true });
    else if (!walkTo(event, line)) return;
    event.preventDefault();
  });
  return line;
}

/* The last lines: what is said of all rows, and of those that are picked. */
function makeFoot(data) {
  const foot = element("tfoot", "");
  for (const told of data.sheet.foot) {
    const line = element("tr", "");
    const cell = element("td", "");
    cell.colSpan = data.columns.length + 1;
    const shown = makeTold(told);
    const why = makeWhy(told);
    if (why.childElementCount) {
      const more = element("button", "more", "?");
      more.type = "button";
      more.setAttribute("aria-label", data.sheet.bar.say.why);
      more.title = data.sheet.bar.say.why;
      more.dataset.focus = "why " + told.name;
      why.popover = "auto";
      more.popoverTargetElement = why;
      shown.append(more, why);
    }
    cell.append(shown);
    line.append(cell);
    foot.append(line);
  }
  return foot;
}

/* Above the sheet: what it is gathered by, what is picked, and where that can be taken. */
function makeBar(data, tell) {
  const { bar, folded } = data.sheet;
  const { say } = bar;
  const line = element("div", "bar");
  const button = (name, text, message, pressed) => {
    const made = element("button", name, text);
    made.type = "button";
    made.dataset.focus = "bar " + name;
    if (pressed !== undefined) made.setAttribute("aria-pressed", String(pressed));
    made.addEventListener("click", () => tell(message));
    line.append(made);
  };
  const label = element("label", "by", say.by + " ");
  const by = element("select", "");
  by.dataset.focus = "by";
  for (const [code, name] of bar.groupings) {
    const option = element("option", "", name);
    option.value = code;
    option.selected = code === bar.by;
    by.append(option);
  }
  by.addEventListener("change", () => tell({ by: by.value }));
  label.append(by);
  line.append(label);
  if (bar.by) button("fold", folded ? say.open : say.fold, { fold_all: !folded });
  const status = element("span", "status" + (bar.full ? " full" : ""), bar.status || say.how);
  status.setAttribute("role", "status");
  line.append(status);
  if (bar.any) {
    button("map", say.map, { map: true });
    button("only", say.only, { only: !bar.only }, bar.only);
    button("none", say.none, { none: true });
  }
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

/* The lines of the table, heads and rows; `data.rows` has the rows in their order. */
function makeLines(data, tell) {
  if (!data.sheet) return data.rows.map((row) => makeRow(row, data, tell));
  const rows = data.rows.values();
  return data.sheet.lines.map(([head, row]) => (row ? makeRow(rows.next().value, data, tell, head) : makeGroup(head, data, tell)));
}

export default component("section", "grid", (root, data, tell) => {
  root.dir = data.direction;
  root.classList.toggle("short", data.short);
  const held = root.getRootNode().activeElement?.dataset.focus;
  const old = root.querySelector(".frame");
  const keep = old && root.page === data.pages.text ? [old.scrollTop, old.scrollLeft] : [0, old ? old.scrollLeft : 0];
  const stands = [data.chosen, data.pages.text, ...data.sorted].join(" ");
  const moved = root.stands !== stands;
  [root.page, root.stands] = [data.pages.text, stands];
  const from = old?.querySelector("tbody").from?.dataset.focus;
  const frame = element("div", "frame");
  frame.tabIndex = data.choosable ? -1 : 0;
  const table = element("table", "");
  table.setAttribute("role", data.sheet?.bar.by ? "treegrid" : "grid");
  if (data.sheet) table.setAttribute("aria-multiselectable", "true");
  const body = element("tbody", "");
  body.append(...makeLines(data, tell));
  body.from = [...body.children].find((line) => line.dataset.focus === from);
  table.append(makeHead(data, tell), body);
  if (data.sheet) table.append(makeFoot(data));
  table.classList.toggle("choosable", data.choosable);
  frame.append(table);
  root.replaceChildren(...(data.sheet ? [makeBar(data, tell)] : []), frame);
  if (data.pages.many) root.append(makePages(data.pages, tell));
  [frame.scrollTop, frame.scrollLeft] = keep;
  const stop = [...body.children].find((line) => line.dataset.focus === held) || body.querySelector(".selected") || body.firstElementChild;
  if (data.choosable && stop) stop.tabIndex = 0;
  const selected = moved && body.querySelector(".selected");
  if (selected) {
    const at = selected.offsetTop;
    if (at < frame.scrollTop + 30 || at > frame.scrollTop + frame.clientHeight - 60) frame.scrollTop = Math.max(0, at - 60);
  }
});
