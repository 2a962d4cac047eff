// The columns of claims, as dashboard/time/columns.py packs them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { counter, decoded, news, parse } from "../../dashboard/assets/timeline/columns.js";

const UNDATED = -(2 ** 31);
const KINDS = {
  place: Uint32Array, side: Uint8Array, event: Uint8Array, status: Uint8Array, denied: Uint8Array, voice: Uint16Array,
  first: Int32Array, last: Int32Array, count: Uint32Array,
};

/** The bytes of claims, each [place, first, last, side, event, status, denied, voice, count]. */
function packed(...claims) {
  claims.sort((a, b) => a[1] - b[1]);
  const order = ["place", "first", "last", "side", "event", "status", "denied", "voice", "count"];
  const columns = {}, parts = [];
  let offset = 0;
  for (const [name, Kind] of Object.entries(KINDS)) {
    const part = new Uint8Array(Kind.from(claims.map((claim) => claim[order.indexOf(name)])).buffer);
    columns[name] = [Kind.name, offset];
    parts.push(part, new Uint8Array((8 - (part.length % 8)) % 8));
    offset += part.length + parts.at(-1).length;
  }
  const dated = claims.filter((claim) => claim[1] !== UNDATED);
  let header = JSON.stringify({
    rows: claims.length, undated: claims.length - dated.length, longest: Math.max(0, ...dated.map((claim) => claim[2] - claim[1])), columns,
    tables: {
      places: { columns: ["id", "name"], rows: [["a", "قارة"], ["b", "B"]] }, voices: ["x", "y"],
      sides: ["s", "t", "u"], events: ["e", "f", "g", "h"], undated: UNDATED,
    },
  });
  header += " ".repeat((8 - ((new TextEncoder().encode(header).length + 12) % 8)) % 8);
  const text = new TextEncoder().encode(header);
  const head = new Uint8Array(12);
  head.set(new TextEncoder().encode("conflict"));
  new DataView(head.buffer).setUint32(8, text.length, true);
  return new Uint8Array([head, text, ...parts].flatMap((part) => [...part])).buffer;
}

const seen = (...claims) => counter(parse(packed(...claims)));

test("a claim that touches the window is in view, its ends included, however long it is", () => {
  const rows = seen([0, 10, 12, 0, 0, 0, 0, 0, 1], [1, 20, 20, 0, 0, 0, 0, 0, 1], [1, 1, 400, 0, 0, 0, 0, 0, 1]);
  const ids = (since, until) => rows(since, until).map((row) => row.id + row.claims);
  assert.deepEqual(ids(12, 19), ["a1", "b1"]);
  assert.deepEqual(ids(13, 20), ["b2"]);
  assert.deepEqual(ids(401, 500), []);
  assert.deepEqual(ids(-5, 0), []);
});

test("a place counts its claims, denials and sides, the most first, and is as sure as its most disputed claim", () => {
  const rows = seen([0, 5, 6, 2, 3, 0, 0, 0, 1], [0, 7, 9, 2, 1, 2, 1, 0, 2], [0, 8, 8, 0, 3, 1, 0, 0, 1]);
  assert.deepEqual(rows(0, 10), [{
    id: "a", name: "قارة", claims: 4, denied: 2, event: 1, status: 2, sides: [2, 3, 0, 1], events: [1, 2, 3, 2],
    denials: [1, 2], first: 5, last: 9, latest: [1, 2, 1, "x"],
  }]);
  assert.deepEqual(rows(8, 8)[0].sides, [2, 2, 0, 1], "counted anew for each window");
});

test("a claim without a date is in every window and lends none to its place", () => {
  const rows = seen([0, UNDATED, UNDATED, 0, 0, 0, 0, 0, 1], [1, 5, 5, 0, 0, 0, 0, 0, 1]);
  assert.deepEqual(rows(90, 99).map(({ id, first, last }) => [id, first, last]), [["a", null, null]]);
});

test("news are what begins in the step, what is taken first", () => {
  const columns = parse(packed([0, 5, 9, 0, 3, 0, 0, 1, 1], [1, 6, 6, 1, 0, 0, 1, 0, 1], [1, 4, 6, 1, 0, 0, 0, 0, 1], [0, UNDATED, UNDATED, 0, 0, 0, 0, 0, 1]));
  assert.deepEqual(news(columns, 5, 6).map(({ place, event, denied, voice }) => [place, event, denied, voice]), [[1, 0, 1, 0], [0, 3, 0, 1]]);
  assert.deepEqual(news(columns, 7, 99), []);
});

test("what is no file of columns is refused", () => {
  assert.throws(() => parse(new TextEncoder().encode("<html>not this").buffer), /columns/);
  assert.equal(parse(decoded(Buffer.from(packed()).toString("base64"))).rows, 0);
});
