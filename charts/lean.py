"""A figure as SVG inside a page: the traces of the very figure that is shown, in a few kilobytes.

Places along the width are shares of it, so that a drawing is as wide as the screen while letters
and heights keep their size: it is read at 320 pixels as at 1440. What is read first is written
first, for those who hear or print the texts alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import Any

import plotly.graph_objects as go

from charts import lean_ratios
from charts.palette import PAPER, QUIET, RULE
from charts.style import BAR_GAP, Key, plain
from charts.svg import LETTER, SIZE, lines, percent, sheet, tag, text
from loaders.language import Language

SMALL = 12
HEIGHT, PANEL, HEAD, FOOT = 240, 96, 20, 20
"""The height of a chart and of one of several, and the room above and below, in pixels."""
LINE, BAR = 19, 14
"""A line of a label, or of a bar with its gap; and the bar itself."""
LONGEST = 0.86
"""The share of the width that the longest horizontal bar takes: its number stands behind it."""
NARROW, WIDE = 280, 640
"""The pixels that names along an axis share on a phone, and elsewhere."""
FEW = 12
"""Up to so many bars, each bears its number; beyond, lines do."""
GUTTER = 0.08
"""The share of the width that numbers beside lines take."""
Dictionary = Mapping[str, Any]


def of_figure(figure: go.Figure, t: Language) -> tuple[str, ...]:
    """Draw a figure: one drawing for each pair of its axes."""
    drawn = figure.to_dict()
    traces, layout = drawn["data"], drawn["layout"]
    if any(trace.get("orientation") == "h" for trace in traces):
        return (_rows(traces[0], layout["yaxis"]),)
    if layout.get("shapes") is not None:
        return (lean_ratios.drawn(traces, layout),)
    names = dict.fromkeys(trace.get("xaxis", "x") for trace in traces)
    heads = [note for note in layout.get("annotations", ()) if note.get("xref") == "paper"]
    found = []
    for at, name in enumerate(names):
        of_axes = [trace for trace in traces if trace.get("xaxis", "x") == name]
        head = plain(heads[at]["text"]) if heads else ""
        axes = (layout[f"xaxis{name[1:]}"], layout[f"yaxis{name[1:]}"])
        stacked = layout.get("barmode") == "stack"
        found.append(_Columns(of_axes, axes, head, t, stacked=stacked).drawn())
    return tuple(found)


def _is_entry(trace: Dictionary) -> bool:
    """Say whether a trace is there for the legend alone."""
    return trace["type"] == "scatter" and list(trace["x"]) == [None]


def swatch(key: Key) -> str:
    """Draw what stands before an entry of a legend."""
    size = key.radius or 7.0
    look = {"fill": key.fill or "none", "stroke": key.edge, "stroke_width": 1.5}
    look |= {"stroke_dasharray": "3 2"} if key.dashed else {}
    middle = size + 1
    round_ = tag("circle", cx=middle, cy=middle, r=size, **look)
    square = tag("rect", x=1, y=1, width=2 * size, height=2 * size, **look)
    sides = {"width": 2 * size + 2, "height": 2 * size + 2, "aria_hidden": "true"}
    return tag("svg", round_ if key.round else square, **sides)


def _rows(trace: Dictionary, axis: Dictionary) -> str:
    """Draw horizontal bars, each under its label."""
    most = max([*trace["x"], 1])
    colours = trace["marker"]["color"]
    colours = [colours] * len(trace["x"]) if isinstance(colours, str) else colours
    labels = [plain(label) for label in axis["ticktext"]]
    found, top = [], 0
    for at, (label, value, said) in enumerate(zip(labels, trace["x"], trace["text"], strict=True)):
        for line in lines(label):
            found.append(text(line, 0, top + 14))
            top += LINE
        long, look = LONGEST * value / most, {"y": top, "height": BAR, "fill": colours[at]}
        found.append(tag("rect", x=0, width=percent(long), **look))
        found.append(text(plain(said), percent(long), top + 12, dx=5, font_weight=600))
        top += LINE
    return sheet(top, *found)


class _Columns:
    """Vertical bars on one pair of axes."""

    def __init__(
        self,
        traces: Sequence[Dictionary],
        axes: tuple[Dictionary, Dictionary],
        head: str,
        t: Language,
        *,
        stacked: bool,
    ) -> None:
        """Find the room that names and numbers need; `head` stands above."""
        self.bars = [trace for trace in traces if trace["type"] == "bar"]
        self.rest = [trace for trace in traces if trace["type"] != "bar" and not _is_entry(trace)]
        self.head, self.t, self.stacked = head, t, stacked
        self.x, self.y = axes
        x = self.x
        categories = [] if "range" in x else x["tickvals"]
        self.places = {value: at for at, value in enumerate(categories)}
        self.few = len(self.bars[0]["x"]) <= FEW
        self.heads = lines(head, bold=True)
        self.top = HEAD * max(1, len(self.heads))
        self.bottom = self.top + (PANEL if head else HEIGHT)
        names = [plain(name).split("\n") for name in x["ticktext"]]
        self.names = dict(zip(x["tickvals"], names, strict=True))
        self.height = self.bottom + FOOT * max((len(name) for name in names), default=1)

    def drawn(self) -> str:
        """Draw names, then lines, then bars with their numbers."""
        heads = enumerate(self.heads)
        head = [text(line, 0, 14 + HEAD * at, font_weight=600) for at, line in heads]
        base = self._line(0, 1, 0, stroke=QUIET)
        lines = [] if self.few else self._lines()
        parts = [*head, *lines, *self._named(), *self._bars(), base, *self._others()]
        return sheet(self.height, *parts)

    def at(self, value: Any) -> float:
        """Give where a value lies along the width."""
        low, high = self.x.get("range", (-0.5, len(self.places) - 0.5))
        share = (self.places.get(value, value) - low) / (high - low)
        return share if self.few else GUTTER + share * (1 - GUTTER)

    def up(self, value: float) -> float:
        """Give where a number lies, in pixels from above."""
        return self.bottom - (self.bottom - self.top) * value / self._most

    @cached_property
    def _most(self) -> float:
        """Give the largest number that has room: alike for charts that stand side by side."""
        if self.head:
            return float(self.y["range"][1]) * (1.3 if self.few else 1)
        high = [y for trace in (*self.rest, *self.bars) for y in trace["y"] if y is not None]
        sums = [sum(layers) for layers in zip(*(b["y"] for b in self.bars), strict=True)]
        return float(max([*high, *(sums if self.stacked else []), 1]))

    def _line(self, left: float, right: float, value: float, **look: Any) -> str:
        y = round(self.up(value)) + 0.5
        return tag("line", x1=percent(left), x2=percent(right), y1=y, y2=y, **look)

    def _lines(self) -> list[str]:
        found = []
        for value in ticks(self._most):
            look = {"font_size": SMALL, "fill": QUIET}
            found.append(text(self.t.number(value), 0, self.up(value) + 4, **look))
            found.append(self._line(GUTTER, 1, value, stroke=RULE))
        return found

    def _named(self) -> Iterator[str]:
        """Name as many periods as there is room for; some on wide screens alone."""
        for row in range(max(map(len, self.names.values()), default=0)):
            named = {value: name[row] for value, name in self.names.items() if row < len(name)}
            longest = max(map(len, named.values())) + 1
            every, wide = (_step(len(named) * longest, room) for room in (NARROW, WIDE))
            look: dict[str, Any] = {"font_size": SMALL + (not row), "fill": QUIET if row else ""}
            for at, (value, line) in enumerate(named.items()):
                if not at % wide or not at % every:
                    x, anchor = _anchored(line, self.at(value))
                    look |= {"class_": "wide" if at % every else "", "text_anchor": anchor}
                    yield text(line, percent(x), self.bottom + 16 + 15 * row, **look)

    def _bars(self) -> Iterator[str]:
        below: dict[Any, float] = {}
        for trace in self.bars:
            for at, (value, number) in enumerate(zip(trace["x"], trace["y"], strict=True)):
                foot = below.get(value, 0) if self.stacked else 0
                below[value] = foot + number
                yield from self._bar(trace, at, foot)

    def _bar(self, trace: Dictionary, at: int, foot: float) -> Iterator[str]:
        """Draw one bar on what lies below it, hatched where it is not final."""
        value, number = trace["x"][at], trace["y"][at]
        wide = trace.get("width", 1 - BAR_GAP) * (self.at(1) - self.at(0) if not self.places else 1)
        wide = wide / len(self.places) if self.places else wide
        top, middle = self.up(foot + number), self.at(value)
        sides = {"x": percent(middle - wide / 2), "width": percent(wide), "y": top}
        sides["height"] = self.up(foot) - top
        if number:
            yield tag("rect", **sides, fill=trace["marker"]["color"])
            if any(trace["marker"].get("pattern", {}).get("shape", [""])[at : at + 1]):
                yield tag("rect", **sides, fill="url(#hatched)")
        said = trace.get("text", [])[at : at + 1]
        if said or (self.head and self.few):
            label = plain(said[0]) if said else self.t.number(number)
            size = SIZE + 2 if said else SMALL
            yield self._number(label, middle, top, font_size=size)

    def _number(self, said: str, middle: float, top: float, **look: Any) -> str:
        return text(said, percent(middle), top - 5, text_anchor="middle", **look)

    def _others(self) -> Iterator[str]:
        """Draw texts and lines over the bars; an event is its number, named below the chart."""
        for trace in self.rest:
            points = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None]
            if trace["mode"] == "text":
                look = {"fill": trace.get("textfont", {}).get("color", "")}
                for (x, y), said in zip(points, trace["text"], strict=True):
                    yield self._number(plain(said), self.at(x), self.up(y), **look)
            else:
                look = {"stroke": QUIET, "stroke_dasharray": "1 3"}
                for (x, low), (_, high) in zip(points[::2], points[1::2], strict=True):
                    place = {"x1": percent(self.at(x)), "x2": percent(self.at(x))}
                    yield tag("line", **place, y1=self.up(low), y2=self.up(high), **look)


PATTERN = tag(
    "pattern",
    tag("path", d="M0 6L6 0", stroke=PAPER, stroke_width=2),
    id="hatched",
    width=6,
    height=6,
    patternUnits="userSpaceOnUse",
)
HATCHED = tag("svg", PATTERN, width=0, height=0, aria_hidden="true")
"""What a page must hold once for hatched bars."""


def ticks(most: float) -> list[int]:
    """Choose at most four round numbers up to the largest."""
    steps = (m * 10**e for e in count() for m in (1, 2, 5))
    step = next(step for step in steps if most / step < 5)
    return list(range(step, int(most) + 1, step))


def _anchored(said: str, share: float) -> tuple[float, str]:
    """Give where a name stands, and by which of its ends, so that none is cut off at the edges."""
    half = len(said) * LETTER * SMALL / 2 / NARROW
    if share < half:
        return 0, "start"
    return (1, "end") if share > 1 - half else (share, "middle")


def _step(letters: int, room: float) -> int:
    """Say every how many-th of the names has room."""
    return max(1, -(-int(letters * LETTER * SMALL) // int(room)))
