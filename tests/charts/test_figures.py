import json

import pandas as pd
import pytest

from charts import map as chart
from charts import trend
from incidents import counts
from incidents.selection import Selection
from loaders.language import language

EN = language("en")


@pytest.mark.parametrize(
    ("day", "first", "per", "position"),
    [
        ("2021-01-01", "2021", "year", -0.5),
        ("2021-07-01", "2021", "year", 0.0),
        ("2022-01-01", "2021", "year", 0.5),
        ("2021-04-01", "2021-Q1", "quarter", 0.5),
        ("2021-02-15", "2021-01", "month", 1.0),
    ],
)
def test_an_event_stands_where_its_day_lies_on_the_axis(day, first, per, position):
    assert trend.event_position(pd.Timestamp(day), first, per) == pytest.approx(position, abs=0.01)


@pytest.mark.parametrize("split", ["data", "perpetrator"])
def test_bars_show_the_numbers_of_the_table_and_hatch_what_is_provisional(package, split):
    found = counts.by_period(package.incidents.select(Selection()), "year", split=split)
    labels = {code: code for code in found.table}
    figure = trend.stacked(found, labels, {}, [], EN)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    for bar in bars:
        assert list(bar.y) == list(found.table[bar.name])
        hatched = [p for p, s in zip(found.table.index, bar.marker.pattern.shape, strict=True) if s]
        assert set(hatched) == set(found.provisional)


def test_small_multiples_show_the_numbers_of_the_table_on_one_scale(package):
    found = counts.by_period(package.incidents.select(Selection()), "year", split="group")
    labels = package.codebook.labels("groups", "en")
    figure = trend.multiples(found, labels, EN)
    tops = {axis.range[1] for axis in figure.select_yaxes()}
    assert len(tops) == 1
    shown = {tuple(trace.y) for trace in figure.data}
    assert shown <= {tuple(found.table[code]) for code in found.table}


def test_a_chart_of_nothing_can_be_drawn(package):
    empty = package.incidents.select(Selection(q="zzzz"))
    found = counts.by_period(empty, "month")
    trend.stacked(found, {"n": "n"}, {}, [], EN)


HOSTILE = "`${alert(1)}`<img src=x onerror=alert(2)></script>'\""


def test_text_reaches_the_map_only_as_data():
    circle = chart.Circle("place", "1", 42.0, 74.0, 3, HOSTILE)
    group = chart.layers({"KG-GB": chart.Area("#FFFFFF", HOSTILE)}, [circle])
    shown = next(iter(group._children.values()))
    script = shown._template.module.script(shown)
    assert "<img" not in script
    assert "</script>" not in script
    line = next(line for line in script.splitlines() if "const shown =" in line)
    data = json.loads(line.split("=", 1)[1].rstrip(" ;"))
    assert data["areas"]["KG-GB"]["text"] == HOSTILE
    assert data["circles"][0]["properties"]["text"] == HOSTILE


def test_a_circles_area_is_proportional_to_its_count():
    assert chart.radius(100, 100) == 2 * chart.radius(25, 100)
    assert chart.radius(1, 100_000) == chart.SMALLEST
