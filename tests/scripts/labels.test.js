import assert from "node:assert/strict";
import { test } from "node:test";

import { Taken, along, beside, boxes, upon } from "../../dashboard/assets/map/labels.js";

const SIZE = { x: 800, y: 600 };
const named = (spots, width = 60, height = 12) => ({ width, height, spots });
const apart = (a, b) => a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;

test("a name stands to the right of its place, in an Arabic page to its left", () => {
  const taken = new Taken(SIZE);
  assert.deepEqual(taken.place(named(beside(100, 100, 12, 8)))?.covered, [{ left: 108, right: 168, top: 94, bottom: 106 }]);
  const mirrored = new Taken(SIZE).place(named(beside(100, 100, 12, 8, true)));
  assert.equal(mirrored?.covered[0].right, 92);
});

test("names of a crowd never lie on one another nor on a mark, and the first have room", () => {
  const taken = new Taken(SIZE);
  const marks = [];
  for (let n = 0; n < 40; n++) marks.push({ x: (n * 97) % 800, y: (n * 61) % 600, r: 10 });
  for (const mark of marks) taken.add(mark);
  const placed = marks.map((mark) => taken.place(named(beside(mark.x, mark.y, 12, mark.r + 3)))?.covered[0]).filter((made) => made !== undefined);
  assert.ok(placed.length > 20, String(placed.length));
  placed.forEach((one, n) => {
    for (const other of placed.slice(n + 1)) assert.ok(apart(one, other));
    for (const mark of marks) {
      const dx = Math.max(one.left - mark.x, 0, mark.x - one.right), dy = Math.max(one.top - mark.y, 0, mark.y - one.bottom);
      assert.ok(Math.hypot(dx, dy) >= mark.r);
    }
  });
});

test("a name that finds no room is left out, and one does not leave the view", () => {
  const taken = new Taken(SIZE);
  taken.add({ x: 400, y: 300, r: 200 });
  assert.equal(taken.place(named(beside(400, 300, 12, 8))), null);
  assert.equal(new Taken(SIZE).place(named(upon(5, 5, 12))), null);
});

test("a river's name lies along it and is never upside down", () => {
  /** @type {[number, number][]} */
  const course = Array.from({ length: 40 }, (_, n) => [700 - 15 * n, 500 - 10 * n]);
  const spots = along(course, 80, SIZE);
  assert.ok(spots.length > 0);
  for (const spot of spots) assert.ok(Math.abs(spot.angle ?? 9) <= Math.PI / 2);
  assert.ok(Math.abs((spots[0].angle ?? 9) - Math.atan2(10, 15)) < 0.01);
});

test("a river that winds has no place for a long name", () => {
  /** @type {[number, number][]} */
  const course = Array.from({ length: 40 }, (_, n) => [20 * n, 300 + (n % 2 ? 60 : -60)]);
  assert.deepEqual(along(course, 120, SIZE), []);
});

test("a turned name covers the strip it lies on, not the square around it", () => {
  const covered = boxes({ width: 100, height: 10, spots: [] }, { x: 400, y: 300, align: "center", angle: Math.PI / 4 });
  assert.ok(covered.length > 2);
  assert.ok(!covered.some((part) => part.left < 435 && part.right > 425 && part.top < 275 && part.bottom > 265));
});
