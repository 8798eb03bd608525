"""Titles that say what stands first name all that stand there."""

import pytest

from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.words import each, several
from charts.bars import PALE
from incidents import counts
from incidents.codebook import LANGUAGES
from loaders.language import language
from tests import country
from tests.asking import question


@pytest.mark.parametrize(
    ("address", "surface", "said"),
    [
        ("", Groups, "Weavers and ferrymen are affected most often: 2 recorded incidents each"),
        ("region=QX-1", Groups, "Weavers are affected most often: 1 recorded incident"),
        ("", Map, "Upland and Lowland each: 1 of 2 recorded incidents with a known region"),
        ("unit=people", Map, "Upland and Lowland each: 2 of 4 people named, where the region is"),
        ("region=QX-2", Map, "Lowland: 1 of 1 recorded incident with a known region"),
        ("fill=rate", Map, "Highest rate: Upland, 100 recorded per 100,000 people"),
        ("", Trend, "2 of 3 recorded incidents are from 2019"),
        ("region=QX-1&region=QX-2", Years, "1 of 2 recorded incidents is from 2018 and 2019 each"),
        (
            "region=QX-1&region=QX-2&unit=people",
            Trend,
            "2 of 4 people named in recorded incidents ",
        ),
    ],
)
def test_a_title_names_all_that_are_equal_at_the_top(address, surface, said, tmp_path):
    answer = question(f"/?{address}", country.write(tmp_path / "data")).answer(surface)
    assert answer.title.startswith(said)


@pytest.mark.parametrize(
    ("lang", "groups", "regions", "years"),
    [
        (
            "ru",
            "Weavers (label_ru) и ferrymen (label_ru) пострадали чаще других, у каждой группы: "
            "2 задокументированных инцидента",
            "Upland (label_ru) и Lowland (label_ru), по отдельности — 1 из 2 ",
            "Задокументированные инциденты, 2018 и 2019, по отдельности: 1 из 2",
        ),
        (
            "ky",
            "Weavers (label_ky) жана ferrymen (label_ky) — эң көп жабыркаган топтор, ар бири "
            "боюнча 2 катталган окуя",
            "Upland (label_ky) жана Lowland (label_ky), ар биринде — ",
            "2018 жана 2019, ар биринде: катталган 2 окуядан 1",
        ),
    ],
)
def test_it_names_them_in_every_language(lang, groups, regions, years, tmp_path):
    data = country.write(tmp_path / "data")
    asked = question(f"/?region=QX-1&region=QX-2&lang={lang}", data)
    assert question(f"/?lang={lang}", data).answer(Groups).title == groups
    assert asked.answer(Map).title.startswith(regions)
    assert asked.answer(Years).title.startswith(years)


def test_the_highest_rate_is_of_all_regions_that_have_it(tmp_path):
    data = country.write(tmp_path / "data")
    people = data / "population.csv"
    people.write_text(people.read_text(encoding="utf-8").replace("3000", "1000"), encoding="utf-8")
    title = question("/map?fill=rate", data).answer(Map).title
    assert title == "Highest rate: Upland and Lowland each, 100 recorded per 100,000 people"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_are_named_and_four_are_counted(lang):
    t, names = language(lang), ["A", "B", "C", "D"]
    many = {n: t.plural("{n} group", "{n} groups", n) for n in (3, 4)}
    assert all(name in several(names[:3], many[3], t) for name in names[:3])
    assert several(names, many[4], t) == many[4]
    assert many[4].startswith("4 ")
    assert each(names[:1], "", t) == "A"
    assert each(names, many[4], t) == t("{names} each", names=many[4])


def test_a_title_counts_the_periods_where_more_than_three_are_equal():
    answer = question("/trends?per=month&group=sex_workers").answer(Trend)
    n = int((answer.totals == answer.totals.min()).sum())
    assert n > 3
    assert f"Fewest: {n} periods each (0)." in answer.alt


@pytest.mark.parametrize(
    ("address", "surface", "title"),
    [
        ("group=women", Groups, "Women: 32 recorded incidents; most often together with "),
        ("group=sex_workers", Groups, "Sex workers: 1 recorded incident"),
        ("group=people_living_with_hiv", Groups, "No recorded incidents in this period"),
        ("from=2022&to=2022", Years, "63 recorded incidents, in 2022"),
        ("group=sex_workers&from=2018", Years, "1 recorded incident, in "),
    ],
)
def test_a_title_does_not_find_what_the_filter_asked_for(address, surface, title):
    assert question(f"/?{address}").answer(surface).title.startswith(title)


@pytest.mark.parametrize("address", ["", "group=women", "region=KG-GB", "from=2021-06&to=2022-03"])
def test_one_period_opens_on_every_page(address):
    asked = question(f"/?{address}")
    years, trend = asked.answer(Years), asked.answer(Trend)
    assert years.shown == trend.shown
    assert years.title == trend.title


def test_what_is_thinly_held_is_told_by_the_release_and_not_by_the_filter():
    for address in ("", "region=KG-O", "group=journalists&from=2019&to=2019"):
        groups = question(f"/?{address}").answer(Groups)
        rows = groups.table.rows
        marked = set(rows.loc[rows["thinly_held"] == "yes", "code"])
        assert marked == {c for c in rows["code"] if groups.thin.get(c) is not None}
        assert "journalists" not in marked
        colours = groups.figure.data[0].marker.color
        assert [colour == PALE for colour in colours] == (rows["thinly_held"] == "yes").tolist()
    groups = question("/").answer(Groups)
    assert groups.thin["lgbtq"] < counts.THIN <= groups.found["bloggers"]
    assert (
        "No record was collected of: people living with HIV, people who use drugs"
        in groups.grounds[-1]
    )
