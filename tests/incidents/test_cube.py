"""Counts of a cube against those of the records themselves, over every parameter of an address."""

from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import generate
from incidents import change, counts, cube, impact, steps
from incidents.filters import FACETS
from incidents.selection import Selection, Span
from loaders import load
from tests.conftest import DATA
from tests.incidents.test_selection import narrow, selections

PACKAGE = load(DATA)
UNITS = ("incidents", "people")


def cubed(incidents, parts=1):
    """Give the cube of some incidents, summed from parts of them."""
    cuts = np.array_split(np.arange(len(incidents.frame)), parts)
    each = [cube.cells(incidents.frame.iloc[cut], incidents.collection) for cut in cuts]
    return replace(incidents, frame=cube.table(cube.summed(each), incidents.places.index))


GENERATED = generate.incidents(PACKAGE, 1_000)
BOTH = {
    "bundled": (PACKAGE.incidents, cubed(PACKAGE.incidents)),
    "generated": (GENERATED, cubed(GENERATED, 7)),
}


def numbers(incidents, selection, spans):
    """Give every number that any surface is made from."""
    subset = incidents.select(selection)
    one, other = spans
    yield subset.n, incidents.total, subset.weights is None or subset.weights.sum()
    for unit in UNITS:
        yield counts.total(subset, unit)
        yield counts.region_only(subset, unit)
        yield from (counts.by_code(subset, facet, unit) for facet in FACETS)
        for split in ("", "data", "category", "group", "perpetrator"):
            yield from (asdict(counts.by_period(subset, p, unit, split)) for p in counts.PERIODS)
        yield asdict(counts.by_period(subset, "month", unit, span=one))
    yield from (counts.options(subset, facet) for facet in FACETS)
    yield from (f(subset) for f in (counts.naming_persons, counts.checked_twice, counts.vague))
    yield asdict(counts.responses(subset))
    yield counts.change(subset, one, other)
    yield change.compare(subset, one, other)
    yield change.trend(subset, one)
    yield from (change.breakdown(subset, facet, one, other) for facet in ("region", "violation"))
    yield impact.by_programme(subset)
    told = asdict(steps.steps(subset))
    yield {name: value for name, value in told.items() if name != "records"}


def same(one, other):
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, pd.Series | pd.DataFrame):
        return one.equals(other.astype(one.dtype if one.ndim == 1 else one.dtypes))
    return one == other or repr(one) == repr(other)  # nan is not itself


def assert_same(ordinary, cells, selection, spans):
    both = zip(numbers(ordinary, selection, spans), numbers(cells, selection, spans), strict=True)
    for at, (records, summed) in enumerate(both):
        if at:  # the sum of weights is one's own
            assert same(records, summed), at
        else:
            assert records[:2] == summed[:2]


years = st.integers(2012, 2026)
spans = st.tuples(years, st.integers(0, 3), years, st.integers(0, 3)).map(
    lambda found: tuple(Span(f"{a}", f"{a + n}") for a, n in (found[:2], found[2:]))
)


@pytest.mark.parametrize("which", BOTH)
@given(st.one_of(selections, narrow), spans)
def test_every_number_of_a_cube_is_that_of_the_records(which, selection, spans):
    assert_same(*BOTH[which], selection.without("q"), spans)


@pytest.mark.parametrize("day", ["2018-01-01", "2018-03-14", "2018-03-31"])
def test_collection_may_begin_and_end_on_any_day(day):
    first, last = pd.Timestamp(day), pd.Timestamp("2023-07-09")
    collection = {**GENERATED.collection, "media": (first, last)}
    cut = replace(GENERATED, collection=collection)
    assert_same(cut, cubed(cut, 3), Selection(), (Span("2018", "2019"), Span("2023-07", "2023-08")))


def test_parts_sum_to_the_same_cells_however_they_are_cut():
    whole = cube.cells(GENERATED.frame, GENERATED.collection)
    shuffled = GENERATED.frame.sample(frac=1, random_state=1)
    cuts = np.array_split(np.arange(len(shuffled)), 11)
    parts = [cube.cells(shuffled.iloc[cut], GENERATED.collection) for cut in cuts]
    pd.testing.assert_frame_equal(cube.summed(parts), whole)
    again = cube.summed([*map(cube.summed, (parts[:4], parts[4:]))])
    pd.testing.assert_frame_equal(again, whole)


def test_no_two_cells_are_alike_and_none_is_empty():
    found = cube.cells(GENERATED.frame, GENERATED.collection)
    assert not found.duplicated(list(cube.DIMENSIONS)).any()
    assert found["n"].min() >= 1
    assert found["n"].sum() == len(GENERATED.frame)


def test_a_set_of_codes_is_one_dimension_so_that_nothing_counts_twice():
    found = cube.cells(PACKAGE.incidents.frame, PACKAGE.incidents.collection)
    assert set(found["groups"]) == set(PACKAGE.incidents.frame["groups"].astype(str))
