// Windows that step and pass over silence, the days that matter, the folding of the overview, what a pointer is on.
import assert from "node:assert/strict";
import { test } from "node:test";

import * as days from "../../dashboard/assets/timeline/days.js";
import { focusScale, hit, overviewScale, ticks } from "../../dashboard/assets/timeline/scale.js";

const DAY = 86400000;
const number = (text) => Date.parse(text + "T00:00:00Z") / DAY;

/** Counts of days, of [day, claims]. */
const counts = (...told) => ({
  days: told.map(([day]) => day), totals: told.map(([, n]) => n), sides: told.map(([, n]) => [0, n]),
});

test("a sliding window keeps its length and passes over silence", () => {
  const covered = [[10, 12], [200, 201]];
  assert.deepEqual(days.stepped([8, 10], 1, [0, 300], covered), [9, 11]);
  assert.deepEqual(days.stepped([11, 13], 1, [0, 300], covered), [12, 14]);
  assert.deepEqual(days.stepped([12, 14], 1, [0, 300], covered), [198, 200]);
  assert.deepEqual(days.stepped([198, 200], -1, [0, 300], covered), [12, 14]);
  assert.deepEqual(days.stepped([201, 203], 1, [0, 300], covered), [298, 300], "nothing more is told: to the end");
  assert.equal(days.stepped([298, 300], 1, [0, 300], covered), null);
  assert.equal(days.stepped([0, 2], -1, [0, 300], covered), null);
});

test("a growing window keeps its first day and steps only to where something is added", () => {
  const covered = [[10, 12], [200, 201]];
  assert.deepEqual(days.stepped([5, 10], 1, [0, 300], covered, true), [5, 11]);
  assert.deepEqual(days.stepped([5, 12], 1, [0, 300], covered, true), [5, 200]);
  assert.deepEqual(days.stepped([5, 201], 1, [0, 300], covered, true), [5, 300]);
  assert.equal(days.stepped([5, 300], 1, [0, 300], covered, true), null);
  assert.deepEqual(days.stepped([5, 200], -1, [0, 300], covered, true), [5, 199]);
  assert.deepEqual(days.stepped([5, 190], -1, [0, 300], covered, true), [5, 12]);
  assert.equal(days.stepped([5, 5], -1, [0, 300], covered, true), null);
});

test("playing begins at the window, or where it has nowhere to go, at the days that are looked at", () => {
  assert.deepEqual(days.opening([5, 9], [0, 99], [20, 89]), [5, 9]);
  assert.deepEqual(days.opening([0, 99], [0, 99], [20, 89]), [20, 29], "a seventh of them");
  assert.deepEqual(days.opening([90, 99], [0, 99], [20, 89]), [0, 9], "as long as it was, from the beginning");
});

test("the days that matter are the shortest stretch with four of five claims, or half of them", () => {
  const told = counts([0, 1], [500, 40], [505, 30], [510, 20], [999, 4]);
  assert.deepEqual(days.densest(told, [0, 999]), [498, 512], "with some room around");
  assert.deepEqual(days.densest(counts([0, 20], [30, 20], [500, 25], [999, 15]), [0, 999]), [0, 38], "half of them lie near each other");
  assert.deepEqual(days.densest(counts([0, 5], [400, 5], [700, 5], [999, 5]), [0, 999]), [0, 999], "spread: all days");
  assert.deepEqual(days.densest(counts(), [0, 9]), [0, 9]);
});

test("zooming keeps the day under the pointer where it is and stays in the archive", () => {
  const [first, last] = days.zoomed([100, 199], 0.5, 150, [0, 999]);
  assert.deepEqual([last - first + 1, (150 - first) / 50], [50, 0.5]);
  assert.deepEqual(days.zoomed([100, 199], 100, 150, [0, 999]), [0, 999]);
  assert.deepEqual(days.length(days.zoomed([100, 109], 0.01, 104, [0, 999])), 5);
  assert.deepEqual(days.zoomed([0, 9], 0.5, 0, [0, 9]), [0, 4]);
});

test("what is looked at follows the day that leaves it", () => {
  assert.deepEqual(days.following([100, 199], 150, [0, 999]), [100, 199]);
  assert.deepEqual(days.following([100, 199], 200, [0, 999]), [190, 289]);
  assert.deepEqual(days.following([100, 199], 99, [0, 999]), [10, 109]);
});

test("weeks begin on Mondays, months on their first day, before 1970 too", () => {
  assert.deepEqual(days.period(number("2015-08-09"), "week"), [number("2015-08-03"), number("2015-08-09")]);
  assert.deepEqual(days.period(number("1969-12-30"), "week"), [number("1969-12-29"), number("1970-01-04")]);
  assert.deepEqual(days.period(number("2016-02-11"), "month"), [number("2016-02-01"), number("2016-02-29")]);
});

