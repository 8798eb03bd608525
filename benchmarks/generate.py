"""Generated incidents, for measuring only: never records, and never to be mistaken for them.

Every generated row has an id of its own series (G-), says in its summary that it is none, and
stands in a release called "generated".
"""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd

from incidents.table import Incidents
from keeper.describing import describe
from keeper.withdrawal import without_idle_words
from keeper.writing import write
from loaders import Package

SUMMARY = "Generated for a benchmark; nothing of this kind was recorded."


def incidents(package: Package, n: int, seed: int = 7) -> Incidents:
    """Draw n rows at random, every column by itself, from the values that occur."""
    random = np.random.default_rng(seed)
    source = package.incidents.frame[~package.incidents.frame["protected"]]
    dates = ["date", "first_day", "last_day", "date_precision", "date_end"]
    where = ["region", "place", "place_precision"]
    what = ["dataset", "category", "violations", "groups", "target"]  # these tell who is protected
    together = [dates, where, what]
    alone = [c for c in source.columns if not any(c in group for group in together)]
    columns = {}
    for group in (*together, *([c] for c in alone)):
        rows = source[group].iloc[random.integers(0, len(source), n)]
        columns.update({name: rows[name].array for name in group})
    frame = pd.DataFrame(columns)[list(source.columns)]
    frame["incident_id"] = [f"G-{i:07}" for i in range(n)]
    frame["summary"] = SUMMARY
    frame = frame.sort_values("first_day", ascending=False, kind="stable", ignore_index=True)
    held = package.incidents
    return Incidents(frame, held.codebook, held.places, held.collection)


def directory(package: Package, n: int, target: Path) -> Path:
    """Write a whole package of n generated incidents, for a server to be started on."""
    shutil.copytree(package.directory, target)
    frame = incidents(package, n).frame
    for dataset, table in package.descriptor.files.items():
        file = table.path
        columns = pd.read_csv(package.directory / file, nrows=0).columns
        rows = frame[frame["dataset"] == dataset][columns].copy()
        start, end = package.incidents.collection[dataset]
        rows = rows[pd.to_datetime(rows["date"]).between(start, end)]
        rows["protected"] = ""
        rows["reader_risk"] = rows["reader_risk"].map({True: "yes", False: ""})
        rows["same_event"] = ""
        rows["source_url"] = rows["second_source_url"] = ""
        rows["link"] = "withheld"
        rows["date_end"] = ""
        rows.to_csv(target / file, index=False)
    descriptor = json.loads((target / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["version"] = "generated"
    (target / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    for path, text in without_idle_words(target, {}).items():
        write(path, text)
    describe(target)
    return target
