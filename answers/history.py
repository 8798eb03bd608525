"""The past of a record in words: since when it is in the data, and what was corrected when."""

from dataclasses import dataclass

from answers.answer import Link
from answers.question import Question
from answers.words import one_by_one
from incidents.filters import message
from incidents.history import ADDED, Step
from loaders import releases
from loaders.language import Language

NAMED = 3
"""How many versions that corrected a record its line names at most."""
FIELDS = {
    "dataset": message("dataset"),
    "project": message("project"),
    "date": message("date"),
    "date_precision": message("date"),
    "date_end": message("date"),
    "region": message("region"),
    "place": message("place"),
    "place_precision": message("place"),
    "groups": message("group"),
    "target": message("who was affected"),
    "persons": message("number of people"),
    "category": message("category"),
    "violations": message("violation"),
    "perpetrator": message("perpetrator"),
    "response": message("response of the authorities"),
    "summary": message("summary"),
    "source_name": message("source"),
    "source_url": message("source"),
    "source_published": message("source"),
    "second_source_url": message("second source"),
    "kind": message("kind of record"),
    "consent": message("consent"),
    "link": message("link to the source"),
    "reader_risk": message("link to the source"),
    "checked": message("how far it was checked"),
    "flag": message("flag"),
}
"""How a reader calls what each column holds; several columns may be one thing to a reader."""


@dataclass(frozen=True)
class Past:
    """What is told of a record's past: in one line, and `steps` that lead to each version of it.

    `note` says what the steps lead to. Without corrections the only step says it all.
    """

    line: str
    steps: tuple[Link, ...]
    note: str


def steps(asked: Question, record: str) -> tuple[Step, ...]:
    """Give what each release did to a record, the oldest first; nothing of what was protected."""
    return releases.steps(asked.package, record)


def past(asked: Question, record: str) -> Past | None:
    """Tell the past of a record; None where it has none."""
    found = steps(asked, record)
    if not found:
        return None
    t = asked.t
    links = tuple(
        Link(
            _line(asked, found) if len(found) == 1 else _step(asked, step),
            "records",
            {**asked.query(release=step.release), "id": record},
        )
        for step in found
    )
    note = t("Each line leads to the record as it stood in that version.")
    return Past(_line(asked, found), links, note)


def fields(step: Step, t: Language) -> str:
    """Name what a release corrected, as it stands inside a sentence."""
    return one_by_one([*dict.fromkeys(t(FIELDS[column]) for column in step.fields)], t)


def or_earlier(asked: Question, step: Step) -> bool:
    """Say whether a record may have been there before: older releases are not kept."""
    return releases.history(asked.package).or_earlier(step)


def _line(asked: Question, found: tuple[Step, ...]) -> str:
    t, (added, *corrections) = asked.t, found
    said = t("In the data since version {release}", release=added.release)
    if or_earlier(asked, added):
        said = t("In the data since version {release} or earlier", release=added.release)
    versions = [step.release for step in corrections]
    corrected = t("corrected in {releases}", releases=t.joined(versions))
    if len(versions) > NAMED:
        corrected = t.plural(
            "corrected in {n} version, last in {release}",
            "corrected in {n} versions, last in {release}",
            len(versions),
            release=versions[-1],
        )
    return " · ".join([said, corrected] if versions else [said])


def _step(asked: Question, step: Step) -> str:
    t = asked.t
    if step.what != ADDED:
        return t("{release} · corrected: {fields}", release=step.release, fields=fields(step, t))
    if or_earlier(asked, step):
        return t("{release} · added in this version or earlier", release=step.release)
    return t("{release} · added", release=step.release)
