"""One published sentence about change: every ratio it may mean, drawn, tabled and told."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import plotly.graph_objects as go

from answers import citing, quality
from answers.amounts import Amount
from answers.answer import Answer, Chapter, Column, Link, Said, Section, Table, points
from answers.changes import factor
from answers.labels import labelled
from answers.question import Question
from answers.surfaces import readings
from charts import ratios
from incidents import claims
from incidents.citation import Citation
from incidents.claims import Checked, Claim
from incidents.selection import Selection
from loaders import Package
from loaders.claims import CLAIMS, READINGS
from loaders.language import Language

if TYPE_CHECKING:
    from charts.sheet import Form, Sheet, Words


class OneClaim(Answer):
    """One claim: the sentence and who said it, its verdict, a chart of the numbers it may mean."""

    surface, page = "claim", "claims"
    selection = None

    def __init__(self, asked: Question, claim: Claim, found: Sequence[Checked]) -> None:
        """Answer for one claim whose readings were checked."""
        super().__init__(asked)
        self.claim, self.found = claim, found
        self.key = f"claim-{claim.claim_id}"

    @property
    def name(self) -> str:
        """Name the claim: there are several."""
        return self.key

    @cached_property
    def title(self) -> str:
        """Quote the sentence, and never without its verdict."""
        sentence = readings.sentence(self.claim, self.t)
        return self.t("{sentence} – {verdict}", sentence=sentence, verdict=self.verdict.lower())

    @cached_property
    def quoted(self) -> tuple[Said, Said]:
        """Quote the sentence, and say who said it."""
        sentence = readings.sentence(self.claim, self.t)
        return Said(sentence, strong=sentence), self._origin

    @cached_property
    def verdict(self) -> str:
        """Word the verdict in a few words."""
        return readings.verdict(self.found, self.t)

    @cached_property
    def counted(self) -> str:
        """Say what the verdict rests on."""
        said = readings.counted(self.found, self.t), readings.apart(self.found, self.t)
        return " ".join(filter(None, said))

    @cached_property
    def amount(self) -> Amount:
        """Say how many readings there are."""
        t, n = self.t, len(self.found)
        text = t.plural(
            "{n} reading of one published sentence", "{n} readings of one published sentence", n
        )
        return Amount(n, n, text, t("readings"))

    @cached_property
    def table(self) -> Table:
        """Give a row per reading, in the order of the chart; the title says the sentence."""
        every = table(self.asked, {self.claim: self.found})
        sentence = Column(every.columns["sentence"].meaning)
        return Table(every.rows, {**every.columns, "sentence": sentence})

    @cached_property
    def measured(self) -> Table:
        """Give the ratio that every reading comes to, by its numbers and periods."""
        rows = self.table.rows
        named = rows.assign(
            numbers=[f"{n}, {p}" for n, p in zip(rows["numbers"], rows["periods"], strict=True)]
        )
        return Table(named[["numbers", "ratio"]], self.table.columns)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what is divided by what, what the band is, and what the lines through marks are."""
        t = self.t
        band = t("Later number divided by the earlier. Band: what the words of the sentence allow.")
        if not any(map(readings.interval, self.found)):
            return (band,)
        line = t(
            "Line through a mark: 95% interval if incidents came independently; without a line "
            "none can be given."
        )
        return (band, line)

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say what a mark is, and what the band is."""
        t = self.t
        return (
            t("Each mark is one way to read the sentence: how many times as many there were."),
            t("If the mark lies in the band, the sentence holds so read; outside, it does not."),
        )

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say what the verdict rests on, and by which rule."""
        return (self.counted, self._rule)

    @cached_property
    def sources(self) -> tuple[Said, ...]:
        """Say that records are a sample, and where they and the published totals come from."""
        published, recorded = claims.apart(self.found)
        totals = (self._source(one.reading.series) for one in published[:1])
        return (*totals, *(super().sources if recorded else ()))

    def _source(self, series: str) -> Said:
        name, url = self.asked.package.series_source(series, self.t.code)
        links = (Link(name, url=url),) if url else ()
        return Said(self.t("Source: {name}.", name=name), links=links)

    @cached_property
    def quality(self) -> tuple[str, ...]:
        """Say how good the records are, whatever is selected."""
        return quality.caveats(self.asked.package, self.t)

    @cached_property
    def citation(self) -> Citation:
        """Cite the claim with its readings."""
        every = self.asked.package.claim_rows
        rows = every[every["claim_id"] == self.claim.claim_id]
        return citing.of_rows(self.asked, self.title, self.amount.text, rows, self.page)

    @property
    def readings(self) -> Chapter:
        """Fold away the readings in full."""
        t, n = self.t, len(self.found)
        title = t.plural("The {n} reading in full", "All {n} readings in full", n)
        return Chapter(f"readings-{self.claim.claim_id}", title, lambda _: self._section)

    @property
    def _section(self) -> Section:
        """Tell of the claim in full: the rule, and what each reading gives."""
        t = self.t
        published, recorded = claims.apart(self.found)
        parts = []
        if published:
            totals = Section("", (self._about_totals(published[0]),), bullets=False, level=3)
            told = (*self._readings(published), totals)
            parts.append(Section(self._headings[0], parts=told))
        if recorded:
            note = t(
                "Records are a sample, uneven from year to year, and never mixed with "
                "published totals. What they show neither confirms nor refutes the sentence."
            )
            told = tuple(self._readings(recorded))
            parts.append(Section(self._headings[1], parts=told, caption=note))
        return Section(
            "",
            points(self.claim.texts[f"note_{t.code}"], self._rule),
            parts=tuple(parts),
            links=(self._own_comparison,),
            bullets=False,
        )

    @property
    def _headings(self) -> tuple[str, str]:
        """Head the readings of published totals, and those of records."""
        return self.t("In the published totals"), self.t("In the records collected here, a sample")

    @property
    def _panels(self) -> list[tuple[str, list[Checked]]]:
        """Give the readings under their headings, as they are drawn."""
        both = zip(self._headings, claims.apart(self.found), strict=True)
        return [(heading, of_kind) for heading, of_kind in both if of_kind]

    @cached_property
    def figure(self) -> go.Figure:
        """Draw the readings once: no selection changes them."""
        sample = self._headings[1]

        def draw() -> go.Figure:
            panels = [
                ratios.Panel(heading, [self._drawn(one) for one in of_kind], heading == sample)
                for heading, of_kind in self._panels
            ]
            return ratios.ratios(panels, self._target, self.t)

        return self.asked.package.once((self.key, self.t.code), draw)

    def _drawn(self, one: Checked) -> ratios.Row:
        interval, t = readings.interval(one), self.t
        ends = (interval.low, interval.high) if interval else None
        return ratios.Row(readings.label(one, t), readings.ratio(one), readings.aloud(one, t), ends)

    @property
    def _target(self) -> ratios.Target:
        """Name the ratio that the sentence says, and those that its words let through."""
        said = self.claim
        return ratios.Target(
            float(said.factor),
            *claims.allowed(said.manner, said.factor),
            name=self.t("× {factor}, as said", factor=self._factor),
        )

    @property
    def _factor(self) -> str:
        return factor(float(self.claim.factor), self.t)

    def sheet(self, words: "Words", form: "Form") -> "Sheet":
        """Draw the ratios that are shown."""
        from charts.ratios_picture import of_ratios
        from loaders.typeface import typeface

        return of_ratios(self.figure, words, self.t, typeface(), form)

    @cached_property
    def alt(self) -> str:
        """Say in words what is drawn: the ratio that was said, and every reading."""
        t = self.t
        said = t(
            "The later number divided by the earlier, under each reading; the sentence says "
            "× {factor}.",
            factor=self._factor,
        )
        told = [
            f"{heading}: {'; '.join(readings.aloud(one, t) for one in of_kind)}."
            for heading, of_kind in self._panels
        ]
        return " ".join((said, *told))

    @property
    def _origin(self) -> Said:
        """Say who said it and when, where it can be read, and in which language it was."""
        t, texts = self.t, self.claim.texts
        url, language = texts["source_url"], texts["language"]
        read = t("read the page") if url else t("no link: the page could not be found again")
        translated = {
            "en": t("Read in English; the translation is ours."),
            "ru": t("Read in Russian; the translation is ours."),
            "ky": t("Read in Kyrgyz; the translation is ours."),
        }
        ours = translated[language] if language != t.code else ""
        text = " · ".join(
            part for part in (readings.said(self.claim, self.asked.package, t), read, ours) if part
        )
        return Said(text, links=(Link(read, url=url),) if url else ())

    @property
    def _rule(self) -> str:
        book = self.asked.package.codebook
        rule = book.definition("claim_manners", self.claim.manner, self.t.code)
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
        source = self._source(series)
        said.append(source.text)
        return Said("", small=(" ".join(filter(None, said)),), links=source.links)

    @property
    def _own_comparison(self) -> Link:
        """Lead to a comparison of the reader's own, beginning with one of these readings."""
        every = self.claim.readings
        first = next((r for r in every if r.selection), every[0])
        query = self.asked.query(first.selection or Selection(), a=first.earlier, b=first.later)
        return Link(self.t("Compare other periods in the records →"), "trends", query)


