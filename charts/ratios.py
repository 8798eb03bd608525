"""Ratios against the ratio that was said: a row for each, and a gap where there is none to draw."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from charts.palette import ACCENT, INK, PAPER, QUIET, RULE, SEQUENCE
from charts.style import X_AXIS, figure, literal
from loaders.language import Language

SIZE, LINE, GAP = 13, 16, 8
"""Letters, lines of a label, and the room between two rows, in pixels."""
HEAD, BELOW = 24, 28
FAR = 3
"""An interval that runs so many times beyond all else is cut at the end of the scale."""
LETTER, LETTERS = 5.9, 46
"""The width of a letter, and how many of them a narrow screen has room for."""
BAND = SEQUENCE[0]


@dataclass(frozen=True)
class Row:
    """A ratio with the lines of its label; without one its label may take the whole row.

    `interval` gives the ends of what chance leaves open, where they may be shown.
    """

    lines: Sequence[str]
    ratio: float | None
    hover: str = ""
    interval: tuple[float, float] | None = None


@dataclass(frozen=True)
class Panel:
    """Rows of one kind under their heading; those of a `sample` have a colour and shape apart."""

    heading: str
    rows: Sequence[Row]
    sample: bool = False


@dataclass(frozen=True)
class Target:
    """The ratio that was said, the ends of those that count as it, and how it is named."""

    ratio: float
    low: float
    high: float
    name: str


@dataclass(frozen=True)
class _Placed:
    """A row with its upper and lower edge, in pixels from the top."""

    row: Row
    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class _Drawn:
    """What is drawn of a panel, and where the next one may begin."""

    marks: list[dict[str, Any]]
    shapes: list[dict[str, Any]]
    texts: list[dict[str, Any]]
    bottom: float


def ratios(panels: Sequence[Panel], said: Target, t: Language) -> go.Figure:
    """Draw each ratio as a mark beside its label, with its interval, before what counts as said.

    Panels stand under each other on one scale that begins at nothing, and share no mark.
    """
    marked = [row for panel in panels for row in panel.rows if row.ratio is not None]
    end, left = _end(marked, said), _room(panels)
    drawn: list[_Drawn] = []
    for panel in panels:
        drawn.append(_drawn(panel, drawn[-1].bottom if drawn else 0, said, end, left))
    bottom = drawn[-1].bottom
    return figure(
        [trace for each in drawn for trace in each.marks],
        t,
        round(bottom + BELOW),
        margin={"l": left, "r": 12, "t": 0, "b": BELOW},
        shapes=[shape for each in drawn for shape in each.shapes],
        annotations=[text for each in drawn for text in each.texts],
        showlegend=False,
        xaxis={**X_AXIS, **_scale(), "range": [0, end], "visible": bool(marked)},
        yaxis={"visible": False, "fixedrange": True, "range": [bottom, 0]},
    )


def _end(marked: Sequence[Row], said: Target) -> float:
    """Give the end of the scale: past every mark, and past intervals that do not run far beyond."""
    last = max([said.ratio, *_finite(said.high), *(row.ratio or 0 for row in marked)])
    highs = [row.interval[1] for row in marked if row.interval]
    return 1.12 * min(max([last, *highs]), FAR * last)


def _drawn(panel: Panel, top: float, said: Target, end: float, left: float) -> _Drawn:
    """Draw a panel from `top` downwards: its heading, what was said, and its rows."""
    marked = any(row.ratio is not None for row in panel.rows)
    placed = list(_placed(panel, top + HEAD * (2 if marked else 1)))
    ratioed = [each for each in placed if each.row.ratio is not None]
    return _Drawn(
        [_marks(panel, ratioed, end)],
        [shape for each in ratioed for shape in _behind(each, said, end)],
        [
            _text(panel.heading, -left, top, _colour(panel), bold=True),
            *([_named(said, ratioed[0].top)] if ratioed else []),
            *(text for each in placed for text in _label(each, left)),
        ],
        placed[-1].bottom + HEAD / 2,
    )


def _finite(end: float) -> list[float]:
    return [end] if math.isfinite(end) else []


def _placed(panel: Panel, top: float) -> Iterator[_Placed]:
    """Place the rows of a panel under each other, each as high as its label."""
    for row in panel.rows:
        bottom = top + LINE * len(_lines(row)) + GAP
        yield _Placed(row, top, bottom)
        top = bottom


def _lines(row: Row) -> list[str]:
    """Break what is longer than the figure may be; beside a mark a label keeps its lines."""
    if row.ratio is not None:
        return list(row.lines)
    return [line for text in row.lines for line in textwrap.wrap(text, LETTERS)]


def _room(panels: Sequence[Panel]) -> int:
    """Give the pixels that the labels beside marks need."""
    lines = [
        x for panel in panels for row in panel.rows if row.ratio is not None for x in row.lines
    ]
    return round(14 + LETTER * max(map(len, lines), default=0))


def _colour(panel: Panel) -> str:
    return ACCENT if panel.sample else INK


def _marks(panel: Panel, placed: Sequence[_Placed], end: float) -> dict[str, Any]:
    look = {"color": _colour(panel), "symbol": "circle" if panel.sample else "diamond", "size": 12}
    ratios = [each.row.ratio or 0 for each in placed]
    ends = [each.row.interval or (at, at) for each, at in zip(placed, ratios, strict=True)]
    reach = [(at - low, min(high, end) - at) for at, (low, high) in zip(ratios, ends, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": literal(panel.heading),
        "x": ratios,
        "y": [each.middle for each in placed],
        "marker": {**look, "opacity": 1, "line": {"color": PAPER, "width": 1.5}},
        "error_x": {
            "symmetric": False,
            "array": [up for _, up in reach],
            "arrayminus": [down for down, _ in reach],
            "color": _colour(panel),
            "thickness": 2,
            "width": 0,
        },
        "customdata": [literal(each.row.hover) for each in placed],
        "hovertemplate": "%{customdata}<extra></extra>",
        "cliponaxis": False,
    }


def _behind(placed: _Placed, said: Target, end: float) -> list[dict[str, Any]]:
    """Draw what counts as said as a band, the ratio that was said and the row's own line."""
    common = {"layer": "below", "y0": placed.top, "y1": placed.bottom}
    level = {"y0": placed.middle, "y1": placed.middle}
    band = {"x0": said.low, "x1": min(said.high, end), "fillcolor": BAND, "line": {"width": 0}}
    line = {"x0": said.ratio, "x1": said.ratio, "line": {"color": INK, "width": 1.5}}
    own = {"x0": 0, "x1": end, **level, "line": {"color": RULE, "width": 1}}
    return [
        {"type": "rect", **common, **band},
        {"type": "line", **common, **own},
        {"type": "line", **common, **line},
    ]


