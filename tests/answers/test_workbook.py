"""The XLSX, JSON and GeoJSON of a view, and the package as one file."""

import io
import json
import re
import zipfile
from datetime import date

import openpyxl
import pandas as pd
import pytest

from answers import archive, files, quality
from answers.amounts import Amount
from answers.answer import Answer, Column, Table
from answers.workbook import as_xlsx
from incidents.citation import PUBLISHED, Citation, fingerprint, published
from incidents.codebook import LANGUAGES
from incidents.selection import Selection
from loaders import load
from loaders.language import language
from loaders.reading import CHANGELOGS
from tests.bundled import RELEASE
from tests.hostile import TEXTS, write_hostile

CITED = Citation(
    name="kyrgyzstan-incidents",
    title="=1+1",
    organisation="Org",
    released=date(2026, 11, 24),
    release=RELEASE,
    amount="2 recorded incidents",
    filters="Region: Bishkek",
    link=f"https://example.org/records?release={RELEASE}",
    fingerprint="ab" * 32,
    language="en",
    licence="CC BY 4.0, https://example.org/terms",
)
GOOD = ("Two of two were read again.", "=Coverage")
NUMBERS = Table(
    pd.DataFrame({"code": ["=2", "b"], "count": [3, 4], "rate": [0.5, None]}),
    {"code": Column("Code"), "count": Column("incidents"), "rate": Column("+rate")},
)


class Made(Answer):
    """An answer of made-up rows and words, some of which a spreadsheet would run."""

    title, notes, quality, citation = "=1+1", (), GOOD, CITED
    amount = Amount(2, 2, "2 recorded incidents", "incidents")

    def __init__(self, table=NUMBERS, lang="en", citation=CITED):
        self.t, self.table, self.citation = language(lang), table, citation


def sheets(content):
    """Read a workbook back: each sheet as rows of values; no cell may be a formula or a link."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            assert cell.data_type in ("s", "n", "d"), cell.value
            assert cell.hyperlink is None
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_holds_its_numbers_and_a_sheet_that_says_what_they_are(lang):
    t = language(lang)
    data, read_me = sheets(as_xlsx(Made(lang=lang))).values()
    assert data == [("code", "count", "rate"), ("'=2", 3, 0.5), ("b", 4, None)]
    said = dict(row for row in read_me if row[0])
    assert said[t("Filters")] == "Region: Bishkek"
    assert (said["n"], said[t("Unit")]) == (2, "incidents")
    assert said[t("Permanent link")] == CITED.link
    assert said[t("Citation (APA)")].startswith("Org. (2026). '=1+1"[:11])
    assert said[t("Licence")].startswith("CC BY 4.0")
    assert said[t("Title")] == "'=1+1"
    assert (said["code"], said["rate"]) == ("Code", "'+rate")
    assert [row[1] for row in read_me if not row[0] and row[1]] == [GOOD[0], "'=Coverage"]


def test_the_same_view_gives_the_same_workbook_and_it_bears_no_day_of_its_making():
    made = [as_xlsx(Made()) for _ in range(2)]
    assert made[0] == made[1]
    core = zipfile.ZipFile(io.BytesIO(made[0])).read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"2026-11-24"}


def test_the_workbook_of_hostile_records_runs_nowhere_and_loses_nothing(copy):
    write_hostile(copy)
    package = load(copy)
    rows = published(package.incidents.frame)
    content = as_xlsx(Made(Table(rows, {name: Column("") for name in rows})))
    head, *cells = sheets(content)["data"]
    runs = re.compile(r"[\s\x00-\x1f]*[=+@-]")
    assert not [c for row in cells for c in row if isinstance(c, str) and runs.match(c)]
    read = pd.DataFrame(cells, columns=head, dtype="object").fillna("")
    read = read.map(lambda cell: cell.removeprefix("'"))
    assert fingerprint(read[PUBLISHED]) == fingerprint(rows)
    assert any("HYPERLINK" in str(cell) for row in cells for cell in row)
    assert TEXTS[1].startswith("=")


def test_json_holds_the_rows_after_what_they_are():
    read = json.loads(files.as_json(Made()))
    assert read["rows"][0] == {"code": "=2", "count": 3, "rate": 0.5}
    assert read["rows"][1]["rate"] is None
    assert (read["n"], read["fingerprint"]) == (2, CITED.fingerprint)
    assert read["link"] == CITED.link
    assert tuple(read["quality"]) == GOOD


def test_geojson_holds_a_shape_for_what_is_on_the_map_and_none_for_the_rest(package):
    rows = pd.DataFrame(
        {"kind": ["region", "region", "place"], "code": ["KG-N", "ONLINE", "1528675"], "n": 1}
    )
    read = json.loads(
        files.as_geojson(Made(Table(rows, {})), package.regions, package.incidents.places)
    )
    assert read["type"] == "FeatureCollection"
    shapes = [feature["geometry"] and feature["geometry"]["type"] for feature in read["features"]]
    assert shapes == ["Polygon", None, "Point"]
    assert read["features"][0]["properties"] == {"kind": "region", "code": "KG-N", "n": 1}
    assert read["n"] == 2


def members(package):
    with zipfile.ZipFile(io.BytesIO(archive.as_zip(package))) as packed:
        return {member.filename: packed.read(member) for member in packed.infolist()}


def test_the_package_as_one_file_loads_again_and_is_the_same_every_time(package, copy, tmp_path):
    assert archive.as_zip(load(copy)) == archive.as_zip(load(copy))
    with zipfile.ZipFile(io.BytesIO(archive.as_zip(package))) as packed:
        days = {member.date_time[:3] for member in packed.infolist()}
        packed.extractall(tmp_path / "again")
    assert days == {package.released.timetuple()[:3]}
    again = load(tmp_path / "again")
    assert fingerprint(published(again.incidents.frame)) == fingerprint(
        published(package.incidents.frame)
    )
    assert archive.zip_name(package) == f"kyrgyzstan-incidents_data-package_{RELEASE}.zip"


def test_the_package_holds_every_file_that_its_description_names(package):
    described = json.loads(package.files["datapackage.json"])["resources"]
    named = {resource["path"] for resource in described}
    others = {"datapackage.json", "CHECKING.md", "LICENSE.md", "README.md", *CHANGELOGS.values()}
    assert set(members(package)) == named | others


def test_the_read_me_of_the_package_says_in_three_languages_how_good_it_is(package):
    said = members(package)["README.md"].decode()
    for lang in LANGUAGES:
        t = language(lang)
        every = package.incidents.select(Selection())
        found = quality.caveats(package, t, every)
        assert len(found) == 4
        for sentence in (*found, t("Release {release}", release=package.release)):
            assert sentence in said


def test_what_lies_beside_the_package_or_came_since_it_was_checked_is_not_in_it(copy):
    (copy / "cases.csv").write_text("a name\n", encoding="utf-8")
    (copy / "releases" / "1.0").mkdir(parents=True)
    (copy / "releases" / "1.0" / "media_attacks.csv").write_text("old\n", encoding="utf-8")
    package = load(copy)
    before = members(package)
    (copy / "rights_incidents.csv").write_text("unchecked\n", encoding="utf-8")
    assert members(package) == before
    assert "cases.csv" not in before
    assert not [name for name in before if "releases" in name]
    assert b"unchecked" not in b"".join(before.values())
