// A picture of the map: its lines, its legend and its file name; and the pen that writes a drawing down.
import assert from "node:assert/strict";
import { test } from "node:test";

import { occurring } from "../../dashboard/assets/map/legend.js";
import { Pen, anchor, arc, opaque, written } from "../../dashboard/assets/map/pen.js";
import { fileName, flow, wrap } from "../../dashboard/assets/map/picture.js";

const letters = (text) => [...text].length;

test("a text is broken between words, a word only where it has no room by itself", () => {
  assert.deepEqual(wrap("one two  three", 7, letters), ["one two", "three"]);
  assert.deepEqual(wrap("a abcdefghij b", 4, letters), ["a", "abcd", "efgh", "ij b"]);
  assert.deepEqual(wrap("  ", 4, letters), []);
  assert.deepEqual(wrap("abc", 0, letters), ["a", "b", "c"]);
});

test("a legend goes on in the next row where a row is full", () => {
  assert.deepEqual(flow([40, 40, 40], 100, 10), [{ row: 0, x: 0 }, { row: 0, x: 50 }, { row: 1, x: 0 }]);
  assert.deepEqual(flow([400, 10], 100, 10), [{ row: 0, x: 0 }, { row: 1, x: 0 }]);
});

test("a file is called by the days in view, in letters that every system takes", () => {
  assert.equal(fileName([15907, 15936], "png"), "conflictmap-2013-07-21-2013-08-19.png");
  assert.equal(fileName([2 ** 31, 2 ** 31], "svg"), "conflictmap.svg");
});

test("a legend says what is drawn and nothing else", () => {
  const entry = (of, traits) => ({ kind: of, mark: {}, size: 24, text: "", of, traits });
  const claimed = entry("mark", { status: "claimed" }), contested = entry("mark", { status: "contested" });
  const ring = entry("group", {}), aged = entry("plate", { how: ["corroborated", "contested"], aged: true });
  const drawn = [{ kind: "mark", mark: { status: "claimed", denied: "all" } }, { kind: "plate", mark: { how: "contested", aged: true } }];
  assert.deepEqual(occurring([claimed, contested, ring, aged], drawn), [claimed, aged]);
  assert.deepEqual(occurring([aged], [{ kind: "plate", mark: { how: "claimed", aged: true } }]), []);
  assert.deepEqual(occurring([ring], [{ kind: "group", mark: { label: "9" } }]), [ring]);
});

test("colours are told as every reader of drawings knows them", () => {
  assert.deepEqual(opaque("#6B645557"), ["#6B6455", 0.34]);
  assert.deepEqual(opaque("rgba(1, 2, 3, 0.5)"), ["rgb(1, 2, 3)", 0.5]);
  assert.deepEqual(opaque("transparent"), ["none", 1]);
  assert.deepEqual(opaque("#009E73"), ["#009E73", 1]);
});

test("an arc is less or more than half a turn, or a whole one", () => {
  assert.equal(arc(0, 0, 2, 0, Math.PI / 2, true), "M2 0A2 2 0 0 1 0 2");
  assert.equal(arc(0, 0, 2, 0, 1.5 * Math.PI, false), "L2 0A2 2 0 1 1 0 -2");
  assert.equal(arc(0, 0, 2, 0, 2 * Math.PI, true), "M2 0A2 2 0 0 1 -2 0A2 2 0 0 1 2 0");
});

test("a text is held where its canvas held it, in either direction", () => {
  assert.deepEqual(["left", "right", "center", "start", "end"].map((align) => anchor(align, "ltr")), ["start", "end", "middle", "start", "end"]);
  assert.deepEqual(["left", "right", "center", "start", "end"].map((align) => anchor(align, "rtl")), ["end", "start", "middle", "start", "end"]);
});

test("what no drawing may hold is left out of a text", () => {
  assert.equal(written("a\u0000b\ud800c\ufffe<&\u{1F5FA}"), "a b c <&\u{1F5FA}");
});

/* As much of a document as the pen needs. */
class Element {
  /** @param {string} tag */
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, children: [], textContent: "" });
  }
  setAttribute(name, value) { this.attributes[name] = value; }
  append(...children) { this.children.push(...children); }
}

test("what is drawn is written down: where it stands, inside of what, and once what is shared", () => {
  globalThis.document = /** @type {any} */ ({ createElementNS: (_, tag) => new Element(tag) });
  const ruler = /** @type {any} */ ({ measureText: () => ({ width: 30, actualBoundingBoxAscent: ruler.textBaseline === "middle" ? 4 : 8 }) });
  const pen = new Pen(100, 50, ruler);
  pen.save();
  pen.translate(10, 20);
  pen.beginPath();
  pen.rect(0, 0, 5, 5);
  pen.clip("evenodd");
  pen.fillStyle = pen.hatch("#00000080", 4, 1);
  pen.fill();
  pen.restore();
  pen.font = "italic 650 12.5px \"Source Sans\", sans-serif";
  pen.textBaseline = "middle";
  pen.fillText("<b>&\u0001", 1, 2);
  const [clip, group, pattern, text] = pen.page.children.map((child) => /** @type {any} */ (child));
  assert.deepEqual([clip.tag, group.tag, pattern.tag, text.tag], ["clipPath", "g", "pattern", "text"]);
  assert.equal(group.attributes["clip-path"], `url(#${clip.attributes.id})`);
  assert.deepEqual(group.children[0].attributes, { d: "M0 0h5v5h-5Z", fill: `url(#${pattern.attributes.id})`, transform: "translate(10 20)" });
  assert.equal(text.textContent, "<b>& ");
  const { x, y, fill, textLength, transform } = text.attributes;
  assert.deepEqual([x, y, fill, textLength, transform], ["1", "6", "#000000", "30", undefined]);
  assert.deepEqual([text.attributes["font-style"], text.attributes["font-weight"], text.attributes["font-size"]], ["italic", "700", "12.5"]);
  const before = pen.page.children.length;
  assert.equal(pen.hatch("#00000080", 4, 1), group.children[0].attributes.fill);
  assert.equal(pen.page.children.length, before);
});
