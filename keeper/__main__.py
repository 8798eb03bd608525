"""What is done from a terminal: a keeper asks, withdraws and keeps, anybody verifies a file."""

import argparse
import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from answers import publishing
from answers.quality import report, written
from answers.template import as_template
from answers.xlsform import as_form
from incidents.codebook import LANGUAGES
from keeper import blanks, briefing, checking, cubing, sending, storing, words
from keeper.closing import close
from keeper.counting import count
from keeper.describing import describe
from keeper.keeping import keep
from keeper.publishing import Asked, publish
from keeper.terminal import say, write_what_can_be_written
from keeper.verification import NotComparable, verify
from keeper.withdrawal import Refused, withdraw
from loaders import cubes, sources
from loaders.held import Unusable
from loaders.language import Language, best, language
from loaders.package import Faults, load
from loaders.settings import Settings
from loaders.sources import Told


def main() -> int:
    """Run one command. Gives 0; 1 where a file is not the cited one; 2 where nothing was done.

    A file in which a spreadsheet wrote dates or numbers anew is not the cited one (1), but the
    first line then says that no fact differs.
    """
    write_what_can_be_written()
    t = language(best(os.environ.get("LC_ALL") or os.environ.get("LANG")))
    asked = _parser(t).parse_args()
    run: Callable[[argparse.Namespace, Language], int] = asked.run
    try:
        if run in OF_RECORDS and cubes.is_one(getattr(asked, "out", None) or Settings().data):
            raise Refused("of_a_cube")
        return run(asked, t)
    except (Refused, NotComparable, Faults, Unusable, OSError) as problem:
        given = asked.id, asked.reason
        said = words.refusal(problem, t, asked=given, reads=asked.run in (_verify, _check))
        say(said, sys.stderr)
        return 1 if isinstance(problem, NotComparable) and problem.tampered else 2


def _parser(t: Language) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m keeper")
    parser.set_defaults(id="", reason="")
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
        "close",
        help=t("close links to a page that describes a private person, in every release"),
    )
    command.set_defaults(run=_close)
    command.add_argument(
        "addresses", metavar="ADDRESS", nargs="+", help=t("the address as the records have it")
    )
    command = commands.add_parser(
        "count",
        help=t("count cases that are never listed into the cells of aggregates.csv"),
    )
    command.add_argument(
        "file", metavar="FILE", help=t("the keeper's cases, a file outside the package")
    )
    command.set_defaults(run=_count)
    command = commands.add_parser(
        "keep",
        help=t("store the present release beside the kept ones, before the next one is made"),
    )
    command.set_defaults(run=_keep)
    sending.add(commands, t)
    command = commands.add_parser(
        "describe",
        help=t("write sizes and hashes of all files into datapackage.json again"),
    )
    command.set_defaults(run=_describe)
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
    command = commands.add_parser(
        "brief",
        help=t("write a brief of a selection as PDF: two pages to file"),
    )
    command.set_defaults(run=_brief)
    command.add_argument("file", metavar="FILE", type=Path, help=t("the PDF to write"))
    command.add_argument(
        "--address",
        default="",
        metavar="ADDRESS",
        help=t("an address of the dashboard, or its filters: data=media&lang=ru"),
    )
    command = commands.add_parser(
        "form",
        help=t("write a form for cases in three languages, for KoboToolbox and ODK (XLSForm)"),
    )
    command.set_defaults(run=_form)
    _out(command, t)
    command = commands.add_parser(
        "template",
        help=t("write a workbook for cases, with drop-downs and a sheet of definitions"),
    )
    command.set_defaults(run=_template)
    _out(command, t)
    command.add_argument(
        "--lang", default=t.code, choices=LANGUAGES, help=t("language of headings and answers")
    )
    command = commands.add_parser(
        "check",
        help=t("say row by row what is wrong with a file of cases, or may be"),
    )
    command.set_defaults(run=_check)
    _check_options(command, t)
    command = commands.add_parser(
        "publish",
        help=t("make the next release from cases: nothing finer than may be published"),
    )
    command.set_defaults(run=_publish)
    _reading_options(command, t, files="*")
    _publish_options(command, t)
    command = commands.add_parser(
        "store",
        help=t("put checked cases into the keeper's own database, or take some out"),
    )
    command.set_defaults(run=_store)
    _reading_options(command, t, files="*")
    storing.options(command, t)
    cubing.add(commands, t)
    return parser


