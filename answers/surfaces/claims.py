"""Published sentences about change: their readings, one by one, and in one line."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from answers import citing
from answers.amounts import Amount
from answers.answer import Answer, Chapter, Column, Link, Said, Section, Table, points
from answers.labels import labelled
from answers.surfaces import readings
from answers.surfaces.change import factor
from charts import ratios
from incidents import claims
from incidents.citation import Citation
from incidents.claims import Checked, Claim
from incidents.selection import Selection
from loaders import Package
from loaders.claims import CLAIMS, READINGS


@dataclass(frozen=True)
class Judged:
    """One claim: the sentence and who said it, and the verdict in a word."""

    quoted: tuple[Said, Said]
    verdict: str


@dataclass(frozen=True)
class Row(Judged):
    """One claim at a glance, with a chart of the numbers it may mean.

    `counted` says what the verdict rests on; `readings` tell in full what is drawn.
    """

    counted: str
    figure: go.Figure
    alt: str
    readings: Chapter


class Claims(Answer):
    """What others say has changed: each published sentence under every way to read it."""

    surface, key, page = "claims", "claims", "claims"
    selection = None

    @cached_property
    def title(self) -> str:
        """Name the page."""
        return self.t("Claims")

    @cached_property
    def amount(self) -> Amount:
        """Say how many claims there are."""
        n = len(self.asked.package.claims)
        text = self.t.plural("{n} claim", "{n} claims", n)
        return Amount(n, n, text, self.t("published sentences"))

    @cached_property
    def table(self) -> Table:
        """Give a row per reading, in the order of the charts: what the package says, checked."""
        package, columns = self.asked.package, self._columns
        meanings = package.meanings(self.t.code, CLAIMS, READINGS)
        columns |= {name: Column(meanings[name]) for name in package.claim_rows}
        rows = [row for claim, found in self._checked.items() for row in self._told(claim, found)]
        numbers = dict.fromkeys(("n_earlier", "n_later"), "Int64")
        table = Table(pd.DataFrame(rows, columns=list(columns)).astype(numbers), columns)
        return labelled(table, package.coded(CLAIMS, READINGS), self.asked)

    @property
    def _columns(self) -> dict[str, Column]:
        """Head what is told of every reading."""
        t = self.t
        heads = {
            "sentence": t("Sentence"),
            "numbers": t("Numbers"),
            "periods": t("Periods"),
            "n_earlier": t("Earlier"),
            "n_later": t("Later"),
            "ratio": t("Ratio"),
            "outcome": t("Outcome"),
        }
        write = {"n_earlier": t.number, "n_later": t.number, "ratio": lambda x: factor(x, t)}
        return {name: Column(head, head, write.get(name, str)) for name, head in heads.items()}

    def _told(self, claim: Claim, found: Sequence[Checked]) -> list[dict[str, Any]]:
        """Tell the readings of a claim, those of published totals first."""
        every = self.asked.package.claim_rows
        held = every[every["claim_id"] == claim.claim_id].to_dict("records")
        told = [{**self._cells(claim, one), **row} for one, row in zip(found, held, strict=True)]
        return sorted(told, key=lambda row: bool(row["selection"]))

    def _cells(self, claim: Claim, one: Checked) -> dict[str, Any]:
        t, recorded = self.t, one.reading.selection is not None
        a, b = one.n or (None, None)
        return {
            "sentence": readings.sentence(claim, t),
            "numbers": t("records held here") if recorded else t("published total"),
            "periods": readings.compared(one, t),
            "n_earlier": a,
            "n_later": b,
            "ratio": readings.ratio(one),
            "outcome": readings.outcomes(t)[one.outcome],
        }

    @cached_property
    def citation(self) -> Citation:
        """Cite the claims with their readings."""
        rows = self.asked.package.claim_rows
        return citing.of_rows(self.asked, self.title, self.amount.text, rows, self.page)

    @cached_property
    def introduction(self) -> str:
        """Say what is done with the sentences here."""
        return self.t(
            "Sentences that others published about change, each recomputed under every way to read "
            "it that we found. A reading holds or not by arithmetic alone: nothing here says that "
            "anything rose or fell."
        )

    @cached_property
    def empty(self) -> str:
        """Say that there are none."""
        return "" if self.asked.package.claims else self.t("This release lists no claims.")

    @cached_property
    def rows(self) -> dict[Claim, Row]:
        """Show every claim at a glance."""
        return {claim: self._row(claim, found) for claim, found in self._checked.items()}

    @property
    def _checked(self) -> dict[Claim, list[Checked]]:
        return checked(self.asked.package)

    def _row(self, claim: Claim, found: Sequence[Checked]) -> Row:
        t = self.t
        return Row(
            self._quoted(claim),
            readings.verdict(found, t),
            " ".join(filter(None, (readings.counted(found, t), readings.apart(found, t)))),
            self._figure(claim, found),
            self._alt(claim, found),
            Chapter(
                f"readings-{claim.claim_id}",
                t.plural("The {n} reading in full", "All {n} readings in full", len(found)),
                lambda _: self._section(claim, found),
            ),
        )

    def _quoted(self, claim: Claim) -> tuple[Said, Said]:
        sentence = readings.sentence(claim, self.t)
        return Said(sentence, strong=sentence), self._origin(claim)

    def _section(self, claim: Claim, found: Sequence[Checked]) -> Section:
        """Tell of a claim in full: the rule, and what each reading gives."""
        t = self.t
        published, recorded = claims.apart(found)
        parts = []
        if published:
            totals = Section("", (self._about_totals(published[0]),), bullets=False, level=3)
            told = (*self._readings(published), totals)
            parts.append(Section(self._headings[0], parts=told, level=2))
        if recorded:
            note = t(
                "Records are a sample, uneven from year to year, and never mixed with "
                "published totals. What they show neither confirms nor refutes the sentence."
            )
            told = tuple(self._readings(recorded))
            parts.append(Section(self._headings[1], parts=told, caption=note, level=2))
        return Section(
            "",
            points(claim.texts[f"note_{t.code}"], self._rule(claim)),
            parts=tuple(parts),
            links=(self._own_comparison(claim),),
            bullets=False,
        )

    @property
    def _headings(self) -> tuple[str, str]:
        """Head the readings of published totals, and those of records."""
        return self.t("In the published totals"), self.t("In the records held here, a sample")

    def _panels(self, found: Sequence[Checked]) -> list[tuple[str, list[Checked]]]:
        """Give the readings under their headings, as they are drawn."""
        both = zip(self._headings, claims.apart(found), strict=True)
        return [(heading, of_kind) for heading, of_kind in both if of_kind]

    def _figure(self, claim: Claim, found: Sequence[Checked]) -> go.Figure:
        """Draw the readings once: no selection changes them."""
        sample = self._headings[1]

        def draw() -> go.Figure:
            panels = [
                ratios.Panel(heading, [self._drawn(one) for one in of_kind], heading == sample)
                for heading, of_kind in self._panels(found)
            ]
            return ratios.ratios(panels, self._target(claim), self.t)

        return self.asked.package.once(("claim", claim.claim_id, self.t.code), draw)

    def _drawn(self, one: Checked) -> ratios.Row:
        return ratios.Row(
            readings.label(one, self.t), readings.ratio(one), readings.numbers(one, self.t)
        )

    def _target(self, claim: Claim) -> ratios.Target:
        """Name the ratio that the sentence says, and those that its words let through."""
        t = self.t
        return ratios.Target(
            float(claim.factor),
            *claims.allowed(claim.manner, claim.factor),
            name=t("× {factor}, as said", factor=self._factor(claim)),
            note=t(
                "Later number divided by the earlier. Band: what the words of the sentence allow."
            ),
        )

    def _factor(self, claim: Claim) -> str:
        return factor(float(claim.factor), self.t)

    def _alt(self, claim: Claim, found: Sequence[Checked]) -> str:
        """Say in words what is drawn: the ratio that was said, and every reading."""
        t = self.t
        said = t(
            "The later number divided by the earlier, under each reading; the sentence says "
            "× {factor}.",
            factor=self._factor(claim),
        )
        told = [
            f"{heading}: {'; '.join(readings.aloud(one, t) for one in of_kind)}."
            for heading, of_kind in self._panels(found)
        ]
        return " ".join((said, *told))

    @property
    def about(self) -> Chapter:
        """Fold away how to read the page."""
        title = self.t("How to read this page, and what no arithmetic covers")
        return Chapter("about-claims", title, lambda _: self._about)

    @property
    def _about(self) -> Section:
        """Say what the numbers rest on, and what they leave open."""
        t = self.t
        said = (
            t(
                "All is computed from release {release}, under readings that speak against a "
                "sentence as under those that bear it out. The filters do not change this page.",
                release=self.asked.package.release,
            ),
            t(
                "The verdict on a sentence follows from the published totals alone, never from the "
                "records held here."
            ),
        )
        return Section("", tuple(map(Said, said)), parts=(self.uncovered,))

    @cached_property
    def uncovered(self) -> Section:
        """Say what the arithmetic leaves open."""
        t = self.t
        watched = t(
            "Whether monitoring, reporting or the law changed. More incidents counted can mean "
            "more that was watched."
        )
        scope = self.asked.package.statement("totals_scope", t.code)
        said = (
            " ".join(filter(None, (watched, scope))),
            t("Which reading was meant: the sentences do not say."),
            t("The years between: two years say nothing of what lies between them."),
            t(
                "A sentence that holds under one reading and fails under another is thereby "
                "neither true nor false."
            ),
        )
        to = {**self.asked.query(), "id": "how-claims"}
        onward = Link(t("How claims are checked →"), "methodology", to)
        title = t("What no arithmetic covers")
        return Section(title, tuple(map(Said, said)), links=(onward,), level=2)

    @cached_property
    def in_short(self) -> tuple[Judged, ...]:
        """Tell each claim with its verdict alone."""
        every = self._checked.items()
        return tuple(Judged(self._quoted(c), readings.verdict(f, self.t)) for c, f in every)

    @property
    def every_reading(self) -> Link:
        """Lead to all that a verdict rests on."""
        return Link(self.t("Every reading →"), "claims", self.asked.query())

    @cached_property
    def method(self) -> Section:
        """Say how claims are checked."""
        t, book = self.t, self.asked.package.codebook
        manners = [
            Said(
                f"{book.label('claim_manners', code, t.code)}: "
                f"{book.definition('claim_manners', code, t.code)}",
                strong=book.label("claim_manners", code, t.code),
            )
            for code in book.codes("claim_manners")
        ]
        first = t(
            "A claim is a published sentence with its day and its publisher. It does not say which "
            "numbers it compares, so it is checked under every reading of its words that we found; "
            "each reading is a row of claim_readings.csv, with the reason why it is one."
        )
        rest = (
            t(
                "A reading cannot be checked where no published total is known for one of its "
                "years, where records were not collected for the whole of a period, or where the "
                "earlier period holds nothing. It is then listed with that reason, not left out."
            ),
            t(
                "Records count where they lie wholly inside a period. Their intervals are those of "
                "the comparison on Trends; published totals get the exact interval alone and no "
                "verdict."
            ),
        )
        onward = Link(t("The claims →"), "claims", self.asked.query())
        said = (Said(first), *manners, *map(Said, rest))
        return Section(t("How claims are checked"), said, links=(onward,))

    def _origin(self, claim: Claim) -> Said:
        """Say who said it and when, where it can be read, and in which language it was."""
        t, url, language = self.t, claim.texts["source_url"], claim.texts["language"]
        read = t("read the page") if url else t("no link: the page could not be found again")
        translated = {
            "en": t("Read in English; the translation is ours."),
            "ru": t("Read in Russian; the translation is ours."),
            "ky": t("Read in Kyrgyz; the translation is ours."),
        }
        ours = translated[language] if language != t.code else ""
        text = " · ".join(part for part in (readings.said(claim, t), read, ours) if part)
        return Said(text, links=(Link(read, url=url),) if url else ())

    def _rule(self, claim: Claim) -> str:
        book = self.asked.package.codebook
        rule = book.definition("claim_manners", claim.manner, self.t.code)
        return self.t("Rule: {rule}", rule=rule)

    def _readings(self, found: Sequence[Checked]) -> list[Section]:
        """List readings under their outcomes."""
        told = {
            head: tuple(self._line(one) for one in found if one.outcome == outcome)
            for outcome, head in readings.outcomes(self.t).items()
        }
        return [Section(head, lines, level=3) for head, lines in told.items() if lines]

    def _line(self, one: Checked) -> Said:
        """Say what was compared, what came out, and how the sentence is read here."""
        t = self.t
        why = self.asked.package.codebook.label("claim_reasons", one.reading.why, t.code)
        beside = (
            readings.obstacle(one, t),
            t("The later period was not over when this was said.") if one.unfinished else "",
            readings.intervals(one, t),
            *readings.held(one, t),
        )
        small = " ".join(part for part in beside if part)
        numbers = readings.numbers(one, t)
        lines = (t("Read as: {why}.", why=why),)
        return Said(numbers, numbers, lines, (small,) if small else ())

    def _about_totals(self, one: Checked) -> Said:
        """Name the totals, who published them, and why they get no verdict."""
        t, series = self.t, one.reading.series
        publisher, url = self.asked.package.series_source(series)
        totals = self.asked.package.series(series)
        values = ", ".join(f"{y}: {t.number(n)}" for y, n in totals.items())
        said = [t("All totals: {values}.", values=values)]
        if series == self.asked.package.published_series:
            said.append(self.asked.package.statement("one_monitor", t.code))
        if one.dispersion is not None:
            said.append(
                t(
                    "Their dispersion around a steady change is about {dispersion}, where 1 is "
                    "what chance makes. The intervals do not count that in.",
                    dispersion=t.number(one.dispersion, 0),
                )
            )
        said.append(t("No verdict is given, only whether the arithmetic of the sentence holds."))
        said.append(t("Source: {name}.", name=publisher))
        return Said(
            "",
            small=(" ".join(filter(None, said)),),
            links=(Link(publisher, url=url),) if url else (),
        )

    def _own_comparison(self, claim: Claim) -> Link:
        """Lead to a comparison of the reader's own, beginning with one of these readings."""
        first = next((r for r in claim.readings if r.selection), claim.readings[0])
        query = self.asked.query(first.selection or Selection(), a=first.earlier, b=first.later)
        return Link(self.t("Compare other periods in the records →"), "trends", query)


def checked(package: Package) -> dict[Claim, list[Checked]]:
    """Check the claims of a release once: no selection changes them."""

    def check() -> dict[Claim, list[Checked]]:
        series = {reading.series for claim in package.claims for reading in claim.readings}
        totals: dict[str, pd.Series] = {name: package.series(name) for name in series if name}
        return {claim: claims.check(claim, package.incidents, totals) for claim in package.claims}

    return package.once("claims", check)
