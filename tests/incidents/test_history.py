"""The past of a record: added, corrected, and what must not be told of it."""

import pandas as pd
import pytest

from incidents.citation import PUBLISHED
from incidents.history import ADDED, CORRECTED, JOINING, Held, Step, history

CELLS = dict.fromkeys(PUBLISHED, "") | {
    "incident_id": "M-9001",
    "link": "open",
    "violations": "threat",
    "source_url": "https://example.org/a",
    "source_published": "2021-03-04",
}
"""A made-up record. It is true of nobody."""


def held(version, *records, absent=()):
    """Give a release that holds made-up records, told by the cells that matter."""
    rows = [{**CELLS, "protected": False, **record} for record in records]
    return Held(version, pd.DataFrame(rows, columns=PUBLISHED), frozenset(absent))


def steps(*records, absent=()):
    """Give the past of one record that two releases hold, each by the cells that matter."""
    first, second = records
    return history([held("1", first, absent=absent), held("2", second)]).steps.get("M-9001")


@pytest.mark.parametrize(
    ("before", "after", "fields"),
    [
        ({}, {}, None),
        ({"violations": "threat"}, {"violations": "threat;assault"}, ("violations",)),
        ({"date": "2021"}, {"date": "2022", "persons": "3"}, ("date", "persons")),
        # what joins it to other records, which a withdrawal of these would change
        ({"episode": "E-M-1"}, {"same_event": "R-9001"}, None),
        # a link that was closed in one of both: not what page it was, when published, how risky
        ({"link": "withheld", "source_url": "", "source_published": "2021"}, {}, ("link",)),
        ({"reader_risk": "yes"}, {"link": "withheld", "source_url": ""}, ("link",)),
        ({"link": "withheld", "source_published": "2021"}, {"link": "withheld"}, None),
        (
            {"link": "withheld", "source_url": "", "source_published": "2021"},
            {"violations": "assault", "second_source_url": "https://example.org/b"},
            ("violations", "link"),
        ),
        # two pages, both open
        ({"source_url": "https://example.org/b"}, {}, ("source_url",)),
    ],
)
def test_a_correction_names_the_fields_that_differ_and_nothing_of_a_closed_page(
    before, after, fields
):
    told = [Step("1", ADDED)] + ([Step("2", CORRECTED, fields)] if fields else [])
    assert steps(before, after) == tuple(told)


def test_a_column_that_came_with_a_later_form_is_no_correction():
    assert steps({}, {"flag": "contested"}) == (Step("1", ADDED), Step("2", CORRECTED, ("flag",)))
    assert steps({}, {"flag": "contested"}, absent=("flag",)) == (Step("1", ADDED),)


def test_a_column_is_compared_with_the_last_release_that_had_it():
    found = history(
        [held("1", {"flag": "a"}, absent=("flag",)), held("2", {"flag": "b"}), held("3", {})]
    )
    assert found.steps["M-9001"] == (Step("1", ADDED), Step("3", CORRECTED, ("flag",)))


@pytest.mark.parametrize("at", [0, 1, 2])
def test_what_is_protected_in_any_release_has_no_past_in_any(at):
    records = [{"date": str(2020 + n), "protected": n == at} for n in range(3)]
    found = history([held(str(n), each) for n, each in enumerate(records)])
    assert not found.steps
    assert not found.until("0").steps
    assert not set().union(*found.added.values())


def test_a_record_that_was_away_for_a_while_is_not_new_and_is_compared_with_what_it_was():
    other = {"incident_id": "M-9002"}
    found = history([held("1", {}, other), held("2", other), held("3", {"date": "2021"}, other)])
    assert found.steps["M-9001"] == (Step("1", ADDED), Step("3", CORRECTED, ("date",)))


def test_of_a_pinned_release_nothing_is_told_that_came_later():
    found = history(
        [held("1", {}), held("2", {"date": "2021"}, {"incident_id": "M-9002"}), held("3", {})]
    )
    assert found.until("3") is found
    pinned = found.until("2")
    assert pinned.releases == ("1", "2")
    assert [step.release for step in pinned.steps["M-9001"]] == ["1", "2"]
    assert found.until("1").steps == {"M-9001": (Step("1", ADDED),)}
    assert found.added == {"1": {"M-9001"}, "2": {"M-9002"}, "3": frozenset()}
    assert found.until("unheard of").steps == {}


def test_only_in_the_oldest_release_a_record_may_be_older():
    found = history([held("1", {}), held("2", {"date": "2021"}, {"incident_id": "M-9002"})])
    first, second = (found.steps[name][0] for name in ("M-9001", "M-9002"))
    assert (found.or_earlier(first), found.or_earlier(second)) == (True, False)
    assert not found.or_earlier(found.steps["M-9001"][1])


def test_what_joins_records_is_among_the_published_columns():
    assert set(JOINING) < set(PUBLISHED)
