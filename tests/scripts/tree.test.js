// Rings of near places, read from the tree that dashboard/space/tree.py grows.
import assert from "node:assert/strict";
import { test } from "node:test";

import { besides, leadOf, opening, radius, rings } from "../../dashboard/assets/map/tree.js";

// 1 goes into 0 at zoom 9; 3 shares the point of 2, which goes into 0 at zoom 6; 4 is alone.
const TREE = { into: [-1, 0, 0, 2, -1], zoom: [-1, 9, 6, 30, -1], rank: [0, 3, 1, 4, 2] };

test("places join on the way outwards and come apart on the way in", () => {
  const at = (zoom) => rings(TREE, [0, 1, 2, 3, 4], zoom);
  assert.deepEqual(at(5), [[0, 2, 1, 3], [4]]);
  assert.deepEqual(at(6.25), [[0, 1], [2, 3], [4]]);
  assert.deepEqual(at(9.25), [[0], [1], [2, 3], [4]]);
  assert.deepEqual(at(14), [[0], [1], [2], [3], [4]], "near enough, places on one point stand around it");
  assert.equal(leadOf(TREE, 3, 5), 0);
});

test("what is not in view leaves the rings of the others as they are", () => {
  assert.deepEqual(rings(TREE, [1, 3], 5), [[1, 3]]);
  assert.deepEqual(rings(TREE, [1, 3], 7), [[1], [3]]);
});

test("a ring opens at the first zoom that shows more than one mark", () => {
  assert.equal(opening(TREE, [0, 2, 1], 5), 6.25);
  assert.equal(opening(TREE, [0, 1], 5), 9.25);
  assert.equal(opening(TREE, [2, 3], 7), 14);
  assert.equal(opening(TREE, [4], 5), null);
});

test("a mark of a shared point stands within 12 px of it, each in a place of its own", () => {
  const beside = besides(TREE);
  assert.deepEqual([...beside.keys()], [3]);
  const many = besides({ into: [-1, 0, 0, 0, 0], zoom: [-1, 30, 30, 30, 30], rank: [0, 1, 2, 3, 4] });
  const places = [...many.values()];
  assert.equal(places.length, 4);
  assert.ok(places.every(([x, y]) => Math.hypot(x, y) < 12));
  assert.ok(places.every((a) => places.every((b) => a === b || Math.hypot(a[0] - b[0], a[1] - b[1]) > 12)));
});

test("marks grow with the root of their claims, up to a most", () => {
  assert.deepEqual([radius(1, false), radius(4, true)].map((n) => n.toFixed(2)), ["7.85", "11.60"]);
  assert.deepEqual([radius(5000, false), radius(5000, true)], [13, 21]);
});
