/* The timeline: which days are in view, told and chosen on a chart of two levels, and the clock that lets them walk.

   The window that counts is Python's. While it is dragged or walks, this script is ahead of it and the map follows at once,
   drawn from the columns of claims that were fetched before (columns.js); Python is told when the hand rests, and about once
   a second while the days walk. */
import * as chart from "./chart.js";
import * as columns from "./columns.js";
import * as days from "./days.js";
import { hearKeys } from "./keys.js";
import { reach } from "./map.js";
import { hit } from "./scale.js";
import { speech } from "./speech.js";
import { latest, ticker } from "./ticker.js";

const HANDLE = 11; // px: how near to a handle a pointer is on it
const LATE = 0.5; // s: the most that a late frame makes up for
const WORDS = 100; // ms between new words while the window moves
const ZOOM = 54; // px at the end of the pill's row that the buttons have
const CLICK = 3; // px that a click may move
const TELL = 700; // ms between two messages while the days walk
const SPEEDS = [1, 2, 4, 8, 15, 30];
const STRIDES = [1, 7, 30];
const NEWS = 150; // ms between two changes of the ticker while the days walk

const iso = (/** @type {number} */ day) => new Date(day * days.DAY).toISOString().slice(0, 10);
const parsed = (/** @type {string} */ text) => Math.round(Date.parse(text + "T00:00:00Z") / days.DAY);

/** Build the timeline into a root, once; what comes back draws it from data.
 * @param {HTMLElement} root @param {(message: object) => void} tell
 * @param {{ element: (tag: string, name?: string, text?: string) => any, sign: (path: string, colour: string) => SVGElement }} make */
