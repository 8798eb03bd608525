"""What all figures have in common: type, paper, grid, numbers in the reader's form."""

import plotly.graph_objects as go

from charts.palette import INK, QUIET, RULE
from loaders.language import Language

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
FONT = "Source Sans, Noto Sans, DejaVu Sans, sans-serif"


def styled(figure: go.Figure, t: Language, height: int) -> go.Figure:
    """Give a figure the look of the house."""
    grouped = {"en": ".,", "ru": ", ", "ky": ", "}[t.code]
    figure.update_layout(
        height=height,
        margin={"l": 8, "r": 8, "t": 8, "b": 8},
        font={"family": FONT, "size": 14, "color": INK},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        separators=grouped,
        dragmode=False,
        bargap=0.25,
        hoverlabel={"bgcolor": "#FFFFFF", "font": {"color": INK, "family": FONT}},
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "traceorder": "normal"},
    )
    figure.update_xaxes(fixedrange=True, showgrid=False, linecolor=RULE, automargin=True)
    figure.update_yaxes(
        fixedrange=True,
        gridcolor=RULE,
        zeroline=False,
        rangemode="tozero",
        automargin=True,
        tickfont={"color": QUIET},
        tickformat=",d",
        nticks=5,
    )
    return figure
