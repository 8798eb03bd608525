"""Labels beside codes: a file holds both, what programs read and what people read.

The codes keep their columns and the names of these; beside each stands a column of the same name
with `_label`, worded by the codebook in the language of the file. Every form of a file has them,
JSON too: one table, whoever opens it.
"""

from collections.abc import Iterable, Mapping

import pandas as pd

from answers.answer import Column, Table
from answers.codebook import names
from answers.question import Question
from incidents.filters import FACETS
from loaders import Package
from loaders.language import Language

SUFFIX = "_label"
BETWEEN = "; "
"""What stands between the labels of several codes, in the order of the codes."""


def labelled(table: Table, listed: Mapping[str, str], asked: Question) -> Table:
    """Put beside every column of codes one of their labels; `listed` names their code lists."""
    cells, columns, t = {}, {}, asked.t
    found = beside(table.rows, listed, asked.package, t.code)
    for name, column in table.columns.items():
        cells[name], columns[name] = table.rows[name], column
        if name in listed:
            label = name + SUFFIX
            cells[label] = found[label]
            columns[label] = Column(_meaning(name, listed[name], t), _head(name, listed[name], t))
    return Table(pd.DataFrame(cells, table.rows.index), columns)


def beside(
    rows: pd.DataFrame, listed: Mapping[str, str], package: Package, language: str
) -> pd.DataFrame:
    """Word the codes of rows of text, a column per column of codes; no code has no label."""
    return pd.DataFrame(
        {
            column + SUFFIX: _worded(rows[column].array, package.labels(name, language))
            for column, name in listed.items()
            if column in rows
        },
        index=rows.index,
        dtype="object",
    )


def _worded(cells: Iterable[str], words: Mapping[str, str]) -> list[str]:
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
