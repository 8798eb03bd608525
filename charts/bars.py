"""Counts by code, as horizontal bars with their numbers."""

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from charts.palette import ACCENT
from charts.style import styled
from loaders.language import Language


def bars(counts: pd.Series, labels: Sequence[str], t: Language, colour: str = ACCENT) -> go.Figure:
    """Draw one bar per code, in the order given, each with its label and its number."""
    figure = go.Figure(
        go.Bar(
            x=counts.tolist(),
            y=list(range(len(counts))),
            orientation="h",
            width=0.62,
            marker={"color": colour},
            text=[t.number(v) for v in counts],
            textposition="outside",
            cliponaxis=False,
            customdata=list(labels),
            hovertemplate="%{customdata}: <b>%{x}</b><extra></extra>",
        )
    )
    styled(figure, t, 60 + 34 * max(len(counts), 1))
    figure.update_yaxes(
        autorange="reversed",
        tickvals=list(range(len(counts))),
        ticktext=list(labels),
        showgrid=False,
        tickfont={"size": 13},
    )
    figure.update_xaxes(visible=False, range=[0, float(max(counts.max(), 1)) * 1.15])
    return figure
