"""Files to take away: every form of an answer, named for what it holds."""

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from answers import citing
from answers.answer import Answer
from incidents.selection import Selection
from loaders.downloads import CITED, FORMULA
from loaders.language import Language

MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "geojson": "application/geo+json",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "zip": "application/zip",
    "pdf": "application/pdf",
}


@dataclass(frozen=True)
class File:
    """A file to take away: its name, and what makes it once somebody wants it."""

    name: str
    kind: str
    make: Callable[[], bytes]

    @property
    def mime(self) -> str:
        """Give its media type."""
        return MIME[self.kind]


def of(answer: Answer) -> dict[str, File]:
    """Offer an answer in every form it has, by kind: numbers first, then pictures.

    XLSX comes before all: where a comma stands in numbers, as in Russian and Kyrgyz, a spreadsheet
    opens a CSV with all of a row in one cell.
    """
    from answers import pictures, workbook

    makes: dict[str, Callable[[], bytes]] = {
        "xlsx": lambda: workbook.as_xlsx(answer),
        "csv": lambda: as_csv(answer.table.rows, answer.address_of_rows),
        "json": lambda: as_json(answer),
        **answer.more_files,
    }
    if answer.drawn:
        makes["png"] = lambda: pictures.picture(answer, "png")
        makes["svg"] = lambda: pictures.picture(answer, "svg")
        makes["pptx"] = lambda: _slide(answer)
    return {kind: File(_name(answer, kind), kind, make) for kind, make in makes.items()}


def _slide(answer: Answer) -> bytes:
    """Make slides. What makes them is imported only now: it takes a while."""
    from answers import slide

    return slide.as_pptx(answer)


def caption(t: Language) -> str:
    """Say what pictures and tables hold."""
    return t(
        "Pictures hold title, filters, number, source and permanent link; tables hold "
        "the same numbers."
    )


def as_csv(rows: pd.DataFrame, link: str) -> bytes:
    """Write rows as CSV, each with the address of the view they are; an empty cell for no number.

    A day is written as in the files of the package. Cells that a spreadsheet would run are
    neutralised.
    """
    out = io.StringIO()
    text = rows.assign(**{CITED: link}).map(_plain, na_action="ignore").map(harmless)
    text.to_csv(out, index=False, lineterminator="\n")
    return out.getvalue().encode("utf-8-sig")


def as_json(answer: Answer) -> bytes:
    """Write rows as JSON, after what the file says of itself."""
    table = answer.table
    found = {**described(answer), "fields": table.fields, "rows": as_rows(table.rows)}
    return json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8")


def as_geojson(answer: Answer, regions: Mapping[str, Any], places: pd.DataFrame) -> bytes:
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
        for row in as_rows(answer.table.rows)
    ]
    about = {**described(answer), "fields": answer.table.fields}
    found = {"type": "FeatureCollection", **about, "features": features}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def described(answer: Answer) -> dict[str, object]:
    """Say of a file what it is, how good it is, and how to cite it."""
    cited = answer.citation
    return {
        "title": answer.title,
        "filters": cited.filters,
        "n": answer.amount.n,
        "of": answer.amount.of,
        "amount": answer.amount.text,
        "unit": answer.amount.unit,
        "note": " ".join(answer.taken_along),
        "quality": list(answer.quality),
        "organisation": cited.organisation,
        "release": cited.release,
        "released": f"{cited.released:%Y-%m-%d}",
        "citation": citing.apa(cited, answer.t),
        "link": cited.link,
        "fingerprint": cited.fingerprint,
        "licence": cited.licence,
        "language": cited.language,
    }


def as_rows(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Give rows as JSON knows them: a day as text, nothing for what is missing."""
    columns = [
        [
            None if missing else _plain(cell)
            for cell, missing in zip(column.tolist(), gone, strict=True)
        ]
        for (_, column), gone in zip(rows.items(), rows.isna().to_numpy().T, strict=True)
    ]
    return [dict(zip(rows, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain(cell: Any) -> Any:
    return plain(cell) if isinstance(cell, date) else cell


def plain(cell: object) -> str:
    """Write what JSON does not know: a day as ISO 8601 does."""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, date) else str(cell)


def _name(answer: Answer, kind: str) -> str:
    package, ending = answer.asked.package, f"{answer.t.code}.{kind}"
    named, n = tuple(filter(None, answer.named)), answer.amount.n
    return file_name(package.name, answer.selection, n, package.release, ending, named)


def file_name(
    begin: str,
    selection: Selection | None,
    n: int,
    release: str,
    ending: str = "csv",
    of: tuple[str, ...] = (),
) -> str:
    """Name a file for what it is `of`, its selection, its number of records and its release.

    None is for what no selection changes.
    """
    parts = [
        "-".join(value) if isinstance(value, list) else re.sub(r"\W+", "-", value)
        for value in (selection.to_query().values() if selection else ())
    ]
    chosen = "_".join(part for part in parts if part)[:80] or ("all" if selection else "")
    named = filter(None, (begin, *of, chosen, f"n{n}", release))
    return f"{'_'.join(named)}.{ending}"


def harmless(cell: Any) -> Any:
    """Put an apostrophe before a text that a spreadsheet may run; numbers stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
