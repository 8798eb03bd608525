import json
import re

import pandas as pd
import pytest

from charts import bars, marks, scale, trend
from charts import map as chart
from charts.style import literal
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
def test_bars_show_the_numbers_of_the_table_and_hatch_what_is_not_final(package, split):
    dated = Selection(start="2021-06", end="2026")
    found = counts.by_period(package.incidents.select(dated), "year", split=split)
    labels = {code: code for code in found.table}
    figure = trend.stacked(found, labels, {}, [], EN)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    for bar in bars:
        assert list(bar.y) == list(found.table[bar.name])
        hatched = [p for p, s in zip(found.table.index, bar.marker.pattern.shape, strict=True) if s]
        assert set(hatched) == found.provisional | found.incomplete
        assert "2021" in hatched


@pytest.mark.parametrize(("split", "listed"), [("group", "groups"), ("violation", "violations")])
def test_small_multiples_show_every_code_that_has_records_on_one_scale(package, split, listed):
    found = counts.by_period(package.incidents.select(Selection()), "year", split=split)
    labels = package.codebook.labels(listed, "en")
    figure = trend.multiples(found, labels, EN)
    tops = {axis.range[1] for axis in figure.select_yaxes()}
    assert len(tops) == 1
    held = [code for code in found.table if found.table[code].sum()]
    assert len(held) > 10
    totals = found.table[held].sum().sort_values(ascending=False, kind="stable")
    headings = [note.text for note in figure.layout.annotations]
    assert headings == [literal(labels[code]) for code in totals.index]
    shown = sorted(tuple(trace.y) for trace in figure.data)
    assert shown == sorted(tuple(found.table[code]) for code in held)
    heights = [
        (axis.domain[1] - axis.domain[0]) * figure.layout.height for axis in figure.select_yaxes()
    ]
    assert min(heights) > trend.ROW / 2


@pytest.mark.parametrize(
    ("totals", "held"),
    [([17], [1]), ([0, 9], [0, 2]), ([0], [0]), ([4, 9], [pd.NA, 2]), ([], [])],
)
def test_published_totals_are_drawn_even_if_there_is_one_or_the_first_is_nothing(totals, held):
    years = range(2018, 2018 + len(totals))
    numbers = pd.Series(held, index=years, dtype="Int64")
    figure = trend.published(pd.Series(totals, index=years, dtype=int), numbers, ("a", "b"), EN)
    assert list(figure.data[0].y) == totals
    assert list(figure.data[1].y) == [0 if pd.isna(n) else n for n in held]
    assert figure.layout.yaxis.range[1] > 0
    said = ["here" in text for text in figure.layout.xaxis.ticktext]
    assert said == [not pd.isna(n) for n in held]


def test_a_bar_that_a_filter_took_away_is_a_dash(package):
    subset = package.incidents.select(Selection(perpetrator=("mixed",)))
    found = counts.by_code(subset, "perpetrator")
    (bar,) = bars.bars(found, list(found.index), EN).data
    assert dict(zip(found.index, bar.text, strict=True)) == {
        "authorities": "–",
        "non_state": "–",
        "mixed": str(subset.n),
        "unknown": "–",
    }
    assert sum(bar.x) == subset.n


def test_a_chart_of_nothing_can_be_drawn(package):
    empty = package.incidents.select(Selection(q="zzzz"))
    found = counts.by_period(empty, "month")
    trend.stacked(found, {"n": "n"}, {}, [], EN)
    trend.multiples(counts.by_period(empty, "month", split="group"), {}, EN)
    bars.bars(counts.by_code(empty, "group").dropna().iloc[:0], [], EN)


HOSTILE = "`${alert(1)}`<img src=x onerror=alert(2)></script>'\""


def shown(areas, circles=(), most=1):
    return read(chart.layers(areas, circles, most, {"title": HOSTILE}))


def read(script):
    return json.loads(re.search(r", (\{.*\})\);", script).group(1))


