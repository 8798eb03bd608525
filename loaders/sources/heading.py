"""Which rows of a sheet name its columns, and what of ours they name."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from loaders.sources.cases import Origin, Problem, Where
from loaders.sources.names import COLUMNS_READ, Names, near, plain
from loaders.sources.sheets import Sheet

REMEMBERED = 2**10
"""Cells of a table that are kept in mind as they are written plainly."""
LOOKED = 50
"""Rows among which a header is looked for."""
FEWEST = 2
"""Columns of ours that a header names at least."""
HASHTAG = re.compile(r"#[a-z][a-z0-9_]*(\s*\+\s*[a-z_0-9]+)*")
"""What HXL, which aid organisations use, writes below a head: "#adm1+code"."""


@dataclass(frozen=True)
class Added:
    """A column of ours that no column of the sheet is by itself: its texts, and where they stand.

    `cells` are by row of the sheet, from 0; where it has none, the cell is blank.
    """

    column: str
    cells: Mapping[int, str] = field(repr=False)
    origin: Origin


@dataclass(frozen=True)
class Table:
    """A sheet whose header is found: `header` are its rows, from 0, one below the other.

    `heads` are what stands there, and `columns` what that means here, by column of the sheet;
    empty for a head that is not ours, None for one that a mapping leaves unread. From those that
    are `taken`, columns that were `added` are read. `marked` says that the heads are those of one
    source alone.
    """

    sheet: Sheet
    header: tuple[int, ...]
    heads: tuple[str, ...]
    columns: tuple[str | None, ...]
    conflicts: tuple[int, ...] = ()
    added: tuple[Added, ...] = ()
    taken: frozenset[int] = frozenset()
    marked: bool = False

    @property
    def known(self) -> int:
        """Count the columns of ours that are named in the sheet."""
        return len({column for column in self.columns if column})

    @property
    def start(self) -> int:
        """Give the row below the header, from 0."""
        return self.header[-1] + 1 if self.header else 0

    def body(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Give the rows below the header, each with its number from 0."""
        yield from enumerate(self.sheet.rows[self.start :], start=self.start)

    def cells(self, column: int) -> dict[int, str]:
        """Give what a column holds, by row from 0, where that is anything."""
        pairs = ((n, row[column].strip()) for n, row in self.body() if column < len(row))
        return {n: cell for n, cell in pairs if cell}

    def at(self, head: str) -> int | None:
        """Give the first column with a head, written in this very way."""
        return self.heads.index(head) if head in self.heads else None

    def below(self, head: str) -> dict[int, str]:
        """Give what the first column with a head holds; nothing where there is no such head."""
        at = self.at(head)
        return {} if at is None else self.cells(at)

    def origin(self, head: str | int | None) -> Origin:
        """Say where a column stands, by its head or its number."""
        at = self.at(head) if isinstance(head, str) else head
        return Origin(self.sheet.name, "" if at is None else self.sheet.letter(at))

    def beside(self, column: str, head: str, cells: Mapping[int, str]) -> "Table":
        """Put a column of ours beside the others that is taken from the one with a head."""
        at = self.at(head)
        if at is None:
            return self
        added = Added(column, cells, self.origin(at))
        return replace(self, added=(*self.added, added), taken=self.taken | {at})

    def skips(self, row: tuple[str, ...]) -> bool:
        """Say whether a row is blank, the header once more, or hashtags for other programs."""
        first = next((cell for cell in row if cell.strip()), "")
        if first.startswith("#"):
            return all(HASHTAG.fullmatch(cell.strip()) for cell in row if cell.strip())
        return not first or any(self._repeats(row, head) for head in self._heads)

    @cached_property
    def _plain(self) -> Callable[[str], str]:
        """Write cells plainly; those at the beginning of a row are often the same."""
        return lru_cache(maxsize=REMEMBERED)(plain)

    @cached_property
    def _heads(self) -> list[list[str]]:
        return [[plain(cell) for cell in self.sheet.rows[number]] for number in self.header]

    def _repeats(self, row: tuple[str, ...], head: list[str]) -> bool:
        pairs = zip(row, head, strict=False)
        return len(row) == len(head) and all(self._plain(cell) == name for cell, name in pairs)


def known_heads(names: Names) -> dict[str, str | None]:
    """Give what heads mean: the names of our columns, and what a mapping says; None is unread."""
    ours: dict[str, str | None] = {plain(column): column for column in COLUMNS_READ}
    return ours | {head: column or None for head, column in names.headers.items()}


def found(sheet: Sheet, names: Names, told: int = 0) -> Table | None:
    """Find the header of a sheet, or take the row that is told (from 1); None if there is none.

    It is the row that names most columns of ours. One that names them too may stand right above or
    below it, as where codes stand under labels.
    """
    known = known_heads(names)
    rows = sheet.rows[:LOOKED]
    counts = [_count(row, known) for row in rows]
    if told:
        return table(sheet, (told - 1,), known) if told <= len(sheet.rows) else None
    if not counts or max(counts) < FEWEST:
        return None
    best = counts.index(max(counts))
    around = [n for n in (best - 1, best, best + 1) if 0 <= n < len(rows)]
    header = tuple(n for n in around if counts[n] >= max(FEWEST, (counts[best] + 1) // 2))
    return table(sheet, header, known)


def marked(sheet: Sheet, names: Names, marks: Collection[str], told: int = 0) -> Table | None:
    """Take the row with all heads that mark a source, or else find one as `found` does."""
    row = next((n for n, row in enumerate(sheet.rows[:LOOKED], 1) if {*marks} <= {*row}), 0)
    headed = found(sheet, names, told or row)
    return replace(headed, marked=True) if headed and row else headed


def _count(row: tuple[str, ...], known: Mapping[str, str | None]) -> int:
    return len({column for cell in row if (column := known.get(plain(cell)))})


def table(sheet: Sheet, header: tuple[int, ...], known: Mapping[str, str | None]) -> Table:
    """Head the columns of a sheet with its rows of heads, by number from 0."""
    width = max(len(sheet.rows[number]) for number in header)
    heads, columns, conflicts = [], [], []
    for at in range(width):
        cells = [sheet.rows[n][at] for n in header if at < len(sheet.rows[n])]
        meant = {known[plain(cell)]: cell for cell in cells if plain(cell) in known}
        ours = [column for column in meant if column]
        if len(ours) > 1:
            conflicts.append(at)
        heads.append(meant[ours[0]] if ours else next((c for c in cells if c.strip()), ""))
        columns.append(ours[0] if ours else (None if meant else ""))
    return Table(sheet, header, tuple(heads), tuple(columns), tuple(conflicts))


def problems(table: Table, file: str, names: Names) -> Iterator[Problem]:
    """Ask about heads: that may be a slip for one of ours, or mean one that another means too."""
    known = {head: column for head, column in known_heads(names).items() if column}
    row = table.start
    for at, (head, column) in enumerate(zip(table.heads, table.columns, strict=True)):
        where = Where(file, table.sheet.name, row, table.sheet.letter(at))
        if at in table.conflicts:
            yield Problem("two_headers", where, column or "", head)
        elif column == "" and (close := near(head, known)):
            among = tuple(dict.fromkeys(str(known[name]) for name in close))
            yield Problem("unknown_header", where, "", head, among)
