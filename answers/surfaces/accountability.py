"""Accountability: where a response of the authorities could be expected, how often one is named."""

from dataclasses import replace
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Link, Table
from charts import bars
from incidents import counts, impact
from incidents.selection import Selection
from incidents.table import Subset


class Accountability(Answer):
    """Incidents that others than the authorities committed, by the response the source names."""

    surface, key, page = "accountability", "accountability", "impact"

    @cached_property
    def expected(self) -> Selection | None:
        """Select the incidents where a response could be expected; None where filters leave none.

        Those that the authorities committed, alone or with others, are not among them.
        """
        perpetrators = self.asked.package.codebook.codes("perpetrators")
        return impact.others(self.asked.selection, perpetrators)

    @cached_property
    def _subset(self) -> Subset | None:
        expected = self.expected
        return self.asked.package.incidents.select(expected) if expected else None

    @cached_property
    def found(self) -> pd.Series:
        """Count these under every response."""
        return impact.responses(self._subset) if self._subset else pd.Series(dtype=int)

    @cached_property
    def _told(self) -> counts.Responses:
        return counts.responses(self.asked.subset)

    @cached_property
    def labels(self) -> list[str]:
        """Word the responses, in the same order."""
        label = self.asked.package.codebook.labels("responses", self.t.code)
        return [label[str(code)] for code in self.found.index]

    @cached_property
    def title(self) -> str:
        """Say of how many incidents the source names a response."""
        if self.empty:
            return self.t("Responses of the authorities to what others committed")
        return self.t.plural(
            "In {answered} of {n} incident not committed by the authorities, the source names "
            "their response",
            "In {answered} of {n} incidents not committed by the authorities, the source names "
            "their response",
            self._told.by_others,
            answered=self._told.answered,
        )

    @cached_property
    def amount(self) -> Amount:
        """Say how many records: those of the authorities are not among them."""
        theirs = self.asked.subset.n - self._told.by_others
        away = [self.t("{n} committed by the authorities", n=theirs)] if theirs else []
        return drawn(self.asked, self._told.by_others, away)

    @cached_property
    def empty(self) -> str:
        """Say why there is nothing to tell."""
        t = self.t
        if self.asked.selection.response:
            return t("The filter asks for certain responses, so their share says nothing here")
        if not self._told.by_others:
            return t("No incident here was committed by others than the authorities")
        return ""

    @cached_property
    def alt(self) -> str:
        """Say the title, and the number of every response."""
        said = (f"{w}: {self.t.number(n)}" for w, n in zip(self.labels, self.found, strict=True))
        return f"{self.title}. {', '.join(said)}"

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say for how many it is not known who acted: they may be the authorities' own."""
        acting, subset = self.asked.subset.incidents.facets["perpetrator"], self.asked.subset
        known = counts.UNKNOWN in acting.codes
        n = subset.amount(subset.rows & acting.wanted((counts.UNKNOWN,))) if known else 0
        if self.empty or not n:
            return ()
        return (
            self.t.plural(
                "In {n} of these incidents the source does not say who acted.",
                "In {n} of these incidents the source does not say who acted.",
                n,
            ),
        )

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say what a response is, and how weak the field."""
        later = self.t(
            "A response is what the cited source named when it was written; what came "
            "later is mostly unknown."
        )
        weak = self.asked.package.statement("weakest_field", self.t.code)
        return tuple(filter(None, (later, weak)))

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what a bar counts, and what the bars that name nothing do not say."""
        t = self.t
        return (
            t("Each bar is a response; its length: the incidents whose source names it."),
            t("Where none is named, there may still have been one."),
        )

    @cached_property
    def table(self) -> Table:
        """Give a row per response."""
        t, found = self.t, self.found if not self.empty else self.found.iloc[:0]
        rows = {"code": found.index.astype(str), "label": self.labels[: len(found)]}
        columns = {
            "code": Column(t("Code")),
            "label": Column(t("Label"), t("Response of the authorities")),
            "incidents": Column(t("incidents"), t("Incidents"), t.number),
        }
        return Table(pd.DataFrame({**rows, "incidents": found.to_numpy()}), columns)

    @cached_property
    def figure(self) -> go.Figure | None:
        """Draw a bar per response; those that name none are pale."""
        if self.empty:
            return None
        named = self.asked.package.codebook.marked("responses", "named")
        none = [str(code) not in named for code in self.found.index]
        names = (self.t("response named"), self.t("none named"))
        return bars.bars(self.found, self.labels, self.t, none, names)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to the records of every response."""
        if self.empty or self.expected is None:
            return ()
        return tuple(
            Link(
                f"{label}: {self.t.number(n)}",
                "records",
                self.asked.query(replace(self.expected, response=(str(code),))),
            )
            for label, (code, n) in zip(self.labels, self.found.items(), strict=True)
            if n
        )
