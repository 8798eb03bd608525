"""How things are shown, on every surface: table, words, citation, file names and links agree."""

import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest

from answers import files
from answers.surfaces import overview
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.records import Records
from answers.words import begun, span
from incidents.codebook import LANGUAGES
from incidents.selection import Span
from tests import recount
from tests.asking import question
from tests.combining import BUNDLED, DISPLAYS, displays, pairs

SHOWN = displays(9)


def opened(link):
    """Open a link of ours."""
    return question(f"/{link.page}?{urlencode(link.query, doseq=True)}")


def number_at_the_end(text):
    """Read the number that a link ends with; None where it ends with none."""
    found = re.search(r"(\d[\d,\s]*)$", text)
    return int(re.sub(r"\D", "", found[1])) if found else None


@pytest.mark.parametrize("name", DISPLAYS)
@pytest.mark.parametrize("surface", [Map, Trend, Years, Groups, Records, Change])
def test_a_citation_keeps_how_a_thing_is_shown_but_no_page_of_a_list(surface, name):
    value = DISPLAYS[name][-1]
    answer = question(f"/?group=women&{name}={value}").answer(surface)
    cited = parse_qs(urlsplit(answer.citation.link).query)
    assert cited["group"] == ["women"]
    assert cited["release"] == [answer.asked.package.release]
    assert cited.get(name) == (None if name == "page" else [value])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", SHOWN)
def test_the_text_in_place_of_a_chart_names_the_most_and_the_fewest_of_its_table(address, lang):
    answer = question(f"/trends?{address}&lang={lang}").answer(Trend)
    totals = [int(n) for n in answer.totals]
    if not totals:
        return
    if answer.split in ("data", "category", "perpetrator") and "total" in answer.table.rows:
        assert list(answer.table.rows["total"]) == totals
    numbers = [int(n) for n in re.findall(r"\((\d+)\)", answer.alt.replace("\xa0", ""))]
    if max(totals) < 1000:
        assert {max(totals), min(totals)} <= set(numbers)
    assert answer.alt.startswith(answer.title)
    rows = answer.table.told()
    assert [answer.t.period(p) for p in map(str, answer.totals.index)] == list(rows.index)


@pytest.mark.parametrize("address", SHOWN)
def test_the_title_of_a_trend_is_the_largest_number_of_its_table(address):
    answer = question(f"/trends?{address}").answer(Trend)
    if answer.empty:
        assert str(max([0, *answer.totals])) not in answer.title.split()
        return
    n, total = (
        int(x.replace(",", "")) for x in re.match(r"([\d,]+) of ([\d,]+)", answer.title).groups()
    )
    assert (n, total) == (int(answer.totals.max()), int(answer.totals.sum()))
    first = next(p for p, value in answer.totals.items() if value == n)
    assert re.search(rf"(is|are) from {re.escape(answer.period(str(first)))}", answer.title)
    assert ("people" in answer.title) == (answer.asked.display.unit == "people")


@pytest.mark.parametrize("fill", ["count", "rate", "change"])
@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", pairs(11)[::16])
def test_the_title_of_a_map_is_the_first_row_of_what_fills_it(address, unit, fill):
    answer = question(f"/map?{address}&unit={unit}&fill={fill}").answer(Map)
    table = answer.table.where(kind="region").rows
    table = table[~table["code"].isin(answer.off)]
    if fill == "change" and answer.amount.n and not answer.refused:
        change = table["change"].dropna()
        told = re.search(r"more recorded in (\d+) regions, fewer in (\d+)", answer.title)
        assert [int(n) for n in told.groups()] == [(change > 0).sum(), (change < 0).sum()]
    elif fill == "count" and table[unit].fillna(0).sum():
        top = table.iloc[0]
        where = answer.asked.package.codebook.where(top["code"], "en") or top["label"]
        assert answer.title.startswith(f"{begun(where)}: {top[unit]:,} of ")
        assert f" of {table[unit].fillna(0).sum():,} " in answer.title
    elif fill == "rate" and table["rate"].fillna(0).sum():
        top = table.loc[table["rate"].astype(float).idxmax()]
        where = answer.asked.package.codebook.where(top["code"], "en") or top["label"]
        assert answer.title.startswith(f"Highest rate: {where}, ")
        assert answer.t.number(float(top["rate"]), 1) in answer.title
    assert ("people" in "_".join(answer.named)) == (unit == "people")
    assert fill in answer.named


