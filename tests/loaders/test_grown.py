"""A release with rows added: sound only where loading it finds nothing, either."""

import csv
import io
import json

import pytest

from loaders import Faults, load
from loaders.grown import sound
from tests.bundled import RELEASE
from tests.loaders.test_shelf import renamed

FILE = "rights_incidents.csv"
PLAIN, PROTECTED = "R-9998", "R-9999"


@pytest.fixture
def before(copy):
    return load(copy)


def added(copy, protected=False, **cells):
    """Add a made-up row like the first of its kind; give the whole file, in order."""
    path = copy / FILE
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    like = next(row for row in rows if bool(row["protected"]) == protected)
    name = PROTECTED if protected else PLAIN
    fresh = like | {"incident_id": name, "episode": "", "same_event": ""}
    return written(path, [*rows, fresh | cells])


def written(path, rows):
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(sorted(rows, key=lambda row: row["incident_id"]))
    path.write_text(out.getvalue(), encoding="utf-8")


def loads(copy):
    try:
        load(copy)
    except Faults:
        return False
    return True


@pytest.mark.parametrize("protected", [False, True])
def test_a_release_with_good_rows_more_is_sound(copy, before, protected):
    added(copy, protected, **({"region": "KG", "place_precision": "country"} if protected else {}))
    renamed(copy, RELEASE, "2099.1.0")
    (copy / "CHANGELOG.md").write_text("# Made up\n", encoding="utf-8")
    assert sound(copy, before)
    assert loads(copy)


@pytest.mark.parametrize(
    ("protected", "cells"),
    [
        (False, {"date": "2022-13-01"}),
        (False, {"perpetrator": "militia"}),
        (False, {"date": "2099-01-01"}),
        (False, {"summary": ""}),
        (False, {"summary": "Call 0555 00 00 00"}),
        (False, {"consent": "not_given"}),
        (False, {"same_event": "R-0000"}),
        (False, {"groups": "lgbtq", "target": "person"}),
        (True, {"date": "2022-05-01", "date_precision": "month"}),
        (True, {"summary": "A made-up detail"}),
        (True, {"source_url": "https://canary.example/1", "link": "open"}),
        (True, {"violations": "threat;physical_assault"}),
        (True, {"region": "KG-T", "place_precision": "region", "date": "2018-01-01"}),
    ],
)
def test_a_row_that_breaks_a_rule_is_found(copy, before, protected, cells):
    added(copy, protected, **cells)
    assert not sound(copy, before)
    assert not loads(copy)


@pytest.mark.parametrize("other", ["R-1910", "M-0002"])
def test_no_identifier_stands_twice(copy, before, other):
    added(copy, incident_id=other)
    assert not sound(copy, before)
    assert not loads(copy)


def test_what_was_withdrawn_does_not_come_back(copy):
    path = copy / "withdrawn.csv"
    path.write_text(path.read_text() + f"{PLAIN},rights,2026.11.3,2026-11,unconfirmed\n")
    before = load(copy)
    added(copy)
    assert not sound(copy, before)
    assert not loads(copy)


def changed_row(copy):
    path = copy / FILE
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    written(path, [rows[0] | {"persons": "77"}, *rows[1:]])


def lost_row(copy):
    path = copy / FILE
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-1]))


def another_table(copy):
    path = copy / "statements.csv"
    path.write_text(path.read_text("utf-8") + "x,made up,made up,made up\n", encoding="utf-8")


def another_list(copy):
    path = copy / "codebook" / "groups.csv"
    path.write_text(path.read_text("utf-8") + "made_up\n", encoding="utf-8")


def described_otherwise(copy):
    path = copy / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    fields = next(each for each in described["resources"] if each["path"] == FILE)["schema"]
    del fields["fields"][0]["constraints"]
    path.write_text(json.dumps(described), encoding="utf-8")


def collected_longer(copy):
    path = copy / "datapackage.json"
    path.write_text(path.read_text("utf-8").replace("2026-02-28", "2026-03-31"), encoding="utf-8")


def earlier(copy):
    path = copy / "datapackage.json"
    described = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(described | {"created": "2020-01-01T00:00:00Z"}))


@pytest.mark.parametrize(
    "change",
    [
        changed_row,
        lost_row,
        another_table,
        another_list,
        described_otherwise,
        collected_longer,
        earlier,
    ],
)
def test_where_anything_else_changed_nothing_is_said(copy, before, change):
    assert sound(copy, before)
    change(copy)
    assert not sound(copy, before)
