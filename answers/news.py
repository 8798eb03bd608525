"""What is new: records added or corrected in each kept release, of a selection."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import pandas as pd

from answers import history
from answers.answer import Link
from answers.question import Question
from answers.surfaces.records import tongue, what, when, where
from answers.words import begun
from incidents.history import ADDED, History, Step
from loaders import Package


@dataclass(frozen=True)
class New:
    """One thing that is new: in which release, what it is, and where it stands.

    `key` names it for good; `summary` is the published sentence in the language `lang`.
    """

    key: str
    release: str
    day: pd.Timestamp
    title: str
    summary: str
    link: Link
    lang: str


def of(asked: Question, releases: Sequence[Package], past: History) -> list[New]:
    """Tell what each release added and corrected, the newest first.

    What the oldest kept release holds may be older, and is not new. Of what is protected in any
    release nothing is told. A release of the past that is not among `releases` is passed over.
    """
    every = {package.release: package for package in releases}
    done: dict[str, dict[str, Step]] = {version: {} for version in reversed(past.releases[1:])}
    for name, steps in past.steps.items():
        for step in steps:
            done.get(step.release, {})[name] = step
    return [
        _of_record(asked, package, record, done[version][str(record["incident_id"])])
        for version in done
        if (package := every.get(version))
        for _, record in _among(package, asked, done[version]).iterrows()
    ]


def _among(package: Package, asked: Question, names: Collection[str]) -> pd.DataFrame:
    """Give the records of a selection that bear one of some names."""
    records = package.incidents.select(asked.selection).records()
    return records[records["incident_id"].isin(names)]


def _of_record(asked: Question, package: Package, record: pd.Series, step: Step) -> New:
    t, name = asked.t, str(record["incident_id"])
    said = begun(f"{when(asked, record)}, {where(asked, record)}")
    if step.what == ADDED:
        title = t("Added: {record}", record=said)
    else:
        title = t("Corrected: {record} ({fields})", record=said, fields=history.fields(step, t))
    link = Link(name, "records", {**_language(asked), "id": name})
    text = what(asked, record)
    key = f"{package.release}/{name}"
    return New(
        key, package.release, package.released, title, text, link, tongue(asked, record) or t.code
    )


def _language(asked: Question) -> dict[str, str]:
    return {"lang": asked.display.lang} if asked.display.lang else {}


def title(asked: Question) -> str:
    """Name the feed."""
    return asked.t("New and corrected records")
