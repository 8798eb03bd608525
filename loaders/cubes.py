"""A folder that holds a cube: a package without rows in its files of records, and them beside it.

`cube/cells.parquet` has one row per cell (`incidents.cube`), `cube/rows.parquet` the published
records, sorted, and `cube/cube.json` says how many there are and what the two files must hold.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from incidents import cube, protection
from incidents.citation import PUBLISHED
from incidents.protection import K
from incidents.schema import COLUMNS, Context, Fault
from incidents.table import Incidents

FOLDER = "cube"
CELLS, ROWS, ABOUT = (f"{FOLDER}/{name}" for name in ("cells.parquet", "rows.parquet", "cube.json"))


def is_one(directory: Path) -> bool:
    """Say whether a folder holds a cube."""
    return (directory / ABOUT).is_file()


def read(directory: Path, faults: list[Fault]) -> pd.DataFrame:
    """Read the cells; the files of a cube must be those that it was made with."""
    try:
        about = json.loads((directory / ABOUT).read_text(encoding="utf-8"))
        sizes = {name: (directory / name).stat().st_size for name in (CELLS, ROWS)}
        cells = pd.read_parquet(directory / CELLS)
        whole = sizes == about["bytes"] and int(cells["n"].sum()) == about["records"]
    except (ValueError, KeyError, OSError):
        whole = False
    if not whole:
        faults.append(Fault(ABOUT, 0, "", "", "cube_not_whole"))
        return pd.DataFrame()
    return cells


def faults(cells: pd.DataFrame, contexts: Sequence[Context]) -> list[Fault]:
    """Hold cells to the rules of protection, those included that need all records at once.

    No fault repeats a value, or names a cell.
    """
    found = set()
    for context in contexts:
        rows = as_rows(cells[cells["dataset"] == context.dataset], context)
        broken = protection.broken(rows, context.circumstances)
        found |= {(column, rule) for _, column, rule in broken}
    return [Fault(CELLS, 0, column, "", rule) for column, rule in sorted(found)]


def as_rows(cells: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Give cells as the rows of a file, as far as they tell: a protected one up to K times.

    What cells do not tell is written so that no rule is broken by it; it was checked with the rows.
    """
    times = cells["n"].clip(upper=K).where(cells["protected"], 1)
    cells = cells.loc[cells.index.repeat(times)].reset_index(drop=True)
    rows = pd.DataFrame("", cells.index, COLUMNS, dtype=str)
    for name in set(cube.LISTED) & set(COLUMNS):
        rows[name] = cells[name]
    rows["date"] = cells["first_day"].dt.strftime("%Y-%m-%d")
    rows.loc[cells["date_precision"] == "unknown", "date"] = ""
    rows["protected"] = cells["protected"].map({True: "yes", False: ""})
    rows["persons"] = (cells["naming"] > 0).map({True: "1", False: ""})
    rows["link"] = "withheld"
    rows["consent"] = next(iter(sorted(context.codebook.marked("consents", "publishable"))), "")
    return rows


def incidents(
    directory: Path, cells: pd.DataFrame, package: Incidents, about: Sequence[Context]
) -> Incidents:
    """Put the cells, and the records behind them, in the place of a package's own."""
    from loaders.rows import Rows

    frame = cube.table(cells, package.places.index)
    rows = Rows(directory / ROWS, frame, about)
    rows.cells = replace(package, frame=frame, rows=rows)
    return rows.cells


def told(records: int, sizes: Mapping[str, int], hashes: Mapping[str, str]) -> dict[str, Any]:
    """Say what a cube holds."""
    return {"records": records, "bytes": sizes, "hash": hashes, "columns": PUBLISHED}
