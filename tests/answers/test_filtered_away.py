"""What a filter took away is never shown as zero, and what it cuts is never shown as whole."""

import json

import pytest

from answers import files
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from tests.asking import question
from tests.conftest import forget_words

FILTERS = (
    "region=KG-GB",
    "region=ONLINE",
    "region=KG-O&region=KG-J",
    "place=1528675",
    "region=KG-GB&place=1527534",
    "from=2018&to=2022",
    "from=2023-07",
    "to=2019-06",
    "data=rights&from=2024",
    "from=2022-12&to=2022-12",
)


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("fill", ["count", "rate", "change"])
@pytest.mark.parametrize("address", FILTERS)
def test_a_region_outside_the_filter_has_no_fill_no_number_and_no_zero(address, fill, unit):
    answer = question(f"/map?{address}&fill={fill}&unit={unit}").answer(Map)
    chosen = answer.asked.selection
    region_of = answer.asked.package.incidents.places["region"]
    wanted = set(chosen.region) or set(answer.areas)
    wanted &= {region_of[place] for place in chosen.place} or wanted
    told = answer.told_regions
    rows = {row["code"]: row for row in json.loads(files.of(answer)["json"].make())["rows"]}
    for place, (code, area) in enumerate(answer.areas.items()):
        if code in wanted:
            continue
        assert area.colour is None
        assert area.text.endswith(("outside the filter", "cannot be compared"))
        assert set(told.iloc[place]) <= {"–"}
        assert (rows[code][unit], rows[code]["rate"], rows[code]["change"]) == (None, None, None)
    for code in answer.off:
        away = bool(chosen.region or chosen.place) and code not in chosen.region
        assert (rows[code][unit] is None) == away
        assert (code in answer.beyond) != away


def test_a_region_without_known_inhabitants_is_not_called_outside_the_filter(copy):
    path = copy / "population.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if "KG-N" not in line), encoding="utf-8")
    forget_words(copy)
    answer = question("/map?region=KG-GB&region=KG-N&fill=rate", copy).answer(Map)
    assert answer.areas["KG-N"].text == "Naryn: population not known"
    assert answer.areas["KG-O"].text == "Osh region: outside the filter"
    assert {"population not known", "outside the filter"} <= {key.text for key in answer.keys}


@pytest.mark.parametrize("address", FILTERS)
def test_default_periods_lie_inside_the_filter_or_there_are_none(address):
    asked = question(f"/map?{address}&fill=change")
    first, last = asked.subset.window
    answer = asked.answer(Map)
    for period in answer.periods or ():
        assert first <= period.days[0]
        assert period.days[1] <= last
    if answer.periods is None:
        assert {region.change for region in answer.regions} == {None}
        assert "no change can be shown" in answer.title
        assert all(area.colour is None for area in answer.areas.values())


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("from=2023-07&a=2023&b=2024", "covers one of them only in part"),
        ("a=2024&b=2026", "covers one of them only in part"),
        ("a=2021&b=2021", "Choose two different periods"),
        ("a=2021&b=2021..2022", "share no day"),
        ("from=2018&to=2022&a=2023&b=2024", "covers one of them only in part"),
    ],
)
def test_periods_that_filter_or_collection_cut_are_not_compared_on_the_map(address, said):
    answer = question(f"/map?fill=change&{address}").answer(Map)
    assert said in answer.title
    assert {region.change for region in answer.regions} == {None}
    rows = json.loads(files.of(answer)["geojson"].make())["features"]
    assert {row["properties"]["change"] for row in rows} == {None}


@pytest.mark.parametrize(
    ("address", "cut", "named"),
    [
        ("from=2021-06&to=2022-03", ["2021", "2022"], "January 2022 – March 2022"),
        ("from=2021-02&to=2021-11&per=quarter", ["2021-Q1", "2021-Q4"], None),
        ("from=2023-07", ["2023", "2026"], None),
        ("from=2020&to=2022", [], "2022"),
    ],
)
def test_a_period_that_the_filter_cuts_is_hatched_and_named_in_part(address, cut, named):
    answer = question(f"/trends?{address}").answer(Trend)
    rows = answer.table.rows
    per = answer.per
    assert [str(p) for p in rows.loc[rows["incomplete"] == "yes", per]] == cut
    shapes = answer.figure.data[0].marker.pattern.shape
    hatched = [str(p) for p, shape in zip(rows[per], shapes, strict=True) if shape]
    assert set(cut) <= set(hatched)
    if named:
        assert f"are from {named}" in answer.title
    assert any("covers only a part" in note for note in answer.notes) == bool(cut)


@pytest.mark.parametrize("address", FILTERS)
def test_the_axis_of_years_shows_no_year_outside_the_filter(address):
    asked = question(f"/?{address}")
    first, last = asked.subset.window
    answer = asked.answer(Years)
    opened = range(2021, 2026) if answer.opened else range(first.year, last.year + 1)
    assert list(answer.table.rows["year"]) == list(opened)


@pytest.mark.parametrize("address", FILTERS)
def test_a_comparison_begins_with_periods_that_the_filter_touches(address):
    asked = question(f"/trends?{address}")
    answer = asked.answer(Change)
    first, last = asked.subset.window
    touched = [p.days[0] <= last and first <= p.days[1] for p in answer.periods]
    assert any(touched)
    assert all(touched) or "cannot be compared" in answer.title


def test_every_group_with_records_has_a_panel_a_row_and_a_bar():
    answer = question("/trends?split=group").answer(Trend)
    held = [c for c in answer.table.rows if c in answer.labels]
    assert len(held) == len(answer.figure.layout.annotations) == 15
    assert answer.table.rows[held].to_numpy().sum() > answer.amount.n
    groups = question("/").answer(Groups)
    assert len(groups.figure.data[0].y) == len(groups.table.rows) == 15
