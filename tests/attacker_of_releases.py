"""The attack over time: what releases, feeds and answers tell of protected records together.

A made-up chain of releases holds records that were protected later, that were so once, that were
added and that were corrected. Every release that is offered is read whole and compared with every
other; every door that tells of a record's past is asked about each of them, in each release.
Nothing finer than what is published may be recovered, and no release that added or corrected a
record. That the published rows of two releases differ is known from the files, whatever a door
says: it is counted apart.
"""

import csv
import io
import json
import re
from collections.abc import Collection, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd

from answers.history import FIELDS
from incidents.citation import PUBLISHED
from incidents.history import Held
from keeper.describing import describe
from loaders import releases
from tests import plain
from tests.conftest import DATA, copied, forget_words, keep_as
from tests.restricted import KINDS, Fact, Secret
from tests.web.reading import get, of_doors, read

RELEASE = "release"
"""The kind of fact that a release added or corrected a record."""
OLD, OPENED, LAST = "2026.1.0", "2026.2.0", "2026.3.0"
FORMERLY = 3
"""How many records that are open today were protected once."""
FINER = {
    "date": "month",
    "region": "region",
    "groups": "group or act",
    "violations": "group or act",
}
ENTRY = re.compile(r"<id>tag:[^<]*,2026:([\w.-]+)/([\w-]+)</id>\s*<title>(\w+)")
Rows = Mapping[str, plain.Row]
Cells = dict[str, str] | None


def chain(folder: Path, secrets: Collection[Secret]) -> tuple[Path, set[Fact]]:
    """Write a package with three kept releases, and give what must not be found out.

    In `OPENED` some protected records stand open, with all that was kept back. Others came with
    `LAST`, or were corrected in it. Some open ones were protected in `OLD`.
    """
    directory = copied(folder)
    rows = {row["incident_id"]: row for row in plain.rows()}
    changes: dict[str, dict[str, Cells]] = {OLD: {}, OPENED: {}, LAST: {}}
    truth: set[Fact] = set()
    for at, secret in enumerate(secrets):
        name, row = secret.record, rows[secret.record]
        if at % 3 == 0:
            as_event = {"protected": "", "target": "event"}
            changes[OPENED][name] = secret.cells(KINDS, row) | as_event
            truth |= secret.facts
        else:
            other = "charges" if row["response"] != "charges" else "investigation"
            then = None if at % 3 == 1 else {"response": other}
            changes[OLD][name] = changes[OPENED][name] = then
            truth.add(Fact(name, RELEASE, f"{'added' if then is None else 'corrected'} {LAST}"))
    for row in _free(rows.values())[:FORMERLY]:
        changes[OLD][row["incident_id"]] = _coarse(row)
        truth |= {Fact(row["incident_id"], RELEASE, f"corrected {v}") for v in (OPENED, LAST)}
    for version, told in changes.items():
        _write(keep_as(directory, version), told)
    return directory, truth


def _free(rows: Collection[plain.Row]) -> list[plain.Row]:
    """Give open records of a time long past that no story joins to others."""
    joined = {row["same_event"] for row in rows}
    return [
        row
        for row in rows
        if not (row["protected"] or row["episode"] or row["same_event"])
        and row["incident_id"] not in joined
        and "2018" <= row["date"][:4] <= "2023"
    ]


def _coarse(row: plain.Row) -> dict[str, str]:
    """Give the cells of a record as it would be published if it were protected."""
    emptied = ("date_end", "place", "persons", "summary", "source_url", "second_source_url")
    coarse = {
        "protected": "yes",
        "date": f"{row['date'][:4]}-01-01",
        "date_precision": "year",
        "region": "KG",
        "place_precision": "country",
        "violations": row["violations"].split(";")[0],
        "source_published": row["source_published"][:4],
        "link": "withheld",
        "reader_risk": "",
    }
    return {**coarse, **dict.fromkeys(emptied, "")}


def _write(folder: Path, told: Mapping[str, Cells]) -> None:
    for file in plain.FILES.values():
        table = pd.read_csv(folder / file, dtype=str, keep_default_na=False)
        gone = [name for name, cells in told.items() if cells is None]
        table = table[~table["incident_id"].isin(gone)]
        for name, cells in told.items():
            for column, cell in (cells or {}).items():
                table.loc[table["incident_id"] == name, column] = cell
        table.to_csv(folder / file, index=False, lineterminator="\n")
    forget_words(folder)
    describe(folder)


def switch_off() -> None:
    """Tell the past of every record, and offer every release that is kept."""
    Held.protected = property(lambda held: held.records.loc[[], "incident_id"])  # type: ignore[assignment]
    releases._tells_more = lambda told, today: False
    FIELDS["protected"] = "protection"  # no field of a record that has a past


