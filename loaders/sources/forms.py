"""What comes back from forms for telephones: groups in heads, answers in columns, repeats.

Names and labels of our own form are those of `incidents.intake`. Two programs write such files,
each in its own manner (`Manner`).
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from incidents.codebook import LANGUAGES
from incidents.intake import PARTS
from incidents.schema import SEVERAL
from loaders.language import language
from loaders.sources import own
from loaders.sources.cases import REPEATED, Problem
from loaders.sources.heading import Added, Table, known_heads, table
from loaders.sources.names import SUBMISSION, Names, plain
from loaders.sources.source import Arranged, Given

TICKED = frozenset(("0", "1"))
"""What stands in the column of one answer of several."""
POINT = re.compile(r"-?\d+(\.\d+)? -?\d+(\.\d+)?( -?\d+(\.\d+)?){0,2}")
"""A point in one cell; latitude and longitude stand beside it in columns of their own."""
GEOPOINT = re.compile(r"_.*_(latitude|longitude|altitude|precision)")
OF_A_SOURCE = frozenset(("source_name", "link", "source_url", "source_published"))
"""What the second source of a record may tell beside its address, and a record does not hold."""


@dataclass(frozen=True)
class Manner:
    """How a program writes.

    `paths` may stand between a group and its question, `answers` between a question and one of its
    answers; below `key` stands the key of a row, below `parent` that of the row it belongs to.
    """

    paths: tuple[str, ...]
    answers: tuple[str, ...]
    key: str
    parent: str


@cache
def names() -> Names:
    """Give what the names and the labels of our form mean; what nothing asks for stays unread."""
    every = [item for part in PARTS for item in (*part.items, part.times) if item]
    said = {
        plain(text): item.name if item.read else ""
        for item in sorted(every, key=lambda item: item.read)  # what is read counts last
        for text in (item.name, *(language(code)(item.label) for code in LANGUAGES))
    }
    return own.names() | Names(said, spaced=True)


def arranged(table: Table, given: Given, manner: Manner) -> Arranged:
    """Read the heads with their groups, and put answers in columns and repeats beside the table."""
    ticked = _ticked(table, given.names, manner)
    table = _ungrouped(table, given.names, manner)
    table = _with_chosen(table, ticked)
    return _with_repeats(table, given, manner)


def submitted(table: Table, head: str) -> Table:
    """Keep by what the server knows each answered form, where the table names the case by no more.

    That is the number of a case whose keeper gave it none.
    """
    return table.beside(SUBMISSION, head, table.below(head))


def asked(
    table: Table, file: str, head: str, values: Collection[str], rule: str
) -> Iterator[Problem]:
    """Ask about the rows that have one of some values below a head."""
    where = table.origin(head).where
    rows = table.below(head).items()
    return (Problem(rule, where(file, row + 1), "", cell) for row, cell in rows if cell in values)


def _meaning(head: str, names: Names, manner: Manner) -> str | None:
    """Say what a head means, without the groups before it; empty where it is not ours."""
    known = known_heads(names)
    for between in manner.paths:
        parts = head.split(between)
        for n in range(len(parts)):
            if (tail := plain(between.join(parts[n:]))) in known:
                return known[tail]
        if found := GEOPOINT.fullmatch(parts[-1]):
            return {"latitude": "latitude", "longitude": "longitude"}.get(found[1])
    return ""


def _ungrouped(table: Table, names: Names, manner: Manner) -> Table:
    meant = [
        _meaning(head, names, manner) if column == "" else column
        for head, column in zip(table.heads, table.columns, strict=True)
    ]
    points = {at for at, column in enumerate(meant) if column == "place" and _is_point(table, at)}
    return replace(
        table, columns=tuple(None if at in points else name for at, name in enumerate(meant))
    )


def _is_point(table: Table, at: int) -> bool:
    cells = table.cells(at).values()
    return bool(cells) and all(POINT.fullmatch(cell) for cell in cells)


Ticked = dict[str, dict[int, str]]
"""By column of ours, the columns of the sheet with one answer each, and that answer."""


def _ticked(table: Table, names: Names, manner: Manner) -> Ticked:
    found: Ticked = {}
    for at, head in enumerate(table.heads):
        for question, answer in _divided(head, manner):
            column = _meaning(question, names, manner) or ""
            if column in SEVERAL and set(table.cells(at).values()) <= TICKED:
                found.setdefault(column, {})[at] = answer
                break
    return found


def _divided(head: str, manner: Manner) -> Iterator[tuple[str, str]]:
    """Give every way to take a head for a question and one of its answers."""
    for between in manner.answers:
        parts = head.split(between)
        for n in range(1, len(parts)):
            yield between.join(parts[:n]), between.join(parts[n:])


def _with_chosen(table: Table, ticked: Ticked) -> Table:
    """Put single answers together; the column that repeats them in one cell is not needed then."""
    single = {at for columns in ticked.values() for at in columns}
    repeated = {at for at, column in enumerate(table.columns) if column in ticked}
    columns = (
        None if at in single | repeated else column for at, column in enumerate(table.columns)
    )
    return replace(
        table,
        columns=tuple(columns),
        added=tuple(_chosen(table, column, answers) for column, answers in ticked.items()),
        taken=frozenset(single | repeated),
    )


def _chosen(table: Table, column: str, answers: Mapping[int, str]) -> Added:
    cells: dict[int, str] = {}
    for at, answer in answers.items():
        for row, cell in table.cells(at).items():
            if cell == "1":
                cells[row] = f"{cells[row]};{answer}" if row in cells else answer
    return Added(column, cells, table.origin(min(answers)))


def _with_repeats(main: Table, given: Given, manner: Manner) -> Arranged:
    """Put the rows of every repeat beside the row of the case that they belong to."""
    problems: list[Problem] = []
    unread: dict[str, str] = {}
    known = known_heads(given.names)
    sheets = [each for each in given.sheets if each.rows and manner.parent in each.rows[0]]
    repeats = [_ungrouped(table(sheet, (0,), known), given.names, manner) for sheet in sheets]
    for rows in repeats:
        if _is_nested(rows, {sheet.name for sheet in sheets}, manner):
            rows = replace(rows, columns=tuple(name and "" for name in rows.columns))
        unread |= _left(rows)
        repeat = _repeat(main, rows, given.file, manner)
        main = replace(main, added=(*main.added, *repeat.added()))
        problems += [*repeat.problems, *repeat.left()]
    return Arranged(main, tuple(problems), unread)


def _is_nested(rows: Table, repeats: Collection[str], manner: Manner) -> bool:
    """Say whether a repeat belongs to another one, and not to the case.

    Kobo names the other sheet; the keys of ODK are those of the other repeat, such as
    `uuid:…/child[2]`.
    """
    of = rows.below("_parent_table_name").values()
    return any(name in repeats for name in of) or any(
        "/" in key for key in rows.below(manner.parent).values()
    )


def _left(table: Table) -> dict[str, str]:
    """Give the heads of a repeat that stay unread, by sheet and letter."""
    pairs = enumerate(zip(table.heads, table.columns, strict=True))
    name, letter = table.sheet.name, table.sheet.letter
    return {f"{name}!{letter(at)}": head for at, (head, column) in pairs if column == "" and head}


@dataclass(frozen=True)
class Repeat:
    """The rows of a repeat, by the row of the case that each belongs to; all from 0.

    A record has one source and the address of a second: what more there is, is asked about.
    """

    table: Table
    file: str
    of: Mapping[int, list[int]]
    problems: tuple[Problem, ...] = ()

    @property
    def columns(self) -> dict[str, int]:
        """The columns of ours, and the first column of the sheet that is each."""
        pairs = reversed([*enumerate(self.table.columns)])
        return {name: at for at, name in pairs if name}

    def cell(self, row: int, at: int) -> str:
        """Give a cell without blank ends."""
        cells = self.table.sheet.rows[row]
        return cells[at].strip() if at < len(cells) else ""

    def ask(self, rule: str, row: int, at: int, case: int = 0) -> Problem:
        """Ask about a cell; `case` is the row of its case, from 1, where it has one."""
        where = self.table.origin(at).where(self.file, row + 1)
        return Problem(rule, where, "", self.cell(row, at)[:REPEATED], case=case)

    def added(self) -> Iterator[Added]:
        """Give the columns of the cases: all codes, a second source, the first of all else."""
        for column, at in self.columns.items():
            several = column in SEVERAL
            yield self._column(
                column, at, {case: rows if several else rows[:1] for case, rows in self.of.items()}
            )
        if "source_url" in self.columns:
            pairs = ((case, self._second(rows)) for case, rows in self.of.items())
            second = {case: rows for case, rows in pairs if rows}
            yield self._column("second_source_url", self.columns["source_url"], second)

    def _column(self, column: str, at: int, rows: Mapping[int, list[int]]) -> Added:
        texts = {
            case: ";".join(filter(None, (self.cell(row, at) for row in its)))
            for case, its in rows.items()
        }
        stands = {case + 1: its[0] + 1 for case, its in rows.items()}
        return Added(column, texts, replace(self.table.origin(at), rows=stands))

    def _second(self, rows: list[int]) -> list[int]:
        """Give the second source, in a list; it counts only with its address."""
        at = self.columns.get("source_url")
        return [] if at is None else [row for row in rows[1:] if self.cell(row, at)][:1]

    def left(self) -> Iterator[Problem]:
        """Ask about the rows that say what a record has no room for."""
        single = {column: at for column, at in self.columns.items() if column not in SEVERAL}
        beside = {at for column, at in single.items() if column not in OF_A_SOURCE}
        for case, rows in self.of.items():
            second = self._second(rows)
            for row in rows[1:]:
                asked = beside if row in second else single.values()
                if (at := next((at for at in asked if self.cell(row, at)), None)) is not None:
                    yield self.ask("repeat_left", row, at, case + 1)


def _repeat(main: Table, rows: Table, file: str, manner: Manner) -> Repeat:
    """Find the case of every row of a repeat; one that fills no column needs none."""
    if not any(rows.columns):
        return Repeat(rows, file, {})
    cases = {key: row for row, key in main.below(manner.key).items()}
    of: dict[int, list[int]] = {}
    alone = []
    for row, key in rows.below(manner.parent).items():
        if key in cases:
            of.setdefault(cases[key], []).append(row)
        else:
            alone.append(row)
    found = Repeat(rows, file, of)
    at = rows.at(manner.parent) or 0
    return replace(found, problems=tuple(found.ask("no_parent", row, at) for row in alone))
