"""The counts of a cube, asked of others: DuckDB's own SQL over its rows, Datasette over the same.

Each is asked for the same counts under the same filters: by six columns, and by month.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode
from urllib.request import urlopen

import duckdb
import pandas as pd

from benchmarks import datasette
from incidents import counts
from incidents.table import Subset
from loaders import cubes

FILTERS = ("data=media", "region=KG-GB", "from=2019&to=2022", "group=women", "violation=threat")
FACETS = ("region", "place", "category", "perpetrator", "response", "data")
COLUMNS = (*FACETS[:-1], "dataset")
COUNTED = "kind IN ('incident', 'series') AND flag <> 'contested'"
IN_SQL = {
    "data=media": "dataset = 'media'",
    "region=KG-GB": "region = 'KG-GB'",
    "from=2019&to=2022": "last_day >= DATE '2019-01-01' AND first_day <= DATE '2022-12-31'",
    "group=women": "list_contains(string_split(groups, ';'), 'women')",
    "violation=threat": "list_contains(string_split(violations, ';'), 'threat')",
}
"""What each filter is in DuckDB's own words."""
LIMIT = 60
"""Seconds after which an answer of Datasette is no longer waited for."""
PART = 100
"""Vectors of 2,048 rows that are loaded at a time."""
Regions = Mapping[str, int]
"""Records by region: the part of an answer by which all that are asked are seen to agree."""


def ours(subset: Subset) -> Regions:
    """Count what is counted beside it."""
    found = {facet: counts.by_code(subset, facet) for facet in FACETS}
    counts.by_period(subset, "month")
    regions = found["region"].dropna()
    return {str(code): int(n) for code, n in regions[regions > 0].items()}


def in_sql(made: Path) -> Callable[[str], Regions]:
    """Give how DuckDB counts."""
    engine = duckdb.connect()
    by = [*COLUMNS, "date_trunc('month', first_day)"]
    sets = ", ".join(f"({name})" for name in by)

    def asked(chosen: str) -> Regions:
        found = engine.execute(
            f"SELECT {', '.join(by)}, count(*) FROM {_rows(made)} "  # noqa: S608  # our own words
            f"WHERE {IN_SQL[chosen]} AND {COUNTED} GROUP BY GROUPING SETS ({sets})"
        ).fetchall()
        return {row[0]: row[-1] for row in found if row[0] is not None}

    return asked


def database(made: Path, target: Path) -> Path:
    """Write the rows that are counted into a database of Datasette, with the month of each."""
    return datasette.database(_parts(made), target)


def _parts(made: Path) -> Iterator[pd.DataFrame]:
    found = duckdb.connect().execute(
        f"SELECT incident_id, {', '.join(COLUMNS)}, groups, violations, "  # noqa: S608  # as above
        "strftime(first_day, '%Y-%m') AS month, strftime(first_day, '%Y-%m-%d') AS first_day, "
        f"strftime(last_day, '%Y-%m-%d') AS last_day FROM {_rows(made)} WHERE {COUNTED}"
    )
    while len(part := found.fetch_df_chunk(PART)):
        yield part


def over_http(address: str) -> Callable[[str], Regions]:
    """Give how Datasette counts: facets of its table, as JSON. It raises `TimeoutError`."""
    facets = [("_facet", name) for name in (*COLUMNS, "month")]
    facets += [("_facet_size", "max"), ("_size", "0"), ("_nocount", "1")]

    def asked(chosen: str) -> Regions:
        query = urlencode([*datasette.query(parse_qsl(chosen)), *facets])
        with urlopen(f"{address}/{datasette.TABLE}.json?{query}", timeout=LIMIT) as answer:  # noqa: S310  # our own server
            found: dict[str, Any] = json.load(answer)
        counted = found["facet_results"]
        if not counted.keys() >= {*COLUMNS, "month"}:  # one that takes too long is left out
            raise TimeoutError
        return {each["value"]: each["count"] for each in counted["region"]["results"]}

    return asked


def _rows(made: Path) -> str:
    return f"read_parquet('{made / cubes.ROWS}')"
