"""Dates as people write them: the whole column decides, and nothing is guessed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.sources import dates
from loaders.sources.cases import Order
from loaders.sources.dates import Day


def told(cell, order="dmy"):
    day = dates.read(cell, order)
    return day and (day.first, day.precision, day.last)


@pytest.mark.parametrize(
    ("cell", "first", "precision", "last"),
    [
        ("31.12.2022", "2022-12-31", "day", ""),
        ("31.12.22", "2022-12-31", "day", ""),
        ("1.2.99", "1999-02-01", "day", ""),
        (" 31.12.2022 г. ", "2022-12-31", "day", ""),
        ("2022-12-31", "2022-12-31", "day", ""),
        ("2022-02-01", "2022-02-01", "day", ""),  # what `dayfirst` makes 2 January
        ("2022/3/5", "2022-03-05", "day", ""),
        ("2022-12-31T23:30:00+06:00", "2022-12-31", "day", ""),
        ("2022-12-31 00:00:00", "2022-12-31", "day", ""),
        ("2022", "2022-01-01", "year", ""),
        ("2022 г.", "2022-01-01", "year", ""),
        ("2022-жыл", "2022-01-01", "year", ""),
        ("2022-03", "2022-03-01", "month", ""),
        ("03.2022", "2022-03-01", "month", ""),
        ("март 2022", "2022-03-01", "month", ""),
        ("в марте 2022 года", "2022-03-01", "month", ""),
        ("Ноя 2022", "2022-11-01", "month", ""),
        ("май 2022", "2022-05-01", "month", ""),
        ("2022-жылдын март айы", "2022-03-01", "month", ""),
        ("2022-жылдын мартында", "2022-03-01", "month", ""),
        ("March 2022", "2022-03-01", "month", ""),
        ("5 мая 2022 г.", "2022-05-05", "day", ""),
        ("2022-жылдын 5-марты", "2022-03-05", "day", ""),
        ("March 5, 2022", "2022-03-05", "day", ""),
        ("05-07.03.2022", "2022-03-05", "day", "2022-03-07"),
        ("30.12.2022–02.01.2023", "2022-12-30", "day", "2023-01-02"),
        ("30.12.2022-02.01.2023", "2022-12-30", "day", "2023-01-02"),
        ("2022-03-05/2022-03-07", "2022-03-05", "day", "2022-03-07"),
        ("2020–2021", "2020-01-01", "year", "2021-12-31"),
        ("март 2022 – май 2022", "2022-03-01", "month", "2022-05-31"),
    ],
)
def test_a_date_has_its_day_its_precision_and_its_last_day(cell, first, precision, last):
    assert told(cell) == (first, precision, last)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "вчера", "матч 2022", "30.02.2022", "32.01.2022", "31.12.1822", "2022-13-01"),
        *("44926", "ноя.22", "12 2022", "5 5 марта 2022", "7.03.2022–5.03.2022", "март", "1–2–3"),
    ],
)
def test_what_is_no_date_is_not_read(cell):
    assert told(cell) is None


@pytest.mark.parametrize(
    ("cells", "order", "doubtful"),
    [
        (["31.12.2022", "05.03.2022"], Order("dmy", proven=True), None),
        (["05.03.2022", "2022-03-05"], Order("dmy"), None),
        (["31/12/2022", "05/03/2022"], Order("dmy", proven=True), None),
        (["05/03/2022", "12/31/2022"], Order("mdy", proven=True), None),
        (["2022-03-05", "05/03/2022"], Order(), 1),
        (["05-03-2022"], Order(), 0),
        (["31/12/2022", "12/31/2022"], Order(), 1),
        (["05.03.2022", "12/31/2022"], Order(), 1),
        (["5/5/2022", "март 2022", "2022"], Order(), None),
        (["30.12.2022–02.01.2023"], Order("dmy", proven=True), None),
    ],
)
def test_a_column_tells_in_which_order_its_numbers_stand_or_which_cell_is_asked_about(
    cells, order, doubtful
):
    assert dates.order_of(cells) == (order, doubtful)


def test_what_is_told_decides():
    assert dates.order_of(["05/03/2022"], "mdy") == (Order("mdy", proven=True), None)
    assert told("05/03/2022", "mdy") == ("2022-05-03", "day", "")
    assert told("44926", dates.SERIAL) == ("2022-12-31", "day", "")
    assert told("2022", dates.SERIAL) == ("2022-01-01", "year", "")


def test_without_an_order_only_what_reads_alike_both_ways_is_read():
    assert told("05/03/2022", "") is None
    assert told("05/05/2022", "") == ("2022-05-05", "day", "")


@pytest.mark.parametrize(
    ("day", "end", "period"),
    [
        (Day("2024-02-01", "month"), "2024-02-29", "2024-02"),
        (Day("2024-01-01", "year"), "2024-12-31", "2024"),
        (Day("2024-02-03", "day"), "2024-02-03", "2024-02-03"),
        (Day("2024-02-03", "day", "2024-02-05"), "2024-02-05", "2024-02-03"),
        (Day("", "unknown"), "", ""),
    ],
)
def test_a_day_knows_when_it_ends_and_how_it_is_written(day, end, period):
    assert (day.end, day.period) == (end, period)


@given(st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1, max_size=8))
def test_any_dates_in_any_writing_are_read_as_they_were_meant(days):
    for form in ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%Y-%m-%d 00:00:00"):
        cells = [day.strftime(form) for day in days]
        order, doubtful = dates.order_of(cells)
        assert doubtful is None
        assert [told(cell, order.order) for cell in cells] == [
            (day.isoformat(), "day", "") for day in days
        ]


@given(st.lists(st.dates(date(1970, 1, 1), date(2068, 12, 31)), min_size=1, max_size=8))
def test_with_slashes_a_column_is_read_rightly_or_asked_about(days):
    for form, order in (("%d/%m/%Y", "dmy"), ("%m/%d/%Y", "mdy")):
        found, doubtful = dates.order_of([day.strftime(form) for day in days])
        assert doubtful is not None or found.order in ("", order)


@given(st.integers(20_000, 79_999))
def test_a_day_that_a_spreadsheet_counts_is_that_day(number):
    expected = (date(1899, 12, 30) + timedelta(days=number)).isoformat()
    assert dates.serial(str(number)) == Day(expected, "day")
