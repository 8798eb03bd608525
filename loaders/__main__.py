"""What a data keeper does to the package from a terminal: `python -m loaders withdraw|count`."""

import argparse
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from incidents import cells
from loaders.counting import Counting, count
from loaders.language import Language, best, language
from loaders.package import Faults
from loaders.settings import Settings
from loaders.withdrawal import Refused, Withdrawal, withdraw


def main() -> int:
    """Run one command. Gives 0, or 2 where nothing was done."""
    t = language(best(os.environ.get("LC_ALL") or os.environ.get("LANG")))
    asked = _parser(t).parse_args()
    try:
        said = asked.run(asked, t)
    except (Refused, Faults, OSError) as problem:
        print(_refusal(problem, asked, t), file=sys.stderr)
        return 2
    print("\n".join(said))
    return 0


def _withdraw(asked: argparse.Namespace, t: Language) -> list[str]:
    done = withdraw(Settings().data, asked.id, asked.reason, f"{datetime.now(UTC):%Y-%m}")
    return _withdrawn(asked.id, done, t)


def _count(asked: argparse.Namespace, t: Language) -> list[str]:
    return _counted(count(Settings().data, Path(asked.file)), t)


def _parser(t: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
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
    command.set_defaults(run=_withdraw)
    command = commands.add_parser(
        "count",
        help=t("count cases that are never listed into the cells of aggregates.csv"),
    )
    command.add_argument(
        "file", metavar="FILE", help=t("the keeper's cases, a file outside the package")
    )
    command.set_defaults(run=_count, id="", reason="")
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
            "inside_package": t(
                "Nothing was written: a file of cases inside the package would be published. Keep "
                "it elsewhere."
            ),
            "missing_columns": t(
                "Nothing was written: the file lacks the columns {columns}.",
                columns=", ".join(problem.known),
            ),
            "unknown_codes": t(
                "Nothing was written: codes that are not in the codebook, in the rows {rows}.",
                rows=", ".join(problem.known),
            ),
        }[problem.why]
    return t("The files could not be written: {error}.", error=str(problem))


def _withdrawn(incident_id: str, done: Withdrawal, t: Language) -> list[str]:
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


def _counted(done: Counting, t: Language) -> list[str]:
    """Say what was counted, and how much of it could be published."""
    words = done.words
    return [
        t(
            "{counted} of {cases} cases were counted; the others have no such code, or are of a "
            "year that is not long enough over.",
            counted=done.counted,
            cases=done.cases,
        ),
        t(
            "aggregates.csv: {numbers} cells with their number, {few} of fewer than three cases, "
            "{withheld} withheld.",
            numbers=int(words.str.isdecimal().sum()),
            few=int((words == cells.FEW).sum()),
            withheld=int((words == cells.WITHHELD).sum()),
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
