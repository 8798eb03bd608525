"""Search by words: in any of the three languages, in either script, as people type them.

Texts and queries are folded to the same words of Latin letters. Every word is kept twice: as it is
written, letter by letter, and as it sounds, where the habits of both scripts meet (Zhanar and
Janar). SQLite finds the words; it knows nothing of records: `Column` says which rows bear a text.
"""

import re
import sqlite3
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from threading import Lock

import numpy as np
from anyascii import anyascii

Mask = np.ndarray
"""One boolean per row."""

SOUNDS = (
    ("dzh|zh|dj", "j"),  # Джумабаев, Dzhumabaev, Djumabaev, Жумабаев, Jumabaev
    ("kh", "h"),  # Бахтияр, Bakhtiyar, Bahtiyar
    ("shch", "sch"),  # Щербаков, Shcherbakov, Scherbakov
    ("ts(?=[a-z])", "c"),  # Цой, Tsoi, Coi; not the plural of English words
    ("x", "ks"),  # Максим, Maksim, Maxim
    (r"\bye(?=[b-df-hj-np-tv-z])", "e"),  # Еркин, Erkin, Yerkin
    ("([aeiou])ye", "$1e"),  # Боконбаево, Bokonbaevo, Bokonbayevo
    ("y", "i"),  # Тыныстан, Tynystan, Tinistan; я, ya, ia
    ("ii+", "i"),  # Белый, Belyi, Bely; Мария, Mariya, Maria
)
"""How words are brought to one sound, in this order: patterns and what takes their place, such that
Python and JavaScript read them alike."""

BEGINNING = 3
"""With fewer letters of Cyrillic a word is no beginning of others: Ош is not in ошол, nor Osh."""

QUOTED = (
    r"[\"«»“”„‟]([^\"«»“”„‟]*)[\"«»“”„‟]"
    r"|(?:^|[\s(])['‘‚‹]([^'’‘›]*)['’‘›](?=[\s.,;:!?)]|$)"  # an apostrophe stands in a word
)
"""What stands between quotation marks of any kind; Python and JavaScript read it alike, too."""


class Letters(dict[int, str]):
    """What becomes of each character: Latin letters, a space, or "-" within or around a word."""

    def __missing__(self, code: int) -> str:
        """Fold a character when it is first met."""
        character = chr(code)
        if character.isspace():
            folded = " "
        elif unicodedata.category(character) in ("Mn", "Cf"):
            folded = ""
        elif character.isalnum() and unicodedata.category(character) != "Lm":  # Lm: ʼ and its like
            folded = re.sub("[^a-z0-9]", "", anyascii(character).lower())
        else:
            folded = "-"
        return self.setdefault(code, folded)


LETTERS = Letters({ord("ң"): "n", ord("ў"): "o"})
"""Kyrgyz ң is typed н where a keyboard lacks it, Uzbek ў is oʻ in Latin letters. By itself anyascii
writes ё as e, ө as o, ү as u."""


ALPHABETS = ((0xAD, 0x24F), (0x300, 0x36F), (0x400, 0x4FF), (0x200B, 0x200F), (0x202A, 0x202E))
"""From where to where Unicode holds what people here type: Latin, Cyrillic, marks, directions."""


def letters() -> dict[str, str]:
    """Give what becomes of the characters that people type here, but for what becomes "-"."""
    codes = (code for first, last in ALPHABETS for code in range(first, last + 1))
    return {chr(code): LETTERS[code] for code in codes if LETTERS[code] != "-"}


def folded(text: str) -> str:
    """Fold a text: words of Latin letters and digits, with "-" for any mark in or around them."""
    return unicodedata.normalize("NFC", text).casefold().translate(LETTERS)


def written(text: str) -> str:
    """Give the words of a text as they are written, letter by letter."""
    return " ".join(folded(text).replace("-", " ").split())


def joined(text: str) -> str:
    """Give the words of a text that hold a hyphen, apostrophe or dot, each as one."""
    words = (word.strip("-") for word in folded(text).split())
    return " ".join(word.replace("-", "") for word in words if "-" in word)


def sounding(words: str) -> str:
    """Give words as they sound, whatever the script and the habit they were written in."""
    return " ".join(map(_sound, words.split()))


@lru_cache(1 << 16)
def _sound(word: str) -> str:
    for pattern, sound in SOUNDS:
        word = re.sub(pattern, sound.replace("$", "\\"), word)
    return word


@dataclass(frozen=True)
class Words:
    """Words that stand side by side; with `open`, the last may be the beginning of another."""

    text: str
    open: bool = False

    @property
    def begins(self) -> bool:
        """Say whether they are long enough to be a beginning."""
        letters = re.sub("[sc]h", "s", sounding(self.text))
        return self.open and len(letters) >= BEGINNING

    @property
    def expression(self) -> str:
        """Say it to SQLite; nothing in quotes is an operator."""
        mark = " *" if self.begins else ""
        return f'written : "{self.text}"{mark} OR sound : "{sounding(self.text)}"{mark}'


Wanted = tuple[Words, ...]
"""One thing asked for, in each way to write it."""


def wanted(query: str) -> list[Wanted]:
    """List what a query asks for, all of which must be found: phrases in quotes, and words."""
    phrases = [ways(first or second, whole=True) for first, second in re.findall(QUOTED, query)]
    words = [ways(word) for word in re.sub(QUOTED, " ", query).split()]
    return [each for each in (*phrases, *words) if each]


def ways(text: str, *, whole: bool = False) -> Wanted:
    """Read a word or phrase: side by side, and where it is one word with marks in it, as one."""
    parts, one = written(text), joined(text)
    if " " not in parts:
        return (Words(parts, open=not whole),) if parts else ()
    if len(text.split()) > 1:
        return (Words(parts),)
    return Words(parts), Words(one, open=not whole)