def _publish_options(command: argparse.ArgumentParser, t: Language) -> None:
    command.add_argument(
        "--out",
        required=True,
        metavar="DIR",
        type=Path,
        help=t("the package that gets a new release"),
    )
    command.add_argument(
        "--keys",
        metavar="FILE",
        type=Path,
        help=t(
            "the file that says which record a case became, outside of any package; without it "
            "the database of KEEPER_URL says so"
        ),
    )
    command.add_argument(
        "--reason", default="", metavar="TEXT", help=t("a sentence for the change log")
    )
    command.add_argument(
        "--looked-at",
        default=0,
        type=int,
        metavar="N",
        help=t("how many questions of the check somebody has looked at"),
    )
    command.add_argument(
        "--collected",
        default=[],
        action="append",
        type=checking.collected,
        metavar="DATASET=DAY",
        help=t("media=2026-05-31: the last day of collection, where it has moved"),
    )
    command.add_argument("--dry-run", action="store_true", help=t("write nothing"))


def _reading_options(command: argparse.ArgumentParser, t: Language, files: str = "+") -> None:
    """Add what a keeper may say of files of cases."""
    command.add_argument(
        "files", metavar="FILE", nargs=files, type=Path, help=t("a file of cases, CSV or XLSX")
    )
    command.add_argument(
        "--lang", default=t.code, choices=LANGUAGES, help=t("language of what is said")
    )
    command.add_argument(
        "--format",
        default="",
        choices=[each.NAME for each in sources.SOURCES],
        help=t("whose columns these are"),
    )
    command.add_argument(
        "--names",
        metavar="MAPPING.csv",
        type=Path,
        help=t("a file that says what heads and values mean"),
    )
    command.add_argument("--sheet", default="", metavar="SHEET", help=t("the sheet of the cases"))
    command.add_argument(
        "--header", default=0, type=int, metavar="ROW", help=t("the row of the heads")
    )
    command.add_argument(
        "--encoding", default="", metavar="ENCODING", help=t("such as utf-8 or cp1251")
    )
    command.add_argument(
        "--separator",
        type=checking.separator,
        metavar="CHARACTER",
        help=t("what stands between cells: a comma, a semicolon, a bar, or the word tab"),
    )
    command.add_argument(
        "--dates",
        default=[],
        action="append",
        type=checking.order,
        metavar="COLUMN=ORDER",
        help=t("date=dmy, where day comes before month; mdy, or serial for a spreadsheet's days"),
    )


def _check_options(command: argparse.ArgumentParser, t: Language) -> None:
    _reading_options(command, t)
    command.add_argument(
        "--json", action="store_true", help=t("write an object of JSON per file, for programs")
    )
    command.add_argument(
        "--marked",
        metavar="OUT.xlsx",
        type=Path,
        help=t("write the sheet again, with its problems marked in their cells (of one FILE)"),
    )


def _out(command: argparse.ArgumentParser, t: Language) -> None:
    command.add_argument(
        "--out", required=True, metavar="FILE", type=Path, help=t("the XLSX file to write")
    )


def _withdraw(asked: argparse.Namespace, t: Language) -> int:
    month = f"{datetime.now(UTC):%Y-%m}"
    done = sending.everywhere(lambda folder: withdraw(folder, asked.id, asked.reason, month))
    say("\n".join([*words.withdrawn(asked.id, done, t), *words.in_database(t)]))
    return 0


def _close(asked: argparse.Namespace, t: Language) -> int:
    done = sending.everywhere(lambda folder: close(folder, asked.addresses))
    say("\n".join([*words.closed(done, t), *words.in_database(t)]))
    return 0


