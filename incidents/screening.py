"""What is asked of a keeper's row before it may become a record, beside what single cells may be.

The rules of a published file hold here too, and so do those of protection. A row about a person
whom the codebook protects is judged as protected, whatever it calls itself: what it says too much
is named cell by cell. Nothing here is worded.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from incidents import protection
from incidents.protection import Circumstances
from incidents.schema import Context, Rows, row_rules

Cell = tuple[int, str]
"""A cell: the number of its row, and the name of its column."""

QUESTIONS = frozenset(
    ("names_person", "personal_page", "closed_publisher", "alike", "alike_record", "unknown_header")
)
"""The rules that may be broken by what is right: somebody has to look. All others are errors."""

SEEN = frozenset(("unprotected", "personal_data"))
"""Rules of protection that are told otherwise here: the one of the row as it calls itself, the
other by the kind of what was found (see `incidents.personal`)."""

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
    broken = [each for each in protection.broken(judged, about) if each[2] not in SEEN]
    broken += [each for each in protection.broken(rows, about) if each[2] == "unprotected"]
    for row, column, rule in broken:
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
            lambda f: (f["second_source_url"] == "") | (_page(f, "second_") != _page(f, "")),
        ),
    ]


def _first(periods: pd.Series) -> pd.Series:
    """Give the first day of periods as they are written: 2022, 2022-03, 2022-03-05."""
    whole = (periods + "-01-01").str[:10]
    return pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce")


def _last(periods: pd.Series) -> pd.Series:
    """Give their last day."""
    last = _first(periods)
    for length, end in ((4, pd.offsets.YearEnd(0)), (7, pd.offsets.MonthEnd(0))):
        vague = periods.str.len() == length
        last[vague] = last[vague] + end
    return last


def _page(rows: pd.DataFrame, which: str) -> pd.Series:
    return rows[f"{which}source_url"].map(lambda address: SCHEME.sub("", address))
