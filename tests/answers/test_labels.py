"""Files for people: beside every code stands its label, beside every record its link."""

import csv
import io
import json
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pandas as pd
import pytest

from answers import files
from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.record import record
from answers.surfaces.records import AFTER, Records
from incidents.citation import PUBLISHED
from incidents.codebook import LANGUAGES
from incidents.schema import CODES, WORDED
from incidents.selection import Selection
from incidents.wording import BESIDE
from loaders.downloads import from_csv
from tests.answers.test_workbook import sheets
from tests.asking import files_of_records, question
from tests.conftest import DATA

SURFACES = (Published, Groups, Years, Map, Trend, Change, Claims, Records)
SPLITS = ("data", "category", "perpetrator", "group")


def listed(name):
    """Read a code list from its own file."""
    path = DATA / ("places.csv" if name == "places" else f"codebook/{name}.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def words(name, lang):
    """Give the labels of a code list, read from its own file."""
    code, label = ("geonameid", "name") if name == "places" else ("code", "label")
    return {row[code]: row[f"{label}_{lang}"] for row in listed(name)}


def read(files_, kind):
    """Read a file of records back as rows of text, under the names of the columns in CSV."""
    if kind == "csv":
        return from_csv(files_["csv"].make()).drop(columns="cited_as")
    if kind == "json":
        rows = pd.DataFrame(json.loads(files_["json"].make())["rows"], dtype="object")
        return rows.fillna("").astype(str)
    head, *rows = next(iter(sheets(files_["xlsx"].make()).values()))
    return pd.DataFrame(rows, columns=head, dtype="object").fillna("").astype(str)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_the_labels_of_every_record_are_those_of_the_codebook(package, kind, lang):
    rows = read(files_of_records(package, Selection(), lang), kind)
    heads = question(f"/records?lang={lang}").answer(Records).table.heads
    assert len(rows) == package.incidents.total
    for column, name in {"dataset": "datasets", "place": "places", **CODES}.items():
        told = words(name, lang)
        head = heads[f"{column}_label"] if kind == "xlsx" else f"{column}_label"
        assert (head == f"{column}_label") == (kind != "xlsx")
        for codes, labels in zip(rows[column], rows[head], strict=True):
            both = [part.split(between) for part, between in ((codes, ";"), (labels, "; "))]
            assert both[1] == [told[code] if code else "" for code in both[0]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_record_bears_its_own_permanent_link(lang):
    asked = question(f"/records?lang={lang}&data=rights&sort=oldest")
    rows = asked.answer(Records).table.rows.groupby("protected").head(5)
    assert set(rows["protected"]) == {"yes", ""}
    for row in rows.to_dict("records"):
        opened = question(row["record"])
        assert (opened.record, opened.t.code) == (row["incident_id"], lang)
        assert opened.display.release == asked.package.release
        assert opened.problems == ()
        assert record(opened).citation.link == row["record"]


def test_a_protected_record_gains_nothing_but_its_codes_in_words_and_its_page(package):
    rows = from_csv(files_of_records(package, Selection(), "ky")["csv"].make())
    protected = rows[rows["protected"] == "yes"]
    added = [name for name in rows if name not in (*PUBLISHED, "cited_as")]
    assert len(protected)
    assert added == [
        "dataset_label",
        "record",
        *(f"{column}_label" for column in PUBLISHED[1:AFTER] if column in WORDED),
        *BESIDE,
        *(f"{column}_label" for column in PUBLISHED[AFTER:] if column in WORDED),
    ]
    for column in BESIDE:  # what has no sentence has no translation
        assert set(protected[column]) == {""}
    assert set(protected["place_label"]) == {""}
    assert set(protected["source_url"]) == set(protected["second_source_url"]) == {""}
    for name, link in zip(protected["incident_id"], protected["record"], strict=True):
        address = urlsplit(link)
        assert (address.hostname, address.path) == ("example.org", "/records")
        query = {"id": [name], "lang": ["ky"], "release": [package.release]}
        assert parse_qs(address.query) == query
    for column in WORDED:  # a label tells no more than its code: what is alike stays alike
        label = f"{column}_label"
        assert rows.groupby(column)[label].nunique().max() == 1


def test_no_label_holds_what_parts_several():
    for name in WORDED.values():
        for lang in LANGUAGES:
            assert not [label for label in words(name, lang).values() if ";" in label]


def test_the_columns_that_have_labels_are_those_that_the_package_says_hold_codes(package):
    for resource in package.descriptor.files.values():
        told = {name: field.codes for name, field in resource.fields.items() if field.codes}
        assert {"dataset": "datasets", **told} == WORDED


def holds_codes(cells, codes):
    """Say whether a column holds codes of any list, and nothing else."""
    found = {code for cell in cells if isinstance(cell, str) for code in cell.split(";") if code}
    return any(found and found <= held for held in codes.values())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("surface", SURFACES)
def test_no_column_of_codes_stands_without_a_column_of_labels(surface, lang):
    answer = question(f"/trends?lang={lang}&split=group").answer(surface)
    codes = {name: set(words(name, lang)) for name in (*set(WORDED.values()), "claim_reasons")}
    codes["of the map"] = codes["regions"] | codes["places"]
    codes["of breakdowns"] = codes["regions"] | codes["groups"] | codes["violations"]
    rows = answer.table.rows
    names = list(rows.columns)
    of_codes = [name for name in names if holds_codes(rows[name], codes)]
    wanted = {Records: 10, Map: 1, Groups: 1, Change: 1, Claims: 1}
    assert len(of_codes) >= wanted.get(surface, 0)
    for name in of_codes:
        beside = names[names.index(name) + 1]
        assert beside == (f"{name}_label" if f"{name}_label" in names else "label"), name
        assert all(rows[beside][rows[name].fillna("") != ""])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("split", SPLITS)
def test_columns_that_are_codes_are_headed_by_their_labels_in_a_workbook(split, lang):
    answer = question(f"/trends?lang={lang}&split={split}&from=2018&to=2024").answer(Trend)
    names = {"category": "categories", "perpetrator": "perpetrators"}
    told = words(names.get(split, "groups"), lang)
    if split == "data":
        told = answer.asked.package.codebook.column("datasets", f"short_{lang}")
    made = files.of(answer)
    data, read_me = sheets(made["xlsx"].make()).values()
    codes = [name for name in json.loads(made["json"].make())["rows"][0] if name in told]
    assert codes
    assert [head for head in data[0] if head in told.values()] == [told[code] for code in codes]
    assert not set(codes) & set(data[0])
    said = dict(row[:2] for row in read_me if row[0])
    assert all(code in said[told[code]] for code in codes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_column_says_what_it_means_and_has_a_head_of_its_own(surface, lang):
    answer = question(f"/trends?lang={lang}&data=media").answer(surface)
    table = answer.table
    assert list(table.fields) == list(table.rows.columns)
    assert all(table.fields.values())
    heads = list(table.heads.values())
    assert len(set(heads)) == len(heads)
    book = openpyxl.load_workbook(io.BytesIO(files.of(answer)["xlsx"].make()))
    for cell in book.worksheets[0][1]:
        named = cell.value in table.fields and table.heads[cell.value] == cell.value
        assert bool(cell.comment) == named, cell.value
        if named:
            assert cell.comment.text == table.fields[cell.value]


@pytest.mark.parametrize("surface", SURFACES)
def test_numbers_come_before_pictures_and_a_workbook_before_all(surface):
    answer = question("/trends").answer(surface)
    kinds = list(files.of(answer))
    assert kinds[:3] == ["xlsx", "csv", "json"]
    assert kinds[-3:] == ["png", "svg", "pptx"] or not answer.drawn


@pytest.mark.parametrize("surface", [Map, Trend, Groups, Records, Claims])
def test_the_same_view_gives_the_same_bytes(surface):
    first, again = (question("/trends?lang=ru&data=rights").answer(surface) for _ in range(2))
    for kind in ("xlsx", "csv", "json"):
        assert files.of(first)[kind].make() == files.of(again)[kind].make()


def test_numbers_stay_numbers_and_whole_days_days_beside_labels(package):
    made = files_of_records(package, Selection(), "ru")
    head, *rows = next(iter(sheets(made["xlsx"].make()).values()))
    told = [dict(zip(head, row, strict=True)) for row in rows]
    for row in told:
        assert isinstance(row["date"], datetime if row["date_precision"] == "day" else str | None)
        assert isinstance(row["persons"], int | None)
    assert {type(row["persons"]) for row in told} == {int, type(None)}
    assert {type(row["date_end"]) for row in told} == {datetime, type(None)}
