"""No published cell tells a smaller one: every possible world is tried, not argued."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import pandas as pd
import pytest

from incidents import cells
from incidents.cells import FEW, KEY, TOTAL, WITHHELD
from incidents.protection import Circumstances, K

SMALL = set(range(K))
Words = tuple[object, ...]


def worlds(size: int, most: int) -> Iterator[tuple[int, ...]]:
    """Give every row of so many cells that adds up to no more than `most`."""
    return (row for row in product(range(most + 1), repeat=size) if sum(row) <= most)


def published(row: tuple[int, ...], before: Words = ()) -> Words:
    """Publish a total and a row of cells, after a release that said `before`."""
    total, *kept = map(cells.steady, before or ("",) * (len(row) + 1), (sum(row), *row))
    return tuple(map(str, cells.worded([total], total) + cells.worded(kept, total)))


@pytest.mark.parametrize(("size", "most"), [(2, 20), (3, 16), (4, 14)])
def test_a_small_cell_may_be_any_number_below_k_in_the_worlds_that_look_the_same(size, most):
    alike = defaultdict(lambda: [set() for _ in range(size)])
    for row in worlds(size, most):
        for cell, number in zip(alike[published(row)], row, strict=True):
            cell.add(number)
    assert any(FEW in words and words[0].isdecimal() for words in alike)
    for words, possible in alike.items():
        for word, numbers in zip(words[1:], possible, strict=True):
            assert word != FEW or numbers >= SMALL, words
            assert word != WITHHELD or len(numbers) > 1, words


@pytest.mark.parametrize(("size", "most"), [(2, 14), (3, 12)])
def test_two_releases_together_tell_no_more_of_a_small_cell_than_one(size, most):
    alike = defaultdict(lambda: [[set() for _ in range(size)] for _ in range(2)])
    for row in worlds(size, most):
        before = published(row)
        for new in worlds(size, most + K):
            found = alike[before, published(new, before)]
            for possible, world in zip(found, (row, new), strict=True):
                for cell, number in zip(possible, world, strict=True):
                    cell.add(number)
    for releases, possible in alike.items():
        for words, numbers in zip(releases, possible, strict=True):
            for word, cell in zip(words[1:], numbers, strict=True):
                assert word != FEW or cell >= SMALL, releases


@pytest.mark.parametrize(
    ("before", "row", "expected"),
    [
        (("10", "4", "6"), (5, 6), ("10", "4", "6")),
        (("10", "4", "6"), (7, 6), ("13", "7", "6")),
        (("10", "4", "6"), (4, 6), ("10", "4", "6")),
        (("3", "3", FEW), (2, 0), (FEW, FEW, FEW)),
    ],
)
def test_a_number_moves_only_by_k_or_more(before, row, expected):
    assert published(row, before) == expected


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        (["9", "4", "5"], False),
        (["9", "8", FEW], True),
        (["9", WITHHELD, FEW], False),
        (["9", FEW, FEW], True),
        (["6", "5", WITHHELD], True),
        (["20", "4", WITHHELD, WITHHELD, FEW], True),
        (["9", WITHHELD, WITHHELD], False),
        ([FEW, FEW, FEW], False),
        ([WITHHELD, "4", FEW], True),
    ],
)
def test_a_table_that_gives_a_small_cell_away_is_recognised(said, tells):
    keys = [("groups", "g", TOTAL, ""), *(("groups", "g", "year", str(c)) for c in said[1:])]
    keys = [(*key[:3], f"{place}" if key[2] == "year" else "") for place, key in enumerate(keys)]
    words = pd.Series(said, index=pd.MultiIndex.from_tuples(keys, names=KEY))
    assert cells.gives_away(words).any() == tells


def test_rows_without_their_total_are_refused():
    keys = [("groups", "g", "year", "2020"), ("groups", "g", "year", "2021")]
    words = pd.Series(["5", FEW], index=pd.MultiIndex.from_tuples(keys, names=KEY))
    assert cells.gives_away(words).all()


@pytest.mark.parametrize(
    ("released", "collected_to", "last"),
    [
        ("2026-03-31", "2026-12-31", "2025"),
        ("2026-03-30", "2026-12-31", "2024"),
        ("2026-11-24", "2025-12-30", "2024"),
        ("2026-11-24", "2025-12-31", "2025"),
    ],
)
def test_a_year_counts_once_it_was_collected_whole_and_is_over_for_the_delay(
    package, released, collected_to, last
):
    about = Circumstances(
        "rights", package.codebook, pd.Timestamp(released), pd.Timestamp(collected_to)
    )
    assert cells.years(about, pd.Timestamp("2017-01-01"))[-1] == last
    assert cells.years(about, pd.Timestamp("2017-01-02"))[0] == "2018"
