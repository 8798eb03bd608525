"""What a data team would take instead: Dash, with the same filters, a map and a trend.

Served by gunicorn, as Dash's guide advises. Its map draws a circle for each place, for that is what
its own chart of bubbles is for.
"""

import os

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dcc, html

ROWS = pd.read_csv(os.environ["ROWS"], parse_dates=["first_day", "last_day"])
LISTS = ("groups", "violations")
CODES = {
    name: sorted(ROWS[name].dropna().str.split(";").explode().unique())
    for name in ("dataset", *LISTS)
}
YEARS = list(range(ROWS["first_day"].min().year, ROWS["last_day"].max().year + 1))

app = Dash(__name__, title="Incidents")
server = app.server
app.layout = html.Div(
    [
        html.H1("Incidents"),
        dcc.Dropdown(CODES["dataset"], multi=True, id="dataset", placeholder="Dataset"),
        dcc.Dropdown(YEARS, id="start", placeholder="From"),
        dcc.Dropdown(YEARS, id="end", placeholder="To"),
        dcc.Dropdown(CODES["groups"], multi=True, id="groups", placeholder="Group"),
        dcc.Dropdown(CODES["violations"], multi=True, id="violations", placeholder="Violation"),
        dcc.Input(id="text", debounce=True, placeholder="Text"),
        html.P(id="count"),
        dcc.Graph(id="map"),
        dcc.Graph(id="trend"),
    ]
)


@callback(
    Output("count", "children"),
    Output("map", "figure"),
    Output("trend", "figure"),
    Input("dataset", "value"),
    Input("start", "value"),
    Input("end", "value"),
    Input("groups", "value"),
    Input("violations", "value"),
    Input("text", "value"),
)
def drawn(data, start, end, groups, violations, text):
    """Filter, count and draw."""
    found = ROWS
    if data:
        found = found[found["dataset"].isin(data)]
    if start:
        found = found[found["last_day"].dt.year >= start]
    if end:
        found = found[found["first_day"].dt.year <= end]
    for column, chosen in zip(LISTS, (groups, violations), strict=True):
        if chosen:
            found = found[found[column].str.contains(rf"\b(?:{'|'.join(chosen)})\b", na=False)]
    if text:
        found = found[found["summary"].str.contains(text, case=False, regex=False)]
    places = found.groupby(["place", "latitude", "longitude"]).size().reset_index(name="n")
    months = found.groupby(found["first_day"].dt.to_period("M").dt.to_timestamp()).size()
    bubbles = px.scatter_map(
        places,
        lat="latitude",
        lon="longitude",
        size="n",
        hover_name="place",
        zoom=5.5,
        center={"lat": 41.3, "lon": 74.7},
        map_style="open-street-map",
    )
    trend = px.bar(months.reset_index(name="n"), x="first_day", y="n")
    return f"{len(found):,} records", bubbles, trend


if __name__ == "__main__":
    app.run()
