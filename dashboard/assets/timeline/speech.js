/* Days, numbers and counts in the language of the page: every word comes from Python. */
import { DAY } from "./days.js";

/** @param {any} data  what Python says, or null before it has */
export function speech(data) {
  if (!data) return /** @type {any} */ (null);
  const { words } = data;
  const { page } = words;
  const plural = new Intl.PluralRules(words.language);
  const digits = (/** @type {string | number} */ text) => String(text).replace(/[0-9]/g, (digit) => page.digits[digit]);
  const fill = (/** @type {string} */ text, /** @type {Record<string, any>} */ gaps) => text.replace(/{(\w+)}/g, (_, gap) => gaps[gap] ?? "");
  const number = (/** @type {number} */ n) => digits(String(n).replace(/\B(?=(\d{3})+$)/g, page.thousands));
  const counted = (/** @type {Record<string, string>} */ forms, /** @type {number} */ n) =>
    fill(forms[plural.select(n)] ?? forms.other, { n: number(n) });
  const parts = (/** @type {number} */ day) => {
    const date = new Date(day * DAY);
    return { day: digits(date.getUTCDate()), month: date.getUTCMonth(), year: digits(date.getUTCFullYear()) };
  };
  const day = (/** @type {number} */ at, long = true) => {
    const { month, ...rest } = parts(at);
    return fill(page.day, { ...rest, month: (long ? page.months : page.months_short)[month] });
  };
  return {
    number,
    day,
    days(/** @type {number} */ first, /** @type {number} */ last) {
      if (first === last) return day(first, false);
      const [from, to] = [parts(first), parts(last)];
      if (from.year === to.year && from.month === to.month) {
        return fill(page.day, { day: fill(words.between, { low: from.day, high: to.day }), month: page.months_short[to.month], year: to.year });
      }
      const short = (/** @type {any} */ at) => fill(words.day_month, { day: at.day, month: page.months_short[at.month] });
      return fill(page.days, { first: from.year === to.year ? short(from) : day(first, false), last: day(last, false) });
    },
    axis(/** @type {number} */ at, /** @type {string} */ kind) {
      const { day: date, month, year } = parts(at);
      return kind === "year" ? year : kind === "month" ? page.months[month] : fill(words.day_month, { day: date, month: page.months_short[month] });
    },
    weekday: (/** @type {number} */ at) => page.weekdays[(((at + 3) % 7) + 7) % 7], // from Monday; day 0 was a Thursday
    join: (/** @type {string[]} */ texts) => texts.filter(Boolean).join(words.join),
    all: () => words.all,
    length: (/** @type {number} */ n) => counted(words.counted.days, n),
    window: (/** @type {number} */ n) => counted(words.counted.window, n),
    fresh: (/** @type {number} */ n) => counted(words.counted.fresh, n),
    silence: (/** @type {number} */ n) => counted(words.counted.silence, n),
    rest: (/** @type {number} */ some, /** @type {number} */ all) => fill(words.rest, { n: number(some), all: number(all) }),
    rate: (/** @type {number} */ n, /** @type {string} */ unit) => fill(words["per_" + unit], { n: number(n) }),
    speed: (/** @type {number} */ n) => fill(words.per_second, { n: number(n) }),
    says: (/** @type {boolean} */ denied, /** @type {string} */ who) => fill(denied ? words.denies : words.says, { who }),
  };
}
