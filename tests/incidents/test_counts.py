"""Counts against a second, plain way of counting the same files: loops over rows of text."""

from collections import Counter
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents import counts
from incidents.filters import FACETS
from incidents.selection import Selection, Span
from incidents.table import Incidents
from loaders import load
from tests import plain
from tests.conftest import DATA
from tests.incidents.test_selection import FILTERS, narrow, selections
from tests.plain import counted, fits

PACKAGE = load(DATA)
ROWS = [row for row in plain.rows() if counted(row)]


@given(selections)
def test_a_selection_finds_what_a_loop_over_the_rows_finds(selection):
    selection = selection.without("q")
    subset = PACKAGE.incidents.select(selection)
    expected = {row["incident_id"] for row in ROWS if fits(row, selection)}
    assert set(subset.records()["incident_id"]) == expected
    assert subset.n == len(expected)


@given(selections, st.sampled_from(list(FACETS)))
def test_options_are_counted_as_a_loop_counts_them(selection, facet):
    selection = selection.without("q")
    rows = [r for r in ROWS if fits(r, selection.without(facet))]
    for code, n in counts.options(PACKAGE.incidents.select(selection), facet).items():
        assert n == sum(code in row[FACETS[facet].column].split(";") for row in rows)


def held_by_code(rows, facet):
    return Counter(code for row in rows for code in set(row[FACETS[facet].column].split(";")))


def assert_counted_or_away(selection, facet):
    """Hold that each code has the number of a loop, or is missing: taken away by a filter."""
    subset = PACKAGE.incidents.select(selection)
    rows = [r for r in ROWS if fits(r, selection)]
    expected = held_by_code(rows, facet)
    naming = held_by_code([r for r in rows if r["persons"]], facet)
    people = counts.by_code(subset, facet, "people")
    for code, n in counts.by_code(subset, facet).items():
        away = not expected[code] and not plain.possible(selection, facet, code)
        assert pd.isna(n) == pd.isna(people[code]) == away
        assert away or (n == expected[code] and (people[code] == 0 or naming[code]))


@given(st.one_of(selections, narrow), st.sampled_from(list(FACETS)))
def test_a_code_has_the_number_of_a_loop_or_none_if_a_filter_took_it_away(selection, facet):
    assert_counted_or_away(selection.without("q"), facet)


@pytest.mark.parametrize("facet", FACETS)
def test_what_any_filter_took_away_is_never_zero(facet):
    for name, code in FILTERS:
        if name != "place" or int(code) % 5 == 0:  # a fifth of the places says as much
            assert_counted_or_away(Selection(**{name: (code,)}), facet)


@pytest.mark.parametrize(
    ("filters", "facets"),
    [
        ({"region": ("KG-C",), "place": ("1528675",)}, ("region", "place")),
        ({"data": ("media",), "category": ("violence",)}, ("data", "category", "violation")),
    ],
)
def test_filters_that_exclude_each_other_leave_nothing_to_count(filters, facets):
    subset = PACKAGE.incidents.select(Selection(**filters))
    for facet in facets:
        assert counts.by_code(subset, facet).isna().all()
    assert counts.by_period(subset).n == 0


def test_settlements_that_are_chosen_take_away_what_has_none():
    subset = PACKAGE.incidents.select(Selection(region=("KG-C",)))
    found = counts.region_only(subset)
    assert list(found.index[found.notna()]) == ["KG-C"]
    assert counts.region_only(PACKAGE.incidents.select(Selection(place=("1528675",)))).isna().all()


@pytest.mark.parametrize("unit", ["incidents", "people"])
def test_what_a_region_has_is_in_its_settlements_or_in_the_region_alone(unit):
    subset = PACKAGE.incidents.select(Selection())
    region_of = PACKAGE.incidents.places["region"]
    placed = counts.by_code(subset, "place", unit).groupby(region_of).sum()
    only = counts.region_only(subset, unit)
    by_region = counts.by_code(subset, "region", unit)
    assert list(by_region) == list(placed.reindex(by_region.index).fillna(0) + only)


@pytest.mark.parametrize(
    ("filters", "which", "outcomes"),
    [
        ({}, 5, 5),
        ({"perpetrator": ("authorities",)}, 0, 5),
        ({"perpetrator": ("unknown",)}, 5, 0),
        ({"response": ("charges",)}, 1, 1),
        ({"response": ("none_reported",)}, 0, 0),
    ],
)
def test_a_response_that_a_filter_took_away_is_missing(filters, which, outcomes):
    found = counts.responses(PACKAGE.incidents.select(Selection(**filters)))
    assert (found.which.notna().sum(), found.outcomes.notna().sum()) == (which, outcomes)


def test_records_that_were_checked_otherwise_are_not_checked_twice():
    assert counts.checked_twice(PACKAGE.incidents.select(Selection(checked=("once",)))) == 0
    twice = PACKAGE.incidents.select(Selection(checked=("twice",)))
    assert counts.checked_twice(twice) == twice.n > 0


def test_a_rate_is_missing_where_the_count_is():
    subset = PACKAGE.incidents.select(Selection(region=("KG-GB",)))
    found = counts.rates(counts.by_code(subset, "region"), PACKAGE.population)
    assert list(found.index[found.notna()]) == ["KG-GB"]
    assert found["KG-GB"] == pytest.approx(subset.n / PACKAGE.population["KG-GB"] * 100_000)


