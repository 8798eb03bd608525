import csv
import io
import json
import re

import pytest

from answers import files, pictures
from answers.surfaces.published import Published
from incidents.citation import published
from incidents.codebook import LANGUAGES
from incidents.schema import CODES, COLUMNS, visible
from incidents.selection import Selection
from incidents.wording import BESIDE
from loaders import load
from loaders.downloads import from_csv
from tests.asking import files_of_records, question
from tests.bundled import RELEASE
from tests.hostile import write_hostile

LINK = "https://example.org/records?release=2026.11.5"


ADDED = ["record", *BESIDE, *(f"{column}_label" for column in ("dataset", "place", *CODES))]


def test_a_file_holds_the_published_columns_their_labels_and_no_other(package):
    chosen = Selection(q="kloop")
    records = package.incidents.select(chosen).records()
    read = from_csv(files_of_records(package, chosen)["csv"].make())
    assert [name for name in read if name not in ADDED] == ["dataset", *COLUMNS, "cited_as"]
    assert sorted(set(read) - {"dataset", *COLUMNS, "cited_as"}) == sorted(ADDED)
    assert set(read["cited_as"]) == {f"https://example.org/records?q=kloop&release={RELEASE}"}
    assert list(read["incident_id"]) == list(records["incident_id"])


@pytest.mark.parametrize(
    "text",
    [
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@x",
        "\tx",
        " =1",
        "\n=1",
        "\x00=1",
        "\ufeff@x",
        "\xa0-1",
        "＝1",
    ],
)
def test_cells_that_a_spreadsheet_would_run_are_neutralised(package, text):
    records = package.incidents.frame.head(1).assign(summary=text)
    written = files.as_csv(published(records), LINK).decode("utf-8-sig")
    read = next(csv.DictReader(io.StringIO(written, newline="")))
    assert read["summary"] == "'" + text


def test_the_file_of_hostile_records_runs_nowhere_and_loses_nothing(copy):
    write_hostile(copy)
    package = load(copy)
    records = package.incidents.select(Selection()).records()
    text = files_of_records(package, Selection(), "ru")["csv"].make().decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    runs = re.compile(r"[\s\x00-\x1f]*[=+@-]")
    assert not [cell for row in read for cell in row.values() if runs.match(cell)]
    for column in ("incident_id", "summary", "source_name", "source_url", "project"):
        kept = [row[column].removeprefix("'") for row in read]
        assert kept == list(records[column].astype("object").fillna(""))
    labels = [row[name] for row in read for name in row if name.endswith("_label")]
    assert [cell for cell in labels if cell.startswith("'=")]


def test_a_file_name_holds_the_selection_and_no_path():
    name = files.file_name(
        "kyrgyzstan-incidents", Selection(data=("media",), q="../../etc"), 3, "2026.11.0"
    )
    assert name == "kyrgyzstan-incidents_media_-etc_n3_2026.11.0.csv"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_chance_would_do_goes_along_with_a_published_ratio(lang):
    answer = question(f"/trends?lang={lang}").answer(Published)
    (chance,) = answer.method
    assert chance not in answer.notes
    assert chance in json.loads(files.of(answer)["json"].make())["note"]
    assert visible(chance) in " ".join(pictures.words(answer).foot)
