"""The columns of a table as they are read: cell by cell, with a question where one cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import eq
from typing import Any

from incidents.codebook import Codebook
from incidents.schema import SEVERAL
from loaders.downloads import as_it_was
from loaders.sources.cases import REPEATED, Problem, Where
from loaders.sources.heading import Table
from loaders.sources.names import Names, Words, plain
from loaders.sources.sheets import letters, too_long
from loaders.sources.text import LOST


@dataclass(frozen=True)
class Read:
    """What a cell was read as; or else the rule, what may be meant, and of which part."""

    value: Any = None
    rule: str = ""
    among: tuple[str, ...] = ()
    part: str = ""


BLANK = Read()
Convert = Callable[[str], Read]
Same = Callable[[Any, Any], bool]


@dataclass
class Columns:
    """The rows of a table that hold something, and the problems found in them so far.

    Rows are counted among these, from 0; `numbers` are theirs in the sheet, from 1.
    """

    table: Table
    book: Codebook
    names: Names
    file: str
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Part the rows that hold something from those that do not."""
        body = list(self.table.body())
        kept = [(number, row) for number, row in body if not self.table.skips(row)]
        self.numbers = [number + 1 for number, _ in kept]
        self.rows = [row for _, row in kept]
        taken = set(self.numbers)
        self.skipped = tuple(n + 1 for n, _ in body if n + 1 not in taken)
        self.asked: set[tuple[int, str]] = set()
        self._ends()

    @property
    def named(self) -> tuple[str, ...]:
        """The columns of ours that the table has."""
        return tuple(dict.fromkeys(name for name in self.table.columns if name))

    def positions(self, column: str) -> list[int]:
        """Say which columns of the sheet, from 0, are one of ours."""
        return [at for at, name in enumerate(self.table.columns) if name == column]

    def letter(self, *columns: str) -> str:
        """Name the column of the sheet of the first of ours that it has."""
        return next((letters(at) for name in columns for at in self.positions(name)), "")

    def cell(self, row: int, at: int) -> str:
        """Give a cell as it stands; empty where the row has ended."""
        cells = self.rows[row]
        return cells[at] if at < len(cells) else ""

    def ask(self, row: int, at: int, column: str, read: Read) -> None:
        """Ask about a cell."""
        self.asked.add((row, column))
        where = Where(self.file, self.table.sheet.name, self.numbers[row], letters(at))
        value = (read.part or self.cell(row, at))[:REPEATED]
        self.problems.append(Problem(read.rule, where, column, value, read.among))

    def _ends(self) -> None:
        """Name the rows that go on where the header has ended: their cells may stand elsewhere."""
        width = len(self.table.columns)
        for row, cells in enumerate(self.rows):
            beyond = [at for at in range(width, len(cells)) if cells[at].strip()]
            if beyond:
                self.ask(row, beyond[0], "", Read(rule="row_too_long"))

    def unread(self) -> dict[str, str]:
        """Give the heads of the columns that nothing reads, by letter; one without a head, too."""
        heads = enumerate(zip(self.table.heads, self.table.columns, strict=True))
        return {
            letters(at): head
            for at, (head, column) in heads
            if not column and (head.strip() or any(row[at : at + 1] for row in self.rows))
        }

    def read(self, column: str, convert: Convert, same: Same = eq) -> list[Any]:
        """Read a column of ours; where two of the sheet are it, they must say the same."""
        first: list[Any] = [None] * len(self.rows)
        for at in self.positions(column):
            asked = False
            for row, its in enumerate(list(self._cells(column, at, convert))):
                differs = None not in (first[row], its) and not same(first[row], its)
                if differs and not asked:
                    asked = True
                    self.ask(row, at, column, Read(rule="column_twice"))
                first[row] = its if first[row] is None else first[row]
        return first

    def _cells(self, column: str, at: int, convert: Convert) -> Iterator[Any]:
        told = {value: code for (name, value), code in self.names.values.items() if name == column}

        @cache
        def read(text: str) -> Read:
            code = told.get(plain(text))
            return convert(text) if code is None else (convert(code) if code else BLANK)

        for row, number in enumerate(self.numbers):
            cell = self.cell(row, at)
            fault = self.table.sheet.faults.get((number - 1, at), "")
            fault = fault or ("too_long" if too_long(cell) else "")
            text = as_it_was(cell.strip())
            found = Read(rule=fault) if fault else (read(text) if text else BLANK)
            if found.rule:
                self.ask(row, at, column, found)
            yield found.value

    def coded(self, column: str) -> list[Any]:
        """Read a column of codes."""
        words = Words.of(column, self.book, self.names)
        return self.read(column, lambda text: _codes(text, words, several=column in SEVERAL))


def _codes(text: str, words: Words, *, several: bool) -> Read:
    found = []
    for part in words.parts(text) if several else [text]:
        codes = words.code(part)
        if len(codes) > 1:
            return Read(None, "ambiguous_code", codes, part)
        if not codes:
            return Read(None, "unknown_code", words.among(part), part.strip())
        found.append(codes[0])
    return Read(";".join(dict.fromkeys(found)))


def as_text(text: str) -> Read:
    """Take a text in one line; letters that an encoding lost cannot be guessed."""
    found = " ".join(text.split())
    return Read(None, "lost_letters") if LOST.search(found) else Read(found)


def as_yes(text: str) -> Read:
    """Take the only word that is one."""
    return Read("yes") if plain(text) == "yes" else Read(None, "yes_or_empty")


def as_whole(text: str) -> Read:
    """Take a whole number."""
    number = "".join(text.split()).removesuffix(",0").removesuffix(".0")
    return Read(number) if number.isascii() and number.isdecimal() else Read(None, "not_a_number")


def as_degrees(text: str) -> Read:
    """Take a latitude or a longitude."""
    try:
        degrees = float(text.replace(",", "."))
    except ValueError:
        return Read(None, "not_a_point")
    return Read(degrees) if abs(degrees) <= 180 else Read(None, "not_a_point")
