"""What the bundled package says of itself, and that programs of others can read it."""

import io
import json
import subprocess
import sys
import zipfile

import pandas as pd
import pytest

from answers.archive import as_zip
from incidents.schema import CODES, COLUMNS, SEVERAL
from loaders import load
from loaders.descriptor import Field
from loaders.needs import columns_of, meets, need_of
from loaders.releases import kept, release
from tests import broken
from tests.conftest import DATA

DESCRIBED = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
TABLES = [r for r in DESCRIBED["resources"] if "schema" in r]
FIELDS = [(r["path"], field) for r in TABLES for field in r["schema"]["fields"]]


@pytest.fixture
def downloaded(package, tmp_path):
    """The package as a reader takes it away, unpacked."""
    zipfile.ZipFile(io.BytesIO(as_zip(package))).extractall(tmp_path)
    return tmp_path


def validated(folder):
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json", "--json"]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return json.loads(ran.stdout)


def test_the_package_as_downloaded_passes_frictionless_validate(downloaded):
    report = validated(downloaded)
    assert report["valid"], report["errors"] or [
        t["errors"] for t in report["tasks"] if t["errors"]
    ]
    assert len(report["tasks"]) == len(DESCRIBED["resources"])


def test_frictionless_validate_reads_the_cells_and_the_hashes(downloaded):
    broken.break_cell(downloaded, broken.Break("", broken.MEDIA, "persons", "many"))
    (task,) = [task for task in validated(downloaded)["tasks"] if not task["valid"]]
    assert {error["type"] for error in task["errors"]} >= {"hash-count", "type-error"}


def test_the_descriptor_and_the_columns_of_the_domain_agree():
    for resource in TABLES:
        if "dataset" in resource:
            fields = {field["name"]: field for field in resource["schema"]["fields"]}
            assert list(fields) == COLUMNS
            for column, name in CODES.items():
                assert fields[column]["codes"] == name
                assert fields[column].get("list", False) == (column in SEVERAL)


@pytest.mark.parametrize(("path", "field"), FIELDS, ids=[f"{p} {f['name']}" for p, f in FIELDS])
def test_a_column_is_described_in_three_languages_and_for_what_is_done_with_it(path, field):
    assert all(field[f"description{end}"].endswith(".") for end in ("", "_ru", "_ky"))
    assert any("а" <= letter <= "я" for letter in field["description_ru"])
    assert Field.of(field).name == field["name"]
    assert meets(field, need_of(path, field["name"]))
    if "pattern" in field.get("constraints", {}):
        assert field["type"] == "string"
    if "unit" in field and field["unit"] != "see measure":
        assert "Unit:" in field["description"]


def test_a_cell_that_names_a_code_says_of_which_list(package):
    """A column whose every cell stands in one code list is said to come from it."""
    lists = {name: set(frame.index) for name, frame in package.codebook.lists.items()}
    for path, field in FIELDS:
        if field["name"] in ("code", "cell", "codes", "aliases", "list", "field"):
            continue
        cells = set(pd.read_csv(DATA / path, dtype=str, keep_default_na=False)[field["name"]])
        codes = {code for cell in cells for code in cell.split(";")} - {"", "all", "yes"}
        fits = [name for name, known in lists.items() if codes and codes <= known]
        told = {"codes", "same_table"} & set(field)
        assert told or not fits or len(codes) < 2, (path, field["name"], fits)


def test_every_resource_is_titled_and_described_in_three_languages():
    for resource in DESCRIBED["resources"]:
        for text in ("title", "description"):
            assert len({resource[f"{text}{end}"] for end in ("", "_ru", "_ky")}) == 3


def test_what_a_column_means_is_told_in_the_language_of_the_reader(package):
    assert list(package.meanings("ru")) == COLUMNS == list(package.fields)
    assert package.meanings("ky")["region"] != package.fields["region"]
    assert package.fields["persons"].endswith("Unit: persons.")


@pytest.mark.parametrize("moment", ["", "T00:00:00Z", "T10:30:00+06:00"])
def test_the_day_of_a_release_is_read_from_a_day_or_a_moment(copy, moment):
    broken.redescribe(copy, lambda d: d.update(created=f"2026-11-29{moment}"))
    assert load(copy).released == pd.Timestamp("2026-11-29")


def test_the_facts_of_the_bundled_release_are_those_of_its_files(package):
    assert package.country == "KG"
    assert package.bounds == ((39.1, 69.1), (43.35, 80.4))
    assert package.census.day == pd.Timestamp("2022-03-25")
    assert package.census.counted
    for name in package.statements["statement"]:
        texts = {package.statement(name, language) for language in ("en", "ru", "ky")}
        assert len(texts) == 3
        assert "" not in texts
    assert package.statement("no_such_sentence", "en") == ""
    assert package.statement("not_held", "en").endswith(package.statement("over_represented", "en"))


@pytest.mark.parametrize("version", kept(DATA))
def test_a_release_of_an_older_form_says_what_the_dashboard_said_of_it(version, package):
    earlier = release(version, package)
    described = json.loads(earlier.files["datapackage.json"])
    if "form" not in described:
        assert "statements.csv" not in earlier.files
        package = release("2026.11.6", package)  # the first of the newer form
        for name in package.statements["statement"]:
            assert earlier.statement(name, "ru") == package.statement(name, "ru"), name
        assert earlier.licence == package.licence
        assert earlier.country == "KG"
        assert earlier.bounds == package.bounds
        assert earlier.title("ky") == package.title("ky")
        assert earlier.codebook.marked("datasets", "acts_protect") == {"rights"}
    assert (earlier.codebook.unplaced, earlier.codebook.online) == ("KG", "ONLINE")
    assert list(earlier.incidents.frame["dataset"].cat.categories) == ["media", "rights"]


def test_the_columns_read_of_the_violations_are_those_of_the_datasets():
    columns = columns_of("codebook/violations.csv", ("one", "two"))
    assert columns[:4] == ("code", "one_category", "two_category", "protected")
