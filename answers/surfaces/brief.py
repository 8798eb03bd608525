"""A brief of any selection: what was documented, where, what changed, what followed, how good.

Nothing is counted here: each part says what another answer says, so that paper and page agree. It
is shown in one way only: of a view's display it keeps language, release and the periods compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from answers import citing, quality
from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Table
from answers.in_short import change, collection, protected
from answers.methodology import counted
from answers.question import Question
from answers.surfaces import overview, verdict
from answers.surfaces.accountability import Accountability
from answers.surfaces.change import Change
from answers.surfaces.map import Map
from answers.surfaces.over_time import Years
from answers.surfaces.overview import Figure
from answers.surfaces.steps import Steps
from answers.words import (
    in_public,
    in_words,
    organisation,
    site_name,
    span,
)
from incidents.citation import Citation
from incidents.selection import Display

LONGEST = 240
"""How many letters of the filters a heading has room for; the citation says them all."""
READ = 900
"""How many letters of an address or of filters stand on paper; a link leads there all the same."""


@dataclass(frozen=True)
class Part:
    """A part of a brief: its heading, the sentence to keep, what is drawn, what else is said.

    `about` stands below the drawing, `points` are said one by one, `quiet` in small letters.
    """

    key: str
    title: str
    lead: str = ""
    drawn: Answer | None = None
    about: str = ""
    points: tuple[str, ...] = ()
    quiet: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """Give all that is said but the lead."""
        return tuple(text for text in (self.about, *self.points, self.quiet) if text)


class Brief(Answer):
    """What was documented and what followed, on two pages."""

    surface, key, page = "brief", "brief", ""

    @cached_property
    def plain(self) -> Question:
        """Give the question without the ways in which other surfaces are shown."""
        shown = self.asked.display
        kept = Display(lang=shown.lang, a=shown.a, b=shown.b, release=shown.release)
        return replace(self.asked, display=kept, path="", record="", part="")

    @cached_property
    def title(self) -> str:
        """Say what it tells."""
        return self.t("Brief: what was documented, and what followed")

    @property
    def label(self) -> str:
        """Name this kind of paper."""
        return self.t("Brief")

    @property
    def heading(self) -> str:
        """Name what is documented."""
        return overview.title(self.asked)

    @cached_property
    def chosen(self) -> str:
        """Word the selection, shortened where it is long."""
        return short(in_words(self.asked.selection, self.asked.package, self.t), LONGEST)

    @property
    def document(self) -> str:
        """Name the document: what is chosen, and the dashboard."""
        named = (self.label, self.chosen, site_name(self.asked.package, self.t))
        return " — ".join(filter(None, named))

    @cached_property
    def amount(self) -> Amount:
        """Say how many records it is about."""
        return drawn(self.plain)

    @cached_property
    def empty(self) -> str:
        """Say that there is nothing; the brief says so, too."""
        return "" if self.asked.subset.n else self.t("No record fits all filters.")

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Give the three figures of Overview."""
        return overview.figures(self.plain)

    @cached_property
    def first(self) -> tuple[Part, ...]:
        """Give the parts of the first page: the answer."""
        return (self.documented, self.where, self.changed)

    @cached_property
    def second(self) -> tuple[Part, ...]:
        """Give the parts of the second page: what came of it, and how far to trust it."""
        return (self.followed, self.reliable, self.method)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Give all parts, in order."""
        return (*self.first, *self.second)

    @cached_property
    def documented(self) -> Part:
        """Say what a record is; the figures stand with it."""
        t = self.t
        public = in_public(self.asked.package, t)
        return Part("documented", t("What was documented"), self.empty, quiet=public)

    @cached_property
    def where(self) -> Part:
        """Say where, and how many have no place."""
        answer = self.plain.answer(Map)
        placed = answer if answer.amount.n else None
        about = f"{answer.amount.text}." if self.amount.n else ""
        notes = " ".join(answer.notes) if placed else ""
        return Part("where", self.t("Where"), _sentence(answer.title), placed, about, quiet=notes)

    @cached_property
    def changed(self) -> Part:
        """Say how two periods differ, with the interval, and what cannot be told of it."""
        t, answer, years = self.t, self.plain.answer(Change), self.plain.answer(Years)
        published, recorded = verdict.totals(self.plain), verdict.records(self.plain)
        no = [said for said in recorded.may_not if said.rstrip(".") != answer.title.rstrip(".")]
        points = (*no, *answer.notes, *published.may, *published.may_not)
        about = "" if years.empty else " ".join((f"{years.amount.text}.", *years.hatched))
        uncovered = " ".join(answer.grounds)
        lead = _sentence(answer.title)
        chart = None if years.empty else years
        return Part("change", t("Change"), lead, chart, about, points, uncovered)

    @cached_property
    def followed(self) -> Part:
        """Say what followed: responses to what others committed, and steps of prosecutions."""
        answer = self.plain.answer(Accountability)
        chart = None if answer.empty else answer
        about = f"{answer.amount.text}." if chart else ""
        points = (*self._steps, *answer.grounds) if self.amount.n else ()
        lead = _sentence(answer.empty or answer.title)
        return Part("followed", self.t("What followed"), lead, chart, about, points)

    @property
    def _steps(self) -> Iterator[str]:
        """Say how far prosecutions came: what is recorded of each, and what is open."""
        steps = self.plain.answer(Steps)
        yield _sentence(steps.empty or steps.title)
        if steps.empty:
            return
        rows = steps.table.rows
        held = rows[rows["prosecutions"] > 0].itertuples()
        yield "; ".join(f"{row.label}: {self.t.number(row.prosecutions)}" for row in held) + "."
        yield from steps.notes

    @cached_property
    def reliable(self) -> Part:
        """Say how complete and how reliable it is."""
        said = quality.caveats(
            self.asked.package, self.t, self.asked.subset if self.amount.n else None
        )
        return Part("reliable", self.t("How complete, and how reliable"), points=said)

    @cached_property
    def method(self) -> Part:
        """Say in five points how this was made."""
        t = self.t
        said = (counted(t), collection(self.plain), protected(t), change(t))
        recordings = t(
            "Recordings depend on who watches: more incidents in a year can mean more monitoring."
        )
        return Part("method", t("Method"), points=(*said, recordings))

    @cached_property
    def citation(self) -> Citation:
        """Cite the selection; the link leads to its Overview in this release."""
        return citing.of_selection(self.plain, self.title, self.amount, self.page)

    @cached_property
    def cited(self) -> str:
        """Give the citation without its link, which stands behind it."""
        return citing.apa(self.citation, self.t).removesuffix(self.citation.link).rstrip()

    @property
    def citing(self) -> str:
        """Head the citation."""
        return self.t("Citation")

    @property
    def fingerprint(self) -> tuple[str, str]:
        """Give the fingerprint of the records, after what it is."""
        return self.t("Fingerprint of the rows (SHA-256)"), self.citation.fingerprint

    @property
    def square(self) -> str:
        """Draw the link as a square that a telephone reads; nothing where there is no such link."""
        from charts.square import drawn

        return drawn(self.citation.link)

    @property
    def of_square(self) -> str:
        """Say where the square leads."""
        return self.t(
            "This view with the numbers of release {release}", release=self.citation.release
        )

    @cached_property
    def more_files(self) -> dict[str, Callable[[], bytes]]:
        """Give it as PDF. What sets it is imported only when it is made: it takes a while."""

        def make() -> bytes:
            from answers.paper import as_pdf

            return as_pdf(self)

        return {"pdf": make}

    @property
    def foot(self) -> str:
        """Say at the foot of every page who says this, of which release and day."""
        t, package = self.t, self.asked.package
        release = t("Release {release}", release=package.release)
        return " · ".join((organisation(package, t), release, t.day(package.released)))

    def number(self, page: int) -> str:
        """Give a page its number."""
        return self.t("Page {number} of {of}", number=page, of=2)

    @cached_property
    def table(self) -> Table:
        """Give the numbers as rows: what is counted, and how many."""
        t = self.t
        titles = {part.key: part.title for part in self.parts}
        rows = [(key, titles[key], *told) for key, *told in self._numbers()]
        columns = {
            "part": Column(t("Part of the brief")),
            "part_label": Column(
                t("The same as {column}, in words", column="part"), t("Part of the brief")
            ),
            "label": Column(t("Label"), t("Label")),
            "unit": Column(t("Unit"), t("Unit")),
            "n": Column(t("Number"), t("Number"), t.number),
        }
        found = pd.DataFrame(rows, columns=list(columns)).astype({"n": "Int64"})
        return Table(found, columns)

    def _numbers(self) -> Iterator[tuple[str, str, str, int]]:
        """Give the counts of every part that has some: what each counts, its unit, the number."""
        t, package, subset = self.t, self.asked.package, self.asked.subset
        incidents, prosecutions = t("incidents"), t("prosecutions")
        yield "documented", t("Recorded incidents"), incidents, subset.n
        if not subset.n:
            return
        where = self.plain.answer(Map)
        label = package.codebook.labels("regions", t.code)
        counted = {r.code: r.count for r in where.regions if r.count is not None}
        for code, n in (*counted.items(), *where.beyond.items()):
            yield "where", label[code], incidents, n
        compared = self.plain.answer(Change).found
        if self.plain.answer(Change).offers_files:
            for side, n in zip((compared.earlier, compared.later), compared.change.n, strict=True):
                yield "change", span(side.span, t), incidents, n
        for row in self.plain.answer(Accountability).table.rows.itertuples():
            yield "followed", row.label, incidents, row[-1]
        for row in self.plain.answer(Steps).table.rows.itertuples():
            yield "followed", row.label, prosecutions, row[-1]


def short(text: str, most: int) -> str:
    """Cut a text that is too long for its place, and show that it was."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
