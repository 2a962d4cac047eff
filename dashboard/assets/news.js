/* What is new. The browser remembers the texts that the archive held when it was here last; what a tab found new stays
   new until it is closed. */
function remembered(storage, name) {
  try {
    const found = storage.getItem(name);
    return found === null ? null : new Set(found.split(" "));
  } catch {
    return null; // a browser without storage remembers nothing: nothing is new to it
  }
}

function remember(storage, name, texts) {
  try {
    storage.setItem(name, texts.join(" "));
  } catch {
    // as above
  }
}

/* The places, in the list, of the texts that this browser has not seen before; none on its first visit. */
function unknown(data) {
  const name = "conflictmap.seen." + data.archive;
  const texts = data.texts.map((number) => number.toString(36));
  const before = remembered(sessionStorage, name) ?? remembered(localStorage, name);
  if (before) remember(sessionStorage, name, [...before]);
  else remember(sessionStorage, name, texts);
  remember(localStorage, name, texts);
  return before ? texts.flatMap((text, n) => (before.has(text) ? [] : [n])) : [];
}

export default component("div", "news", (root, data, tell) => {
  root.dir = data.direction;
  const asked = data.texts.join();
  if (asked && root.asked !== asked) {
    root.asked = asked;
    tell({ unknown: unknown(data) });
  }
  const text = data.now || data.since;
  root.setAttribute("role", "status");
  root.replaceChildren();
  if (!text || text === root.closed) return;
  const pill = element("div", "pill");
  const show = element("button", "show", data.show);
  show.type = "button";
  show.addEventListener("click", () => {
    root.closed = text;
    pill.remove();
    tell({ show: true });
  });
  const close = element("button", "close", "×");
  close.type = "button";
  close.setAttribute("aria-label", data.close);
  close.addEventListener("click", () => {
    root.closed = text;
    pill.remove();
  });
  pill.append(element("span", "", text), show, close);
  root.append(pill);
});
