"""Parts add up to the whole, or the rest is said; and what is drawn is told alike everywhere."""

import io
import json
import re
from html import unescape

import openpyxl
import pytest

from answers import citing, files, pictures
from answers.amounts import amount
from answers.surfaces import overview
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import STACKS, Trend, Years
from answers.surfaces.records import Records
from incidents.codebook import LANGUAGES
from tests import plain, recount
from tests.asking import question
from tests.combining import BUNDLED, pairs, singles

ADDRESSES = [*singles(), *pairs()[1::11]]
DRAWN = (Map, Trend, Years, Groups, Records, Change)
UNITS = ("incidents", "people")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_regions_with_online_and_unplaced_are_all_that_is_found(address, unit):
    asked = question(f"/map?{address}&unit={unit}")
    answer, rows = asked.answer(Map), BUNDLED.found(asked.selection)
    weight = recount.weights(rows, unit)
    table = answer.table.where(kind="region").rows
    assert table[unit].fillna(0).sum() == sum(weight.values())
    off = {code: [r for r in rows if r["region"] == code] for code in answer.off}
    assert answer.amount.n == len(rows) - sum(map(len, off.values()))
    said = [int(n) for n in re.findall(r"; (\d+) (?:online|without a place)", answer.amount.text)]
    assert said == [len(found) for found in off.values() if found]
    assert {code: n for code, n in answer.beyond.items() if n} == {
        code: len(found) for code, found in off.items() if found
    }
    told = [int(re.search(r"\d+$", link.text)[0]) for link in answer.links]
    assert told == list(answer.beyond.values())


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_what_a_region_holds_is_in_its_places_or_known_to_the_region_alone(address, unit):
    answer = question(f"/map?{address}&unit={unit}").answer(Map)
    region_of = {row["geonameid"]: row["region"] for row in BUNDLED.table("places.csv")}
    inside = dict.fromkeys(BUNDLED.codes("region"), 0)
    for row in answer.table.where(kind="place").rows.itertuples():
        inside[region_of[row.code]] += int(getattr(row, unit))
    regions = answer.table.where(kind="region").rows.set_index("code")[[unit, "no_settlement"]]
    for code, (n, only) in regions.fillna(0).astype(int).iterrows():
        assert n == inside[code] + only


@pytest.mark.parametrize("per", ["year", "quarter", "month"])
@pytest.mark.parametrize("split", ["none", "data", "category", "group", "perpetrator"])
@pytest.mark.parametrize("address", ADDRESSES[::6])
def test_periods_with_what_is_left_out_are_all_that_is_found(address, split, per):
    answer = question(f"/trends?{address}&split={split}&per={per}").answer(Trend)
    found, n = answer.found, len(BUNDLED.found(answer.asked.selection))
    assert int(answer.totals.sum()) + found.left_out + found.outside == n
    rest = [int(x) for x in re.findall(r"; (\d+) (?:outside|not dated)", answer.amount.text)]
    assert answer.amount.n + sum(rest) == n
    notes = " ".join(answer.taken_along)
    for number, words in ((found.outside, "outside these years"), (found.left_out, "left out")):
        said = re.search(rf"(\d+) incidents? (?:is|are|lies?|lie) {words}", notes)
        assert (int(said[1]) if said else 0) == number
    layers = answer.table.rows[list(answer.labels)].sum(axis=1)
    if split in STACKS:
        assert list(layers) == [int(x) for x in answer.totals]
    elif split == "group":
        assert all(layers >= answer.totals.to_numpy())
        assert "A record with several groups counts under each." in answer.notes


@pytest.mark.parametrize("address", ADDRESSES)
def test_records_before_and_after_a_year_are_the_records_of_all_years(address):
    asked = question(f"/?{address}")
    if asked.selection.start or asked.selection.end:
        return
    rows = BUNDLED.found(asked.selection)
    for year in ("2019", "2021"):
        before, after = (
            question(f"/?{address}&{part}") for part in (f"to={int(year) - 1}", f"from={year}")
        )
        both = set(before.subset.records()["incident_id"]) & set(
            after.subset.records()["incident_id"]
        )
        lasting = {r["incident_id"] for r in rows if not begun_and_over(r, year)}
        assert both == lasting
        assert before.subset.n + after.subset.n == len(rows) + len(lasting)


def begun_and_over(row, year):
    """Say whether a record lies on one side of the beginning of a year."""
    first, last = plain.span(row)
    return (first.year < int(year)) == (last.year < int(year))


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_datasets_and_the_perpetrators_divide_what_is_found(address):
    asked = question(f"/?{address}")
    _, answered, _ = overview.figures(asked)
    by_dataset, *apart, _ = overview.behind(asked)
    told = [int(re.search(r"\d+$", link.text)[0]) for link in by_dataset.links]
    assert sum(told) == asked.subset.n
    theirs = next((n.links[0] for n in apart if n.sentence.startswith("Apart")), None)
    committed = int(re.search(r"\d+$", theirs.text)[0]) if theirs else 0
    others = re.search(r"of (\d+)$", answered.value)
    if others:
        assert committed + int(others[1]) == asked.subset.n


