// Figures and the map are drawn as wide as the screen: on paper they are made smaller, whole.
window.paper ??= (() => {
  const WIDE = 640; // pixels between the margins of A4, and a little less than of Letter
  const drawn = () => document.querySelectorAll("[data-testid=stPlotlyChart], .st-key-map iframe");
  addEventListener("beforeprint", () => {
    for (const each of drawn()) {
      const { width, height } = each.getBoundingClientRect();
      Object.assign(each.style, { width: `${width}px`, height: `${height}px` });
      each.style.zoom = Math.min(1, WIDE / width);
    }
  });
  addEventListener("afterprint", () => {
    for (const each of drawn()) Object.assign(each.style, { width: "", height: "", zoom: "" });
  });
  return true;
})();
