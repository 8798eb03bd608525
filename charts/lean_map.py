"""The map as SVG inside a page: outlines on a grid, so that neighbours share every corner.

A corner lies on the same point of the grid for all who share it, and what is left out lies on a
line between two others: coarser outlines, and no gap. On a narrow screen names give way to values
(static/light.css), which are written larger there.
"""

import html
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from charts.marks import Area, Bounds, Circle, mercator, radius
from charts.palette import ACCENT, INK, LAND, PAPER, QUIET, RULE
from charts.style import Key
from charts.svg import tag, text

WIDTH, BEYOND = 960, 8
"""The width of the map in its own units, and how far outlines reach over its edge."""
SIZE = 17
LARGE = 12.0
"""From this radius on a city is named above its circle, where no name of a region reaches."""
NEAR, CLOSE = 14.0, 62.0
"""Within so many units of a city a circle is the city's; a region's name keeps so far from it."""
GeoJSON = Mapping[str, Any]
Point = tuple[int, int]
"""A point of the grid."""
Address = Callable[[str, str], str]
"""From a parameter and a code of it to where that leads."""
HALO = {"stroke": PAPER, "stroke_width": 4, "paint_order": "stroke", "pointer_events": "none"}


def of_map(
    areas: Mapping[str, Area],
    circles: Sequence[Circle],
    most: int,
    outlines: tuple[GeoJSON, GeoJSON],
    keys: Sequence[Key],
    bounds: Bounds,
    address: Address = lambda _name, _code: "",
) -> str:
    """Draw the map. `outlines` are those of the neighbours and of the regions.

    `address` says where a "region" or "place" leads by its code; empty: nowhere.
    """
    frame = _Frame(bounds)
    neighbours, regions = outlines
    around = "".join(frame.path(feature["geometry"]) for feature in neighbours["features"])
    ordered = sorted(regions["features"], key=lambda f: _over(f, areas))
    sized = [(c, radius(c.count, most)) for c in sorted(circles, key=lambda c: -c.count)]
    properties = [feature["properties"] for feature in regions["features"]]
    return tag(
        "svg",
        tag("rect", width=WIDTH, height=frame.height, fill=LAND),
        tag("path", d=around, fill=LAND, stroke=RULE),
        *(_region(frame, f, areas[f["properties"]["region"]], address) for f in ordered),
        *(_circle(frame, circle, size, address) for circle, size in sized),
        *_names(frame, properties, areas, sized),
        *_sizes(frame, keys),
        viewBox=f"0 0 {WIDTH} {frame.height}",
        font_size=SIZE,
        fill=INK,
        class_="map",
    )


class _Frame:
    """Degrees as points of the map's grid."""

    def __init__(self, bounds: Bounds) -> None:
        (self.left, bottom), (right, self.top) = (mercator(*corner) for corner in bounds)
        self.unit = WIDTH / (right - self.left)
        self.height = round((self.top - bottom) * self.unit)

    def at(self, lat: float, lon: float) -> Point:
        """Give the point of the grid; what lies far outside is drawn just over the edge."""
        x, y = mercator(lat, lon)
        across, down = (x - self.left) * self.unit, (self.top - y) * self.unit
        return _kept(across, WIDTH), _kept(down, self.height)

    def path(self, geometry: GeoJSON) -> str:
        """Write the outlines of a shape, each corner by its distance from the last."""
        found = geometry["coordinates"]
        polygons = [found] if geometry["type"] == "Polygon" else found
        rings = (ring for polygon in polygons for ring in polygon)
        return "".join(self._ring(ring) for ring in rings)

    def _ring(self, ring: Sequence[Sequence[float]]) -> str:
        points = _corners([self.at(lat, lon) for lon, lat, *_ in ring])
        if len(points) < 3:
            return ""
        (x, y), steps = points[0], pairwise(points)
        moves = "l".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in steps)
        return f"M{x} {y}l{moves}z".replace(" -", "-")


def _kept(value: float, end: int) -> int:
    return round(min(max(value, -BEYOND), end + BEYOND))


def _corners(points: Sequence[Point]) -> list[Point]:
    """Leave out points that stand twice, and those on a line between their neighbours."""
    found: list[Point] = []
    for point in points:
        if found and point == found[-1]:
            continue
        while len(found) > 1 and _between(found[-2], found[-1], point):
            found.pop()
        found.append(point)
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def _between(a: Point, b: Point, c: Point) -> bool:
    return (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])


