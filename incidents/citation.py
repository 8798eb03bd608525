"""What a citation rests on: canonical rows, their fingerprint, and the forms that programs read.

The sentences of a citation are words of a language and are made above; here are the rows, the
address, and the fields of BibTeX, RIS and CSL-JSON.
"""

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from incidents.schema import COLUMNS, visible

PUBLISHED = ["dataset", *COLUMNS]
"""The columns of a record that leave the house, in order."""

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
    """What one citation says, worded in one language: `amount` is the number with its unit."""

    title: str
    organisation: str
    released: date
    release: str
    amount: str
    filters: str
    link: str
    fingerprint: str
    language: str

    @property
    def note(self) -> str:
        """Say what was cited, for programs that have no field for it."""
        return "; ".join(filter(None, (self.amount, self.filters, f"SHA-256 {self.fingerprint}")))

    @property
    def key(self) -> str:
        """Name the citation for programs: the same rows of the same release, the same name."""
        return f"kyrgyzstan-incidents-{self.release}-{self.fingerprint[:8]}"


def published(records: pd.DataFrame) -> pd.DataFrame:
    """Give records as published: every cell the text that stands in the files of the package."""
    frame = records[PUBLISHED].copy()
    for column in ("protected", "reader_risk"):
        frame[column] = frame[column].map({True: "yes", False: ""})
    return frame.astype("string").fillna("").astype("object")


def canonical(rows: pd.DataFrame) -> bytes:
    """Write rows of text in the one form that is fingerprinted, whatever order they are shown in.

    CSV in UTF-8 without a mark at its beginning: LF after each line, the names of the columns
    first, quotes only where a cell holds a comma, a quote or a line break; rows sorted by their
    cells, first column first, by code point.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows.columns)
    writer.writerows(sorted(rows.itertuples(index=False, name=None)))
    return text.getvalue().encode("utf-8")


def fingerprint(rows: pd.DataFrame) -> str:
    """Give the SHA-256 of rows of text in their canonical form, in hexadecimal digits."""
    return hashlib.sha256(canonical(rows)).hexdigest()


def link(base: str, path: str, query: Mapping[str, object]) -> str:
    """Write the address of a view."""
    return f"{base}/{path}?{urlencode(query, doseq=True)}"


def bibtex(citation: Citation) -> str:
    """Write a citation for BibTeX and its kin."""
    fields = {
        "author": "{" + _tex(citation.organisation) + "}",
        "title": "{" + _tex(citation.title) + "}",
        "year": f"{citation.released:%Y}",
        "month": str(citation.released.month),
        "version": _tex(citation.release),
        "note": _tex(citation.note),
        "url": visible(citation.link),
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{citation.key}{lines}\n}}"


def ris(citation: Citation) -> str:
    """Write a citation as RIS, one field on each line."""
    fields = [
        ("TY", "DATA"),
        ("AU", citation.organisation),
        ("TI", citation.title),
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
        "title": visible(citation.title),
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
