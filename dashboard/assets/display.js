/* How the page is shown. Language and colours are Python's; light or dark Streamlit keeps in the browser, by the path of
   a page, and reads when a page is loaded. */
const entry = (path) => `stActiveTheme-${path}-v2`;

function makeChoice({ name, label, options, chosen }, choose) {
  const group = element("div", name);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", label);
  group.append(element("span", "", label));
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

export default component("div", "display", (root, data, tell) => {
  root.dir = data.direction;
  document.documentElement.lang = data.language; // a voice that reads aloud goes by it
  const here = window.location.pathname;
  const last = here.split("/").pop();
  const base = data.pages.includes(last) ? here.slice(0, here.length - last.length) : here;
  const paths = [base, ...data.pages.map((name) => base + name)];
  let chosen = "System";
  try {
    chosen = JSON.parse(localStorage.getItem(entry(here))) || chosen;
  } catch {
    // A browser without storage follows the system.
  }
  const choices = data.choices.map((choice) => makeChoice(choice, (value) => tell({ [choice.name]: value })));
  root.replaceChildren(...choices, makeChoice({ ...data.theme, chosen }, (name) => {
    for (const path of paths) {
      if (name === "System") localStorage.removeItem(entry(path));
      else localStorage.setItem(entry(path), JSON.stringify(name));
    }
    window.location.reload();
  }));
});
