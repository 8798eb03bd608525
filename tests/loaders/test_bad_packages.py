"""A package that is broken as a whole: each a fault, none a traceback."""

import json
import threading
from contextlib import suppress

import pytest

from incidents.schema import Fault
from loaders import Faults, load, reading
from loaders.needs import OUTLINES, TABLES
from tests import broken
from tests.conftest import DATA

NAME = "datapackage.json"


def refused(directory):
    """Load a package that must be refused; give its faults."""
    with pytest.raises(Faults) as found:
        load(directory)
    return found.value.faults


def rules(directory):
    return {(fault.column, fault.rule) for fault in refused(directory)}


@pytest.mark.parametrize("path", [*TABLES, *OUTLINES])
def test_a_package_without_one_of_its_resources_is_refused(copy, path):
    broken.redescribe(copy, lambda d: d["resources"].remove(broken.resource(d, path)))
    found = refused(copy)
    assert Fault(NAME, 0, path, "", "missing_resource") in found
    assert {fault.rule for fault in found} <= {"missing_resource", "undescribed_file"}


@pytest.mark.parametrize("path", ["places.csv", "statements.csv", "codebook/kinds.csv"])
def test_a_column_too_many_is_refused_whether_it_is_described_or_not(copy, path):
    table = (copy / path).read_text(encoding="utf-8")
    (copy / path).write_text(table.replace("\n", ",more\n"), encoding="utf-8")
    assert ("more", "unknown_column") in rules(copy)
    fields = {"name": "more", "type": "string"}
    broken.redescribe(copy, lambda d: broken.resource(d, path)["schema"]["fields"].append(fields))
    assert (f"{path} more", "unknown_column") in rules(copy)


@pytest.mark.parametrize("content", ["", "[]", "3", '"text"', "null", "{}", "{", "[" * 100_000])
def test_a_descriptor_that_is_no_object_is_one_fault(copy, content):
    (copy / NAME).write_text(content, encoding="utf-8")
    (fault,) = refused(copy)
    assert fault.file == NAME
    assert fault.rule in ("not_json", "not_an_object")


@pytest.mark.parametrize("content", [b"\xff\xfe", b"\x00", '{"a": "é"}'.encode("latin-1")])
def test_a_descriptor_in_another_encoding_is_one_fault(copy, content):
    (copy / NAME).write_bytes(content)
    (fault,) = refused(copy)
    assert fault.rule in ("not_json", "not_utf8")


@pytest.mark.parametrize("form", [0, 5, "2", None, [], 2.5])
def test_a_form_that_nobody_knows_is_refused(copy, form):
    broken.redescribe(copy, lambda d: d.update(form=form))
    assert ("form", "unknown_form") in rules(copy)


@pytest.mark.parametrize("strange", [None, 3, "text", [], ["x"], {}, {"path": 3}, [[]]])
@pytest.mark.parametrize("form", [1, 2, 3, 4])
def test_resources_of_any_shape_are_faults(copy, strange, form):
    broken.redescribe(copy, lambda d: d.update(resources=strange, form=form))
    assert refused(copy)
    broken.redescribe(copy, lambda d: d.update(resources=[strange, strange]))
    assert refused(copy)


@pytest.mark.parametrize(
    "strange",
    [
        None,
        "text",
        {},
        {"fields": None},
        {"fields": ["x"]},
        {"fields": [{}]},
        {"fields": [{"name": "code", "constraints": "x"}]},
        {"fields": [{"name": "code", "constraints": {"pattern": "("}}]},
        {"fields": [{"name": "code", "constraints": {"enum": 3}}]},
        {"fields": [{"name": "code", "constraints": {"minimum": "x"}}]},
        {"fields": [{"name": "code", "type": "geopoint"}]},
        {"fields": [{"name": "code", "fault": "no_such_rule"}]},
        {"fields": [{"name": "code", "same_table": "nothing"}]},
        {"fields": [{"name": "code", "codes_of": "nothing"}]},
        {"fields": [{"name": ["code"], "also": 3}]},
    ],
)
@pytest.mark.parametrize("form", [1, 2])
def test_a_schema_of_any_shape_is_a_fault(copy, strange, form):
    path = "codebook/kinds.csv"
    broken.redescribe(copy, lambda d: broken.resource(d, path).update(schema=strange))
    broken.redescribe(copy, lambda d: d.update(form=form))
    assert refused(copy)


@pytest.mark.parametrize(
    ("fact", "values"),
    [
        ("country", [None, "KG", {}, {"code": "kg"}, {"code": "KGZ"}, []]),
        ("bbox", [None, "x", [], [1, 2, 3], [4, 3, 2, 1], ["1", "2", "3", "4"], [0, 0, 999, 1]]),
        ("title", [None, ""]),
        ("contributors", [None, [], ["x"], 3, "x"]),
        ("licenses", [None, ["x"], 3, "x"]),
        ("version", [None, "", "a b", "../x"]),
        ("created", [None, "soon", "2026-13-01", 3]),
    ],
)
def test_a_fact_of_any_other_shape_is_a_fault(copy, fact, values):
    for value in values:
        broken.redescribe(copy, lambda d, value=value: d.update({fact: value}))
        assert fact in {fault.column for fault in refused(copy)}, value