def table(asked: Question, every: Mapping[Claim, Sequence[Checked]]) -> Table:
    """Give a row per reading, in the order of the charts: what the package says, checked."""
    package, columns = asked.package, _columns(asked)
    meanings = package.meanings(asked.t.code, CLAIMS, READINGS)
    columns |= {name: Column(meanings[name]) for name in package.claim_rows}
    rows = [row for claim, found in every.items() for row in _told(asked, claim, found)]
    numbers = dict.fromkeys(("n_earlier", "n_later"), "Int64")
    found = Table(pd.DataFrame(rows, columns=list(columns)).astype(numbers), columns)
    return labelled(found, package.coded(CLAIMS, READINGS), asked)


def _columns(asked: Question) -> dict[str, Column]:
    """Head what is told of every reading."""
    t = asked.t
    heads = {
        "sentence": t("Sentence"),
        "numbers": t("Numbers"),
        "periods": t("Periods"),
        "n_earlier": t("Earlier"),
        "n_later": t("Later"),
        "ratio": t("Ratio"),
        "low": t("95% interval from"),
        "high": t("95% interval to"),
        "outcome": t("Outcome"),
    }
    write: dict[str, Callable[[Any], str]] = {
        **dict.fromkeys(("n_earlier", "n_later"), t.number),
        **dict.fromkeys(("ratio", "low", "high"), partial(factor, t=t)),
    }
    meanings = {
        **heads,
        "low": t("Lower end of the 95% interval if incidents came independently"),
        "high": t("Upper end of the 95% interval if incidents came independently"),
    }
    return {n: Column(meanings[n], head, write.get(n, str)) for n, head in heads.items()}


