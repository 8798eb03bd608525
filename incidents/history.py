"""What is told of a record's past: which release first held it, and which ones corrected what.

Names of fields are told and never what stood in them: a correction may have removed what should
not have been known. A record that is protected in any release has no past at all. Nor has what
joins a record to others: a withdrawal of one of them would show in it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from incidents.citation import published

ADDED, CORRECTED = "added", "corrected"
JOINING = ["episode", "same_event"]
"""What joins a record to others. Withdrawing one of these empties it in some releases."""
OF_THE_PAGE = ["source_url", "source_published", "second_source_url", "reader_risk"]
"""What closing a link takes out or makes coarser beside the column `link`."""
WITHHELD = "withheld"


@dataclass(frozen=True)
class Held:
    """The records of one release; `absent` are the columns that its form did not have yet."""

    release: str
    records: pd.DataFrame
    absent: frozenset[str] = frozenset()

    @property
    def protected(self) -> pd.Series:
        """Name the protected records."""
        return self.records.loc[self.records["protected"], "incident_id"]

    @property
    def rows(self) -> pd.DataFrame:
        """Give the records as published, by identifier; what could not be told yet is missing."""
        rows = published(self.records).set_index("incident_id")
        return rows.assign(**dict.fromkeys(self.absent & {*rows.columns}))


@dataclass(frozen=True)
class Step:
    """What one release did to a record: `added` it, or `corrected` the `fields`, by column."""

    release: str
    what: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The steps of every record that was never protected, by identifier, over some releases.

    Both the releases and the steps of a record begin with the oldest.
    """

    releases: tuple[str, ...]
    steps: Mapping[str, tuple[Step, ...]]

    def until(self, release: str) -> "History":
        """Give what was known when a release was the newest."""
        last = self.releases.index(release) + 1 if release in self.releases else 0
        known = self.releases[:last]
        if known == self.releases:
            return self
        told = {n: tuple(s for s in steps if s.release in known) for n, steps in self.steps.items()}
        return replace(self, releases=known, steps={n: steps for n, steps in told.items() if steps})

    def or_earlier(self, step: Step) -> bool:
        """Say whether a record may have been added before: older releases are not kept."""
        return step.what == ADDED and step.release == self.releases[0]

    @property
    def added(self) -> dict[str, frozenset[str]]:
        """Name the records that each release was the first to hold, the oldest release first."""
        first: dict[str, set[str]] = {release: set() for release in self.releases}
        for name, (added, *_) in self.steps.items():
            first[added.release].add(name)
        return {release: frozenset(names) for release, names in first.items()}


def history(releases: Sequence[Held]) -> History:
    """Compare releases, the oldest first. One that stands alone is compared with nothing."""
    hidden = {name for held in releases for name in held.protected}
    steps: dict[str, tuple[Step, ...]] = {}
    known: pd.DataFrame | None = None
    for held in releases:
        names = [name for name in held.records["incident_id"] if name not in hidden]
        again = [name for name in names if name in steps]
        added = Step(held.release, ADDED)
        steps |= dict.fromkeys((name for name in names if name not in steps), (added,))
        if len(releases) == 1:
            break
        rows = held.rows
        if known is not None:
            for name, fields in _corrected(known.loc[again], rows.loc[again]):
                steps[name] += (Step(held.release, CORRECTED, fields),)
            rows = pd.concat([rows, known.drop(index=rows.index, errors="ignore")])
        known = rows
    return History(tuple(held.release for held in releases), steps)


def _corrected(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Name the records that differ, each with the columns in which it does.

    Where a link is closed on either side, nothing is told of the page that it led to.
    """
    differs = (before != after) & before.notna() & after.notna()
    closed = (before["link"] == WITHHELD) | (after["link"] == WITHHELD)
    differs.loc[closed, OF_THE_PAGE] = False
    differs[JOINING] = False
    columns = differs.columns
    for name, marked in differs[differs.any(axis=1)].iterrows():
        yield str(name), tuple(columns[marked.to_numpy()])
