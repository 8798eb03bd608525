"""The map: one fill per region, one circle per place, whatever the number of incidents.

The map and its outlines never change, so that a new selection keeps zoom and costs little: what it
shows is a list of colours, names, circles and texts, which `static/map.js` puts on the outlines
already drawn. Texts become text nodes, never HTML.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import folium
from branca.element import MacroElement
from folium.template import Template

from charts.marks import CITY, Area, Bounds, Circle, radius
from charts.palette import ACCENT, INK, LAND, PAPER, QUIET, RULE, WATERLESS

HEIGHT = 420
"""Pixels of the map's frame until the stylesheet says how high it is for its width."""


LAYERS = """
var incidents = L.featureGroup();
window.showOnMap(incidents, {});
incidents.addTo(map_div);
window.feature_group = [incidents];
"""
"""How the component is told what to draw. What it shows no more it finds in `feature_group`."""


class Outlines(MacroElement):
    """The surroundings and the regions, from the outlines file that the map loads once."""

    _template = Template("""
        {% macro script(this, kwargs) %}
            window.openMap({{ this._parent.get_name() }}, {{ this.bounds | tojson }},
                {{ this.look | tojson }});
        {% endmacro %}
    """)
    look: ClassVar = {
        "around": {"fillColor": LAND, "fillOpacity": 1, "color": RULE, "weight": 1},
        "plain": {"fillColor": WATERLESS, "fillOpacity": 1, "color": "#FFFFFF", "weight": 1.2},
        "ring": {"fill": False, "color": ACCENT, "weight": 3},
        "line": {"interactive": False, "className": "map-line", "color": INK, "weight": 1},
        "city": {"interactive": False, "fill": True, "radius": CITY},
    }

    def __init__(self, bounds: Bounds) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca has no types
        self._name = "Outlines"
        self.bounds = bounds


def base_map(bounds: Bounds) -> folium.Map:
    """Draw what never changes."""
    drawn = folium.Map(tiles=None, zoom_snap=0, zoom_delta=0.5, attribution_control=False)
    # set here, because without tiles folium's own arguments do not reach Leaflet
    drawn.options |= {"maxZoom": 12, "maxBoundsViscosity": 1}
    drawn.add_child(Outlines(bounds))
    return drawn


def layers(
    areas: Mapping[str, Area], circles: Sequence[Circle], most: int, words: Mapping[str, str]
) -> str:
    """Write the script that draws what a selection shows, in the place of what was shown before.

    `most` is the count of the largest circle of the release.
    """
    shown = {
        "words": words,
        "areas": [_area(code, area) for code, area in areas.items()],
        "circles": [_point(c, most) for c in sorted(circles, key=lambda c: -c.count)],
    }
    return LAYERS.format(json.dumps(shown).replace("<", "\\u003c"))


def _point(circle: Circle, most: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [circle.lon, circle.lat]},
        "properties": {
            "parameter": circle.parameter,
            "code": circle.code,
            "text": circle.text,
            "chosen": circle.chosen,
            "style": _circle_style(circle, most),
        },
    }


def _area(code: str, area: Area) -> dict[str, Any]:
    """Tell what a region shows. Its edge lies over all regions, so that none cuts into it."""
    edge = {"fill": False, "color": INK, "weight": 3 if area.chosen else 1.2}
    if area.unreliable and not area.chosen:
        edge["dashArray"] = "3 4"
    return {
        "code": code,
        "text": area.text,
        "name": area.name,
        "value": area.value,
        "chosen": area.chosen,
        "style": _area_style(area),
        "edge": edge if area.chosen or area.unreliable else None,
    }


def _area_style(area: Area) -> dict[str, Any]:
    if area.colour is None:
        look = {"fillColor": LAND, "fillOpacity": 0, "color": QUIET, "weight": 1}
        return {**look, "dashArray": "1 4"}
    edge = RULE if area.colour == PAPER else "#FFFFFF"
    look = {"fillColor": area.colour, "fillOpacity": 0.9, "color": edge, "weight": 1.2}
    return {**look, "dashArray": None}


def _circle_style(circle: Circle, most: int) -> dict[str, Any]:
    return {
        "radius": radius(circle.count, most),
        "color": INK if circle.chosen else ACCENT,
        "weight": 3 if circle.chosen else 1.5,
        "fillColor": "#FFFFFF" if circle.approximate else ACCENT,
        "fillOpacity": 0.5 if circle.approximate else 0.2,
        "dashArray": "4 4" if circle.approximate else None,
    }
