"""The records of a selection: the list as people read it, and the rows to take away."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from answers import citing, labels
from answers.amounts import Amount, drawn
from answers.answer import Answer, Column, Link, Table
from answers.question import Question
from answers.words import (
    begun,
    cell_labels,
    code_label,
    listed_within,
    nothing_found,
    one_by_one,
    within,
)
from incidents import listing
from incidents.citation import PUBLISHED
from incidents.codebook import Codebook
from incidents.schema import WORDED
from incidents.wording import BESIDE, WRITTEN, Wording
from loaders.language import Language

NEWEST = 5
RECORD = "record"
"""The column of links, beside that of identifiers."""
AFTER = PUBLISHED.index("summary") + 1
COLUMNS = (*PUBLISHED[:2], RECORD, *PUBLISHED[2:AFTER], *BESIDE, *PUBLISHED[AFTER:])
"""The columns of the table, but for those of labels."""


@dataclass(frozen=True)
class Row:
    """One record in a list: what happened, which leads to it, and the facts that are known.

    The facts are its date, its place, who was affected, its source and, where it is not counted,
    its kind. `caution` is a word that must stand beside it; `lang` is the language of what happened
    where it is not the reader's.
    """

    link: Link
    facts: tuple[str, ...]
    caution: str
    lang: str = ""


class Records(Answer):
    """The records of the selection, page by page."""

    surface, key, page = "records", "records", "records"

    @cached_property
    def title(self) -> str:
        """Say how many there are, and how many of them may lie outside the dates asked for."""
        return self.amount.text

    @cached_property
    def amount(self) -> Amount:
        """Say how many records there are, whatever else is counted elsewhere."""
        return drawn(self.asked)

    @cached_property
    def empty(self) -> str:
        """Say that no record fits."""
        return "" if self.asked.subset.n else nothing_found(self.t)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say that it is a sample, as a file of records must."""
        return (self.sources[0].text,)

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Name the files for the selection alone."""
        return ()

    @cached_property
    def listed(self) -> listing.Page:
        """Give one page of the list."""
        display = self.asked.display
        return listing.page(self.asked.subset, display.page, display.sort)

    @cached_property
    def rows(self) -> list[Row]:
        """Tell the records of the page."""
        return [row(self.asked, record) for _, record in self.listed.records.iterrows()]

    @cached_property
    def newest(self) -> list[Row]:
        """Tell the newest records of the selection."""
        records = listing.part(self.asked.subset, end=NEWEST)
        return [row(self.asked, record) for _, record in records.iterrows()]

    @property
    def language_note(self) -> str:
        """Say in which language the sentences are, where it is not the reader's."""
        return language_note(self.asked) if self.asked.subset.n else ""

    @cached_property
    def beside(self) -> list[Row]:
        """Tell the records that fit the filters but stand outside every figure."""
        return [row(self.asked, record) for _, record in self.asked.subset.beside().iterrows()]

    @property
    def of_those_beside(self) -> str:
        """Say why such records are shown."""
        return self.t(
            "Contested accounts, patterns, lasting conditions and border fighting are "
            "shown for completeness and are in no figure."
        )

    @cached_property
    def table(self) -> Table:
        """Give the records as published, with labels and links, in the order that is asked for."""
        rows = pd.DataFrame(self.part(), dtype="object")
        rows["persons"] = rows["persons"].astype("Int64")
        return Table(rows, self.columns)

    def part(self, begin: int = 0, end: int | None = None) -> dict[str, list[Any]]:
        """Give some rows of the table, column by column.

        Numbers and whole dates stand as such, None for a number that is missing.
        """
        asked = self.asked
        texts = listing.texts(asked.subset, begin, end, asked.display.sort)
        cells: dict[str, list[Any]] = {**texts}
        cells["persons"] = [int(text) if text else None for text in texts["persons"]]
        whole = [precision == "day" for precision in texts["date_precision"]]
        cells["date"] = list(map(_day, texts["date"], whole))
        cells["date_end"] = [_day(text, bool(text)) for text in texts["date_end"]]
        cells[RECORD] = citing.links_of_records(asked, texts["incident_id"])
        translated = [asked.package.translations.beside(text) for text in texts["summary"]]
        cells |= {name: [each[name] for each in translated] for name in BESIDE}
        return labels.beside({name: cells[name] for name in COLUMNS}, WORDED, asked)

    @property
    def columns(self) -> dict[str, Column]:
        """Say what each column of the table means."""
        package, t = self.asked.package, self.t

        def made() -> dict[str, Column]:
            fields = {"dataset": t("Dataset"), **package.meanings(t.code)}
            columns = {name: Column(fields.get(name, "")) for name in COLUMNS}
            link = t("Permanent link of the record as it stands in this release")
            columns[RECORD] = Column(link, t("Record"))
            columns |= {name: Column(meaning) for name, meaning in _translated(t).items()}
            return labels.described(columns, WORDED, t)

        return package.once(("columns of records", t.code), made)

    @property
    def address_of_rows(self) -> str:
        """Give the address that `verify` reads: the selection and release, however it is shown."""
        return citing.link_of_file(self.asked)


