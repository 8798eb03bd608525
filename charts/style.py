"""What all figures have in common: type, paper, grid, numbers in the reader's form.

Figures are put together as plain dictionaries and turned into a plotly figure once: setting a
figure's properties one by one costs ten times as much.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from charts.palette import INK, QUIET, RULE
from loaders.language import Language

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}
BAR_GAP = 0.25
FONT = "Source Sans, Noto Sans, DejaVu Sans, sans-serif"
UNCLICKED = {"itemclick": False, "itemdoubleclick": False}
"""A legend of which no click takes bars away and leaves totals and title as they were."""
X_AXIS = {"fixedrange": True, "showgrid": False, "linecolor": RULE, "automargin": True}
Y_AXIS = {
    "fixedrange": True,
    "gridcolor": RULE,
    "zeroline": False,
    "rangemode": "tozero",
    "automargin": True,
    "tickfont": {"color": QUIET},
    "tickformat": ",d",
    "nticks": 5,
}


@dataclass(frozen=True)
class Key:
    """One entry of a legend: its text, and the swatch before it, which may have no fill.

    Without fill and edge it heads those that follow. `radius`: a circle as large as on the map.
    """

    text: str
    fill: str = ""
    edge: str = "none"
    round: bool = False
    dashed: bool = False
    radius: float = 0

    @property
    def heading(self) -> bool:
        """Say whether this heads the entries that follow."""
        return not self.fill and self.edge == "none"


def margin(most: float, t: Language) -> dict[str, int]:
    """Leave room for numbers up to `most` along the y axis, and for one line under the x axis.

    Where a margin is too small Plotly widens it and draws the figure a second time.
    """
    return {"l": 12 + 7 * len(t.number(round(most))), "r": 8, "t": 14, "b": 32}


def literal(text: str) -> str:
    """Write a text so that plotly draws it as it stands, not as its tags, templates or formulas."""
    return re.sub(r"[&<>%{}$]", lambda found: f"&#{ord(found[0])};", text)


def plain(text: str) -> str:
    """Read a text as plotly shows it: entities and line breaks, and no other tags."""
    return html.unescape(re.sub(r"<br>", "\n", text))


def legend_entry(name: str, colour: str, **more: Any) -> dict[str, Any]:
    """Explain a colour by a square that stands nowhere else; a click on it hides nothing."""
    square = {"color": colour, "symbol": "square", "size": 12}
    nowhere = {"x": [None], "y": [None]}
    return {"type": "scatter", "mode": "markers", **nowhere, "marker": square, "name": name, **more}


def keys(figure: Mapping[str, Any]) -> list[Key]:
    """Explain the colours of a figure, where there are several, and the hatching."""
    if figure["layout"].get("showlegend") is False:
        return []
    named = [k for k in figure["data"] if k.get("showlegend") is not False and k.get("name")]
    if len(named) < 2:
        return []
    return [Key(plain(k["name"]), k["marker"]["color"]) for k in named]


def figure(
    traces: Sequence[Mapping[str, Any]], t: Language, height: int, **layout: Any
) -> go.Figure:
    """Put a figure together in the look of the house. `layout` adds to it or replaces parts.

    Streamlit hands a figure to Plotly a second time once it is drawn. With a fixed `datarevision`
    and no template Plotly finds nothing new, and does not draw it again.
    """
    grouped = {"en": ".,", "ru": ", ", "ky": ", "}[t.code]
    look = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": FONT, "size": 14, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "separators": grouped,
        "dragmode": False,
        "bargap": BAR_GAP,
        "hoverlabel": {"bgcolor": "#FFFFFF", "font": {"color": INK, "family": FONT}},
        "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", **UNCLICKED},
        "datarevision": 0,
        "xaxis": X_AXIS,
        "yaxis": Y_AXIS,
    }
    drawn = go.Figure(data=list(traces), layout={**look, **layout})
    drawn.layout.template = None
    return drawn
