import io

import pandas as pd
import pytest

from incidents.schema import COLUMNS
from incidents.selection import Selection
from loaders import files


def test_a_file_holds_the_published_columns_and_no_other(package):
    records = package.incidents.select(Selection(q="kloop")).records()
    read = pd.read_csv(io.BytesIO(files.as_csv(records)), dtype=str)
    assert list(read.columns) == ["dataset", *COLUMNS]
    assert list(read["incident_id"]) == list(records["incident_id"])


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "\tx"])
def test_cells_that_a_spreadsheet_would_run_are_neutralised(package, text):
    records = package.incidents.frame.head(1).assign(summary=text)
    read = pd.read_csv(io.BytesIO(files.as_csv(records)), dtype=str)
    assert read["summary"][0] == "'" + text


def test_a_file_name_holds_the_selection_and_no_path():
    name = files.file_name(Selection(data=("media",), q="../../etc"), 3, "2026.11.0")
    assert name == "kyrgyzstan-incidents_media_-etc_n3_2026.11.0.csv"
