"""The steps of prosecutions, against a second, plain way of reading the same files."""

from dataclasses import replace
from statistics import median

import pandas as pd
import pytest
from hypothesis import given

from incidents import steps
from incidents.counts import AUTHORITIES
from incidents.selection import Selection
from incidents.table import Incidents
from loaders import load
from tests import plain
from tests.conftest import DATA
from tests.incidents.test_selection import selections
from tests.plain import counted, fits

PACKAGE = load(DATA)
ROWS = [row for row in plain.rows() if counted(row)]
OPEN = ("criminal_case", "imprisonment", "conviction")


def acts(row):
    return set(row["violations"].split(";"))


def stories(selection=None):
    """Give the rows by the authorities of each prosecution of which the selection finds a row."""
    found = {}
    for row in ROWS:
        if row["episode"] and not row["protected"]:
            found.setdefault(row["episode"], []).append(row)
    return {
        name: [row for row in rows if row["perpetrator"] in AUTHORITIES]
        for name, rows in found.items()
        if any(row["perpetrator"] in AUTHORITIES and acts(row) & set(OPEN) for row in rows)
        and (selection is None or any(fits(row, selection) for row in rows))
    }


@given(selections)
def test_steps_and_outcomes_are_those_that_a_loop_over_the_rows_counts(selection):
    selection = selection.without("q")
    found = steps.steps(PACKAGE.incidents.select(selection))
    told = stories(selection)
    assert found.n == len(told) == len(found.first)
    for act, n in found.having.items():
        assert n == sum(any(act in acts(row) for row in rows) for rows in told.values())
    charged = {k: [r for r in rows if acts(r) & set(OPEN)] for k, rows in told.items()}
    for outcome, n in found.outcomes.items():
        assert n == sum(any(r["response"] == outcome for r in rows) for rows in charged.values())
    assert found.open == sum(
        not any("conviction" in acts(r) or r["response"] in steps.OUTCOMES for r in rows)
        for rows in charged.values()
    )


def test_the_time_between_steps_is_the_months_between_the_first_records_of_each(monkeypatch):
    monkeypatch.setattr(steps, "FEWEST_PAIRS", 1)
    found = steps.steps(PACKAGE.incidents.select(Selection()))
    assert found.waits
    for wait in found.waits:
        months = [m for rows in stories().values() if (m := between(rows, wait)) is not None]
        assert wait.pairs == len(months)
        assert wait.months == (median(months), min(months), max(months))


def between(rows, wait):
    first = []
    for act in (wait.earlier, wait.later):
        having = sorted((r for r in rows if act in acts(r)), key=lambda r: r["date"])
        if not having or any(r["date_precision"] not in ("month", "day") for r in having):
            return None
        first.append(having[0])
    if first[0]["incident_id"] == first[1]["incident_id"]:
        return None
    (year, month), (later_year, later_month) = (map(int, r["date"].split("-")[:2]) for r in first)
    months = (later_year - year) * 12 + later_month - month
    return months if months >= 0 else None


def test_fewer_than_ten_pairs_give_no_number():
    waits = steps.steps(PACKAGE.incidents.select(Selection())).waits
    assert all((wait.months is None) == (wait.pairs < 10) for wait in waits)


def made(*rows: dict[str, str]) -> Incidents:
    """Put episodes of records into the frame of the bundled package: ten prosecutions or more."""
    frame = PACKAGE.incidents.frame
    like = frame[~frame["protected"] & (frame["kind"] == "incident") & (frame["flag"] == "")]
    found = pd.concat([like.head(1)] * len(rows), ignore_index=True)
    for name in rows[0]:
        found[name] = [row[name] for row in rows]
    found["first_day"] = pd.to_datetime(found["first_day"])
    for name in ("violations", "episode", "perpetrator", "response", "date_precision"):
        found[name] = found[name].astype("category")
    return replace(PACKAGE.incidents, frame=found)


def record(number: int, episode: str, day: str, violations: str, **more: str) -> dict[str, str]:
    given = {
        "incident_id": f"M-{number:04}",
        "episode": episode,
        "first_day": day,
        "violations": violations,
        "perpetrator": "authorities",
        "response": "not_applicable",
        "date_precision": "day",
    }
    return given | more


def cases(n: int) -> list[dict[str, str]]:
    """Make n prosecutions: the k-th one has its verdict k months after the case was opened."""
    opened = [record(k, f"E{k:03}", "2020-01-31", "criminal_case") for k in range(1, n + 1)]
    days = [pd.Timestamp("2020-01-01") + pd.DateOffset(months=k) for k in range(1, n + 1)]
    verdicts = [
        record(1000 + k, f"E{k:03}", f"{day:%Y-%m-%d}", "conviction;imprisonment")
        for k, day in enumerate(days, start=1)
    ]
    return [*opened, *verdicts]


def of_case(rows):
    found = steps.steps(made(*rows).select(Selection()))
    return next(wait for wait in found.waits if wait.earlier == "criminal_case")


def test_ten_pairs_give_a_median_and_a_range_in_calendar_months_beside_those_still_open():
    waiting = record(2000, "E900", "2020-05-05", "criminal_case;detention")
    wait = of_case([*cases(11), waiting])
    assert (wait.pairs, wait.months, wait.open) == (11, (6.0, 1, 11), 1)


@pytest.mark.parametrize(
    "spoilt",
    [
        # the steps stand in one record: no time lies between them
        {"violations": "criminal_case;conviction"},
        # dated by the year alone
        {"date_precision": "year"},
        # after the verdict: another case of the same story
        {"first_day": "2022-01-01"},
        # committed by others: no step of a prosecution
        {"perpetrator": "non_state"},
    ],
)
def test_a_pair_that_cannot_be_told_is_none(spoilt):
    rows = cases(10)
    assert of_case(rows).months
    rows[0] |= spoilt
    wait = of_case(rows)
    assert (wait.pairs, wait.months) == (9, None)


def test_what_became_of_a_complaint_is_no_outcome_for_the_prosecuted():
    rows = [
        record(1, "E1", "2020-01-01", "criminal_case"),
        record(2, "E1", "2020-02-01", "physical_assault", response="case_dropped"),
    ]
    found = steps.steps(made(*rows).select(Selection()))
    assert (found.n, found.open, int(found.outcomes.sum())) == (1, 1, 0)
    rows[0] |= {"response": "acquittal"}
    found = steps.steps(made(*rows).select(Selection()))
    assert (found.open, found.outcomes["acquittal"]) == (0, 1)


def test_a_selection_of_nothing_has_no_prosecution():
    found = steps.steps(PACKAGE.incidents.select(Selection(q="nothing like it")))
    assert (found.n, found.open, found.single, found.first) == (0, 0, 0, ())
