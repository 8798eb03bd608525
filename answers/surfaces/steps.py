"""What was done to those prosecuted: the steps of each case that several records tell."""

from functools import cached_property

import pandas as pd
from babel.numbers import format_decimal

from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Link, Table
from answers.words import within
from incidents import steps
from incidents.steps import Wait


class Steps(Answer):
    """The prosecutions of a selection, by the steps that their records tell."""

    surface, key, page = "steps", "steps", "impact"

    @cached_property
    def found(self) -> steps.Steps:
        """Count them."""
        return steps.steps(self.asked.subset)

    @cached_property
    def title(self) -> str:
        """Say how many ended in a conviction, as far as is recorded."""
        if self.empty:
            return self.t("What was done to those prosecuted")
        return self.t.plural(
            "Convictions are recorded in {convicted} of {n} prosecution told in several records",
            "Convictions are recorded in {convicted} of {n} prosecutions told in several records",
            self.found.n,
            convicted=int(self.found.having[steps.VERDICT]),
        )

    @cached_property
    def amount(self) -> Amount:
        """Say how many records tell of how many prosecutions."""
        n = self.found.n
        said = self.t.plural("in {n} prosecution", "in {n} prosecutions", n)
        return drawn(self.asked, self.asked.subset.amount(self.found.records), [said])

    @cached_property
    def empty(self) -> str:
        """Say that there is none."""
        none = self.t("No record here belongs to a prosecution told in several records")
        return "" if self.found.n else none

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what time lies between steps, or that too little is known of it."""
        t = self.t
        told = [self._waited(w, *w.months) for w in self.found.waits if w.months]
        if told:
            return (*told, t("Time still running in open ones would make these longer."))
        most = max(wait.pairs for wait in self.found.waits)
        few = t(
            "Time between steps is told from {fewest} pairs on; at most {n} are recorded here.",
            fewest=steps.FEWEST_PAIRS,
            n=most,
        )
        return (few,) if self.found.n else ()

    def _waited(self, wait: Wait, median: float, shortest: int, longest: int) -> str:
        return self.t(
            "{earlier} – {later}: median {median} months, from {shortest} to {longest} ({n} pairs; "
            "{open} open).",
            earlier=self._label("violations", wait.earlier),
            later=within(self._label("violations", wait.later)),
            median=format_decimal(median, "0.#", locale=self.t.code),
            shortest=shortest,
            longest=longest,
            n=wait.pairs,
            open=wait.open,
        )

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say what a prosecution is here, what a step, and what is not counted."""
        t = self.t
        said = [
            t(
                "A prosecution is a story of several records in which the authorities opened a "
                "case, held somebody in custody or convicted; it may concern several persons. "
                "Filters choose the stories; their steps come from all of their records."
            ),
            t("One may have several outcomes: a verdict that was overturned, for example."),
            t("Open: no outcome is recorded, which does not say that there was none."),
            t("Protected records belong to no story, so none is counted here."),
            t(
                "Time is told in calendar months, between records dated by day or month that tell "
                "one step each."
            ),
        ]
        if self.found.single:
            more = t.plural(
                "{n} more record found tells of such an act and belongs to no story yet.",
                "{n} more records found tell of such an act and belong to no story yet.",
                self.found.single,
            )
            said.append(more)
        return tuple(said)

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what a row counts, and why rows do not add up."""
        t = self.t
        return (
            t("Each row: in how many of the prosecutions this step or outcome is recorded."),
            t("A prosecution stands in several rows, so they do not add up."),
        )

    @cached_property
    def table(self) -> Table:
        """Give a row per step, then per outcome, then those that are open."""
        t, found = self.t, self.found
        rows = [
            *self._rows("step", "violations", found.having),
            *self._rows("outcome", "responses", found.outcomes),
        ]
        label = t("Open: no outcome recorded")
        rows.append({"kind": "open", "code": "", "label": label, "prosecutions": found.open})
        columns = {
            "kind": Column(t("step, outcome or open")),
            "code": Column(t("Code")),
            "label": Column(t("Label"), t("Step")),
            "prosecutions": Column(t("prosecutions"), t("Prosecutions"), t.number),
        }
        told = pd.DataFrame(rows if found.n else [], columns=list(columns))
        return Table(told, columns)

    def _rows(self, kind: str, listed: str, found: pd.Series) -> list[dict[str, object]]:
        known = self.asked.package.codebook.codes(listed)
        return [
            {"kind": kind, "code": code, "label": self._label(listed, code), "prosecutions": n}
            for code, n in found.items()
            if code in known
        ]

    def _label(self, listed: str, code: object) -> str:
        return self.asked.package.codebook.label(listed, str(code), self.t.code)

    @cached_property
    def stories(self) -> tuple[Link, ...]:
        """Lead to the first record of every prosecution, which leads to the others."""
        lang = {"lang": self.asked.display.lang} if self.asked.display.lang else {}
        return tuple(Link(name, "records", {**lang, "id": name}) for name in self.found.first)
