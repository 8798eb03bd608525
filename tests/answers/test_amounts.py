"""A number says what it counts: what is drawn, of how many, in one unit."""

import json
import re

import pytest

from answers import amounts, files, pictures
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.records import Records
from incidents import counts
from incidents.codebook import LANGUAGES
from loaders.language import language
from tests.asking import question

DRAWN = (Map, Trend, Years, Groups, Records)
ADDRESSES = (
    "",
    "data=media",
    "region=KG-GB&region=ONLINE",
    "from=2018&to=2020",
    "from=2021-06&to=2022-03&per=month",
    "group=women&split=group",
    "q=kloop&per=quarter&split=category",
    "place=1528675&fill=change&a=2019&b=2023",
    "q=nothing+like+it",
)


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("surface", DRAWN)
def test_the_number_is_that_of_what_is_drawn_and_the_rest_is_told(surface, address, unit):
    asked = question(f"/?{address}&unit={unit}")
    answer = asked.answer(surface)
    drawn, of = answer.amount.n, asked.subset.n
    numbers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", answer.amount.text)]
    assert drawn <= answer.amount.of == of
    assert {drawn, of} <= set(numbers)
    if drawn < of and surface is not Records:
        rest = [int(n) for n in re.findall(r"; (\d+) (?!of the records found)", answer.amount.text)]
        assert drawn + sum(rest) == of
    assert answer.citation.amount == answer.amount.text
    if not answer.empty:
        made = files.of(answer)
        assert all(f"_n{drawn}_" in file.name for file in made.values())
        assert json.loads(made["json"].make())["n"] == drawn


def test_the_noun_agrees_with_the_number_after_of_in_russian():
    codes = question("/").package.codebook.codes("violations")
    endings = set()
    for asked in (question(f"/?lang=ru&violation={code}") for code in codes):
        if of := asked.subset.n:
            one = of % 10 == 1 and of % 100 != 11
            noun = "задокументированного инцидента" if one else "задокументированных инцидентов"
            assert amounts.drawn(asked, 0).text == f"0 из {of} {noun}"
            endings.add(one)
    assert endings == {True, False}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("surface", [Map, Trend])
def test_where_people_are_counted_nothing_that_is_drawn_is_called_incidents(surface, lang):
    answer = question(f"/?unit=people&lang={lang}").answer(surface)
    t = language(lang)
    numbers = [r.count or 0 for r in answer.regions] if surface is Map else answer.totals
    people = int(sum(numbers))  # of those that are drawn: no more than are named in all
    assert answer.asked.subset.n < people <= counts.total(answer.asked.subset, "people")
    said = t.number(people)
    assert said in answer.amount.text
    wrong = amounts.amount(people, "incidents", t)
    texts = [
        answer.title,
        answer.alt,
        *(column.meaning for column in answer.table.columns.values()),
    ]
    assert not [text for text in texts if wrong in text]
    if surface is Map:
        texts = [area.text for area in answer.areas.values()]
        texts += [circle.text for circle in answer.circles]
        word = {"en": "people", "ru": "чел", "ky": "адам"}[lang]
        named = [x for x in texts if re.search(r"\d", x.partition(": ")[2])]
        assert len(named) > 15
        assert all(word in text.casefold() or " person" in text for text in named)


@pytest.mark.parametrize("group", ["children", "disability", "religious_minority"])
@pytest.mark.parametrize("fill", ["count", "rate", "change"])
def test_incidents_of_which_no_number_of_people_is_known_are_not_called_none(group, fill):
    asked = question(f"/?group={group}&unit=people&fill={fill}")
    assert counts.total(asked.subset, "people") == 0 < asked.subset.n
    where, when = asked.answer(Map), asked.answer(Trend)
    assert when.amount.n > 0
    assert when.empty == f"{when.title}." == "No number of people is known of these incidents."
    assert ("No recorded incident" in where.title) == (where.amount.n == 0)


@pytest.mark.parametrize("periods", ["a=2021&b=2021", "a=2021..2023&b=2022"])
def test_periods_that_share_days_count_nothing_twice(periods):
    answer = question(f"/trends?category=non_physical_cyber&checked=twice&{periods}").answer(Change)
    assert answer.found.change.n != (0, 0)
    assert answer.amount.n == 0 < answer.amount.of
    assert "the ratio" not in " ".join(answer.notes)


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_circles_of_a_region_add_up_to_its_fill_in_one_unit(address, unit):
    answer = question(f"/map?{address}&unit={unit}").answer(Map)
    if answer.fill == "change":
        assert answer.circles == []  # totals would stand on a map of differences
        return
    region_of = answer.asked.package.incidents.places["region"]
    for code, n in ((region.code, region.count or 0) for region in answer.regions):
        inside = [c.count for c in answer.circles if c.parameter == "region" and c.code == code]
        inside += [
            circle.count
            for circle in answer.circles
            if circle.parameter == "place" and region_of[circle.code] == code
        ]
        assert sum(inside) == n


@pytest.mark.parametrize("address", ["", "from=2018&to=2022&unit=people", "region=KG-GB"])
@pytest.mark.parametrize("surface", [Map, Trend, Years, Groups])
def test_a_picture_says_the_number_that_it_draws(surface, address):
    answer = question(f"/?{address}").answer(surface)
    said = pictures.picture(answer, "svg").decode()
    assert f"n = {answer.amount.text}" in said.replace("&amp;", "&")


@pytest.mark.parametrize(
    ("address", "of", "vague"),
    [
        # the records that the reports of readers named: known only as 2022, or as 2024
        ("from=2022-12&to=2022-12", 10, 8),
        ("from=2024-02&to=2024-02", 9, 4),
        ("from=2022&to=2022", None, None),
    ],
)
def test_records_known_only_to_the_year_are_named_beside_the_number_of_a_month(address, of, vague):
    answer = question(f"/records?{address}").answer(Records)
    if vague is None:
        assert counts.vague(answer.asked.subset) < answer.amount.of / 5
        return
    assert (answer.amount.of, counts.vague(answer.asked.subset)) == (of, vague)
    assert f"{vague} of the records found are dated too vaguely" in answer.title
    assert answer.title == answer.citation.amount
