/* What is new on the days of a step: place in both scripts, what, who acts, and who says so. */
import { news } from "./columns.js";
import { lower } from "./days.js";

/** What is new where no step was made: the last day of the window, or the last one in it on which anything begins.
 * @param {import("./days.js").Counts} counts @param {[number, number]} window @returns {[number, number]} */
export function latest({ days }, [since, until]) {
  const day = days[lower(days, until + 1) - 1];
  return day >= since ? [day, day] : [until, until];
}

/** @param {HTMLElement} box @param {{ element: any, sign: any }} make @param {(place: string) => void} choose */
export function ticker(box, { element, sign }, choose) {
  const head = element("header", "");
  const title = element("b", "", "");
  const when = element("span", "", "");
  head.append(title, when);
  const list = element("ol", "");
  box.append(head, list);
  let shown = "";

  /** @param {import("./columns.js").Columns | null} columns @param {[number, number]} days @param {number} until @param {number} count
   * @param {any} data @param {any} say @param {boolean} playing */
  function show(columns, days, until, count, data, say, playing) {
    const key = [columns ? data.columns : "", days, until, data.bars_key, data.words.language, data.colours].join("|");
    if (key === shown) return;
    shown = key;
    title.textContent = days[0] === days[1] ? data.words.news_day : data.words.news_days;
    when.textContent = say.join([days[0] === days[1] && days[1] === until ? say.weekday(until) : say.days(...days), say.number(count)]);
    const found = columns ? news(columns, ...days).slice(0, 12) : [];
    list.replaceChildren(...found.map((one) => line(/** @type {any} */ (columns), one, data, say)));
    list.classList.toggle("moving", playing);
    if (columns && !found.length) list.append(element("li", "none", data.words.news_none));
  }

  function line({ tables }, one, data, say) {
    const place = Object.fromEntries(tables.places.columns.map((name, i) => [name, tables.places.rows[one.place][i]]));
    const item = element("li", "");
    const button = element("button", one.denied ? "denied" : "");
    button.type = "button";
    button.dataset.focus = "news " + place.id + one.event + one.voice;
    button.addEventListener("click", () => choose(place.id));
    const event = tables.events[one.event];
    const what = element("span", "what");
    what.append(element("b", "", data.events[event]), element("span", "", place.name));
    if (place.other) what.append(element("span", "other", place.other));
    if (one.count > 1) what.append(element("span", "times", "× " + say.number(one.count)));
    const who = element("span", "who");
    if (tables.sides[one.side] !== "none") who.append(element("span", "", data.sides[one.side]), element("span", "", " — "));
    who.append(element("span", "", say.says(Boolean(one.denied), tables.voices[one.voice])));
    button.append(sign(data.glyphs[event], data.colours[one.side]), what, who);
    item.append(button);
    return item;
  }

  return { show };
}
