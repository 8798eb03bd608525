"""The rival on plain HTTP: Datasette with its map of clusters, on the same generated incidents.

Its columns of filters are indexed, its time limits are lifted so that it finishes, and it is not
asked to suggest facets.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pandas as pd

from benchmarks.servers import Served, running
from incidents.citation import published
from loaders import Package
from tests.browser.serving import free_port

FACETS = {"data": "dataset", "category": "category", "group": "groups", "violation": "violations"}
"""The four facets of the table page, by our name of each: the column of its database."""
LISTS = ("groups", "violations")
"""Columns that hold several codes; a list in JSON, which Datasette can count."""
SETTINGS = {"sql_time_limit_ms": 60_000, "facet_time_limit_ms": 60_000, "suggest_facets": "off"}
TABLE = "house/incidents"
FACETED = urlencode(
    [("_facet_array" if name in LISTS else "_facet", name) for name in FACETS.values()]
    + [("_facet_size", "100")]
)
"""The query under which the table offers its facets with all their values."""


def rows(package: Package) -> pd.DataFrame:
    """Give what a package publishes of its counted incidents, with the place of each on a map."""
    held = package.incidents
    frame = held.frame[held.counted]
    found = published(frame)
    places = held.places.reindex(frame["place"].astype("object"))
    found["latitude"], found["longitude"] = places["lat"].to_numpy(), places["lon"].to_numpy()
    for name in ("first_day", "last_day"):
        found[name] = frame[name].dt.strftime("%Y-%m-%d").to_numpy()
    return found


def database(parts: Iterable[pd.DataFrame], target: Path) -> Path:
    """Write rows into a database, part after part."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(target) as file:
        for part in parts:
            _listed(part).to_sql("incidents", file, index=False, if_exists="append")
        file.execute("create unique index of_id on incidents (incident_id)")
        for name in (*FACETS.values(), "region", "first_day", "last_day"):
            file.execute(f"create index of_{name} on incidents ({name})")
        file.execute("analyze")
    return target


def _listed(found: pd.DataFrame) -> pd.DataFrame:
    """Write the columns that hold several codes as lists in JSON."""
    listed = found.copy()
    for name in LISTS:
        written = {
            each: json.dumps(each.split(";") if each else []) for each in found[name].unique()
        }
        listed[name] = found[name].map(written)
    return listed


@contextmanager
def served(programs: Path, file: Path) -> Iterator[Served]:
    """Serve a database; its table is at `TABLE`."""
    port = free_port()
    command = [programs / "datasette", "serve", "-i", file, "--port", str(port)]
    for name, value in SETTINGS.items():
        command += ["--setting", name, str(value)]
    with running(command, "-/versions.json", port) as found:
        yield found


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
