"""Where a case happened: what its source says of the region, a name, a point; nothing is guessed.

In that order: the region that the source gives, the gazetteer, the outline that a point lies in,
the nearest outline within 10 km (outlines are coarse: towns at a border lie outside of theirs).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians
from typing import Any

from shapely import Point, transform
from shapely.geometry import shape

from incidents.codebook import LANGUAGES, Codebook
from loaders.package import Package
from loaders.sources.names import near, plain

NEAREST = 10.0
"""Kilometres from an outline within which a point belongs to it."""
DEGREE = 111.2
"""Kilometres of a degree of latitude."""


@dataclass(frozen=True)
class Placed:
    """The codes of region and settlement, and how precisely that is.

    Where something is asked, `rule` says what, `column` about which one, `among` what may be meant.
    """

    region: str = ""
    place: str = ""
    precision: str = ""
    rule: str = ""
    column: str = "place"
    among: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """The settlements of a package by plain name, their regions, and the outlines of regions.

    Outlines are in kilometres: `scale` are those of a degree of longitude and of latitude.
    """

    codebook: Codebook
    names: Mapping[str, tuple[str, ...]]
    regions: Mapping[str, str]
    outlines: Mapping[str, Any]
    scale: tuple[float, float]

    @classmethod
    def of(cls, package: Package) -> "Gazetteer":
        """Give the gazetteer of a package, made once."""
        return package.once(("gazetteer",), lambda: cls._made(package))

    @classmethod
    def _made(cls, package: Package) -> "Gazetteer":
        settlements = package.incidents.places
        found: dict[str, dict[str, None]] = {}
        for code, row in settlements.iterrows():
            own = [row[f"name_{language}"] for language in LANGUAGES]
            for name in filter(None, map(plain, (str(code), *own, *row["aliases"].split(";")))):
                found.setdefault(name, {})[str(code)] = None
        middle = radians(sum(corner[0] for corner in package.bounds) / 2)
        scale = DEGREE * cos(middle), DEGREE
        outlines = {
            str(area["properties"]["region"]): transform(
                shape(area["geometry"]), lambda points: points * scale
            )
            for area in package.regions["features"]
        }
        ids = {name: tuple(codes) for name, codes in found.items()}
        regions = {str(code): str(region) for code, region in settlements["region"].items()}
        return cls(package.codebook, ids, regions, outlines, scale)

    def at(self, latitude: float, longitude: float) -> str:
        """Give the region of a point, or of the nearest outline within 10 km; empty beyond."""
        point = Point(longitude * self.scale[0], latitude * self.scale[1])
        away = {region: outline.distance(point) for region, outline in self.outlines.items()}
        nearest = min(away, key=lambda region: away[region], default="")
        return nearest if nearest and away[nearest] <= NEAREST else ""

    def same(self, name: str, other: str) -> bool:
        """Say whether two names may mean one settlement."""
        mine, its = (set(self.names.get(plain(text), ())) for text in (name, other))
        return plain(name) == plain(other) or not mine.isdisjoint(its)

    def place(self, region: str, name: str, point: tuple[float, float] | None) -> Placed:
        """Place a case by the code of its region, the name of a settlement and a point.

        Each may be missing. A name that means several settlements, or one of another region, is
        asked about.
        """
        book = self.codebook
        if region in (book.unplaced, book.online) and not name.strip():
            return Placed(region, "", "online" if region == book.online else "country")
        drawn = region or (self.at(*point) if point else "")
        if name.strip():
            return self._named(region, drawn, name)
        if drawn:
            return Placed(drawn, "", "region")
        if point:
            return Placed(book.unplaced, "", "country", "unknown_point", "region")
        return Placed()

    def _named(self, region: str, drawn: str, name: str) -> Placed:
        ids = self.names.get(plain(name), ())
        inside = [code for code in ids if not drawn or self.regions[code] == drawn]
        if len(inside) == 1:
            return Placed(self.regions[inside[0]], inside[0], "settlement")
        coarse = (drawn, "", "region") if drawn else ("", "", "")
        if inside:
            return Placed(*coarse, "ambiguous_place", among=tuple(inside))
        if ids:
            rule = "place_outside_region" if region else "point_outside_region"
            return Placed(*coarse, rule, among=tuple(ids))
        known = [word for word, codes in self.names.items() if self._within(codes, drawn)]
        close = dict.fromkeys(code for word in near(name, known) for code in self.names[word])
        return Placed(*coarse, "place_not_known", among=tuple(close))

    def _within(self, codes: tuple[str, ...], region: str) -> bool:
        return not region or any(self.regions[code] == region for code in codes)
