"""Periods and the days they hold: "2021", "2021-Q2", "2021-03", and the dates that cut them."""

import pandas as pd

from incidents.selection import Selection, Span, first_day, last_day

Days = tuple[pd.Timestamp, pd.Timestamp]
"""A first and a last day, both included; there are no such days where the last is the earlier."""


def days_of(period: str) -> Days:
    """Give the first and the last day of a year, quarter or month."""
    found = pd.Period(period.replace("-Q", "Q"))
    return found.start_time, found.end_time.normalize()


def both(one: Days, other: Days) -> Days:
    """Give the days that lie in both."""
    return max(one[0], other[0]), min(one[1], other[1])


def within(selection: Selection, days: Days) -> Days:
    """Cut days with the dates that a selection asks for."""
    first, last = days
    first = max(first, first_day(selection.start)) if selection.start else first
    last = min(last, last_day(selection.end)) if selection.end else last
    return first, last


def span_of(days: Days) -> Span:
    """Name days as years where they are whole years, else as the months they lie in."""
    first, last = days
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return Span(f"{first:%Y}", f"{last:%Y}")
    return Span(f"{first:%Y-%m}", f"{last:%Y-%m}")
