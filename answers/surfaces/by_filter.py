"""Recorded incidents by any filter: how many under each of its codes."""

from functools import cached_property

import pandas as pd

from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Table
from answers.filters import label
from answers.question import Question
from answers.words import code_label
from incidents import counts


class ByFilter(Answer):
    """Incidents, or people named, under each code of one filter, in the order of the codebook."""

    surface, key, page = "counts", "counts", "records"

    def __init__(self, asked: Question, facet: str) -> None:
        """Count by one filter that holds codes."""
        super().__init__(asked)
        self.facet = facet

    @cached_property
    def title(self) -> str:
        """Say by what is counted."""
        return self.t("Recorded incidents by {filter}", filter=label(self.facet, self.t))

    @cached_property
    def amount(self) -> Amount:
        """Say how many records are counted."""
        return drawn(self.asked)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Name files for the filter, too."""
        return (self.key, self.facet)

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say that sums over codes may count a record several times."""
        return (self.t("A record with several codes counts under each."),)

    @cached_property
    def table(self) -> Table:
        """Give a row per code that has records."""
        t, unit = self.t, self.asked.display.unit
        found = counts.by_code(self.asked.subset, self.facet, unit)
        found = found[found.fillna(0) > 0]
        labels = [code_label(self.asked.package, self.facet, str(c), t) for c in found.index]
        rows = {"code": found.index.astype(str), "label": labels, unit: found.astype("Int64")}
        counted = t("People") if unit == "people" else t("Incidents")
        columns = {
            "code": Column(t("Code")),
            "label": Column(t("Label"), label(self.facet, t)),
            unit: Column(counted, counted, t.number),
        }
        return Table(pd.DataFrame(rows).reset_index(drop=True), columns)
