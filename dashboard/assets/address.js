/* Which changes of the address are steps that back and forward walk: another page, place, claim or profile. Streamlit pushes every
   change; one of anything else (filters, days, layers) takes the place of the address before. */
const STEPS = ["place", "claim", "about"];

function isStep(from, to) {
  return from.pathname !== to.pathname || STEPS.some((name) => from.searchParams.get(name) !== to.searchParams.get(name));
}

export default function () {
  const { history, location } = window;
  if (history.pushState.name === "pushStep") return;
  const push = history.pushState.bind(history);
  history.pushState = function pushStep(state, unused, address) {
    const to = new URL(address ?? location.href, location.href);
    if (isStep(new URL(location.href), to)) push(state, unused, address);
    else history.replaceState(state, unused, address);
  };
}
