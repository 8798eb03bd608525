"""Cases that may be one: of one dataset, target, week and place, told in similar words.

A place that is not known may be any. Every row is compared with few others, so that the time grows
as the number of rows: with those of its weeks (of its month or year, where one of the two is known
no better) that share one of its rarest words. Records are compared with rows alone, and found by
words that lead to a row. Where words cannot tell, since one case is told in
Cyrillic letters and the other in Latin ones, or one not at all, cases of the same day and
settlement are compared by their codes.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

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
CODED = ("groups", "violations", "perpetrator")
"""The codes that are compared where words are not."""
USED = ("date", "date_precision", "dataset", "target", "region", "place", "summary", *CODED)
FROM_COARSE = ("year", "month", "day")

Name = int | str
Led = dict[Hashable, tuple["Case", ...]]
"""The last cases to which each word leads, or each script."""
Seen = dict[Hashable, Led]
"""What leads to cases that were looked at, by the span of time, or the spot, of each."""


@dataclass(frozen=True)
class Pair:
    """Two cases that may be one: a row, what it is like, and how much, from 0 to 100.

    `other` is the number of an earlier row, or the identifier of a published record.
    """

    row: int
    other: Name
    score: int


@dataclass(slots=True, eq=False)
class Case:
    """What is compared of a case; `sort` is what must be the same, `words` are in lower case.

    `day` is its first one, and `at` the same as a number; `codes` are cells.
    """

    name: Name
    sort: tuple[str, str]
    precision: str
    day: str
    at: int
    region: str
    place: str
    words: tuple[str, ...] = field(repr=False)
    script: str
    codes: tuple[str, ...]

    @property
    def is_row(self) -> bool:
        """Whether it is a row; else a published record."""
        return isinstance(self.name, int)


def pairs(
    rows: pd.DataFrame, records: pd.DataFrame, unplaced: str, watch: Watch = list
) -> list[Pair]:
    """Find for each row the earlier row or the record that it is most like, if it is like any.

    Both are text; `rows` are indexed by number, `records` by identifier. Hand over no protected
    record: a match would tell what its row does not show. A row with the identifier of a record is
    that record, so that it is compared with no other.
    """
    published = {row for row, name in rows["incident_id"].items() if name in records.index}
    said: dict[str, str] = {}
    cases = [*_cases(records, unplaced, said), *_cases(rows, unplaced, said)]
    rank = _ranked(cases)
    leading = {word for case in cases if case.is_row for word in _rarest(case, rank)}
    cases.sort(key=lambda case: (FROM_COARSE.index(case.precision), case.is_row))
    seen: tuple[Seen, Seen] = defaultdict(dict), defaultdict(dict)
    best: dict[int, Pair] = {}
    for case in watch(cases):
        rare = [word for word in _rarest(case, rank) if word in leading]
        near = _near(case, rare, seen if case.is_row else seen[1:])
        _keep(case, rare, seen[case.is_row])
        for pair in _like(case, near):
            if pair.row not in published and pair.score > best.get(pair.row, NONE).score:
                best[pair.row] = pair
    return [best[row] for row in sorted(best)]


NONE = Pair(0, 0, 0)


def _cases(rows: pd.DataFrame, unplaced: str, said: dict[str, str]) -> Iterator[Case]:
    """Take what is compared of each row with date and target; a word that was `said` is it."""
    told = rows["date_precision"].isin(FROM_COARSE) & (rows["date"] != "") & (rows["target"] != "")
    for name, day, precision, dataset, target, region, place, summary, *codes in rows.loc[
        told, list(USED)
    ].itertuples(name=None):
        found = dict.fromkeys(WORD.findall(summary.casefold()))
        words = tuple(map(said.setdefault, found, found))
        yield Case(
            name if isinstance(name, str) else int(name),
            (dataset, target),
            precision,
            day,
            date.fromisoformat(day).toordinal(),
            "" if region == unplaced else region,
            place,
            words,
            _script(words),
            tuple(codes),
        )


def _script(words: tuple[str, ...]) -> str:
    if not words:
        return ""
    return "cyrillic" if CYRILLIC.search(" ".join(words)) else "latin"


def _ranked(cases: Iterable[Case]) -> dict[str, int]:
    """Give the words that several cases have numbers from 1, the rarest first."""
    often = Counter(chain.from_iterable(case.words for case in cases))
    shared = sorted((n, word) for word, n in often.items() if n > 1)
    return {word: at for at, (_, word) in enumerate(shared, start=1)}


def _rarest(case: Case, rank: Mapping[str, int]) -> list[int]:
    """Give the rarest words of a case that others have, too, by their numbers."""
    return sorted(filter(None, map(rank.get, case.words)))[:RARE]


def _near(case: Case, rarest: Iterable[int], among: Iterable[Seen]) -> list[Case]:
    """Give those of the cases before this one that it is to be compared with."""
    spans = [(case.sort, span) for span in _spans(case)]
    found: list[tuple[Case, ...]] = []
    for seen in among:
        known = [led for span in spans if (led := seen.get(span))]
        found += [its for led in known for word in rarest if (its := led.get(word))]
        if told := seen.get((case.sort, case.day, case.place)):
            found += [its for script, its in told.items() if script != case.script or not script]
    if not found:
        return []
    times = Counter(chain.from_iterable(found))
    return sorted(times, key=times.__getitem__, reverse=True)[:NEIGHBOURS]


def _keep(case: Case, rarest: Iterable[int], seen: Seen) -> None:
    """Let words, and its spot, lead to a case."""
    for word in rarest:
        _add(case, word, seen[case.sort, _spans(case)[0]])
    if case.precision == "day" and case.place:
        _add(case, case.script, seen[case.sort, case.day, case.place])


def _add(case: Case, word: Hashable, led: Led) -> None:
    """Let a word lead to a case: the last ones are kept."""
    led[word] = (*led.get(word, ())[1 - LED_TO :], case)


def _spans(case: Case) -> list[int | str]:
    """Name the spans of time in which others may be the same case, its own first: weeks by number.

    Those that are known no better than to the month or year come before all others.
    """
    year, month, week = case.day[:4], case.day[:7], case.at // WEEK
    if case.precision == "year":
        return [year]
    if case.precision == "month":
        return [month, year]
    return [week, week - 1, week + 1, month, year]


def _like(case: Case, others: Iterable[Case]) -> Iterator[Pair]:
    """Pair a row with what it is like; two records are not paired."""
    words = frozenset(case.words)
    for other in others:
        if score := _score(case, other, words):
            row, its = case.name, other.name
            if isinstance(row, str) or (isinstance(its, int) and its > row):
                row, its = its, row
            if isinstance(row, int):
                yield Pair(row, its, score)


def _score(case: Case, other: Case, words: frozenset[str]) -> int:
    """Say how much two cases are alike; 0 where that is too little, or they cannot be one.

    `words` are those of the first.
    """
    if _differ(case.place, other.place) or _differ(case.region, other.region):
        return 0
    if case.precision == other.precision == "day" and abs(case.at - other.at) >= WEEK:
        return 0
    if case.script and case.script == other.script:
        if len(words.intersection(other.words)) < FEWEST_WORDS * min(len(words), len(other.words)):
            return 0
        return round(
            fuzz.token_set_ratio(" ".join(case.words), " ".join(other.words), score_cutoff=ALIKE)
        )
    share = _share(_codes(case), _codes(other))
    at_one = case.day == other.day and case.place == other.place != ""
    return share if at_one and share >= CODES_ALIKE else 0


def _differ(mine: str, its: str) -> bool:
    """Say whether both are known, and not the same."""
    return mine != its and mine != "" and its != ""


def _codes(case: Case) -> set[str]:
    named = zip(CODED, case.codes, strict=True)
    return {f"{name}={code}" for name, cell in named for code in cell.split(";") if code}


def _share(mine: set[str], its: set[str]) -> int:
    """Give the share of codes that both have, in per cent."""
    return round(100 * len(mine & its) / len(mine | its)) if mine | its else 0
