/* What a mark says when it is pointed at; days and numbers in the digits of the language. */
import { state } from "./state.js";

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
  const month = (number) => new Date(number * 86400000).toISOString().slice(0, 7);
  if (first === null) return state.words.undated;
  return month(first) === month(last) ? say(first, last)
    : fill(page.days, { first: say(first, first), last: say(last, last) });
}

/* What stands at a place says so when it is pointed at, and opens the place when it is clicked. */
export function hear(layer, id, content) {
  layer.on("mouseover", (event) => show(layer instanceof L.Circle ? event.latlng : layer.getLatLng(), content()));
  layer.on("mouseout", () => state.tooltip.remove());
  layer.on("click", () => state.box.tell({ place: id }));
}

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

export function describe(place) {
  const words = state.words;
  const box = tip(place.name, place.other, []);
  box.append(element("div", "cm-tip-kind",
    words.kinds[place.kind] + (place.radius ? " · " + words.only_area : "")));
  box.append(element("div", "", words.claims + ": " + digits(place.claims)
    + (place.denied ? " · " + words.denials + ": " + digits(place.denied) : "")));
  for (const [code, n] of place.events) box.append(element("div", "cm-tip-row", words.events[code] + ": " + digits(n)));
  box.append(element("div", "cm-tip-kind", words.status[place.status]));
  box.append(element("div", "cm-tip-kind", sayDays(place.first, place.last)));
  return box;
}