@pytest.mark.parametrize("address", ADDRESSES[::2])
def test_groups_hold_every_record_at_least_once(address):
    answer = question(f"/?{address}").answer(Groups)
    rows = BUNDLED.found(answer.asked.selection)
    bearing = sum(len(set(row["groups"].split(";"))) for row in rows)
    assert answer.table.rows["incidents"].sum() == bearing >= answer.amount.n == len(rows)


@pytest.mark.parametrize("address", ADDRESSES[::2])
def test_both_sides_of_a_comparison_and_the_others_are_all_that_is_found(address):
    answer = question(f"/trends?{address}").answer(Change)
    rest = re.search(r"; (\d+) in neither period", answer.amount.text)
    sides = answer.found.earlier.n + answer.found.later.n
    if answer.found.change.verdict in ("same_period", "overlapping"):
        return
    assert answer.amount.n == sides
    assert sides + (int(rest[1]) if rest else 0) == answer.asked.subset.n
    left = answer.found.left_out
    assert sides + left.vague + left.uncollected + left.elsewhere == answer.asked.subset.n


SHOWN = (
    "",
    "region=KG-GB&region=ONLINE&unit=people",
    "from=2021-06&to=2022-03&per=month&split=perpetrator",
    "data=rights&unit=people&per=quarter&split=group",
)


@pytest.mark.parametrize(("address", "lang"), list(zip(SHOWN, (*LANGUAGES, "en"), strict=True)))
@pytest.mark.parametrize("surface", DRAWN)
def test_citation_file_name_and_files_tell_the_number_that_is_drawn(surface, address, lang):
    answer = question(f"/?{address}&lang={lang}").answer(surface)
    said, t = answer.amount, answer.t
    numbers = {int(n) for n in re.findall(r"\d+", re.sub(r"(?<=\d)[\s,](?=\d{3})", "", said.text))}
    assert {said.n, said.of} <= numbers
    assert said.of == len(BUNDLED.found(answer.asked.selection))
    forms = citing.texts(answer.citation, t)
    assert sum(said.text in form for form in forms.values()) == 3
    assert said.text in citing.for_programs(answer.citation)["RIS"]
    made = files.of(answer)
    for kind, file in made.items():
        assert file.name.endswith(f"_{answer.asked.package.release}.{lang}.{kind}")
        assert f"_n{said.n}_" in file.name
        assert ("people" in file.name) == (getattr(answer, "unit", "") == "people")
    about = json.loads(made["json"].make())
    assert (about["n"], about["of"], about["amount"], about["unit"]) == (
        said.n,
        said.of,
        said.text,
        said.unit,
    )
    assert about["note"] == " ".join(answer.taken_along)
    assert about["title"] == answer.title
    assert about["language"] == lang
    assert len(about["rows"]) == len(answer.table.rows)
    _, read_me = openpyxl.load_workbook(io.BytesIO(made["xlsx"].make()))
    told = [row[:2] for row in read_me.iter_rows(values_only=True)]
    assert {("n", said.n), (t("Unit"), said.unit)} <= set(told)


@pytest.mark.parametrize(
    ("address", "surface", "lang"),
    [(SHOWN[2], Trend, "ky"), (SHOWN[3], Trend, "en"), (SHOWN[1], Groups, "ru")],
)
def test_a_picture_bears_title_number_filters_and_link_in_the_language_asked_for(
    address, surface, lang
):
    answer = question(f"/?{address}&lang={lang}").answer(surface)
    drawn = unescape(re.sub(r"<[^>]+>", " ", pictures.picture(answer, "svg").decode()))
    assert answer.citation.link in drawn
    lined = "".join(drawn.split())
    for text in (answer.title, answer.amount.text, answer.amount.unit, answer.citation.filters):
        assert "".join(text.split()) in lined


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("address", ADDRESSES[::3])
def test_the_regions_in_words_are_the_regions_in_numbers(address, unit, lang):
    answer = question(f"/map?{address}&unit={unit}&lang={lang}").answer(Map)
    rows = answer.table.where(kind="region").rows
    numbers = dict(zip(rows["code"], rows[unit], strict=True))
    for code, area in answer.areas.items():
        label, _, words = area.text.partition(": ")
        assert label == answer.asked.package.codebook.label("regions", code, lang)
        if area.colour is not None:
            assert words == amount(int(numbers[code]), unit, answer.t)
        assert area.text in answer.alt.split("; ")
    assert len(answer.alt.split("; ")) == len(answer.areas)
