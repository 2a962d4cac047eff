// Tables that are read by their columns' names, and how days and numbers are said.
import assert from "node:assert/strict";
import { test } from "node:test";

import { read } from "../../dashboard/assets/map/days.js";
import { state } from "../../dashboard/assets/map/state.js";
import { digits, fill, sayDays } from "../../dashboard/assets/map/tips.js";

test("a table is read by the names of its columns", () => {
  assert.deepEqual(read({ columns: ["id", "lat"], rows: [["a", 1], ["b", 2]] }), [{ id: "a", lat: 1 }, { id: "b", lat: 2 }]);
});

test("days are said once where they are of one month, in the digits of the language", () => {
  state.words = {
    page: { digits: [..."٠١٢٣٤٥٦٧٨٩"], months: ["كانون الثاني", "شباط"], day: "{day} {month} {year}", day_month: "{day} {month}", days: "{first} – {last}" },
    between: "{low}–{high}", undated: "بلا تاريخ",
  };
  assert.equal(sayDays(0, 0), "١ كانون الثاني ١٩٧٠");
  assert.equal(sayDays(0, 2), "١–٣ كانون الثاني ١٩٧٠");
  assert.equal(sayDays(0, 31), "١ كانون الثاني – ١ شباط ١٩٧٠");
  assert.equal(sayDays(0, 396), "١ كانون الثاني ١٩٧٠ – ١ شباط ١٩٧١");
  assert.equal(sayDays(null, null), "بلا تاريخ");
  assert.equal(digits(2015), "٢٠١٥");
  assert.equal(fill("{n} places", { n: 3 }), "3 places");
});
