// Where one is on a page. A record, a page of the list and a page of the house begin at their top; the
// way back, by the browser or by the link above a record, leads to where one was. Streamlit leaves
// the scroll where the view before had it. `place` is told the view at every run.
window.place ??= (() => {
  const main = () => document.querySelector("[data-testid=stMain]");
  const drawn = () => document.querySelector("[data-test-script-state=notRunning]");
  const places = new Map();
  let view, wanted, back;
  const leave = (byBack) => {
    places.set(view, main()?.scrollTop);
    back = byBack;
  };
  // held until the page is drawn, which may be too short before; a reader who scrolls is let go
  const hold = (top, until) => {
    if (wanted !== top) return;
    main().scrollTop = top;
    const there = drawn() && Math.abs(main().scrollTop - top) < 2;
    if (there || Date.now() > until) wanted = undefined;
    else requestAnimationFrame(() => hold(top, until));
  };
  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(event, () => (wanted = undefined), { capture: true, passive: true });
  }
  addEventListener("click", (event) => leave(event.target.closest(".st-key-back a")), true);
  addEventListener("popstate", () => leave(true), true);
  return (next) => {
    if (view !== undefined && next !== view) {
      wanted = (back && places.get(next)) || 0;
      hold(wanted, Date.now() + 5000);
    }
    [view, back] = [next, false];
  };
})();