def test_text_reaches_the_map_only_as_data():
    circle = marks.Circle("place", "1", 42.0, 74.0, 3, HOSTILE)
    area = marks.Area("#FFFFFF", HOSTILE, name=HOSTILE, value=HOSTILE)
    script = chart.layers({"KG-GB": area}, [circle], 1, {"title": HOSTILE})
    assert "<img" not in script
    assert "</script>" not in script
    data = read(script)
    assert {data["areas"][0][key] for key in ("text", "name", "value")} == {HOSTILE}
    assert data["circles"][0]["properties"]["text"] == data["words"]["title"] == HOSTILE


def test_a_region_without_a_colour_is_outlined_and_not_filled():
    areas = {
        "KG-GB": marks.Area(None, "–"),
        "KG-C": marks.Area("#A9CBD8", "6"),
        "KG-N": marks.Area("#FFFFFF", "0"),
    }
    told = shown(areas)["areas"]
    assert [area["style"]["fillOpacity"] for area in told] == [0, 0.9, 0.9]
    assert [bool(area["style"]["dashArray"]) for area in told] == [True, False, False]


def test_what_is_chosen_has_an_outline_of_its_own_over_all_regions():
    areas = {
        "KG-GB": marks.Area("#A9CBD8", "6"),
        "KG-C": marks.Area("#A9CBD8", "6", chosen=True),
        "KG-N": marks.Area("#A9CBD8", "6", unreliable=True),
    }
    plain, chosen, thin = (area["edge"] for area in shown(areas)["areas"])
    assert plain is None
    assert chosen["weight"] > thin["weight"]
    assert "dashArray" not in chosen
    assert thin["dashArray"]


def test_a_circle_is_as_large_in_every_selection():
    circle = marks.Circle("place", "1", 42.0, 74.0, 25, "25")
    drawn = shown({}, [circle], most=100)["circles"][0]["properties"]
    assert drawn["style"]["radius"] == marks.LARGEST / 2


@pytest.mark.parametrize(
    ("most", "sizes"),
    [(0, []), (1, [1]), (4, [2]), (7, [5, 1]), (149, [100, 20, 5]), (1325, [1000, 200, 50])],
)
def test_the_legend_shows_circles_of_round_numbers(most, sizes):
    assert scale.sizes(most) == sizes


def test_the_map_knows_its_bounds_and_leaves_the_limits_to_the_frame():
    bounds = ((39.1, 69.1), (43.35, 80.4))
    written = re.sub(r"\s", "", chart.base_map(bounds).get_root().render())
    assert "[[39.1,69.1],[43.35,80.4]]" in written
    assert '"zoomSnap":0' in written


def test_a_circles_area_is_proportional_to_its_count():
    assert marks.radius(100, 100) == 2 * marks.radius(25, 100)
    assert marks.radius(1, 100_000) == marks.SMALLEST


@pytest.mark.parametrize("split", ["data", "perpetrator"])
def test_the_legend_shows_plain_colours_though_the_first_bar_is_hatched(package, split):
    dated = Selection(start="2021-06", end="2026")
    found = counts.by_period(package.incidents.select(dated), "year", split=split)
    labels = {code: code.upper() for code in found.table}
    colours = {code: f"#00000{n}" for n, code in enumerate(labels)}
    figure = trend.stacked(found, labels, colours, [], EN)
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert all(bar.marker.pattern.shape[0] for bar in bars)
    shown = [trace for trace in figure.data if trace.showlegend is not False]
    assert [(k.name, k.marker.color) for k in shown] == [(labels[c], colours[c]) for c in labels]
    assert not [k for k in shown if "pattern" in k.marker]
    # a click on an entry hides the bars of its group
    assert [k.legendgroup for k in shown] == [bar.legendgroup for bar in bars] == list(labels)
    assert all(k.x == k.y == (None,) for k in shown)


def test_one_colour_needs_no_legend(package):
    found = counts.by_period(package.incidents.select(Selection()), "year")
    figure = trend.stacked(found, {"n": "n"}, {}, [], EN)
    assert not [trace for trace in figure.data if trace.showlegend is not False]
