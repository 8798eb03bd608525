"""Counts over time: stacked bars, small multiples, and totals that others published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from charts.palette import ACCENT, CONTEXT, INK, QUIET
from charts.style import styled
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
    figure = go.Figure()
    names = [t.period(p) for p in table.index]
    for code in table.columns:
        figure.add_bar(
            x=list(range(len(table))),
            y=table[code].tolist(),
            name=labels.get(code, code),
            marker={
                "color": colours.get(code, ACCENT),
                "line": {"width": 0},
                "pattern": _hatching(counts),
            },
            customdata=names,
            hovertemplate="%{customdata}: <b>%{y}</b><extra>" + labels.get(code, "") + "</extra>",
            showlegend=len(table.columns) > 1,
        )
    figure.update_layout(barmode="stack")
    if len(table) <= LABELS:
        _totals_above(figure, table.sum(axis=1).tolist(), t)
    styled(figure, t, HEIGHT)
    _name_periods(figure, counts, t)
    _draw_events(figure, counts, events)
    return figure


def multiples(
    counts: PeriodCounts, labels: Mapping[str, str], t: Language, colour: str = ACCENT
) -> go.Figure:
    """Draw a small chart per code on one scale, most frequent first."""
    table = counts.table
    codes = list(table.sum().sort_values(ascending=False, kind="stable").index[:SHOWN_AT_MOST])
    rows = max(1, (len(codes) + 1) // 2)
    figure = make_subplots(
        rows=rows,
        cols=2,
        shared_yaxes="all",
        shared_xaxes="all",
        vertical_spacing=0.3 / rows,
        horizontal_spacing=0.06,
        subplot_titles=[labels[c] for c in codes],
    )
    names = [t.period(p) for p in table.index]
    for place, code in enumerate(codes):
        figure.add_bar(
            x=list(range(len(table))),
            y=table[code].tolist(),
            marker={"color": colour, "pattern": _hatching(counts)},
            customdata=names,
            hovertemplate="%{customdata}: <b>%{y}</b><extra></extra>",
            showlegend=False,
            row=place // 2 + 1,
            col=place % 2 + 1,
        )
    styled(figure, t, max(220, rows * ROW + 40))
    figure.update_layout(margin={"t": 28})
    figure.update_annotations(font_size=13, xanchor="left", x=None)
    for place, note in enumerate(figure.layout.annotations):
        note.update(x=0.0 if place % 2 == 0 else 0.53, xanchor="left")
    _name_periods(figure, counts, t, most=5)
    return figure


def published(totals: pd.Series, held: pd.Series, names: tuple[str, str], t: Language) -> go.Figure:
    """Draw yearly totals that others published, with the records held inside each bar.

    `totals` and `held` are indexed by year; `names` words the two.
    """
    years = [str(year) for year in totals.index]
    figure = go.Figure()
    figure.add_bar(
        x=years,
        y=totals.tolist(),
        name=names[0],
        marker={"color": CONTEXT},
        text=[t.number(v) for v in totals],
        textposition="outside",
        width=0.7,
        textfont={"color": INK, "size": 16},
        hovertemplate="%{x}: <b>%{y}</b>",
        cliponaxis=False,
    )
    figure.add_bar(
        x=years,
        y=held.tolist(),
        name=names[1],
        marker={"color": ACCENT},
        width=0.42,
        hovertemplate="%{x}: <b>%{y}</b>",
    )
    figure.update_layout(barmode="overlay")
    styled(figure, t, 300)
    texts = [f"{year}<br>{t('{n} held', n=int(n))}" for year, n in zip(years, held, strict=True)]
    figure.update_xaxes(type="category", tickvals=years, ticktext=texts)
    figure.update_yaxes(range=[0, float(max(totals.max(), held.max())) * 1.15])
    return figure


def _hatching(counts: PeriodCounts) -> dict[str, object]:
    shapes = ["/" if period in counts.provisional else "" for period in counts.table.index]
    return {
        "shape": shapes,
        "size": 6,
        "solidity": 0.35,
        "fgcolor": "#FFFFFF",
        "fillmode": "overlay",
    }


def _totals_above(figure: go.Figure, totals: Sequence[int], t: Language) -> None:
    figure.add_scatter(
        x=list(range(len(totals))),
        y=list(totals),
        mode="text",
        text=[t.number(v) for v in totals],
        textposition="top center",
        showlegend=False,
        hoverinfo="skip",
        cliponaxis=False,
    )


def _name_periods(figure: go.Figure, counts: PeriodCounts, t: Language, most: int = LABELS) -> None:
    periods = list(counts.table.index)
    first = {"month": "-01", "quarter": "-Q1"}.get(counts.per, "")
    step = -(-len(periods) // most)
    if first and len(periods) > most:
        named = [i for i, p in enumerate(periods) if p.endswith(first)]
        texts = [periods[i][:4] for i in named]
    else:
        named = list(range(0, len(periods), step)) if periods else []
        texts = [t.period(periods[i]) for i in named]
    figure.update_xaxes(
        tickmode="array",
        tickvals=named,
        ticktext=texts,
        range=[-0.6, len(periods) - 0.4],
    )


def _draw_events(figure: go.Figure, counts: PeriodCounts, events: Sequence[Event]) -> None:
    periods = list(counts.table.index)
    if not periods or not events:
        return
    placed = [
        (x, event)
        for event in events
        if -0.5 <= (x := event_position(event.day, periods[0], counts.per)) <= len(periods) - 0.5
    ]
    for x, _ in placed:
        figure.add_shape(
            type="line",
            x0=x,
            x1=x,
            y0=0,
            y1=1.02,
            yref="paper",
            line={"color": QUIET, "width": 1, "dash": "dot"},
            layer="below",
        )
    for row, group in enumerate(_close_together(placed, len(periods) * TOO_CLOSE)):
        numbers = [event.number for _, event in group]
        figure.add_annotation(
            x=group[0][0],
            y=1.02 + 0.06 * (row % 2),
            yref="paper",
            text=str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}",
            showarrow=False,
            yanchor="bottom",
            font={"size": 12, "color": QUIET},
            hovertext="<br>".join(f"{event.number} {event.label}" for _, event in group),
        )
    figure.update_layout(
        margin={"t": 56},
        legend={"y": -0.12, "yanchor": "top"},
    )


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


def event_position(day: pd.Timestamp, first: str, per: str) -> float:
    """Give where a day lies on an axis of whole numbers, one per period, `first` at 0."""
    length = {"year": 12, "quarter": 3, "month": 1}[per]
    start = pd.Period(first.replace("-Q", "Q")).start_time
    months = (day.year - start.year) * 12 + day.month - start.month
    return (months + (day.day - 1) / day.days_in_month) / length - 0.5