export function build(root, tell, { element, sign }) {
  const at = {
    /** @type {any} */ data: null,
    /** @type {days.Span} */ window: [0, 0],
    /** @type {days.Span} */ focus: [0, 0],
    /** @type {days.Span} */ extent: [0, 0],
    /** @type {days.Span[]} */ covered: [],
    /** @type {days.Counts} */ counts: { days: [], totals: [], sides: [] },
    /** @type {columns.Columns | null} */ columns: null,
    /** @type {ReturnType<typeof columns.counter> | null} */ count: null,
    source: "",
    playing: false,
    growing: false,
    loop: false,
    ahead: false, // of Python: the map is drawn here
    asked: false, // Python was told and has not answered
    /** @type {days.Span} */ began: [0, 0],
    /** @type {days.Span | null} */ step: null, // the days that the last step brought into view
    toldAt: 0,
    newsAt: 0, wordsAt: 0,
    /** @type {any} */ held: null,
  };
  const map = reach(root);
  const ui = parts(element);
  root.append(ui.side, ui.chart, ui.news, ui.dates);
  const ctx = /** @type {CanvasRenderingContext2D} */ (ui.canvas.getContext("2d"));
  const news = ticker(ui.news, { element, sign }, (place) => tell({ place }));
  let say = speech(null);
  /** @type {any} */
  let room = null, scale = null, ready = null, look = null;

  const rtl = () => at.data.direction === "rtl";
  const whole = () => days.same(at.window, at.extent);
  const stride = () => Number(ui.stride.value);

  /* ---- the window is changed: here at once, by Python when the hand rests ---- */

  /* What is seen goes with the window: the chart now, the map with the next frame. */
  function move(/** @type {days.Span} */ window) {
    if (days.same(window, at.window) && at.ahead) return;
    at.window = window;
    at.ahead = true;
    schedule();
  }

  let frame = 0;
  function schedule() {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      if (!at.data) return;
      if (at.ahead && at.count) follow();
      paint();
    });
  }

  /* The map draws the window by itself. Its frame may have come anew since. */
  function follow() {
    const there = map();
    if (!there) return;
    if (there.counts !== at.count) there.prepare(there.counts = at.count);
    there.walk(...at.window, at.playing ? aged() : null);
  }

  /* A mark is old where nothing is told of it in the last third of the window, at most a month, and not in this step. */
  const aged = () => at.window[1] - days.between(2 * stride(), Math.floor(days.length(at.window) / 3), 30);

  /* The window stands: Python is told. */
  function choose(/** @type {days.Span} */ window) {
    pause();
    at.step = null;
    move(window);
    schedule(); // what is new was not told while the hand moved
    at.asked = true;
    tell({ window: at.window });
  }

  /* ---- playing ---- */

  let clock = 0, due = 0, before = 0;

  function play() {
    if (!at.data.playable) return;
    at.window = days.opening(at.window, at.extent, at.focus);
    at.began = at.window;
    at.playing = at.ahead = true;
    due = 0;
    before = performance.now();
    clock = requestAnimationFrame(tick);
    lookAt(at.window[1]);
    schedule();
  }

  function pause() {
    if (!at.playing) return;
    at.playing = false;
    cancelAnimationFrame(clock);
    at.asked = true;
    tell({ window: at.window });
    schedule();
  }

  function tick(/** @type {number} */ now) {
    if (!at.playing) return;
    if (!root.isConnected) return void pause(); // another page was opened
    // A frame that comes late makes up for some steps, so that time passes as fast as was asked for; they are told as one.
    due += Math.min((now - before) / 1000, LATE) * Number(ui.speed.value);
    before = now;
    let first = 0;
    for (; due >= 1; due -= 1) {
      if (!advance(1)) return;
      first ||= at.step?.[0] ?? 0;
    }
    if (first && at.step) at.step = [first, at.step[1]];
    if (!at.asked && now - at.toldAt > TELL) {
      at.asked = true;
      at.toldAt = now;
      tell({ window: at.window });
    }
    clock = requestAnimationFrame(tick);
  }

  /* One step of playing; whether there was one to make. */
  function advance(/** @type {number} */ way) {
    const next = days.stepped(at.window, way * stride(), at.extent, at.covered, at.growing);
    if (!next && !(at.loop && way > 0)) {
      pause();
      return false;
    }
    const was = at.window;
    at.window = next ?? at.began;
    at.step = next && way > 0 ? [Math.max(was[1] + 1, next[0]), next[1]] : null;
    at.ahead = true;
    lookAt(at.window[1]);
    if (at.step && at.columns) pulse(at.step);
    schedule();
    return true;
  }

  function pulse(/** @type {days.Span} */ [since, until]) {
    const { tables, ...all } = /** @type {columns.Columns} */ (at.columns);
    const found = new Map();
    for (const one of columns.news({ tables, ...all }, since, until)) {
      if (!found.has(one.place)) found.set(one.place, at.data.colours[one.side]);
    }
    const id = tables.places.columns.indexOf("id");
    // After the marks of this step are drawn.
    requestAnimationFrame(() => map()?.pulse?.([...found].map(([place, colour]) => ({ id: tables.places.rows[place][id], colour }))));
  }

  /* A step by hand, as playing makes it. */
  function step(/** @type {number} */ way) {
    pause();
    if (advance(way)) rest();
  }

  function shift(/** @type {number} */ way) {
    const next = days.stepped(at.window, way * days.length(at.window), at.extent, at.covered);
    if (next) {
      lookAt(way > 0 ? next[1] : next[0]);
      choose(next);
    }
  }

  /* Several steps quickly after each other are told as one. */
  let resting = 0;
  function rest() {
    clearTimeout(resting);
    resting = window.setTimeout(() => {
      at.asked = true;
      tell({ window: at.window });
    }, 120);
  }

  function toggle() {
    if (at.playing) pause();
    else play();
  }

  /* ---- what the focus shows ---- */

  function lookAt(/** @type {number} */ day) {
    const focus = days.following(at.focus, day, at.extent);
    if (!days.same(focus, at.focus)) setFocus(focus);
  }

  function setFocus(/** @type {days.Span} */ focus) {
    at.focus = focus;
    scale = null;
    schedule();
  }

  const openOn = (/** @type {days.Span} */ window) => days.same(window, at.extent)
    ? days.densest(at.counts, at.extent) : days.roomy(window, 0.4, at.extent);

  /* ---- the hand ---- */

  const x = (/** @type {PointerEvent | WheelEvent | MouseEvent} */ event) => event.clientX - ui.canvas.getBoundingClientRect().left;
  const y = (/** @type {PointerEvent | WheelEvent | MouseEvent} */ event) => event.clientY - ui.canvas.getBoundingClientRect().top;
  const dayAt = (/** @type {number} */ px) => days.between(at.extent[0], Math.floor(scale.focus.day(px)), at.extent[1]);
  const below = (/** @type {number} */ py) => room.overview && py > room.axis + 4;

  /* What the pointer is on: on the overview its brush, on the focus the window. */
  function under(/** @type {any} */ event) {
    const px = x(event);
    if (below(y(event))) {
      const [first, last] = [scale.overview.x(at.focus[0]), scale.overview.x(at.focus[1] + 1)];
      return { level: "overview", part: hit(px, first, last, HANDLE / 2) };
    }
    const part = hit(px, ...shown(), HANDLE);
    return { level: "focus", part: part === "inside" && whole() ? "beside" : part };
  }

  /* Where the handles stand: at the edge where the window goes on beyond it. */
  function shown() {
    const inside = (/** @type {number} */ day) => days.between(0, scale.focus.x(day), room.width);
    return /** @type {[number, number]} */ ([inside(at.window[0]), inside(at.window[1] + 1)]);
  }

  const CURSORS = { first: "ew-resize", last: "ew-resize", inside: "grab", beside: "crosshair" };

  /** @type {Map<number, PointerEvent>} */
  const touching = new Map();
  ui.canvas.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => {
    if (event.button || !scale) return;
    pause();
    ui.tip.hidden = true;
    ui.canvas.setPointerCapture(event.pointerId);
    touching.set(event.pointerId, event);
    if (touching.size === 2) {
      at.held = { pinch: spread(), focus: at.focus };
      return;
    }
    const { level, part } = under(event);
    at.held = { level, part, from: x(event), day: dayAt(x(event)), window: at.window, focus: at.focus, moved: false };
    if (part === "inside") ui.canvas.style.cursor = "grabbing";
  });
  ui.canvas.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (!scale) return;
    if (touching.has(event.pointerId)) touching.set(event.pointerId, event);
    if (at.held?.pinch) return pinch();
    if (!at.held) {
      ui.canvas.style.cursor = CURSORS[under(event).part];
      describe(event);
      return;
    }
    if (!at.held.moved && Math.abs(x(event) - at.held.from) <= CLICK) return;
    at.held.moved = true;
    if (at.held.level === "overview") dragBrush(x(event));
    else dragWindow(x(event));
  });

  function dragWindow(/** @type {number} */ px) {
    const { part, day, window: [since, until] } = at.held;
    const now = dayAt(px);
    if (part === "inside") move(days.within([since + now - day, until + now - day], at.extent));
    else if (part === "first") move([Math.min(edge(px), until), until]);
    else if (part === "last") move([since, Math.max(edge(px) - 1, since)]);
    else move([Math.min(day, now), Math.max(day, now)]);
  }

  /* A handle stands between two days: at the nearer beginning of one. */
  const edge = (/** @type {number} */ px) => days.between(at.extent[0], Math.round(scale.focus.day(px)), at.extent[1] + 1);

  function dragBrush(/** @type {number} */ px) {
    const { part, from, focus } = at.held;
    const { overview } = scale;
    const day = (/** @type {number} */ where) => overview.day(days.between(0, where, room.width));
    const limit = (/** @type {number} */ first, /** @type {number} */ last) => setFocus([Math.max(at.extent[0], Math.round(first)), Math.min(at.extent[1], Math.round(last))]);
    if (part === "first") limit(Math.min(day(px), focus[1] - 4), focus[1]);
    else if (part === "last") limit(focus[0], Math.max(day(px) - 1, focus[0] + 4));
    else if (part === "inside") {
      // The brush goes with the hand: its middle stands as far from where it was as the hand does.
      const middle = (overview.x(focus[0]) + overview.x(focus[1] + 1)) / 2 + px - from;
      const half = days.length(focus) / 2, centre = day(middle);
      setFocus(days.within([Math.round(centre - half), Math.round(centre - half) + days.length(focus) - 1], at.extent));
    } else {
      const [low, high] = [day(from), day(px)].sort((a, b) => a - b);
      limit(low, Math.max(high, low + 4));
    }
  }

  function spread() {
    const [one, other] = [...touching.values()].map(x);
    return { apart: Math.max(10, Math.abs(one - other)), middle: (one + other) / 2 };
  }

  function pinch() {
    if (touching.size < 2) return;
    const { pinch: was, focus } = at.held;
    const now = spread();
    const day = focus[0] + ((rtl() ? room.width - was.middle : was.middle) / room.width) * days.length(focus);
    const long = days.zoomed(focus, was.apart / now.apart, day, at.extent);
    const by = Math.round(((rtl() ? 1 : -1) * (now.middle - was.middle) * days.length(long)) / room.width);
    setFocus(days.within([long[0] + by, long[1] + by], at.extent));
  }

  function release(/** @type {PointerEvent} */ event) {
    touching.delete(event.pointerId);
    const { held } = at;
    at.held = null;
    if (!held || held.pinch) return;
    if (scale) ui.canvas.style.cursor = CURSORS[under(event).part];
    if (held.level === "overview") {
      if (!held.moved && held.part === "beside" && event.type === "pointerup") {
        const centre = scale.overview.day(held.from), long = days.length(held.focus);
        setFocus(days.within([Math.round(centre - long / 2), Math.round(centre - long / 2) + long - 1], at.extent));
      }
    } else if (held.moved) choose(at.window);
    else if (event.type === "pointerup") chooseBar(held.day);
  }
  ui.canvas.addEventListener("pointerup", release);
  ui.canvas.addEventListener("pointercancel", release);
  ui.canvas.addEventListener("pointerleave", () => { ui.tip.hidden = true; });

  const barAt = (/** @type {number} */ day) => scale.bars.find((/** @type {days.Bar} */ bar) => bar.first <= day && day <= bar.last);

  function chooseBar(/** @type {number} */ day) {
    const bar = barAt(day);
    if (bar) choose([Math.max(bar.first, at.extent[0]), Math.min(bar.last, at.extent[1])]);
  }

  ui.canvas.addEventListener("wheel", (/** @type {WheelEvent} */ event) => {
    if (!scale || at.held) return;
    event.preventDefault();
    const [dx, dy] = event.shiftKey && !event.deltaX ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
    const lines = event.deltaMode === 1 ? 16 : 1;
    if (Math.abs(dx) > Math.abs(dy)) {
      const by = ((rtl() ? -1 : 1) * dx * lines) / scale.pixels;
      const far = Math.sign(by) * Math.max(1, Math.round(Math.abs(by)));
      setFocus(days.within([at.focus[0] + far, at.focus[1] + far], at.extent));
    } else if (dy) {
      const axis = below(y(event)) ? scale.overview : scale.focus;
      setFocus(days.zoomed(at.focus, 1.0015 ** (days.between(-400, dy * lines, 400)), axis.day(x(event)), at.extent));
    }
  }, { passive: false });

  function zoom(/** @type {number} */ factor) {
    const inside = days.length(at.window) < days.length(at.focus) && at.window[1] >= at.focus[0] && at.window[0] <= at.focus[1];
    const [first, last] = inside ? at.window : at.focus;
    setFocus(days.zoomed(at.focus, factor, (first + last) / 2, at.extent));
  }

  function describe(/** @type {PointerEvent} */ event) {
    const upper = !below(y(event));
    const bar = upper && barAt(dayAt(x(event)));
    const fold = !upper && scale.overview.folds.find((/** @type {any} */ one) => one.from <= x(event) && x(event) <= one.to);
    ui.tip.hidden = !bar && !fold;
    if (fold) ui.tip.replaceChildren(element("b", "", say.days(fold.first, fold.last)), element("div", "", say.silence(fold.last - fold.first + 1)));
    else if (bar) {
      ui.tip.replaceChildren(element("b", "", say.days(bar.first, bar.last)), ...[...bar.sides].sort((a, b) => b[1] - a[1]).map(([side, n]) => {
        const row = element("div", "");
        const key = element("i", "");
        key.style.background = at.data.colours[side];
        row.append(key, element("span", "", at.data.sides[side]), element("em", "", say.number(n)));
        return row;
      }));
    } else return;
    const wide = ui.tip.offsetWidth;
    ui.tip.style.left = days.between(0, x(event) > room.width / 2 ? x(event) - wide - 14 : x(event) + 14, room.width - wide) + "px";
  }

  /* ---- controls ---- */

  for (const [input, end] of /** @type {const} */ ([[ui.low, 0], [ui.high, 1]])) {
    // The upper end counts the day after the last, so that the window of one day has a breadth.
    const read = () => {
      const [since, until] = at.window, value = Number(input.value) - end;
      return /** @type {days.Span} */ (end ? [since, Math.max(value, since)] : [Math.min(value, until), until]);
    };
    input.addEventListener("input", () => {
      pause();
      move(read());
      lookAt(at.window[end]);
    });
    input.addEventListener("change", () => choose(read()));
  }
  for (const input of [ui.since, ui.until]) {
    input.addEventListener("change", () => {
      if (!input.validity.valid) return;
      const typed = parsed(input.value);
      const [since, until] = at.window;
      const window = /** @type {days.Span} */ (input === ui.since ? [typed, Math.max(typed, until)] : [Math.min(typed, since), typed]);
      setFocus(openOn(window));
      choose(window);
    });
  }
  ui.play.addEventListener("click", toggle);
  ui.back.addEventListener("click", () => step(-1));
  ui.on.addEventListener("click", () => step(1));
  ui.earlier.addEventListener("click", () => shift(-1));
  ui.later.addEventListener("click", () => shift(1));
  ui.sliding.addEventListener("click", () => grow(false));
  ui.growing.addEventListener("click", () => grow(true));
  ui.loop.addEventListener("click", () => {
    at.loop = !at.loop;
    ui.loop.setAttribute("aria-pressed", String(at.loop));
  });
  ui.nearer.addEventListener("click", () => zoom(0.5));
  ui.farther.addEventListener("click", () => zoom(2));
  ui.all.addEventListener("click", () => setFocus(days.same(at.focus, at.extent) ? openOn(at.window) : at.extent));
  ui.pill.addEventListener("click", () => {
    ui.dates.togglePopover();
    if (!ui.dates.matches(":popover-open")) return;
    const pill = ui.pill.getBoundingClientRect(), box = ui.dates.getBoundingClientRect();
    ui.dates.style.left = days.between(8, pill.left + (pill.width - box.width) / 2, innerWidth - box.width - 8) + "px";
    ui.dates.style.top = Math.max(8, pill.top - box.height - 6) + "px";
    ui.since.focus();
  });

  function grow(/** @type {boolean} */ growing) {
    at.growing = growing;
    ui.growing.setAttribute("aria-pressed", String(growing));
    ui.sliding.setAttribute("aria-pressed", String(!growing));
  }
  grow(false);

  function preset(/** @type {number} */ long) {
    const last = at.extent[1];
    const window = /** @type {days.Span} */ (long ? [Math.max(at.extent[0], last - long + 1), last] : at.extent);
    setFocus(openOn(window));
    choose(window);
  }

  hearKeys(root, {
    playable: () => Boolean(at.data?.playable),
    toggle,
    step: (way) => step(rtl() ? -way : way),
    home: () => goTo(at.extent[0]),
    end: () => goTo(at.extent[1]),
  });

  /* To the beginning or the end of the archive, the window as long as it is; where it is all days, as long as playing
     would make it. */
  function goTo(/** @type {number} */ day) {
    const long = days.length(whole() ? days.opening(at.window, at.extent, at.focus) : at.window);
    lookAt(day);
    choose(days.within(day === at.extent[0] ? [day, day + long - 1] : [day - long + 1, day], at.extent));
  }


  // On the stage, the page in full screen, all is larger, and what is new lies on the map.
  const setStage = () => {
    root.classList.toggle("stage", document.fullscreenElement?.classList.contains("st-key-screen") ?? false);
    look = null;
    schedule();
  };
  document.addEventListener("fullscreenchange", setStage);
  requestAnimationFrame(setStage);

  /* ---- what is seen ---- */

  function paint() {
    const { data } = at;
    if (!data) return;
    words();
    const { clientWidth: width, clientHeight: height } = ui.canvas;
    if (!width || !height) return;
    const dense = devicePixelRatio || 1;
    look ??= appearance(root);
    if (!room || room.width !== width || room.height !== height || ui.canvas.width !== Math.round(width * dense)) {
      room = chart.layout(width, height);
      [ui.canvas.width, ui.canvas.height] = [Math.round(width * dense), Math.round(height * dense)];
      scale = null;
    }
    const what = { counts: at.counts, extent: at.extent, focus: at.focus, window: at.window, rtl: rtl(), colours: data.colours };
    if (!scale) {
      const overview = ready?.key === keyOf() ? ready.axis : null;
      scale = chart.scales(what, room);
      if (overview) scale.overview = overview;
    }
    if (room.overview && ready?.key !== keyOf()) ready = drawnOverview(what, dense);
    ctx.setTransform(dense, 0, 0, dense, 0, 0);
    chart.draw(ctx, what, room, scale, look, say, room.overview ? ready.canvas : null);
    [ui.low.value, ui.high.value] = [String(at.window[0]), String(at.window[1] + 1)];
    root.classList.toggle("moving", moving());
    if (moving()) chart.drawWindow(ctx, shown(), room, look, say.days(...at.window), limits());
    else place();
  }

  const keyOf = () => [room.width, room.height, devicePixelRatio, at.data.bars_key, rtl(), look.ink, at.data.colours.join()].join();

  function drawnOverview(/** @type {any} */ what, /** @type {number} */ dense) {
    const canvas = new OffscreenCanvas(Math.round(room.width * dense), Math.round(room.height * dense));
    const drawing = /** @type {any} */ (canvas.getContext("2d"));
    drawing.setTransform(dense, 0, 0, dense, 0, 0);
    chart.drawAll(drawing, what, room, scale, look);
    return { key: keyOf(), canvas, axis: scale.overview };
  }

  /* The handles, the pill and the fields go with the window, once it rests. */
  function place() {
    const [since, until] = at.window;
    set(ui.pill, say.days(since, until));
    const typing = /** @type {ShadowRoot} */ (root.getRootNode()).activeElement;
    // What is being typed stays as it is.
    if (typing !== ui.since) ui.since.value = iso(since);
    if (typing !== ui.until) ui.until.value = iso(until);
    ui.low.setAttribute("aria-valuetext", say.day(since));
    ui.high.setAttribute("aria-valuetext", say.day(until));
    for (const made of ui.presets.children) {
      const long = Number(made.dataset.days);
      const from = long ? Math.max(at.extent[0], at.extent[1] - long + 1) : at.extent[0];
      made.setAttribute("aria-pressed", String(since === from && until === at.extent[1]));
    }
    const [first, last] = shown();
    for (const [handle, px, day] of [[ui.lowHandle, first, at.window[0]], [ui.highHandle, last, at.window[1] + 1]]) {
      handle.style.transform = `translateX(${px.toFixed(1)}px)`;
      handle.style.top = room.focus.top - 8 + "px";
      handle.style.height = room.focus.height + 8 + "px";
      handle.classList.toggle("beyond", day < at.focus[0] || day > at.focus[1] + 1);
    }
    // The pill is as wide as its words: asked anew only where they have changed, since the answer costs a layout.
    if (ui.pill.told !== ui.pill.textContent) [ui.pill.told, ui.pill.wide] = [ui.pill.textContent, ui.pill.offsetWidth];
    const { wide } = ui.pill;
    const [left, right] = limits();
    ui.pill.style.transform = `translateX(${days.between(left, (first + last - wide) / 2, right - wide).toFixed(1)}px)`;
  }

  /* Beside the pill stand the buttons that zoom. */
  const limits = () => /** @type {[number, number]} */ (rtl() ? [ZOOM, room.width] : [0, room.width - ZOOM]);

  const set = (/** @type {any} */ node, /** @type {string} */ text) => { if (node.textContent !== text) node.textContent = text; };

  const moving = () => at.playing || Boolean(at.held?.moved);

  /* Words that change make the browser sort the page's layers anew: while the window moves, ten times a second. */
  function words() {
    const { data } = at;
    const now = performance.now();
    if (moving() && now - at.wordsAt < WORDS) return;
    at.wordsAt = now;
    const until = at.window[1];
    const fresh = at.step ?? latest(at.counts, at.window);
    set(ui.date, whole() && !at.playing ? say.all() : say.day(until));
    const count = days.begun(at.counts, fresh[0], fresh[1]);
    set(ui.about, whole() && !at.playing ? say.length(days.length(at.window))
      : say.join([say.weekday(until), say.window(days.length(at.window)), say.fresh(count)]));
    name(ui.play, at.playing ? data.words.pause : data.words.play);
    ui.play.classList.toggle("on", at.playing);
    const inFocus = days.begun(at.counts, at.focus[0], at.focus[1]), all = days.begun(at.counts, at.extent[0], at.extent[1]);
    const full = days.same(at.focus, at.extent);
    set(ui.rest, full ? "" : say.rest(inFocus, all));
    set(ui.all, full ? data.words.dense : data.words.all_days);
    if (data.playable && !at.held?.moved && (!at.playing || now - at.newsAt > NEWS)) {
      at.newsAt = now;
      news.show(at.columns, fresh, until, count, data, say, at.playing && Number(ui.speed.value) <= 4);
    }
  }

  new ResizeObserver(() => schedule()).observe(ui.canvas);

  /* ---- the columns, fetched once for each set of filters ---- */

  async function fetchColumns(/** @type {string} */ source) {
    at.source = source;
    try {
      const answer = source.startsWith("data:") ? columns.decoded(source.slice(5)) : await fetch(source).then((got) => {
        if (!got.ok) throw new Error(String(got.status));
        return got.arrayBuffer();
      });
      if (at.source !== source) return; // other filters were set meanwhile
      at.columns = columns.parse(answer);
      at.count = columns.counter(at.columns);
      schedule();
    } catch (error) {
      // The map then follows when Python has answered.
      console.warn("the columns of claims cannot be read:", error);
    }
  }

  /* ---- what Python says ---- */

  function draw(/** @type {any} */ data) {
    const first = !at.data;
    const before = at.data;
    at.data = data;
    at.asked = false;
    at.extent = data.extent;
    at.covered = data.covered;
    at.counts = data.bars;
    say = speech(data);
    look = null;
    scale = null;
    label(ui, data, say, preset, element, (filter) => tell({ clear: filter }));
    root.dir = data.direction;
    root.classList.toggle("still", !data.playable);
    if (!at.playing && !at.held) at.window = data.window;
    if (first || !days.same(before.extent, data.extent)) at.focus = openOn(at.window);
    else if (!at.playing && !at.held && !days.same(before.window, data.window) && !at.ahead) {
      // Chosen elsewhere: in the address, by a chip.
      if (at.window[1] < at.focus[0] || at.window[0] > at.focus[1]) at.focus = openOn(at.window);
    }
    if (data.columns && data.columns !== at.source) fetchColumns(data.columns);
    if (!at.playing && !at.held) {
      at.ahead = false;
      map()?.halt();
      map()?.settle(...at.window);
    }
    paint();
  }

  return { draw, pause };
}

