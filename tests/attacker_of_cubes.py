"""The part of `make attack` that asks a cube: restricted rows as its parts, and what they leave."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from incidents.citation import PUBLISHED
from incidents.schema import Fault
from keeper import cube
from loaders import Faults
from tests import plain, restricted
from tests.conftest import DATA
from tests.restricted import KINDS, Fact, Secret

PARTS = 7
Told = Callable[[Iterable[Fault], dict[str, list[str]]], set[Fact]]
"""Reads what is wrong, given which record stands in which line of a file."""


def found_out(folder: Path, secrets: list[Secret], told: Told) -> tuple[set[Fact], int]:
    """Try to make a cube of a restricted package; read it, every part, and what is told."""
    data = Path(shutil.copytree(DATA, folder / "of-cubes"))
    restricted.write(data, secrets)
    source, ids = folder / "parts", {}
    source.mkdir()
    for at, (_, part) in enumerate(rows(data).groupby(lambda row: row % PARTS)):
        ids[f"part.{at}.parquet"] = list(part["incident_id"])
        part.to_parquet(source / f"part.{at}.parquet", index=False)
    found: set[Fact] = set()
    try:
        cube.make(str(source), folder / "made", DATA)
    except Faults as refused:
        found |= told([f for f in refused.faults if f.file in ids and f.line > 1], ids)
    for path in folder.rglob("*.parquet"):
        if path.parent != source:  # what the keeper gave
            found |= read(path)
    return found, PARTS


def rows(data: Path) -> pd.DataFrame:
    """Give the rows of a package as text, whatever they say."""
    every = [
        pd.read_csv(data / file, dtype=str, keep_default_na=False).assign(dataset=dataset)
        for dataset, file in plain.FILES.items()
    ]
    return pd.concat(every, ignore_index=True)[PUBLISHED].astype(str)


def read(path: Path) -> set[Fact]:
    """Take every word of every row for what is not published of its record."""
    found = set()
    for row in pd.read_parquet(path).astype(str).to_dict("records"):
        cells = {*row.values()}
        words = {word for cell in cells for word in (cell, cell[:7], *cell.split(";"))}
        words |= {word for cell in cells for word in cell.split()}
        found |= {Fact(row["incident_id"], kind, word) for kind in KINDS for word in words}
    return found
