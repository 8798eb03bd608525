"""Files a reader takes away: the records of a selection as published, named for what they hold."""

import io
import re

import pandas as pd

from incidents.schema import COLUMNS
from incidents.selection import Selection

FORMULA = re.compile(r"[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]")
"""How a cell begins that a spreadsheet may run, whatever blanks it would skip first."""
PUBLISHED = ["dataset", *COLUMNS]


def as_csv(records: pd.DataFrame) -> bytes:
    """Write records as CSV in published columns; cells a spreadsheet would run are neutralised."""
    out = io.StringIO()
    frame = records[PUBLISHED].copy()
    for column in ("protected", "reader_risk"):
        frame[column] = frame[column].map({True: "yes", False: ""})
    frame["persons"] = frame["persons"].astype("string")
    text = frame.astype("object").where(frame.notna(), "")
    text.map(_harmless).to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode("utf-8-sig")


def file_name(selection: Selection, n: int, release: str) -> str:
    """Name a file for its selection, its number of records and its release."""
    parts = [
        "-".join(value) if isinstance(value, list) else re.sub(r"\W+", "-", value)
        for value in selection.to_query().values()
    ]
    chosen = "_".join(part for part in parts if part)[:80] or "all"
    return f"kyrgyzstan-incidents_{chosen}_n{n}_{release}.csv"


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
