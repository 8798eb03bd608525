"""The columns of a table as they are read: cell by cell, with a question where one cannot be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from operator import eq
from typing import Any, NamedTuple

from incidents.codebook import Codebook
from incidents.schema import SEVERAL
from loaders.downloads import as_it_was
from loaders.sources.cases import QUESTIONS, REPEATED, Origin, Problem, Where
from loaders.sources.heading import Added, Table
from loaders.sources.names import Names, Words, plain
from loaders.sources.sheets import letters, too_long
from loaders.sources.text import LOST


class Read(NamedTuple):
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
        return tuple(dict.fromkeys(name for name in self._columns if name))

    @property
    def _columns(self) -> tuple[str | None, ...]:
        """The columns of the sheet, and behind them those that were added."""
        return (*self.table.columns, *(added.column for added in self.table.added))

    def positions(self, column: str) -> list[int]:
        """Say which columns, from 0, are one of ours."""
        return [at for at, name in enumerate(self._columns) if name == column]

    def origin(self, at: int) -> Origin:
        """Say where a column stands."""
        added = self._added(at)
        return added.origin if added else Origin(self.table.sheet.name, self.table.sheet.letter(at))

    def first(self, *columns: str) -> Origin:
        """Say where the first of some columns of ours stands that the table has."""
        found = (at for name in columns for at in self.positions(name))
        at = next(found, None)
        return Origin(self.table.sheet.name, "") if at is None else self.origin(at)

    def _added(self, at: int) -> Added | None:
        width = len(self.table.columns)
        return self.table.added[at - width] if 0 <= at - width < len(self.table.added) else None

    def texts(self, at: int) -> list[str]:
        """Give the cells of a column as they stand; empty where a row has ended."""
        if added := self._added(at):
            return [added.cells.get(number - 1, "") for number in self.numbers]
        return [row[at] if at < len(row) else "" for row in self.rows]

    def cell(self, row: int, at: int) -> str:
        """Give a cell as it stands; empty where the row has ended."""
        if added := self._added(at):
            return added.cells.get(self.numbers[row] - 1, "")
        cells = self.rows[row]
        return cells[at] if at < len(cells) else ""

    def ask(self, row: int, at: int, column: str, read: Read) -> None:
        """Ask about a cell, or a part of it; past a bound, only that there are more."""
        self.asked.add((row, column))
        if len(self.problems) < QUESTIONS:
            case = self.numbers[row]
            where = self.origin(at).where(self.file, case)
            value = (read.part or self.cell(row, at))[:REPEATED]
            self.problems.append(Problem(read.rule, where, column, value, read.among, case))
        elif len(self.problems) == QUESTIONS:
            self.problems.append(Problem("too_many_questions", Where(self.file)))

    def _ends(self) -> None:
        """Name the rows that go on where the header has ended: their cells may stand elsewhere."""
        width = len(self.table.columns)
        for row, cells in enumerate(self.rows):
            if len(cells) > width and len(self.problems) < QUESTIONS:
                at = next(at for at in range(width, len(cells)) if cells[at].strip())
                where = Where(self.file, self.table.sheet.name, self.numbers[row], letters(at))
                self.problems.append(Problem("row_too_long", where, "", cells[at][:REPEATED]))

    def unread(self) -> dict[str, str]:
        """Give the heads of the columns that nothing reads, by letter; one without a head, too."""
        heads = enumerate(zip(self.table.heads, self.table.columns, strict=True))
        return {
            self.table.sheet.letter(at): head
            for at, (head, column) in heads
            if not column
            and at not in self.table.taken
            and (head.strip() or any(row[at : at + 1] for row in self.rows))
        }

    def read(self, column: str, convert: Convert, same: Same = eq) -> list[Any]:
        """Read a column of ours; where two of the file are it, they must say the same."""
        every = [self._values(column, at, convert) for at in self.positions(column)]
        if not every:
            return [None] * len(self.rows)
        first, *others = every
        for at, its in zip(self.positions(column)[1:], others, strict=True):
            pairs = enumerate(zip(first, its, strict=True))
            differs = (n for n, (a, b) in pairs if None not in (a, b) and not same(a, b))
            if (row := next(differs, None)) is not None:
                self.ask(row, at, column, Read(rule="column_twice"))
            first = [b if a is None else a for a, b in zip(first, its, strict=True)]
        return first

    def _values(self, column: str, at: int, convert: Convert) -> list[Any]:
        """Read a column, every text of it once."""
        told = {value: code for (name, value), code in self.names.values.items() if name == column}

        def read(cell: str) -> Read:
            if too_long(cell):
                return Read(rule="too_long")
            text = as_it_was(cell.strip())
            code = told.get(plain(text)) if told else None
            if not text or code == "":
                return BLANK
            return convert(code or text)

        texts, faults = self.texts(at), self._faults(at)
        its = {text: read(text) for text in dict.fromkeys(texts)}
        if faults or any(each.rule for each in its.values()):
            reads = [faults.get(row) or its[text] for row, text in enumerate(texts)]
            for row, each in enumerate(reads):
                if each.rule:
                    self.ask(row, at, column, each)
            return [each.value for each in reads]
        return [its[text].value for text in texts]

    def _faults(self, at: int) -> dict[int, Read]:
        """Give the rows in which the value of a cell cannot be had, and why."""
        faults = self.table.sheet.faults
        if not faults:
            return {}
        pairs = ((row, faults.get((n - 1, at), "")) for row, n in enumerate(self.numbers))
        return {row: Read(rule=fault) for row, fault in pairs if fault}

    def coded(self, column: str) -> list[Any]:
        """Read a column of codes."""
        words = Words.of(column, self.book, self.names)
        several = column in SEVERAL
        left = iter(range(QUESTIONS - len(self.problems)))

        def convert(text: str) -> Read:
            return _codes(text, words, left, several=several)

        return self.read(column, convert, _same)


def _same(codes: str, others: str) -> bool:
    return set(codes.split(";")) == set(others.split(";"))


def _codes(text: str, words: Words, left: Iterator[int], *, several: bool) -> Read:
    """Read codes; for as many cells as are `left` to be asked about, say what may be meant."""
    found = []
    for part in words.parts(text) if several else (text,):
        codes = words.code(part)
        if len(codes) > 1:
            return Read(None, "ambiguous_code", codes, part)
        if not codes:
            among = () if next(left, None) is None else words.among(part)
            return Read(None, "unknown_code", among, part.strip())
        found.append(codes[0])
    return Read(";".join(dict.fromkeys(found)))


def as_text(text: str) -> Read:
    """Take a text in one line; letters that an encoding lost cannot be guessed."""
    found = " ".join(text.split())
    if ("?" in found or "\ufffd" in found) and LOST.search(found):
        return Read(None, "lost_letters")
    return Read(text if text == found else found)  # no second copy of what is right as it is


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
