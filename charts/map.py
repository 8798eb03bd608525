"""The map: one fill per region, one circle per place, whatever the number of incidents.

The map and its outlines never change, so that a new selection keeps zoom and costs little: what it
shows is a list of colours, circles and texts, which the outlines already drawn take on. Texts
become text nodes, never HTML.
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from charts.palette import ACCENT, INK, LAND, RULE, WATERLESS

BOUNDS = [[39.1, 69.1], [43.35, 80.4]]
HEIGHT = 420
LARGEST, SMALLEST = 30.0, 5.0
"""Radii of circles in pixels; areas are proportional to counts."""


@dataclass(frozen=True)
class Area:
    """What a region shows: fill colour, its text on hover, and whether it is selected."""

    colour: str
    text: str
    chosen: bool = False
    unreliable: bool = False


@dataclass(frozen=True)
class Circle:
    """A count at a place. `approximate`: only the region is known, the circle stands inside it."""

    parameter: str
    code: str
    lat: float
    lon: float
    count: int
    text: str
    approximate: bool = False
    chosen: bool = False


class Outlines(MacroElement):
    """The surroundings and the regions, from the outlines file that the map loads once.

    Escape takes back the last click on the map, as the browser's Back does.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        {
            const drawn = {{ this._parent.get_name() }};
            window.textNode = (text) =>
                Object.assign(document.createElement("span"), {textContent: text});
            // a second click on the same thing must differ from the first to be reported
            let clicks = 0, undone = 0;
            window.countClicks = (layer) =>
                layer.on("click", () => {
                    layer.feature.properties = {...layer.feature.properties, click: ++clicks};
                });
            L.geoJSON(OUTLINES.neighbours, {interactive: false, style: {{ this.around | tojson }}})
                .addTo(drawn);
            window.regions = L.geoJSON(OUTLINES.regions, {style: {{ this.plain | tojson }}});
            window.regions.addTo(drawn).eachLayer((region) => {
                window.countClicks(region).bindTooltip("", {sticky: true});
                region.on("mouseover", () => region.setStyle({color: "{{ this.accent }}"}));
                region.on("mouseout", () => region.setStyle(region.given || {}));
            });
            document.addEventListener("keydown", (event) => {
                if (event.key === "Escape" && clicks > undone) {
                    undone = clicks;
                    window.parent.history.back();
                }
            });
        }
        {% endmacro %}
    """)
    around: ClassVar = {"fillColor": LAND, "fillOpacity": 1, "color": RULE, "weight": 1}
    plain: ClassVar = {"fillColor": WATERLESS, "fillOpacity": 1, "color": "#FFFFFF", "weight": 1.2}
    accent = ACCENT


class Shown(MacroElement):
    """What a selection shows: a style and a text per region, and the circles."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {
            const shown = {{ this.shown | tojson }};
            window.regions.eachLayer((region) => {
                const area = shown.areas[region.feature.properties.code];
                region.given = area.style;
                region.setStyle(area.style);
                region.setTooltipContent(window.textNode(area.text));
            });
            L.geoJSON(shown.circles, {
                pointToLayer: (circle, at) => L.circleMarker(at, circle.properties.style),
                onEachFeature: (circle, layer) => window.countClicks(layer).bindTooltip(
                    window.textNode(circle.properties.text), {sticky: true}),
            }).addTo({{ this._parent.get_name() }});
        }
        {% endmacro %}
    """)

    def __init__(self, shown: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "Shown"
        self.shown = shown


def outlines_script(neighbours: Mapping[str, Any], regions: Mapping[str, Any]) -> str:
    """Write the outlines as the JavaScript file that the map loads: cities over the regions."""
    features = [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            "properties": {"parameter": "region", "code": feature["properties"]["region"]},
        }
        for feature in sorted(regions["features"], key=lambda f: f["properties"]["type"] == "city")
    ]
    bare = [{"type": "Feature", "geometry": f["geometry"]} for f in neighbours["features"]]
    outlines = {
        name: {"type": "FeatureCollection", "features": found}
        for name, found in (("neighbours", bare), ("regions", features))
    }
    return f"window.OUTLINES = {json.dumps(outlines, separators=(',', ':'))};\n"


def base_map(leaflet: str, outlines: str) -> folium.Map:
    """Draw what never changes. Both arguments are addresses: our own Leaflet, and the outlines."""
    drawn = folium.Map(
        tiles=None, zoom_snap=0.25, zoom_delta=0.5, min_zoom=5, attribution_control=False
    )
    drawn.options["maxZoom"] = 12
    drawn.default_js = [("leaflet", f"{leaflet}/leaflet.js"), ("outlines", outlines)]
    drawn.default_css = [("leaflet", f"{leaflet}/leaflet.css")]
    drawn.fit_bounds(BOUNDS)
    beyond = f"<style>.leaflet-container {{ background: {LAND} }}</style>"
    cast(Figure, drawn.get_root()).header.add_child(Element(beyond))
    drawn.add_child(Outlines())  # type: ignore[no-untyped-call]  # branca has no types
    return drawn


def layers(areas: Mapping[str, Area], circles: Sequence[Circle]) -> folium.FeatureGroup:
    """Draw what a selection shows."""
    most = max((c.count for c in circles), default=1)
    shown = {
        "areas": {code: {"style": _area_style(a), "text": a.text} for code, a in areas.items()},
        "circles": [_point(c, most) for c in sorted(circles, key=lambda c: -c.count)],
    }
    group = folium.FeatureGroup(name="incidents")
    group.add_child(Shown(shown))
    return group


def _point(circle: Circle, most: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [circle.lon, circle.lat]},
        "properties": {
            "parameter": circle.parameter,
            "code": circle.code,
            "text": circle.text,
            "style": _circle_style(circle, most),
        },
    }


def _area_style(area: Area) -> dict[str, Any]:
    return {
        "fillColor": area.colour,
        "fillOpacity": 0.9,
        "color": INK if area.chosen or area.unreliable else "#FFFFFF",
        "weight": 3 if area.chosen else 1.2,
        "dashArray": "3 4" if area.unreliable else None,
    }


def _circle_style(circle: Circle, most: int) -> dict[str, Any]:
    return {
        "radius": radius(circle.count, most),
        "color": INK if circle.chosen else ACCENT,
        "weight": 3 if circle.chosen else 1.5,
        "fillColor": "#FFFFFF" if circle.approximate else ACCENT,
        "fillOpacity": 0.25 if circle.approximate else 0.45,
        "dashArray": "4 4" if circle.approximate else None,
    }


def radius(count: int, most: int) -> float:
    """Give a circle's radius: its area is proportional to the count, never too small to click."""
    return round(max(SMALLEST, LARGEST * math.sqrt(count / most)), 1)
