"""What is new: records added or corrected since each kept release, of a selection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pandas as pd

from answers.answer import Link
from answers.question import Question
from answers.surfaces.records import tongue, what, when, where
from incidents.citation import published
from incidents.selection import Selection
from loaders import Package

FEWEST = 3
"""Of protected records it is only said that some changed, and only where so many did."""


@dataclass(frozen=True)
class New:
    """One thing that is new: in which release, what it is, and where it stands.

    `key` names it for good; `summary` is the published sentence, or says what is told
    instead, in the language `lang`.
    """

    key: str
    release: str
    day: pd.Timestamp
    title: str
    summary: str
    link: Link
    lang: str


def of(asked: Question, releases: Sequence[Package]) -> list[New]:
    """Tell what changed from each release to the next one; `releases` are the oldest first.

    What is protected in any of them is told of as protected.
    """
    hidden = {name for package in releases for name in _protected(package)}
    found: list[New] = []
    for before, after in pairwise(releases):
        found = [*_between(asked, before, after, hidden), *found]
    return found


def _protected(package: Package) -> pd.Series:
    frame = package.incidents.frame
    return frame.loc[frame["protected"], "incident_id"]


def _between(
    asked: Question, before: Package, after: Package, protected: set[str]
) -> Iterator[New]:
    rows, old = _rows(after, asked.selection), _rows(before, Selection())
    known = old.reindex(rows.index)
    added = known.isna().all(axis=1)
    changed = added | (rows != known).any(axis=1)
    hidden = rows.index.isin(protected)
    frame = after.incidents.frame.set_index("incident_id", drop=False)
    for name in rows.index[changed & ~hidden]:
        yield _of_record(asked, after, frame.loc[name], added=bool(added[name]))
    if int((changed & hidden).sum()) >= FEWEST:
        yield _of_protected(asked, after)


def _rows(package: Package, selection: Selection) -> pd.DataFrame:
    """Give the records of a selection in a release, as published, by identifier."""
    records = package.incidents.select(selection).records()
    return published(records).set_index("incident_id")


def _of_record(asked: Question, package: Package, record: pd.Series, *, added: bool) -> New:
    t, name = asked.t, str(record["incident_id"])
    said = f"{when(asked, record)}, {where(asked, record)}"
    title = t("Added: {record}", record=said) if added else t("Corrected: {record}", record=said)
    link = Link(name, "records", {**_language(asked), "id": name})
    text = what(asked, record)
    key = f"{package.release}/{name}"
    return New(
        key, package.release, package.released, title, text, link, tongue(asked, record) or t.code
    )


def _of_protected(asked: Question, package: Package) -> New:
    """Say that some changed, and not how many or which."""
    t = asked.t
    title = t("Protected records were added or corrected")
    text = t("Which and how many is not said, so that nobody can be recognised.")
    link = Link(title, "records", asked.query())
    key = f"{package.release}/protected"
    return New(key, package.release, package.released, title, text, link, t.code)


def _language(asked: Question) -> dict[str, str]:
    return {"lang": asked.display.lang} if asked.display.lang else {}


def title(asked: Question) -> str:
    """Name the feed."""
    return asked.t("New and corrected records")
