"""Counts against a second, plain way of counting the same files: loops over rows of text."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents import counts
from incidents.selection import Selection, Span
from incidents.table import FACETS, Incidents
from loaders import load
from tests import plain
from tests.conftest import DATA
from tests.incidents.test_selection import selections
from tests.plain import counted, fits, span

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
def test_counts_by_code_and_of_options_are_those_of_a_loop(selection, facet):
    selection = selection.without("q")
    subset = PACKAGE.incidents.select(selection)
    others = selection.without(facet)
    for found, rows in (
        (counts.by_code(subset, facet), [r for r in ROWS if fits(r, selection)]),
        (counts.options(subset, facet), [r for r in ROWS if fits(r, others)]),
    ):
        for code, n in found.items():
            assert n == sum(code in row[FACETS[facet]].split(";") for row in rows)


@given(selections, st.sampled_from(["year", "quarter", "month"]))
def test_every_incident_is_in_one_period_or_counted_as_left_out(selection, per):
    subset = PACKAGE.incidents.select(selection.without("q"))
    found = counts.by_period(subset, per)
    assert found.table["n"].sum() + found.left_out + found.outside == subset.n


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


def test_axes_begin_and_end_with_collection():
    media = counts.by_period(PACKAGE.incidents.select(Selection(data=("media",))), "month")
    assert media.table.index[0] == "2017-01"
    assert media.table.index[-1] == "2025-11"
    assert media.provisional == {"2025-09", "2025-10", "2025-11"}
    assert counts.by_period(PACKAGE.incidents.select(Selection(data=("media",)))).incomplete == {
        "2025"
    }


def test_the_opening_period_is_the_last_five_years_that_both_datasets_cover():
    incidents = PACKAGE.incidents
    assert counts.opening_period(incidents, Selection()) == ("2020", "2024")
    assert counts.opening_period(incidents, Selection(data=("rights",))) == ("2021", "2025")
    assert counts.opening_period(incidents, Selection(end="2022")) == ("", "2022")


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
        ("\\", lambda r: False),
        (".*", lambda r: False),
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


def test_change_compares_only_what_lies_wholly_inside_a_year():
    subset = PACKAGE.incidents.select(Selection())
    found = counts.change(subset, Span.of("2021"), Span.of("2022"))
    assert isinstance(found, pd.Series)
    inside = {
        year: [r for r in ROWS if all(f"{d:%Y}" == year for d in span(r))]
        for year in ("2021", "2022")
    }
    for region, n in found.items():
        assert n == sum(r["region"] == region for r in inside["2022"]) - sum(
            r["region"] == region for r in inside["2021"]
        )
