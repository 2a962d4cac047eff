/* What a picture of the map is made of, in plain figures: lines of text, rows of a legend, the name of the file. */
import assert from "node:assert/strict";
import test from "node:test";

import { fileName, flow, wrap } from "../../dashboard/assets/map/picture.js";

const wide = (text) => text.length;

test("text is broken into lines that have room, and loses nothing", () => {
  assert.deepEqual(wrap("a claim is not a fact", 8, wide), ["a claim", "is not a", "fact"]);
  assert.deepEqual(wrap("", 8, wide), []);
  assert.equal(wrap("Constantinople", 5, wide).join(""), "Constantinople");
  assert.ok(wrap("Constantinople", 5, wide).every((line) => line.length <= 5));
});

test("entries of a legend stand in rows, none beyond the edge", () => {
  const widths = [40, 40, 40, 100];
  const places = flow(widths, 100, 10);
  assert.deepEqual(places, [{ row: 0, x: 0 }, { row: 0, x: 50 }, { row: 1, x: 0 }, { row: 2, x: 0 }]);
});

test("a file is called by the days in view, and by none where there are none", () => {
  const day = (text) => Date.parse(text) / 86_400_000;
  assert.equal(fileName([day("2013-07-21"), day("2013-08-19")], "png"), "conflictmap-2013-07-21-2013-08-19.png");
  assert.equal(fileName([-9e6, 9e6], "svg"), "conflictmap.svg");
});
