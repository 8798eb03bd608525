"""Ratios as a picture: the marks, intervals, bands and labels of the very figure that is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from charts.palette import PAPER, QUIET, RULE
from charts.picture import TALLER
from charts.sheet import LABEL, POINT, WHOLE, Form, Sheet, Words
from charts.style import plain
from loaders.language import Language
from loaders.typeface import Typeface

MARKERS = {"circle": "o", "diamond": "D"}
Place = Callable[[float], float]
"""From a ratio, or a height in pixels of the page, to pixels of the sheet."""
Dictionary = Mapping[str, Any]


def of_ratios(
    figure: go.Figure, words: Words, t: Language, face: Typeface, form: Form = WHOLE
) -> Sheet:
    """Draw a figure of ratios on a sheet."""
    drawn = figure.to_dict()
    layout, axis = drawn["layout"], drawn["layout"]["xaxis"]
    sheet = Sheet(words, [], layout["height"] * TALLER, face, form)
    taller = min(TALLER, (sheet.bottom - sheet.top) / layout["height"])
    left, end = form.margin + layout["margin"]["l"] * TALLER, axis["range"][1]

    def across(ratio: float) -> float:
        return left + ratio / end * (form.margin + form.inner - left)

    def down(pixels: float) -> float:
        return sheet.top + pixels * taller

    for shape in layout.get("shapes", ()):
        _shape(sheet, shape, across, down)
    for trace in drawn["data"]:
        _marks(sheet, trace, across, down)
    for note in layout["annotations"]:
        _text(sheet, note, left if note["xref"] == "paper" else across(note["x"]), down, taller)
    if axis["visible"]:
        _scale(sheet, axis, across, down(layout["yaxis"]["range"][0]), t)
    return sheet


def _shape(sheet: Sheet, shape: Dictionary, across: Place, down: Place) -> None:
    """Draw a band or a line."""
    xs, ys = [across(shape[x]) for x in ("x0", "x1")], [down(shape[y]) for y in ("y0", "y1")]
    if shape["type"] == "line":
        line = shape["line"]
        sheet.paper.plot(xs, ys, color=line["color"], linewidth=line["width"] * POINT, zorder=1)
    else:
        size = (xs[1] - xs[0], ys[1] - ys[0])
        sheet.paper.add_patch(Rectangle((xs[0], ys[0]), *size, facecolor=shape["fillcolor"]))


def _marks(sheet: Sheet, trace: Dictionary, across: Place, down: Place) -> None:
    """Draw each mark on its interval."""
    bars, look = trace["error_x"], trace["marker"]
    placed: Sequence[tuple[float, ...]] = list(
        zip(trace["x"], trace["y"], bars["arrayminus"], bars["array"], strict=True)
    )
    for x, y, below, above in placed:
        ends = [across(x - below), across(x + above)]
        width = bars["thickness"] * TALLER * POINT
        sheet.paper.plot(ends, [down(y)] * 2, color=bars["color"], linewidth=width, zorder=2)
    sheet.paper.plot(
        [across(x) for x, *_ in placed],
        [down(y) for _, y, *_ in placed],
        linestyle="",
        marker=MARKERS[look["symbol"]],
        markersize=look["size"] * POINT,
        markerfacecolor=look["color"],
        markeredgecolor=PAPER,
        zorder=3,
    )


def _text(sheet: Sheet, note: Dictionary, x: float, down: Place, taller: float) -> None:
    """Write a label, or the name of the ratio that was said; what is bold on the page is bold."""
    text = note["text"].removeprefix("<b>").removesuffix("</b>")
    look = {"ha": note["xanchor"], "color": note["font"]["color"], "bold": text != note["text"]}
    size = note["font"]["size"] * taller
    sheet.write(x + note["xshift"] * TALLER, down(note["y"]) + size, plain(text), size, **look)


def _scale(sheet: Sheet, axis: Dictionary, across: Place, y: float, t: Language) -> None:
    """Draw the scale below the marks, with its numbers."""
    low, high = axis["range"]
    sheet.paper.plot([across(low), across(high)], [y, y], color=RULE, linewidth=POINT)
    for tick in MaxNLocator(axis["nticks"]).tick_values(low, high):
        if low <= tick <= high:
            text = axis["tickprefix"] + t.number(float(tick), 1)
            sheet.write(across(float(tick)), y + LABEL * 1.4, text, ha="center", color=QUIET)
