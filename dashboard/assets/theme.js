/* The choice of light or dark. Streamlit keeps a theme by the path of a page and reads it when a page is loaded. */
const entry = (path) => `stActiveTheme-${path}-v2`;

export default function ({ data, parentElement }) {
  let root = parentElement.querySelector(".theme");
  if (!root) {
    root = document.createElement("div");
    root.className = "theme";
    parentElement.append(root);
  }
  root.replaceChildren();
  root.dir = data.direction;
  document.documentElement.lang = data.language; // a voice that reads aloud goes by it
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", data.label);
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
  const label = document.createElement("span");
  label.textContent = data.label;
  root.append(label);
  for (const [name, text] of data.themes) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.setAttribute("aria-pressed", String(name === chosen));
    button.addEventListener("click", () => {
      for (const path of paths) {
        if (name === "System") localStorage.removeItem(entry(path));
        else localStorage.setItem(entry(path), JSON.stringify(name));
      }
      window.location.reload();
    });
    root.append(button);
  }
}
