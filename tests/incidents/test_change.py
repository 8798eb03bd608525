"""Verdicts over records that are plainly made up, and over the bundled release."""

from dataclasses import fields
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import false_alarms
from incidents import change
from incidents.filters import FACETS
from incidents.selection import Selection, Span, first_day, last_day
from incidents.table import Incidents
from loaders import load
from tests.conftest import DATA
from tests.incidents.test_selection import selections

PACKAGE = load(DATA)
COLLECTED = {
    "media": (pd.Timestamp("2017-01-01"), pd.Timestamp("2025-11-30")),
    "rights": (pd.Timestamp("2018-01-01"), pd.Timestamp("2026-02-28")),
}


def made_up(days, dataset="media", collection=COLLECTED, **columns):
    """Make records that hold nothing but a date ("2021", "2021-03", "2021-03-05") and columns."""
    frame = PACKAGE.incidents.frame.iloc[:0].reindex(range(len(days)))
    frame["dataset"] = pd.Categorical([dataset] * len(days), list(COLLECTED))
    frame["kind"], frame["flag"] = "incident", ""
    frame["date_precision"] = [{4: "year", 7: "month", 10: "day"}[len(day)] for day in days]
    for column, end in (("first_day", first_day), ("last_day", last_day)):
        frame[column] = [pd.Timestamp(d) if len(d) == 10 else end(d) for d in days]
    for column, values in columns.items():
        frame[column] = pd.Categorical(values)
    return Incidents(frame, PACKAGE.codebook, PACKAGE.incidents.places, collection)


def months(year, counts):
    """Date so many records to each month of a year."""
    return [f"{year}-{month:02}" for month, n in enumerate(counts, 1) for _ in range(n)]


def compared(incidents, one, other, **selection):
    subset = incidents.select(Selection(**selection))
    return change.compare(subset, Span.of(one), Span.of(other))


FEW, MANY = [1, 2, 1, 0, 2, 1, 2, 1, 0, 2, 1, 1], [5, 6, 4, 5, 7, 5, 4, 6, 5, 6, 4, 5]
BURST = [0] * 5 + [30] + [0] * 6
WAVES = [9, 9, 9, 8, 9, 9, 1, 0, 1, 0, 1, 1]


@pytest.mark.parametrize(
    ("earlier", "later", "verdict"),
    [
        (months(2020, FEW), months(2021, MANY), "rose"),
        (months(2020, MANY), months(2021, FEW), "fell"),
        (months(2019, FEW), months(2021, FEW), "equal"),
        (months(2020, FEW), months(2021, [1] * 12), "too_few"),
        # thirty incidents of one event: the exact interval alone would say that they rose
        (months(2020, FEW), months(2021, BURST), "too_few"),
        (months(2020, [0, 1] + [0] * 10), months(2021, WAVES), "hang_together"),
        (months(2020, FEW), ["2021"] * 60, "too_vague"),
        ([], ["2021"] * 60, "too_vague"),
        ([], [], "no_records"),
        ([], ["2021-03"], "too_few"),
        ([], months(2021, MANY), "rose"),
    ],
)
def test_the_verdict_follows_the_wider_interval(earlier, later, verdict):
    year = earlier[0][:4] if earlier else "2020"
    found = compared(made_up([*earlier, *later]), year, "2021").change
    assert found.verdict == verdict
    assert found.n == (len(earlier), len(later))
    if found.widened:
        assert found.widened.low <= found.independent.low
        assert found.widened.high >= found.independent.high


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("2021", "2021", "same_period"),
        ("2021", "2021-01..2021-12", "same_period"),
        ("2021", "2021-03", "overlapping"),
        ("2019..2021", "2021..2022", "overlapping"),
        ("2016", "2021", "outside"),
        ("2021", "2026", "outside"),
        # one month each: nothing to measure dispersion with, whatever the counts
        ("2020-02", "2021-02", "too_short"),
    ],
)
def test_periods_that_cannot_be_compared_get_a_code(one, other, verdict):
    incidents = made_up(months(2020, FEW) + months(2021, [0, 40]))
    assert compared(incidents, one, other).change.verdict == verdict
    subset = incidents.select(Selection())
    for facet in FACETS:
        change.breakdown(subset, facet, Span.of(one), Span.of(other))