def _over(feature: GeoJSON, areas: Mapping[str, Area]) -> tuple[bool, bool]:
    """Order the regions from below: what is chosen last, so that its outline is whole."""
    of = feature["properties"]
    return of.get("type") == "city", areas[of["region"]].chosen


def _named(said: str) -> str:
    return tag("title", html.escape(said, quote=False))


def _linked(drawn: str, to: str, mark: Area | Circle) -> str:
    """Let a shape lead somewhere: its name says what it shows, and whether it is chosen."""
    current = "true" if mark.chosen else ""
    return tag("a", drawn, href=to, aria_label=mark.text, aria_current=current) if to else drawn


def _region(frame: _Frame, feature: GeoJSON, area: Area, address: Address) -> str:
    marked = area.chosen or area.unreliable
    edges = {None: QUIET, PAPER: RULE}
    drawn = tag(
        "path",
        _named(area.text),
        d=frame.path(feature["geometry"]),
        fill=area.colour or "none",
        stroke=INK if marked else edges.get(area.colour, "#FFFFFF"),
        stroke_width=3 if area.chosen else 1.4,
        pointer_events="all" if area.colour is None else "",  # else nothing inside can be clicked
        stroke_dasharray="1 4" if area.colour is None else "4 3" if area.unreliable else "",
    )
    return _linked(drawn, address("region", feature["properties"]["region"]), area)


def _circle(frame: _Frame, circle: Circle, size: float, address: Address) -> str:
    x, y = frame.at(circle.lat, circle.lon)
    drawn = tag(
        "circle",
        _named(circle.text),
        cx=x,
        cy=y,
        r=size,
        fill="#FFFFFF" if circle.approximate else ACCENT,
        fill_opacity=0.45,
        stroke=INK if circle.chosen else ACCENT,
        stroke_width=3 if circle.chosen else 1.5,
        stroke_dasharray="4 3" if circle.approximate else "",
    )
    return _linked(drawn, address(circle.parameter, circle.code), circle)


def _names(
    frame: _Frame,
    regions: Sequence[GeoJSON],
    areas: Mapping[str, Area],
    circles: Sequence[tuple[Circle, float]],
) -> Iterator[str]:
    """Name cities left of their circles or above large ones, regions near their middle."""
    at = {r["region"]: frame.at(r["label_lat"], r["label_lon"]) for r in regions}
    cities = [at[r["region"]] for r in regions if r.get("type") == "city"]
    drawn = [(frame.at(circle.lat, circle.lon), size) for circle, size in circles]
    for region in regions:
        (x, y), area = at[region["region"]], areas[region["region"]]
        if region.get("type") == "city":
            near = [size for point, size in drawn if math.dist(point, (x, y)) < NEAR]
            yield _city(area, x, y, max(near, default=0))
            continue
        under = any(0 < y - b < CLOSE and abs(a - x) < CLOSE for a, b in cities)
        below = 24 if under else -38
        look = {"text_anchor": "middle", **HALO}
        yield text(area.name, x, y + below, class_="wide", font_weight=600, **look)
        yield text(area.value, x, y + below + 20, **look)


def _city(area: Area, x: int, y: int, size: float) -> str:
    """Name a city beside its circle, with its value."""
    name = tag("tspan", html.escape(area.name), class_="wide")
    place = {"x": x - size - 6, "y": y + 6, "text_anchor": "end"}
    if size >= LARGE:
        place = {"x": x, "y": y - size - 6, "text_anchor": "middle"}
    return tag("text", name, " ", html.escape(area.value), **place, **HALO) + "\n"


def _sizes(frame: _Frame, keys: Sequence[Key]) -> Iterator[str]:
    """Show what the circles' sizes mean in a corner, where the map's scale is theirs, too."""
    sized = sorted((key for key in keys if key.radius), key=lambda key: key.radius)
    x, foot = WIDTH - 24.0, frame.height - 14
    for key in sized:
        look = {"class_": "wide" if key is not sized[-1] else ""}  # a narrow screen shows one
        x -= key.radius
        y = foot - key.radius
        yield tag("circle", cx=x, cy=y, r=key.radius, fill="none", stroke=key.edge, **look)
        yield text(key.text, x, foot - 2 * key.radius - 6, text_anchor="middle", **look)
        x -= key.radius + 16
