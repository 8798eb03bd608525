import csv
import io
import re

import pandas as pd
import pytest

from incidents.schema import COLUMNS
from incidents.selection import Selection
from loaders import files, load
from tests.hostile import write_hostile

LINK = "https://example.org/records?release=2026.11.5"


def test_a_file_holds_the_published_columns_and_no_other(package):
    records = package.incidents.select(Selection(q="kloop")).records()
    read = pd.read_csv(io.BytesIO(files.as_csv(records, LINK)), dtype=str)
    assert list(read.columns) == ["dataset", *COLUMNS, "cited_as"]
    assert set(read["cited_as"]) == {LINK}
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
    read = next(
        csv.DictReader(io.StringIO(files.as_csv(records, LINK).decode("utf-8-sig"), newline=""))
    )
    assert read["summary"] == "'" + text


def test_the_file_of_hostile_records_runs_nowhere_and_loses_nothing(copy):
    write_hostile(copy)
    records = load(copy).incidents.frame
    text = files.as_csv(records, LINK).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    runs = re.compile(r"[\s\x00-\x1f]*[=+@-]")
    assert not [cell for row in read for cell in row.values() if runs.match(cell)]
    for column in ("incident_id", "summary", "source_name", "source_url", "project"):
        kept = [row[column].removeprefix("'") for row in read]
        assert kept == list(records[column].astype("object").fillna(""))


def test_a_file_name_holds_the_selection_and_no_path():
    name = files.file_name(Selection(data=("media",), q="../../etc"), 3, "2026.11.0")
    assert name == "kyrgyzstan-incidents_media_-etc_n3_2026.11.0.csv"
