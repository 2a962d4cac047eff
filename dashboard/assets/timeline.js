/* The timeline: bars, the window of days over them, and the clock that walks the window.

   The window that counts is Python's. While it is dragged or walks, this script is ahead of it; where that ends, the
   window is handed over and the answer is shown. */
const DAY = 86400000;
const HEIGHT = 64;

const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
const number = (text) => Math.round(Date.parse(text + "T00:00:00Z") / DAY);
/** @returns {any} what map/entry.js gives */
const map = () =>
  /** @type {HTMLIFrameElement | null} */ (document.querySelector('iframe[title="streamlit_folium.st_folium"]'))?.contentWindow?.conflictmap;

function button(sign, act) {
  const made = element("button", "", sign);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

function name(control, text) {
  control.title = text;
  control.setAttribute("aria-label", text);
}

function choice(control, options, chosen) {
  const key = JSON.stringify(options);
  if (control.key !== key) {
    control.key = key;
    control.replaceChildren(...options.map(([value, text]) => {
      const option = element("option", "", text);
      option.value = value;
      return option;
    }));
  }
  if (chosen !== undefined) control.value = chosen;
}

function build(root, tell) {
  /** @type {any} */
  const at = { window: [0, 0], walking: false, data: null };
  const send = (message) => { stop(); tell(message); };
  at.tools = element("div", "tools");
  at.since = element("input", "since");
  at.until = element("input", "until");
  for (const input of [at.since, at.until]) {
    input.type = "date";
    input.required = true;
    input.addEventListener("change", () => {
      if (!input.validity.valid) return;
      const typed = number(input.value);
      const [since, until] = at.window;
      send({ window: input === at.since ? [typed, Math.max(typed, until)] : [Math.min(typed, since), typed] });
    });
  }
  const group = (...parts) => {
    const made = element("div", "group");
    made.append(...parts);
    return made;
  };
  at.presets = group();
  at.back = button("«", () => send({ shift: -1 }));
  at.on = button("»", () => send({ shift: 1 }));
  at.earlier = button("⇤", () => send({ jump: -1 }));
  at.later = button("⇥", () => send({ jump: 1 }));
  at.play = button("▶", () => (at.walking || at.wanted ? stop() : start()));
  at.play.className = "play";
  at.stepBack = button("−", () => step(-1));
  at.stepOn = button("+", () => step(1));
  at.stride = element("select", "stride");
  at.speed = element("select", "speed");
  at.speed.addEventListener("change", () => { if (at.walking) tick(); });
  at.period = element("select", "period");
  at.period.addEventListener("change", () => send({ period: at.period.value }));
  at.player = group(at.play, at.stepBack, at.stepOn, at.stride, at.speed);
  // As on the slider, time runs from left to right in every language.
  at.moves = group(at.back, at.on, at.earlier, at.later);
  at.moves.dir = at.player.dir = "ltr";
  at.caption = element("span", "caption");
  at.tools.append(group(at.since, element("span", "", "–"), at.until), at.presets, at.moves,
    at.player, group(at.caption, at.period));
  at.stage = element("div", "stage");
  at.canvas = element("canvas", "");
  at.canvas.setAttribute("role", "img");
  at.tip = element("div", "tip");
  at.tip.hidden = true;
  at.low = element("input", "low");
  at.high = element("input", "high");
  at.empty = element("div", "empty");
  at.empty.setAttribute("role", "status");
  const track = element("div", "track");
  track.append(at.low, at.high);
  at.stage.append(at.canvas, at.tip, at.empty);
  root.append(at.tools, at.stage, track);

  for (const input of [at.low, at.high]) {
    input.type = "range";
    input.step = 1;
    const read = () => {
      // The upper end counts the day after the last, so that the window of one day has a breadth.
      if (input === at.low) at.window = [Math.min(Number(at.low.value), at.window[1]), at.window[1]];
      else at.window = [at.window[0], Math.max(Number(at.high.value) - 1, at.window[0])];
    };
    input.addEventListener("input", () => { read(); stop(); paint(); });
    input.addEventListener("change", () => { read(); send({ window: at.window }); });
  }

  /* Drag within the window to move it, beside it to draw a new one. */
  let held = null;
  const dayAt = (event) => {
    const box = at.canvas.getBoundingClientRect();
    const [first, last] = at.data.extent;
    const share = (event.clientX - box.left) / box.width;
    return Math.max(first, Math.min(last, first + Math.floor(share * (last + 1 - first))));
  };
  at.canvas.addEventListener("pointerdown", (event) => {
    stop();
    const day = dayAt(event);
    const [since, until] = at.window;
    const [first, last] = at.data.extent;
    const inside = since <= day && day <= until && (since > first || until < last);
    held = { day, window: [since, until], inside, moved: false };
    at.canvas.setPointerCapture(event.pointerId);
  });
  at.canvas.addEventListener("pointermove", (event) => {
    const day = dayAt(event);
    describe(event, day);
    if (!held || day === held.day && !held.moved) return;
    held.moved = true;
    if (held.inside) {
      const [first, last] = at.data.extent;
      const by = Math.max(first - held.window[0], Math.min(last - held.window[1], day - held.day));
      at.window = held.window.map((end) => end + by);
    } else at.window = [Math.min(day, held.day), Math.max(day, held.day)];
    paint();
  });
  const release = () => {
    if (held?.moved) send({ window: at.window });
    held = null;
  };
  at.canvas.addEventListener("pointerup", release);
  at.canvas.addEventListener("pointercancel", release);
  at.canvas.addEventListener("pointerleave", () => { at.tip.hidden = true; });
  new ResizeObserver(() => paint()).observe(at.stage);

  /* Days and numbers in the digits of the language. */
  const digits = (text) => String(text).replace(/[0-9]/g, (digit) => at.data.words.page.digits[digit]);
  const told = (day) => {
    const { page } = at.data.words;
    const date = new Date(day * DAY);
    const gaps = { day: digits(date.getUTCDate()), month: page.months[date.getUTCMonth()], year: digits(date.getUTCFullYear()) };
    return page.day.replace(/{(\w+)}/g, (_, gap) => gaps[gap]);
  };

  function describe(event, day) {
    const bar = at.data.bars.find((found) => found[0] <= day && day < found[1]);
    at.tip.hidden = !bar;
    if (!bar) return;
    const lines = [element("b", "", bar[1] - bar[0] === 1 ? told(bar[0]) : told(bar[0]) + " – " + told(bar[1] - 1))];
    for (let i = 2; i < bar.length; i += 2) {
      const line = element("div", "");
      const key = element("i", "");
      key.style.background = at.data.colours[bar[i]];
      line.append(key, element("span", "", at.data.sides[bar[i]] + ": " + digits(bar[i + 1])));
      lines.push(line);
    }
    at.tip.replaceChildren(...lines);
    const box = at.stage.getBoundingClientRect();
    const x = event.clientX - box.left;
    at.tip.style.left = Math.max(0, Math.min(x + 10, box.width - 190)) + "px";
  }

  /* ---- playing: the window walks, the map follows; days without claims are passed over ---- */

  function start() {
    if (at.window[1] >= at.data.extent[1]) at.window = at.data.start;
    at.wanted = true;
    paint();
    tell({ play: true, window: at.window });
  }

  function follow(walk) {
    at.walk = walk;
    map()?.prepare(walk);
    if (at.walking) return;
    at.walking = true;
    paint();
    map()?.walk(...at.window);
    tick();
  }

  function tick() {
    clearInterval(at.clock);
    at.clock = setInterval(() => {
      const [first, last] = at.data.extent;
      if (!root.isConnected) return halt(); // another page was opened
      if (at.window[1] >= last) return stop();
      at.window = onward(at.window, Number(at.stride.value), first, last);
      paint();
      map()?.walk(...at.window);
      return undefined;
    }, 1000 / Number(at.speed.value));
  }

  function onward([since, until], by, first, last) {
    const days = at.walk.days;
    const next = Math.min(until + by, last);
    const moved = [since + next - until, next];
    // days: [first, last] of what has a date, in order of the first; where none is in the window, on to the next.
    if (days.some((span) => span[0] <= moved[1] && span[1] >= moved[0])) return moved;
    const ahead = days.find((span) => span[0] > moved[1]);
    const there = ahead ? ahead[0] : last;
    return [there - (until - since), there];
  }

  function step(way) {
    send({ step: way * Number(at.stride.value) });
  }

  /* The window stays where it stands, and Python is told. */
  function stop() {
    if (!at.walking && !at.wanted) return;
    halt();
    tell({ window: at.window });
    paint();
  }

  function halt() {
    clearInterval(at.clock);
    at.walking = at.wanted = false;
    map()?.halt();
  }

  function paint() {
    const data = at.data;
    if (!data) return;
    const [first, last] = data.extent;
    const [since, until] = at.window;
    [at.since.value, at.until.value] = [iso(since), iso(until)];
    [at.low.value, at.high.value] = [since, until + 1];
    at.low.setAttribute("aria-valuetext", told(since));
    at.high.setAttribute("aria-valuetext", told(until));
    at.play.textContent = at.walking || at.wanted ? "❚❚" : "▶";
    name(at.play, at.walking || at.wanted ? data.words.pause : data.words.play);
    const width = at.canvas.clientWidth, scale = window.devicePixelRatio || 1;
    if (!width) return;
    at.canvas.width = width * scale;
    at.canvas.height = HEIGHT * scale;
    const ctx = at.canvas.getContext("2d");
    ctx.scale(scale, scale);
    const x = (day) => ((day - first) / (last + 1 - first)) * width;
    const most = Math.max(1, ...data.bars.map((bar) => sum(bar)));
    ctx.strokeStyle = getComputedStyle(at.canvas).color;
    ctx.lineWidth = 0.8;
    const draw = (alpha) => {
      ctx.globalAlpha = alpha;
      for (const bar of data.bars) {
        const from = x(Math.max(bar[0], first)), to = x(Math.min(bar[1], last + 1));
        const breadth = Math.max(2, to - from - (to - from > 4 ? 1 : 0));
        let y = HEIGHT;
        for (let i = 2; i < bar.length; i += 2) {
          const tall = (bar[i + 1] / most) * (HEIGHT - 3);
          ctx.fillStyle = data.colours[bar[i]];
          ctx.fillRect(Math.min(from, width - breadth), y - tall, breadth, tall);
          // Black needs a rim on a dark page; on a light one it does not show.
          if (/^#0{3,6}$/.test(ctx.fillStyle)) ctx.strokeRect(Math.min(from, width - breadth), y - tall, breadth, tall);
          y -= tall;
        }
      }
    };
    draw(0.22);
    ctx.save();
    ctx.beginPath();
    ctx.rect(x(since) - 1, 0, Math.max(3, x(until + 1) - x(since) + 2), HEIGHT);
    ctx.globalAlpha = 0.06;
    ctx.fillStyle = "#2563eb";
    if (since > first || until < last) ctx.fill();
    ctx.clip();
    draw(1);
    ctx.restore();
  }

  const sum = (bar) => bar.reduce((all, value, i) => (i > 2 && i % 2 ? all + value : all), 0);
  return Object.assign(at, { paint, follow, halt, send });
}

export default component("section", "timeline", (root, data, tell) => {
  root.at ??= build(root, tell);
  const { at } = root;
  at.data = data;
  const words = data.words;
  at.tools.dir = data.direction;
  at.presets.replaceChildren(...data.presets.map(([days, text]) => {
    const made = button(text, () => at.send({ last: days }));
    made.dataset.focus = "last " + days;
    const from = days ? Math.max(data.extent[0], data.extent[1] - days + 1) : data.extent[0];
    made.setAttribute("aria-pressed", String(data.window[0] === from && data.window[1] === data.extent[1]));
    return made;
  }));
  for (const [control, key] of [[at.since, "since"], [at.until, "until"], [at.low, "since"], [at.high, "until"], [at.back, "back"],
    [at.on, "on"], [at.earlier, "earlier"], [at.later, "later"], [at.stepBack, "step_back"], [at.stepOn, "step_on"],
    [at.stride, "stride"], [at.speed, "speed"], [at.period, "period"]]) name(control, words[key]);
  for (const input of [at.since, at.until]) [input.min, input.max] = data.extent.map(iso);
  for (const input of [at.low, at.high]) [input.min, input.max] = [data.extent[0], data.extent[1] + 1];
  choice(at.stride, [["1", words.stride_1], ["7", words.stride_7], ["30", words.stride_30]], at.stride.key ? undefined : String(data.step));
  choice(at.speed, ["2", "5", "10"].map((n) => [n, words["speed_" + n]]), at.speed.key ? undefined : "5");
  choice(at.period, data.periods, data.period);
  at.caption.textContent = data.caption;
  at.player.hidden = !data.playable;
  at.canvas.setAttribute("aria-label", words.alt);
  at.empty.hidden = !data.empty;
  at.empty.dir = data.direction;
  if (data.empty) {
    at.empty.replaceChildren(element("b", "", data.empty.text),
      ...data.empty.clear.map(([filter, text]) => button(text, () => at.send({ clear: filter }))),
      button(data.empty.all, () => at.send({ clear: "" })));
  }
  if (!data.walk) at.halt();
  if (at.wanted || at.walking) at.follow(data.walk);
  else {
    at.window = data.window;
    map()?.settle(...at.window);
  }
  at.paint();
});
