"""Dates as people write them: a whole column decides how its numbers are read, then every cell.

What cannot be misread needs no decision: 2022-12-31, 2022, "март 2022", a date that a spreadsheet
holds as one. Of 05.03.2022 the column says which number is the day, and nothing is guessed: points
stand between day, month and year in Kyrgyz, Russian and English alike, slashes and hyphens do not
say.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from babel.dates import get_month_names

from incidents.codebook import LANGUAGES
from loaders.sources.cases import Order

ORDERS = ("dmy", "mdy")
SERIAL = "serial"
"""Told of a column: whole numbers are days as a spreadsheet counts them."""
EPOCH = date(1899, 12, 30)
"""The day 0 of spreadsheets, so that the days since March 1900 are right."""
SERIALS = range(20_000, 80_000)
"""Numbers that may be such days: from 1954 to 2119. No year is among them."""
SHOWN = {"year": 4, "month": 7, "day": 10}
"""Characters of a day that are known, by its precision: its year, its month, all."""
PIVOT = 69
"""Years of two digits are of this century below it, as POSIX has it."""
SHORTEST = 3
"""Letters of the name of a month at least, where it is cut."""

TAIL = r"(?:\s*-?\s*(?:г|год|года|ж|жыл|жылы)\.?)?"
"""What may stand behind a year: "2022 г.", "2022-жыл"."""
ISO = re.compile(
    r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?"
)
ISO_MONTH = re.compile(r"(\d{4})[-./](\d{1,2})")
MONTH_FIRST = re.compile(r"(\d{1,2})[-./](\d{4})" + TAIL)
YEAR = re.compile(r"(\d{4})" + TAIL)
NUMBERS = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})" + TAIL)
WORD = re.compile(r"\d+|[^\W\d_]+")
FILLERS = frozenset(
    ("в", "г", "год", "года", "году", "ж", "жыл", "жылы", "жылдын", "жылда", "айы", "айында", "of")
)
"""Words that say nothing beside day, month and year."""
BETWEEN = re.compile(
    r"\s+[-–—/]\s+|[–—]|\.\.+|(?<=\d{4}-\d\d-\d\d)/"
    r"|(?<=\d{4})-(?=\d{4}|\d{1,2}[./]\d{1,2}[./]\d{2})"
)
"""What stands between the first and the last day of a span."""
SHORT_SPAN = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2}[./]\d{1,2}[./]\d{2,4}.*)")
"""Days of one month: "05-07.03.2022"."""


@dataclass(frozen=True)
class Day:
    """A date: its first day, its precision (`day`, `month`, `year` or `unknown`), its last day.

    `last` is empty where it ends when the precision says: it fills `date_end`. What is unknown has
    no first day.
    """

    first: str
    precision: str
    last: str = ""

    @property
    def period(self) -> str:
        """Write it as no more than is known: 2022, 2022-03 or 2022-03-05."""
        return self.first[: SHOWN.get(self.precision, 0)]

    @property
    def end(self) -> str:
        """Give the last day on which it may have happened."""
        if self.last or self.precision not in ("month", "year"):
            return self.last or self.first
        year, month = int(self.first[:4]), int(self.first[5:7])
        month = 12 if self.precision == "year" else month
        return date(year, month, monthrange(year, month)[1]).isoformat()


def order_of(cells: Iterable[str], told: str = "") -> tuple[Order, int | None]:
    """Say how the numbers of a column are read, and which cell makes it doubtful.

    That is the first one which is read otherwise than another, or the first one of slashes or
    hyphens where none tells; None where nothing is doubtful.
    """
    if told:
        return Order(told, proven=True), None
    proofs: dict[str, int] = {}
    points, doubtful = None, None
    rows: dict[str, int] = {}
    for row, cell in enumerate(cells):
        rows.setdefault(cell, row)
    for cell, row in rows.items():
        for first, mark, second in numbers(cell):
            if order := _proof(first, second):
                proofs.setdefault(order, row)
            elif first != second and mark == "." and points is None:
                points = row
            elif first != second and mark != "." and doubtful is None:
                doubtful = row
    if points is not None and "mdy" in proofs:
        proofs.setdefault("dmy", points)
    if len(proofs) > 1:
        return Order(), max(proofs.values())
    if proofs:
        return Order(next(iter(proofs)), proven=True), None
    if doubtful is not None:
        return Order(), doubtful
    return Order("" if points is None else "dmy"), None


def numbers(cell: str) -> list[tuple[int, str, int]]:
    """Give the first two numbers of each date of three in a cell, and what stands between them."""
    return [
        (int(found[1]), found[2], int(found[3]))
        for part in _parts(_clean(cell))
        if (found := NUMBERS.fullmatch(part))
    ]


def _proof(first: int, second: int) -> str:
    if first <= 12 < second <= 31:
        return "mdy"
    return "dmy" if second <= 12 < first <= 31 else ""


def read(cell: str, order: str) -> Day | None:
    """Read one cell; None where it is no date, or one whose numbers are in no known order."""
    found = [_one(part, order) for part in _parts(_clean(cell))]
    if not 1 <= len(found) <= 2 or found[0] is None or found[-1] is None:
        return None
    first, last = found[0], found[-1]
    if len(found) == 1:
        return first
    if last.end < first.end:
        return None
    return Day(first.first, first.precision, last.end)


def serial(cell: str) -> Day | None:
    """Read a number as a day as a spreadsheet counts it; None where it is none."""
    number = re.fullmatch(r"(\d{5})(?:\.\d+)?", cell.strip())
    if not number or int(number[1]) not in SERIALS:
        return None
    return Day((EPOCH + timedelta(days=int(number[1]))).isoformat(), "day")


def _clean(cell: str) -> str:
    return " ".join(cell.split()).strip(" ,;")


def _parts(text: str) -> list[str]:
    """Take a span apart; what is short for days of one month is written out."""
    if short := SHORT_SPAN.fullmatch(text):
        tail = re.sub(r"^\d{1,2}", "", short[2])
        return [short[1] + tail, short[2]]
    return [part.strip() for part in BETWEEN.split(text)]


def _one(text: str, order: str) -> Day | None:
    if order == SERIAL and (day := serial(text)):
        return day
    for form, make in _forms(order):
        if found := form.fullmatch(text):
            return make(found)
    return _worded(text)


Make = Callable[[re.Match[str]], Day | None]


def _forms(order: str) -> list[tuple[re.Pattern[str], Make]]:
    return [
        (ISO, lambda m: _day(int(m[1]), int(m[2]), int(m[3]))),
        (ISO_MONTH, lambda m: _month(int(m[1]), int(m[2]))),
        (MONTH_FIRST, lambda m: _month(int(m[2]), int(m[1]))),
        (YEAR, lambda m: _year(int(m[1]))),
        (NUMBERS, lambda m: _ordered(int(m[1]), int(m[3]), m[4], order)),
    ]


def _ordered(first: int, second: int, year: str, order: str) -> Day | None:
    whole = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < PIVOT else 1900)
    if order not in ORDERS:
        return _day(whole, second, first) if first == second else None
    day, month = (first, second) if order == "dmy" else (second, first)
    return _day(whole, month, day)


def _worded(text: str) -> Day | None:
    """Read a month by its name, with a year and perhaps a day, in any order and language."""
    words = [word for word in WORD.findall(text.casefold()) if word not in FILLERS]
    numbers = [word for word in words if word.isdecimal()]
    months = [_named(word) for word in words if not word.isdecimal()]
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if len(months) != 1 or not months[0] or len(years) != 1 or len(days) > 1:
        return None
    if len(years) + len(days) < len(numbers):
        return None
    return _day(years[0], months[0], days[0]) if days else _month(years[0], months[0])


def _named(word: str) -> int:
    """Give the month of a name, whole, cut or with the ending of a case; 0 where it is none."""
    for name, number in months():
        stem = name[:-1] if len(name) > SHORTEST + 1 else name
        if (len(word) >= SHORTEST and name.startswith(word)) or word.startswith(stem):
            return number
    return 0


@cache
def months() -> list[tuple[str, int]]:
    """Give the name of every month in every language, in lower case, with its number."""
    return [
        (name.casefold(), number)
        for language in LANGUAGES
        for context in ("format", "stand-alone")
        for number, name in get_month_names("wide", context, language).items()
    ]


def _day(year: int, month: int, day: int) -> Day | None:
    try:
        return Day(date(year, month, day).isoformat(), "day") if _known(year) else None
    except ValueError:
        return None


def _month(year: int, month: int) -> Day | None:
    if not (_known(year) and 1 <= month <= 12):
        return None
    return Day(f"{year}-{month:02}-01", "month")


def _year(year: int) -> Day | None:
    return Day(f"{year}-01-01", "year") if _known(year) else None


def _known(year: int) -> bool:
    """Hold that a year can stand in a file of incidents."""
    return 1900 <= year < 2100
