"""What a keeper is told: what was done, why nothing was done, and how a file differs."""

from collections.abc import Iterable
from pathlib import Path

from answers import citing, cubing, faults, problems, publishing
from answers.amounts import amount
from answers.question import Question
from answers.surfaces.brief import Brief
from answers.words import closed_since
from incidents import cells
from incidents.schema import visible
from keeper.closing import Closing
from keeper.counting import Counting
from keeper.verification import Cell, Comparison, NotComparable
from keeper.withdrawal import Refused, Withdrawal
from loaders.held import Held, Unusable
from loaders.language import Language
from loaders.package import Faults
from loaders.settings import Settings

SHOWN = 20
"""How many differences of one kind are named one by one."""
LONGEST = 60
"""How much of a cell is shown."""


def refusal(problem: Exception, t: Language, *, asked: tuple[str, str], reads: bool) -> str:
    """Say in one sentence why nothing was done.

    `asked` are the record and the reason that were given; `reads`: the command only reads a file.
    """
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
        return _refused(problem, *asked, t)
    if isinstance(problem, Unusable):
        return " ".join((t("Nothing was changed."), faults.unusable(problem.why, t)))
    if isinstance(problem, NotComparable):
        return _not_comparable(problem, t)
    if isinstance(problem, FileExistsError):
        return t("Nothing was written: the present release is kept already.")
    if reads:
        return t("The file could not be read: {error}.", error=str(problem))
    return t("The files could not be written: {error}.", error=str(problem))


def left_out(asked: Question) -> list[str]:
    """Say which values of an address cannot be read, so that nothing was written."""
    said = (visible(each["detail"]) for each in problems.told(asked))
    return [asked.t("Nothing was written: the address cannot be read."), *said]


def brief(path: Path, asked: Question) -> list[str]:
    """Say what was written, of how many records, and whether its link leads anywhere."""
    t, counted = asked.t, amount(asked.subset.n, "incidents", asked.t)
    written = t("{file}: a brief of {amount}.", file=path.name, amount=counted)
    linked = citing.without_host(asked.answer(Brief).citation, t)
    return [written, linked] if linked else [written]


def _refused(problem: Refused, incident_id: str, reason: str, t: Language) -> str:
    """Say why a record was not withdrawn, or cases were not counted."""
    return {
        "unknown_record": t("There is no record {id} in this package.", id=incident_id),
        "already_withdrawn": t("The record {id} is already withdrawn.", id=incident_id),
        "unknown_reason": t(
            "There is no reason “{reason}”; the codes are: {codes}.",
            reason=reason,
            codes=", ".join(problem.known),
        ),
        "file_exists": t(
            "Nothing was written: {file} exists already, and may hold cases. Choose another name.",
            file=", ".join(problem.known),
        ),
        "not_written": t(
            "The files could not be written: {error}.", error=", ".join(problem.known)
        ),
        "unknown_address": t("No record leads to this address."),
        "failed": t(
            "The check failed, and the fault is ours ({error}). Tell us, without the file.",
            error=", ".join(problem.known),
        ),
        "several_files": t("Nothing was done: one file can be marked at a time."),
        "bad_mapping": t(
            "The mapping cannot be used: see its row {row}. Its form is that of "
            "loaders/sources/own.csv.",
            row=", ".join(problem.known),
        ),
        "inside_package": t(
            "Nothing was written: a file of cases inside the package would be published. Keep "
            "it elsewhere."
        ),
        "missing_columns": t(
            "Nothing was written: the file lacks the columns {columns}.",
            columns=", ".join(problem.known),
        ),
        **_not_sent(problem.known, t),
        "unknown_codes": t(
            "Nothing was written: codes that are not in the codebook, in the rows {rows}.",
            rows=", ".join(problem.known),
        ),
        **publishing.refusals(", ".join(problem.known), t),
        **cubing.refusals(problem.known, t),
    }[problem.why]


def _not_sent(known: list[str], t: Language) -> dict[str, str]:
    """Say why releases were not put in the place of others, in the database or in a folder."""
    first, last = (*known, "", "")[:2]
    return {
        "no_database": t("INCIDENTS_URL is not set: it names the database of releases."),
        "one_database": t(
            "Nothing was changed: INCIDENTS_URL and KEEPER_URL lead to one database. What is never "
            "published needs another, with another account."
        ),
        "brings_back": t(
            "Nothing was changed: a record that was withdrawn would come back. Withdraw it on both "
            "sides first, or bring the others here: python -m keeper pull."
        ),
        "opens_again": t(
            "Nothing was changed: links that were closed would be open again, in {releases}. Close "
            "them on both sides first.",
            releases=", ".join(known),
        ),
        "older_release": t(
            "Nothing was changed: release {ours} is older than {theirs}, which stands there.",
            ours=first,
            theirs=last,
        ),
        "taken": t(
            "Nothing was changed: releases {releases} stand there with other content, or would go. "
            "Give new content a new version (keep the old one first: python -m keeper keep). If "
            "they changed because something was withdrawn or closed, repeat this with "
            "--replaces {state}.",
            releases=first,
            state=last,
        ),
        "half_done": t(
            "The files are changed; whether the database is, is not known, since it went away. "
            "Give the same command again until it no longer says this."
        ),
    }


