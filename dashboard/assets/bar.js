/* The bar along the top, and what concerns the page as a whole: the links that skip to its parts, the names of these
   parts, the drawers of a small window, the keys "/" and "?". Language and colours are Python's; light or dark Streamlit
   keeps in the browser, by the path of a page, and reads when a page is loaded. */
const entry = (path) => `stActiveTheme-${path}-v2`;

/* Signs of 24 by 24, lines only. */
const ICONS = {
  filters: "M4 7h16M7 12h10M10 17h4",
  menu: "M4 7h16M4 12h16M4 17h16",
  search: "M10.5 4.5a6 6 0 1 0 0 12a6 6 0 1 0 0-12M15 15l5 5",
  link: "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2",
  picture: "M4 8h3.5l1.5-2.5h6L16.5 8H20v11H4zM12 10a3.2 3.2 0 1 0 .01 0",
  present: "M3.5 5h17M5 5v10h14V5M12 15v5M8.5 20h7",
  display: "M12 8a4 4 0 1 0 0 8a4 4 0 1 0 0-8M12 2.5v2.5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M5.3 18.7L7 17M17 7l1.7-1.7",
  help: "M9 9.2a3 3 0 1 1 4.6 2.5c-1 .7-1.6 1.3-1.6 2.6M12 17.6v.4M12 2.8a9.2 9.2 0 1 0 0 18.4a9.2 9.2 0 1 0 0-18.4",
};

function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", ICONS[name]);
  svg.append(line);
  return svg;
}

/* A drawer of the bar is open where its root says so; that of the filters where the document does, for page.css. */
function toggle(set, name) {
  if (set[name]) delete set[name];
  else set[name] = "on";
  return Boolean(set[name]);
}

function iconButton(name, label, act) {
  const button = element("button", "tool " + name);
  button.type = "button";
  button.title = label;
  button.setAttribute("aria-label", label);
  button.dataset.focus = "tool " + name;
  button.append(icon(name));
  button.addEventListener("click", () => act(button));
  return button;
}

/** @returns {HTMLElement | null} */
function part(name) {
  return document.querySelector(".st-key-" + name);
}

/* Each part of the page is a landmark with a name; whoever skips to one goes on from there. */
function nameParts(parts) {
  for (const [name, label, inside] of parts) {
    const at = part(name);
    if (!at || inside) continue;
    at.setAttribute("role", "region");
    at.setAttribute("aria-label", label);
    at.tabIndex = name === "body" ? 0 : -1; // what scrolls must be come to
  }
}

/* The links that skip to the parts of the page are one stop of Tab, and the arrow keys walk them: so every control is few
   presses away. Some lead to a control inside a part, in the shadow of its component. */
function makeSkips(data) {
  const links = element("nav", "skips");
  links.setAttribute("aria-label", data.words.skip);
  const stops = [["search", data.words.to_bar], ...data.parts].map(([name, label, inside, n]) => {
    const link = element("a", "", label);
    link.href = "#";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (name === "search") link.getRootNode().querySelector(".search input").focus();
      if (name === "rail") delete document.documentElement.dataset.folded;
      const at = part(name);
      (inside ? within(at, inside)[n] ?? at : at)?.focus();
    });
    return link;
  });
  links.append(...stops);
  return oneStop(links, stops, { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 });
}

/* Several controls of a box are one stop of Tab; some keys walk them, so many steps each, and Home and End. */
function oneStop(box, stops, keys) {
  stops.forEach((stop, n) => { stop.tabIndex = n ? -1 : 0; });
  box.addEventListener("keydown", (event) => {
    const at = stops.indexOf(event.target);
    const to = { Home: 0, End: -1 }[event.key] ?? at + keys[event.key];
    if (at < 0 || Number.isNaN(to)) return;
    event.preventDefault();
    event.stopPropagation(); // the same keys walk the days
    for (const stop of stops) stop.tabIndex = -1;
    const next = stops.at(to % stops.length);
    next.tabIndex = 0;
    next.focus();
  });
  return box;
}

