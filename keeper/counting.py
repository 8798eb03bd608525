"""Counting of cases that are never listed: the keeper's file in, publishable cells out."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from incidents import cells
from incidents.codebook import Codebook
from incidents.protection import Circumstances
from incidents.schema import CODES, Fault
from keeper.describing import with_descriptors
from keeper.withdrawal import Refused
from keeper.writing import replace
from loaders.package import AGGREGATES, Faults, Package, load
from loaders.tables import read_text

USED = ("date", "region", "groups", "target", "violations", "perpetrator", "response")
"""The columns of a file of incidents that are looked at; the file may hold others."""


@dataclass(frozen=True)
class Counting:
    """What was done: how many cases the file holds, how many were counted, the published words."""

    cases: int
    counted: int
    words: pd.Series


def count(directory: Path, file: Path) -> Counting:
    """Count the keeper's cases into the package's table of cells, and replace it in one step.

    The file has one row per case of the dataset whose acts protect, in the columns of its file,
    as fine as the keeper knows it; nothing but cells leaves it, and nothing is written unless the
    package loads with them. Raises `Faults`, and `Refused` for a file inside the package, without
    the needed columns, or with unknown codes.
    """
    if directory.resolve() in file.resolve().parents:
        raise Refused("inside_package")
    package = load(directory)
    rows = _read(file, package.codebook)
    done = counted(package, rows)
    replace(directory, with_descriptors({directory / AGGREGATES: as_table(done.words)}))
    return done


def counted(package: Package, rows: pd.DataFrame) -> Counting:
    """Count cases, rows of text in the columns of a file of incidents, into publishable cells."""
    dataset = _protecting(package.codebook)
    start, end = package.incidents.collection[dataset]
    about = Circumstances(dataset, package.codebook, package.released, end)
    years = cells.years(about, start)
    chosen = cells.countable(rows, about, years)
    words = cells.publishable(cells.counted(chosen, about, years), package.aggregates)
    return Counting(len(rows), len(chosen), words)


def as_table(words: pd.Series) -> str:
    """Write publishable cells as they stand in their file."""
    return words.reset_index().to_csv(index=False, lineterminator="\n")


def _protecting(book: Codebook) -> str:
    """Name the dataset whose acts protect; the first of all where none is marked for it."""
    marked = book.marked("datasets", "acts_protect")
    return next(
        (code for code in book.codes("datasets") if code in marked), book.codes("datasets")[0]
    )


def _read(file: Path, codebook: Codebook) -> pd.DataFrame:
    faults: list[Fault] = []
    rows = read_text(file.parent, file.name, faults)
    if rows is None:
        raise Faults(faults)
    if missing := [column for column in USED if column not in rows]:
        raise Refused("missing_columns", missing)
    bad = pd.Series(False, index=rows.index)
    for column in [c for c in USED if c in CODES]:
        codes = rows[column].str.split(";")
        known = set(codebook.codes(CODES[column]))
        bad |= ~codes.map(known.issuperset).astype(bool)
    if bad.any():
        raise Refused("unknown_codes", [str(line + 2) for line in rows.index[bad]])
    return rows
