/* What a mark says when it is pointed at; days and numbers in the digits of the language. */
import { state } from "./state.js";
import { opening } from "./tree.js";

export const digits = (number) => String(number).replace(/[0-9]/g, (digit) => state.words.page.digits[digit]);
export const fill = (text, gaps) => text.replace(/{(\w+)}/g, (_, name) => gaps[name]);

export function sayDays(first, last) {
  const page = state.words.page;
  const say = (start, end) => {
    const [from, to] = [new Date(start * 86400000), new Date(end * 86400000)];
    const low = digits(from.getUTCDate());
    const day = start === end ? low : fill(state.words.between, { low, high: digits(to.getUTCDate()) });
    return fill(page.day, { day, month: page.months[from.getUTCMonth()], year: digits(from.getUTCFullYear()) });
  };
  const upTo = (number, letters) => new Date(number * 86400000).toISOString().slice(0, letters);
  if (first === null) return state.words.undated;
  if (upTo(first, 7) === upTo(last, 7)) return say(first, last);
  const from = new Date(first * 86400000);
  const begun = upTo(first, 4) === upTo(last, 4)
    ? fill(page.day_month, { day: digits(from.getUTCDate()), month: page.months[from.getUTCMonth()] }) : say(first, first);
  return fill(page.days, { first: begun, last: say(last, last) });
}

/** What stands somewhere says what it is when it is pointed at, and opens a place when it is clicked. */
export function listen(layer, id, content) {
  layer.on("mouseover", () => show(layer.getLatLng(), content()));
  layer.on("mouseout", () => state.tooltip.remove());
  layer.on("click", () => state.box.tell({ place: id }));
}

/** The same of a mark that may be of several places: it lists them, and comes apart when it is clicked. */
export function hear(layer) {
  const several = () => layer.members?.length > 1;
  const tell = () => show(layer.getLatLng(), several() ? describeGroup(layer) : describe(layer.place));
  layer.on("mouseover", tell);
  layer.on("mouseout", () => state.tooltip.remove());
  layer.on("click", ({ originalEvent }) => {
    if (!several()) state.box.tell({ place: layer.place.id });
    // A finger cannot hover: its first tap tells what the second opens.
    else if (originalEvent?.pointerType === "touch" && state.told !== layer) {
      state.told = layer;
      tell();
    } else {
      state.told = null;
      state.tooltip.remove();
      openGroup(layer);
    }
  });
}

/* As near as it takes for the mark to become more than one. */
function openGroup({ members }) {
  const { map, data } = state;
  const bounds = L.latLngBounds(members.map(({ row }) => [row.lat, row.lon]));
  const areas = members[0].row.radius > 0;
  const opens = areas ? map.getZoom() + 1 : opening(data.tree, members.map(({ row }) => row.row), map.getZoom()) ?? map.getMaxZoom();
  map.setView(bounds.getCenter(), Math.max(opens, Math.min(map.getBoundsZoom(bounds.pad(0.3)), opens + 3)));
}

const EDGE = 6; // px that a tip keeps from the edge of the map

/** A tip that stays within the map: below its mark where there is no room above, and moved inwards at the sides. */
export const makeTip = () => new (/** @type {any} */ (L.Tooltip.extend({
  _setPosition(/** @type {L.Point} */ point) {
    const tip = this._container, map = this._map;
    const above = map.layerPointToContainerPoint(point).y - tip.offsetHeight - 14 > EDGE;
    Object.assign(this.options, { direction: above ? "top" : "bottom", offset: [0, above ? -10 : 14] });
    /** @type {any} */ (L.Tooltip.prototype)._setPosition.call(this, point);
    const stands = L.DomUtil.getPosition(tip), { x } = map.layerPointToContainerPoint(stands);
    // A tooltip has a margin of its own towards its mark, upwards or downwards only.
    const inside = Math.max(EDGE, Math.min(x, map.getSize().x - tip.offsetWidth - EDGE));
    tip.classList.toggle("cm-moved", inside !== x);
    if (inside !== x) L.DomUtil.setPosition(tip, stands.add([inside - x, 0]));
  },
})))({ className: "cm-tip", direction: "top", offset: [0, -10], opacity: 1 });

export function show(at, content) {
  state.tooltip.setLatLng(at);
  state.tooltip.setContent(content);
  state.tooltip.addTo(state.map);
}

export function tip(name, other, lines) {
  const box = element("div", "cm-tip-body");
  box.dir = state.words.direction;
  box.append(element("b", "", name));
  if (other) box.append(element("span", "cm-tip-other", other));
  for (const line of lines) box.append(element("div", "cm-tip-row", line));
  return box;
}

function describe(place) {
  const words = state.words;
  const box = tip(place.name, place.other, []);
  box.append(element("div", "cm-tip-kind",
    words.kinds[place.kind] + (place.radius ? words.and + words.only_area : "")));
  box.append(element("div", "", count("claims", place.claims)
    + (place.denied ? words.and + count("denials", place.denied) : "")));
  for (const [code, n] of place.events) {
    const denials = place.denials.get(code);
    box.append(element("div", "cm-tip-row", words.events[code] + ": " + digits(n) + (denials ? words.and + count("of_denials", denials) : "")));
  }
  box.append(element("div", "cm-tip-kind", words.status[place.status]));
  box.append(element("div", "cm-tip-kind", sayDays(place.first, place.last)));
  return box;
}

/** A number of things in the plural that the language has for it. @param {"claims" | "places" | "denials" | "of_denials"} what */
export function count(what, n) {
  const forms = state.words.counted[what];
  return fill(forms[new Intl.PluralRules(state.words.language).select(n)] ?? forms.other, { n: digits(n) });
}

const MOST = 6; // places of a ring that are named
const NEWEST = 3; // of them, those whose latest claim is told

/** What a ring says: its places, the fullest first, with their sides, and the latest claims. */
function describeGroup({ place, members }) {
  const { words } = state;
  const places = members.map((member) => member.place).sort((a, b) => b.claims - a.claims);
  const box = tip(fill(words.and_places, { name: place.name, places: count("places", places.length - 1) }), "", []);
  box.firstChild.after(element("span", "cm-tip-count", count("claims", places.reduce((sum, one) => sum + one.claims, 0))));
  const most = places[0].claims;
  for (const one of places.slice(0, MOST)) {
    const row = element("div", "cm-tip-place");
    const bar = element("span", "cm-tip-bar");
    bar.style.width = Math.max(8, (one.claims / most) * 58) + "px";
    for (const { colour, share } of one.mark.slices) {
      const part = element("i");
      part.style.background = colour;
      part.style.flexGrow = String(share);
      bar.append(part);
    }
    const room = element("span", "cm-tip-room");
    room.append(bar);
    row.append(element("span", "cm-tip-name", one.name), room, element("span", "cm-tip-number", digits(one.claims)));
    box.append(row);
  }
  if (places.length > MOST) box.append(element("div", "cm-tip-kind", fill(words.more, { places: count("places", places.length - MOST) })));
  const dated = places.filter((one) => one.last !== null).sort((a, b) => b.last - a.last || a.row - b.row);
  if (dated.length) box.append(element("div", "cm-tip-foot", words.latest));
  for (const { name, last, latest } of dated.slice(0, NEWEST)) {
    const [event, side, denied, voice] = latest;
    const what = [words.events[event], words.sides[side]].join(words.and);
    box.append(element("div", "cm-tip-row", fill(denied ? words.latest_denied : words.latest_claim, {
      name, day: sayDays(last, last), what, voice })));
  }
  box.append(element("div", "cm-tip-kind", words.open_group));
  return box;
}