@pytest.mark.parametrize(
    ("a", "b", "lang"),
    [
        ("2019", "2023", "en"),
        ("2021-03", "2022-03", "ru"),
        ("2018..2019", "2023..2024", "ky"),
        ("2021-03", "2023", "ky"),
        ("2018..2019", "2022-03", "ru"),
    ],
)
def test_two_periods_are_named_alike_in_title_table_and_notes_on_both_surfaces(a, b, lang):
    asked = question(f"/?a={a}&b={b}&fill=change&lang={lang}")
    t, rows = asked.t, BUNDLED.counted
    first, last = (span(Span.of(each), t) for each in (a, b))
    change, where = asked.answer(Change), asked.answer(Map)
    assert first in change.title
    assert last in change.title
    assert f"{first} → {last}" in where.told_regions.columns
    sides = [[r for r in rows if recount.wholly(r, Span.of(each))] for each in (a, b)]
    assert list(change.sides.iloc[0]) == [t.number(len(side)) for side in sides]
    assert list(change.sides.columns) == [first, last]
    assert change.amount.n == sum(map(len, sides))
    assert where.named[2:4] == (a, b)


@pytest.mark.parametrize(
    "address", [f"a={b}&b={a}" for a, b in (("2019", "2023"), ("2018..2019", "2024"))]
)
def test_the_order_in_which_two_periods_are_asked_for_changes_no_sentence(address):
    here = question(f"/trends?{address}").answer(Change)
    turned = question(
        "/trends?" + address.replace("a=", "x=").replace("b=", "a=").replace("x=", "b=")
    )
    there = turned.answer(Change)
    assert here.title == there.title
    assert here.notes == there.notes
    assert here.table.rows.equals(there.table.rows)


@pytest.mark.parametrize("address", [*SHOWN[::2], *pairs(5)[::5]])
def test_every_link_with_a_number_opens_a_list_of_that_many_in_the_same_language_and_unit(address):
    asked = question(f"/?{address}&lang=ru")
    links = [link for surface in (Groups, Years, Map) for link in asked.answer(surface).links]
    links += [link for numbers in overview.behind(asked) for link in numbers.links]
    for link in links:
        there = opened(link)
        assert there.problems == ()
        assert there.subset.n == number_at_the_end(link.text) == len(BUNDLED.found(there.selection))
        assert (there.t.code, there.display.unit) == ("ru", asked.display.unit)


@pytest.mark.parametrize("address", [*SHOWN[::2], *pairs(5)[::5]])
def test_a_figure_leads_to_records_of_the_selection_and_of_no_other(address):
    asked = question(f"/?{address}")
    within = {row["incident_id"] for row in BUNDLED.found(asked.selection)}
    for figure in overview.figures(asked):
        if figure.link:
            found = set(opened(figure.link).subset.records()["incident_id"])
            assert found <= within


@pytest.mark.parametrize("number", [1, 2, 3, 14, 999])
@pytest.mark.parametrize("sort", DISPLAYS["sort"])
def test_a_record_opened_from_a_page_of_a_list_leads_back_to_that_page(number, sort):
    asked = question(f"/records?data=media&sort={sort}&page={number}")
    answer = asked.answer(Records)
    names = [row["incident_id"] for row in BUNDLED.found(asked.selection)]
    ordered = names if sort == "newest" else names[::-1]
    at = (answer.listed.number - 1) * 20
    told = [row.link.query["id"] for row in answer.rows]
    assert told == ordered[at : at + 20]
    for row in answer.rows[:3]:
        there = opened(row.link)
        assert there.selection == asked.selection
        assert (there.display.sort, there.display.page) == (sort, number)
        assert there.record == row.link.query["id"]


@pytest.mark.parametrize("address", SHOWN[::4])
def test_files_of_two_views_with_other_numbers_never_have_one_name(address):
    asked = question(f"/?{address}")
    named = {}
    for surface in (Map, Trend, Years, Groups, Records):
        answer = asked.answer(surface)
        for kind, file in files.of(answer).items():
            assert named.setdefault(file.name, (surface, kind)) == (surface, kind)
    one, other = (question(f"/?{address}&unit={unit}") for unit in ("incidents", "people"))
    for surface in (Map, Trend):
        first, second = (each.answer(surface) for each in (one, other))
        assert files.of(first)["csv"].name != files.of(second)["csv"].name


@pytest.mark.parametrize("surface", [Map, Trend])
@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", pairs(13)[::22])
def test_the_unit_moves_no_record_in_or_out(address, unit, surface):
    asked = question(f"/?{address}&unit={unit}&per=quarter")
    plainly = question(f"/?{address}&per=quarter")
    one, other = asked.answer(surface), plainly.answer(surface)
    assert (one.amount.n, one.amount.of) == (other.amount.n, other.amount.of)
    assert one.citation.fingerprint == other.citation.fingerprint
    people = sum(recount.people(BUNDLED.found(asked.selection)).values())
    told = sum(region.count or 0 for region in one.regions) if surface is Map else one.totals.sum()
    assert told <= (people if unit == "people" else asked.subset.n)
