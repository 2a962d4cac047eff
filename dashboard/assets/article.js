/* An article with the role of each word of a claim, and what was read from them. */

/* The marks that tell the roles apart without their colours. */
const SIGNS = {
  negation: "≠", trigger: "◆", killed: "†", wounded: "‡", strikes: "×", actor: "▲", target: "▼", place: "●",
  claimant: "“", relay: "→", date: "■", weapon: "∗", named: "○",
};

function role(name, text) {
  const span = document.createElement(name ? "mark" : "span");
  if (name) {
    span.className = `role ${name}`;
    const mark = element("span", "role-sign");
    mark.dataset.sign = SIGNS[name] || "";
    mark.setAttribute("aria-hidden", "true");
    span.append(mark);
  }
  const words = document.createElement("span");
  words.textContent = text;
  span.append(words);
  return span;
}

function legend(data) {
  const list = element("ul", "legend");
  list.setAttribute("aria-label", data.legend_label);
  for (const [name, text] of data.legend) {
    const entry = element("li", "");
    if (name === "said" || name === "other") entry.append(element("span", `sample ${name}`, text));
    else entry.append(role(name, text));
    list.append(entry);
  }
  return list;
}

function body(data, choose) {
  const text = element("div", "text");
  text.dir = "auto";
  text.tabIndex = 0;
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", data.text_label);
  data.pieces[0][0] = data.pieces[0][0].trimStart();
  for (const [words, name, said, other] of data.pieces) {
    const piece = role(name, words);
    piece.classList.toggle("said", said);
    if (other && !said) {
      piece.classList.add("other");
      piece.addEventListener("click", () => choose(other));
    }
    text.append(piece);
  }
  return text;
}

function facts(data) {
  const table = element("table", "facts");
  for (const fact of data.facts) {
    const row = element("tr", "");
    const head = element("th", "");
    head.scope = "row";
    head.append(role(fact.role, fact.name));
    const cell = element("td", "");
    cell.append(element("div", "value", fact.value));
    if (fact.words) cell.append(element("div", "quoted", fact.words));
    if (fact.how) cell.append(element("div", "how", fact.how));
    row.append(head, cell);
    table.append(row);
  }
  return table;
}

function places(data) {
  const list = element("ul", "places");
  for (const place of data.places) {
    const entry = element("li", "");
    const head = element("div", "place-head");
    head.append(role("place", place.surface), element("b", "", place.name));
    if (place.other) head.append(element("span", "muted", place.other));
    head.append(element("span", "muted", place.kind));
    entry.append(head);
    const why = element("div", "why");
    for (const reason of place.because) why.append(element("span", "", reason));
    why.append(element("span", "", place.method), element("span", "", place.score));
    entry.append(why);
    if (place.namesakes.length) {
      const others = element("div", "why");
      others.append(element("span", "muted", place.namesakes_label));
      for (const name of place.namesakes) others.append(element("span", "chip", name));
      entry.append(others);
    }
    list.append(entry);
  }
  return list;
}

function part(title, ...contents) {
  const section = element("section", "");
  section.append(element("h3", "", title), ...contents);
  return section;
}

export default component("div", "article", (root, data, tell) => {
  const before = root.querySelector(".text");
  const keep = before && root.dataset.claim === data.claim ? before.scrollTop : null;
  root.replaceChildren();
  root.dir = data.direction;
  root.dataset.claim = data.claim;
  const choose = (id) => tell({ claim: id });

  const reading = element("div", "reading");
  const head = element("header", "");
  head.append(element("h2", "", data.title));
  const source = element("div", "source");
  source.append(element("span", "", data.outlet), element("span", "", data.published));
  head.append(source);
  const text = body(data, choose);
  reading.append(head, legend(data), text);

  const aside = element("div", "aside");
  aside.append(statement(data.statement, () => {}));
  aside.firstChild.disabled = true;
  aside.append(part(data.facts_label, facts(data)));
  if (data.places.length) aside.append(part(data.places_label, places(data)));
  const sure = element("p", "sure", data.sure);
  sure.dir = data.direction;
  const doubts = element("ul", "doubts");
  for (const doubt of data.doubts) doubts.append(element("li", "", doubt));
  aside.append(part(data.sure_label, sure, element("div", "muted", data.doubts_label), doubts));

  const further = element("div", "further");
  const incident = element("div", "items");
  for (const item of data.incident) incident.append(statement(item, choose));
  const status = element("p", "muted", data.incident.length ? data.status : data.incident_none);
  further.append(part(data.incident_label, status, incident));
  if (data.siblings.length) {
    const siblings = element("div", "items");
    for (const item of data.siblings) siblings.append(statement(item, choose));
    further.append(part(data.siblings_label, siblings));
  }
  root.append(reading, aside, further);
  const said = text.querySelector(".said");
  if (keep !== null) text.scrollTop = keep;
  else if (said) text.scrollTop = Math.max(0, said.offsetTop - text.offsetTop - 60);
});
