"""What was documented: by dataset, by programme, by release; and how complete that is."""

from functools import cached_property

import pandas as pd

from answers import quality
from answers.amounts import Amount, amount, drawn
from answers.answer import Answer, Column, Link, Section, Table, points, told
from answers.question import Question
from answers.words import nothing_found, short_dataset
from incidents import counts, impact
from loaders import releases


class Impact(Answer):
    """The records of a selection, by what brought them here."""

    surface, key, page = "impact", "impact", "impact"

    @cached_property
    def title(self) -> str:
        """Say how many were documented."""
        n = self.asked.subset.n
        return self.t("Documented: {amount}", amount=amount(n, "incidents", self.t))

    @cached_property
    def amount(self) -> Amount:
        """Say how many records."""
        return drawn(self.asked)

    @cached_property
    def empty(self) -> str:
        """Say that no record fits."""
        return "" if self.asked.subset.n else nothing_found(self.t)

    @cached_property
    def _datasets(self) -> pd.Series:
        return counts.by_code(self.asked.subset, "data").dropna()

    @cached_property
    def _programmes(self) -> pd.Series:
        return impact.by_programme(self.asked.subset)

    @cached_property
    def _releases(self) -> pd.Series:
        return impact.by_release(self.asked.subset, releases.history(self.asked.package).added)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say who is in no count by release or programme, and where there are no programmes."""
        t = self.t
        left_out = t("Counts by release and by programme leave protected records out.")
        return tuple(filter(None, (left_out, self._of_programmes)))

    @property
    def _of_programmes(self) -> str:
        t, found = self.t, self._programmes
        if found.empty:
            return t(
                "No record here names the programme that documented it: a keeper sets it in the "
                "column “project”."
            )
        if found.isna().any():
            return t("“–” by programme: fewer than {n} records.", n=impact.FEWEST)
        return ""

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what a row counts, and which rows do not add up."""
        t = self.t
        return (
            t("Each table counts the same incidents anew: by dataset, programme, or data version."),
            t("So the tables are not to be added up."),
        )

    @property
    def _kinds(self) -> dict[str, pd.Series]:
        return {
            "dataset": self._datasets,
            "programme": self._programmes,
            "release": self._releases,
        }

    @cached_property
    def parts(self) -> tuple[pd.DataFrame, ...]:
        """Write a table each by dataset, by programme and by release; none that has no row."""
        t = self.t
        heads = {
            "dataset": t("Dataset"),
            "programme": t("Programme"),
            "release": t("Added in data version"),
        }
        return tuple(
            pd.DataFrame(
                {t("Incidents"): [told(n, t.number) for n in found]},
                pd.Index([self._named(kind, str(code)) for code in found.index], name=heads[kind]),
            )
            for kind, found in self._kinds.items()
            if len(found)
        )

    def _named(self, kind: str, code: str) -> str:
        if kind == "dataset":
            return short_dataset(self.asked.package, code, self.t)
        if kind == "release" and code == self._releases.index[0]:
            return self.t("{release} or earlier", release=code)
        return code

    @cached_property
    def table(self) -> Table:
        """Give a row per dataset, programme and release."""
        t = self.t
        rows = [
            {"by": kind, "code": code, "label": self._worded(kind, str(code)), "incidents": n}
            for kind, found in self._kinds.items()
            for code, n in found.items()
        ]
        columns = {
            "by": Column(t("dataset, programme or release")),
            "code": Column(t("Code")),
            "label": Column(t("Label"), t("Documented")),
            "incidents": Column(t("incidents"), t("Incidents"), t.number),
        }
        counted = pd.DataFrame(rows, columns=list(columns)).astype({"incidents": "Int64"})
        return Table(counted, columns)

    def _worded(self, kind: str, code: str) -> str:
        t = self.t
        if kind == "dataset":
            return t("Dataset: {name}", name=short_dataset(self.asked.package, code, t))
        if kind == "programme":
            return t("Programme: {name}", name=code)
        if code == self._releases.index[0]:
            return t("Added in release {release} or earlier", release=code)
        return t("Added in release {release}", release=code)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to the records of each dataset."""
        asked, t = self.asked, self.t
        return tuple(
            Link(
                f"{short_dataset(asked.package, str(code), t)}: {t.number(n)}",
                "records",
                asked.query(asked.selection.only(data=str(code))),
            )
            for code, n in self._datasets.items()
            if n
        )


def complete(asked: Question) -> Section:
    """Say how much of the published totals is held, and who is missing."""
    t, package = asked.t, asked.package
    said = quality.coverage_in_short(package, t), quality.missing(package, t)
    onward = Link(t("What is missing →"), "methodology", {**asked.query(), "id": "contents"})
    return Section(t("How complete it is"), points(*said), links=(onward,))