test("bars hold every claim of their days once, side by side", () => {
  const told = { days: [4, 5, 11, 12], totals: [3, 2, 1, 7], sides: [[0, 2, 3, 1], [3, 2], [0, 1], [1, 7]] };
  const [one, two] = days.bars(told, "week", [4, 17]);
  assert.deepEqual([one.first, one.last, one.total, one.sides], [4, 10, 5, [[0, 2], [3, 3]]]);
  assert.equal(two.total, 8);
  assert.deepEqual(days.bars(told, "day", [5, 11]).map((bar) => bar.first), [5, 11]);
  assert.equal(days.begun(told, 5, 11), 3);
});

test("bars are cut above the window's highest, with no window above the highest of all", () => {
  const bars = [{ first: 1, last: 1, total: 190 }, { first: 5, last: 5, total: 100 }].map((bar) => ({ ...bar, sides: [] }));
  assert.equal(Math.round(days.ceiling(bars, [4, 6])), 112);
  assert.equal(Math.round(days.ceiling(bars, [7, 9])), 213);
  assert.equal(days.ceiling([], [7, 9]), 0);
});

test("in the focus every day is as wide as the next, from right to left in Arabic", () => {
  const ltr = focusScale([10, 19], 500, false), rtl = focusScale([10, 19], 500, true);
  assert.deepEqual([ltr.x(10), ltr.x(20), ltr.day(75)], [0, 500, 11.5]);
  assert.deepEqual([rtl.x(10), rtl.x(20), rtl.day(75)], [500, 0, 18.5]);
});

test("the overview folds silence and gives days room by the root of their claims", () => {
  const told = counts([0, 4], [1, 16], [200, 4], [250, 1], [251, 1]);
  const scale = overviewScale(told, [0, 251], 800, false);
  const wide = (day) => scale.x(day + 1) - scale.x(day);
  assert.ok(Math.abs(wide(1) / wide(0) - 2) < 1e-9);
  assert.deepEqual(scale.folds.map(({ first, last, from, to }) => [first, last, Math.round(to - from)]), [[2, 199, 9], [201, 249, 4]]);
  assert.deepEqual([scale.x(0), scale.x(252)].map(Math.round), [0, 800]);
  const mirrored = overviewScale(told, [0, 251], 800, true);
  for (const day of [0, 1, 57, 200, 230, 251]) {
    assert.ok(Math.abs(scale.day(scale.x(day)) - day) < 1e-6, "back again: " + day);
    assert.ok(Math.abs(mirrored.x(day) + scale.x(day) - 800) < 1e-6);
    assert.ok(Math.abs(mirrored.day(mirrored.x(day)) - day) < 1e-6);
  }
});

test("the overview stands where there is nothing, one day, or more silence than room", () => {
  assert.deepEqual(overviewScale(counts(), [0, 999], 300, false).folds.map((fold) => [fold.from, fold.to]), [[0, 300]]);
  const one = overviewScale(counts([7, 3]), [7, 7], 300, false);
  assert.deepEqual([one.x(7), one.x(8)], [0, 300]);
  const far = overviewScale(counts(...Array.from({ length: 60 }, (_, i) => [i * 100, 1])), [0, 5900], 300, false);
  assert.ok(Math.abs(far.x(5901) - 300) < 1e-6);
  assert.ok(far.x(1) - far.x(0) > 2, "days keep half of the room");
});

test("a pointer seizes the nearer handle, and a short window can still be moved", () => {
  assert.equal(hit(100, 100, 200, 9), "first");
  assert.equal(hit(207, 100, 200, 9), "last");
  assert.equal(hit(150, 100, 200, 9), "inside");
  assert.equal(hit(150, 200, 100, 9), "inside", "from right to left");
  assert.equal(hit(240, 100, 200, 9), "beside");
  assert.equal(hit(106, 100, 112, 9), "inside");
});

test("an axis names days, months or years, as there is room", () => {
  const span = [number("2015-07-18"), number("2015-08-12")];
  const kinds = (found) => found.map(({ day, kind }) => [new Date(day * DAY).toISOString().slice(5, 10), kind]);
  assert.deepEqual(kinds(ticks(span, 32, 70)).filter(([, kind]) => kind === "month"), [["08-01", "month"]]);
  for (const [pixels, apart] of [[32, 70], [8, 70], [3, 60], [0.5, 60], [0.05, 50]]) {
    const found = ticks([number("2011-03-01"), number("2016-12-31")], pixels, apart);
    assert.ok(found.length > 1, "something is named at " + pixels);
    for (let i = 1; i < found.length; i++) assert.ok((found[i].day - found[i - 1].day) * pixels >= 0.85 * apart, String(pixels));
  }
});
