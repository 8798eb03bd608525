"""What is done from a terminal: a keeper withdraws, counts and keeps, anybody verifies a file."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from incidents import cells
from incidents.schema import visible
from loaders.counting import Counting, count
from loaders.language import Language, best, language
from loaders.package import Faults, load
from loaders.quality import report, written
from loaders.releases import keep
from loaders.settings import Settings
from loaders.verification import Cell, Comparison, NotComparable, verify
from loaders.withdrawal import Refused, Withdrawal, withdraw

SHOWN = 20
"""How many differences of one kind are named one by one."""
LONGEST = 60
"""How much of a cell is shown."""


def main() -> int:
    """Run one command. Gives 0; 1 where a file is not the cited one; 2 where nothing was done."""
    t = language(best(os.environ.get("LC_ALL") or os.environ.get("LANG")))
    asked = _parser(t).parse_args()
    run: Callable[[argparse.Namespace, Language], int] = asked.run
    try:
        return run(asked, t)
    except (Refused, NotComparable, Faults, OSError) as problem:
        print(_refusal(problem, asked, t), file=sys.stderr)
        return 1 if isinstance(problem, NotComparable) and problem.tampered else 2


def _parser(t: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m loaders")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser(
        "withdraw",
        help=t("take a record out of the package and of every kept release"),
    )
    command.set_defaults(run=_withdraw)
    command.add_argument("id", metavar="ID", help=t("identifier of the record"))
    command.add_argument(
        "--reason",
        required=True,
        metavar="REASON",
        help=t("a code of codebook/withdrawal_reasons.csv"),
    )
    command = commands.add_parser(
        "count",
        help=t("count cases that are never listed into the cells of aggregates.csv"),
    )
    command.add_argument(
        "file", metavar="FILE", help=t("the keeper's cases, a file outside the package")
    )
    command.set_defaults(run=_count, id="", reason="")
    command = commands.add_parser(
        "keep",
        help=t("store the present release beside the kept ones, before the next one is made"),
    )
    command.set_defaults(run=_keep)
    command = commands.add_parser(
        "quality",
        help=t("compute again, from the data, what is published of how good they are"),
    )
    command.set_defaults(run=_quality)
    command.add_argument(
        "--write", action="store_true", help=t("put the tables into CHECKING.md as well")
    )
    command = commands.add_parser(
        "verify",
        help=t("say whether a downloaded file holds what the view named in it holds"),
    )
    command.set_defaults(run=_verify)
    command.add_argument("file", metavar="FILE", type=Path, help=t("the downloaded CSV file"))
    return parser


def _withdraw(asked: argparse.Namespace, t: Language) -> int:
    done = withdraw(Settings().data, asked.id, asked.reason, f"{datetime.now(UTC):%Y-%m}")
    print("\n".join(_withdrawn(asked.id, done, t)))
    return 0


def _count(asked: argparse.Namespace, t: Language) -> int:
    print("\n".join(_counted(count(Settings().data, Path(asked.file)), t)))
    return 0


def _keep(_: argparse.Namespace, t: Language) -> int:
    version = keep(Settings().data)
    print(t("Release {release} is kept. The next one may be made now.", release=version))
    return 0


def _quality(asked: argparse.Namespace, t: Language) -> int:
    package = load(Settings().data)
    print(report(package, t))
    if asked.write:
        path = package.directory / "CHECKING.md"
        path.write_text(written(path.read_text(encoding="utf-8"), package), encoding="utf-8")
    return 0


def _verify(asked: argparse.Namespace, t: Language) -> int:
    found = verify(asked.file, Settings().data)
    print("\n".join(_answer(found, t)))
    return 0 if found.same else 1


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
    if isinstance(problem, NotComparable):
        return _not_comparable(problem, t)
    if isinstance(problem, FileExistsError):
        return t("Nothing was written: the present release is kept already.")
    if asked.run is _verify:
        return t("The file could not be read: {error}.", error=str(problem))
    return t("The files could not be written: {error}.", error=str(problem))


def _not_comparable(problem: NotComparable, t: Language) -> str:
    """Say why a file's rows were not compared."""
    value = {name: _short(text) for name, text in problem.values.items()}.get
    return {
        "no_table": t(
            "Cannot be checked: this is no CSV file in UTF-8 (row {row}).", row=value("row")
        ),
        "not_ours": t(
            "Cannot be checked: this is no file of this dashboard, or it has lost its column "
            "cited_as, which says what it holds."
        ),
        "no_rows": t("Cannot be checked: the file holds no records."),
        "not_kept": t(
            "Cannot be checked: release {release} is not kept here. Compare the fingerprint in the "
            "citation with that of the file: {fingerprint}",
            release=value("release"),
            fingerprint=problem.values.get("fingerprint"),
        ),
        "columns": t(
            "Differs: these are not the columns of a file of this dashboard. Missing: {missing}. "
            "Not known, or twice: {strange}.",
            missing=value("missing"),
            strange=value("strange"),
        ),
        "links": t(
            "Differs: the rows name {n} views in the column cited_as; a file holds one.",
            n=value("n"),
        ),
        "no_release": t("Differs: the column cited_as names no release."),
        "filters": t(
            "Differs: release {release} has no view like the one named in the column cited_as.",
            release=value("release"),
        ),
    }[problem.why]


def _answer(found: Comparison, t: Language) -> list[str]:
    """Say whether a file is the cited one, or everything that differs."""
    mark = t("Fingerprint of the file: {fingerprint}", fingerprint=found.fingerprint)
    if found.same:
        said = [
            t.plural(
                "Yes: the file holds the {n} record of this view in release {release}, unchanged.",
                "Yes: the file holds the {n} records of this view in release {release}, unchanged.",
                found.n,
                release=found.release,
            ),
            mark,
        ]
        if found.release != found.present:
            said.append(t("The present release is {release}.", release=found.present))
        return said
    head = (
        t("Differs by withdrawal from this view in release {release}.", release=found.release)
        if found.by_withdrawal
        else t("Differs from this view in release {release}.", release=found.release)
    )
    listed = {
        t("Missing:"): found.missing,
        t("Not in this view:"): found.added,
        t("More than once:"): found.twice,
        t("Withdrawn since:"): found.withdrawn,
        t("Changed as a withdrawal of others changes it:"): [
            f"{cell.incident_id} {cell.column}" for cell in found.loosened
        ],
        t("The rows are those of another release:"): found.found_in,
    }
    lines = [f"{text} {_listed(names, t)}" for text, names in listed.items() if names]
    cells = [_cell(cell, t) for cell in found.changed[:SHOWN]]
    if len(found.changed) > SHOWN:
        cells.append(t("{n} more", n=len(found.changed) - SHOWN))
    return [head, *lines, *cells, mark]


def _cell(cell: Cell, t: Language) -> str:
    if cell.in_file == cell.in_release:  # protected: no values
        return t("{id}, {column}: differs.", id=cell.incident_id, column=cell.column)
    return t(
        "{id}, {column}: “{in_file}” in the file, “{in_release}” in the release.",
        id=cell.incident_id,
        column=cell.column,
        in_file=_short(cell.in_file),
        in_release=_short(cell.in_release),
    )


def _listed(names: list[str], t: Language) -> str:
    shown = [_short(name) for name in names[:SHOWN]]
    if len(names) > SHOWN:
        shown.append(t("{n} more", n=len(names) - SHOWN))
    return ", ".join(shown)


def _short(text: str) -> str:
    """Show the beginning of a text from a file: it may hold anything."""
    return visible(text[:LONGEST]) + ("…" if len(text) > LONGEST else "")


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
