"""The map as a picture: the areas and circles that are shown on the page, drawn on a sheet."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Circle as Round
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke

from charts.marks import CITY, Area, Bounds, Circle, mercator, radius
from charts.palette import ACCENT, INK, LAND, PAPER, QUIET, RULE
from charts.sheet import POINT, WHOLE, Form, Sheet, Words
from charts.style import Key
from loaders.typeface import Typeface

LARGER = 1.2
"""How much larger circles are than on the page."""
SHARE, GAP = 0.62, 30
"""The share of a card's width that the map takes, and the pixels between it and its legend."""
NUMBERED = 11.0
"""From this radius on a circle bears its number."""
NEAR = 14.0
"""Within so many pixels of a city's middle a circle is the city's."""
DISC = CITY * LARGER
HEIGHTS = (43.0, -26.0, 62.0, -45.0)
"""How far above its region a name may stand, in pixels: the first that touches no circle."""
LOW = (-5.0, 20.0, -26.0, 32.0, -40.0)
"""How far above its region's middle a number alone may stand, by turns."""
TYPE = 14.0
DASHES, DOTS = (0, (3, 2)), (0, (1, 3))
HALO = [withStroke(linewidth=3 * POINT, foreground=PAPER)]
GeoJSON = Mapping[str, Any]


def of_map(
    areas: Mapping[str, Area],
    circles: Sequence[Circle],
    most: int,
    outlines: tuple[GeoJSON, GeoJSON],
    keys: Sequence[Key],
    words: Words,
    face: Typeface,
    bounds: Bounds,
    form: Form = WHOLE,
) -> Sheet:
    """Draw the map on a sheet. `outlines` are those of the neighbours and of the regions.

    `most` is the count of the largest circle of the release. A region without a colour is outlined
    by dots, and the land shows through.
    """
    neighbours, regions = outlines
    (left, bottom), (right, top) = (mercator(*corner) for corner in bounds)
    shape = (top - bottom) / (right - left)
    whole = form.height is None
    sheet = Sheet(words, _larger(keys, LARGER) if whole else [], form.inner * shape, face, form)
    width, larger = float(form.inner), LARGER
    if not whole:
        width = min(width * SHARE, (sheet.bottom - sheet.top) / shape)
        larger *= SHARE
        sheet.beside(_larger(keys, larger), form.margin + width + GAP)
    axes = sheet.axes(form.margin, sheet.top, width, width * shape)
    axes.set(xlim=(left, right), ylim=(bottom, top))
    axes.add_patch(_outline(_corners(left, bottom, right, top), facecolor=LAND, linewidth=0))
    pixel = (right - left) / width
    for feature in neighbours["features"]:
        look = {"facecolor": LAND, "edgecolor": RULE, "linewidth": POINT}
        axes.add_patch(_outline(feature["geometry"], **look))
    for feature in sorted(regions["features"], key=lambda f: _over(f, areas)):
        _region(axes, feature, areas[feature["properties"]["region"]], pixel)
    lowest = sorted(circles, key=lambda c: -c.count)
    sized = [(c, radius(c.count, most) * larger * pixel) for c in lowest]
    for circle, size in sized:
        _circle(sheet, axes, circle, size, pixel, NUMBERED if whole else 3 * DISC)
    drawn = [(*mercator(circle.lat, circle.lon), size) for circle, size in sized]
    named = [f["properties"] for f in regions["features"]]
    drawn += [(*_middle(region), DISC * pixel) for region in named if _city(region)]
    if whole:
        _names(sheet, axes, named, areas, drawn, pixel)
    else:
        _values(sheet, axes, named, areas, drawn, pixel)
    return sheet


def _larger(keys: Sequence[Key], by: float) -> list[Key]:
    return [replace(key, radius=key.radius * by) for key in keys]


def _over(feature: GeoJSON, areas: Mapping[str, Area]) -> tuple[bool, bool]:
    """Order the regions from below: what is chosen last, so that its outline is whole."""
    of = feature["properties"]
    return _city(of), areas[of["region"]].chosen


def _city(region: GeoJSON) -> bool:
    return bool(region.get("type") == "city")


def _middle(region: GeoJSON) -> tuple[float, float]:
    return mercator(region["label_lat"], region["label_lon"])


def _corners(left: float, bottom: float, right: float, top: float) -> Path:
    return Path([(left, bottom), (left, top), (right, top), (right, bottom)], closed=False)


def _outline(geometry: GeoJSON | Path, **look: Any) -> PathPatch:
    path = geometry if isinstance(geometry, Path) else _path(geometry)
    return PathPatch(path, **look)


