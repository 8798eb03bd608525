"""The cases of a keeper's files, read and held to the rules, each under its number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pandas as pd

from incidents.publishing import EMPTIED, MENDED, WAITING
from incidents.schema import COLUMNS
from incidents.screening import QUESTIONS, Found
from keeper.withdrawal import Refused
from loaders import sources
from loaders.checking import Checked, check
from loaders.package import Package
from loaders.sources import Cases, Told
from loaders.sources.names import SUBMISSION

NUMBERS = ("case_number", "incident_id", SUBMISSION)
"""Where a case may bear the keeper's number, the best first."""
OF_A_FILE = -1
"""Stands for the row of a question that is about no single one."""
NAMED = 5
"""How many rows a refusal names."""


@dataclass(frozen=True)
class Gathered:
    """The cases of all files, a row each.

    `cases` has the columns of a file of incidents and `dataset`, `number`, `sensitive`, the columns
    that the file `has`, and the `file` and `row` where the case stands; `incident_id` is that of
    its record, or drawn for it, empty where there is none yet. `asked` names the rows that the
    check asks about, by their index, as often as it does (`OF_A_FILE` where it is of no row), and
    `mended` the rules that rows break and publishing mends.
    """

    cases: pd.DataFrame = field(repr=False)
    asked: Sequence[int]
    mended: Mapping[int, frozenset[str]]

    def where(self, at: Iterable[int]) -> list[str]:
        """Name rows as their files do."""
        rows = self.cases.loc[list(at), ["file", "row"]].itertuples(index=False)
        return [f"{file}: {row}" for file, row in rows]


@dataclass(frozen=True, eq=False)
class Part:
    """Cases that were read together, and the `file` and `row` where each of them `stands`."""

    cases: Cases
    stands: pd.DataFrame = field(repr=False)

    @property
    def numbers(self) -> pd.Series:
        """Give the number of each case; empty where it has none."""
        rows = self.cases.rows
        numbers = pd.Series("", index=rows.index, dtype=object)
        for column in NUMBERS:
            if column in rows:
                numbers = numbers.where(numbers != "", rows[column])
        return numbers


def of_file(path: Path, package: Package, told: Told) -> Part:
    """Read a file. Raises `Refused` where it holds no case, or a case has no number."""
    cases = sources.read(path, package, told)
    if cases.rows.empty:
        raise Refused("not_read", [path.name])
    if not cases.decided.redistributable:
        raise Refused("not_redistributable", [path.name])
    rows = cases.rows.astype(object)
    stands = pd.DataFrame({"file": path.name, "row": rows.index}, index=rows.index)
    part = Part(replace(cases, rows=rows), stands)
    numbers = part.numbers
    if bare := list(rows.index[numbers == ""]):
        raise Refused("no_number", [f"{path.name}: {row}" for row in bare[:NAMED]])
    return part


def gathered(
    parts: Iterable[Part], package: Package, ids: Mapping[str, str], today: date
) -> Gathered:
    """Check cases. `ids` are identifiers by the keeper's number.

    Raises `Refused` where a case does not pass.
    """
    tables: list[pd.DataFrame] = []
    asked: list[int] = []
    mended: dict[int, frozenset[str]] = {}
    begins = 0
    for part in parts:
        found, table = _one(part, package, ids, today)
        at = dict(zip(table.index, range(begins, begins + len(table)), strict=True))
        begins += len(table)
        tables.append(table)
        asked += [at.get(row, OF_A_FILE) for row in _questions(found, table)]
        mended |= {at[row]: rules for row, rules in _mended(found).items()}
    cases = pd.concat(tables, ignore_index=True)
    whole = Gathered(cases, asked, mended)
    again = cases["number"].duplicated(keep=False)
    again |= (cases["incident_id"] != "") & cases["incident_id"].duplicated(keep=False)
    if twice := list(cases.index[again]):
        raise Refused("number_twice", whole.where(twice[:NAMED]))
    held = package.incidents.frame.set_index("incident_id")["dataset"].astype(str)
    before = cases["incident_id"].map(held)
    if moved := list(cases.index[before.notna() & (before != cases["dataset"])]):
        raise Refused("other_dataset", whole.where(moved[:NAMED]))
    return whole


def _one(
    part: Part, package: Package, ids: Mapping[str, str], today: date
) -> tuple[Checked, pd.DataFrame]:
    cases, numbers = part.cases, part.numbers
    rows = cases.rows
    records = set(package.incidents.frame["incident_id"])
    known = {**{name: name for name in records}, **ids}
    named = {"incident_id": numbers.map(known).fillna(numbers)}
    if "same_event" in rows:
        named["same_event"] = rows["same_event"].map(known).fillna(rows["same_event"])
    rows = rows.assign(**named)
    found = check(replace(cases, rows=rows), package, today)
    _pass(part, found)
    whole = rows.reindex(columns=["dataset", *COLUMNS], fill_value="")
    category = package.codebook.column("categories", "dataset")
    return found, whole.assign(
        dataset=whole["dataset"].where(whole["dataset"] != "", whole["category"].map(category)),
        incident_id=numbers.map(known).fillna(""),
        number=numbers,
        sensitive=rows.get("sensitive", pd.Series("", index=rows.index)) == "yes",
        has=[frozenset(cases.rows.columns)] * len(whole),
        file=part.stands["file"],
        row=part.stands["row"],
    )


def _pass(part: Part, found: Checked) -> None:
    """Refuse a file with errors that publishing does not mend. Raises `Refused`."""
    errors = [each for each in found.found if _is_error(each, found)]
    unread = [each for each in part.cases.problems if each.rule not in QUESTIONS]
    if errors or unread:
        files = part.stands["file"].reindex([each.row for each in errors]).dropna()
        raise Refused("not_passed", sorted({*files}) or [part.cases.file])


def _is_error(found: Found, checked: Checked) -> bool:
    """Say whether something stands in the way; a number twice is looked for in all files."""
    gone = found.row in checked.protected and found.column in EMPTIED
    return found.rule not in QUESTIONS | MENDED | WAITING | {"duplicate_id"} and not gone


def _questions(found: Checked, part: pd.DataFrame) -> list[int]:
    """Name the rows that somebody has to look at, once a question.

    A record is like itself, and what a protected one does not tell needs no look.
    """
    own = part["incident_id"]
    rows = [found.cases.row(each) for each in found.cases.problems]
    rows += [
        each.row
        for each in found.found
        if each.rule in QUESTIONS
        and not (each.row in found.protected and each.column in EMPTIED)
        and not (each.rule == "alike" and own[each.row] == each.other)
    ]
    return rows


def _mended(found: Checked) -> dict[int, frozenset[str]]:
    rules: dict[int, set[str]] = {}
    for each in found.found:
        if each.rule in MENDED:
            rules.setdefault(each.row, set()).add(each.rule)
    return {row: frozenset(names) for row, names in rules.items()}
