/* What the scripts of our components share; dashboard/component.py puts it before each of them, and the map's frame
   loads it first. All text is set by textContent. */
const SVG = "http://www.w3.org/2000/svg";

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) {
    made.textContent = text;
    made.dir = "auto";
  }
  return made;
}

function sign(path, colour) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "sign");
  svg.setAttribute("aria-hidden", "true");
  svg.style.borderColor = colour;
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/* A claim as a short line that can be chosen. */
function statement(item, choose) {
  const button = element("button", "statement");
  button.type = "button";
  button.title = item.open;
  button.classList.toggle("denied", Boolean(item.denied));
  const head = element("span", "head");
  head.append(sign(item.glyph, item.colour));
  if (item.denied) head.append(element("span", "denial", item.denied));
  head.append(element("b", "", item.event));
  if (item.actor) head.append(element("span", "actor", item.actor));
  head.append(element("span", "day", item.day));
  const voice = element("span", "voice");
  voice.append(element("span", "label", item.voice_label), element("span", "who", item.voice));
  if (item.relayed) voice.append(element("span", "label", item.relayed));
  button.append(head, voice);
  if (item.figures.length || item.total) {
    const figures = element("span", "figures");
    for (const figure of item.figures) figures.append(element("span", "", figure));
    if (item.total) figures.append(element("span", "total", item.total));
    button.append(figures);
  }
  button.append(element("span", "words", item.words));
  const foot = element("span", "foot");
  for (const place of item.places) foot.append(element("span", "place", place));
  foot.append(element("span", "outlet", item.outlet));
  button.append(foot);
  button.addEventListener("click", () => choose(item.id));
  return button;
}

/* Who is said to hold the place, over the days of the archive. */
function makeStrip(strip) {
  const box = element("div", "strip");
  box.append(element("span", "label", strip.label));
  const bar = element("div", "bar");
  for (const [start, size, colours, status, said] of strip.spans) {
    const part = element("div", "span " + status);
    part.style.insetInlineStart = start + "%";
    part.style.width = size + "%";
    part.style.setProperty("--one", colours[0] || "transparent");
    part.style.setProperty("--two", colours[1] || "var(--cm-panel, #fff)");
    part.title = said;
    part.setAttribute("role", "img");
    part.setAttribute("aria-label", said);
    bar.append(part);
  }
  box.append(bar);
  const last = strip.spans.at(-1);
  if (last) box.append(element("span", "said", last[4]));
  return box;
}

/* Messages to Python, told until they are heard: see dashboard/component.py. A box outlives its component, which is
   made anew on another page; its numbers go on. */
const outboxes = new Map();

function outbox(key, heard, send) {
  if (!outboxes.has(key)) outboxes.set(key, { last: 0, heard: 0, unheard: [] });
  const box = outboxes.get(key);
  // A server that was started anew knows nothing of what was said to the one before.
  box.unheard = heard < box.heard ? [] : box.unheard.filter(([number]) => number > heard);
  box.heard = heard;
  box.last = Math.max(box.last, heard);
  box.tell = (message) => {
    box.last += 1;
    box.unheard.push([box.last, message]);
    send([...box.unheard]);
  };
  return box;
}

/* A component that draws `data` into a root of its own and tells messages. What was drawn before the latest message was
   heard is not drawn any more: it would take back what the user has set since. Nor is anything drawn while a button of
   the mouse is down, or what is clicked upon would be gone before it is let go. What has the focus keeps it: whatever
   has the same `dataset.focus` afterwards. */
function component(tag, className, draw) {
  return ({ data, parentElement, setStateValue }) => {
    let root = parentElement.querySelector("." + className);
    if (!root) {
      root = element(tag, className);
      parentElement.append(root);
      awaitRelease(root);
    }
    const box = outbox(data.key, data.heard, (said) => setStateValue("said", said));
    root.draw = () => {
      root.draw = null;
      if (box.unheard.length && root.drawn) return;
      root.drawn = true;
      const focused = root.getRootNode().activeElement;
      const name = root.contains(focused) && focused.dataset.focus;
      draw(root, data, (message) => box.tell(message));
      if (name && !focused.isConnected) root.querySelector(`[data-focus="${CSS.escape(name)}"]`)?.focus({ preventScroll: true });
    };
    if (root.pressed) return;
    if (root.drawn) root.draw();
    else whenIdle(() => root.draw?.());
  };
}

/* What is drawn for the first time leaves the map, which takes longest to come, the first turn. */
function whenIdle(act) {
  if (window.requestIdleCallback) window.requestIdleCallback(act, { timeout: 400 });
  else setTimeout(act);
}

function awaitRelease(root) {
  root.addEventListener("pointerdown", (event) => {
    // The choices of a list and of a calendar are windows of their own, which keep the release to themselves.
    if (root.pressed || event.target.closest("select, input:not([type=range])")) return;
    root.pressed = true;
    const ends = new AbortController();
    const release = () => {
      ends.abort();
      setTimeout(() => { // the click comes first
        root.pressed = false;
        root.draw?.();
      });
    };
    for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, release, { signal: ends.signal });
  });
}