def _day(text: str, whole: bool) -> datetime | str:
    """Turn a text into a day where it says one; others stay as they are, a month or year cut."""
    return datetime.fromisoformat(text) if whole else text


def _translated(t: Language) -> dict[str, str]:
    """Say what the columns of translations mean."""
    how = t(
        "How it was made: machine (by a program), hand (by a person), native (read by a native "
        "speaker)"
    )
    texts = {"ru": t("Summary in Russian"), "ky": t("Summary in Kyrgyz")}
    return {f"summary_{lang}": text for lang, text in texts.items()} | {
        f"translated_{lang}": how for lang in texts
    }


def language_note(asked: Question) -> str:
    """Say in which language records are summed up and by whom, where it is not the reader's."""
    code = asked.t.code
    return "" if code == WRITTEN else asked.package.statement("summary_language", code)


def wording(asked: Question, record: pd.Series) -> Wording:
    """Say what happened: the summary in the reader's language, or of protected records their codes.

    A summary without a translation stays in English.
    """
    if not record["summary"]:
        return Wording(sentence(record, asked.package.codebook, asked.t), asked.t.code)
    return asked.package.translations.of(str(record["summary"]), asked.t.code)


def tongue(asked: Question, record: pd.Series) -> str:
    """Name the language of what happened, where it is not the reader's."""
    lang = wording(asked, record).lang
    return "" if lang == asked.t.code else lang


def row(asked: Question, record: pd.Series) -> Row:
    """Tell one record as it stands in a list."""
    book, display = asked.package.codebook, asked.display

    def labels(listed: str, column: str) -> str:
        return cell_labels(asked.package, listed, record[column], asked.t)

    query = {**asked.query(sort=display.sort, page=display.page), "id": record["incident_id"]}
    facts = (
        "" if record["date_precision"] == "unknown" else when(asked, record),
        "" if record["region"] == book.unplaced else where(asked, record),
        labels("groups", "groups") if record["summary"] else "",  # else its sentence names them
        source(asked, record),
        "" if record["kind"] in book.marked("kinds", "counted") else labels("kinds", "kind"),
    )
    first, *others = filter(None, facts)
    return Row(
        Link(what(asked, record), "records", query),
        (begun(first), *others),
        labels("flags", "flag") if record["flag"] else "",
        tongue(asked, record),
    )


def when(asked: Question, record: pd.Series) -> str:
    """Write a date as precisely as it is known."""
    t, precision, end = asked.t, record["date_precision"], record["date_end"]
    if precision == "unknown":
        return t("undated")
    first = record["first_day"]
    last = pd.Timestamp(end) if end else first
    if precision == "day":
        return t.days(first, last)
    if precision == "month" and (not end or last.is_month_end):
        return t.months(first, last)
    began = t.month(first) if precision == "month" else str(first.year)
    return f"{began} – {t.day(last)}" if end else began


def where(asked: Question, record: pd.Series) -> str:
    """Write a place as precisely as it is published."""
    if pd.notna(record["place"]):
        return code_label(asked.package, "place", record["place"], asked.t)
    return code_label(asked.package, "region", record["region"], asked.t)


def what(asked: Question, record: pd.Series) -> str:
    """Say what happened, as `wording` does."""
    return wording(asked, record).text


def source(asked: Question, record: pd.Series) -> str:
    """Name who published the page that a record was read from."""
    return asked.package.named(str(record["source_name"]), asked.t.code)


def sentence(record: pd.Series, codebook: Codebook, t: Language) -> str:
    """Make a sentence from a protected record's codes alone."""
    acts = [codebook.label("violations", c, t.code) for c in str(record.violations).split(";")]
    groups = [codebook.label("groups", c, t.code) for c in str(record.groups).split(";")]
    return t(
        "{violation}. Affected: {groups}. By: {perpetrator}.",
        violation=one_by_one([*acts[:1], *map(within, acts[1:])], t),
        groups=listed_within(groups, t),
        perpetrator=within(codebook.label("perpetrators", str(record.perpetrator), t.code)),
    )
