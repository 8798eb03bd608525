"""Files a reader takes away: the records of a selection as published, named for what they hold."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from incidents.citation import Citation, published
from incidents.selection import Selection

FORMULA = re.compile(r"'*([\t\r\n]|[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠])")
"""How a cell begins that a spreadsheet may run, whatever blanks it would skip first; and how one
begins that could be taken for such a cell made harmless."""
CITED = "cited_as"
"""The last column of a file: the address of the view it holds, release included, in every row."""


LICENCE = "CC BY 4.0, https://creativecommons.org/licenses/by/4.0/"


@dataclass(frozen=True)
class Table:
    """The numbers of a chart or map, or records: rows of plain columns, and what each means."""

    rows: pd.DataFrame
    fields: Mapping[str, str]


@dataclass(frozen=True)
class About:
    """What a file says of itself, in the words of one language.

    `n` records are behind it, `amount` says so with its noun; `unit` is what its numbers count,
    `note` what is left out, `citation` how to cite it. `filters` is empty where none applies.
    `quality` says, sentence by sentence, how good the records behind it are.
    """

    title: str
    filters: str
    n: int
    amount: str
    unit: str
    note: str
    cited: Citation
    citation: str
    quality: tuple[str, ...] = ()


class NotTable(Exception):
    """A text that is no table: the line where that shows."""

    def __init__(self, line: int) -> None:
        """Keep the line."""
        super().__init__(f"no table, line {line}")
        self.line = line


def as_csv(records: pd.DataFrame, link: str) -> bytes:
    """Write records as CSV in published columns, each with the address of the view they are.

    Cells that a spreadsheet would run are neutralised.
    """
    return rows_as_csv(published(records), link)


def rows_as_csv(rows: pd.DataFrame, link: str) -> bytes:
    """Write rows as CSV, each with the address of the view they are; an empty cell for no number.

    Cells that a spreadsheet would run are neutralised.
    """
    out = io.StringIO()
    text = rows.assign(**{CITED: link})
    text.map(harmless).to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode("utf-8-sig")


def as_json(table: Table, about: About) -> bytes:
    """Write rows as JSON, after what the file says of itself."""
    found = {**_described(about), "fields": dict(table.fields), "rows": _rows(table.rows)}
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8")


def as_geojson(
    table: Table, about: About, regions: Mapping[str, Any], places: pd.DataFrame
) -> bytes:
    """Write the rows of a map as GeoJSON: outlines of regions, points of settlements.

    The rows name each by `kind` and `code`; one that is nowhere on the map has no geometry.
    """
    shapes = {("region", f["properties"]["region"]): f["geometry"] for f in regions["features"]}
    shapes |= {
        ("place", str(code)): {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
        for code, row in places.iterrows()
    }
    features = [
        {"type": "Feature", "geometry": shapes.get((row["kind"], row["code"])), "properties": row}
        for row in _rows(table.rows)
    ]
    described = {**_described(about), "fields": dict(table.fields)}
    found = {"type": "FeatureCollection", **described, "features": features}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _described(about: About) -> dict[str, object]:
    cited = about.cited
    return {
        "title": about.title,
        "filters": about.filters,
        "n": about.n,
        "unit": about.unit,
        "note": about.note,
        "quality": list(about.quality),
        "organisation": cited.organisation,
        "release": cited.release,
        "released": f"{cited.released:%Y-%m-%d}",
        "citation": about.citation,
        "link": cited.link,
        "fingerprint": cited.fingerprint,
        "licence": LICENCE,
        "language": cited.language,
    }


def _rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    return rows.astype("object").where(rows.notna(), None).to_dict("records")


def from_csv(content: bytes) -> pd.DataFrame:
    """Read what `as_csv` wrote, as text, before it was neutralised. Raises `NotTable`."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), strict=True)
    try:
        header, *rows = [row for row in reader if row] or [[]]
    except csv.Error as error:
        raise NotTable(reader.line_num) from error
    for line, row in enumerate(rows, start=2):
        if len(row) != len(header):
            raise NotTable(line)
    return pd.DataFrame(rows, columns=header, dtype="object").map(_as_it_was)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotTable(content.count(b"\n", 0, error.start) + 1) from error


def file_name(
    selection: Selection | None, n: int, release: str, ending: str = "csv", of: Sequence[str] = ()
) -> str:
    """Name a file for what it is `of`, its selection, its number of records and its release.

    None is for what no selection changes.
    """
    parts = [
        "-".join(value) if isinstance(value, list) else re.sub(r"\W+", "-", value)
        for value in (selection.to_query().values() if selection else ())
    ]
    chosen = "_".join(part for part in parts if part)[:80] or ("all" if selection else "")
    named = filter(None, ("kyrgyzstan-incidents", *of, chosen, f"n{n}", release))
    return f"{'_'.join(named)}.{ending}"


def harmless(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet may run; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def _as_it_was(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