function name(/** @type {any} */ control, /** @type {string} */ text) {
  if (control.title === text) return;
  control.title = text;
  control.setAttribute("aria-label", text);
}

/* The colours of the page around, as its tokens say. */
function appearance(/** @type {HTMLElement} */ root) {
  const style = getComputedStyle(root);
  // A token may be a pair of colours, of which only a property of its own tells the one that is meant.
  const probe = document.createElement("i");
  root.append(probe);
  const of = (/** @type {string} */ token) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const app = document.querySelector(".stApp");
  const look = {
    ink: of("--ink"), muted: of("--muted"), line: of("--line"), accent: of("--accent"), panel: of("--panel"), tint: of("--tint"),
    rim: "#aeb8c1", dark: app !== null && getComputedStyle(app).colorScheme === "dark", font: style.fontFamily,
  };
  probe.remove();
  return look;
}

/* All parts of the timeline, without words. */
function parts(/** @type {any} */ element) {
  const button = (/** @type {string} */ className, text = "") => {
    const made = element("button", className, text);
    made.type = "button";
    return made;
  };
  const box = (/** @type {string} */ className, /** @type {any[]} */ ...children) => {
    const made = element("div", className);
    made.append(...children);
    return made;
  };
  const input = (/** @type {string} */ className, /** @type {string} */ type) => {
    const made = element("input", className);
    made.type = type;
    return made;
  };
  const ui = {
    date: element("h2", "date", ""), about: element("p", "about", ""),
    back: button("icon back"), play: button("icon play"), on: button("icon on"), stride: element("select", "stride"),
    sliding: button("sliding", ""), growing: button("growing", ""), loop: button("icon loop"), speed: element("select", "speed"),
    canvas: element("canvas", ""), pill: button("pill", ""), tip: box("tip"), rest: element("span", "rest", ""), all: button("all", ""),
    nearer: button("icon nearer"), farther: button("icon farther"),
    low: input("low", "range"), high: input("high", "range"), lowHandle: box("handle"), highHandle: box("handle"),
    since: input("since", "date"), until: input("until", "date"), earlier: button("earlier", "«"), later: button("later", "»"),
    presets: box("presets"), empty: box("empty"), news: element("section", "news"), dates: box("dates"),
    side: box("side"), chart: box("chart"),
  };
  ui.lowHandle.append(ui.low, element("i", ""));
  ui.highHandle.append(ui.high, element("i", ""));
  for (const range of [ui.low, ui.high]) range.step = 1;
  for (const typed of [ui.since, ui.until]) typed.required = true;
  ui.tip.hidden = ui.empty.hidden = true;
  ui.empty.setAttribute("role", "status");
  ui.canvas.setAttribute("role", "img");
  ui.loop.setAttribute("aria-pressed", "false");
  ui.dates.popover = "auto";
  ui.dates.setAttribute("role", "dialog");
  ui.side.append(box("told", ui.date, ui.about, box("here", ui.rest, ui.all)), box("row moves", ui.back, ui.play, ui.on, ui.stride),
    box("row more", box("pair", ui.sliding, ui.growing), ui.loop, ui.speed));
  ui.chart.append(ui.canvas, ui.lowHandle, ui.highHandle, ui.pill, box("zoom", ui.farther, ui.nearer), ui.tip, ui.empty);
  ui.dates.append(box("row", ui.since, element("span", "", "–"), ui.until), ui.presets, box("row", ui.earlier, ui.later));
  return ui;
}

