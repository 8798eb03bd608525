"""What is asked of a keeper's row before it may become a record, beside what single cells may be.

The rules of a published file hold here too, and so do those of protection. A row about a person
whom the codebook protects is judged as protected, whatever it calls itself: what it says too much
is named cell by cell. Nothing here is worded.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from incidents import personal, protection
from incidents.protection import FREE_TEXT, RULES, Circumstances
from incidents.schema import Context, Rows, row_rules

Watch = Callable[[list[Any]], Iterable[Any]]
"""Goes through a list, and may show how far it has come."""
Cell = tuple[int, str]
"""A cell: the number of its row, and the name of its column."""

QUESTIONS = frozenset(
    (
        *("names_person", "personal_address", "closed_publisher", "alike", "unknown_header"),
        *("answer_gone", "refused_there", "repeat_left"),
    )
)
"""The rules that may be broken by what is right: somebody has to look. All others are errors."""

AS_CALLED = [rule for rule in RULES if rule.name == "unprotected"]
"""The rule that a row must call itself protected; all others look at what it must be."""
AS_MEANT = [rule for rule in RULES if rule.name not in ("unprotected", "personal_data")]
"""Personal data are told of by kind: see `told_of_people`."""

SCHEME = re.compile(r"^https?://(www\.|m\.)?|[/#]*$")


@dataclass(frozen=True)
class Found:
    """One thing that is wrong with a row, or may be: the rule, the row's number, column, value.

    `kind` is the kind of personal data, which begins at the character `at` (from 1). Of two rows
    that are alike, `score` says how much (0 to 100), and `other` which one that is: the number of
    an earlier row, or the identifier of a published record.
    """

    rule: str
    row: int
    column: str
    value: str = field(default="", repr=False)
    kind: str = ""
    at: int = 0
    score: int = 0
    other: int | str = ""


def known_only_withheld(records: pd.DataFrame) -> frozenset[str]:
    """Name the publishers to whose pages no record leads, though records rest on them.

    A page that was closed is known nowhere, by design; who published it is. Protected records never
    lead anywhere, so that they tell nothing here, and are not looked at.
    """
    open_records = records[~records["protected"]]
    withheld = (open_records["link"] == "withheld").groupby(open_records["source_name"]).all()
    return frozenset(str(name).casefold() for name in withheld.index[withheld.astype(bool)])


def meant(rows: pd.DataFrame, about: Circumstances) -> pd.DataFrame:
    """Call those rows protected that must be; where no target is told, it may be a person."""
    persons = rows.assign(target=rows["target"].replace("", "person"))
    called = rows["protected"].mask(protection.must_be_protected(persons, about), "yes")
    return rows.assign(protected=called)


def screened(
    rows: pd.DataFrame, context: Context, today: date, bad: Collection[Cell]
) -> Iterator[Found]:
    """Find what breaks a rule that needs more than a cell, or the day.

    `rows` are text, in all columns of a file of incidents; `bad` are the cells that cannot be
    judged. What was collected is over with the release; cases go on until `today`.
    """
    now = pd.Timestamp(today)
    about = Circumstances(context.dataset, context.codebook, now, now)
    judged = meant(rows, about)
    open_ended = replace(context, collected=(context.collected[0], pd.Timestamp.max))
    for columns, rule, holds in [*row_rules(open_ended), *_today_rules(now)]:
        for row in judged.index[~holds(judged).astype(bool)]:
            if not any((row, column) in bad for column in columns):
                yield Found(rule, int(row), columns[0], str(rows.at[row, columns[0]]))
    as_called = protection.broken(rows, about, AS_CALLED)
    for row, column, rule in as_called + protection.broken(judged, about, AS_MEANT):
        if (row, column) not in bad:
            yield Found(rule, row, column, str(rows.at[row, column]))


def against(
    rows: pd.DataFrame, closed: Collection[str], withdrawn: Collection[str], known: Collection[str]
) -> Iterator[Found]:
    """Find what the release speaks against: a publisher, a withdrawn record, one that is not there.

    `closed` are publishers as `known_only_withheld` names them, `known` the identifiers of its
    records.
    """
    own = set(rows["incident_id"])
    linked = (rows["link"] != "withheld") & (rows["source_url"] != "")
    for column, rule, wrong in (
        (
            "source_name",
            "closed_publisher",
            linked & rows["source_name"].str.casefold().isin(closed),
        ),
        ("incident_id", "withdrawn", rows["incident_id"].isin(withdrawn)),
        ("same_event", "unknown_record", ~rows["same_event"].isin({"", *own, *known})),
    ):
        for row in rows.index[wrong.astype(bool)]:
            yield Found(rule, int(row), column, str(rows.at[row, column]))


def told_of_people(rows: pd.DataFrame, watch: Watch = list) -> Iterator[Found]:
    """Find what texts tell of people: personal data by kind, and names, which may be public."""
    for column in FREE_TEXT:
        cells = rows[column][rows[column] != ""]
        told = {text: personal.found(text) for text in watch(list(cells.unique()))}
        for row, text in cells[cells.map(lambda text, told=told: bool(told[text]))].items():
            for each in told[text]:
                named = text[each.at - 1 :][: each.length] if each.kind == personal.NAME else ""
                rule = "names_person" if named else "personal_data"
                yield Found(rule, int(row), column, named, each.kind, each.at)
    for column in ("source_url", "second_source_url"):
        cells = rows[column][rows[column] != ""]
        for row, address in cells[cells.map(personal.in_address).astype(bool)].items():
            yield Found("personal_address", int(row), column, address)


def _today_rules(today: pd.Timestamp) -> list[tuple[tuple[str, ...], str, Rows]]:
    """List the checks of days and sources; each as `row_rules` has them."""
    return [
        (("date",), "future_date", lambda f: ~(_first(f["date"]) > today)),
        (("date_end",), "future_date", lambda f: ~(_first(f["date_end"]) > today)),
        (("source_published",), "future_date", lambda f: ~(_first(f["source_published"]) > today)),
        (
            ("source_published", "date"),
            "published_before",
            lambda f: ~(_last(f["source_published"]) < _first(f["date"])),
        ),
        (
            ("second_source_url", "source_url"),
            "same_source",
            lambda f: ~f.index.to_series().isin(_of_one_page(f[f["second_source_url"] != ""])),
        ),
    ]


def _first(periods: pd.Series) -> pd.Series:
    """Give the first day of periods as they are written: 2022, 2022-03, 2022-03-05."""
    whole = pd.Series({each: f"{each}-01-01"[:10] for each in periods.unique()}, dtype=object)
    return periods.map(pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce"))


def _last(periods: pd.Series) -> pd.Series:
    """Give their last day."""
    last = _first(periods)
    for length, end in ((4, pd.offsets.YearEnd(0)), (7, pd.offsets.MonthEnd(0))):
        vague = periods.str.len() == length
        last[vague] = last[vague] + end
    return last


def _of_one_page(rows: pd.DataFrame) -> pd.Index:
    """Name the rows whose two sources are one page."""
    first, second = (
        rows[column].map(lambda address: SCHEME.sub("", address))
        for column in ("source_url", "second_source_url")
    )
    return rows.index[(first == second).astype(bool)]