def pushed(held: Held, t: Language, *, changed: bool) -> str:
    """Say what the database holds now."""
    if not changed:
        return t("The database holds release {release} as it is already.", release=held.present)
    return t(
        "The database shows release {release} now; kept releases: {n}.",
        release=held.present,
        n=len(held.releases) - 1,
    )


def pulled(held: Held, folder: Path, t: Language, *, changed: bool) -> str:
    """Say what a folder holds now."""
    if not changed:
        return t("The folder holds release {release} as it is already.", release=held.present)
    return t(
        "Release {release} stands in {folder} now; kept releases: {n}.",
        release=held.present,
        n=len(held.releases) - 1,
        folder=folder.name,
    )


def in_database(t: Language) -> list[str]:
    """Say that the database was changed with the files, where there is one."""
    if not Settings().database:
        return []
    return [
        t(
            "It is gone from the database of releases too. How long it stays in logs and backups: "
            "docs/database.md."
        )
    ]


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


def answer(found: Comparison, t: Language) -> list[str]:
    """Say whether a file is the cited one, or everything that differs."""
    mark = t("Fingerprint of the file: {fingerprint}", fingerprint=found.fingerprint)
    if found.same:
        return [*_unchanged(found, t), mark]
    cells = [*found.changed, *found.mislabelled]
    changed = [_cell(cell, t) for cell in cells[:SHOWN]]
    if len(cells) > SHOWN:
        changed.append(t("{n} more", n=len(cells) - SHOWN))
    return [_difference(found, t), *_kinds(found, t), *changed, mark]


def _unchanged(found: Comparison, t: Language) -> Iterable[str]:
    yield t.plural(
        "Yes: the file holds the {n} record of this view in release {release}, unchanged.",
        "Yes: the file holds the {n} records of this view in release {release}, unchanged.",
        found.n,
        release=found.release,
    )
    if found.release != found.present:
        yield t("The present release is {release}.", release=found.present)


def _difference(found: Comparison, t: Language) -> str:
    """Say first what kind of difference there is."""
    if found.holds_the_cited:
        return t(
            "The codes are those of this view in release {release}, but labels or links beside "
            "them were changed.",
            release=found.release,
        )
    if found.by_spreadsheet:
        return t(
            "The same records as in this view of release {release}: no fact differs, a spreadsheet "
            "wrote dates or numbers anew.",
            release=found.release,
        )
    if found.by_withdrawal:
        return t(
            "Differs from this view in release {release} only by what was withdrawn or closed "
            "since.",
            release=found.release,
        )
    return t("Differs from this view in release {release}.", release=found.release)


def _kinds(found: Comparison, t: Language) -> Iterable[str]:
    """Name what differs, one line for each kind of difference."""
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
    yield from (f"{text} {_listed(names, t)}" for text, names in listed.items() if names)
    if found.closed:
        yield closed_since(len(found.closed), t)
    if found.rewritten:
        yield t(
            "Written anew, with the same meaning: {n} cells of the columns {columns}.",
            n=len(found.rewritten),
            columns=", ".join(dict.fromkeys(cell.column for cell in found.rewritten)),
        )
    if found.by_spreadsheet:
        yield t("Fingerprint of the cited file: {fingerprint}", fingerprint=found.cited)


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


def withdrawn(incident_id: str, done: Withdrawal, t: Language) -> list[str]:
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
    if done.unlisted:
        said.append(
            t(
                "No other record leads to its publisher, whose row was taken out of "
                "publishers.csv in: {releases}.",
                releases=", ".join(done.unlisted),
            )
        )
    said.append(t("The package was checked: it loads."))
    return [*said, _history(t)]


def closed(done: Closing, t: Language) -> list[str]:
    """Say what was done, and what is left to the keeper."""
    return [
        t.plural(
            "{n} row leads there no more, in: {releases}. All else of it stays.",
            "{n} rows lead there no more, in: {releases}. All else of them stays.",
            done.rows,
            releases=", ".join(done.releases),
        ),
        t("The package was checked: it loads."),
        _history(t),
    ]


def _history(t: Language) -> str:
    return t(
        "Git history and copies already taken keep the record: rewrite the history next "
        "(git filter-repo)."
    )


def counted(done: Counting, t: Language) -> list[str]:
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
