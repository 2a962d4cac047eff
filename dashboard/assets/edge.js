/* Scrolls each new table of an Arabic page to the right, where its first column stands. */
export default function ({ parentElement }) {
  let patience = 40;
  const timer = setInterval(() => {
    for (const scroller of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-testid=stDataFrame] .dvn-scroller"))) {
      if (scroller.dataset.begun || scroller.scrollWidth <= scroller.clientWidth) continue;
      scroller.dataset.begun = "1";
      scroller.scrollLeft = scroller.scrollWidth;
    }
    if (--patience === 0 || !parentElement.isConnected) clearInterval(timer);
  }, 100);
  return () => clearInterval(timer);
}
