"""A country that does not exist, with some records, one, or none: every surface and language."""

import csv
import json
import re

import pytest

from answers import citing, files, methodology
from answers import filters as menus
from answers.in_short import in_short
from answers.surfaces import overview
from answers.surfaces.cells import Cells
from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.record import record
from answers.surfaces.records import Records
from answers.words import chips, count_line
from charts.palette import PAPER
from incidents.codebook import LANGUAGES
from tests import country, recount
from tests.answers.test_another_country import OF_THE_HOUSE, OURS
from tests.asking import question

SURFACES = (Map, Trend, Years, Groups, Published, Records, Claims, Change)
SHAPES = {"whole": (("press", "singers"), 9), "one_row": (("press",), 1), "empty": (("press",), 0)}
"""The datasets of a package, and how many of the country's records each holds at most."""
UNDATED = {
    "incident_id": "Z-0004",
    "date": "",
    "date_precision": "unknown",
    "region": "QX-2",
    "groups": "ferrymen",
    "persons": "7",
}
PROTECTED = {
    "incident_id": "Z-0005",
    "date": "2018-01-01",
    "date_precision": "year",
    "region": "QX",
    "place_precision": "country",
    "groups": "weavers",
    "target": "person",
    "persons": "",
    "summary": "",
    "source_url": "",
    "link": "withheld",
    "protected": "yes",
}
FILTERS = ("", "group=weavers", "region=QX", "from=2019&to=2019", "place=7000001", "q=nothing")
SHOWN = ("", "unit=people&fill=rate&split=group", "per=month&fill=change&a=2018&b=2019&sort=oldest")


@pytest.fixture(scope="module", params=SHAPES)
def elsewhere(request, tmp_path_factory):
    datasets, held = SHAPES[request.param]
    folder = country.write(tmp_path_factory.mktemp(request.param) / "data", datasets)
    for name in datasets:
        keep(folder / f"{name}.csv", held)
    if request.param == "whole":
        add(folder / "press.csv", UNDATED, PROTECTED)
    return folder


IN_ENGLISH = ("in English", "на английском", "англис тилинде")
"""What the country's own descriptor says of its columns of sentences."""


