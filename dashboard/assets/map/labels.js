/* Where names stand on the map: each beside its place, none on another name or on a mark. Plain geometry in pixels;
   names.js draws what comes out. The first to come has the first choice; what finds no room is left out. */

/**
 * What a name may not lie on, and what it becomes itself once it is placed.
 * @typedef {{ left: number, top: number, right: number, bottom: number }} Box
 * @typedef {{ x: number, y: number, r: number }} Disc
 *
 * A name that wants to stand somewhere. `spots` are the places it may take, the best first: beside a point (`beside`),
 * centred upon one (`upon`) or along a line (`along`).
 * @typedef {{ x: number, y: number, align: "left" | "right" | "center", angle?: number }} Spot
 * @typedef {{ width: number, height: number, spots: Spot[] }} Name
 */

const CELL = 64; // px: names and marks are looked for by cells of this size
const ROOM = 2; // px kept free around a name

/* Beside a place: right, left, each a little lower or higher, above, below, and the corners; `gap` px from its middle. */
export function beside(x, y, height, gap, mirrored = false) {
  const [near, far] = /** @type {("left" | "right")[]} */ (mirrored ? ["right", "left"] : ["left", "right"]);
  const way = mirrored ? -1 : 1;
  const aslant = gap * 0.72 + 1;
  const step = gap + height / 2 - 1;
  return /** @type {Spot[]} */ ([
    ...[0, 6.5, -6.5].map((dy) => ({ x: x + way * gap, y: y + dy, align: near })),
    ...[0, 6.5, -6.5].map((dy) => ({ x: x - way * gap, y: y + dy, align: far })),
    { x, y: y - step, align: "center" },
    { x, y: y + step, align: "center" },
    { x: x + way * aslant, y: y - aslant - 3, align: near },
    { x: x + way * aslant, y: y + aslant + 3, align: near },
    { x: x - way * aslant, y: y - aslant - 3, align: far },
    { x: x - way * aslant, y: y + aslant + 3, align: far },
  ]);
}

/* Upon a point that stands for something wide: in its middle, or a little higher or lower. */
export function upon(x, y, height) {
  return /** @type {Spot[]} */ ([0, -1, 1, -2, 2].map((n) => ({ x, y: y + n * height * 0.9, align: "center" })));
}

/**
 * Along a course: wherever it runs straight enough for the name, turned to it, never upside down; nearest to the
 * middle of the view first.
 * @param {[number, number][]} course in px
 * @param {number} width of the name
 * @param {{ x: number, y: number }} size of the view
 */
export function along(course, width, size) {
  /** @type {(Spot & { off: number })[]} */
  const spots = [];
  let walked = 0;
  for (let i = 1; i < course.length; i++) {
    walked += Math.hypot(course[i][0] - course[i - 1][0], course[i][1] - course[i - 1][1]);
    if (walked < width / 3 && i > 1) continue;
    walked = 0;
    const from = course[i - 1];
    if (from[0] < -width || from[1] < -width || from[0] > size.x + width || from[1] > size.y + width) continue;
    // As far along as the name is wide.
    let j = i;
    let length = 0;
    while (j < course.length && length < width * 1.15) {
      length += Math.hypot(course[j][0] - course[j - 1][0], course[j][1] - course[j - 1][1]);
      j += 1;
    }
    const to = course[j - 1];
    const straight = Math.hypot(to[0] - from[0], to[1] - from[1]);
    if (length < width * 1.15 || straight < 0.93 * length) continue;
    let angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
    if (angle > Math.PI / 2) angle -= Math.PI;
    if (angle < -Math.PI / 2) angle += Math.PI;
    const [x, y] = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
    spots.push({ x, y, align: "center", angle, off: Math.hypot(x - size.x / 2, y - size.y / 2) });
  }
  return spots.sort((a, b) => a.off - b.off).slice(0, 12);
}

/** The boxes that a name would cover at a spot: one, or several small ones along a turned name. */
export function boxes(name, spot) {
  const { width, height } = name;
  if (spot.angle) {
    const parts = Math.max(2, Math.ceil((width * Math.abs(Math.sin(spot.angle))) / height));
    const made = [];
    for (let n = 0; n < parts; n++) {
      const at = ((n + 0.5) / parts - 0.5) * width;
      const [x, y] = [spot.x + at * Math.cos(spot.angle), spot.y + at * Math.sin(spot.angle)];
      const half = Math.abs((width / parts / 2) * Math.cos(spot.angle)) + (height / 2) * Math.abs(Math.sin(spot.angle));
      const tall = Math.abs((width / parts / 2) * Math.sin(spot.angle)) + (height / 2) * Math.abs(Math.cos(spot.angle));
      made.push({ left: x - half, right: x + half, top: y - tall, bottom: y + tall });
    }
    return made;
  }
  const left = spot.align === "center" ? spot.x - width / 2 : spot.align === "left" ? spot.x : spot.x - width;
  return [{ left, right: left + width, top: spot.y - height / 2, bottom: spot.y + height / 2 }];
}

/** What is taken already. Asked by cells, so that a name is tried against its neighbours alone. */
export class Taken {
  /** @param {{ x: number, y: number }} size of the view: what leaves it is no place for a name */
  constructor(size) {
    this.size = size;
    /** @type {Map<string, (Box | Disc)[]>} */
    this.cells = new Map();
  }

  /** @param {Box | Disc} shape */
  add(shape) {
    for (const key of cellsOf(box(shape))) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key)?.push(shape);
    }
  }

  /** @param {Box} wanted */
  free(wanted) {
    if (wanted.left < 1 || wanted.top < 1 || wanted.right > this.size.x - 1 || wanted.bottom > this.size.y - 1) return false;
    for (const key of cellsOf(wanted)) {
      for (const shape of this.cells.get(key) || []) if (touch(wanted, shape)) return false;
    }
    return true;
  }

  /**
   * The first of its spots that is free, which then is taken; or null.
   * @param {Name} name
   */
  place(name) {
    for (const spot of name.spots) {
      const covered = boxes(name, spot);
      if (!covered.every((part) => this.free(part))) continue;
      for (const part of covered) this.add(part);
      return { spot, covered };
    }
    return null;
  }
}

/** @returns {Box} */
function box(shape) {
  if ("r" in shape) return { left: shape.x - shape.r, right: shape.x + shape.r, top: shape.y - shape.r, bottom: shape.y + shape.r };
  return shape;
}

/** @param {Box} of */
function cellsOf(of) {
  const keys = [];
  for (let x = Math.floor((of.left - ROOM) / CELL); x <= Math.floor((of.right + ROOM) / CELL); x++) {
    for (let y = Math.floor((of.top - ROOM) / CELL); y <= Math.floor((of.bottom + ROOM) / CELL); y++) keys.push(x + "," + y);
  }
  return keys;
}

/** Marks are round: the corner of a name may come nearer than a square would let it. */
function touch(wanted, shape) {
  if ("r" in shape) {
    const dx = Math.max(wanted.left - shape.x, 0, shape.x - wanted.right);
    const dy = Math.max(wanted.top - shape.y, 0, shape.y - wanted.bottom);
    return dx * dx + dy * dy < shape.r * shape.r;
  }
  return wanted.left < shape.right + ROOM && wanted.right > shape.left - ROOM
    && wanted.top < shape.bottom + ROOM && wanted.bottom > shape.top - ROOM;
}
