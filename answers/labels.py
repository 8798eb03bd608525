"""Labels beside codes: a file holds both, what programs read and what people read.

The codes keep their columns and the names of these; beside each stands a column of the same name
with `_label`, worded by the codebook in the language of the file. Every form of a file has them,
JSON too: one table, whoever opens it.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from answers.answer import Column, Table
from answers.codebook import names
from answers.question import Question
from incidents.filters import FACETS
from loaders.language import Language

SUFFIX = "_label"
BETWEEN = "; "
"""What stands between the labels of several codes, in the order of the codes."""


def labelled(table: Table, listed: Mapping[str, str], asked: Question) -> Table:
    """Put beside every column of codes one of their labels; `listed` names their code lists."""
    found = beside({name: table.rows[name] for name in table.columns}, listed, asked)
    return Table(pd.DataFrame(found, table.rows.index), described(table.columns, listed, asked.t))


def beside(
    cells: Mapping[str, Iterable[Any]], listed: Mapping[str, str], asked: Question
) -> dict[str, Any]:
    """Put beside every column of codes the labels of its cells."""
    found: dict[str, Any] = {}
    for name, column in cells.items():
        found[name] = column
        if name in listed:
            found[name + SUFFIX] = worded(column, asked.package.labels(listed[name], asked.t.code))
    return found


def described(
    columns: Mapping[str, Column], listed: Mapping[str, str], t: Language
) -> dict[str, Column]:
    """Put beside what every column of codes means what that of their labels does."""
    found = {}
    for name, column in columns.items():
        found[name] = column
        if name in listed:
            head = _head(name, listed[name], t)
            found[name + SUFFIX] = Column(_meaning(name, listed[name], t), head)
    return found


def worded(cells: Iterable[str], words: Mapping[str, str]) -> list[str]:
    """Word cells of codes, each in the order of its codes; no code has no label."""
    cells = list(cells)
    told = {
        cell: BETWEEN.join(words[code] for code in cell.split(";") if code) for cell in set(cells)
    }
    return [told[cell] for cell in cells]


def _meaning(column: str, listed: str, t: Language) -> str:
    if listed == "places":
        return t("The same as {column}, by the name of the settlement", column=column)
    return t("The same as {column}, in the words of the codebook", column=column)


def _head(column: str, listed: str, t: Language) -> str:
    """Name a column as the menus do, or by its code list."""
    menus = {facet.column: facet.label for facet in FACETS.values()}
    if column in menus:
        return t(menus[column])
    one = {
        "consents": t("Consent"),
        "flags": t("Flag"),
        "kinds": t("Kind of record"),
        "links": t("Link to the source"),
    }
    return {**names(t), **one}[listed]