class Asking:
    """One package, asked over plain HTTP in every release that it offers."""

    def __init__(self, directory: Path) -> None:
        """Read every release whole."""
        self.http, self.asked = of_doors(directory), 0
        listed = self._json("/api/v1/releases.json")
        self.versions = [*reversed(listed["kept"]), listed["release"]]
        self.held = {v: rows for v in self.versions if (rows := self._rows(v)) is not None}
        every = {**{name: row for rows in self.held.values() for name, row in rows.items()}}
        self.protected = {n for rows in self.held.values() for n in rows if rows[n]["protected"]}
        self.rows: Rows = {name: every[name] for name in self.protected}

    def _get(self, address: str) -> Any:
        self.asked += 1
        return get(self.http, address)

    def _json(self, address: str) -> dict[str, Any]:
        reply = self._get(address)
        return json.loads(reply.body) if reply.status == 200 else {}

    def _rows(self, version: str) -> Rows | None:
        reply = self._get(f"/api/v1/incidents.csv?release={version}")
        if reply.status != 200:
            return None
        rows = csv.DictReader(io.StringIO(reply.body.decode("utf-8-sig")))
        return {row["incident_id"]: row for row in rows}

    def found_out(self, records: Collection[str]) -> set[Fact]:
        """Ask every door about every record, and compare every pair of releases."""
        found = {fact for rows in self.held.values() for fact in _finer(rows, records)}
        for version in self.held:
            found |= set(self._fed(f"lang=en&release={version}", records))
            for name in sorted(records & self.held[version].keys()):
                found |= set(self._of_record(name, version))
        for name in sorted(records & self.rows.keys()):
            found |= set(self._of_few(name))
        return found

    def _of_record(self, name: str, version: str) -> Iterator[Fact]:
        """Read the past of a record: in the API, on its light page, in what a citation is told."""
        told = self._json(f"/api/v1/incidents/{name}.json?release={version}")
        for step in told.get("history", ()):
            yield Fact(name, RELEASE, f"{step['what']} {step['release']}")
        page = read(self._get(f"/light/records?id={name}&release={version}").text)
        said = page.one(id="record").text
        for other in (v for v in self.versions if v != version and v in said):
            yield from (Fact(name, RELEASE, f"{what} {other}") for what in ("added", "corrected"))
        cited = quote(f"/records?id={name}&release={version}")
        if self._json(f"/api/v1/cited.json?citation={cited}").get("state") == "superseded":
            yield from (Fact(name, RELEASE, f"corrected {v}") for v in self.versions)

    def _of_few(self, name: str) -> Iterator[Fact]:
        """Read what is told of the few records that share a record's year, act and group."""
        row = self.rows[name]
        query = urlencode(
            {
                "data": row["dataset"],
                "violation": row["violations"].split(";")[0],
                "group": row["groups"].split(";"),
                "from": row["date"][:4],
                "to": row["date"][:4],
            },
            doseq=True,
        )
        yield from self._fed(f"lang=en&{query}", {name})
        counted = self._json(f"/api/v1/impact.json?{query}")
        for each in counted["table"]["rows"] if counted.get("n") == 1 else ():
            if each["by"] == "release" and each["incidents"]:
                yield Fact(name, RELEASE, f"added {each['code']}")

    def _fed(self, query: str, records: Collection[str]) -> Iterator[Fact]:
        """Read a feed. What names no record is said of all that could be meant."""
        for version, name, title in ENTRY.findall(self._get(f"/feed.atom?{query}").text):
            for record in {name} & set(records) if re.search(r"\d", name) else records:
                whats = ("added", "corrected") if name != record else (title.lower(),)
                yield from (Fact(record, RELEASE, f"{what} {version}") for what in whats)

    def differ(self) -> int:
        """Count the protected records whose published rows are not the same in all releases."""
        pairs = combinations(self.held.values(), 2)
        told = {n for a, b in pairs for n in self.protected if _row(a, n) != _row(b, n)}
        return len(told)


def _row(rows: Rows, name: str) -> dict[str, str]:
    """Give what is published of a record: labels and links may differ between releases."""
    return {column: rows[name][column] for column in PUBLISHED} if name in rows else {}


def _finer(rows: Rows, records: Collection[str]) -> Iterator[Fact]:
    """Read of the rows of one release what a published row does not bear."""
    for name in records & rows.keys():
        row = rows[name]
        for column, kind in FINER.items():
            for value in row[column].split(";"):
                yield Fact(name, kind, value[:7] if kind == "month" else value)
        yield from (Fact(name, "text", word) for word in row["summary"].split())


def published() -> tuple[set[Fact], Asking]:
    """Ask the bundled releases, of which no truth is known: all that any of them adds is found out.

    What the newest one tells of a record is what may be known.
    """
    asking = Asking(DATA)
    newest = set(_finer(asking.held[asking.versions[-1]], asking.protected))
    return asking.found_out(asking.protected) - newest, asking
