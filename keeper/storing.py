"""Storing: checked cases go into the keeper's own database, where they wait to be published."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from keeper.gathering import gathered, of_file
from keeper.keys import Keys, safe
from keeper.withdrawal import Refused
from loaders.held import Unusable
from loaders.language import Language
from loaders.package import Faults, load
from loaders.settings import Settings
from loaders.sources import Told


@dataclass(frozen=True)
class Asked:
    """What is to be stored: files of cases and how they are told; what is to go; a file of keys.

    `looked` is the number of questions that somebody has looked at: those of reading a file, which
    nobody asks again once its cases are stored.
    """

    files: Sequence[Path] = field(default=(), repr=False)
    told: Told = field(default_factory=Told)
    gone: Sequence[str] = field(default=(), repr=False)
    keys: Path | None = field(default=None, repr=False)
    looked: int = 0


@dataclass(frozen=True)
class Stored:
    """What was done, in numbers: cases that are new, replaced and taken out; what is held now."""

    new: int
    replaced: int
    gone: int
    cases: int
    keys: int


def options(command: argparse.ArgumentParser, t: Language) -> None:
    """Add what is said of stored cases alone."""
    command.add_argument(
        "--take-out",
        default=[],
        action="append",
        metavar="NUMBER",
        help=t("the number of a case that is to go"),
    )
    command.add_argument(
        "--keys", metavar="FILE", type=Path, help=t("a file of keys that the database takes over")
    )
    command.add_argument(
        "--looked-at",
        default=0,
        type=int,
        metavar="N",
        help=t("how many questions of the check somebody has looked at"),
    )


def store(asked: Asked, settings: Settings, today: date) -> Stored:
    """Store cases under their numbers, and take others out, in one step.

    Raises `Refused`, `Faults`, `Unusable` and `OSError`; then nothing has changed. Where the
    program itself fails it is refused, too: what it failed at could repeat a cell.
    """
    if not settings.keeper_url:
        raise Refused("no_store")
    try:
        return _stored(asked, settings, today)
    except (Refused, Faults, Unusable, OSError):
        raise
    except Exception as problem:
        raise Refused("failed", [type(problem).__name__]) from None


def _stored(asked: Asked, settings: Settings, today: date) -> Stored:
    from keeper import team

    with team.opened(settings.keeper_url, settings.data, settings.database) as base:
        parts = []
        keys = base.keys()
        if asked.files:
            package = load(settings.data)
            parts = [of_file(path, package, asked.told) for path in asked.files]
            gathered(parts, package, keys.drawn, today)
            questions = sum(len(part.cases.problems) for part in parts)
            if questions not in (0, asked.looked):
                raise Refused("questions", [str(questions)])
        if asked.keys is not None:
            keys = Keys.read(safe(asked.keys, settings.data))
            if not keys.drawn:
                raise Refused("keys_missing")
            base.write(keys)
        new, replaced = base.change(parts, asked.gone)
        held = sum(len(part.cases.rows) for part in base.cases())
        return Stored(new, replaced, len({*asked.gone}), held, len(keys.drawn))


def lines(done: Stored, t: Language) -> Iterator[str]:
    """Say what was done, and what is left to do."""
    if done.new or done.replaced or done.gone:
        yield t(
            "New cases: {new}, replaced: {replaced}, taken out: {gone}.",
            new=done.new,
            replaced=done.replaced,
            gone=done.gone,
        )
    yield t(
        "The keeper's own database holds {cases} and {keys}.",
        cases=t.plural("{n} case", "{n} cases", done.cases),
        keys=t.plural("{n} key", "{n} keys", done.keys),
    )
    if done.gone:
        yield t(
            "What was published of a case that was taken out stays, until its record is withdrawn."
        )
