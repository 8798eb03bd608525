"""A figure as a picture: the traces of the very figure that is shown, drawn on a sheet.

Nothing is handed over beside the figure, so that the picture cannot show other numbers than the
page. Known is what the figures of this house are made of: bars, lines, and texts at points.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.ticker import MaxNLocator

from charts.palette import INK, QUIET, RULE
from charts.sheet import LABEL, LINE, POINT, WHOLE, Form, Sheet, Words
from charts.style import BAR_GAP, keys, plain
from charts.trend import NAMED
from loaders.language import Language
from loaders.typeface import Typeface

TALLER = 1.15
"""How much higher a picture is than the figure on the page, whose letters are smaller."""
FEW, HEADROOM = 12, 1.25
"""Up to so many bars, each of one of several panels bears its number, for which it is higher."""
MIDDLE = 0.34 * LABEL
"""How far the middle of a digit lies above its line, in pixels."""
Dictionary = Mapping[str, Any]


def of_figure(
    figure: go.Figure, words: Words, t: Language, face: Typeface, form: Form = WHOLE
) -> Sheet:
    """Draw a figure on a sheet. Where there is no room to name them, events are not drawn."""
    drawn = figure.to_dict()
    traces, layout = drawn["data"], drawn["layout"]
    if form.height:
        traces, layout = _without_events(traces, layout)
    sheet = Sheet(words, keys(drawn), layout["height"] * TALLER, face, form)
    names = dict.fromkeys((trace.get("xaxis", "x"), trace.get("yaxis", "y")) for trace in traces)
    left = max(_room_for_labels(sheet, layout[_axis_name(y)], t) for _, y in names)
    for x, y in names:
        of_panel = [k for k in traces if (k.get("xaxis", "x"), k.get("yaxis", "y")) == (x, y)]
        _panel(sheet, of_panel, layout, layout[_axis_name(x)], layout[_axis_name(y)], left, t)
    # names of events stand below a picture; what stands on the paper heads a panel
    for note in (n for n in layout.get("annotations", ()) if n.get("xref") == "paper"):
        _heading(sheet, note, left)
    return sheet


def numbered(figure: go.Figure) -> list[str]:
    """Give the numbered lines of a figure with their names, in order: "1 Law on ..."."""
    found: dict[int, str] = {}
    for trace in figure.data:
        for text in trace.hovertext or () if trace.type == "scatter" else ():
            for line in plain(text).split("\n"):
                found[int(line.split()[0])] = line
    return [found[number] for number in sorted(found)]


def _without_events(
    traces: Sequence[Dictionary], layout: Dictionary
) -> tuple[Sequence[Dictionary], Dictionary]:
    """Take away the lines of events, and the room above the bars that their names need."""
    kept = [k for k in traces if k.get("mode") != "lines" and not k.get("hovertext")]
    if len(kept) == len(traces):
        return traces, layout
    low, top = layout["yaxis"]["range"]
    return kept, {**layout, "yaxis": {**layout["yaxis"], "range": [low, top / NAMED]}}


def _axis_name(short: str) -> str:
    return f"{short[0]}axis{short[1:]}"


def _room_for_labels(sheet: Sheet, axis: Dictionary, t: Language) -> float:
    """Give the pixels that the labels left of a panel need."""
    texts = [line for text in axis.get("ticktext", ()) for line in plain(text).split("\n")]
    texts = texts or [t.number(tick) for tick in _ticks(axis)]
    return max((sheet.width(text, LABEL) for text in texts), default=0) + 12


def _ticks(axis: Dictionary) -> list[int]:
    """Choose whole numbers along an axis."""
    low, high = axis["range"]
    found = MaxNLocator(axis["nticks"], integer=True).tick_values(low, high)
    return [int(tick) for tick in found if low <= tick <= high]


def _panel(
    sheet: Sheet,
    traces: Sequence[Dictionary],
    layout: Dictionary,
    x: Dictionary,
    y: Dictionary,
    left: float,
    t: Language,
) -> None:
    """Draw one pair of axes with its traces."""
    width, height = sheet.form.inner, sheet.bottom - sheet.top
    (x0, x1), (y0, y1) = x.get("domain", (0, 1)), y.get("domain", (0, 1))
    below = 0 if "domain" in y else LABEL * LINE * _lines_below(x) + 6
    axes = sheet.axes(
        sheet.form.margin + x0 * width + left,
        sheet.top + (1 - y1) * height,
        (x1 - x0) * width - left,
        (y1 - y0) * height - below,
    )
    places = {value: at for at, value in enumerate(x["tickvals"])} if _is_category(x) else {}
    axes.set(xlim=_range(x, len(places)), ylim=_range(y, len(y.get("tickvals", ()))))
    if "domain" in y and len(traces[0]["x"]) <= FEW:
        axes.set_ylim(top=axes.get_ylim()[1] * HEADROOM)
        traces = [_numbered(trace, t) for trace in traces]
    if y.get("autorange") == "reversed":
        axes.invert_yaxis()
    _grid(sheet, axes, y, t)
    _labels(sheet, axes, x, y, places)
    tops: dict[float, float] = {}
    for trace in traces:
        draw = {"bar": _bars, "scatter": _points}[trace["type"]]
        draw(sheet, axes, trace, places, tops if layout.get("barmode") == "stack" else {})


def _is_category(axis: Dictionary) -> bool:
    return axis.get("type") == "category"


def _lines_below(axis: Dictionary) -> int:
    if axis.get("visible") is False:
        return 0
    return max((plain(text).count("\n") + 1 for text in axis.get("ticktext", ())), default=1)


def _range(axis: Dictionary, n: int) -> tuple[float, float]:
    low, high = axis.get("range", (-0.6, n - 0.4))
    return low, high


def _grid(sheet: Sheet, axes: Axes, y: Dictionary, t: Language) -> None:
    """Draw quiet lines at whole numbers, with the numbers before them."""
    if "ticktext" in y:
        return
    left, right = axes.get_xlim()
    for tick in _ticks(y):
        colour = QUIET if tick == 0 else RULE
        axes.plot([left, right], [tick, tick], color=colour, linewidth=POINT, zorder=0)
        _beside(sheet, axes, left, tick, t.number(tick), QUIET)


def _beside(sheet: Sheet, axes: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write left of a point, 8 pixels away."""
    pixels = abs(x - axes.get_xlim()[1]) / (axes.get_position().width * sheet.form.width)
    middle = y - MIDDLE * _pixels_high(sheet, axes)
    sheet.label(axes, x - 8 * pixels, middle, text, ha="right", color=colour)


