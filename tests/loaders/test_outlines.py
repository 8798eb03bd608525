"""Outlines wind as RFC 7946 asks."""

import itertools
import json

import pytest

from loaders.needs import OUTLINES
from tests.conftest import DATA


def rings(name):
    """Give every ring of a file of outlines, and whether it is the outer one of its polygon."""
    for feature in json.loads((DATA / name).read_text(encoding="utf-8"))["features"]:
        shape = feature["geometry"]
        many = shape["type"] == "MultiPolygon"
        for polygon in shape["coordinates"] if many else [shape["coordinates"]]:
            for place, ring in enumerate(polygon):
                yield place == 0, ring


def runs_counter_clockwise(ring):
    """Tell it by the signed area (the shoelace formula)."""
    pairs = itertools.pairwise(ring)
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairs) > 0


@pytest.mark.parametrize("name", OUTLINES)
def test_outer_rings_run_counter_clockwise_and_holes_clockwise(name):
    found = list(rings(name))
    assert len(found) > 6
    for is_outer, ring in found:
        assert ring[0] == ring[-1]
        assert runs_counter_clockwise(ring) == is_outer


def test_every_outline_lies_where_it_lay_before(package):
    centres = [feature["properties"] for feature in package.regions["features"]]
    (south, west), (north, east) = package.bounds
    assert len(centres) == len(package.population)
    assert all(west < c["label_lon"] < east and south < c["label_lat"] < north for c in centres)
