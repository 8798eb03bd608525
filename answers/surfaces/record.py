"""One record: everything public about it, told; or why there is none."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from answers import citing, history
from answers.answer import Link, Said
from answers.codebook import Entry, entry
from answers.question import Question
from answers.surfaces.records import (
    Row,
    language_note,
    row,
    source,
    tongue,
    what,
    when,
    where,
    wording,
)
from answers.words import begun, cell_labels
from incidents import listing
from incidents.citation import Citation

CODED = (
    ("categories", "category"),
    ("violations", "violations"),
    ("groups", "groups"),
    ("perpetrators", "perpetrator"),
    ("responses", "response"),
    ("checks", "checked"),
)
"""What is defined beside a record: the code list, and the column."""


@dataclass(frozen=True)
class Notice:
    """What limits a record. `warning`: a reader should beware."""

    said: Said
    warning: bool = False


@dataclass(frozen=True)
class Source:
    """Where a record was read: whose page, its address where it may be followed.

    `caution` says why it is not linked, or what following it can bring; a `hidden` address is shown
    to those alone who ask for it after that. `copies` lead to archived copies.
    """

    text: str
    link: Link | None = None
    caution: str = ""
    hidden: tuple[str, ...] = ()
    copies: tuple[Link, ...] = ()
    warning: bool = False


@dataclass(frozen=True)
class Original:
    """The English sentence behind a translated one: what is `said` of the translation, and `text`.

    `fold` names what opens it, `onward` leads to how a translation is corrected.
    """

    said: str
    fold: str
    text: str
    onward: Link


class Told:
    """What is told of one record."""

    surface, key, page = "record", "record", "records"

    def __init__(self, asked: Question, record: pd.Series) -> None:
        """Tell one record."""
        self.asked, self.record, self.t = asked, record, asked.t
        self.id = str(record["incident_id"])

    @cached_property
    def title(self) -> str:
        """Say what happened."""
        return what(self.asked, self.record)

    @cached_property
    def lang(self) -> str:
        """Name the language of the title, where it is not the reader's."""
        return tongue(self.asked, self.record)

    @cached_property
    def dated(self) -> str:
        """Say when and where."""
        return begun(f"{when(self.asked, self.record)}, {where(self.asked, self.record)}")

    @cached_property
    def language_note(self) -> str:
        """Say in which language the sentence is, where it is not the reader's."""
        if not self.lang or self.asked.package.translations.empty:
            return language_note(self.asked) if self.record["summary"] else ""
        return self.t("This sentence is not translated yet.")

    @cached_property
    def original(self) -> Original | None:
        """Give the English sentence behind a translation; None where there is no translation."""
        found, t = wording(self.asked, self.record), self.t
        if not found.how:
            return None
        how = {
            "machine": t("Translated from English by a program; no native speaker has read it."),
            "hand": t("Translated from English by a person."),
            "native": t("Translated from English and read by a native speaker."),
        }
        query = {**self.asked.query(), "id": "translations"}
        onward = Link(t("Correct a translation →"), "methodology", query)
        fold = t("The English sentence")
        return Original(how[found.how], fold, str(self.record["summary"]), onward)

    def _labels(self, listed: str, column: str) -> str:
        return cell_labels(self.asked.package, listed, self.record[column], self.t)

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """Say what limits the record: not counted, cautioned, protected."""
        t, book, record, said = self.t, self.asked.package.codebook, self.record, []
        if record["kind"] not in book.marked("kinds", "counted"):
            kind = self._labels("kinds", "kind")
            said.append(
                Notice(
                    Said(
                        t("This is not a single incident ({kind}) and is in no figure.", kind=kind)
                    )
                )
            )
        if record["flag"]:
            label = f"{self._labels('flags', 'flag')}."
            meaning = book.definition("flags", record["flag"], t.code)
            said.append(Notice(Said(f"{label} {meaning}", label), warning=True))
        if record["protected"]:
            coarse = t(
                "A protected record: it shows no more than year, country or shared region, "
                "groups, one act, perpetrator and response, so that nobody can be recognised. The "
                "source is named, not linked."
            )
            said.append(Notice(Said(coarse)))
        return tuple(said)

    @cached_property
    def facts(self) -> dict[str, str]:
        """Give what is known, by name, as precisely as it is published."""
        t, record, persons = self.t, self.record, self.record["persons"]
        place, region = where(self.asked, record), self._labels("regions", "region")
        of_date = self._labels("date_precisions", "date_precision")
        of_place = self._labels("place_precisions", "place_precision")
        facts = {
            t("Dataset"): self._labels("datasets", "dataset"),
            t("Date"): f"{when(self.asked, record)} ({of_date})",
            t("Place"): place if place == of_place else f"{place} ({of_place})",
            t("Region"): "" if region == place else region,
            t("Group"): self._labels("groups", "groups"),
            t("Affected"): self._labels("targets", "target"),
            t("People named"): "" if pd.isna(persons) else t.number(int(persons)),
            t("Category"): self._labels("categories", "category"),
            t("Violation"): self._labels("violations", "violations"),
            t("Perpetrator"): self._labels("perpetrators", "perpetrator"),
            t("Response of the authorities"): self._labels("responses", "response"),
            t("Checked"): self._labels("checks", "checked"),
            t("Project"): "" if pd.isna(record["project"]) else str(record["project"]),
            t("Identifier"): self.id,
        }
        return {name: value for name, value in facts.items() if value}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Name the sources, with a caution where following them is a risk."""
        t, record = self.t, self.record
        told = (source(self.asked, record), record["source_published"], self._tongue("source_url"))
        name = ", ".join(part for part in told if part)
        urls = [u for u in (record["source_url"], record["second_source_url"]) if u]
        if record["link"] == "withheld":
            why = t("Not linked: the page names or describes a private person.")
            return (Source(name, caution=why),)
        if record["link"] == "mirror":
            why = t("Not linked: it was read on a copy of the publisher's page.")
            return (Source(name, caution=why),)
        if record["reader_risk"]:
            risk = self.asked.package.statement("reader_risk_record", t.code)
            return (Source(name, caution=risk, hidden=tuple(urls), warning=True),)
        if not urls:
            return (Source(name),)
        first = Source(name, Link(name, url=urls[0]), copies=self._copies(urls[0]))
        return (first, *(self._second(url) for url in urls[1:]))

    def _second(self, url: str) -> Source:
        publisher, _ = self.asked.package.publisher(url)
        told = (self.asked.package.named(publisher, self.t.code) or url, self._tongue_of(url))
        name = ", ".join(part for part in told if part)
        link = Link(name, url=url)
        second = self.t("Second source:")
        return Source(f"{second} {name}", link, copies=self._copies(url))

    def _copies(self, url: str) -> tuple[Link, ...]:
        copy = self.asked.package.archived(url)
        return (Link(self.t("archived copy"), url=copy),) if copy else ()

    def _tongue(self, column: str) -> str:
        return self._tongue_of(self.record[column])

    def _tongue_of(self, url: str) -> str:
        """Name the language of a page, where it is known."""
        _, code = self.asked.package.publisher(url)
        return self.t.tongue(code) if code else ""

    @cached_property
    def codes(self) -> tuple[Entry, ...]:
        """Define the codes of the record."""
        return tuple(
            entry(self.asked, listed, code)
            for listed, column in CODED
            for code in str(self.record[column]).split(";")
        )

    @cached_property
    def all_codes(self) -> Link:
        """Lead to all that could have been coded."""
        return Link(self.t("All codes →"), "codes", self.asked.query())

    @cached_property
    def story(self) -> dict[str, list[Row]]:
        """Tell what belongs to it and what stands near, by heading; nothing of the protected.

        Each record stands where it is nearest.
        """
        t, incidents, record = self.t, self.asked.package.incidents, self.record
        found = {
            t("The same event in the other dataset"): listing.bearing(
                incidents, "incident_id", record["same_event"]
            ),
            t("Perhaps the same event"): listing.repetitions(incidents, record),
            t("Other steps of the same story"): listing.episode(incidents, record),
            t("Near in time and kind"): listing.neighbours(incidents, record),
        }
        told: dict[str, list[Row]] = {}
        seen: set[str] = set()
        for heading, rows in found.items():
            new = rows[~rows["incident_id"].isin(seen)]
            seen.update(new["incident_id"])
            if len(new):
                told[heading] = [row(self.asked, other) for _, other in new.iterrows()]
        return told

    @cached_property
    def past(self) -> history.Past | None:
        """Say since when it is in the data, and what was corrected; nothing of the protected."""
        return history.past(self.asked, self.id)

    @cached_property
    def citation(self) -> Citation:
        """Cite it alone."""
        return citing.of_record(self.asked, self.record, self.dated)


@dataclass(frozen=True)
class Absent:
    """Why there is no record to tell: a title, and sentences. `verbatim` is the address's own."""

    title: str
    said: tuple[str, ...]
    verbatim: str = ""