def _labels(
    sheet: Sheet, axes: Axes, x: Dictionary, y: Dictionary, places: Mapping[str, int]
) -> None:
    """Name the bars: below them, or left of them where they lie."""
    for value, text in zip(y.get("tickvals", ()), y.get("ticktext", ()), strict=True):
        _beside(sheet, axes, axes.get_xlim()[0], value, plain(text), INK)
    if x.get("visible") is False:
        return
    below = _pixels_high(sheet, axes) * LABEL * LINE
    for value, text in zip(x["tickvals"], x["ticktext"], strict=True):
        for row, line in enumerate(plain(text).split("\n"), start=1):
            colour = QUIET if row > 1 else INK
            at = places.get(value, value)
            sheet.label(axes, at, -below * row, line, ha="center", color=colour)


def _pixels_high(sheet: Sheet, axes: Axes) -> float:
    """Give the height of a pixel in numbers of the axis, which may count downwards."""
    low, high = axes.get_ylim()
    return (high - low) / (axes.get_position().height * sheet.height)


def _bars(
    sheet: Sheet,
    axes: Axes,
    trace: Dictionary,
    places: Mapping[str, int],
    tops: dict[float, float],
) -> None:
    """Draw bars that stand, on what `tops` holds of those before them, or bars that lie."""
    lie = trace.get("orientation") == "h"
    at, values = (trace["y"], trace["x"]) if lie else (trace["x"], trace["y"])
    at = [places.get(x, x) for x in at]
    under = [tops.get(x, 0) for x in at]
    tops.update({x: low + value for x, low, value in zip(at, under, values, strict=True)})
    half = (trace.get("width") or 1 - BAR_GAP) / 2
    boxes = [
        _box(low, x - half, low + value, x + half, lie=lie)
        for x, low, value in zip(at, under, values, strict=True)
    ]
    shapes = trace["marker"].get("pattern", {}).get("shape") or [""] * len(boxes)
    for shape in sorted({*shapes}):
        drawn = [box for box, hatched in zip(boxes, shapes, strict=True) if hatched == shape]
        look = {"hatch": shape * 4, "edgecolor": "#FFFFFF"} if shape else {}
        bars = PolyCollection(drawn, linewidth=0, **{"facecolor": trace["marker"]["color"], **look})
        bars.set_label(plain(trace.get("name") or ""))
        axes.add_collection(bars, autolim=False)
    ends = zip(values, at, strict=True) if lie else zip(at, values, strict=True)
    for text, (x, y) in zip(trace.get("text", ()), ends, strict=False):
        if text:
            _at_the_end(sheet, axes, trace, x, y, plain(text))