@given(selections, st.sampled_from(["year", "quarter", "month"]))
def test_every_incident_is_in_one_period_or_counted_as_left_out(selection, per):
    subset = PACKAGE.incidents.select(selection.without("q"))
    found = counts.by_period(subset, per)
    assert found.table["n"].sum() == found.n
    assert found.n + found.left_out + found.outside == subset.n


@pytest.mark.parametrize(
    ("per", "precisions"), [("year", []), ("quarter", ["year"]), ("month", ["year"])]
)
def test_a_date_too_vague_for_the_period_is_left_out_and_counted(per, precisions):
    found = counts.by_period(PACKAGE.incidents.select(Selection()), per)
    assert found.left_out == sum(row["date_precision"] in precisions for row in ROWS)


@pytest.mark.parametrize("split", ["data", "category", "perpetrator"])
def test_layers_add_up_to_the_whole(split):
    subset = PACKAGE.incidents.select(Selection(start="2019"))
    whole = counts.by_period(subset, "quarter").table["n"]
    layers = counts.by_period(subset, "quarter", split=split).table.sum(axis=1)
    assert list(layers) == list(whole)


def test_what_is_less_well_covered_is_provisional():
    first = {"media": pd.Timestamp("2025-02-01")}
    incidents = replace(PACKAGE.incidents, less_covered=first)
    media, others = (incidents.select(Selection(data=(name,))) for name in ("media", "rights"))
    assert min(counts.by_period(media, "month").provisional) == "2025-02"
    assert counts.by_period(others, "month").provisional == {"2025-12", "2026-01", "2026-02"}


def test_axes_begin_and_end_with_collection():
    media = counts.by_period(PACKAGE.incidents.select(Selection(data=("media",))), "month")
    assert media.table.index[0] == "2017-01"
    assert media.table.index[-1] == "2026-02"
    assert media.provisional == {"2025-12", "2026-01", "2026-02"}
    assert counts.by_period(PACKAGE.incidents.select(Selection(data=("media",)))).incomplete == {
        "2026"
    }


def test_the_opening_period_is_the_last_five_years_that_both_datasets_cover():
    collection = PACKAGE.incidents.collection
    cut = {**collection, "media": (collection["media"][0], pd.Timestamp("2025-11-30"))}
    incidents = replace(PACKAGE.incidents, collection=cut)
    assert counts.opening_period(PACKAGE.incidents, Selection()) == Span("2021", "2025")
    assert counts.opening_period(incidents, Selection()) == Span("2020", "2024")
    assert counts.opening_period(incidents, Selection(data=("rights",))) == Span("2021", "2025")
    assert counts.opening_period(incidents, Selection(category=("violence",))).end == "2025"


def small(rows):
    """Make incidents of the bundled release's shape from a few values."""
    frame = PACKAGE.incidents.frame.head(len(rows)).copy()
    for column in rows[0]:
        frame[column] = [row[column] for row in rows]
        if column == "episode":
            frame[column] = frame[column].astype("category")
        if column == "persons":
            frame[column] = frame[column].astype("Int64")
    frame["kind"] = "incident"
    frame["flag"] = ""
    return Incidents(
        frame, PACKAGE.codebook, PACKAGE.incidents.places, PACKAGE.incidents.collection
    )


def test_people_of_one_story_are_counted_once():
    incidents = small(
        [
            {"episode": "E-1", "persons": 3},
            {"episode": "E-1", "persons": 5},
            {"episode": None, "persons": 2},
            {"episode": None, "persons": None},
        ]
    )
    subset = incidents.select(Selection())
    assert counts.total(subset, "people") == 7
    assert counts.naming_persons(subset) == 3
    assert int(counts.by_code(subset, "data", "people").sum()) == 7


def test_of_what_others_did_the_named_responses_are_counted_apart():
    found = counts.responses(PACKAGE.incidents.select(Selection()))
    theirs = [r for r in ROWS if r["perpetrator"] in ("authorities", "mixed")]
    others = [r for r in ROWS if r["perpetrator"] not in ("authorities", "mixed")]
    named = {"investigation", "charges", "conviction", "acquittal", "case_dropped"}
    assert found.by_authorities == len(theirs)
    assert found.by_others == len(others)
    assert found.answered == sum(r["response"] in named for r in others)
    assert found.outcomes.sum() == sum(r["response"] in named for r in theirs)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kloop", lambda r: "kloop" in (r["summary"] + r["source_name"]).casefold()),
        ("M-0105", lambda r: r["incident_id"] == "M-0105"),
        ("k.*p", lambda r: False),
        ("\\w", lambda r: False),
    ],
)
def test_text_is_searched_as_it_stands(text, expected):
    found = set(PACKAGE.incidents.select(Selection(q=text)).records()["incident_id"])
    assert found == {r["incident_id"] for r in ROWS if expected(r)}


def test_a_label_in_any_language_finds_the_same_records():
    book = PACKAGE.codebook
    found = [
        set(
            PACKAGE.incidents.select(Selection(q=book.label("groups", "lgbtq", lang))).records()[
                "incident_id"
            ]
        )
        for lang in ("en", "ru", "ky")
    ]
    assert found[0] == found[1] == found[2]
