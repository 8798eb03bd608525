"""What a map shows, whatever draws it: an area per region, a circle per place."""

import math
from dataclasses import dataclass

Bounds = tuple[tuple[float, float], tuple[float, float]]
"""The corners of what a map shows, in degrees: south and west, north and east."""
LARGEST, SMALLEST = 26.0, 5.0
"""Radii of circles in pixels; areas are proportional to counts."""
CITY = 6.0
"""Radius of the disc in a city's fill: its own shape is too small for a colour."""


@dataclass(frozen=True)
class Area:
    """What a region shows: fill colour, its text on hover, and whether it is selected.

    On the map stand its `name` and, as a bare number, its `value`. A region that the filters took
    away has no colour: it is outlined, and the land shows through.
    """

    colour: str | None
    text: str
    chosen: bool = False
    unreliable: bool = False
    name: str = ""
    value: str = ""


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


def mercator(lat: float, lon: float) -> tuple[float, float]:
    """Give where a point lies on a map in Mercator's projection, east and north, in radians."""
    return math.radians(lon), math.log(math.tan(math.pi / 4 + math.radians(lat) / 2))


def radius(count: int, most: int) -> float:
    """Give a circle's radius: its area is proportional to the count, never too small to click."""
    return round(max(SMALLEST, LARGEST * math.sqrt(count / most)), 1)
