// The page of `conflictmap export --format html`: a map, a timeline whose window is dragged, and the claims in it.
// Whatever comes from a text reaches the page as text alone.
{
  const DAY = 86_400_000;
  const SHOWN = 200; // claims in the list
  const BARS = 150;
  const data = JSON.parse(document.getElementById("data").textContent);
  const dated = data.claims.filter((claim) => claim.from !== null);
  const first = Math.min(...dated.map((claim) => claim.from), Infinity);
  const last = Math.max(...dated.map((claim) => claim.to), -Infinity);
  const days = dated.length ? last - first + 1 : 1;

  /** The window in whole days, and the place that was chosen (its number, or null). */
  const state = { from: first, to: last, place: null };

  const add = (parent, tag, text = "", className = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className;
    parent.append(made);
    return made;
  };
  /** Words of either direction, each for itself, in one line. */
  const line = (parent, parts) => parts.filter(Boolean).forEach((part, number) => {
    if (number) parent.append(" · ");
    add(parent, "bdi", part);
  });
  const draw = (parent, tag, attributes) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    parent.append(made);
    return made;
  };
  const written = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const whole = () => state.from === first && state.to === last;
  const inWindow = (claim) => (claim.from === null ? whole() : claim.from <= state.to && claim.to >= state.from);

  // --- what is told of it
  for (const [name, told] of Object.entries(data.about)) {
    if (name !== "what" && name !== "notice") add(document.querySelector("footer"), "div", `${name}: ${told}`);
  }
  const aside = [[data.claims.length - dated.length, "undated: listed while all days are chosen"],
    [data.claims.filter((claim) => !claim.places.length).length, "without a place on the map"]];
  for (const [count, told] of aside) if (count) add(document.querySelector("footer"), "div", `${count} ${told}`);

  // --- the map
  const style = getComputedStyle(document.documentElement);
  const colour = (name) => style.getPropertyValue(name).trim();
  const map = L.map("map", { attributionControl: false, zoomSnap: 0.25 });
  const ground = L.polygon(data.outlines, { color: colour("--line"), weight: 1, fillColor: colour("--land"), fillOpacity: 1, interactive: false });
  ground.addTo(map);
  map.fitBounds(ground.getBounds());
  const marks = data.places.map((place, number) => {
    const mark = L.circleMarker([place.lat, place.lon], { color: colour("--mark"), weight: 1.5 });
    const name = document.createElement("span");
    name.textContent = [place.ar, place.en].filter(Boolean).join(" · ");
    mark.bindTooltip(name);
    mark.on("click", (event) => {
      L.DomEvent.stopPropagation(event);
      choose(state.place === number ? null : number);
    });
    return mark;
  });
  map.on("click", () => choose(null));

  function choose(place) {
    state.place = place;
    show();
  }

  // --- the list
  const list = document.getElementById("list");

  function card(claim) {
    const made = add(list, "article", "", claim.denied ? "denied" : "");
    made.dataset.claim = claim.id;
    const where = claim.places.map((place) => data.places[place].ar || data.places[place].en).join("، ") || claim.where;
    line(add(made, "p", "", "what"), [claim.denied && "denied", claim.what, where]);
    const words = add(made, "p", claim.words, "words");
    words.dir = "auto";
    words.lang = "ar";
    const told = [claim.who && `says ${claim.who}`, claim.by && `by ${claim.by}`, claim.on && `against ${claim.on}`];
    const when = claim.from === null ? "undated" : [...new Set([written(claim.from), written(claim.to)])].join(" to ");
    line(add(made, "p", "", "about"), [...told, claim.dead && `killed: ${claim.dead}`, when]);
    const source = add(made, "p", "", "about");
    const names = [claim.outlet, claim.title, claim.published];
    if (/^https?:\/\//.test(claim.url)) {
      const link = add(source, "a");
      link.href = claim.url;
      link.rel = "noopener noreferrer";
      link.target = "_blank";
      line(link, names.some(Boolean) ? names : [claim.url]);
    } else line(source, names);
  }

  function show() {
    const shown = data.claims.filter(inWindow);
    const counts = new Array(data.places.length).fill(0);
    for (const claim of shown) for (const place of claim.places) counts[place] += 1;
    marks.forEach((mark, number) => {
      if (!counts[number]) return mark.remove();
      const chosen = state.place === number;
      mark.setRadius(4 + 2 * Math.sqrt(counts[number]));
      mark.setStyle({ fillOpacity: chosen ? 0.9 : 0.35, weight: chosen ? 3 : 1.5 });
      mark.addTo(map);
    });
    const chosen = state.place === null ? shown : shown.filter((claim) => claim.places.includes(state.place));
    list.replaceChildren();
    const place = state.place === null ? "" : ` · ${data.places[state.place].ar || data.places[state.place].en}`;
    add(list, "h2", `${chosen.length} ${chosen.length === 1 ? "claim" : "claims"}${place}`).dir = "auto";
    if (state.place !== null) add(list, "button", "all places").onclick = () => choose(null);
    chosen.slice(0, SHOWN).forEach(card);
    if (chosen.length > SHOWN) add(list, "p", `${chosen.length - SHOWN} more: choose a place, or fewer days`, "about");
    drawWindow();
  }

  // --- the timeline
  const svg = document.querySelector("#time svg");
  const step = Math.ceil(days / BARS);
  const bins = new Array(Math.ceil(days / step)).fill(0);
  for (const claim of dated) bins[Math.floor((claim.from - first) / step)] += 1;
  const most = Math.max(...bins, 1);
  const bars = bins.map((count, number) => draw(svg, "rect", {
    class: "bar", x: `${(100 * number) / bins.length}%`, width: `${Math.max(80 / bins.length, 0.2)}%`,
    y: 56 - (50 * count) / most, height: (50 * count) / most,
  }));
  const band = draw(svg, "rect", { class: "window", y: 0, height: 56 });
  const handles = ["from", "to"].map((end) => {
    const made = draw(svg, "rect", { class: "handle", width: 8, height: 56, rx: 3, tabindex: 0, role: "slider" });
    made.setAttribute("aria-label", end === "from" ? "first day" : "last day");
    return made;
  });
  const ends = document.querySelectorAll("#span output");

  function drawWindow() {
    const edges = dated.length ? [state.from - first, state.to - first + 1] : [0, days];
    const [left, right] = edges.map((day) => (100 * day) / days);
    band.setAttribute("x", `${left}%`);
    band.setAttribute("width", `${Math.max(right - left, 0)}%`);
    handles.forEach((handle, number) => {
      const end = number ? "to" : "from";
      handle.setAttribute("x", `${number ? right : left}%`);
      handle.style.transform = "translateX(-4px)";
      if (!dated.length) return;
      handle.setAttribute("aria-valuemin", String(first));
      handle.setAttribute("aria-valuemax", String(last));
      handle.setAttribute("aria-valuenow", String(state[end]));
      handle.setAttribute("aria-valuetext", written(state[end]));
      ends[number].textContent = written(state[end]);
    });
    bars.forEach((bar, number) => {
      const at = first + number * step;
      bar.classList.toggle("in", at <= state.to && at + step > state.from);
    });
  }

  function move(from, to) {
    if (!dated.length) return;
    state.from = Math.max(first, Math.min(from, last));
    state.to = Math.max(state.from, Math.min(to, last));
    show();
  }

  /** Let a part of the timeline be dragged: `moved` gets the state at the beginning and by how many days. */
  function draggable(part, moved) {
    part.addEventListener("pointerdown", (down) => {
      const before = { ...state };
      part.setPointerCapture(down.pointerId);
      part.onpointermove = (event) => {
        const by = Math.round(((event.clientX - down.clientX) / svg.getBoundingClientRect().width) * days);
        moved(before, by);
      };
      part.onpointerup = part.onpointercancel = () => { part.onpointermove = null; };
    });
  }
  const acts = [
    (before, by) => move(Math.min(before.from + by, before.to), before.to),
    (before, by) => move(before.from, Math.max(before.to + by, before.from)),
  ];
  handles.forEach((handle, number) => {
    draggable(handle, acts[number]);
    handle.addEventListener("keydown", (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -30, PageUp: 30 }[event.key];
      if (by) { acts[number](state, by); event.preventDefault(); }
    });
  });
  draggable(band, (before, by) => {
    const held = Math.max(first - before.from, Math.min(by, last - before.to));
    move(before.from + held, before.to + held);
  });

  show();
}
