"""Publishing: which of a keeper's cases become records, and how little of each is told.

Cases are rows of text in the columns of a file of incidents. What is decided here holds for them
beside the rules of protection, which every package is held to once more before it is written.
"""

import re
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from incidents.codebook import Codebook
from incidents.protection import (
    DELAY,
    RULES,
    Circumstances,
    K,
    is_aggregate_only,
    is_protected,
)
from incidents.schema import COLUMNS
from incidents.screening import meant

MENDED = frozenset(
    rule.name for rule in RULES if rule.name.startswith("protected_") or rule.name == "unprotected"
) - {"protected_delay"}
"""The rules that a case may break, since publishing makes it keep them."""
WAITING = frozenset(("consent", "protected_delay", "aggregate_only"))
"""The rules whose cases are held back, and stand in the way of no other."""
EMPTIED = (
    *("project", "date_end", "place", "persons", "summary", "source_url", "second_source_url"),
    *("episode", "same_event", "reader_risk", "flag"),
)
"""The columns of which a protected record says nothing."""
GRAVE = frozenset(("consent", "aggregate_only", "sensitive"))
"""Why a case is held back that may not stay published either."""
CYRILLIC = re.compile(r"[\u0400-\u04ff]")
Draw = Callable[[int], list[str]]
"""Gives so many new identifiers."""
FIRST, LAST = 4, 7
"""Digits of an identifier, at least and at most."""


