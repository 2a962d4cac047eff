// The rows that the page makes of claims by itself, and how days and numbers are said.
import assert from "node:assert/strict";
import { test } from "node:test";

import { read, rowsOf } from "../../dashboard/assets/map/days.js";
import { state } from "../../dashboard/assets/map/state.js";
import { digits, fill, sayDays } from "../../dashboard/assets/map/tips.js";

const UNDATED = -(2 ** 31);

/** Claims as Python sends them, of [place, first, last, side, event, status, denied]. */
function sent(...claims) {
  const columns = ["place", "first", "last", "side", "event", "status", "denied"];
  return {
    places: [{ id: "a" }, { id: "b" }],
    claims: Object.fromEntries(columns.map((name, i) => [name, claims.map((claim) => claim[i])])),
    undated: UNDATED,
  };
}

test("a table is read by the names of its columns", () => {
  assert.deepEqual(read({ columns: ["id", "lat"], rows: [["a", 1], ["b", 2]] }), [{ id: "a", lat: 1 }, { id: "b", lat: 2 }]);
});

test("a claim that touches the window is in view, its ends included", () => {
  const claims = sent([0, 10, 12, 0, 0, 0, 0], [1, 20, 20, 0, 0, 0, 0]);
  const seen = (since, until) => rowsOf(claims, since, until).map((row) => row.id);
  assert.deepEqual(seen(12, 19), ["a"]);
  assert.deepEqual(seen(13, 19), []);
  assert.deepEqual(seen(13, 20), ["b"]);
});

test("a place counts its claims, denials and sides, the most first, and is as sure as its most disputed claim", () => {
  const [row] = rowsOf(sent([0, 5, 6, 2, 3, 0, 0], [0, 7, 9, 2, 1, 2, 1], [0, 8, 8, 0, 3, 1, 0]), 0, 10);
  assert.deepEqual(row, {
    id: "a", claims: 3, denied: 1, event: 1, status: 2, sides: [2, 2, 0, 1], events: [3, 2, 1, 1], first: 5, last: 9,
  });
});

test("a claim without a date is in every window and lends none to its place", () => {
  const [row] = rowsOf(sent([0, UNDATED, UNDATED, 0, 0, 0, 0]), 3, 4);
  assert.deepEqual([row.claims, row.first, row.last], [1, null, null]);
});

test("days are said once where they are of one month, in the digits of the language", () => {
  state.words = {
    page: { digits: [..."٠١٢٣٤٥٦٧٨٩"], months: ["كانون الثاني", "شباط"], day: "{day} {month} {year}", days: "{first} – {last}" },
    between: "{low}–{high}", undated: "بلا تاريخ",
  };
  assert.equal(sayDays(0, 0), "١ كانون الثاني ١٩٧٠");
  assert.equal(sayDays(0, 2), "١–٣ كانون الثاني ١٩٧٠");
  assert.equal(sayDays(0, 31), "١ كانون الثاني ١٩٧٠ – ١ شباط ١٩٧٠");
  assert.equal(sayDays(null, null), "بلا تاريخ");
  assert.equal(digits(2015), "٢٠١٥");
  assert.equal(fill("{n} places", { n: 3 }), "3 places");
});
