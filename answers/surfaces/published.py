"""The totals that somebody else published, with what is held here inside them."""

from collections.abc import Mapping
from functools import cached_property

import pandas as pd
import plotly.graph_objects as go

from answers import citing, quality
from answers.amounts import Amount
from answers.answer import Answer, Column, Link, Said, Table
from answers.changes import times
from charts import palette, trend
from incidents.change import PublishedChange
from incidents.change import published as published_change
from incidents.citation import Citation
from loaders import Package


class Published(Answer):
    """Attacks on media as published: the trend that may be cited."""

    surface, key, page = "published", "published", "trends"
    selection = None

    @property
    def applies(self) -> bool:
        """Say whether the selection may be set beside these totals."""
        package, chosen = self.asked.package, self.asked.selection.data
        return not package.published.empty and (not chosen or package.published_dataset in chosen)

    @property
    def dataset(self) -> str:
        """Word the dataset whose records stand inside the totals."""
        package = self.asked.package
        return package.codebook.label("datasets", package.published_dataset, self.t.code)

    @cached_property
    def changed(self) -> PublishedChange:
        """Compare the first and the last total: no selection changes them."""
        return compared(self.asked.package)

    @cached_property
    def title(self) -> str:
        """Say the first and the last total; their ratio is told with what chance would do."""
        t, totals = self.t, self.asked.package.published
        said = {
            "dataset": self.dataset,
            "a": int(totals.iloc[0]),
            "b": int(totals.iloc[-1]),
            "first": str(totals.index[0]),
            "last": str(totals.index[-1]),
        }
        if len(totals) == 1:
            return t("{dataset}, as published: {a} in {first}", **said)
        return t("{dataset}, as published: {a} in {first}, {b} in {last}", **said)

    @cached_property
    def amount(self) -> Amount:
        """Say how many totals there are."""
        t, n = self.t, len(self.asked.package.published)
        text = t.plural("{n} published total", "{n} published totals", n)
        return Amount(n, n, text, t("{dataset}, as published", dataset=self.dataset))

    @cached_property
    def alt(self) -> str:
        """Say the title, and the total of every year."""
        totals = self.asked.package.published
        values = ", ".join(f"{year}: {self.t.number(n)}" for year, n in totals.items())
        return self.t("{title}. By year: {values}.", title=self.title, values=values)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say that two numbers tell no trend, where there are two."""
        t = self.t
        return (t("Published totals alone tell no trend."),) if self.changed.years > 1 else ()

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say why there is no verdict, how much of the totals is held, and what chance would do."""
        t, package = self.t, self.asked.package
        total = package.published.sum()
        share = t.percent(package.held.sum() / total) if total else "–"
        monitor = package.statement("one_monitor", t.code) if self.changed.years > 1 else ""
        mixed = t(
            "They are never mixed with our records, which are {share} of the published "
            "total: a trend drawn from records can follow what was collected.",
            share=share,
        )
        return (*filter(None, [monitor]), mixed, *self.method)

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what the two bars of a year are, and what lies between them."""
        t = self.t
        return (
            t("The wide bar is what somebody else published for a year."),
            t("The narrow bar inside it is how many records of that year are collected here."),
            t("What lies between them is missing here; it is no change."),
        )

    @cached_property
    def method(self) -> tuple[str, ...]:
        """Say what chance alone would leave open between the first and the last total."""
        t, found = self.t, self.changed
        if not found.independent or found.dispersion is None:
            return ()
        return (
            t(
                "Chance alone, if incidents came independently of each other, would leave "
                "{times}; but the numbers scatter {dispersion} times as widely around a steady "
                "change as chance would.",
                times=times(found.independent, t),
                dispersion=t.number(found.dispersion),
            ),
        )

    @cached_property
    def sources(self) -> tuple[Said, ...]:
        """Name who published the totals."""
        name, url = self.asked.package.published_source(self.t.code)
        links = (Link(name, url=url),) if url else ()
        return (Said(self.t("Source: {name}.", name=name), links=links),)

    @cached_property
    def table(self) -> Table:
        """Give a row per year."""
        t, totals = self.t, self.asked.package.published
        held = self.asked.package.held.to_numpy()
        rows = {"year": totals.index, "published": totals.to_numpy(), "held": held}
        columns = {
            "year": Column(t("Year"), t("Year")),
            "published": Column(t("published total"), t("published total"), t.number),
            "held": Column(t("records collected here"), t("records collected here"), t.number),
        }
        return Table(pd.DataFrame(rows), columns)

    @cached_property
    def citation(self) -> Citation:
        """Cite the totals, by who published them."""
        package = self.asked.package
        source, _ = package.published_source(self.t.code)
        rows = package.published_rows
        page = self.asked.path
        return citing.of_rows(self.asked, self.title, self.amount.text, rows, page, source)

    @cached_property
    def quality(self) -> tuple[str, ...]:
        """Say how good the records inside the totals are."""
        return quality.caveats(self.asked.package, self.t)

    @property
    def hues(self) -> Mapping[str, str]:
        """Give the total and what is held of it the colours that they have in the chart."""
        return {"published": palette.CONTEXT, "held": palette.ACCENT}

    @cached_property
    def figure(self) -> go.Figure | None:
        """Draw the totals once: no selection changes them."""
        package, t = self.asked.package, self.t
        names = (t("published total"), t("records collected here"))
        return package.once(
            ("published", t.code),
            lambda: trend.published(package.published, package.held, names, t),
        )


def compared(package: Package) -> PublishedChange:
    """Compare the first and the last published total of a release."""
    totals = package.published
    return package.once(
        "published change",
        lambda: published_change(totals, int(totals.index[0]), int(totals.index[-1])),
    )
