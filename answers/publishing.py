"""What is said of a release in the making: to the keeper, and to readers in the change log.

The keeper is told of rows of files, never of a number, an identifier or a cell: a row beside an
identifier is what the keys hold.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from answers.faults import fault_rules
from loaders.language import Language, language
from loaders.package import Package

NAMED = 10
"""How many rows are named of each reason."""
ENTRY = re.compile(r"^## ", re.MULTILINE)
"""How an entry of a change log begins."""


@dataclass(frozen=True)
class Publishing:
    """What was done with the cases, in numbers and in rows of the keeper's own files.

    `before` is the present release and `release` the next one, empty where nothing changes.
    `mended` counts by rule the cases that broke it and do not any more, `held` names the rows that
    are not published by reason, `regions` counts the cases that name none since too few share it,
    `counted` those that are counted and never listed. `listed` are the numbers of records added and
    corrected that are not protected. A `dry` run has written nothing.
    """

    before: str
    release: str = ""
    cases: int = 0
    added: int = 0
    corrected: int = 0
    regions: int = 0
    counted: int = 0
    listed: tuple[int, int] = (0, 0)
    mended: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, list[str]] = field(default_factory=dict)
    dry: bool = False


def entry(
    done: Publishing,
    moved: Mapping[str, pd.Timestamp],
    reason: str,
    package: Package,
    today: date,
    code: str,
) -> str:
    """Write the entry of a release for the change log of a language.

    `moved` is the last day of collection by dataset, where that is another one.
    """
    t = language(code)
    lines = []
    if any(done.listed):
        lines.append(_amounts(done, t))
    lines += [
        t(
            "{dataset}: collected to {day}.",
            dataset=package.codebook.label("datasets", name, code),
            day=t.day(day),
        )
        for name, day in moved.items()
    ]
    lines += filter(None, [reason])
    lines.append(t("Release {release} is kept.", release=done.before))
    items = "\n".join(f"- {line}" for line in lines)
    return f"## {done.release} ({t.day(today)})\n\n{items}\n"


def with_entry(log: str, entry: str) -> str:
    """Put an entry before all others of a change log."""
    found = ENTRY.search(log)
    at = found.start() if found else len(log)
    return f"{log[:at]}{entry}\n{log[at:]}"


def _amounts(done: Publishing, t: Language) -> str:
    """Say how many records were added and corrected; of protected ones nothing is told."""
    added, corrected = done.listed
    said = (
        t.plural("{n} record was added.", "{n} records were added.", added) if added else "",
        t.plural("{n} record was corrected.", "{n} records were corrected.", corrected)
        if corrected
        else "",
        t("Protected records are not counted here."),
    )
    return " ".join(filter(None, said))


def lines(done: Publishing, t: Language) -> Iterator[str]:
    """Say what was done, and with which rows."""
    if not done.release:
        yield t("Nothing changes: release {release} says all this already.", release=done.before)
    elif done.dry:
        yield t("A trial: nothing is written. It would be release {release}.", release=done.release)
    else:
        yield t(
            "Release {release} is made; {before} is kept.", release=done.release, before=done.before
        )
    waiting = sum(map(len, done.held.values()))
    yield t(
        "Cases: {n}. New records: {added}, corrected: {corrected}, as they were: {same}, "
        "held back: "
        "{held}.",
        n=done.cases,
        added=done.added,
        corrected=done.corrected,
        same=done.cases - done.added - done.corrected - waiting,
        held=waiting,
    )
    for rule, n in done.mended.items():
        yield t(
            "Made coarser in {n}: {rule}",
            n=t.plural("{n} case", "{n} cases", n),
            rule=fault_rules(t)[rule][0],
        )
    if done.regions:
        yield t(
            "Without a region, since fewer than three new ones of a year share it: {n}.",
            n=t.plural("{n} case", "{n} cases", done.regions),
        )
    for reason, rows in done.held.items():
        yield t("Held back. {why} Rows: {rows}", why=_waiting(t)[reason], rows=_rows(rows))
    if done.counted:
        yield t("Counted, never listed: {n}.", n=t.plural("{n} case", "{n} cases", done.counted))
    if done.release:
        yield t(
            "Read statements.csv and CHANGELOG.md once more, and give new texts their translations "
            "in translations.csv."
        )


def _rows(rows: Iterable[str]) -> str:
    named = list(rows)
    return ", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else "")


def _waiting(t: Language) -> dict[str, str]:
    """Word why a case is held back."""
    return {
        "consent": t("There is no consent to publish."),
        "aggregate_only": t("Such cases are counted and never listed."),
        "sensitive": t(
            "Somebody could be harmed: make it protected, or answer no to that question."
        ),
        "not_in_english": t("The text is not in English, in which records are published."),
        "not_collected_yet": t("It lies after the last day of collection (--collected)."),
        "protected_delay": t("A protected case waits until its year is over for 90 days."),
    }


def refusals(known: str, t: Language) -> dict[str, str]:
    """Say why nothing is published, and what to do. `known` are rows, files or codes."""
    return {
        "not_passed": t(
            "Nothing was written: errors stand in {file}. See `python -m keeper check`.", file=known
        ),
        "not_read": t(
            "Nothing was written: no case could be read in {file}. See `python -m keeper check`.",
            file=known,
        ),
        "not_redistributable": t(
            "Nothing was written: the rows of {file} may not be passed on by its terms of "
            "use. Count "
            "them for yourself.",
            file=known,
        ),
        "no_number": t(
            "Nothing was written: give each case a number of your own. Rows: {rows}", rows=known
        ),
        "number_twice": t(
            "Nothing was written: two cases have one number. Rows: {rows}", rows=known
        ),
        "other_dataset": t(
            "Nothing was written: these cases are published in another dataset. Withdraw their "
            "records, and give the cases new numbers. Rows: {rows}",
            rows=known,
        ),
        "questions": t(
            "Nothing was written: the check asks {n} questions about these cases. Look at "
            "each, then "
            "add --looked-at {n}.",
            n=known,
        ),
        "withdraw_first": t(
            "Nothing was written: published records tell what may not be told any more. Withdraw "
            "them first; the keys say which. Rows: {rows}",
            rows=known,
        ),
        "close_first": t(
            "Nothing was written: published records lead to pages that shall lead nowhere. Close "
            "them first (`python -m keeper close`). Rows: {rows}",
            rows=known,
        ),
        "counted_fewer": t(
            "Nothing was written: fewer cases are counted than before. Give all files of "
            "such cases."
        ),
        "kept_differs": t(
            "Nothing was written: release {release} is kept already and differs from the present "
            "files. Give these another number.",
            release=known,
        ),
        "reason_tells": t("Nothing was written: the reason holds personal data, and is published."),
        "unknown_dataset": t("Nothing was written: there is no dataset {names}.", names=known),
        "bad_collection": t(
            "Nothing was written: the last day of collection lies before the present one, or after "
            "today ({names}).",
            names=known,
        ),
        "in_use": t(
            "Nothing was written: somebody else is publishing. Try again when that is done."
        ),
        "no_keys": t(
            "Nothing was written: where the keys stand is not told. Give --keys FILE, or set "
            "KEEPER_URL."
        ),
        "no_cases": t(
            "Nothing was written: name files of cases, or store cases first (python -m keeper "
            "store) and leave out --keys."
        ),
        "no_store": t("KEEPER_URL is not set: it names the keeper's own database."),
        "unknown_case": t(
            "Nothing was changed: the keeper's own database holds no case of such a number."
        ),
        "keys_in_package": t(
            "Nothing was written: the keys would be published. Keep them outside of any package."
        ),
        "keys_in_git": t(
            "Nothing was written: the keys would stand in a git repository. Keep them elsewhere."
        ),
        "keys_nowhere": t(
            "Nothing was written: there is no folder for the keys. Make one that you alone "
            "can read."
        ),
        "keys_readable": t(
            "Nothing was written: others could read the keys. Take their rights away: chmod "
            "700 for "
            "the folder, 600 for the file."
        ),
        "keys_broken": t(
            "Nothing was written: this is no whole file of keys. Restore your backup of it."
        ),
        "keys_missing": t(
            "Nothing was written: records were published with keys, and there is no such file. "
            "Restore your backup of it: new keys would give old cases new identifiers."
        ),
        "keys_older": t(
            "Nothing was written: these keys are older than the release. Restore the backup "
            "that was "
            "made after it."
        ),
        "keys_of_another": t("Nothing was written: these are the keys of another package."),
    }
