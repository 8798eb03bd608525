"""Axes, periods that are covered only in part, and what may be compared, counted a second way."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents import change, counts
from incidents.selection import Selection, Span, first_day, last_day
from loaders import load
from tests import plain
from tests.conftest import DATA
from tests.incidents.test_selection import narrow
from tests.plain import counted, fits, span

PACKAGE = load(DATA)
COLLECTED = {
    "media": (pd.Timestamp("2017-01-01"), pd.Timestamp("2025-11-30")),
    "rights": (pd.Timestamp("2018-01-01"), pd.Timestamp("2026-02-28")),
}
INCIDENTS = replace(PACKAGE.incidents, collection=COLLECTED)
ROWS = [row for row in plain.rows() if counted(row)]
LENGTHS = ["year", "quarter", "month"]

months = st.tuples(st.integers(2015, 2027), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}")
ends = st.one_of(st.integers(2015, 2027).map(str), months)
spans = (
    st.tuples(ends, ends)
    .filter(lambda e: first_day(e[0]) <= last_day(e[1]))
    .map(lambda e: Span(*e))
)


def months_of(period):
    """Name every month of a year, quarter or month; collection ends with months in this release."""
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        return [f"{year}-{3 * int(part[1]) - 2 + at:02}" for at in range(3)]
    return [f"{year}-{part}"] if part else [f"{year}-{at:02}" for at in range(1, 13)]


def collected(month, selection):
    """Say of every dataset that the selection may find whether it was collected in a month."""
    ranges = [COLLECTED[d] for d in plain.datasets(selection)]
    return [f"{first:%Y-%m}" <= month <= f"{last:%Y-%m}" for first, last in ranges]


def inside(month, *dates):
    """Say whether a month lies inside the dates of selections and spans."""
    return all(
        month[: len(one.start)] >= one.start and (not one.end or month[: len(one.end)] <= one.end)
        for one in dates
    )


def wholly(row, *dates):
    """Say whether a record cannot have happened outside the dates."""
    return all(inside(f"{day:%Y-%m}", *dates) for day in span(row))


@given(narrow, st.sampled_from(LENGTHS), st.one_of(st.none(), spans))
def test_an_axis_shows_what_was_asked_for_and_marks_what_is_not_covered(selection, per, within):
    if not plain.datasets(selection):
        return
    found = counts.by_period(INCIDENTS.select(selection), per, span=within)
    dates = [selection, *([within] if within else [])]
    for period in found.table.index:
        asked = [month for month in months_of(period) if inside(month, *dates)]
        some = [month for month in asked if any(collected(month, selection))]
        every = [month for month in asked if all(collected(month, selection))]
        assert some
        assert (period in found.cut) == (every != months_of(period))
        if period in found.cut:
            covered = every or some
            first, last = found.cut[period].days
            assert (f"{first:%Y-%m}", f"{last:%Y-%m}") == (covered[0], covered[-1])
    assert found.incomplete == set(found.cut)


@given(narrow, st.sampled_from(LENGTHS), spans)
def test_a_span_draws_what_a_filter_by_the_same_dates_draws(selection, per, within):
    selection = selection.without("start", "end")
    subset = INCIDENTS.select(selection)
    one = counts.by_period(subset, per, split="region", span=within)
    dated = replace(selection, start=within.start, end=within.end)
    other = counts.by_period(INCIDENTS.select(dated), per, split="region")
    pd.testing.assert_frame_equal(one.table, other.table)
    assert (one.n, one.cut, one.provisional) == (other.n, other.cut, other.provisional)
    assert one.n + one.left_out + one.outside == subset.n


@given(narrow, st.sampled_from(LENGTHS), st.sampled_from(["incidents", "people"]))
def test_a_record_is_drawn_once_however_many_codes_it_has(selection, per, unit):
    subset = INCIDENTS.select(selection)
    found = counts.by_period(subset, per, unit, split="group")
    assert found.n == counts.by_period(subset, per).n
    assert found.n + found.left_out + found.outside == subset.n


@pytest.mark.parametrize(
    ("start", "end", "per", "cut"),
    [
        (
            "2021-06",
            "2022-03",
            "year",
            {"2021": Span("2021-06", "2021-12"), "2022": Span("2022-01", "2022-03")},
        ),
        ("2021-02", "2021-12", "quarter", {"2021-Q1": Span("2021-02", "2021-03")}),
        ("2021-02", "2021-12", "month", {}),
        ("2018", "2020", "year", {}),
        ("2025", "", "month", {m: Span(m, m) for m in ("2025-12", "2026-01", "2026-02")}),
        (
            "2017-07",
            "2018",
            "year",
            {"2017": Span("2017-07", "2017-12")},  # one dataset alone, and only from July on
        ),
    ],
)
def test_a_period_that_the_dates_cut_is_marked_with_its_rest(start, end, per, cut):
    subset = INCIDENTS.select(Selection(start=start, end=end))
    found = counts.by_period(subset, per)
    assert found.cut == cut
    assert str(found.table.index[0])[:4] == start[:4]
    assert not end or str(found.table.index[-1])[:4] == end[:4]


def test_dates_outside_collection_leave_no_axis():
    for start, end in (("2030", ""), ("", "2010")):
        subset = INCIDENTS.select(Selection(start=start, end=end))
        assert subset.window[1] < subset.window[0]
        assert counts.by_period(subset).table.empty
        assert counts.opening_period(INCIDENTS, subset.selection) is None
        assert counts.default_periods(subset) is None


def test_an_axis_has_the_years_of_the_datasets_that_the_categories_leave():
    rights = INCIDENTS.select(Selection(category=("violence",)))
    assert counts.by_period(rights).table.index[0] == "2018"


@given(narrow)
def test_periods_that_are_offered_lie_inside_filter_and_collection(selection):
    subset = INCIDENTS.select(selection)
    opening = counts.opening_period(INCIDENTS, selection)
    if opening:
        first, last = opening.days
        assert subset.window[0] <= first <= last <= subset.window[1]
    if pair := counts.default_periods(subset):
        assert counts.comparable(subset, *pair) == ""
        assert int(pair[1].start) == int(pair[0].start) + 1


@pytest.mark.parametrize(
    ("filters", "period"),
    [
        ({"start": "2018"}, Span("2018-01", "2026-02")),
        ({"end": "2022"}, Span("2017", "2022")),
        ({"start": "2021-06", "end": "2022-03"}, Span("2021-06", "2022-03")),
        ({"start": "2010", "end": "2019", "data": ("rights",)}, Span("2018", "2019")),
    ],
)
def test_a_chart_opens_with_the_dates_of_the_reader_as_far_as_they_are_collected(filters, period):
    assert counts.opening_period(INCIDENTS, Selection(**filters)) == period


def test_of_a_month_those_known_only_to_the_year_are_counted_apart():
    subset = INCIDENTS.select(Selection(start="2022-12", end="2022-12"))
    found = [r for r in ROWS if fits(r, subset.selection)]
    assert subset.n == len(found)
    assert counts.vague(subset) == sum(r["date_precision"] == "year" for r in found) > 0
    assert counts.vague(INCIDENTS.select(Selection())) == 0


@given(narrow)
def test_vague_is_what_may_lie_outside_the_dates(selection):
    rows = [r for r in ROWS if fits(r, selection)]
    beyond = [r for r in rows if not wholly(r, selection)]
    assert counts.vague(INCIDENTS.select(selection)) == len(beyond)


@given(narrow, st.sampled_from(LENGTHS))
def test_a_link_says_the_number_of_the_list_it_opens(selection, per):
    subset = INCIDENTS.select(selection)
    table = counts.by_period(subset, per).table
    for period in table.index[:12]:
        part = counts.overlap(period, selection)
        dated = replace(selection, start=part.start, end=part.end)
        opened = INCIDENTS.select(dated).n
        assert counts.found_by(subset, period) == opened >= table.at[period, "n"]


@pytest.mark.parametrize(
    ("period", "part"),
    [
        ("2021", Span("2021-06", "2021-12")),
        ("2022", Span("2022", "2022")),
        ("2022-Q2", Span("2022-04", "2022-06")),
        ("2022-03", Span("2022-03", "2022-03")),
        ("2023-Q1", Span("2023-01", "2023-02")),
    ],
)
def test_a_period_on_a_link_is_cut_with_the_dates_of_the_reader(period, part):
    assert counts.overlap(period, Selection(start="2021-06", end="2023-02")) == part


def test_a_period_outside_the_dates_has_no_link():
    with pytest.raises(ValueError, match="2020 lies outside"):
        counts.overlap("2020", Selection(start="2021"))


@given(narrow, spans, spans)
def test_change_is_that_of_a_loop_or_missing_where_a_period_is_cut(selection, one, other):
    subset = INCIDENTS.select(selection)
    found = counts.change(subset, one, other)
    why = counts.comparable(subset, one, other)
    if why:
        assert found.isna().all()
        return
    rows = [r for r in ROWS if fits(r, selection)]
    sides = [[r for r in rows if wholly(r, period)] for period in (one, other)]
    for region, n in found.items():
        before, after = (sum(r["region"] == region for r in side) for side in sides)
        assert pd.isna(n) or n == after - before
        assert pd.isna(n) == (not plain.possible(selection, "region", region))


@pytest.mark.parametrize(
    ("filters", "one", "other", "why"),
    [
        ({}, "2023", "2024", ""),
        ({"start": "2023-07"}, "2023", "2024", "cut"),
        ({"start": "2018", "end": "2022"}, "2023", "2024", "cut"),
        ({"end": "2024-11"}, "2023", "2024", "cut"),
        ({}, "2017", "2024", "cut"),  # one dataset alone was collected in 2017
        ({"data": ("media",)}, "2017", "2024", ""),
        ({"category": ("physical",)}, "2017", "2024", ""),
        ({}, "2024", "2025", "cut"),
        ({}, "2024", "2024-01..2024-12", "same_period"),
        ({}, "2024-03", "2024", "overlapping"),
        ({}, "2023-07..2024-06", "2024", "overlapping"),
    ],
)
def test_periods_are_compared_only_if_both_are_covered_whole(filters, one, other, why):
    subset = INCIDENTS.select(Selection(**filters))
    spans = Span.of(one), Span.of(other)
    assert counts.comparable(subset, *spans) == counts.comparable(subset, *spans[::-1]) == why
    found = counts.change(subset, *spans)
    assert found.isna().all() if why else found.notna().all()
    compared = change.compare(subset, *spans)
    assert (compared.earlier.whole and compared.later.whole) or why == "cut"
    broken_down = change.breakdown(subset, "region", *spans)
    assert (broken_down.earlier, broken_down.later) == (compared.earlier, compared.later)


@pytest.mark.parametrize(
    ("filters", "pair"),
    [
        ({}, ("2023", "2024")),
        ({"data": ("rights",)}, ("2024", "2025")),
        ({"start": "2018", "end": "2022"}, ("2021", "2022")),
        ({"start": "2021-06", "end": "2023-11"}, None),
    ],
)
def test_the_map_compares_the_last_two_years_inside_the_filter(filters, pair):
    subset = INCIDENTS.select(Selection(**filters))
    assert counts.default_periods(subset) == (pair and tuple(map(Span.of, pair)))


def test_a_comparison_names_the_months_that_are_covered():
    subset = INCIDENTS.select(Selection(start="2023-07"))
    found = change.compare(subset, Span.of("2023"), Span.of("2024"))
    assert found.earlier.covered == Span("2023-07", "2023-12")
    assert found.later.covered == Span("2024", "2024")
    assert not found.earlier.whole
    assert change.compare(subset, Span.of("2022"), Span.of("2024")).earlier.covered is None
    assert not change.trend(subset, Span.of("2023..2024")).whole
    assert change.trend(subset, Span.of("2023-07..2024")).whole