def _count(asked: argparse.Namespace, t: Language) -> int:
    done = count(Settings().data, Path(asked.file))
    say("\n".join(words.counted(done, t)))
    return 0


def _keep(_: argparse.Namespace, t: Language) -> int:
    version = keep(Settings().data)
    say(t("Release {release} is kept. The next one may be made now.", release=version))
    return 0


def _describe(_: argparse.Namespace, t: Language) -> int:
    n = describe(Settings().data)
    say(t("Size and hash of {n} files stand in datapackage.json now.", n=n))
    return 0


def _quality(asked: argparse.Namespace, t: Language) -> int:
    package = load(Settings().data)
    say(report(package, t))
    if asked.write:
        path = package.directory / "CHECKING.md"
        path.write_text(written(path.read_text(encoding="utf-8"), package), encoding="utf-8")
    return 0


def _verify(asked: argparse.Namespace, t: Language) -> int:
    found = verify(asked.file, Settings().data)
    say("\n".join(words.answer(found, t)))
    return 0 if found.same else 1


def _brief(asked: argparse.Namespace, t: Language) -> int:
    question = briefing.question(asked.address, Settings().data, t.code)
    if question.problems:
        say("\n".join(words.left_out(question)), sys.stderr)
        return 2
    briefing.write(question, asked.file)
    say("\n".join(words.brief(asked.file, question)))
    return 0


def _form(asked: argparse.Namespace, t: Language) -> int:
    package = load(Settings().data)
    blanks.write(asked.out, as_form(package))
    say("\n".join(blanks.told_of_form(asked.out, package, t)))
    return 0


def _template(asked: argparse.Namespace, t: Language) -> int:
    package = load(Settings().data)
    blanks.write(asked.out, as_template(package, language(asked.lang)))
    say("\n".join(blanks.told_of_template(asked.out, package, t)))
    return 0


def _told(asked: argparse.Namespace) -> Told:
    """Say what a keeper has told of files of cases."""
    return Told(
        source=asked.format,
        encoding=asked.encoding,
        separator=asked.separator or "",
        sheet=asked.sheet,
        header=asked.header,
        dates=dict(asked.dates),
        names=checking.mapping(asked.names),
    )


def _publish(asked: argparse.Namespace, _: Language) -> int:
    gc.set_threshold(checking.MADE)
    wanted = Asked(
        files=asked.files,
        keys=asked.keys,
        team=Settings().keeper_url,
        public=Settings().database,
        told=_told(asked),
        reason=asked.reason,
        looked=asked.looked_at,
        collected=dict(asked.collected),
        dry=asked.dry_run,
    )
    done = publish(asked.out, wanted, datetime.now(UTC).astimezone().date())
    say("\n".join(publishing.lines(done, language(asked.lang))))
    return 0


def _store(asked: argparse.Namespace, _: Language) -> int:
    wanted = storing.Asked(asked.files, _told(asked), asked.take_out, asked.keys, asked.looked_at)
    done = storing.store(wanted, Settings(), datetime.now(UTC).astimezone().date())
    say("\n".join(storing.lines(done, language(asked.lang))))
    return 0


def _check(asked: argparse.Namespace, t: Language) -> int:
    gc.set_threshold(checking.MADE)
    package, t, told = load(Settings().data), language(asked.lang), _told(asked)
    if asked.marked and len(asked.files) > 1:
        raise Refused("several_files")
    reports = [checking.checked(path, package, told, t) for path in asked.files]
    for each in reports:
        say(checking.as_json(each) if asked.json else "\n".join(each.lines))
    if asked.marked and reports[0].readable:
        blanks.write(asked.marked, checking.marked(asked.files[0], package, reports[0]))
    return checking.ends_with(reports)


OF_RECORDS = (_withdraw, _close, _count, _keep, _publish, _store, _check, _verify)
"""What needs the records of a package one by one, in memory: no cube has them so."""


if __name__ == "__main__":
    sys.exit(main())