/* What fits a selector in the components of a part. */
const within = (at, selector) => [...(at?.querySelectorAll("*") ?? [])].flatMap((e) => [...(e.shadowRoot?.querySelectorAll(selector) ?? [])]);

function address(data, name) {
  const here = window.location.pathname;
  const last = here.split("/").pop();
  const base = data.every_page.includes(last) ? here.slice(0, here.length - last.length) : here;
  return base + (name === data.every_page[0] ? "" : name) + (data.query ? "?" + data.query : "");
}

function pageLink(data, name, label, tell) {
  const link = element("a", "page", label);
  link.href = address(data, name);
  link.dataset.page = name;
  link.dataset.focus = "page " + name;
  if (name === data.opened) link.setAttribute("aria-current", "page");
  link.addEventListener("click", (event) => {
    // A new tab or window is the browser's to open.
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    delete link.closest(".topbar").dataset.menu;
    tell({ page: name });
  });
  return link;
}

/* The search suggests while something is typed: Python knows what (dashboard/search.py). The arrow keys walk what is
   suggested, Enter chooses it, or the first. A place is flown to, whether something is told of it or not. */
function makeSearch(tell) {
  const box = element("div", "search");
  box.setAttribute("role", "search");
  const field = element("input", "");
  Object.assign(field, { type: "search", dir: "auto", autocomplete: "off", maxLength: 80 });
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", "found");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  const list = element("div", "found-list");
  list.id = "found";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  const key = element("kbd", "", "/");
  key.removeAttribute("dir"); // it stands at the end of the field, as the page reads
  box.append(icon("search"), field, key, list);
  let search = null, language = "", options = [], at = -1, asked = 0, waiting = 0;

  const close = () => {
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  function point(to) {
    options[at]?.setAttribute("aria-selected", "false");
    at = (to + options.length) % options.length;
    options[at].setAttribute("aria-selected", "true");
    options[at].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", options[at].id);
  }

  function option([kind, value, name, detail, claims, where], n) {
    const made = element("div", "found");
    made.id = "found-" + n;
    made.dataset.kind = kind;
    made.setAttribute("role", "option");
    made.setAttribute("aria-selected", "false");
    made.append(element("span", "kind", search.kinds[kind]), element("b", "", name), element("span", "claims", claims), element("span", "detail", detail));
    made.choose = () => {
      close();
      field.value = "";
      field.blur();
      delete box.getRootNode().querySelector(".topbar")?.dataset.search;
      tell({ found: [kind, value] });
      if (where) fly(where);
    };
    // Before the field loses the focus, which closes the list.
    made.addEventListener("pointerdown", (event) => event.preventDefault());
    made.addEventListener("click", made.choose);
    return made;
  }

  async function suggest() {
    const number = ++asked, typed = field.value.trim();
    if (!typed) return close();
    const query = new URLSearchParams({ q: typed, lang: language });
    const found = await fetch(new URL("search?" + query, document.baseURI)).then((got) => (got.ok ? got.json() : []), () => []);
    if (number !== asked) return null; // something else was typed meanwhile
    options = found.map(option);
    at = -1;
    list.replaceChildren(...options);
    if (!options.length) list.append(element("p", "none", search.none));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    return null;
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 90);
  });
  field.addEventListener("focus", () => { if (field.value.trim()) suggest(); });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", async (event) => {
    event.stopPropagation(); // the same keys walk the days
    if (event.key === "Escape") close();
    else if (event.key === "Enter") {
      clearTimeout(waiting);
      if (at < 0) await suggest(); // what is typed may be newer than what is listed
      options[Math.max(at, 0)]?.choose();
    } else if (options.length && !list.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      point(event.key === "ArrowDown" ? at + 1 : Math.max(at, 0) - 1);
    }
  });

  box.update = (data) => {
    ({ search, language } = data);
    field.placeholder = search.label;
    field.title = search.hint;
    field.setAttribute("aria-label", search.label);
    list.setAttribute("aria-label", search.label);
  };
  return box;
}

