"""Cases that may be one: of one dataset, target, week and place, told in similar words.

A place that is not known may be any. Every row is compared with few others, so that the time grows
as the number of rows: with those of its weeks (of its month or year, where one of the two is known
no better) that share one of its rarest words. Where words cannot tell, since one case is told in
Cyrillic letters and the other in Latin ones, or one not at all, cases of the same day and
settlement are compared by their codes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from heapq import nlargest

import pandas as pd
from rapidfuzz import fuzz

from incidents.screening import Watch

ALIKE = 75
"""How much alike words must be (0 to 100) for somebody to be asked."""
CODES_ALIKE = 60
"""How many of their codes, in per cent, cases must share where words cannot tell."""
RARE = 4
"""How many of a case's rarest words lead to what it is compared with; others have them, too."""
LED_TO = 8
"""How many cases each of these leads to at most: the last ones."""
NEIGHBOURS = 4
"""With how many of them a case is compared at most: those to which most of its words lead."""
FEWEST_WORDS = 0.3
"""The share of the shorter text's words that both must have, before more is compared."""
WEEK = 7
WORD = re.compile(r"\w{3,}")
CYRILLIC = re.compile("[а-яёөүң]")
SCRIPTS = ("", "cyrillic", "latin")
CODED = ("groups", "violations", "perpetrator")
"""The codes that are compared where words are not."""
USED = ("date", "date_precision", "dataset", "target", "region", "place", "summary", *CODED)
FROM_COARSE = ("year", "month", "day")

Name = int | str
Seen = dict[int, list["Case"]]
"""The cases that were looked at, by what leads to them (hashed: there are many)."""


@dataclass(frozen=True)
class Pair:
    """Two cases that may be one: a row, what it is like, and how much, from 0 to 100.

    `other` is the number of an earlier row, or the identifier of a published record.
    """

    row: int
    other: Name
    score: int


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What is compared of a case; `sort` is what must be the same, `words` are in lower case."""

    name: Name
    sort: str
    precision: str
    day: str
    region: str
    place: str
    words: str = field(repr=False)
    script: str
    codes: tuple[str, ...]


def pairs(
    rows: pd.DataFrame, records: pd.DataFrame, unplaced: str, watch: Watch = list
) -> list[Pair]:
    """Find for each row the earlier row or the record that it is most like, if it is like any.

    Both are text; `rows` are indexed by number, `records` by identifier. Hand over no protected
    record: a match would tell what its row does not show. A row with the identifier of a record is
    that record, so that it is compared with no other.
    """
    published = set(rows.index[rows["incident_id"].isin(records.index)])
    cases = [*_cases(records, unplaced), *_cases(rows, unplaced)]
    often = Counter(word for case in cases for word in set(case.words.split()))
    cases.sort(key=lambda case: (FROM_COARSE.index(case.precision), isinstance(case.name, int)))
    seen: Seen = defaultdict(list)
    best: dict[int, Pair] = {}
    for case in watch(cases):
        for pair in _like(case, _near(case, often, seen)):
            if pair.row not in published and pair.score > best.get(pair.row, NONE).score:
                best[pair.row] = pair
    return [best[row] for row in sorted(best)]


NONE = Pair(0, 0, 0)


def _cases(rows: pd.DataFrame, unplaced: str) -> Iterator[Case]:
    """Take what is compared of each row that has a date and a target."""
    for name, *cells in zip(rows.index, *(rows[column] for column in USED), strict=True):
        told = dict(zip(USED, cells, strict=True))
        words = " ".join(WORD.findall(told["summary"].casefold()))
        script = "cyrillic" if CYRILLIC.search(words) else "latin" if words else ""
        codes = (f"{each}={code}" for each in CODED for code in told[each].split(";") if code)
        if told["date_precision"] in FROM_COARSE and told["date"] and told["target"]:
            yield Case(
                name if isinstance(name, str) else int(name),
                f"{told['dataset']} {told['target']}",
                told["date_precision"],
                told["date"],
                "" if told["region"] == unplaced else told["region"],
                told["place"],
                words,
                script,
                tuple(codes),
            )


def _near(case: Case, often: Mapping[str, int], seen: Seen) -> list[Case]:
    """Give the cases before this one that it is to be compared with, and add it to them."""
    shared = sorted(word for word in set(case.words.split()) if often[word] > 1)
    rarest = sorted(shared, key=often.__getitem__)[:RARE]
    spans = _spans(case)
    led = [hash((case.sort, span, word)) for span in spans for word in rarest]
    led += [hash(_spot(case, script)) for script in SCRIPTS if script != case.script or not script]
    times: dict[Case, int] = {}
    for key in led:
        for other in seen.get(key, ())[-LED_TO:]:
            times[other] = times.get(other, 0) + 1
    for key in (hash((case.sort, spans[0], word)) for word in rarest):
        seen[key].append(case)
    if case.precision == "day" and case.place:
        seen[hash(_spot(case, case.script))].append(case)
    return nlargest(NEIGHBOURS, times, key=times.__getitem__)


def _spot(case: Case, script: str) -> tuple[str, ...]:
    return case.sort, case.day, case.place, script


def _spans(case: Case) -> list[str]:
    """Name the spans of time in which others may be the same case, its own first.

    Those that are known no better than to the month or year come before all others.
    """
    year, month = f"year {case.day[:4]}", f"month {case.day[:7]}"
    if case.precision == "year":
        return [year]
    if case.precision == "month":
        return [month, year]
    week = date.fromisoformat(case.day).toordinal() // WEEK
    return [f"week {week}", f"week {week - 1}", f"week {week + 1}", month, year]


def _like(case: Case, others: Iterable[Case]) -> Iterator[Pair]:
    """Pair a row with what it is like; two records are not paired."""
    for other in others:
        row, its = case.name, other.name
        if isinstance(row, str) or (isinstance(its, int) and its > row):
            row, its = its, row
        if isinstance(row, int) and (score := _score(case, other)):
            yield Pair(row, its, score)


def _score(case: Case, other: Case) -> int:
    """Say how much two cases are alike; 0 where that is too little, or they cannot be one."""
    for mine, its in ((case.region, other.region), (case.place, other.place)):
        if mine and its and mine != its:
            return 0
    if case.precision == other.precision == "day" and _apart(case, other) >= WEEK:
        return 0
    if case.script and case.script == other.script:
        return _words_alike(case.words, other.words)
    share = _share(set(case.codes), set(other.codes))
    at_one = case.day == other.day and case.place == other.place != ""
    return share if at_one and share >= CODES_ALIKE else 0


def _apart(case: Case, other: Case) -> int:
    """Count the days between two days."""
    return abs((date.fromisoformat(case.day) - date.fromisoformat(other.day)).days)


def _words_alike(mine: str, its: str) -> int:
    here, there = set(mine.split()), set(its.split())
    if len(here & there) < FEWEST_WORDS * min(len(here), len(there)):
        return 0
    return round(fuzz.token_set_ratio(mine, its, score_cutoff=ALIKE))


def _share(mine: set[str], its: set[str]) -> int:
    """Give the share of codes that both have, in per cent."""
    return round(100 * len(mine & its) / len(mine | its)) if mine | its else 0
