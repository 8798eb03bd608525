// The map inside its frame, loaded once together with the outlines. The base never changes, so that a
// filter keeps zoom and costs little; `showOnMap` tells what a selection shows. Texts become text
// nodes, never HTML.
{
  const page = window.parent.document;
  const node = (text) => Object.assign(document.createElement("span"), { textContent: text });
  // Where a name may stand and a line to it may end, from the middle of a region outwards, in pixels; how
  // far names keep from circles, and from regions that are not theirs.
  const STEPS = Array.from({ length: 41 }, (_, n) => 6 * (n - 20));
  const AROUND = STEPS.flatMap((right) => STEPS.map((down) => [right, down]))
    .sort((a, b) => Math.hypot(...a) - Math.hypot(...b));
  const ENDS = AROUND.filter((offset) => offset.every((pixels) => pixels % 12 === 0));
  const [ROOM, EDGE] = [4, 7];
  let map, bounds, regions, ring, names, lines, home, look;
  let labels = [], dots = [];
  let away = false, clicks = 0, undone = 0, focused = null;

  // The page's own stylesheet and typeface hold inside the frame, too.
  const dress = () => {
    const faces = [...page.styleSheets].flatMap((sheet) =>
      [...sheet.cssRules]
        .filter((rule) => rule instanceof window.parent.CSSFontFaceRule)
        .map((rule) => rule.cssText.replace(/url\("(.*?)"\)/g, (_, path) =>
          `url("${new URL(path, sheet.href || page.baseURI)}")`)));
    const ours = [...page.querySelectorAll(".stHtml style")].map((style) => style.textContent);
    const style = document.createElement("style");
    style.textContent = [...faces, ...ours].join("\n");
    document.body.append(style);
    document.fonts.addEventListener("loadingdone", place);
  };

  // Fit the country into the frame, which is also as far out as one can zoom.
  const fit = () => {
    if (!map.getSize().x) return;
    limit();
    map.fitBounds(bounds, { animate: false });
  };
  const limit = () => {
    map.options.minZoom = 0;
    map.setMinZoom(map.getBoundsZoom(bounds));
  };

  // The wheel, and one finger, belong to the page; Ctrl and the wheel, and two fingers, to the map.
  const leaveScrolling = (container) => {
    const pass = (event) => event.stopImmediatePropagation();
    container.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) pass(event);
    }, { capture: true });
    container.addEventListener("touchstart", (event) => {
      if (event.touches.length < 2) pass(event);
    }, { capture: true, passive: true });
  };

  const wayHome = () => {
    home = L.DomUtil.create("a", "leaflet-control-home", map.zoomControl.getContainer());
    Object.assign(home, { href: "#", role: "button" });
    home.innerHTML = '<svg aria-hidden="true" viewBox="0 0 16 16"><path d="M2 8l6-5 6 5M4 7v6h8V7"/></svg>';
    L.DomEvent.disableClickPropagation(home).on(home, "click", (event) => {
      L.DomEvent.stop(event);
      // a zoom under way goes on to where it leads
      map._animatingZoom ? map.once("zoomend", fit) : fit();
    });
  };

  // What can be clicked: a name, a role, a tooltip inside the frame, an outline where mouse or focus is.
  const clickable = (layer) => {
    const mark = () => layer.getRadius || ring.clearLayers().addData(layer.feature);
    const inside = () => {
      const tip = layer.getTooltip().getElement();
      tip.style.marginTop = 0;
      const { top, bottom } = tip.getBoundingClientRect();
      tip.style.marginTop = `${Math.max(0, 4 - top) - Math.max(0, bottom + 4 - innerHeight)}px`;
    };
    layer.bindTooltip("", { sticky: true }).on("tooltipopen mousemove", inside);
    layer.on("mouseover", mark).on("mouseout", () => ring.clearLayers());
    // a second click on the same thing must differ from the first to be reported
    layer.on("click", () => {
      layer.feature.properties = { ...layer.feature.properties, click: ++clicks };
    });
    const listen = () => {
      const shape = layer.getElement();
      shape.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        layer.fire("click", {}, true);
      });
      shape.addEventListener("focus", () => {
        focused = layer.feature.properties.code;
        if (shape.matches(":focus-visible")) mark();
      });
      shape.addEventListener("blur", () => {
        if (shape.isConnected) focused = null;
        ring.clearLayers();
      });
    };
    layer._map ? listen() : layer.on("add", listen);
  };
  const tell = (layer, { text, chosen }) => {
    layer.setTooltipContent(node(text));
    const shape = layer.getElement();
    const told = { tabindex: 0, role: "button", "aria-label": text, "aria-pressed": Boolean(chosen) };
    for (const [name, value] of Object.entries(told)) shape.setAttribute(name, value);
    // a circle is drawn anew: it keeps the focus
    if (layer.feature.properties.code === focused && document.hasFocus()) shape.focus();
  };

  const far = ([x, y], [otherX, otherY]) => Math.hypot(x - otherX, y - otherY);
  const nearest = ({ left, right, top, bottom }, [x, y]) =>
    [Math.max(left, Math.min(x, right)), Math.max(top, Math.min(y, bottom))];
  const apart = (a, b) =>
    a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;

  // Write names and values, the largest first: a city's beside it, a region's inside it or, where there
  // is no room, over its edge or outside with a line to it, but on no other region.
  const place = () => {
    const { x: width, y: height } = map.getSize();
    const origin = map.containerPointToLayerPoint([0, 0]);
    const circles = dots.map(({ at, radius }) => ({ ...map.latLngToContainerPoint(at), radius }));
    const taken = [...document.querySelectorAll(".leaflet-control")]
      .map((control) => control.getBoundingClientRect());
    const lands = regions.getLayers().filter(({ feature }) => !feature.properties.city);
    const free = (box) =>
      box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height &&
      taken.every((other) => apart(box, other)) &&
      circles.every(({ x, y, radius }) => far(nearest(box, [x, y]), [x, y]) >= radius);
    const open = ([x, y]) => free({ left: x, right: x, top: y, bottom: y });
    const over = (region, [x, y]) =>
      region.getElement().isPointInFill(new DOMPoint(x + origin.x, y + origin.y));
    const inside = ({ left, right, top, bottom }, region) => {
      const [mid, middle, quarter] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 4];
      return [[mid, top], [mid, bottom], [mid - quarter, middle], [mid + quarter, middle]]
        .every((point) => over(region, point));
    };
    // a name beside its region, and the line between them, as short as can be
    const beside = (boxes, x, y, region) => {
      const others = lands.filter((land) => land !== region);
      const clear = (point) => !others.some((land) => over(land, point));
      const ends = ENDS.map(([right, down]) => [x + right, y + down])
        .filter((point) => open(point) && over(region, point));
      const lined = boxes.map((box) => {
        const spans = ends.map((end) => far(nearest(box, end), end));
        const span = Math.min(...spans);
        const end = ends[spans.indexOf(span)];
        return { box, span, line: end && [nearest(box, end), end] };
      });
      return lined.sort((a, b) => a.span - b.span).find(({ box, span, line }) => {
        const { left, right, top, bottom } = box;
        const across = [left - EDGE, (left + right) / 2, right + EDGE];
        const down = [top - EDGE, (top + bottom) / 2, bottom + EDGE];
        return line && across.every((px) => down.every((py) => clear([px, py]))) &&
          Array.from({ length: Math.ceil(span / 3) }, (_, n) => (3 * n) / span).every((part) => {
            const [[x1, y1], [x2, y2]] = line;
            const point = [x1 + part * (x2 - x1), y1 + part * (y2 - y1)];
            return open(point) && clear(point);
          });
      });
    };
    lines.clearLayers();
    // what is written is measured first: a size that is asked after a change lays everything out anew
    const sized = labels.map((label) => [label, label.text.offsetWidth, label.text.offsetHeight]);
    for (const [{ at, text, city, region }, w, h] of sized) {
      const { x, y } = map.latLngToContainerPoint(at);
      const near = circles.filter((c) => far([c.x, c.y], [x, y]) < 14).map((c) => c.radius);
      const gap = 2 + Math.max(...near);
      const spots = city
        ? [[-w - gap, -h / 2], [-w / 2, -h - gap], [gap, -h / 2], [-w / 2, gap]]
        : AROUND.map(([right, down]) => [right - w / 2, down - h / 2]);
      // most names stand in one of the first spots, so those further out are tried as they are needed
      const boxes = [];
      let found = null;
      for (const [left, top] of spots) {
        const box = { left: x + left, top: y + top, right: x + left + w, bottom: y + top + h };
        if (!free(box)) continue;
        boxes.push(box);
        if (!city && !inside(box, region)) continue;
        found = box;
        break;
      }
      if (!found && !city) {
        const { box, span, line } = beside(boxes, x, y, region) || {};
        found = box;
        if (span) {
          lines.addLayer(L.polyline(line.map((point) => map.containerPointToLatLng(point)), look.line));
        }
      }
      text.style.visibility = found ? "visible" : "hidden";
      if (!found) continue;
      text.style.left = `${found.left - x}px`;
      text.style.top = `${found.top - y}px`;
      const { left, right, top, bottom } = found;
      taken.push({ left: left - ROOM, right: right + ROOM, top, bottom });
    }
  };

  window.openMap = (drawn, corners, looks) => {
    map = drawn;
    look = looks;
    bounds = L.latLngBounds(corners);
    dress();
    map.invalidateSize(false);  // the stylesheet has made it as high as its frame
    map.zoomControl.setPosition("bottomright");
    leaveScrolling(map.getContainer());
    wayHome();
    L.geoJSON(OUTLINES.neighbours, { interactive: false, style: look.around }).addTo(map);
    regions = L.geoJSON(OUTLINES.regions, { style: look.plain }).addTo(map);
    ring = L.geoJSON(null, { interactive: false, style: look.ring }).addTo(map);
    names = L.layerGroup().addTo(map);
    lines = L.layerGroup().addTo(map);
    regions.eachLayer(clickable);
    fit();
    map.setMaxBounds(bounds.pad(0.1));
    map.on("zoomend", () => { away = map.getZoom() > map.getMinZoom() + 0.01; });
    map.on("resize", () => (away ? limit() : fit()));
    map.on("moveend", place);
    // Escape takes back the last click on the map, as the browser's Back does
    document.addEventListener("keydown", (event) => {
      window.parent.leaving?.escape(event);
      // where steps take each other's place, Back would lead out of the house
      if (event.key === "Escape" && clicks > undone && !window.parent.leaving?.replaces()) {
        undone = clicks;
        window.parent.history.back();
      }
    });
  };

  window.showOnMap = (group, shown) => {
    const say = (element, text) => {
      element.title = text;
      element.setAttribute("aria-label", text);
    };
    const { lang, title, zoomIn, zoomOut, whole } = shown.words;
    Object.assign(document.documentElement, { lang, className: "map-frame" });
    document.title = title;
    window.frameElement.title = title;
    map.getContainer().setAttribute("role", "group");
    map.getContainer().setAttribute("aria-label", title);
    say(map.zoomControl._zoomInButton, zoomIn);
    say(map.zoomControl._zoomOutButton, zoomOut);
    say(home, whole);
    names.clearLayers();
    labels = [];
    const discs = [];
    for (const { code, ...area } of shown.areas) {
      const region = regions.getLayers().find((each) => each.feature.properties.code === code);
      region.setStyle(area.style);
      tell(region, area);
      if (area.edge) {
        L.geoJSON(region.feature, { interactive: false, style: area.edge }).addTo(group);
      }
      const { at, city } = region.feature.properties;
      if (city) discs.push(L.circleMarker(at, { ...area.style, ...area.edge, ...look.city }));
      const text = L.DomUtil.create("span", city ? "map-name city" : "map-name");
      const name = document.createElement("b");
      name.append(...area.name.split(" ").flatMap((word) => [" ", node(word)]));
      text.append(name, node(area.value));
      labels.push({ at, text, city, region });
      const icon = L.divIcon({ html: text, className: "", iconSize: null });
      names.addLayer(L.marker(at, { icon, interactive: false, keyboard: false }));
    }
    dots = discs.map((disc) => ({ at: disc.getLatLng(), radius: look.city.radius + ROOM }));
    discs.forEach((disc) => disc.addTo(group));
    L.geoJSON(shown.circles, {
      pointToLayer: (circle, at) => L.circleMarker(at, circle.properties.style),
      onEachFeature: ({ properties }, layer) => {
        clickable(layer);
        layer.on("add", () => tell(layer, properties));
        dots.push({ at: layer.getLatLng(), radius: properties.style.radius + ROOM });
      },
    }).addTo(group);
    place();
  };
}