def _told(asked: Question, claim: Claim, found: Sequence[Checked]) -> list[dict[str, Any]]:
    """Tell the readings of a claim, those of published totals first."""
    every = asked.package.claim_rows
    held = every[every["claim_id"] == claim.claim_id].to_dict("records")
    told = [{**_cells(claim, one, asked.t), **row} for one, row in zip(found, held, strict=True)]
    return sorted(told, key=lambda row: bool(row["selection"]))


def _cells(claim: Claim, one: Checked, t: Language) -> dict[str, Any]:
    recorded, interval = one.reading.selection is not None, readings.interval(one)
    a, b = one.n or (None, None)
    return {
        "sentence": readings.sentence(claim, t),
        "numbers": t("records collected here") if recorded else t("published total"),
        "periods": readings.compared(one, t),
        "n_earlier": a,
        "n_later": b,
        "ratio": readings.ratio(one),
        "low": interval.low if interval else None,
        "high": interval.high if interval else None,
        "outcome": readings.outcomes(t)[one.outcome],
    }


def checked(package: Package) -> dict[Claim, list[Checked]]:
    """Check the claims of a release once: no selection changes them."""

    def check() -> dict[Claim, list[Checked]]:
        series = {reading.series for claim in package.claims for reading in claim.readings}
        totals: dict[str, pd.Series] = {name: package.series(name) for name in series if name}
        return {claim: claims.check(claim, package.incidents, totals) for claim in package.claims}

    return package.once("claims", check)
