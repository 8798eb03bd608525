"""Publishing: restricted cases in, a new release out, or nothing.

The keys are written right before the release takes its place: whatever stops the program in
between, the release is the old one or the new one, and every record of it has its key. What is told
holds no number, no identifier and no cell.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from answers.publishing import Publishing, entry, with_entry
from incidents import publishing
from incidents.cells import TOTAL
from incidents.protection import PERSONAL_DATA, Circumstances
from incidents.publishing import Decision
from keeper import rows
from keeper.counting import as_table, counted
from keeper.gathering import OF_A_FILE, Gathered, Part, gathered, of_file
from keeper.keys import DRAWN, File, Keys, locked, opened
from keeper.release import replaced
from keeper.rows import Changes
from keeper.withdrawal import Refused
from keeper.writing import read
from loaders.descriptor import NAME
from loaders.held import Unusable
from loaders.package import AGGREGATES, Faults, Package, load
from loaders.reading import CHANGELOGS
from loaders.sources import Told

if TYPE_CHECKING:
    from keeper.team import Team

    Store = File | Team
VERSION = re.compile(r"(\d{4})\.(\d{1,2})\.(\d+)")
LAST = "collected_to"
"""The property of a file of records that names the last day of its collection."""


@dataclass(frozen=True)
class Asked:
    """What is to be published: files of cases, how they are told, their keys, and why.

    Without a file of `keys` they stand in the keeper's own database, `team`, as do the cases
    where there are no `files`; `public` is the address of the database of releases.
    `looked` is the number of questions that somebody has looked at, `collected` the last day of
    collection by dataset, where that has moved. A `dry` run writes nothing.
    """

    files: Sequence[Path] = field(repr=False)
    keys: Path | None = field(default=None, repr=False)
    team: str = field(default="", repr=False)
    public: str = field(default="", repr=False)
    told: Told = field(default_factory=Told)
    reason: str = ""
    looked: int = 0
    collected: Mapping[str, date] = field(default_factory=dict)
    dry: bool = False


def publish(directory: Path, asked: Asked, today: date) -> Publishing:
    """Make the next release of a package from its records and a keeper's cases, as of a day.

    Raises `Refused`, `Faults`, `Unusable` and `OSError`; then nothing has changed. Where the
    program itself fails it is refused, too: what it failed at could repeat a cell.
    """
    try:
        return _published(directory, asked, today)
    except (Refused, Faults, Unusable, OSError):
        raise
    except Exception as problem:
        raise Refused("failed", [type(problem).__name__]) from None


def _published(directory: Path, asked: Asked, today: date) -> Publishing:
    with _store(asked, directory) as store, locked(directory):
        package = load(directory)
        keys = store.keys()
        described = json.loads(read(directory / NAME))
        keys.fit(described, frozenset(package.incidents.frame["incident_id"]))
        about = _circumstances(package, asked, pd.Timestamp(today))
        parts = [of_file(path, package, asked.told) for path in asked.files]
        cases = gathered(parts or _stored(store), package, keys.drawn, today)
        decisions = _decided(cases, package, about, keys)
        _nothing_in_the_way(cases, decisions)
        keys = keys.more({n: i for each in decisions.values() for n, i in each.drawn.items()})
        changes = rows.changes(package, decisions, keys.drawn)
        totals, n = _counted(package, cases, decisions)
        moved = _moved(package, about)
        done = _told(cases, decisions, changes, package.release)
        done = replace(done, counted=n, dry=asked.dry)
        if not (changes.texts or totals or moved):
            return done
        _looked_at(cases, keys, changes, asked.looked)
        done = replace(done, release=_next(package.release, today))
        if not asked.dry:
            logs = {
                CHANGELOGS[code]: with_entry(
                    log, entry(done, moved, asked.reason, package, today, code)
                )
                for code, log in package.changelogs.items()
            }
            described |= {"version": done.release, "created": f"{today}T00:00:00Z"}
            described |= {DRAWN: keys.mark}
            _collected(described, moved)
            replaced(package, changes.texts | totals | logs, described, lambda: store.write(keys))
        return done


def _store(asked: Asked, directory: Path) -> "AbstractContextManager[Store]":
    """Open what holds the keys. Raises `Refused`, `Unusable`, `OSError`."""
    if asked.keys is not None:
        return opened(asked.keys, directory)
    if not asked.team:
        raise Refused("no_keys")
    from keeper import team

    return team.opened(asked.team, directory, asked.public)


def _stored(store: "Store") -> list[Part]:
    """Give the stored cases. Raises `Refused` where there are none."""
    found = [] if isinstance(store, File) else store.cases()
    if not found:
        raise Refused("no_cases")
    return found


def _circumstances(package: Package, asked: Asked, today: pd.Timestamp) -> dict[str, Circumstances]:
    """Say by dataset what protection needs to know of the next release. Raises `Refused`."""
    if PERSONAL_DATA.search(asked.reason):
        raise Refused("reason_tells")
    before = {name: end for name, (_, end) in package.incidents.collection.items()}
    if unknown := sorted({*asked.collected} - {*before}):
        raise Refused("unknown_dataset", unknown)
    ends = {name: pd.Timestamp(asked.collected.get(name, end)) for name, end in before.items()}
    if bad := [name for name, end in ends.items() if not before[name] <= end <= today]:
        raise Refused("bad_collection", bad)
    return {name: Circumstances(name, package.codebook, today, end) for name, end in ends.items()}


def _moved(package: Package, about: Mapping[str, Circumstances]) -> dict[str, pd.Timestamp]:
    """Give the last day of collection by dataset, where it is another than before."""
    before = package.incidents.collection
    return {
        name: each.collected_to
        for name, each in about.items()
        if each.collected_to != before[name][1]
    }


def _decided(
    cases: Gathered, package: Package, about: Mapping[str, Circumstances], keys: Keys
) -> dict[str, Decision]:
    """Decide on the cases of every dataset."""
    tables = {name: rows.published(package, name) for name in about}
    letters = publishing.letters({name: list(table.index) for name, table in tables.items()})
    taken = rows.taken(package) | set(keys.drawn.values())
    found = {}
    for name, table in tables.items():
        own = cases.cases[cases.cases["dataset"] == name]
        draw = partial(publishing.drawn, letters[name], taken)
        found[name] = publishing.decided(own, table, about[name], draw)
        taken |= set(found[name].drawn.values())
    return found


def _nothing_in_the_way(cases: Gathered, decisions: Mapping[str, Decision]) -> None:
    """Refuse to go on while a published record tells what may not be told any more."""
    found = {at: why for each in decisions.values() for at, why in each.in_the_way.items()}
    for reason in ("withdraw_first", "close_first"):
        if at := [row for row, why in found.items() if why == reason]:
            raise Refused(reason, cases.where(at))


def _counted(
    package: Package, cases: Gathered, decisions: Mapping[str, Decision]
) -> tuple[dict[str, str], int]:
    """Count the cases that are never listed; the files hold all of them, or none.

    Gives the new text of the table by its name, where it changes, and how many were counted.
    """
    waiting = {at: why for each in decisions.values() for at, why in each.waiting.items()}
    listed = [at for at, why in waiting.items() if why == "aggregate_only"]
    if not listed:
        return {}, 0
    done = counted(package, cases.cases.loc[listed])
    now, then = (
        pd.to_numeric(words.xs(TOTAL, level="by"), errors="coerce").fillna(0)
        for words in (done.words, package.aggregates)
    )
    if (now.reindex(then.index, fill_value=0) < then).any():
        raise Refused("counted_fewer")
    text = as_table(done.words)
    changed = text.encode("utf-8") != package.files[AGGREGATES]
    return ({AGGREGATES: text} if changed else {}), done.counted


def _told(
    cases: Gathered, decisions: Mapping[str, Decision], changes: Changes, release: str
) -> Publishing:
    """Say what becomes of the cases, in numbers and in rows of the keeper's own files."""
    waiting = {at: why for each in decisions.values() for at, why in each.waiting.items()}
    held: dict[str, list[int]] = {}
    for at, why in sorted(waiting.items()):
        held.setdefault(why, []).append(at)
    mended = Counter(
        rule for at, rules in cases.mended.items() if at not in waiting for rule in rules
    )
    return Publishing(
        before=release,
        cases=len(cases.cases),
        added=len(changes.added),
        corrected=len(changes.corrected),
        listed=changes.listed,
        regions=sum(each.regions for each in decisions.values()),
        mended=dict(sorted(mended.items())),
        held={why: cases.where(at) for why, at in held.items()},
    )


def _looked_at(cases: Gathered, keys: Keys, changes: Changes, looked: int) -> None:
    """Refuse while the check asks about cases that change, and nobody has looked at so many."""
    table = cases.cases
    ids = table["incident_id"].where(table["incident_id"] != "", table["number"].map(keys.drawn))
    touched = ids.index[ids.isin([*changes.added, *changes.corrected])]
    asked = sum(at in {*touched, OF_A_FILE} for at in cases.asked)
    if asked not in (0, looked):
        raise Refused("questions", [str(asked)])


def _next(release: str, today: date) -> str:
    """Give the next release its number: year, month, and how many the month had before it."""
    found = VERSION.fullmatch(release)
    month = f"{today.year}.{today.month:02}"
    again = found and (int(found[1]), int(found[2])) == (today.year, today.month)
    return f"{month}.{int(found[3]) + 1}" if found and again else f"{month}.0"


def _collected(described: dict[str, Any], moved: Mapping[str, pd.Timestamp]) -> None:
    """Write the last days of collection that have moved into a descriptor."""
    for resource in described["resources"]:
        if resource.get("dataset") in moved:
            resource[LAST] = f"{moved[resource['dataset']]:%Y-%m-%d}"
