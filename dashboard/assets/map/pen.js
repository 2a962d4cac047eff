/* A pen that writes down as a drawing (SVG) what is drawn with it: so much of a canvas' context as the map draws with. Every
   text reaches the drawing by textContent. A path is walked and drawn under one transform. */

const NS = "http://www.w3.org/2000/svg";
const TAU = 2 * Math.PI;

/* What a canvas saves and restores. */
const SAVED = [
  "at", "matrix", "dash", "fillStyle", "strokeStyle", "lineWidth", "lineCap", "lineJoin", "globalAlpha",
  "font", "letterSpacing", "textAlign", "textBaseline", "direction",
];

/** To a hundredth of a px. @param {number} number */
const tidy = (number) => Math.round(number * 100) / 100;

/** A colour as every reader of drawings knows it, and how opaque it is: "#6b645557", "rgb(1, 2, 3)", "rgba(1, 2, 3, 0.5)".
 * @param {string} colour @returns {[string, number]} */
export function opaque(colour) {
  if (/^#[0-9a-f]{8}$/i.test(colour)) return [colour.slice(0, 7), tidy(parseInt(colour.slice(7), 16) / 255)];
  if (colour === "transparent") return ["none", 1];
  const parts = /^rgba\((.+),\s*([\d.]+)\)$/.exec(colour);
  return parts ? [`rgb(${parts[1]})`, Number(parts[2])] : [colour, 1];
}

/** A text without the letters that no drawing (XML) may hold. @param {string} text */
export const written = (text) => text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, " ");

/** An arc of a circle in the letters of a path, after a line to its beginning; a whole turn as two halves.
 * @param {number} x @param {number} y @param {number} r @param {number} from @param {number} to @param {boolean} begins */
export function arc(x, y, r, from, to, begins) {
  const at = (turn) => `${tidy(x + r * Math.cos(turn))} ${tidy(y + r * Math.sin(turn))}`;
  const round = (end, large) => `A${tidy(r)} ${tidy(r)} 0 ${large} 1 ${at(end)}`;
  const way = to - from >= TAU ? round(from + Math.PI, 0) + round(from + TAU, 0) : round(to, Number(to - from > Math.PI));
  return (begins ? "M" : "L") + at(from) + way;
}

/** Where a text is held, as a drawing calls it, which goes by the direction of the text. @param {string} align @param {string} direction */
export function anchor(align, direction) {
  if (align === "center") return "middle";
  const first = direction === "rtl" ? "right" : "left";
  return align === "start" || align === first ? "start" : "end";
}

export class Pen {
  fillStyle = "#000000";
  strokeStyle = "#000000";
  lineWidth = 1;
  lineCap = "butt";
  lineJoin = "miter";
  globalAlpha = 1;
  font = "400 10px sans-serif";
  letterSpacing = "0px";
  textAlign = "start";
  textBaseline = "alphabetic";
  direction = "ltr";

  /** @param {number} width @param {number} height px @param {CanvasRenderingContext2D} ruler measures texts */
  constructor(width, height, ruler) {
    this.ruler = ruler;
    this.page = this.made("svg", { viewBox: `0 0 ${width} ${height}`, width, height });
    this.at = this.page;
    this.matrix = [1, 0, 0, 1, 0, 0];
    /** @type {number[]} */
    this.dash = [];
    this.d = "";
    /** @type {any[]} */
    this.saved = [];
    /** @type {Map<string, string>} */
    this.shared = new Map();
  }

  /** An element of the drawing. @param {string} tag @param {Record<string, unknown>} attributes */
  made(tag, attributes) {
    const element = document.createElementNS(NS, tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, String(value));
    return element;
  }

  save() {
    this.saved.push(Object.fromEntries(SAVED.map((name) => [name, this[name]])));
  }

  restore() {
    Object.assign(this, this.saved.pop());
  }

  /* The matrix [a, b, c, d, e, f] of a canvas, with another before it. */
  transform(a, b, c, d, e, f) {
    const [A, B, C, D, E, F] = this.matrix;
    this.matrix = [A * a + C * b, B * a + D * b, A * c + C * d, B * c + D * d, A * e + C * f + E, B * e + D * f + F];
  }

  translate(x, y) { this.transform(1, 0, 0, 1, x, y); }
  scale(x, y) { this.transform(x, 0, 0, y, 0, 0); }
  rotate(turn) { this.transform(Math.cos(turn), Math.sin(turn), -Math.sin(turn), Math.cos(turn), 0, 0); }

  beginPath() { this.d = ""; }
  closePath() { this.d += "Z"; }
  moveTo(x, y) { this.d += `M${tidy(x)} ${tidy(y)}`; }
  lineTo(x, y) { this.d += `${this.d ? "L" : "M"}${tidy(x)} ${tidy(y)}`; }
  arc(x, y, r, from, to) { this.d += arc(x, y, r, from, to, !this.d); }
  rect(x, y, width, height) { this.d += `M${tidy(x)} ${tidy(y)}h${tidy(width)}v${tidy(height)}h${tidy(-width)}Z`; }

