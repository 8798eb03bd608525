"""The tables of translations and of names: what they may say, in the light of the other tables.

A translation of a text that stands nowhere, and a name that no text holds, are faults: what was
withdrawn must not live on in them.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

import pandas as pd

from incidents.schema import Fault
from incidents.wording import NAMING, OF_RECORDS, OTHERS, TRANSLATED, stands_in

TRANSLATIONS = "translations.csv"
NAMES = "names.csv"


def texts(
    table: Callable[[str], pd.DataFrame],
    records: Iterable[pd.DataFrame],
    columns: Mapping[str, Iterable[str]],
) -> set[str]:
    """Collect the English texts of a package: of its records, and of columns of its tables."""
    cells = [frame[column] for frame in records for column in OF_RECORDS]
    cells += [table(path)[column] for path, named in columns.items() for column in named]
    return {text for column in cells for text in column.unique()} - {""}


def faults(
    table: Callable[[str], pd.DataFrame], records: Collection[pd.DataFrame]
) -> Iterator[Fault]:
    """Find translations and names of nothing, and translations that do not say how they came."""
    known = texts(table, records, TRANSLATED)
    for row, told in _rows(table(TRANSLATIONS)):
        if told["text_en"] not in known:
            # the text may be one that was withdrawn: it is not repeated
            yield Fault(TRANSLATIONS, row, "text_en", "", "translates_nothing")
        for lang in OTHERS:
            if bool(told[f"text_{lang}"]) != bool(told[f"translated_{lang}"]):
                yield Fault(TRANSLATIONS, row, f"translated_{lang}", "", "not_told_how")
    naming = texts(table, records, NAMING)
    for row, name in _rows(table(NAMES)):
        if not stands_in(name, naming):
            yield Fault(NAMES, row, "name_en", "", "names_nothing")


def _rows(table: pd.DataFrame) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a table with their lines (the header is line 1)."""
    return enumerate(table.to_dict("records"), start=2)
