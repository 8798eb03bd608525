// Where one is on a page. A record, a page of the list and a page of the house begin at their top; the
// way back, by the browser or by the link above a record, leads to where one was; a part of a page that
// an address names is scrolled to. Streamlit leaves the scroll where the view before had it. `place` is
// told the view, and the key of such a part, at every run.
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
  const hold = (where, until) => {
    if (wanted !== where) return;
    const top = Math.min(where(), main().scrollHeight - main().clientHeight);
    main().scrollTop = top;
    const there = drawn() && Math.abs(main().scrollTop - top) < 2;
    if (there || Date.now() > until) wanted = undefined;
    else requestAnimationFrame(() => hold(where, until));
  };
  const below = (part) => () => {
    const found = document.querySelector(`.st-key-${CSS.escape(part)}`);
    return found ? found.getBoundingClientRect().top + main().scrollTop - 80 : 0;
  };
  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    addEventListener(event, () => (wanted = undefined), { capture: true, passive: true });
  }
  addEventListener("click", (event) => leave(event.target.closest(".st-key-back a")), true);
  addEventListener("popstate", ({ isTrusted }) => isTrusted && leave(true), true); // not static/edges.js
  return (next, part) => {
    if (next !== view && (part || view !== undefined)) {
      const was = (back && places.get(next)) || 0;
      wanted = part && !was ? below(part) : () => was;
      hold(wanted, Date.now() + 5000);
    }
    [view, back] = [next, false];
  };
})();
