"""What the heads and values of somebody's file mean here: a table, not code.

A file of it has a row for every head (`header`, `column`) and one for every value (`value`,
`column`, `code`); without a column a head is left unread, without a code a value means nothing.
What the codebook says (labels in three languages) needs no row.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from rapidfuzz import fuzz, process

from incidents.codebook import LANGUAGES, Codebook
from incidents.item import STAYS
from incidents.schema import COLUMNS, WORDED

SUBMISSION = "submission"
"""By what a server of forms knows an answered form: the number of a case that has no other."""
COLUMNS_READ = (*COLUMNS, "dataset", "latitude", "longitude", *STAYS, SUBMISSION)
"""What a head may name: the columns of a file of incidents, what helps to fill them, and what
publishing asks of a case."""
HEAD = ("header", "value", "column", "code")
NEAR, MOST = 80, 5
"""How alike two words must be to be asked about (0 to 100), and how many are offered at most."""
SHORTEST = 3
"""Letters of which the beginning of a word is asked about."""
SPLIT = re.compile(r"[;\n|]")
EDGES = " \t.:*?!\"'«»“”„()[]"


class BadMapping(ValueError):
    """A mapping that cannot be used: the row where that shows."""

    def __init__(self, row: int) -> None:
        """Keep the row."""
        super().__init__(f"bad mapping, row {row}")
        self.row = row


@dataclass(frozen=True)
class Names:
    """Columns by head, and codes by column and value; both written plainly (see `plain`).

    In a `spaced` file only blanks stand between several values of a cell.
    """

    headers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[tuple[str, str], str] = field(default_factory=dict)
    spaced: bool = False

    @classmethod
    def of(cls, rows: Iterable[Mapping[str, str]]) -> "Names":
        """Take the rows of a mapping. Raises `BadMapping`."""
        headers, values = {}, {}
        for number, row in enumerate(rows, start=2):
            header, value, column = (row.get(name) or "" for name in HEAD[:3])
            known = column in COLUMNS_READ or (header and not column)
            if not known or bool(header) == bool(value):
                raise BadMapping(number)
            if header:
                headers[plain(header)] = column
            else:
                values[column, plain(value)] = row.get("code") or ""
        return cls(headers, values)

    @classmethod
    def read(cls, path: Path) -> "Names":
        """Read a file of a mapping. Raises `BadMapping`."""
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if tuple(rows.fieldnames or ()) != HEAD:
                raise BadMapping(1)
            return cls.of(rows)

    def __or__(self, over: "Names") -> "Names":
        """Add another mapping, which counts where both say something."""
        spaced = self.spaced or over.spaced
        return Names({**self.headers, **over.headers}, {**self.values, **over.values}, spaced)


def plain(text: str) -> str:
    """Write a name so that what people take for the same is the same."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е").replace("_", " ")
    return " ".join(re.sub(r"[\u2010-\u2015−]", "-", text).split()).strip(EDGES)


def near(word: str, known: Iterable[str]) -> list[str]:
    """Give the known words that a word may be a slip for, the likeliest first."""
    found = process.extract(plain(word), list(known), scorer=fuzz.ratio, score_cutoff=NEAR)
    return [word for word, *_ in found[:MOST]]


def _begins(name: str, word: str) -> bool:
    return len(word) >= SHORTEST and name.startswith(word)


@dataclass(frozen=True)
class Words:
    """The words of one column of codes: codes by plain word, several where it is ambiguous.

    `between` stands between the values of a cell, beside semicolons and lines.
    """

    codes: Mapping[str, tuple[str, ...]]
    between: str = ","

    @classmethod
    def of(cls, column: str, book: Codebook, names: Names) -> "Words":
        """Collect codes, their labels in every language, and what a mapping adds."""
        listed = WORDED[column]
        found: dict[str, dict[str, None]] = {}
        if column == "violations":
            for word, code in book.words.itertuples(index=False):
                found.setdefault(plain(word), {})[code] = None
        for language in LANGUAGES:
            for code, label in book.labels(listed, language).items():
                found.setdefault(plain(label), {})[code] = None
        exact = {plain(code): (code,) for code in book.codes(listed)}
        said = {word: (code,) for (where, word), code in names.values.items() if where == column}
        every = {**{word: tuple(codes) for word, codes in found.items()}, **exact, **said}
        return cls(every, " " if names.spaced else ",")

    def code(self, word: str) -> tuple[str, ...]:
        """Give the code of a word: none where it is unknown, several where it is ambiguous."""
        return self.codes.get(plain(word), ())

    def among(self, word: str) -> tuple[str, ...]:
        """Give the codes that an unknown word may be a slip for, or of whose name it is a part."""
        told = plain(word)
        parts = [name for name in self.codes if told and told in name.split()]
        close = [*near(word, self.codes), *parts, *(n for n in self.codes if _begins(n, told))]
        found = dict.fromkeys(code for name in close for code in self.codes[name])
        return tuple(found)[:MOST]

    def parts(self, cell: str) -> Iterator[str]:
        """Take a cell of several values apart, at semicolons, lines, and commas or blanks.

        Labels hold commas and blanks themselves, so the longest run that is a label is one value.
        """
        if self.code(cell):
            yield cell
            return
        for piece in SPLIT.split(cell):
            yield from self._runs(piece.split(self.between))

    def _runs(self, pieces: list[str]) -> Iterator[str]:
        while pieces:
            runs = (n for n in range(min(len(pieces), self._most), 0, -1) if self._said(pieces[:n]))
            n = next(runs, 0) or self._unknown(pieces)
            if part := self.between.join(pieces[:n]).strip():
                yield part
            pieces = pieces[n:]

    def _unknown(self, pieces: list[str]) -> int:
        """Say how many pieces belong together of which nothing is known: a slip may go over all."""
        slip = 1 < len(pieces) <= self._most and self.among(self.between.join(pieces))
        return len(pieces) if slip else 1

    def _said(self, pieces: list[str]) -> tuple[str, ...]:
        return self.code(self.between.join(pieces))

    @cached_property
    def _most(self) -> int:
        """Say of how many pieces a word may consist."""
        return max((word.count(self.between) + 1 for word in self.codes), default=1)
