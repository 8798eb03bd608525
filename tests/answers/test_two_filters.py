"""Any two filters together: what they find, what they say, what their options would find."""

import itertools
import re

import pytest

from answers import files, filters
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.records import Records
from answers.words import NUMBER, chips, count_line, in_words
from answers.words import filters as worded
from incidents.codebook import LANGUAGES
from incidents.filters import FACETS
from incidents.selection import Selection
from tests import plain
from tests.asking import question
from tests.combining import BUNDLED, NAMES, pairs, singles

PAIRS = [*singles(), *pairs()]
EMPTY = (
    "q=nothing+like+it",
    "region=KG-N&data=media",
    "from=1999&to=2001",
    "from=2031",
    "data=media&category=violence",
    "region=KG-C&place=1528675",
    "category=physical&violation=dress_ban",
    "group=students&violation=censorship&perpetrator=mixed",
)
"""Filters of every kind that leave nothing."""
DRAWN = (Map, Trend, Years, Groups, Records, Change)


def names(rows):
    return {row["incident_id"] for row in rows}


@pytest.mark.parametrize("address", PAIRS)
def test_two_filters_find_what_both_find(address):
    asked = question(f"/records?{address}")
    assert asked.problems == ()
    found = names(BUNDLED.found(asked.selection))
    assert set(asked.subset.records()["incident_id"]) == found
    alone = [question(f"/records?{part}").selection for part in address.split("&") if part]
    each = [names(BUNDLED.found(one)) for one in alone]
    assert found == set.intersection(names(BUNDLED.counted), *each)


@pytest.mark.parametrize("address", PAIRS[::7])
def test_the_order_of_two_filters_changes_nothing(address):
    one = question(f"/?{address}")
    other = question("/?" + "&".join(reversed(address.split("&"))))
    assert one.selection == other.selection
    assert one.subset.fingerprint == other.subset.fingerprint
    assert one.answer(Records).citation.link == other.answer(Records).citation.link


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", PAIRS[::9])
def test_the_line_above_a_page_says_how_many_of_how_many_of_which_release(address, lang):
    asked = question(f"/?{address}&lang={lang}")
    before, n, after = count_line(asked)
    assert n == asked.t.number(len(BUNDLED.found(asked.selection)))
    line = f"{before}{n}{after}"
    assert NUMBER not in line
    rest = line.replace(asked.package.release, "")
    numbers = {int(found) for found in re.findall(r"\d+", rest)}
    assert numbers == {int(n), len(BUNDLED.counted)}
    assert asked.package.release in line


@pytest.mark.parametrize("address", PAIRS)
def test_every_filter_that_is_set_has_a_chip_and_taking_it_away_is_what_it_says(address):
    asked = question(f"/?{address}")
    found = chips(asked.selection, asked.package, asked.t)
    dated = any(part.startswith(("from=", "to=")) for part in address.split("&"))
    others = [p for p in address.split("&") if p and not p.startswith(("from=", "to="))]
    assert len(found) == len(others) + dated
    for chip in found:
        left = [*others] if chip.parameter == "from" else address.split("&")
        left = [part for part in left if not part.startswith(f"{chip.parameter}=")]
        assert chip.left == question("/?" + "&".join(left)).selection
        before = BUNDLED.found(asked.selection)
        assert names(before) <= set(
            asked.package.incidents.select(chip.left).records()["incident_id"]
        )
    assert in_words(asked.selection, asked.package, asked.t) == " · ".join(c.text for c in found)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", PAIRS[1::8])
def test_a_citation_names_both_filters_in_the_words_of_the_code_lists(address, lang):
    asked = question(f"/?{address}&lang={lang}")
    said = worded(asked)
    for name, codes in ((name, getattr(asked.selection, name)) for name in FACETS):
        for code in codes:
            column = "name" if name == "place" else "label"
            assert row_of(name, code)[f"{column}_{lang}"] in said
    assert said.count("; ") == len(said.split(": ")) - 2 or asked.selection.q
    for name in ("start", "end"):
        assert getattr(asked.selection, name)[:4] in said
    assert asked.selection.q in said


def row_of(name, code):
    """Find the row of a code in its list."""
    listed = FACETS[name].listed
    path, key = (
        ("places.csv", "geonameid") if listed == "places" else (f"codebook/{listed}.csv", "code")
    )
    return next(row for row in BUNDLED.table(path) if row[key] == code)


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("address", PAIRS[2::10])
def test_an_option_says_what_it_would_find_beside_the_other_filters(facet, address):
    asked = question(f"/?{address}")
    chosen = asked.selection
    if facet == "place":
        return  # no menu offers it
    for option in filters.options(asked, facet):
        alone = chosen.without(facet).more(facet, option.code)
        assert option.n == len(BUNDLED.found(alone)), option


@pytest.mark.parametrize("address", PAIRS[::5])
def test_the_menu_of_violations_offers_what_would_find_something_under_its_category(address):
    asked = question(f"/?{address}")
    offered = {option.code for option in filters.options(asked, "violation") if option.n}
    others = BUNDLED.found(asked.selection.without("violation"))
    held = {code for row in others for code in row["violations"].split(";")}
    if chosen := asked.selection.category:  # then its menu alone is offered
        held = {c for c in held if set(chosen) & set(row_of("violation", c).values())}
    assert offered - set(asked.selection.violation) == held - set(asked.selection.violation)


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", EMPTY[::2])
def test_where_nothing_is_found_every_surface_says_so_in_words(address, lang, unit):
    asked = question(f"/?{address}&lang={lang}&unit={unit}")
    assert asked.subset.n == 0 == len(BUNDLED.found(asked.selection))
    for surface in DRAWN:
        answer = asked.answer(surface)
        assert answer.title
        assert (answer.amount.n, answer.amount.of) == (0, 0)
        assert "None" not in answer.title + answer.alt
        assert "nan" not in f"{answer.title} {answer.amount.text} {' '.join(answer.notes)}".split()
    for surface in (Trend, Years, Groups, Records):
        assert asked.answer(surface).empty
        assert asked.answer(surface).figure is None
    assert len(asked.answer(Records).table.rows) == len(asked.answer(Groups).table.rows) == 0


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", [*EMPTY, *PAIRS[::20]])
def test_a_dash_stands_where_a_filter_took_away_and_a_zero_where_nothing_was_recorded(
    address, unit
):
    asked = question(f"/?{address}&unit={unit}")
    answer = asked.answer(Map)
    held = {row["region"] for row in BUNDLED.found(asked.selection)}
    codes = (*answer.areas, *answer.off)
    cells = dict(zip(codes, answer.told_regions.iloc[:, 0], strict=True))
    for code, cell in cells.items():
        away = code not in held and not plain.possible(asked.selection, "region", code)
        assert (cell == "–") == away
        assert away or code in held or cell == "0"
    read = files.as_json(answer).decode()
    assert "NaN" not in read


@pytest.mark.parametrize("name", NAMES)
def test_every_filter_takes_part_in_as_many_pairs_as_there_are_others(name):
    found = [a for a in pairs() if name in re.findall(r"(?:^|&)(\w+)=", a)]
    assert len(found) == len(NAMES) - 1


@pytest.mark.parametrize(
    "chosen",
    [
        dict(pair)
        for pair in itertools.combinations(
            [("start", "2021"), ("end", "2022-06"), ("q", "court")], 2
        )
    ],
)
def test_dates_and_words_narrow_each_other(chosen):
    both = names(BUNDLED.found(Selection(**chosen)))
    for name in chosen:
        wider = BUNDLED.found(Selection(**chosen).without(name))
        assert both < names(wider)
