"""Counts over time: stacked bars, small multiples, and totals that others published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.palette import ACCENT, CONTEXT, INK, QUIET
from charts.style import X_AXIS, Y_AXIS, figure, literal, margin
from incidents.counts import PeriodCounts
from loaders.language import Language

HEIGHT, ROW = 380, 150
STACKED_AT_MOST = 6
SHOWN_AT_MOST = 10
LABELS = 12
"""How many periods at most are named along the axis."""
TOO_CLOSE = 0.06
"""Events nearer to each other than this share of the axis stand under one label, as 8–10."""


@dataclass(frozen=True)
class Event:
    """A law or event to draw as a line: its number in the list, its day, its name."""

    number: int
    day: pd.Timestamp
    label: str


def stacked(
    counts: PeriodCounts,
    labels: Mapping[str, str],
    colours: Mapping[str, str],
    events: Sequence[Event],
    t: Language,
) -> go.Figure:
    """Draw one bar per period, one layer per code. Provisional periods are hatched."""
    table = counts.table
    traces = [
        {
            **_bars(counts, code, colours.get(code, ACCENT), t),
            "name": literal(labels.get(code, code)),
            "hovertemplate": "%{customdata}: <b>%{y}</b><extra>"
            + literal(labels.get(code, ""))
            + "</extra>",
            "showlegend": len(table.columns) > 1,
        }
        for code in table.columns
    ]
    if len(table) <= LABELS:
        traces.append(_totals_above(table.sum(axis=1).tolist(), t))
    most = float(max(table.sum(axis=1).max(), 1)) * 1.05
    lines = _event_lines(counts, events, most)
    top = most * (1.2 if lines else 1.05)
    legend = {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "traceorder": "normal"}
    return figure(
        [*traces, *lines],
        t,
        HEIGHT,
        barmode="stack",
        legend=legend,
        margin=margin(top, t),
        xaxis={**X_AXIS, **_named(counts, t, LABELS)},
        yaxis={**Y_AXIS, "range": [0, top]},
    )


def multiples(counts: PeriodCounts, labels: Mapping[str, str], t: Language) -> go.Figure:
    """Draw a small chart per code on one scale, most frequent first, two in a row."""
    table = counts.table
    codes = list(table.sum().sort_values(ascending=False, kind="stable").index[:SHOWN_AT_MOST])
    rows = max(1, (len(codes) + 1) // 2)
    height = max(220, rows * ROW + 40)
    gap = 34 / height
    most = max(int(table[codes].to_numpy().max()), 1) * 1.05
    traces, notes, axes = [], [], {}
    for place, code in enumerate(codes):
        number = str(place + 1) if place else ""
        left, top = 0.53 * (place % 2), 1 - (place // 2) / rows
        traces.append(
            {
                **_bars(counts, code, ACCENT, t),
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
                "hovertemplate": "%{customdata}: <b>%{y}</b><extra></extra>",
                "showlegend": False,
            }
        )
        axes[f"xaxis{number}"] = {
            **X_AXIS,
            **_named(counts, t, 5),
            "domain": [left, left + 0.47],
            "anchor": f"y{number}",
        }
        axes[f"yaxis{number}"] = {
            **Y_AXIS,
            "domain": [top - 1 / rows + gap, top - gap],
            "anchor": f"x{number}",
            "range": [0, most],
            "nticks": 3,
        }
        notes.append(_heading(literal(labels[code]), left, top - gap))
    return figure(traces, t, height, annotations=notes, margin=margin(most, t), **axes)


def published(totals: pd.Series, held: pd.Series, names: tuple[str, str], t: Language) -> go.Figure:
    """Draw yearly totals that others published, with the records held inside each bar.

    `totals` and `held` are indexed by year; `names` words the two.
    """
    years = [str(year) for year in totals.index]
    common = {"type": "bar", "x": years, "hovertemplate": "%{x}: <b>%{y}</b>"}
    whole = {
        **common,
        "y": totals.tolist(),
        "name": names[0],
        "marker": {"color": CONTEXT},
        "width": 0.7,
        "text": [t.number(v) for v in totals],
        "textposition": "outside",
        "textfont": {"color": INK, "size": 16},
        "cliponaxis": False,
    }
    part = {
        **common,
        "y": held.tolist(),
        "name": names[1],
        "marker": {"color": ACCENT},
        "width": 0.42,
    }
    ours = [t("{n} held", n=int(n)) for n in held]
    texts = [f"{year}<br>{text}" for year, text in zip(years, ours, strict=True)]
    return figure(
        [whole, part],
        t,
        300,
        barmode="overlay",
        xaxis={**X_AXIS, "type": "category", "tickvals": years, "ticktext": texts},
        yaxis={**Y_AXIS, "range": [0, float(max(totals.max(), held.max())) * 1.15]},
    )


def event_position(day: pd.Timestamp, first: str, per: str) -> float:
    """Give where a day lies on an axis of whole numbers, one per period, `first` at 0."""
    length = {"year": 12, "quarter": 3, "month": 1}[per]
    start = pd.Period(first.replace("-Q", "Q")).start_time
    months = (day.year - start.year) * 12 + day.month - start.month
    return (months + (day.day - 1) / day.days_in_month) / length - 0.5


def _bars(counts: PeriodCounts, code: str, colour: str, t: Language) -> dict[str, Any]:
    table = counts.table
    shapes = ["/" if period in counts.provisional else "" for period in table.index]
    hatching = {"shape": shapes, "size": 6, "solidity": 0.35, "fgcolor": "#FFFFFF"}
    return {
        "type": "bar",
        "x": list(range(len(table))),
        "y": table[code].tolist(),
        "marker": {"color": colour, "pattern": {**hatching, "fillmode": "overlay"}},
        "customdata": [t.period(p) for p in table.index],
    }


def _totals_above(totals: Sequence[int], t: Language) -> dict[str, Any]:
    return {
        "type": "scatter",
        "x": list(range(len(totals))),
        "y": list(totals),
        "mode": "text",
        "text": [t.number(v) for v in totals],
        "textposition": "top center",
        "showlegend": False,
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _heading(text: str, x: float, y: float) -> dict[str, Any]:
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "left"}
    look = {"showarrow": False, "yanchor": "bottom", "font": {"size": 13}}
    return {**place, **look, "text": text}


def _named(counts: PeriodCounts, t: Language, most: int) -> dict[str, Any]:
    """Name at most so many periods along the axis: the years, if there are more."""
    periods = list(counts.table.index)
    first = {"month": "-01", "quarter": "-Q1"}.get(counts.per, "")
    places = list(range(len(periods)))
    texts = [t.period(p) for p in periods]
    if first and len(periods) > most:
        places = [i for i in places if periods[i].endswith(first)]
        texts = [periods[i][:4] for i in places]
    step = -(-len(places) // most) if places else 1
    return {
        "tickmode": "array",
        "tickvals": places[::step],
        "ticktext": texts[::step],
        "range": [-0.6, len(periods) - 0.4],
    }


def _event_lines(counts: PeriodCounts, events: Sequence[Event], top: float) -> list[dict[str, Any]]:
    """Draw the events as thin lines up to `top`, with their numbers above."""
    periods = list(counts.table.index)
    placed = [
        (x, event)
        for event in (events if periods else ())
        if -0.5 <= (x := event_position(event.day, periods[0], counts.per)) <= len(periods) - 0.5
    ]
    if not placed:
        return []
    groups = _close_together(placed, len(periods) * TOO_CLOSE)
    common = {"type": "scatter", "showlegend": False}
    lines = {
        **common,
        "mode": "lines",
        "x": [value for x, _ in placed for value in (x, x, None)],
        "y": [0, top * 1.03, None] * len(placed),
        "line": {"color": QUIET, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }
    labels = {
        **common,
        "mode": "text",
        "x": [group[0][0] for group in groups],
        "y": [top * (1.07 + 0.07 * (row % 2)) for row in range(len(groups))],
        "text": [_numbers([event.number for _, event in group]) for group in groups],
        "textfont": {"size": 12, "color": QUIET},
        "hovertext": [
            "<br>".join(f"{e.number} {literal(e.label)}" for _, e in group) for group in groups
        ],
        "hoverinfo": "text",
    }
    return [lines, labels]


def _numbers(numbers: Sequence[int]) -> str:
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _close_together(
    placed: Sequence[tuple[float, Event]], gap: float
) -> list[list[tuple[float, Event]]]:
    groups: list[list[tuple[float, Event]]] = []
    for x, event in placed:
        if groups and x - groups[-1][0][0] < gap:
            groups[-1].append((x, event))
        else:
            groups.append([(x, event)])
    return groups