def test_only_records_wholly_inside_a_period_are_counted_and_the_rest_is_named():
    days = ["2020-12-31", "2020", "2021-03", "2021", "2021-01-15", "2019"]
    found = compared(made_up(days), "2020-07..2020-12", "2021")
    assert (found.earlier.n, found.later.n) == (1, 3)
    assert found.left_out == change.LeftOut(vague=1, uncollected=0, elsewhere=1)


def test_the_earlier_period_comes_first_whatever_the_order():
    incidents = made_up(months(2020, FEW) + months(2021, MANY))
    assert compared(incidents, "2021", "2020") == compared(incidents, "2020", "2021")


def test_a_period_that_collection_covers_in_part_counts_for_its_days():
    collection = {**COLLECTED, "media": (pd.Timestamp("2020-07-01"), pd.Timestamp("2021-12-31"))}
    incidents = made_up(months(2020, [1] * 12) + months(2021, [1] * 12), collection=collection)
    found = compared(incidents, "2020", "2021", data=("media",))
    assert (found.earlier.n, found.later.n) == (6, 12)
    assert (found.earlier.days, found.later.days) == (184, 365)
    assert (found.earlier.whole, found.later.whole) == (False, True)
    assert (found.earlier.provisional, found.later.provisional) == (False, True)
    assert found.left_out.uncollected == 6
    assert found.change.independent.ratio == pytest.approx(12 / 6 * 184 / 365)


def test_a_year_in_which_only_one_dataset_was_collected_is_not_compared_for_both():
    incidents = made_up(months(2017, MANY) + months(2019, FEW))
    assert compared(incidents, "2017", "2019").change.verdict == "outside"
    assert compared(incidents, "2017", "2019", data=("media",)).change.verdict == "fell"


def test_days_outside_the_selection_are_not_taken_for_days_without_incidents():
    incidents = made_up([*months(2020, MANY), *months(2021, MANY), "2020"])
    found = compared(incidents, "2020", "2021", start="2020-07")
    assert found.earlier.days == 184
    assert found.left_out == change.LeftOut(vague=1, uncollected=0, elsewhere=0)
    assert found.change.verdict in ("equal", "too_few")
    assert compared(incidents, "2020", "2021", start="2021").change.verdict == "outside"


def test_records_of_one_episode_are_one_episode():
    days = months(2020, [1] * 6) + months(2021, [1] * 6)
    episodes = ["E-1"] * 4 + [None] * 4 + ["E-2"] * 2 + ["E-1"] * 2
    found = compared(made_up(days, episode=episodes), "2020", "2021")
    assert (found.earlier.episodes, found.later.episodes) == (3, 4)


spans = st.one_of(
    st.integers(2016, 2027).map(str),
    st.tuples(st.integers(2016, 2027), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}"),
    st.tuples(st.integers(2016, 2027), st.integers(0, 11)).map(lambda p: f"{p[0]}..{sum(p)}"),
).map(Span.of)


@given(selections, spans, spans)
@settings(max_examples=60)
def test_every_record_is_on_one_side_or_left_out_for_a_reason(selection, one, other):
    subset = PACKAGE.incidents.select(selection)
    found = change.compare(subset, one, other)
    assert found.change.verdict in get_args(change.Verdict)
    if found.change.verdict not in ("same_period", "overlapping"):
        sides = found.earlier.n + found.later.n
        assert sides + sum(vars(found.left_out).values()) == subset.n
    assert change.trend(subset, one).verdict in get_args(change.Verdict)


@pytest.mark.parametrize("facet", ["region", "group", "violation", "data"])
def test_a_breakdown_compares_every_code_as_a_selection_of_it_would_be(facet):
    one, other = Span.of("2021"), Span.of("2022")
    found = change.breakdown(PACKAGE.incidents.select(Selection()), facet, one, other)
    held = {}
    for code in PACKAGE.incidents.facets[facet].codes:
        alone = change.compare(PACKAGE.incidents.select(Selection(**{facet: (code,)})), one, other)
        if sum(alone.change.n):
            held[code] = alone.change
    assert found.verdict is None
    assert found.compared == len(held) == len(found.changes)
    for code, one_by_one in held.items():
        assert found.changes[code].n == one_by_one.n
        assert found.changes[code].independent == one_by_one.independent
        assert found.changes[code].widened == one_by_one.widened
        assert found.corrected[code] >= (one_by_one.p or 0) - 1e-12


def judged(p, verdicts):
    nothing = np.zeros(len(p))
    return change.Judged(np.array(verdicts), np.array(p), nothing, nothing, nothing, nothing)


