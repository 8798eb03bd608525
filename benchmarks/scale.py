"""More incidents than memory, measured: `make scale`.

Generated incidents are written as parts, a cube is made of them by two workers, and every question
is asked in a process of its own: map, trends, a page of records, a search, a fingerprint. Beside
them DuckDB's own SQL gives the same counts over the same rows, and Datasette does over HTTP.

A generated row is a record of the bundled package with another date, number of persons and id: what
happens goes together as it does there, so that the cells of a cube are as many as they would be.
With `--apart`, place and deed are drawn apart, which is the hard case. Each has an id of its own
series (G- and the letters after it) and says that it is none.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pandas as pd

from benchmarks import counted_beside, datasette, servers
from benchmarks.counted_beside import FILTERS, Regions
from benchmarks.generate import SUMMARY
from incidents.citation import PUBLISHED, published
from keeper import cube
from keeper.parts import ROWS
from loaders import cubes, load

SIZES = (1_000_000, 10_000_000)
FOLDER = Path("/tmp/scale")  # noqa: S108  # 20 GB of disk, wherever they are: --folder
STEPS = ("write", "build", "ask", "beside")
TIMES = 9
WHERE = ["region", "place", "place_precision"]
GONE = ("date_end", "source_url", "second_source_url", "same_event", "reader_risk", "episode")
"""What would point to a page, another record or a story: a generated row has none."""
FEW = 1
"""How often Datasette is asked, after it was asked once."""
DATASETTE = 10_000_000
"""As many rows are loaded into a database of Datasette at most."""


def rows(n: int, *, apart: bool, seed: int = 7) -> Iterator[pd.DataFrame]:
    """Generate published rows, part by part."""
    package = load()
    random = np.random.default_rng(seed)
    frame = package.incidents.frame
    source = published(frame[~frame["protected"].to_numpy()]).reset_index(drop=True)
    source[list(GONE)] = ""
    source["link"], source["summary"] = "withheld", SUMMARY
    for begin in range(0, n, ROWS):
        size = min(ROWS, n - begin)
        part = source.iloc[random.integers(0, len(source), size)].reset_index(drop=True)
        if apart:
            drawn = source[WHERE].iloc[random.integers(0, len(source), size)]
            part[WHERE] = drawn.to_numpy()
        for dataset, (first, last) in package.incidents.collection.items():
            own = (part["dataset"] == dataset).to_numpy()
            days = random.integers(0, (last - first).days + 1, int(own.sum()))
            dates = (first + pd.to_timedelta(days, "D")).strftime("%Y-%m-%d")
            part.loc[own, "date"] = np.asarray(dates)
        part["date_precision"] = "day"
        part["source_published"] = ""
        part["incident_id"] = [_name(i) for i in range(begin, begin + size)]
        yield part[PUBLISHED].astype(str)


def _name(i: int) -> str:
    return f"{'GHJKLNPQ'[i // 10**7]}-{i % 10**7:07}"


def write(n: int, folder: Path, *, apart: bool) -> None:
    """Write n generated rows as parts, where they are not there yet."""
    source = folder / f"rows-{n}"
    if not source.exists():
        source.mkdir(parents=True)
        for at, part in enumerate(rows(n, apart=apart)):
            part.to_parquet(source / f"part.{at}.parquet", index=False)


def build(n: int, folder: Path) -> None:
    """Make a cube of generated rows; say what it took."""
    from distributed import LocalCluster

    source, made = folder / f"rows-{n}", folder / f"cube-{n}"
    begun = time.monotonic()
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        done = cube.make(str(source), made, load().directory, cluster.scheduler_address)
    told = {
        "records": done.records,
        "build_s": round(time.monotonic() - begun),
        "cells": done.cells,
        "cells_MB": round((made / cubes.CELLS).stat().st_size / 1e6, 1),
        "rows_MB": round((made / cubes.ROWS).stat().st_size / 1e6, 1),
        "memory_MB": _memory(),
    }
    print(json.dumps(told), flush=True)


def ask(n: int, folder: Path) -> None:
    """Ask every question of a cube and of DuckDB; say how many milliseconds each takes."""
    from answers.surfaces.map import Map
    from answers.surfaces.over_time import Trend
    from answers.surfaces.records import Records
    from tests.asking import question

    made = folder / f"cube-{n}"
    begun = time.monotonic()
    question("/map", made)
    told: dict[str, object] = {"records": n, "load_s": round(time.monotonic() - begun, 1)}

    def answered(path: str, surface: type, what: str) -> Callable[[str], object]:
        joint = "&" if "?" in path else "?"
        return lambda chosen: getattr(
            question(f"/{path}{joint}{chosen}", made).answer(surface), what
        )

    questions = {
        "map": answered("map", Map, "table"),
        "trends": answered("trends?per=month&split=category", Trend, "table"),
        "page of records": answered("records", Records, "rows"),
        "page 4000": answered("records?page=4000", Records, "rows"),
        "search": answered("records?q=harassment", Records, "rows"),
        "counts": lambda chosen: counted_beside.ours(question(f"/?{chosen}", made).subset),
    }
    for name, asked in questions.items():
        told[name] = _median([lambda c=c, a=asked: a(c) for c in FILTERS])
    in_sql = counted_beside.in_sql(made)
    _agree(in_sql, made)
    told["duckdb counts"] = _median([lambda c=c: in_sql(c) for c in FILTERS])
    told["memory_MB"] = _memory()
    begun = time.monotonic()
    question("/?data=media", made).subset.fingerprint  # noqa: B018  # made once
    told["fingerprint_s"] = round(time.monotonic() - begun, 1)
    told["memory_then_MB"] = _memory()
    print(json.dumps(told), flush=True)


def beside(n: int, folder: Path) -> None:
    """Ask Datasette for the same counts of the same rows; say how many milliseconds it takes."""
    told: dict[str, object] = {"records": n, "datasette counts": "not tried"}
    if n <= DATASETTE:
        made, programs = folder / f"cube-{n}", servers.installed(folder / "rivals")
        with TemporaryDirectory(dir=folder) as scratch:
            begun = time.monotonic()
            file = counted_beside.database(made, Path(scratch) / "house.db")
            told["datasette load_s"] = round(time.monotonic() - begun)
            told["datasette_MB"] = round(file.stat().st_size / 1e6)
            with datasette.served(programs, file) as (address, _):
                told["datasette counts"] = _patient(counted_beside.over_http(address), made)
    print(json.dumps(told), flush=True)


def _patient(asked: Callable[[str], Regions], made: Path) -> float | str:
    """Give the median of an engine that may take too long."""
    try:
        _agree(asked, made)
        return _median([lambda c=c: asked(c) for c in FILTERS], FEW, warm=0)
    except TimeoutError:
        return f"over {counted_beside.LIMIT} s"


def _agree(asked: Callable[[str], Regions], made: Path) -> None:
    """Make sure that another engine counts what is counted here."""
    from tests.asking import question

    for chosen in FILTERS:
        here, there = counted_beside.ours(question(f"/?{chosen}", made).subset), asked(chosen)
        if here != there:
            sys.exit(f"{chosen}: {here} here, {there} there")


def _median(asked: list[Callable[[], object]], times: int = TIMES, warm: int = 1) -> float:
    """Ask in turns; give the median in milliseconds, after a turn to warm up."""
    taken = []
    for turn in range(times + warm):
        for each in asked:
            begun = time.perf_counter()
            each()
            if turn >= warm:
                taken.append((time.perf_counter() - begun) * 1000)
    return round(statistics.median(taken), 1)


def _memory() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Build and ask, each in a process of its own; or one step of them."""
    parser = argparse.ArgumentParser(description="Measure cubes of generated incidents.")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--apart", action="store_true", help="draw place and deed apart")
    parser.add_argument("--only", choices=STEPS)
    given = parser.parse_args()
    for n in given.sizes:
        if given.only == "write":
            write(n, given.folder, apart=given.apart)
        elif given.only:
            {"build": build, "ask": ask, "beside": beside}[given.only](n, given.folder)
        else:
            for step in STEPS:
                command = [sys.executable, "-m", "benchmarks.scale", "--only", step]
                command += ["--sizes", str(n), "--folder", str(given.folder)]
                subprocess.run([*command, *(["--apart"] if given.apart else [])], check=True)


if __name__ == "__main__":
    main()
