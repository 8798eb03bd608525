"""What a data keeper does to the package from a terminal: `python -m loaders withdraw ID ...`."""

import argparse
import os
import sys
from datetime import UTC, datetime

from loaders.language import Language, best, language
from loaders.package import Faults
from loaders.settings import Settings
from loaders.withdrawal import Refused, Withdrawal, withdraw


def main() -> int:
    """Run one command. Gives 0, or 2 where nothing was done."""
    t = language(best(os.environ.get("LC_ALL") or os.environ.get("LANG")))
    asked = _parser(t).parse_args()
    try:
        done = withdraw(Settings().data, asked.id, asked.reason, f"{datetime.now(UTC):%Y-%m}")
    except (Refused, Faults, OSError) as problem:
        print(_refusal(problem, asked, t), file=sys.stderr)
        return 2
    print("\n".join(_report(asked.id, done, t)))
    return 0


def _parser(t: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders")
    commands = parser.add_subparsers(required=True, metavar="withdraw")
    command = commands.add_parser(
        "withdraw",
        help=t("take a record out of the package and of every kept release"),
    )
    command.add_argument("id", metavar="ID", help=t("identifier of the record"))
    command.add_argument(
        "--reason",
        required=True,
        metavar="REASON",
        help=t("a code of codebook/withdrawal_reasons.csv"),
    )
    return parser


def _refusal(problem: Exception, asked: argparse.Namespace, t: Language) -> str:
    """Say in one sentence why nothing was done."""
    if isinstance(problem, Faults):
        first = problem.faults[0]
        return t(
            "Nothing was written: the package does not load ({n} problems, the first in {file}, "
            "row {row}, column {column}: {rule}).",
            n=len(problem.faults),
            file=first.file,
            row=first.line,
            column=first.column or "–",
            rule=first.rule,
        )
    if isinstance(problem, Refused):
        return {
            "unknown_record": t("There is no record {id} in this package.", id=asked.id),
            "already_withdrawn": t("The record {id} is already withdrawn.", id=asked.id),
            "unknown_reason": t(
                "There is no reason “{reason}”; the codes are: {codes}.",
                reason=asked.reason,
                codes=", ".join(problem.known),
            ),
        }[problem.why]
    return t("The files could not be written: {error}.", error=str(problem))


def _report(incident_id: str, done: Withdrawal, t: Language) -> list[str]:
    """Say what was done, and what is left to the keeper."""
    said = [
        t(
            "Record {id} was taken out of: {releases}. A line without content stands in "
            "withdrawn.csv.",
            id=incident_id,
            releases=", ".join(done.releases),
        )
    ]
    changes = {
        "same_event": t("No longer named as the same event in:"),
        "episode": t("Alone in its episode, which was emptied:"),
        "region": t("Region shared by too few now, only the country stays:"),
    }
    said += [
        f"{text} {', '.join(sorted(done.changed[column]))}"
        for column, text in changes.items()
        if column in done.changed
    ]
    said.append(t("The package was checked: it loads."))
    said.append(
        t(
            "Git history and copies already taken keep the record: rewrite the history next "
            "(git filter-repo)."
        )
    )
    return said


if __name__ == "__main__":
    sys.exit(main())