def record(asked: Question) -> Told | Absent:
    """Tell the record that the question asks for, or why there is none."""
    found = listing.record(asked.package.incidents, asked.record)
    if found is not None:
        return Told(asked, found)
    tombstone = asked.package.tombstone(asked.record)
    return _missing(asked) if tombstone is None else _withdrawn(asked, tombstone)


def _missing(asked: Question) -> Absent:
    t, name = asked.t, asked.record[:20]
    said = t(
        "There is no record {id} in release {release}. The address may have been cut.",
        id=name,
        release=asked.package.release,
    )
    return Absent(t("No such record"), (said,), name)


def _withdrawn(asked: Question, tombstone: pd.Series) -> Absent:
    """Say that a record was withdrawn, when and why, and nothing of what it said."""
    t, book, why = asked.t, asked.package.codebook, tombstone["reason"]
    month = t.period(tombstone["withdrawn"])
    reason = t("Reason: {reason}.", reason=book.label("withdrawal_reasons", why, t.code))
    meaning = book.definition("withdrawal_reasons", why, t.code)
    said = (f"{reason} {meaning}", t("Nothing of what it said is shown any more."))
    return Absent(t("This record was withdrawn in {month}", month=month), said)


def back(asked: Question) -> Link:
    """Lead back to the list one came from."""
    text = asked.t("← All records of this selection")
    return Link(text, "records", asked.query(page=asked.display.page))