def _path(geometry: GeoJSON) -> Path:
    rings = [
        Path([mercator(lat, lon) for lon, lat, *_ in ring], closed=True)
        for polygon in _polygons(geometry)
        for ring in polygon
    ]
    return Path.make_compound_path(*rings)


def _polygons(geometry: GeoJSON) -> Iterator[Sequence[Sequence[Sequence[float]]]]:
    found = geometry["coordinates"]
    yield from [found] if geometry["type"] == "Polygon" else found


def _region(axes: Axes, feature: GeoJSON, area: Area, pixel: float) -> None:
    """Draw a region, and the disc in a city's fill over it."""
    marked = area.chosen or area.unreliable
    edges = {None: QUIET, PAPER: RULE}
    look: dict[str, Any] = {
        "facecolor": area.colour or "none",
        "edgecolor": INK if marked else edges.get(area.colour, "#FFFFFF"),
        "linewidth": (2.6 if area.chosen else 1.4) * POINT,
        "linestyle": DOTS if area.colour is None else DASHES if area.unreliable else "-",
    }
    axes.add_patch(_outline(feature["geometry"], **look, label=area.text))
    if _city(feature["properties"]):
        axes.add_patch(Round(_middle(feature["properties"]), DISC * pixel, **look))


def _circle(
    sheet: Sheet, axes: Axes, circle: Circle, size: float, pixel: float, numbered: float
) -> None:
    """Draw a circle, with its number from a radius of so many pixels on."""
    x, y = mercator(circle.lat, circle.lon)
    drawn = Round(
        (x, y),
        size,
        facecolor="#FFFFFF80" if circle.approximate else f"{ACCENT}33",
        edgecolor=INK if circle.chosen else ACCENT,
        linewidth=(2.6 if circle.chosen else 1.4) * POINT,
        linestyle=DASHES if circle.approximate else "-",
        label=circle.text,
    )
    axes.add_patch(drawn)
    if size >= numbered * pixel:
        look = {"ha": "center", "path_effects": HALO}
        below = DISC + 13 if size > 3 * DISC * pixel else 4.5  # a city's disc stays seen
        sheet.label(axes, x, y - below * pixel, str(circle.count), 13, **look)


def _names(
    sheet: Sheet,
    axes: Axes,
    regions: Sequence[GeoJSON],
    areas: Mapping[str, Area],
    circles: Sequence[tuple[float, float, float]],
    pixel: float,
) -> None:
    """Name cities left of their circles, regions above or below their middle, off the circles."""
    look = {"path_effects": HALO}
    for region in regions:
        (x, y), area = _middle(region), areas[region["region"]]
        lines = (area.name, area.value)
        if _city(region):
            near = max(r for a, b, r in circles if math.hypot(a - x, b - y) < NEAR * pixel)
            left = x - near - 6 * pixel
            sheet.label(axes, left, y - 5 * pixel, " ".join(lines), TYPE, ha="right", **look)
            continue
        half = sheet.width(area.name, TYPE, bold=True) / 2 * pixel
        around = [(max(abs(a - x) - half, 0), b - y, r) for a, b, r in circles]
        high = next((h for h in HEIGHTS if _free(h, around, pixel)), HEIGHTS[0])
        for row, line in enumerate(lines):
            at = y + (high - 17 * row) * pixel
            sheet.label(axes, x, at, line, TYPE, ha="center", bold=not row, **look)


def _values(
    sheet: Sheet,
    axes: Axes,
    regions: Sequence[GeoJSON],
    areas: Mapping[str, Area],
    circles: Sequence[tuple[float, float, float]],
    pixel: float,
) -> None:
    """Write what fills each region, where there is no room for its name: off the circles."""
    for region in regions:
        (x, y), value = _middle(region), areas[region["region"]].value
        if _city(region):
            near = max(r for a, b, r in circles if math.hypot(a - x, b - y) < NEAR * pixel)
            at, look = (x - near - 4 * pixel, y - 5 * pixel), "right"
        else:
            around = [(max(abs(a - x) - TYPE * pixel, 0), b - y, r) for a, b, r in circles]
            high = next((h for h in LOW if _free(h, around, pixel)), LOW[0])
            at, look = (x, y + high * pixel), "center"
        sheet.label(axes, *at, value, TYPE, bold=True, ha=look, path_effects=HALO)


def _free(high: float, circles: Sequence[tuple[float, float, float]], pixel: float) -> bool:
    """Say whether two lines of type touch no circle: how far beside, above, and how large."""
    top, bottom = (high + TYPE) * pixel, (high - 17 - 4) * pixel
    return all(math.hypot(a, max(bottom - b, b - top, 0)) > r for a, b, r in circles)
