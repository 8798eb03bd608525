"""The rival on plain HTTP: Datasette with its map of clusters, on the same generated incidents.

It is installed for a run alone, into a folder of its own. Its columns of filters are indexed, its
time limits are lifted so that it finishes, and it is not asked to suggest facets.
"""

import json
import sqlite3
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.generate import directory
from incidents.citation import published
from loaders import Package, load
from tests.browser.serving import free_port, wait_for

PINNED = ("datasette==0.65.5", "datasette-cluster-map==0.18.2")
FACETS = {"data": "dataset", "category": "category", "group": "groups", "violation": "violations"}
"""The four facets of the table page, by our name of each: the column of its database."""
LISTS = ("groups", "violations")
"""Columns that hold several codes; a list in JSON, which Datasette can count."""
SETTINGS = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "suggest_facets": "off"}
TABLE = "house/incidents"


def generated(package: Package, n: int, folder: Path) -> Package:
    """Write a package of n generated incidents, and load it."""
    return load(directory(package, n, folder / f"generated-{n}"))


def database(package: Package, target: Path) -> Path:
    """Write what a package publishes of its counted incidents into a database."""
    held = package.incidents
    frame = held.frame[held.counted]
    rows = published(frame)
    for name in LISTS:
        written = {
            each: json.dumps(each.split(";") if each else []) for each in rows[name].unique()
        }
        rows[name] = rows[name].map(written)
    places = held.places.reindex(frame["place"].astype("object"))
    rows["latitude"], rows["longitude"] = places["lat"].to_numpy(), places["lon"].to_numpy()
    for name in ("first_day", "last_day"):
        rows[name] = frame[name].dt.strftime("%Y-%m-%d").to_numpy()
    target.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(target) as file:
        rows.to_sql("incidents", file, index=False)
        file.execute("create unique index of_id on incidents (incident_id)")
        for name in (*FACETS.values(), "region", "first_day", "last_day"):
            file.execute(f"create index of_{name} on incidents ({name})")
        file.execute("analyze")
    return target


def installed(folder: Path) -> Path:
    """Install it; give its program."""
    venv.create(folder, with_pip=True)
    command = [folder / "bin" / "python", "-m", "pip", "install", "-q", *PINNED]
    subprocess.run(command, check=True, stderr=sys.stderr)
    return folder / "bin" / "datasette"


@contextmanager
def served(program: Path, file: Path) -> Iterator[str]:
    """Serve a database; give the address of its table."""
    port = free_port()
    command = [program, "serve", "-i", file, "--port", str(port)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(value)]
    server = subprocess.Popen(
        [*map(str, command)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://localhost:{port}/-/versions.json", server)
        yield f"http://localhost:{port}/{TABLE}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def query(chosen: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Ask for the rows that our parameters of a selection find."""
    asked = []
    for name, value in chosen:
        if name == "from":
            asked.append(("last_day__gte", f"{value}-01-01"))
        elif name == "to":
            asked.append(("first_day__lte", f"{value}-12-31"))
        else:
            column = FACETS.get(name, name)
            asked.append((f"{column}__{'arraycontains' if column in LISTS else 'exact'}", value))
    return asked
