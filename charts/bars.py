"""Counts by code, as horizontal bars with their numbers."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from charts.palette import ACCENT
from charts.style import X_AXIS, Y_AXIS, figure, literal
from loaders.language import Language


def bars(counts: pd.Series, labels: Sequence[str], t: Language) -> go.Figure:
    """Draw one bar per code, in the order given, each with its label and its number."""
    places, names = list(range(len(counts))), [literal(label) for label in labels]
    trace = {
        "type": "bar",
        "orientation": "h",
        "x": counts.tolist(),
        "y": places,
        "width": 0.62,
        "marker": {"color": ACCENT},
        "text": [t.number(v) for v in counts],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": names,
        "hovertemplate": "%{customdata}: <b>%{x}</b><extra></extra>",
    }
    named = {"autorange": "reversed", "tickvals": places, "ticktext": names}
    return figure(
        [trace],
        t,
        60 + 34 * max(len(counts), 1),
        yaxis={**Y_AXIS, **named, "showgrid": False, "tickfont": {"size": 13}},
        xaxis={**X_AXIS, "visible": False, "range": [0, float(max(counts.max(), 1)) * 1.15]},
    )
