"""What stands beside the published columns of a file, held against the release it names."""

from collections.abc import Iterator

import pandas as pd

from answers import labels
from answers.labels import SUFFIX
from answers.surfaces.records import RECORD
from incidents.citation import link
from incidents.codebook import LANGUAGES
from incidents.schema import WORDED
from incidents.wording import BESIDE
from loaders.package import Package

COLUMNS = (RECORD, *BESIDE, *(column + SUFFIX for column in WORDED))
"""What a file may hold beside the published columns and the address of its view."""

Differing = tuple[int, str, str]
"""A cell that differs: its row, its column, and what it ought to say."""


def differing(
    rows: pd.DataFrame, stored: pd.DataFrame, package: Package, view: str
) -> list[Differing]:
    """Find labels, translations and links that are not those of the records that are `stored`.

    A file is in one language, and does not say in which: the one that most of its labels are in.
    `view` is the address that the file bears; both frames are numbered from 0.
    """
    found = [list(_labels(rows, stored, package, language)) for language in LANGUAGES]
    return [*min(found, key=len), *_translated(rows, stored, package), *_links(rows, package, view)]


def _translated(rows: pd.DataFrame, stored: pd.DataFrame, package: Package) -> Iterator[Differing]:
    for at, text in enumerate(stored["summary"]):
        for column, word in package.translations.beside(text).items():
            if column in rows and rows.at[at, column] != word:
                yield at, column, word


def _labels(
    rows: pd.DataFrame, stored: pd.DataFrame, package: Package, language: str
) -> Iterator[Differing]:
    for name, listed in WORDED.items():
        column = name + SUFFIX
        if column in rows:
            words = labels.worded(stored[name], package.labels(listed, language))
            for at, told, word in zip(rows.index, rows[column], words, strict=True):
                if told != word:
                    yield at, column, word


def _links(rows: pd.DataFrame, package: Package, view: str) -> Iterator[Differing]:
    """Find links to another record, release or copy of the dashboard, in whichever language."""
    release, base = {"release": package.release}, view.partition("/records?")[0]
    spoken: list[dict[str, str]] = [{}, *({"lang": language} for language in LANGUAGES)]
    for at, name in enumerate(rows["incident_id"] if RECORD in rows else ()):
        links = [link(base, "records", {"id": name, **said, **release}) for said in spoken]
        if rows.at[at, RECORD] not in links:
            yield at, RECORD, links[0]