def _box(
    low: float, left: float, high: float, right: float, *, lie: bool
) -> list[tuple[float, float]]:
    """Give the corners of a bar that stands, or that lies."""
    corners = [(left, low), (left, high), (right, high), (right, low)]
    return [(y, x) for x, y in corners] if lie else corners


def _at_the_end(sheet: Sheet, axes: Axes, trace: Dictionary, x: float, y: float, text: str) -> None:
    """Write a bar's number beyond its end."""
    if trace.get("orientation") == "h":
        pixels = axes.get_xlim()[1] / (axes.get_position().width * sheet.form.width)
        sheet.label(axes, x + 6 * pixels, y - MIDDLE * _pixels_high(sheet, axes), text)
    else:
        size = trace.get("textfont", {}).get("size", LABEL)
        sheet.label(axes, x, y + 5 * _pixels_high(sheet, axes), text, size, ha="center")


def _numbered(trace: Dictionary, t: Language) -> Dictionary:
    """Give each bar its number, which the page tells on hover; none to a bar of nothing."""
    text = [t.number(value) if value else "" for value in trace["y"]]
    return {**trace, "text": text, "textfont": {"size": LABEL - 2}}


def _points(
    sheet: Sheet,
    axes: Axes,
    trace: Dictionary,
    places: Mapping[str, int],
    tops: Mapping[float, float],
) -> None:
    """Draw lines, or write texts at points; marks stand in the legend alone."""
    if trace["mode"] == "markers":
        return
    if trace["mode"] == "lines":
        for xs, ys in _pieces(trace["x"], trace["y"]):
            line = trace["line"]
            axes.plot(xs, ys, color=line["color"], linewidth=POINT, linestyle=":")
        return
    above = trace.get("textposition") == "top center"
    font = trace.get("textfont", {})
    up = 6 * _pixels_high(sheet, axes) if above else 0
    look = {"ha": "center", "color": font.get("color", INK)}
    for x, y, text in zip(trace["x"], trace["y"], trace["text"], strict=True):
        sheet.label(axes, places.get(x, x), y + up, plain(text), font.get("size", LABEL), **look)


def _pieces(
    xs: Sequence[float | None], ys: Sequence[float | None]
) -> Iterator[tuple[list[float], list[float]]]:
    """Cut a line where it has gaps."""
    piece: list[tuple[float, float]] = []
    for x, y in [*zip(xs, ys, strict=True), (None, None)]:
        if x is not None and y is not None:
            piece.append((x, y))
        elif piece:
            yield [x for x, _ in piece], [y for _, y in piece]
            piece = []


def _heading(sheet: Sheet, note: Dictionary, left: float) -> None:
    """Write the heading of one of several panels."""
    height = sheet.bottom - sheet.top
    x, y = (
        sheet.form.margin + note["x"] * sheet.form.inner + left,
        sheet.top + (1 - note["y"]) * height,
    )
    sheet.write(x, y - 6, plain(note["text"]), LABEL + 1, bold=True)