  roundRect(x, y, width, height, r) {
    const [across, down] = [tidy(width - 2 * r), tidy(height - 2 * r)];
    const turn = (dx, dy) => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
    this.d += `M${tidy(x + r)} ${tidy(y)}h${across}${turn(r, r)}v${down}${turn(-r, r)}h${-across}${turn(-r, -r)}v${-down}${turn(r, -r)}Z`;
  }

  /* The last path, or one that is given (pathOf in marks.js), by the rule "nonzero" or "evenodd". */
  fill(...how) {
    const [fill, alpha] = opaque(this.fillStyle);
    this.put("path", { d: dOf(how) ?? this.d, fill, "fill-opacity": partly(alpha * this.globalAlpha), "fill-rule": ruleOf(how) });
  }

  stroke(...how) {
    this.put("path", { d: dOf(how) ?? this.d, fill: "none", ...this.line() });
  }

  clip(...how) {
    const path = { d: dOf(how) ?? this.d, transform: this.placed(), "clip-rule": ruleOf(how) };
    const inside = this.made("g", { "clip-path": this.once("clipPath", "clip", Object.values(path).join(), {}, path) });
    this.at.append(inside);
    this.at = inside;
  }

  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  strokeRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
  }

  setLineDash(dash) { this.dash = dash; }

  measureText(text) {
    const { ruler, font, letterSpacing, direction } = this;
    Object.assign(ruler, { font, letterSpacing, direction });
    return ruler.measureText(text);
  }

  fillText(text, x, y) {
    const [fill, alpha] = opaque(this.fillStyle);
    this.write(text, x, y, { fill, "fill-opacity": partly(alpha * this.globalAlpha) });
  }

  /* The rim of a text is no text to those who listen or search. */
  strokeText(text, x, y) {
    this.write(text, x, y, { fill: "none", ...this.line(), "aria-hidden": true });
  }

  /* Lines of 45 degrees, as hatch in marks.js draws them. */
  hatch(colour, apart, width) {
    const [stroke, alpha] = opaque(colour);
    const d = [-apart, 0, apart].map((shift) => `M${shift - 1} ${apart + 1}L${shift + apart + 1} -1`).join("");
    return this.once("pattern", "hatch", [colour, apart, width].join(), { width: apart, height: apart, patternUnits: "userSpaceOnUse" },
      { d, fill: "none", stroke, "stroke-width": width, "stroke-opacity": partly(alpha) });
  }

  /* The address of a pattern or a clip of one path, which is made when it is first asked for. */
  once(tag, name, key, attributes, path) {
    const known = this.shared.get(name + key);
    if (known) return known;
    const id = `${name}-${this.shared.size + 1}`;
    const made = this.made(tag, { id, ...attributes });
    made.append(this.made("path", path));
    this.page.append(made);
    this.shared.set(name + key, `url(#${id})`);
    return `url(#${id})`;
  }

  line() {
    const [stroke, alpha] = opaque(this.strokeStyle);
    return {
      stroke, "stroke-width": tidy(this.lineWidth), "stroke-opacity": partly(alpha * this.globalAlpha),
      "stroke-linecap": unless(this.lineCap, "butt"), "stroke-linejoin": unless(this.lineJoin, "miter"),
      "stroke-dasharray": this.dash.length ? this.dash.join(" ") : undefined,
    };
  }

  write(text, x, y, style) {
    const [, slant, weight, size, family] = /^\s*(italic)?\s*(\d+) ([\d.]+)px (.+)$/.exec(this.font) ?? [];
    const element = this.put("text", {
      x: tidy(x), y: tidy(y + this.drop(text)), "font-family": family, "font-size": size, "font-style": slant,
      "font-weight": Math.round(Number(weight) / 100) * 100, direction: this.direction,
      "letter-spacing": unless(parseFloat(this.letterSpacing), 0), "text-anchor": unless(anchor(this.textAlign, this.direction), "start"),
      // Other letters than ours, where these are not there, take no more room.
      textLength: tidy(this.measureText(text).width), lengthAdjust: "spacingAndGlyphs", ...style,
    });
    element.textContent = written(text);
  }

  /* How far below the line that a canvas takes the letters stand: not every reader of drawings knows other lines. */
  drop(text) {
    const above = (line) => {
      this.ruler.textBaseline = line;
      return this.measureText(text).actualBoundingBoxAscent;
    };
    return above("alphabetic") - above(this.textBaseline);
  }

  put(tag, attributes) {
    const element = this.made(tag, { ...attributes, transform: this.placed() });
    this.at.append(element);
    return element;
  }

  placed() {
    const [a, b, c, d, e, f] = this.matrix;
    if (a !== 1 || b || c || d !== 1) return `matrix(${[a, b, c, d].map((part) => Math.round(part * 1e5) / 1e5).join(" ")} ${tidy(e)} ${tidy(f)})`;
    return e || f ? `translate(${tidy(e)} ${tidy(f)})` : undefined;
  }
}

const dOf = (how) => how.find((one) => one.d !== undefined)?.d;
const ruleOf = (how) => unless(how.find((one) => typeof one === "string"), "nonzero");
const partly = (alpha) => unless(tidy(alpha), 1);

/* What says what holds anyway is not written down. */
const unless = (value, known) => (value === known ? undefined : value);
