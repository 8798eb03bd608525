"""The groups affected, most often first."""

from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from answers.amounts import Amount, amount, drawn
from answers.answer import Answer, Column, Link, Table
from answers.words import code_label, each, listed_within, nothing_found, several, within
from charts import bars
from incidents import counts


class Groups(Answer):
    """Incidents by group: a record with several counts under each."""

    surface, key, page = "groups", "by-group", ""

    @cached_property
    def found(self) -> pd.Series:
        """Count the groups that have records, most often first."""
        found = counts.by_code(self.asked.subset, "group")
        return found[found.fillna(0) > 0].sort_values(ascending=False, kind="stable")

    @cached_property
    def labels(self) -> list[str]:
        """Word the groups, in the same order."""
        return [code_label(self.asked.package, "group", str(c), self.t) for c in self.found.index]

    @cached_property
    def title(self) -> str:
        """Say which group is affected most often, or which are alike."""
        t, asked, found = self.t, self.asked.selection.group, self.found
        if found.empty:
            return t("No recorded incidents in this period")
        if asked:
            return self._beside(asked)
        first = _led(self.labels[: int((found == found.iloc[0]).sum())])
        n = amount(int(found.iloc[0]), "incidents", t)
        if len(first) == 1:
            return t("{group} are affected most often: {amount}", group=first[0], amount=n)
        many = t.plural("{n} group", "{n} groups", len(first))
        groups = several(first, many, t)
        return t("{groups} are affected most often: {amount} each", groups=groups, amount=n)

    def _beside(self, asked: tuple[str, ...]) -> str:
        """Say of how many of the groups asked for there are records, and who else is in these."""
        t, labels = self.t, self.asked.package.codebook.labels("groups", self.t.code)
        chosen = several(
            _led([labels[c] for c in asked]), t.plural("{n} group", "{n} groups", len(asked)), t
        )
        said = t(
            "{groups}: {amount}", groups=chosen, amount=amount(self.asked.subset.n, "incidents", t)
        )
        others = self.found.drop(list(asked), errors="ignore")
        if others.empty:
            return said
        first = [within(labels[str(c)]) for c in others.index[others == others.iloc[0]]]
        many = t.plural("{n} group", "{n} groups", len(first))
        return t(
            "{said}; most often together with {group} ({n})",
            said=said,
            group=each(first, many, t),
            n=int(others.iloc[0]),
        )

    @cached_property
    def thin(self) -> dict[str, int]:
        """Give the groups of which the whole release holds little or nothing."""
        package = self.asked.package
        return package.once("thin", lambda: counts.thinly_held(package.incidents, "group"))

    @property
    def _marked(self) -> list[bool]:
        return [code in self.thin for code in self.found.index]

    @cached_property
    def amount(self) -> Amount:
        """Say how many records: each has a group."""
        return drawn(self.asked)

    @cached_property
    def empty(self) -> str:
        """Say that no record fits."""
        return nothing_found(self.t) if self.found.empty else ""

    @cached_property
    def alt(self) -> str:
        """Say the title, and the number of every group."""
        said = (f"{w}: {self.t.number(n)}" for w, n in zip(self.labels, self.found, strict=True))
        return f"{self.title}. {', '.join(said)}"

    @property
    def _none(self) -> tuple[str, ...]:
        """Say of which groups there are none."""
        labels = self.asked.package.codebook.labels("groups", self.t.code)
        none = [labels[code] for code, n in self.thin.items() if not n]
        said = self.t("No record was collected of: {groups}.", groups=listed_within(none, self.t))
        return (said,) if none else ()

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say that records count several times, what is thinly held, and what not at all."""
        several = self.t("A record with several groups counts under each.")
        thin = self.t(
            "Little collected: fewer than {n} records in all the data; a short bar does not "
            "mean few incidents.",
            n=counts.THIN,
        )
        return (several, *([thin] if any(self._marked) else []), *self._none)

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what a bar counts, and what its length depends on."""
        t = self.t
        return (
            t("Each bar is a group; its length: the recorded incidents that concern it."),
            t("A short bar may mean that little was collected, not that little happened."),
        )

    @cached_property
    def table(self) -> Table:
        """Give a row per group."""
        t = self.t
        rows = {"code": self.found.index, "label": self.labels, "incidents": self.found.to_numpy()}
        rows["thinly_held"] = ["yes" if thin else "" for thin in self._marked]
        columns = {
            "code": Column(t("Code")),
            "label": Column(t("Label"), t("Group")),
            "incidents": Column(t("incidents"), t("Incidents"), t.number),
            "thinly_held": Column(t("yes: fewer than {n} records in all the data", n=counts.THIN)),
        }
        return Table(pd.DataFrame(rows), columns)

    @cached_property
    def figure(self) -> go.Figure | None:
        """Draw a bar per group."""
        if self.found.empty:
            return None
        names = (self.t("{n} records or more", n=counts.THIN), self.t("little collected"))
        return bars.bars(self.found, self.labels, self.t, self._marked, names)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to the records of every group, with the number that stands there."""
        every = counts.options(self.asked.subset, "group")
        return tuple(
            Link(
                f"{label}: {self.t.number(every[str(code)])}",
                "records",
                self.asked.query(self.asked.selection.only(group=str(code))),
            )
            for label, code in zip(self.labels, self.found.index, strict=True)
        )


def _led(labels: list[str]) -> list[str]:
    """Write labels that begin a sentence: the first as it is, the others as inside one."""
    return [*labels[:1], *map(within, labels[1:])]