def _label(placed: _Placed, left: float) -> list[dict[str, Any]]:
    """Write the lines of a label left of the marks; quietly where there is no mark."""
    lines = _lines(placed.row)
    first = placed.middle - LINE * len(lines) / 2
    quiet = placed.row.ratio is None
    return [
        _text(line, -left, first + LINE * at, QUIET if quiet and at else INK)
        for at, line in enumerate(lines)
    ]


def _named(said: Target, bottom: float) -> dict[str, Any]:
    """Name the ratio that was said above its line: to the left, where no label stands."""
    anchor = {"x": said.ratio, "xref": "x", "xshift": 4, "xanchor": "right", "y": bottom - HEAD + 6}
    return {**_text(said.name, 0, 0, INK, size=12), **anchor}


def _text(
    text: str, left: float, top: float, colour: str, *, bold: bool = False, size: int = SIZE
) -> dict[str, Any]:
    """Write a line so many pixels beside the marks, with its upper edge at `top`."""
    return {
        "text": f"<b>{literal(text)}</b>" if bold else literal(text),
        "x": 0,
        "xref": "paper",
        "xshift": left,
        "xanchor": "left",
        "y": top,
        "yref": "y",
        "yanchor": "top",
        "borderpad": 0,
        "showarrow": False,
        "font": {"size": size, "color": colour},
    }


def _scale() -> dict[str, Any]:
    """Give the scale quiet numbers: so many times as many."""
    ticks = {"size": 12, "color": QUIET}
    return {"tickprefix": "×\u00a0", "nticks": 5, "tickfont": ticks, "zeroline": False}