def keep(path, held):
    """Keep only so many rows of a table."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[: 1 + held]), encoding="utf-8")


def add(path, *rows):
    """Add records like those of the country to a file."""
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    own = {**country.RECORD, "category": "press_any", "violations": "press_threat"}
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writerows({**own, **row} for row in rows)


def said(answer):
    """Give every text that an answer says."""
    yield from (answer.title, answer.alt, answer.amount.text, answer.amount.unit, answer.empty)
    yield from (*answer.notes, *answer.quality, *answer.named)
    yield from (each.text for each in answer.sources)
    yield from (link.text for link in answer.links)
    yield from citing.texts(answer.citation, answer.t).values()
    columns, rows = answer.table.columns, answer.table.rows
    yield from (f"{column.meaning} {column.head}" for column in columns.values())
    yield from (cell for name in rows for cell in rows[name] if isinstance(cell, str))
    if any(column.head for column in columns.values()):
        yield from answer.table.told().to_numpy().ravel()


@pytest.mark.parametrize(("shown", "lang"), list(zip(SHOWN, LANGUAGES, strict=True)))
@pytest.mark.parametrize("address", FILTERS[::2])
def test_every_surface_answers_and_says_no_word_of_another_country(address, shown, lang, elsewhere):
    asked = question(f"/?{address}&{shown}&lang={lang}", elsewhere)
    for surface in SURFACES:
        answer = asked.answer(surface)
        if surface is Published and not answer.applies:
            continue
        for text in said(answer):
            for ours in (*OF_THE_HOUSE, "in Kyrgyz", *IN_ENGLISH):
                text = text.replace(ours, "")
            assert not OURS.search(text), text
            assert not re.search(r"\b(nan|None|NaT)\b|<NA>", text), text
        if not answer.empty:
            read = json.loads(files.as_json(answer))
            assert len(read["rows"]) == len(answer.table.rows)


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", [*FILTERS, "data=press", "perpetrator=authorities&to=2018"])
def test_its_numbers_are_those_of_its_own_files(address, unit, elsewhere):
    there = recount.Files(elsewhere)
    asked = question(f"/?{address}&unit={unit}", elsewhere)
    assert asked.problems == ()
    rows = there.found(asked.selection)
    assert asked.subset.n == len(rows)
    weight = recount.weights(rows, unit)
    regions = asked.answer(Map).table.where(kind="region").rows
    told = {code: n for code, n in zip(regions["code"], regions[unit].fillna(0), strict=True) if n}
    assert told == {code: n for code, n in recount.under(rows, "region", unit).items() if n}
    groups = asked.answer(Groups).table.rows
    by_group = dict(zip(groups["code"], groups["incidents"], strict=True))
    assert by_group == dict(recount.under(rows, "group", "incidents"))
    under = recount.drawn(rows, "year", there.axis(asked.selection, "year", opening=True))
    assert [int(n) for n in asked.answer(Trend).totals] == [
        sum(weight[r["incident_id"]] for r in year) for year in under.values()
    ]
    names = [row["incident_id"] for row in rows]
    assert list(asked.answer(Records).table.rows["incident_id"]) == names
    line = "".join(count_line(asked))
    assert line.startswith(f"{len(rows)} of {len(there.counted)} ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_record_and_every_part_of_the_method_is_told(lang, elsewhere):
    there = recount.Files(elsewhere)
    for row in [*there.rows, {"incident_id": "Z-9999"}]:
        told = record(question(f"/records?id={row['incident_id']}&lang={lang}", elsewhere))
        assert told.title
        assert not OURS.search(told.title)
        assert hasattr(told, "facts") == ("date" in row)
    asked = question(f"/methodology?lang={lang}", elsewhere)
    for part in (
        methodology.contents,
        methodology.collection,
        methodology.how_good,
        in_short,
        overview.limits,
    ):
        section = part(asked)
        texts = [section.title, *(each.text for each in section.said)]
        assert not [text for text in texts if OURS.search(text)]
    assert Cells(asked).section is None
    for facet in ("group", "region", "violation", "category", "data"):
        there_are = set(there.codes(facet))
        offered = {option.code for option in menus.options(asked, facet)}
        assert offered <= there_are


def test_an_undated_record_is_found_by_all_dates_drawn_in_none_and_told_as_such(tmp_path):
    folder = country.write(tmp_path / "data")
    add(folder / "press.csv", UNDATED)
    for dates in ("", "from=2018&to=2018", "from=2020"):
        asked = question(f"/?{dates}", folder)
        assert "Z-0004" in set(asked.answer(Records).table.rows["incident_id"])
        for surface, per in ((Trend, "year"), (Years, "year"), (Trend, "month")):
            answer = question(f"/?{dates}&per={per}", folder).answer(surface)
            vague = 1 + (per == "month") * sum(
                r["date_precision"] == "year" for r in recount.Files(folder).found(asked.selection)
            )
            assert f"; {vague} not dated precisely enough" in answer.amount.text
    row = asked.answer(Records).rows[-1]
    assert row.facts[0] == "Lowland"  # what is not known is left out
    assert "1 of the records found is dated too vaguely" in asked.answer(Records).title
    compared = question("/trends?a=2018&b=2019", folder).answer(Change)
    assert compared.found.left_out.vague == 1
    assert "1 incident is left out: its date is too vague for these periods." in compared.notes


@pytest.mark.parametrize("unit", ["incidents", "people"])
def test_a_protected_record_is_counted_and_nothing_finer_of_it_is_told(unit, tmp_path):
    folder = country.write(tmp_path / "data")
    before = question(f"/?unit={unit}", folder)
    without = {s: before.answer(s).amount.n for s in (Map, Trend, Groups, Records)}
    again = country.write(tmp_path / "again")
    add(again / "press.csv", PROTECTED)
    asked = question(f"/?unit={unit}", again)
    told = record(question("/records?id=Z-0005", again))
    assert {s: asked.answer(s).amount.n - n for s, n in without.items()} == {
        Map: 0,  # it names no region
        Trend: 1,
        Groups: 1,
        Records: 1,
    }
    assert told.sources[0].link is None
    assert "example.org" not in str(told.sources)
    assert not any(told.story.values())
    month = question("/trends?per=month&from=2018&to=2018", again).answer(Trend)
    assert "1 not dated precisely enough" in month.amount.text
    file = files.of(question("/?from=2018&to=2018&region=QX", again).answer(Records))["csv"]
    assert "Something that never happened" not in file.make().decode()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_package_without_records_says_none_and_draws_nothing(lang, tmp_path):
    folder = country.write(tmp_path / "data")
    keep(folder / "press.csv", 0)
    asked = question(f"/?lang={lang}", folder)
    for surface in (Trend, Years, Groups, Records):
        answer = asked.answer(surface)
        assert answer.empty
        assert answer.figure is None
        assert (answer.amount.n, answer.amount.of) == (0, 0)
    recorded, answered, covered = overview.figures(asked)
    assert (recorded.value, answered.value) == ("0", "–")
    assert covered.value.startswith("0")
    assert {area.colour for area in asked.answer(Map).areas.values()} == {PAPER}
    assert chips(asked.selection, asked.package, asked.t) == []
    regions = asked.answer(Map).table.where(kind="region").rows
    assert set(regions["incidents"]) == {0}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ["group=women", "region=KG-GB", "data=media", "place=1528675"])
def test_codes_of_another_country_are_named_as_unknown_and_select_nothing_less(
    address, lang, elsewhere
):
    asked = question(f"/?{address}&lang={lang}", elsewhere)
    name, _, code = address.partition("=")
    assert [(p.parameter, p.value, p.why) for p in asked.problems] == [(name, code, "unknown")]
    assert asked.subset.n == len(recount.Files(elsewhere).counted)
