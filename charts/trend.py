"""Counts over time: stacked bars, small multiples, and totals that others published."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from charts.palette import ACCENT, CONTEXT, INK, QUIET
from charts.style import X_AXIS, Y_AXIS, figure, legend_entry, literal, margin
from incidents.counts import PeriodCounts
from loaders.language import Language

HEIGHT, ROW = 380, 150
STACKED_AT_MOST = 6
LABELS = 12
"""How many periods at most are named along the axis."""
TOO_CLOSE = 0.1
"""Names of events nearer to each other than this share of the axis would overlap."""
NAME = 16
"""How many letters of an event's name stand in a line at most, where words allow it."""

NAMED = 1.5 / 1.05
"""How much higher an axis is that has room for the names of events."""


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
    """Draw one bar per period, one layer per code. Provisional and cut periods are hatched."""
    table = counts.table
    traces = [
        {
            **_bars(counts, code, colours.get(code, ACCENT), t),
            "name": literal(labels.get(code, code)),
            "hovertemplate": "%{customdata}: <b>%{y}</b><extra>"
            + literal(labels.get(code, ""))
            + "</extra>",
            "legendgroup": code,
            "showlegend": False,
        }
        for code in table.columns
    ]
    if len(traces) > 1:
        # the bars' own entries would be hatched as the first of them
        traces += [
            legend_entry(k["name"], k["marker"]["color"], legendgroup=k["legendgroup"])
            for k in traces
        ]
    if len(table) <= LABELS:
        traces.append(_totals_above(table.sum(axis=1).tolist(), t))
    most = float(max(table.sum(axis=1).max(), 1)) * 1.05
    lines, names = _event_lines(counts, events, most)
    top = most * 1.05 * (NAMED if lines else 1)
    legend = {"orientation": "h", "x": 0, "y": -0.12, "yanchor": "top", "traceorder": "normal"}
    legend |= {"itemclick": False, "itemdoubleclick": False}
    return figure(
        [*traces, *lines],
        t,
        HEIGHT,
        annotations=names,
        barmode="stack",
        legend=legend,
        margin=margin(top, t),
        xaxis={**X_AXIS, **_named(counts, t, LABELS)},
        yaxis={**Y_AXIS, "range": [0, top]},
    )


def multiples(counts: PeriodCounts, labels: Mapping[str, str], t: Language) -> go.Figure:
    """Draw a small chart per code that has records, most frequent first, two in a row.

    All have one scale, and the figure is as high as they need.
    """
    table = counts.table
    totals = table.sum().sort_values(ascending=False, kind="stable")
    codes = list(totals.index[totals > 0])
    rows = max(1, (len(codes) + 1) // 2)
    height = max(220, rows * ROW + 40)
    gap = 34 / height
    most = max([int(table[code].max()) for code in codes], default=1) * 1.05
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

    `totals` and `held` are indexed by year; `names` words the two. Where it is missing how many are
    held, nothing is said of it.
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
        "y": held.fillna(0).tolist(),
        "name": names[1],
        "marker": {"color": ACCENT},
        "width": 0.42,
    }
    ours = ["" if pd.isna(n) else "<br>" + t("{n} here", n=int(n)) for n in held]
    texts = [f"{year}{text}" for year, text in zip(years, ours, strict=True)]
    return figure(
        [whole, part],
        t,
        300,
        barmode="overlay",
        xaxis={**X_AXIS, "type": "category", "tickvals": years, "ticktext": texts},
        yaxis={**Y_AXIS, "range": [0, float(max([*totals, *held.dropna(), 1])) * 1.15]},
    )


def event_position(day: pd.Timestamp, first: str, per: str) -> float:
    """Give where a day lies on an axis of whole numbers, one per period, `first` at 0."""
    length = {"year": 12, "quarter": 3, "month": 1}[per]
    year, _, part = first.partition("-")
    month = 3 * int(part[1:]) - 2 if part.startswith("Q") else int(part or 1)
    months = (day.year - int(year)) * 12 + day.month - month
    return (months + (day.day - 1) / day.days_in_month) / length - 0.5


def _bars(counts: PeriodCounts, code: str, colour: str, t: Language) -> dict[str, Any]:
    table = counts.table
    unfinished = counts.provisional | counts.incomplete
    shapes = ["/" if period in unfinished else "" for period in table.index]
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


def _event_lines(
    counts: PeriodCounts, events: Sequence[Event], top: float
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Draw the events as thin lines up to `top`, with numbers at their ends and names above.

    A name is an annotation, in one of two rows by turns; a narrow screen shows the numbers alone.
    """
    periods = list(counts.table.index)
    if not events or not periods:
        return [], []
    xs = [event_position(event.day, periods[0], counts.per) for event in events]
    common = {"type": "scatter", "showlegend": False}
    lines = {
        **common,
        "mode": "lines",
        "x": [value for x in xs for value in (x, x, None)],
        "y": [0, top * 1.02, None] * len(xs),
        "line": {"color": QUIET, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }
    numbers = {
        **common,
        "mode": "text",
        "x": xs,
        "y": [top * 1.07] * len(xs),
        "text": [str(event.number) for event in events],
        "textfont": {"size": 12, "color": QUIET},
        "hovertext": [f"{event.number} {literal(event.label)}" for event in events],
        "hoverinfo": "text",
    }
    names = [
        {
            "x": x,
            "y": top * (1.13 + 0.19 * (row % 2)),
            "text": _broken(event.label),
            "xanchor": _towards_the_middle(x, len(periods)),
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12, "color": QUIET},
        }
        for row, (x, event) in enumerate(zip(xs, events, strict=True))
    ]
    return [lines, numbers], names


def _broken(name: str) -> str:
    """Break a name into lines."""
    return "<br>".join(
        map(literal, textwrap.wrap(name, NAME, break_long_words=False, break_on_hyphens=False))
    )


def _towards_the_middle(x: float, periods: int) -> str:
    share = (x + 0.5) / periods
    return "left" if share < 0.08 else "right" if share > 0.92 else "center"
