"""Addresses that combine filters and displays, drawn at random and the same at every run."""

import itertools
import random
from urllib.parse import urlencode

from incidents.filters import FACETS
from tests.plain import Row
from tests.recount import Files

SEED = 20261129
NAMES = (*FACETS, "from", "to", "q")
BUNDLED = Files()
DISPLAYS = {
    "unit": ("incidents", "people"),
    "per": ("year", "quarter", "month"),
    "split": ("none", "data", "category", "group", "perpetrator"),
    "fill": ("count", "rate", "change"),
    "a": ("2019", "2021-03", "2018..2019"),
    "b": ("2023", "2022-03", "2023..2024"),
    "sort": ("newest", "oldest"),
    "page": ("1", "2", "999"),
}
"""Values of what says how the selected are shown."""


def value(name: str, row: Row, draw: random.Random) -> str:
    """Draw a value of a filter that lets a record through; any code where it bears none."""
    if name in FACETS:
        codes = row[FACETS[name].column].split(";")
        return draw.choice(codes) if codes != [""] else draw.choice(BUNDLED.codes(name))
    if name == "q":
        return draw.choice(row["source_name"].split() or ["x"])
    return row["date"][: draw.choice([4, 7])]


def pairs(seed: int = SEED) -> list[str]:
    """Give every pair of filters once: two values of one record, or of two records in turn."""
    draw, found = random.Random(seed), []  # noqa: S311  # the same addresses at every run
    for at, (one, other) in enumerate(itertools.combinations(NAMES, 2)):
        first = draw.choice(BUNDLED.counted)
        second = draw.choice(BUNDLED.counted) if at % 3 == 0 else first
        values = [value(one, first, draw), value(other, second, draw)]
        if (one, other) == ("from", "to"):
            values.sort()
        found.append(urlencode(list(zip((one, other), values, strict=True))))
    return found


def singles(seed: int = SEED) -> list[str]:
    """Give every filter once, and no filter."""
    draw = random.Random(seed)  # noqa: S311  # the same addresses at every run
    return ["", *(urlencode({n: value(n, draw.choice(BUNDLED.counted), draw)}) for n in NAMES)]


def displays(number: int, seed: int = SEED) -> list[str]:
    """Give addresses that set every parameter of the display, and a filter or none."""
    draw = random.Random(seed)  # noqa: S311  # the same addresses at every run
    filters = singles(seed + 1)
    return [
        "&".join(filter(None, (filters[at % len(filters)], *_display(draw))))
        for at in range(number)
    ]


def _display(draw: random.Random) -> list[str]:
    return [urlencode({name: draw.choice(values)}) for name, values in DISPLAYS.items()]
