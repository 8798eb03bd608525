"""Counting of cases that are never listed: the keeper's file in, publishable cells out."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from incidents import cells
from incidents.codebook import Codebook
from incidents.protection import Circumstances
from incidents.schema import CODES, Fault
from loaders.package import AGGREGATES, Faults, load
from loaders.tables import read_text
from loaders.withdrawal import Refused

USED = ("date", "region", "groups", "target", "violations", "perpetrator", "response")
"""The columns of a file of incidents that are looked at; the file may hold others."""


@dataclass(frozen=True)
class Counting:
    """What was done: how many cases the file holds, how many were counted, the published words."""

    cases: int
    counted: int
    words: pd.Series


def count(directory: Path, file: Path) -> Counting:
    """Count the keeper's cases into the package's table of cells, and write it.

    The file has one row per case of the rights dataset, in the columns of `rights_incidents.csv`,
    as fine as the keeper knows it; nothing but cells leaves it. Raises `Faults`, and `Refused`
    for a file inside the package, without the needed columns, or with unknown codes.
    """
    if directory.resolve() in file.resolve().parents:
        raise Refused("inside_package")
    package = load(directory)
    start, end = package.incidents.collection["rights"]
    about = Circumstances("rights", package.codebook, package.released, end)
    years = cells.years(about, start)
    rows = _read(file, package.codebook)
    chosen = cells.countable(rows, about, years)
    words = cells.publishable(cells.counted(chosen, about, years), package.aggregates)
    words.reset_index().to_csv(directory / AGGREGATES, index=False, lineterminator="\n")
    return Counting(len(rows), len(chosen), words)


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
