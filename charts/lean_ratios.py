"""Ratios against the ratio that was said, as SVG inside a page: each label above its own line."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from charts.palette import QUIET
from charts.style import plain
from charts.svg import lines, percent, sheet, tag, text

LINE, TRACK, SIZE, SMALL = 19, 24, 14, 12
"""The heights of a line of text and of a scale with its mark, and sizes of letters, in pixels."""
MARK = 6
END = 0.97
"""The share of the width that scales take, so that the last mark is whole."""
Dictionary = Mapping[str, Any]


def drawn(traces: Sequence[Dictionary], layout: Dictionary) -> str:
    """Draw labels and scales under each other, in the order of the figure."""
    end = float(layout["xaxis"]["range"][1])
    marks = {y: mark for trace in traces for y, mark in _marks(trace)}
    parts, top = [], 0.0
    for _, item in sorted(_items(layout), key=lambda pair: pair[0]):
        if "layer" in item:
            y = (item["y0"] + item["y1"]) / 2
            parts += _scale(item, layout["shapes"], marks[y], end, top)
            top += TRACK
        else:
            for line in _lines(item):
                parts.append(_text({**item, "text": line}, end, top))
                top += LINE
    return sheet(top + 4, *parts)


@dataclass(frozen=True)
class _Mark:
    """A ratio, the ends of its interval, and its colour."""

    ratio: float
    low: float
    high: float
    colour: str


def _marks(trace: Dictionary) -> Iterator[tuple[float, _Mark]]:
    """Give the marks of a trace, each by where it stands."""
    colour, reach = trace["marker"]["color"], trace["error_x"]
    drawn = zip(trace["x"], trace["y"], reach["arrayminus"], reach["array"], strict=True)
    for x, y, down, up in drawn:
        yield y, _Mark(x, x - down, x + up, colour)


def _items(layout: Dictionary) -> Iterator[tuple[float, Dictionary]]:
    """Give labels and bands with where they stand; a band follows the label it stands beside."""
    for note in layout["annotations"]:
        if note["yref"] == "y":
            weight = 600 if note["text"].startswith("<b>") else ""
            yield note["y"], {**note, "weight": weight}
    for shape in layout["shapes"]:
        if shape["type"] == "rect":
            yield shape["y1"] - 1, shape


def _lines(note: Dictionary) -> list[str]:
    """Break a text into lines that a narrow screen has room for."""
    said = plain(note["text"].removeprefix("<b>").removesuffix("</b>"))
    return lines(said, bold=bool(note.get("weight")))


def _text(note: Dictionary, end: float, top: float) -> str:
    """Write a line; headings are bold."""
    said, font = note["text"], note["font"]
    look = {"fill": font["color"], "font_weight": note.get("weight", ""), "font_size": SIZE}
    if note["xref"] == "x":
        place = {"x": percent(END * note["x"] / end), "text_anchor": "middle"}
        return text(said, place.pop("x"), top + 15, **{**look, **place, "font_size": SMALL})
    return text(said, 0, top + 15, **look)


def _scale(
    band: Dictionary,
    shapes: Sequence[Dictionary],
    mark: _Mark,
    end: float,
    top: float,
) -> list[str]:
    """Draw the band of what counts as said, the row's own line, what was said, and the mark.

    Its interval runs behind the mark.
    """
    of_row = [shape for shape in shapes if shape["type"] == "line" and _within(shape, band)]
    said = next(shape for shape in of_row if shape["x0"] == shape["x1"])
    middle = top + TRACK / 2
    left, right = (END * band[side] / end for side in ("x0", "x1"))
    at, there = percent(END * said["x0"] / end), percent(END * mark.ratio / end)
    low, high = (percent(END * each / end) for each in (mark.low, mark.high))
    place = {"y": top + 2, "height": TRACK - 4, "fill": band["fillcolor"]}
    return [
        tag("rect", x=percent(left), width=percent(right - left), **place),
        tag("line", x1=0, x2="100%", y1=middle, y2=middle, stroke=QUIET, stroke_width=0.5),
        tag("line", x1=at, x2=at, y1=top + 2, y2=top + TRACK - 2, stroke=said["line"]["color"]),
        tag("line", x1=low, x2=high, y1=middle, y2=middle, stroke=mark.colour, stroke_width=2),
        tag("circle", cx=there, cy=middle, r=MARK, fill=mark.colour),
    ]


def _within(shape: Dictionary, band: Dictionary) -> bool:
    return bool(band["y0"] <= shape["y0"] <= shape["y1"] <= band["y1"])
