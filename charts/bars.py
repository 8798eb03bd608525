"""Counts by code, as horizontal bars with their numbers."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from charts.palette import ACCENT, SEQUENCE
from charts.style import X_AXIS, Y_AXIS, figure, legend_entry, literal
from loaders.language import Language

ROW = 26
"""The height of a bar with the gap to the next, in pixels."""
PALE = SEQUENCE[2]


def bars(
    counts: pd.Series,
    labels: Sequence[str],
    t: Language,
    pale: Sequence[bool] = (),
    names: tuple[str, str] = ("", ""),
) -> go.Figure:
    """Draw one bar per code, in the order given, each with its label and its number.

    A number that is missing is a dash, not a bar of nothing. `pale` marks the bars that rest on
    little; `names` words what the others and these are.
    """
    places, texts = list(range(len(counts))), [literal(label) for label in labels]
    numbers = counts.fillna(0).tolist()
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": numbers,
        "y": places,
        "width": 0.62,
        "marker": {"color": [PALE if thin else ACCENT for thin in pale] or ACCENT},
        "text": ["–" if pd.isna(v) else t.number(v) for v in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": texts,
        "hovertemplate": "%{customdata}: <b>%{text}</b><extra></extra>",
        "showlegend": False,
    }
    shown = zip(names, (ACCENT, PALE), strict=True) if any(pale) else ()
    named = {"autorange": "reversed", "tickvals": places, "ticktext": texts}
    return figure(
        [trace, *(legend_entry(literal(name), colour) for name, colour in shown)],
        t,
        44 + ROW * max(len(counts), 1) + (26 if any(pale) else 0),
        yaxis={**Y_AXIS, **named, "showgrid": False, "tickfont": {"size": 13}},
        xaxis={**X_AXIS, "visible": False, "range": [0, float(max([*numbers, 1])) * 1.25]},
    )
