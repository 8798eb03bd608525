"""What a spreadsheet makes of a file that it opens and saves: the same facts, written anew.

An English one turns 2025-11-22 into 11/22/2025 and 2025-11 into Nov-25, a Russian one into
22.11.2025 and ноя.25; where a program takes a column for decimal numbers, 3 becomes 3.0.
"""

import re
from collections.abc import Iterator

from loaders.sources.dates import months

DATES = ("date", "date_end", "source_published")
NUMBERS = ("persons", "place")
MIDNIGHT = re.compile(r"[T ]\s*(0?0|12):00(:00(\.0+)?)?( ?AM|Z)?$|\s*г\.?$")
"""What stands behind a day that was taken for a point in time, or spelled out in Russian."""
WORD = re.compile(r"\d+|[^\W\d_]+")
SHORTEST = 3
"""Of how many letters at least the beginning of a month's name is made."""


def wrote_anew(column: str, text: str, value: str) -> bool:
    """Say whether a cell is what a spreadsheet makes of a value of the column.

    Where day and month could be either, one reading that gives the value is enough.
    """
    if column not in (*DATES, *NUMBERS):
        return False
    return _same_number(text, value) or (column in DATES and _same_day(text, value))


def _same_number(text: str, value: str) -> bool:
    return value.isdecimal() and re.fullmatch(rf"{value}[.,]0+", text) is not None


def _same_day(text: str, value: str) -> bool:
    said = [_number(word) for word in WORD.findall(MIDNIGHT.sub("", text))]
    return said in list(_writings(value))


def _writings(value: str) -> Iterator[list[int]]:
    """Give the numbers of a day or month in every usual order, the year whole or cut to two."""
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value):
        return
    whole, month, *days = (int(number) for number in value.split("-"))
    for year in (whole, whole % 100):
        if not days:
            yield from ([year, month], [month, year])
        for day in days or [1]:  # a month may be written as its first day
            yield from ([year, month, day], [day, month, year], [month, day, year])


def _number(word: str) -> int:
    """Read a number or the name of a month, whole or cut; 0 where it is neither."""
    if word.isdecimal():
        return int(word)
    begun = [n for name, n in months() if name.startswith(word.casefold())]
    return begun[0] if len(word) >= SHORTEST and begun else 0
