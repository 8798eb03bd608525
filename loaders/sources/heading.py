"""Which rows of a sheet name its columns, and what of ours they name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.sources.cases import Problem, Where
from loaders.sources.names import COLUMNS_READ, Names, near, plain
from loaders.sources.sheets import Sheet, letters

LOOKED = 50
"""Rows among which a header is looked for."""
FEWEST = 2
"""Columns of ours that a header names at least."""


@dataclass(frozen=True)
class Table:
    """A sheet whose header is found: `header` are its rows, from 0, one below the other.

    `heads` are what stands there, and `columns` what that means here, by column of the sheet;
    empty for a head that is not ours, None for one that a mapping leaves unread.
    """

    sheet: Sheet
    header: tuple[int, ...]
    heads: tuple[str, ...]
    columns: tuple[str | None, ...]
    conflicts: tuple[int, ...] = ()

    @property
    def known(self) -> int:
        """Count the columns of ours that are named."""
        return len({column for column in self.columns if column})

    def body(self) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Give the rows below the header, each with its number from 0."""
        start = self.header[-1] + 1
        yield from enumerate(self.sheet.rows[start:], start=start)

    def skips(self, row: tuple[str, ...]) -> bool:
        """Say whether a row is blank, or the header once more."""
        if not any(cell.strip() for cell in row):
            return True
        heads = (self.sheet.rows[number] for number in self.header)
        return any(
            len(row) == len(head)
            and all(plain(cell) == plain(name) for cell, name in zip(row, head, strict=True))
            for head in heads
        )


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
        return _table(sheet, (told - 1,), known) if told <= len(sheet.rows) else None
    if not counts or max(counts) < FEWEST:
        return None
    best = counts.index(max(counts))
    around = [n for n in (best - 1, best, best + 1) if 0 <= n < len(rows)]
    header = tuple(n for n in around if counts[n] >= max(FEWEST, (counts[best] + 1) // 2))
    return _table(sheet, header, known)


def _count(row: tuple[str, ...], known: Mapping[str, str | None]) -> int:
    return len({column for cell in row if (column := known.get(plain(cell)))})


def _table(sheet: Sheet, header: tuple[int, ...], known: Mapping[str, str | None]) -> Table:
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
    row = table.header[-1] + 1
    for at, (head, column) in enumerate(zip(table.heads, table.columns, strict=True)):
        where = Where(file, table.sheet.name, row, letters(at))
        if at in table.conflicts:
            yield Problem("two_headers", where, column or "", head)
        elif column == "" and (close := near(head, known)):
            among = tuple(dict.fromkeys(str(known[name]) for name in close))
            yield Problem("unknown_header", where, "", head, among)