def reduced(cases: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Tell of protected cases what may be told: the year, codes, one act, publisher and its year.

    The act is the first in menu order that the codebook protects, or else the first of all. Regions
    are looked at together: see `regions_shared`.
    """
    cases = cases.copy()
    hit = is_protected(cases)
    few = cases[hit]
    dated = few["date"] != ""
    cases.loc[hit, "date"] = (few["date"].str[:4] + "-01-01").where(dated, "")
    cases.loc[hit, "date_precision"] = dated.map({True: "year", False: "unknown"})
    cases.loc[hit, "violations"] = few["violations"].map(lambda cell: _act(cell.split(";"), book))
    cases.loc[hit, "source_published"] = few["source_published"].str[:4]
    cases.loc[hit, "link"] = "withheld"
    cases.loc[hit, "place_precision"] = precisions(few["region"], book)
    cases.loc[hit, list(EMPTIED)] = ""
    return cases


def precisions(regions: pd.Series, book: Codebook) -> pd.Series:
    """Say how precise a place is of which no more than the region is told."""
    return regions.map({book.unplaced: "country", book.online: "online"}).fillna("region")


def _act(acts: Collection[str], book: Codebook) -> str:
    ordered = [code for code in book.codes("violations") if code in acts]
    protected = book.marked("violations", "protected")
    return next((code for code in ordered if code in protected), ordered[0])


def regions_shared(fresh: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Take the region from protected cases that fewer than K new ones of their year share it with.

    Those that stand in the release already do not count: who knows which cases are new would know
    more of these.
    """
    hit = is_protected(fresh)
    sharing = hit.groupby([fresh["date"].str[:4], fresh["region"]]).transform("sum")
    lonely = hit & (sharing < K) & ~fresh["region"].isin((book.unplaced, book.online))
    return _without_region(fresh, lonely, book)


def as_published(cases: pd.DataFrame, records: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Hold corrected cases to what their protected records say: nobody gains a region, or moves.

    `records` are the published rows by identifier, `cases` those with the same index.
    """
    before = records.loc[cases.index]
    moved = (before["region"] != cases["region"]) | (
        before["date"].str[:4] != cases["date"].str[:4]
    )
    return _without_region(cases, is_protected(cases) & moved, book)


def _without_region(cases: pd.DataFrame, which: pd.Series, book: Codebook) -> pd.DataFrame:
    cases = cases.copy()
    cases.loc[which, "region"] = book.unplaced
    cases.loc[which, "place_precision"] = "country"
    return cases


def waits(cases: pd.DataFrame, about: Circumstances) -> pd.Series:
    """Say why each case is held back: the name of a reason, empty for those that are published.

    `cases` have a column `sensitive` beside those of a file of incidents. Texts are published in
    English, so one in Cyrillic letters waits for it. A protected case waits until its year was
    collected to the end and is over for DELAY days: a year that is not over says more than a year.
    """
    first = pd.to_datetime(cases["date"], format="%Y-%m-%d", errors="coerce")
    year_end = first + pd.offsets.YearEnd(0)
    over = (year_end <= about.collected_to) & (
        year_end + pd.Timedelta(days=DELAY) <= about.released
    )
    late = first.isna() & (about.collected_to + pd.Timedelta(days=DELAY) > about.released)
    consents = about.codebook.marked("consents", "publishable")
    reasons = {
        "consent": ~cases["consent"].isin(consents),
        "aggregate_only": is_aggregate_only(cases, about),
        "sensitive": cases["sensitive"] & ~is_protected(cases),
        "not_in_english": ~is_protected(cases) & cases["summary"].map(_is_cyrillic).astype(bool),
        "not_collected_yet": first > about.collected_to,
        "protected_delay": is_protected(cases) & (late | ~(over | first.isna())),
    }
    found = pd.Series("", index=cases.index, dtype=object)
    for reason, holds in reasons.items():
        found = found.mask((found == "") & holds, reason)
    return found


def _is_cyrillic(text: str) -> bool:
    return 2 * len(CYRILLIC.findall(text)) > sum(map(str.isalpha, text))


def drawn(
    letter: str, taken: Collection[str], n: int, below: Callable[[int], int] = secrets.randbelow
) -> list[str]:
    """Draw identifiers that tell nothing: of no order, and taken by no record there is or was.

    They have as many digits as leave half of the numbers free.
    """
    left = set(taken)
    digits = next(d for d in range(FIRST, LAST + 1) if 2 * (len(left) + n) <= 10**d)
    found: list[str] = []
    while len(found) < n:
        name = f"{letter}-{below(10**digits):0{digits}}"
        if name not in left:
            left.add(name)
            found.append(name)
    return found


def letters(records: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Give the letter that identifiers of each dataset begin with: as they do, or as its code does.

    `records` are the identifiers by dataset.
    """
    used = {dataset: next(iter(names), "")[:1] for dataset, names in records.items()}
    spare = iter(sorted(set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - set(used.values())))
    for dataset, letter in used.items():
        if not letter:
            own = dataset[0].upper()
            used[dataset] = next(spare) if own in used.values() or not own.isascii() else own
    return used


def episodes(cases: pd.DataFrame, records: pd.DataFrame) -> pd.Series:
    """Name the episodes of cases by a record of theirs, since a keeper's own name may tell more.

    Both are indexed by identifier. One that stands in the records already stays; a case that is
    alone with its own has none.
    """
    kept = dict(_held(cases, records))
    of: dict[str, list[str]] = {}
    for name, told in cases["episode"].items():
        of.setdefault(told, []).append(str(name))
    named = {told: kept.get(told, f"E-{min(names)}") for told, names in of.items()}
    alone = {told for told, names in of.items() if len(names) == 1 and told not in kept}
    return cases["episode"].map(lambda told: "" if told in alone | {""} else named[told])


def _held(cases: pd.DataFrame, records: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Pair the keeper's names of episodes with those under which they are published."""
    known = set(records["episode"]) - {""}
    yield from ((name, name) for name in cases["episode"].unique() if name in known)
    for name, told in cases["episode"].items():
        if told and name in records.index and records.at[name, "episode"]:
            yield told, records.at[name, "episode"]


@dataclass(frozen=True)
class Decision:
    """What becomes of the cases of one dataset; cases are named by their index.

    `rows` are the records to write, new and corrected, by identifier; `drawn` pairs the keeper's
    numbers of the new ones with their identifiers. `waiting` says why a case is held back,
    `in_the_way` what has to be done with a published record first, and `regions` counts those that
    name none since too few share it.
    """

    rows: pd.DataFrame = field(repr=False)
    drawn: Mapping[str, str] = field(repr=False)
    waiting: Mapping[int, str]
    in_the_way: Mapping[int, str]
    regions: int


def decided(
    cases: pd.DataFrame, records: pd.DataFrame, about: Circumstances, draw: Draw
) -> Decision:
    """Decide on the cases of one dataset.

    `cases` are rows of text in all columns, with the keeper's `number`, whether they are
    `sensitive`, and the columns that their file `has`; `incident_id` is empty where a case is no
    record yet. `records` are the published rows by identifier. `draw` gives so many identifiers.
    """
    cases = meant(_completed(cases, records), about)
    waiting = waits(cases, about)
    in_the_way = _in_the_way(cases, records, waiting)
    told = reduced(cases[waiting == ""], about.codebook)
    fresh = told["incident_id"] == ""
    told.loc[fresh, "incident_id"] = draw(int(fresh.sum()))
    drawn = dict(zip(told.loc[fresh, "number"], told.loc[fresh, "incident_id"], strict=True))
    told = told.set_index("incident_id", drop=False)
    known = told["incident_id"].map(records.index.__contains__).astype(bool)
    parts = (
        regions_shared(told[~known], about.codebook),
        as_published(told[known], records, about.codebook),
    )
    rows = pd.concat(parts)
    rows["episode"] = episodes(rows, records)
    regions = int((rows["region"] != told["region"].reindex(rows.index)).sum())
    rows = rows[COLUMNS].sort_index()
    return Decision(rows, drawn, waiting[waiting != ""].to_dict(), in_the_way, regions)


def _completed(cases: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """Leave what a file says nothing of as it is published; what was protected stays so."""
    cases = cases.copy()
    before = records.reindex(cases["incident_id"]).set_axis(cases.index)
    known = cases["incident_id"].map(records.index.__contains__).astype(bool)
    for has in cases["has"].unique():
        silent = known & (cases["has"] == has)
        left = [column for column in COLUMNS if column not in has and column != "incident_id"]
        cases.loc[silent, left] = before.loc[silent, left]
    cases.loc[known & (before["protected"] == "yes"), "protected"] = "yes"
    return cases


def _in_the_way(cases: pd.DataFrame, records: pd.DataFrame, waiting: pd.Series) -> dict[int, str]:
    """Say which published records tell what may not be told any more, and what closes them."""
    before = records.reindex(cases["incident_id"]).set_axis(cases.index)
    told = before["protected"] == ""  # and it is published
    gone = told & (waiting.isin(GRAVE) | is_protected(cases))
    gone |= before["protected"].notna() & (waiting == "consent")
    closed = told & ~gone & (before["link"] != "withheld") & (cases["link"] == "withheld")
    found = (
        pd.Series("", index=cases.index).mask(closed, "close_first").mask(gone, "withdraw_first")
    )
    return found[found != ""].to_dict()
