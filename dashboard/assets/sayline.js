/* The view in a sentence, how many claims are hidden and why, and a chip for each filter that is set. */
function hidden({ all, why }) {
  const more = element("button", "hidden", all);
  more.type = "button";
  more.dataset.focus = "hidden";
  const box = element("div", "why");
  box.popover = "auto";
  for (const reason of why) box.append(element("div", "", reason));
  more.popoverTargetElement = box;
  box.addEventListener("beforetoggle", () => {
    const { bottom, left, right } = more.getBoundingClientRect();
    box.style.top = bottom + 4 + "px";
    box.style.left = Math.max(8, Math.min(left, right - 200)) + "px";
  });
  const both = element("span", "");
  both.append(more, box);
  return both;
}

export default component("section", "saying", (root, data, tell) => {
  root.dir = data.direction;
  root.lang = data.language;
  root.setAttribute("aria-label", data.label);
  const line = element("p", "sentence");
  line.setAttribute("role", "status");
  line.title = `${data.said} ${data.claims} ${data.rest}`;
  line.append(element("b", "said", data.said), " ", element("b", "claims", data.claims), " ", element("span", "rest", data.rest));
  const chips = element("div", "chips");
  for (const [name, text, label] of data.chips) {
    const chip = element("span", "chip");
    const gone = element("button", "gone", "×");
    gone.type = "button";
    gone.title = label;
    gone.setAttribute("aria-label", label);
    gone.dataset.focus = name;
    gone.addEventListener("click", () => tell({ clear: name }));
    chip.append(element("span", "text", text), gone);
    chips.append(chip);
  }
  if (data.hidden.all) line.append(" ", hidden(data.hidden));
  root.replaceChildren(line, chips);
});