@dataclass(frozen=True)
class Column:
    """One column of the rows: under which texts each of its values is found.

    `rows` turns a mask of values into the mask of the rows that bear any of them.
    """

    values: Sequence[Iterable[str]]
    rows: Callable[[Mask], Mask]


class Identifiers:
    """One identifier per row: all differ, so that they are sorted and not kept as texts."""

    def __init__(self, names: Sequence[str]) -> None:
        """Sort them, each as one word."""
        self.words = np.array([name.replace("-", "").lower() for name in names], dtype=str)
        self._order = np.argsort(self.words)
        self._sorted = self.words[self._order]

    def find(self, ways: Wanted) -> np.ndarray:
        """Give the numbers of the rows whose identifier one of the ways is, or begins."""
        found = [self._order[:0]]
        for way in ways:
            end = way.text + "~" if way.begins else way.text
            span = bisect_left(self._sorted, way.text), bisect_right(self._sorted, end)
            found.append(self._order[slice(*span)])
        return np.concatenate(found)


@dataclass(frozen=True)
class Name:
    """One name in several spellings: what holds one of `known` is found by all `spellings`."""

    known: Sequence[str]
    spellings: Sequence[str]


class Index:
    """The texts of some rows, found by words. Many threads may search it at once."""

    def __init__(
        self,
        columns: Sequence[Column],
        names: Sequence[Name] = (),
        identifiers: Sequence[str] = (),
    ) -> None:
        """Fold and keep every text once. Values are numbered through all columns, names after."""
        self._columns = columns
        self._names = names
        self.identifiers = Identifiers(identifiers)
        self._values = [value for column in columns for value in column.values]
        self._lock = Lock()
        self._kept = sqlite3.connect(":memory:", check_same_thread=False)
        self._kept.execute(
            "CREATE VIRTUAL TABLE texts USING fts5"
            "(written, sound, content='', columnsize=0, tokenize='ascii')"
        )
        self._owners = np.zeros(0, dtype=np.int64)  # of every line kept, the value it belongs to
        self._keep(self._values)
        self._bearers = [self._bearing(name) for name in names]
        self._keep([name.spellings for name in names], len(self._values))

    @classmethod
    def of(cls, rows: Iterable[Iterable[str]]) -> "Index":
        """Index rows by what each says."""
        return cls([Column([*rows], lambda marked: marked)])

    def find(self, query: str) -> Mask:
        """Mark the rows in which everything is found that a query asks for."""
        found = [self._rows(self._found(ways)) for ways in wanted(query)]
        for rows, ways in zip(found, wanted(query), strict=True):
            rows[self.identifiers.find(ways)] = True
        return np.logical_and.reduce(found or [~self._rows(self._none)])

    def marked(self, ways: Wanted) -> Mask:
        """Mark the rows that bear a value which one of the ways finds."""
        return self._rows(self._found(ways))

    def lines(self) -> list[str]:
        """Give the words of every value, its texts apart by "|", for a search elsewhere."""
        told = [[*value] for value in self._values]
        for name, bearers in zip(self._names, self._bearers, strict=True):
            for at in bearers:
                told[at] += name.spellings
        return [" | ".join(line for text in texts for line in _lines(text)) for texts in told]

    def bearing(self, value: int) -> np.ndarray:
        """Give the numbers of the rows that bear a value."""
        alone = self._none
        alone[value] = True
        return np.flatnonzero(self._rows(alone))

    @property
    def _none(self) -> Mask:
        return np.zeros(len(self._values), dtype=bool)

    def _keep(self, values: Sequence[Iterable[str]], first: int = 0) -> None:
        """Keep the texts of values, the first of which bears a number."""
        owners = array("q")

        def lines() -> Iterator[tuple[int, str, str]]:
            for owner, value in enumerate(values, first):
                for words in chain.from_iterable(map(_lines, value)):
                    yield kept + len(owners), words, sounding(words)
                    owners.append(owner)

        kept = len(self._owners)
        self._kept.executemany("INSERT INTO texts(rowid, written, sound) VALUES (?, ?, ?)", lines())
        self._owners = np.append(self._owners, np.frombuffer(owners, dtype=np.int64))

    def _bearing(self, name: Name) -> np.ndarray:
        """Give the numbers of the values that hold a name."""
        found = [way for known in name.known for way in ways(known, whole=True)]
        return np.unique(self._asked(found)) if found else np.zeros(0, dtype=np.int64)

    def _found(self, ways: Iterable[Words]) -> Mask:
        """Mark the values that one of the ways finds, themselves or by a name they hold."""
        found = np.zeros(len(self._values) + len(self._names), dtype=bool)
        found[self._asked(ways)] = True
        names = np.flatnonzero(found[len(self._values) :])
        for name in names:
            found[self._bearers[name]] = True
        return found[: len(self._values)]

    def _asked(self, ways: Iterable[Words]) -> np.ndarray:
        """Give, for every line that holds one of the ways, the number it belongs to."""
        asked = " OR ".join(way.expression for way in ways)
        with self._lock:
            lines = self._kept.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (asked,))
            return self._owners[np.fromiter((line for (line,) in lines), dtype=np.int64)]

    def _rows(self, values: Mask) -> Mask:
        ends = np.cumsum([len(column.values) for column in self._columns])[:-1]
        parts = zip(self._columns, np.split(values, ends), strict=True)
        return np.logical_or.reduce([column.rows(part) for column, part in parts])


def _lines(text: str) -> Iterator[str]:
    """Give the words of a text and, apart, those that marks hold together, as one."""
    return filter(None, (written(text), joined(text)))