/* The words on the controls, and what stands in their place where nothing is in view. */
function label(/** @type {any} */ ui, /** @type {any} */ data, /** @type {any} */ say, /** @type {any} */ preset, /** @type {any} */ element, /** @type {any} */ clear) {
  const { words } = data;
  for (const [control, key] of [[ui.since, "since"], [ui.until, "until"], [ui.low, "since"], [ui.high, "until"], [ui.earlier, "back"],
    [ui.later, "on"], [ui.back, "step_back"], [ui.on, "step_on"], [ui.stride, "stride"], [ui.speed, "speed"], [ui.loop, "loop"],
    [ui.nearer, "nearer"], [ui.farther, "farther"], [ui.pill, "choose"]]) name(control, words[key]);
  ui.pill.removeAttribute("aria-label");
  ui.dates.setAttribute("aria-label", words.choose);
  ui.sliding.textContent = words.sliding;
  ui.growing.textContent = words.growing;
  name(ui.sliding, words.sliding_long);
  name(ui.growing, words.growing_long);
  const [min, max] = data.extent.map(iso);
  for (const input of [ui.since, ui.until]) {
    // A browser forgets what is half typed where these are set, be it to what they were.
    if (input.min !== min || input.max !== max) Object.assign(input, { min, max });
  }
  for (const input of [ui.low, ui.high]) [input.min, input.max] = [data.extent[0], data.extent[1] + 1];
  options(element, ui.stride, STRIDES.map((n) => [n, words["stride_" + n]]), "1");
  options(element, ui.speed, SPEEDS.map((n) => [n, say.speed(n)]), "4");
  const made = JSON.stringify(data.presets);
  if (ui.presets.made !== made) {
    ui.presets.made = made;
    ui.presets.replaceChildren(...data.presets.map(([long, text]) => {
      const button = element("button", "", text);
      button.type = "button";
      button.dataset.days = long;
      button.dataset.focus = "last " + long;
      button.addEventListener("click", () => preset(long));
      return button;
    }));
  }
  ui.canvas.setAttribute("aria-label", words.alt);
  ui.news.setAttribute("aria-label", words.news);
  ui.empty.hidden = !data.empty;
  if (!data.empty) return;
  const button = (/** @type {string} */ filter, /** @type {string} */ text) => {
    const one = element("button", "", text);
    one.type = "button";
    one.addEventListener("click", () => clear(filter));
    return one;
  };
  ui.empty.replaceChildren(element("b", "", data.empty.text), ...data.empty.clear.map((one) => button(one[0], one[1])), button("", data.empty.all));
}

/* The choices of a list, made anew only where their words have changed. */
function options(/** @type {any} */ element, /** @type {any} */ control, /** @type {any[]} */ choices, /** @type {string} */ standard) {
  const key = JSON.stringify(choices);
  if (control.key === key) return;
  const chosen = control.key ? control.value : standard;
  control.key = key;
  control.replaceChildren(...choices.map(([value, text]) => {
    const option = element("option", "", text);
    option.value = value;
    return option;
  }));
  control.value = chosen;
}
