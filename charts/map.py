"""The map: one fill per region, one circle per place, whatever the number of incidents.

The map itself never changes, so that it keeps its zoom; what a selection shows is a layer group
that replaces the one before.
"""

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from charts.palette import ACCENT, INK, LAND, QUIET, RULE, WATERLESS

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


class EscapeUndoes(MacroElement):
    """Let Escape take back the last click on the map, as the browser's Back does."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        let undone = 0;
        document.addEventListener("keydown", (event) => {
            const clicks = (window.__GLOBAL_DATA__ || {}).last_object_clicked_count || 0;
            if (event.key === "Escape" && clicks > undone) {
                undone = clicks;
                window.parent.history.back();
            }
        });
        {% endmacro %}
    """)


def base_map(neighbours: Mapping[str, Any], regions: Mapping[str, Any], leaflet: str) -> folium.Map:
    """Draw what never changes: surroundings and outline. `leaflet` is where our own copy is."""
    drawn = folium.Map(
        tiles=None, zoom_snap=0.25, zoom_delta=0.5, min_zoom=5, attribution_control=False
    )
    drawn.options["maxZoom"] = 12
    drawn.default_js = [("leaflet", f"{leaflet}/leaflet.js")]
    drawn.default_css = [("leaflet", f"{leaflet}/leaflet.css")]
    surroundings = {"fillColor": LAND, "fillOpacity": 1, "color": RULE, "weight": 1}
    folium.GeoJson(neighbours, style_function=lambda _: surroundings, interactive=False).add_to(
        drawn
    )
    outline = {"fillColor": WATERLESS, "fillOpacity": 1, "color": QUIET, "weight": 1.5}
    folium.GeoJson(regions, style_function=lambda _: outline, interactive=False).add_to(drawn)
    drawn.fit_bounds(BOUNDS)
    beyond = f"<style>.leaflet-container {{ background: {LAND} }}</style>"
    page = cast(Figure, drawn.get_root())
    page.header.add_child(Element(beyond))
    drawn.add_child(EscapeUndoes())  # type: ignore[no-untyped-call]  # branca has no types
    return drawn


def layers(
    regions: Mapping[str, Any], areas: Mapping[str, Area], circles: Sequence[Circle]
) -> folium.FeatureGroup:
    """Draw what a selection shows. Text reaches the map as escaped data only."""
    group = folium.FeatureGroup(name="incidents")
    folium.GeoJson(
        _with_texts(regions, areas),
        style_function=lambda f: _area_style(areas[f["properties"]["code"]]),
        highlight_function=lambda _: {"weight": 3, "color": ACCENT},
        tooltip=_tooltip(),
    ).add_to(group)
    if circles:
        most = max(c.count for c in circles)
        drawn = sorted(circles, key=lambda c: -c.count)
        by_code = {(c.parameter, c.code): c for c in drawn}
        folium.GeoJson(
            {"type": "FeatureCollection", "features": [_point(c) for c in drawn]},
            marker=folium.CircleMarker(fill=True),
            style_function=lambda f: _circle_style(
                by_code[f["properties"]["parameter"], f["properties"]["code"]], most
            ),
            tooltip=_tooltip(),
        ).add_to(group)
    return group


def _tooltip() -> folium.GeoJsonTooltip:
    return folium.GeoJsonTooltip(fields=["text"], labels=False, sticky=True)


def _with_texts(regions: Mapping[str, Any], areas: Mapping[str, Area]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            "properties": {
                "parameter": "region",
                "code": feature["properties"]["region"],
                "text": html.escape(areas[feature["properties"]["region"]].text),
            },
        }
        for feature in regions["features"]
        if feature["properties"]["region"] in areas
    ]
    return {"type": "FeatureCollection", "features": features}


def _point(circle: Circle) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [circle.lon, circle.lat]},
        "properties": {
            "parameter": circle.parameter,
            "code": circle.code,
            "text": html.escape(circle.text),
        },
    }


def _area_style(area: Area) -> dict[str, Any]:
    return {
        "fillColor": area.colour,
        "fillOpacity": 0.45 if area.unreliable else 0.9,
        "color": INK if area.chosen else "#FFFFFF",
        "weight": 3 if area.chosen else 1.2,
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