def test_the_correction_calls_what_benjamini_and_hochberg_called():
    # Benjamini and Hochberg 1995, section 4: of these fifteen, the first four
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    found, corrected = change.correct(judged(p, ["rose"] * 9 + ["too_few"] * 6))
    assert list(found.verdicts) == ["rose"] * 4 + ["too_few"] * 11
    assert corrected[3] == pytest.approx(0.0095 * 15 / 4)


def test_a_refused_code_stays_among_the_compared():
    found, corrected = change.correct(judged([0.001, 0.02], ["hang_together", "fell"]))
    assert list(found.verdicts) == ["hang_together", "fell"]
    assert list(corrected) == pytest.approx([1, 0.04])


RISING = [days for year in range(2018, 2024) for days in months(year, [year - 2017, 1] * 6)]

FALLING = [day for year in range(2018, 2024) for day in months(year, [2024 - year, 1] * 6)]
LONG_WAVES = [
    day
    for year, each in zip(range(2018, 2024), [1, 1, 2, 8, 2, 9], strict=True)
    for day in months(year, [each] * 12)
]


@pytest.mark.parametrize(
    ("days", "span", "verdict"),
    [
        (RISING, "2018..2023", "rose"),
        (FALLING, "2018..2023", "fell"),
        (RISING, "2019-01..2019-12", "too_few"),
        (RISING, "2019-01..2019-06", "too_short"),
        (RISING, "2016", "outside"),
        (RISING, "2024", "no_records"),
        (["2020-01"], "2018..2023", "too_few"),
        (months(2020, BURST), "2018..2023", "too_few"),
        (LONG_WAVES, "2018..2023", "hang_together"),
        (["2020"] * 50, "2018..2023", "no_records"),
    ],
)
def test_a_trend_through_months_gets_a_verdict(days, span, verdict):
    subset = made_up(days).select(Selection())
    assert change.trend(subset, Span.of(span)).verdict == verdict


def test_a_trend_says_what_takes_no_part_in_it():
    days = [*RISING, "2020", "2017-05", "2025-01"]
    found = change.trend(made_up(days).select(Selection()), Span.of("2018..2023"))
    assert (found.first, found.last, found.months) == ("2018-01", "2023-12", 72)
    assert (found.n, found.left_out, found.outside) == (len(RISING), 1, 2)


def test_the_ends_of_a_span_are_its_complete_years():
    subset = made_up([]).select(Selection())
    ends = change.first_and_last(subset, Span.of("2016..2026"))
    assert ends == (Span.of("2018"), Span.of("2024"))
    assert change.first_and_last(subset, Span.of("2021")) is None


@pytest.mark.parametrize(
    ("year", "n", "ratio", "low", "high"),
    [(2021, (17, 44), 2.59, 1.45, 4.83), (2022, (17, 130), 7.65, 4.60, 13.53)],
)
def test_published_totals_get_what_chance_leaves_open_and_no_verdict(year, n, ratio, low, high):
    found = change.published(PACKAGE.published, 2018, year)
    assert found.n == n
    interval = found.independent
    assert (interval.ratio, interval.low, interval.high) == pytest.approx(
        (ratio, low, high), abs=0.006
    )
    assert (found.years, round(found.dispersion, 1)) == (5, 18.5)
    assert "verdict" not in {field.name for field in fields(found)}


@pytest.mark.parametrize(("one", "other", "missing"), [(2017, 2021, (2017,)), (2018, 2018, ())])
def test_published_totals_that_cannot_be_compared_say_so(one, other, missing):
    found = change.published(PACKAGE.published, one, other)
    assert found.missing == missing
    assert found.independent is None


def test_published_totals_of_nothing_are_compared_with_nothing():
    found = change.published(pd.Series([0, 0], index=[2018, 2019]), 2018, 2019)
    assert (found.n, found.independent, found.dispersion) == ((0, 0), None, None)


@pytest.mark.parametrize(
    ("dispersion", "by_exact"), [(1, (0.03, 0.05)), (2, (0.12, 0.18)), (4, (0.25, 0.35))]
)
def test_months_without_a_change_are_called_one_in_five_percent(dispersion, by_exact):
    random = np.random.default_rng(dispersion)
    drawn = false_alarms.alone(dispersion)(random, np.full(20000, 5.0), 24)
    exact, widened, _ = false_alarms.of_periods(drawn)
    assert by_exact[0] < exact < by_exact[1]
    assert 0.025 < widened < 0.07
