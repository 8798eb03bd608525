"""The records of a cube, asked page by page: DuckDB over one Parquet file, sorted newest first.

A selection is never put into SQL: it is a set of cells, and each record names its cell. What SQL
adds is what cells do not know: the words of a record, its identifier, its order.
"""

import hashlib
import os
import weakref
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from incidents import schema
from incidents.citation import PUBLISHED
from incidents.cube import KEY, MEASURES, breaks
from incidents.schema import Context
from incidents.search import Mask, Wanted, sounding, wanted
from incidents.table import Incidents
from loaders.engine import engine, quoted

REMEMBERED = 16
"""How many searches and fingerprints are remembered at most."""
WORDS, SOUNDS = "words", "sounds"
"""The columns in which a search looks: words as they are written, and as they sound."""
BATCH = 100_000
"""How many lines of a fingerprint are in memory at a time."""
NEWEST = "first_day DESC, incident_id"
OLDEST = "first_day, incident_id DESC"


class Rows:
    """The records of one cube; every method may be called by several threads at once.

    On Linux the file that was opened is read until the end, even where another takes its place.
    """

    def __init__(self, path: Path, frame: pd.DataFrame, contexts: Sequence[Context]) -> None:
        """Open the file; `frame` are its cells in the form of `cube.table`."""
        opened = os.open(path, os.O_RDONLY)
        weakref.finalize(self, os.close, opened)
        held = Path(f"/proc/self/fd/{opened}")
        self._file = f"read_parquet({quoted(str(held if held.exists() else path))})"
        self._engine = engine()
        # else each question reads the description of all row groups; without GLOBAL no cursor would
        self._engine.execute("SET GLOBAL parquet_metadata_cache = true")
        self._frame, self._contexts = frame, {each.dataset: each for each in contexts}
        self._blocks = breaks({each.dataset: each.collected for each in contexts})
        self._kept: dict[Hashable, Any] = {}
        self.cells: Incidents

    def part(
        self,
        marked: Mask,
        text: str = "",
        begin: int = 0,
        end: int | None = None,
        sort: str = "newest",
    ) -> pd.DataFrame:
        """Give the typed records of marked cells, or some of them, newest first or oldest first.

        The cells tell in which months a page lies, so that no other is read.
        """
        oldest = sort == "oldest"
        n = (self.weighed(text) if text else self._frame)["n"].to_numpy()
        first, last, before = self._months(np.where(marked, n, 0), begin, end, oldest=oldest)
        limit = "" if end is None else f"LIMIT {max(end - begin, 0)}"
        found = self._ask(
            f"SELECT {_columns(PUBLISHED)} FROM {self._file} JOIN chosen USING ({KEY}) "
            f"WHERE first_day >= DATE '{first}' AND first_day < DATE '{last}' {self._finds(text)} "
            f"ORDER BY {OLDEST if oldest else NEWEST} {limit} OFFSET {begin - before}",
            chosen=self._chosen(marked, text),
        ).df()
        typed = self._typed(found)
        return typed.iloc[::-1] if oldest else typed

    def bearing(self, column: str, value: str) -> pd.DataFrame:
        """Give the typed records with a value in a column, newest first."""
        asked = f"SELECT {_columns(PUBLISHED)} FROM {self._file} WHERE {_name(column)} = ?"
        return self._typed(self._engine.cursor().execute(asked, [value]).df())

    def nearest(self, marked: Mask, of: pd.Series, n: int) -> pd.DataFrame:
        """Give the n typed records of marked cells that are nearest in time to a record."""
        day, name = f"{of['first_day']:%Y-%m-%d}", quoted(str(of["incident_id"]))
        found = self._ask(
            f"SELECT {_columns(PUBLISHED)} FROM {self._file} JOIN chosen USING ({KEY}) "
            f"WHERE incident_id <> {name} "
            f"ORDER BY abs(datediff('day', first_day, DATE '{day}')), {NEWEST} LIMIT {n}",
            chosen=self._chosen(marked),
        )
        return self._typed(found.df())

    def weighed(self, text: str) -> pd.DataFrame:
        """Give n, naming and persons of each row of the frame, of what a search finds."""
        return self._once(("weighed", text), lambda: self._weighed(text))

    def fingerprint(self, marked: Mask, text: str = "") -> str:
        """Give the fingerprint of the records of marked cells, as `citation.Lines` does."""
        key = "fingerprint", text, hashlib.sha256(np.packbits(marked).tobytes()).digest()
        return self._once(key, lambda: self._fingerprint(marked, text))

    def publishers(self) -> pd.Series:
        """Count the records by the name of their source, most first."""
        asked = f"SELECT source_name, count(*) AS count FROM {self._file} GROUP BY ALL"
        first = "min((DATE '2300-01-01' - first_day, incident_id))"
        found = self._ask(f"{asked} ORDER BY count DESC, {first}").df()
        return found.set_index("source_name")["count"]

    def _fingerprint(self, marked: Mask, text: str) -> str:
        digest = hashlib.sha256(f"{','.join(PUBLISHED)}\n".encode())
        found = self._ask(
            f"SELECT {_line()} AS line FROM {self._file} JOIN chosen USING ({KEY}) "
            f"WHERE true {self._finds(text)} ORDER BY dataset, incident_id",
            chosen=self._chosen(marked, text),
        )
        while lines := found.fetchmany(BATCH):
            digest.update("".join(line for (line,) in lines).encode("utf-8"))
        return digest.hexdigest()

    def _weighed(self, text: str) -> pd.DataFrame:
        every = np.ones(len(self._frame), dtype=bool)
        found = self._ask(
            f"SELECT {KEY}, count(*) AS n, count(nullif(persons, '')) AS naming, "
            f"sum(coalesce(try_cast(persons AS BIGINT), 0))::BIGINT AS persons "
            f"FROM {self._file} JOIN chosen USING ({KEY}) WHERE true {self._finds(text)} "
            f"GROUP BY {KEY}",
            chosen=self._chosen(every, text),
        ).df()
        measures = found.set_index(KEY).reindex(self._frame[KEY], fill_value=0)
        return measures[list(MEASURES)].astype(np.int64).reset_index(drop=True)

    def _chosen(self, marked: Mask, text: str = "") -> pd.DataFrame:
        """Name marked cells, with what of a search their labels already answer."""
        cells: dict[str, Any] = {KEY: self._frame[KEY].to_numpy()[marked]}
        for at, ways in enumerate(wanted(text)):
            cells[f"found_{at}"] = self._labelled(ways)[marked]
        return pd.DataFrame(cells)

    def _labelled(self, ways: Wanted) -> Mask:
        return self._once(("labelled", ways), lambda: self.cells.index.marked(ways))

    def _finds(self, text: str) -> str:
        """Say to SQL what `Index.find` says to SQLite: everything asked for, each somewhere."""
        return "".join(
            f" AND (found_{at} OR {_somewhere(ways)})" for at, ways in enumerate(wanted(text))
        )

    def _months(
        self, n: np.ndarray, begin: int, end: int | None, *, oldest: bool
    ) -> tuple[str, str, int]:
        """Give the first day and the day after the last of what holds a part of a list.

        With them, how many of the list stand before these days.
        """
        days = self._frame["first_day"].to_numpy().astype("datetime64[D]")
        at = np.searchsorted(self._blocks, days, "right") - 1
        held = np.bincount(at, n, len(self._blocks)).astype(np.int64)
        order = np.arange(len(held)) if oldest else np.arange(len(held))[::-1]
        upto = np.cumsum(held[order])
        last = len(order) - 1 if end is None else np.searchsorted(upto, max(end, 1))
        first = min(int(np.searchsorted(upto, begin, "right")), len(order) - 1)
        span = sorted((int(order[first]), int(order[min(int(last), len(order) - 1)])))
        until = self._blocks[span[1] + 1] if span[1] + 1 < len(self._blocks) else "2300-01-01"
        return str(self._blocks[span[0]]), str(until), int(upto[first] - held[order[first]])

    def _typed(self, found: pd.DataFrame) -> pd.DataFrame:
        """Give published rows in the form of `schema.joined`, newest first."""
        any_of = next(iter(self._contexts.values()))
        by_dataset = [*found.groupby("dataset", sort=False)] or [(any_of.dataset, found)]
        typed = [
            schema.typed(rows.drop(columns="dataset").astype(str), self._contexts[str(dataset)])
            for dataset, rows in by_dataset
        ]
        frame = schema.joined(typed)
        frame["place"] = frame["place"].cat.set_categories(list(any_of.places.index))
        return frame

    def _ask(self, question: str, **tables: pd.DataFrame) -> Any:
        cursor = self._engine.cursor()
        for name, table in tables.items():
            cursor.register(name, table)
        return cursor.execute(question)

    def _once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        found = self._kept.get(key)
        if found is None:
            found = make()
            if len(self._kept) >= REMEMBERED:
                self._kept.clear()
            self._kept[key] = found
        return found


def _somewhere(ways: Wanted) -> str:
    """Say to SQL that one of the ways is among the words of a record, or its identifier."""
    said = []
    for way in ways:
        end = "" if way.begins else " "
        said += [f"contains({WORDS}, {quoted(f' {way.text}{end}')})"]
        said += [f"contains({SOUNDS}, {quoted(f' {sounding(way.text)}{end}')})"]
        name = "replace(lower(incident_id), '-', '')"
        same = f"starts_with({name}, {{}})" if way.begins else f"{name} = {{}}"
        said.append(same.format(quoted(way.text)))
    return " OR ".join(said)


def _line() -> str:
    """Write a record in SQL as `citation.Lines` does: CSV, quotes only where they are needed."""
    cells = [
        f"CASE WHEN regexp_matches({_name(name)}, '[,\"\\n]') "
        f"THEN '\"' || replace({_name(name)}, '\"', '\"\"') || '\"' ELSE {_name(name)} END"
        for name in PUBLISHED
    ]
    return " || ',' || ".join(cells) + r" || chr(10)"


def _columns(names: Sequence[str]) -> str:
    return ", ".join(map(_name, names))


def _name(column: str) -> str:
    return f'"{column}"'
