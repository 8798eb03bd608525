"""What a citation rests on: canonical rows, their fingerprint, and the forms that programs read.

The sentences of a citation are words of a language and are made above; here are the rows, the
address, and the fields of BibTeX, RIS and CSL-JSON.
"""

import csv
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from incidents.schema import COLUMNS, visible

PUBLISHED = ["dataset", *COLUMNS]
"""The columns of a record that leave the house, in order."""

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The months as every style of BibTeX knows them, to word them itself."""

TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",  # \{ would still count as a brace
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "$&#_%"},
    }
)


@dataclass(frozen=True)
class Citation:
    """What one citation says, worded in one language.

    `name` is the short name of the package, `amount` the number with its unit, `edition` the
    release in words. `title` says what is seen, of which `package`; `link` leads to it in this
    release, `current` in the newest.
    """

    name: str
    title: str
    organisation: str
    released: date
    release: str
    amount: str
    filters: str
    link: str
    fingerprint: str
    language: str
    licence: str = ""
    package: str = ""
    edition: str = ""
    current: str = ""

    @property
    def whole_title(self) -> str:
        """Name the package, and what of it is seen."""
        return ". ".join(filter(None, (self.package, self.title)))

    @property
    def about(self) -> str:
        """Say how many, of what was chosen."""
        return "; ".join(filter(None, (self.amount, self.filters)))

    @property
    def note(self) -> str:
        """Say what was cited, for programs that have no field for it, or do not show it."""
        return "; ".join(filter(None, (self.edition, self.about, f"SHA-256 {self.fingerprint}")))

    @property
    def key(self) -> str:
        """Name the citation for programs: every cited view has a name of its own."""
        view = hashlib.sha256(f"{self.title} {self.link}".encode()).hexdigest()
        return f"{self.name}-{self.release}-{view[:8]}"


def published(records: pd.DataFrame) -> pd.DataFrame:
    """Give records as published: every cell the text that stands in the files of the package."""
    cells = {name: _texts(records[name]) for name in PUBLISHED}
    return pd.DataFrame(cells, records.index, dtype="object")


def _texts(column: pd.Series) -> list[str]:
    if column.dtype == "bool":
        return ["yes" if cell else "" for cell in column]
    return ["" if cell is None else str(cell) for cell in column.to_numpy("object", na_value=None)]


class Lines:
    """Rows of text in the one form that is fingerprinted, whatever order they are shown in.

    CSV in UTF-8 without a mark at its beginning: LF after each line, the names of the columns
    first, quotes only where a cell holds a comma, a quote or a line break; rows sorted by their
    cells, first column first, by code point. Written once, any of them are put together quickly.
    """

    def __init__(self, rows: pd.DataFrame) -> None:
        """Write every row."""
        cells = list(rows.itertuples(index=False, name=None))
        written: list[str] = []
        writer = csv.writer(SimpleNamespace(write=written.append), lineterminator="\n")
        writer.writerow(rows.columns)
        writer.writerows(cells)
        self.columns = list(rows.columns)
        self.head, self.written = written[0], np.array(written[1:], dtype=object)
        self.order = np.array(sorted(range(len(cells)), key=cells.__getitem__), dtype=np.int64)

    def cells(self, rows: np.ndarray) -> dict[str, list[str]]:
        """Read rows again, by their numbers, column by column: a few cost much less so."""
        read = list(csv.reader(self.written[rows]))
        found = zip(*read, strict=True) if read else ([] for _ in self.columns)
        return {name: list(cells) for name, cells in zip(self.columns, found, strict=True)}

    def canonical(self, chosen: np.ndarray | None = None) -> bytes:
        """Put together all rows, or those that are marked, one boolean for each."""
        order = self.order if chosen is None else self.order[chosen[self.order]]
        lines = self.written[order]
        return "".join((self.head, *lines)).encode("utf-8")

    def fingerprint(self, chosen: np.ndarray | None = None) -> str:
        """Give the SHA-256 of all rows, or of those that are marked, in hexadecimal digits."""
        return hashlib.sha256(self.canonical(chosen)).hexdigest()


def fingerprint(rows: pd.DataFrame) -> str:
    """Give the SHA-256 of rows of text in their canonical form (`Lines`), in hexadecimal digits."""
    return Lines(rows).fingerprint()


def link(base: str, path: str, query: Mapping[str, object]) -> str:
    """Write the address of a view."""
    return f"{base}/{path}?{urlencode(query, doseq=True)}".removesuffix("?")


def bibtex(citation: Citation) -> str:
    """Write a citation for BibTeX and its kin."""
    fields = {
        "author": "{" + _tex(citation.organisation) + "}",
        "title": _tex(citation.whole_title),
        "year": f"{citation.released:%Y}",
        "version": _tex(citation.release),
        "note": _tex(citation.note),
        "url": visible(citation.link),
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    lines += f",\n  month = {MONTHS[citation.released.month - 1]}"
    return f"@misc{{{citation.key}{lines}\n}}"


def ris(citation: Citation) -> str:
    """Write a citation as RIS, one field on each line."""
    fields = [
        ("TY", "DATA"),
        ("AU", citation.organisation),
        ("TI", citation.whole_title),
        ("PY", f"{citation.released:%Y}"),
        ("DA", f"{citation.released:%Y/%m/%d}"),
        ("ET", citation.release),
        ("N1", citation.note),
        ("UR", citation.link),
        ("LA", citation.language),
        ("ID", citation.key),
        ("ER", ""),
    ]
    return "\n".join(f"{tag}  - {visible(value)}" for tag, value in fields)


def csl_json(citation: Citation) -> str:
    """Write a citation as the JSON of the Citation Style Language."""
    day = citation.released
    item = {
        "id": citation.key,
        "type": "dataset",
        "title": visible(citation.whole_title),
        "author": [{"literal": visible(citation.organisation)}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": citation.release,
        "note": visible(citation.note),
        "URL": visible(citation.link),
        "language": citation.language,
    }
    return json.dumps([item], ensure_ascii=False, indent=1)


def _tex(text: str) -> str:
    return visible(text).translate(TEX)
