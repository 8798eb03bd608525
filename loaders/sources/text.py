"""A file of text as a sheet: in which encoding it is, and what stands between its cells.

Single-byte Cyrillic is told apart by pairs of letters, compared with the texts of the codebook:
libraries read capitals as Japanese and short files as anything. They are asked about the rest.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from math import inf, log

from charset_normalizer import from_bytes

from incidents.codebook import Codebook
from loaders.package import Package
from loaders.sources.cases import Problem, Unreadable, Where
from loaders.sources.sheets import Sheet, checked

SEPARATORS = (",", ";", "\t", "|")
CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic", "utf-16-le", "utf-16-be")
"""Encodings that are tried for what is no UTF-8 and bears no mark."""
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SAMPLE = 2**16
"""Bytes that are looked at to tell an encoding."""
KNOWN = 0.5
"""The share of pairs of letters that must be known for a text to be Cyrillic in some encoding."""
BINARY = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")
"""What stands in no text."""
PAIR = re.compile(r"(?=(\S\S))")
ASCII_MARK = re.compile(r"[!-@\[-`{-~]")
LOST = re.compile(r"(?i)[а-яё]\?[а-яё]|[а-яё]\?{2,}|\?{2,}[а-яё]|\ufffd")
"""Letters that an encoding without ң, ө and ү could not hold."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
MOST = 32 * 2**10
"""Characters after which a cell is surely none: a quotation mark was opened and never closed."""


def decoded(content: bytes, file: str, package: Package, told: str = "") -> tuple[str, str]:
    """Read bytes as text, and say in which encoding. Raises `Unreadable`."""
    encoding = told or _marked(content) or _unmarked(content, file, package)
    try:
        text = content.decode(encoding)
    except (UnicodeError, LookupError):
        raise Unreadable(Problem("wrong_encoding", Where(file), value=encoding)) from None
    if BINARY.search(text):
        raise Unreadable(Problem("not_a_table", Where(file)))
    return text, encoding


def _marked(content: bytes) -> str:
    return next((name for mark, name in MARKS.items() if content.startswith(mark)), "")


def _unmarked(content: bytes, file: str, package: Package) -> str:
    try:
        if b"\0" not in content:
            content.decode("utf-8")
            return "utf-8"
    except UnicodeDecodeError:
        _refuse_mixed(content, file)
    foreign = b"\n".join(line for line in content.splitlines() if not line.isascii())
    looked = content[: SAMPLE - SAMPLE % 2] if b"\0" in content else foreign[:SAMPLE]
    known = package.once(("pairs of letters",), lambda: _pairs(_texts(package.codebook)))
    scores = {name: _score(looked, name, known) for name in CYRILLIC}
    best = max(scores, key=lambda name: scores[name])
    if _share(looked, best, known) > KNOWN:
        return best
    found = from_bytes(looked).best() if b"\0" not in content else None
    if found is None:
        raise Unreadable(Problem("not_a_table", Where(file)))
    return found.encoding


def _refuse_mixed(content: bytes, file: str) -> None:
    """Refuse a file some of whose lines are UTF-8 and others something else."""
    kinds: dict[bool, int] = {}
    for number, line in enumerate(content.splitlines(), start=1):
        if not line.isascii():
            kinds.setdefault(_is_utf8(line), number)
    if len(kinds) == 2:
        raise Unreadable(Problem("mixed_encodings", Where(file, row=max(kinds.values()))))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _texts(book: Codebook) -> str:
    columns = (f"{kind}_{lang}" for kind in ("label", "definition") for lang in ("ru", "ky"))
    return " ".join(
        text for column in columns for frame in book.lists.values() for text in frame[column]
    )


def _pairs(text: str) -> Counter[str]:
    """Count the pairs of characters of which one at least is not ASCII, marks of ASCII left out."""
    pairs = PAIR.findall(text.casefold())
    return Counter(p for p in pairs if not p.isascii() and not ASCII_MARK.search(p))


def _score(content: bytes, encoding: str, known: Counter[str]) -> float:
    """Say how usual the pairs of letters of a text are, read in an encoding: a logarithm."""
    found, of = _found(content, encoding), known.total()
    if not found:
        return -inf
    return sum(n * log((known[p] + 0.5) / of) for p, n in found.items()) / found.total()


def _share(content: bytes, encoding: str, known: Counter[str]) -> float:
    found = _found(content, encoding)
    return sum(n for pair, n in found.items() if pair in known) / max(found.total(), 1)


def _found(content: bytes, encoding: str) -> Counter[str]:
    try:
        return _pairs(content.decode(encoding))
    except UnicodeError:
        return Counter()


def sheet(text: str, separator: str, file: str) -> Sheet:
    """Take text apart. Raises `Unreadable`."""
    return Sheet("", checked(_rows(text, separator, file), Where(file)))


def beginning(text: str, separator: str, rows: int) -> Sheet:
    """Take the first rows of a text apart, to see whether this is its separator."""
    try:
        return Sheet("", checked(islice(_rows(text, separator, ""), rows), Where()))
    except Unreadable:
        return Sheet("", ())


def _runs_on(row: list[str]) -> bool:
    return any(len(cell) > MOST and "\n" in cell for cell in row)


def _rows(text: str, separator: str, file: str) -> Iterator[tuple[str, ...]]:
    lines = (found[0] for found in LINE.finditer(text))  # a copy of it all would be as large again
    reader = csv.reader(lines, delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if row and len(max(row, key=len)) > MOST and _runs_on(row):
                raise Unreadable(Problem("quotation_marks", Where(file, row=number)))
            yield tuple(row)
    except csv.Error:
        raise Unreadable(Problem("quotation_marks", Where(file, row=number + 1))) from None
