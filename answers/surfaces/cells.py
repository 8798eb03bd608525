"""Cases that are counted and never listed, as tables beside the records."""

from functools import cached_property

import pandas as pd

from answers.answer import Said, Section
from answers.question import Question
from incidents import cells
from incidents.filters import FACETS, PARAMETERS
from incidents.protection import K


class Cells:
    """The tables of all codes that are counted only. The filters do not reach them."""

    def __init__(self, asked: Question) -> None:
        """Answer one question."""
        self.asked, self.t = asked, asked.t

    @cached_property
    def section(self) -> Section | None:
        """Tell the cells of every code; nothing where no code asks for it."""
        t, said = self.t, self.asked.package.aggregates
        if said.empty:
            return None
        intro = t(
            "Cases under these codes stand in no list, no file of records and no other number "
            "of this dashboard, and the filters do not reach them. “{few}”: fewer than {k} "
            "cases, none included. “Withheld”: the number would tell a smaller one. From "
            "release to release a number moves only by {k} or more. A case with two of these "
            "codes is in both tables, so the tables must not be added up.",
            few=cells.FEW,
            k=K,
        )
        tables = tuple(
            self._of_code(name, code, of_code.droplevel(cells.KEY[:2]))
            for (name, code), of_code in said.groupby(level=cells.KEY[:2], sort=False)
        )
        head = t("Counted, never listed")
        return Section(head, (Said(intro),), parts=tables, bullets=False)

    def _of_code(self, name: str, code: str, said: pd.Series) -> Section:
        """Tell the total of one code, and its cells by year, region, ..."""
        t = self.t
        label = self.asked.package.codebook.label(name, code, t.code)
        total = self._word(said[cells.TOTAL, ""])
        title = t("{label}, cases counted: {total}", label=label, total=total)
        parts = tuple(self._row(by, said[by]) for by in cells.ROWS)
        return Section(title, parts=parts, level=2)

    def _row(self, by: str, row: pd.Series) -> Section:
        t, listed = self.t, cells.ROWS[by]
        told = row.map(self._word)
        if listed:
            book = self.asked.package.codebook
            told.index = [book.label(listed, code, t.code) for code in told.index]
        head = t(PARAMETERS[by].label) if by in FACETS else t("Year")
        return Section(head, table=told.rename_axis(head).to_frame(t("Cases")), level=3)

    def _word(self, word: str) -> str:
        return self.t("withheld") if word == cells.WITHHELD else word