/* What the map's frame can do (map/entry.js), once it is there. */
function theMap() {
  /** @type {HTMLIFrameElement | null} */
  const frame = document.querySelector('iframe[title="streamlit_folium.st_folium"]');
  return frame?.contentWindow?.conflictmap;
}

/* The map's frame may be still to come, from another page. */
function fly(where, tries = 50) {
  const there = theMap();
  if (there?.fly) there.fly(where);
  else if (tries) setTimeout(() => fly(where, tries - 1), 100);
}

function makeChoice(name, { label, options, chosen }, choose) {
  const group = element("div", name + " choice");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  group.append(element("span", "label", label));
  for (const [value, text] of options) {
    const button = element("button", "", text);
    button.type = "button";
    button.dataset.focus = name + " " + value;
    button.setAttribute("aria-pressed", String(value === chosen));
    button.addEventListener("click", () => choose(value));
    group.append(button);
  }
  return group;
}

function chosenTheme() {
  try {
    return JSON.parse(localStorage.getItem(entry(window.location.pathname))) || "System";
  } catch {
    return "System"; // a browser without storage follows the system
  }
}

/* A button of the bar that opens a small sheet. */
function makeMenu(name, label, ...content) {
  const box = element("details", name + " drop");
  const head = element("summary", "tool");
  head.title = label;
  head.setAttribute("aria-label", label);
  head.dataset.focus = name;
  head.append(icon(name));
  const sheet = element("div", "popover");
  sheet.append(...content);
  box.append(head, sheet);
  return box;
}

const makeDisplay = (data, tell) => makeMenu("display", data.words.display,
  makeChoice("theme", { ...data.themes, chosen: chosenTheme() }, (name) => {
    for (const page of data.every_page) {
      const path = new URL(address({ ...data, query: "" }, page), window.location.href).pathname;
      if (name === "System") localStorage.removeItem(entry(path));
      else localStorage.setItem(entry(path), JSON.stringify(name));
    }
    window.location.reload();
  }), makeChoice("colours", data.colours, (name) => tell({ colours: name })));

/* The map draws its picture itself (map/picture.js). */
function makePicture({ words, pictures }) {
  const menu = makeMenu("picture", words.picture, ...Object.entries(pictures).map(([kind, label]) => {
    const button = element("button", "save");
    button.type = "button";
    button.dataset.focus = "picture " + kind;
    button.append(element("b", "", kind.toUpperCase()), element("span", "", label));
    button.addEventListener("click", async () => {
      menu.open = false;
      const head = menu.querySelector("summary");
      head.focus();
      const done = await savePicture(kind).then(() => true, () => false);
      say(head, done ? words.pictured : words.not_pictured);
    });
    return button;
  }));
  return menu;
}

async function savePicture(kind) {
  const { name, blob } = await theMap().picture(kind);
  const link = element("a", "");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // the browser reads it after the click
}

/* What has been done, beside its button and for those who listen. */
function say(button, text) {
  const said = button.getRootNode().querySelector(".said");
  if (!said) return; // the bar was made anew meanwhile
  button.dataset.said = text;
  said.textContent = text;
  setTimeout(() => {
    delete button.dataset.said;
    said.textContent = "";
  }, 2000);
}

async function copyLink(button, words) {
  let done = true;
  try {
    await navigator.clipboard.writeText(window.location.href);
  } catch {
    done = false; // no right to the clipboard: the address is shown to be copied by hand
  }
  if (!done) {
    window.prompt(words.copy, window.location.href);
    return;
  }
  say(button, words.copied);
}

function present() {
  if (document.fullscreenElement) document.exitFullscreen();
  else part("screen")?.requestFullscreen();
}

function typing(event) {
  const at = event.composedPath()[0];
  return at instanceof Element && at.matches("input, textarea, select, [contenteditable]");
}