@pytest.mark.parametrize(
    ("path", "column", "change"),
    [
        (broken.MEDIA, "groups", lambda f: f.pop("codes")),
        (broken.MEDIA, "groups", lambda f: f.pop("list")),
        (broken.MEDIA, "incident_id", lambda f: f["constraints"].pop("unique")),
        (broken.MEDIA, "date", lambda f: f.update(type="string")),
        (broken.MEDIA, "protected", lambda f: f["constraints"].update(enum=["yes", "no"])),
        (broken.RIGHTS, "source_url", lambda f: f["constraints"].update(pattern=".*")),
        ("codebook/groups.csv", "protected", lambda f: f["constraints"].update(enum=["list"])),
        ("codebook/groups.csv", "code", lambda f: f.pop("constraints")),
        ("aggregates.csv", "count", lambda f: f["constraints"].update(pattern="[0-9]+")),
        ("places.csv", "lat", lambda f: f.update(type="string")),
        ("publishers.csv", "archived", lambda f: f.pop("constraints")),
        ("checking/readings.csv", "outcome", lambda f: f["constraints"].update(enum=["good"])),
    ],
)
def test_a_description_that_lets_through_what_would_do_harm_is_refused(copy, path, column, change):
    broken.redescribe(copy, lambda d: change(broken.field(d, path, column)))
    assert rules(copy) == {(f"{path} {column}", "bad_description")}


def test_a_description_may_be_stricter_than_is_needed(copy):
    def stricter(descriptor):
        field = broken.field(descriptor, "claims.csv", "language")
        field["constraints"]["enum"] = ["en", "ru"]
        broken.field(descriptor, "places.csv", "name_en")["constraints"]["pattern"] = ".+"

    broken.redescribe(copy, stricter)
    assert load(copy).release


@pytest.mark.parametrize("name", OUTLINES)
@pytest.mark.parametrize("content", ["", "[]", '{"features": 3}', '{"features": [1]}', "{"])
def test_outlines_of_any_other_shape_are_a_fault(copy, name, content):
    (copy / name).write_text(content, encoding="utf-8")
    assert name in {fault.file for fault in refused(copy)}


def test_outlines_without_regions_are_faults_of_the_regions(copy):
    (copy / "regions.geojson").write_text('{"features": [{}, {"properties": null}]}')
    assert rules(copy) == {("region", "no_outline")}
    assert len(refused(copy)) == 9


@pytest.mark.parametrize("name", ["places.csv", "regions.geojson", NAME, "codebook/groups.csv"])
def test_a_folder_in_the_place_of_a_file_is_a_missing_file(copy, name):
    (copy / name).unlink()
    (copy / name).mkdir()
    assert (name, "missing_file") in {(f.file, f.rule) for f in refused(copy)}


def test_a_directory_that_is_not_there_is_a_missing_file(tmp_path):
    (fault,) = refused(tmp_path / "nowhere")
    assert (fault.file, fault.rule) == (NAME, "missing_file")


def test_a_package_that_never_comes_to_rest_is_a_fault(copy, monkeypatch):
    """Every file is written anew whenever one is read."""
    take = reading._take

    def and_write(directory, name, contents):
        take(directory, name, contents)
        with (copy / "CHANGELOG.md").open("a", encoding="utf-8") as file:
            file.write("More.\n")

    monkeypatch.setattr(reading, "_take", and_write)
    assert [(f.file, f.rule) for f in refused(copy)] == [(NAME, "being_written")]


def test_a_package_half_written_while_it_is_read_is_read_again_or_refused_and_never_torn(copy):
    """One hand switches between two whole releases, one file after the other; another reads."""
    files = ("media_attacks.csv", NAME)
    one = {name: (copy / name).read_bytes() for name in files}
    head, *rows = one["media_attacks.csv"].splitlines(keepends=True)
    described = json.loads(one[NAME])
    other = {
        "media_attacks.csv": b"".join([head, *rows[:-1]]),
        NAME: json.dumps({**described, "version": "2026.12.0"}).encode("utf-8"),
    }
    done = threading.Event()

    def write():
        while not done.wait(0.05):
            for release in (other, one):
                for name, content in release.items():
                    (copy / name).write_bytes(content)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(10):
            with suppress(Faults):  # named, and never a traceback
                found = load(copy)
                assert found.files["regions.geojson"] == (DATA / "regions.geojson").read_bytes()
    finally:
        done.set()
        writer.join()