/* Made once for a page; a later bar has another root and tells for itself. */
function listen(root, data, tell) {
  root.now = { data, tell };
  if (root.listening) return;
  root.listening = true;
  document.addEventListener("keydown", (event) => {
    if (!root.isConnected || event.ctrlKey || event.metaKey || event.altKey || typing(event)) return;
    if (event.key === "/") {
      event.preventDefault();
      root.dataset.search = "on";
      root.querySelector(".search input").focus();
    } else if (event.key === "?") root.now.tell({ page: "help" });
  });
  // A menu closes with Escape, and when something else is clicked.
  const close = (event) => {
    const inside = event.composedPath();
    for (const menu of root.querySelectorAll("details[open]")) if (event.key === "Escape" || !inside.includes(menu)) menu.open = false;
    if (event.key === "Escape" || !inside.includes(root)) for (const name of ["menu", "search"]) delete root.dataset[name];
  };
  document.addEventListener("pointerdown", close);
  document.addEventListener("keydown", (event) => event.key === "Escape" && close(event));
  new MutationObserver(() => root.isConnected && nameParts(root.now.data.parts)).observe(part("screen"), { childList: true, subtree: false });
}

export default component("header", "topbar", (root, data, tell) => {
  document.documentElement.lang = data.language; // a voice that reads aloud goes by it
  root.dir = data.direction;
  root.search ??= makeSearch(tell);
  root.search.update(data);
  listen(root, data, tell);
  nameParts(data.parts);

  const title = element("h1", "");
  const short = element("span", "short", data.short);
  short.setAttribute("aria-hidden", "true");
  title.append(element("span", "whole", data.title), short);
  title.title = data.subtitle;
  const holds = element("span", "holds", data.holds);
  holds.title = data.span;
  const pages = element("nav", "pages");
  pages.setAttribute("aria-label", data.words.pages);
  pages.append(...data.pages.map(([name, label]) => pageLink(data, name, label, tell)));

  const tools = element("div", "tools");
  tools.append(iconButton("link", data.words.copy, (button) => copyLink(button, data.words)));
  if (data.opened === data.every_page[0]) tools.append(makePicture(data), iconButton("present", data.words.present, present));
  tools.append(makeDisplay(data, tell));
  for (const menu of tools.querySelectorAll("details")) menu.open = Boolean(root.querySelector("details." + menu.classList[0])?.open);
  for (const [name, label] of data.signs) {
    const link = pageLink(data, name, "", tell);
    link.className = "page tool";
    link.title = label;
    link.setAttribute("aria-label", label);
    link.append(icon(name));
    tools.append(link);
  }
  for (const [code, name, sign] of data.languages) {
    const button = element("button", "tool language", sign);
    button.type = "button";
    button.title = name;
    button.lang = code;
    button.setAttribute("aria-label", name);
    button.dataset.focus = "language";
    button.addEventListener("click", () => tell({ language: code }));
    tools.append(button);
  }
  tools.setAttribute("role", "toolbar");
  tools.setAttribute("aria-label", data.words.tools);
  const way = data.direction === "rtl" ? -1 : 1;
  oneStop(tools, [...tools.querySelectorAll(".tool")], { ArrowRight: way, ArrowLeft: -way });
  const said = element("span", "said");
  said.setAttribute("role", "status");

  const openSearch = iconButton("search", data.words.to_bar, () => toggle(root.dataset, "search") && root.search.querySelector("input").focus());
  const openFilters = iconButton("filters", data.words.filters, () => toggle(document.documentElement.dataset, "folded"));
  if (data.filters_set) openFilters.append(element("span", "badge", data.filters_set));
  const openMenu = iconButton("menu", data.words.pages, () => toggle(root.dataset, "menu"));

  const small = [openSearch, openFilters, openMenu];
  // The field stays where it is, or it would lose the focus and what is being typed.
  for (const child of [...root.children]) if (child !== root.search) child.remove();
  // In a small window pages and tools are behind one button.
  const more = element("div", "more");
  more.append(pages, tools);
  root.prepend(makeSkips(data), title, holds, more);
  root.append(root.search, ...small, said);
});
