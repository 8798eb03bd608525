"""All incidents of a release, in a form in which filtering and counting stay fast.

Every column that a reader filters by is categorical; a column of several codes (groups,
violations) has one category per combination that occurs. A filter is then a small table over
categories, looked up once per row, and a count is a histogram over categories: a million rows
cost milliseconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from incidents import citation
from incidents.codebook import Codebook
from incidents.filters import FACETS
from incidents.periods import Days, within
from incidents.selection import Selection, first_day, last_day

SEARCHES = 16
"""How many searches are remembered at most."""

Mask = np.ndarray
"""One boolean per row."""


@dataclass(frozen=True)
class Facet:
    """One column as the counts need it.

    `rows` holds one category number per row, `holds[category, code]` says which codes a category
    contains.
    """

    codes: tuple[str, ...]
    rows: np.ndarray
    holds: np.ndarray

    @classmethod
    def of(cls, column: pd.Series, codes: Sequence[str]) -> "Facet":
        """Index a categorical column whose categories are codes, or codes joined by ";"."""
        combinations = [set(str(c).split(";")) for c in column.cat.categories]
        holds = np.array([[code in c for code in codes] for c in combinations], dtype=bool)
        absent = np.zeros((1, len(codes)), dtype=bool)  # the category number -1: nothing given
        holds = np.vstack([holds.reshape(len(combinations), len(codes)), absent])
        return cls(tuple(codes), column.cat.codes.to_numpy().astype(np.int32), holds)

    def wanted(self, codes: Sequence[str]) -> Mask:
        """Mark the rows that hold any of the codes."""
        places = [self.codes.index(code) for code in codes]
        wanted: Mask = np.asarray(self.holds[:, places].any(axis=1))
        return wanted[self.rows]

    def count(self, rows: Mask, weights: np.ndarray | None) -> np.ndarray:
        """Count the marked rows under each code, or add up their weights."""
        chosen = self.rows[rows]
        size = len(self.holds)
        at = np.where(chosen < 0, size - 1, chosen)
        per_category = np.bincount(at, None if weights is None else weights[rows], size)
        return per_category @ self.holds


@dataclass(frozen=True)
class Incidents:
    """The records of one release.

    `frame` has one row per record in the typed form that `incidents.schema.typed` gives,
    `places` one row per settlement indexed by GeoNames id, `collection` the first and the last
    day of collection of each dataset, `less_covered` the day from which one is less well covered.
    """

    frame: pd.DataFrame
    codebook: Codebook
    places: pd.DataFrame
    collection: Mapping[str, tuple[pd.Timestamp, pd.Timestamp]]
    less_covered: Mapping[str, pd.Timestamp] = field(default_factory=dict)

    @cached_property
    def facets(self) -> dict[str, Facet]:
        """Index every filterable column."""
        return {
            name: Facet.of(
                self.frame[facet.column],
                list(self.places.index)
                if facet.listed == "places"
                else self.codebook.codes(facet.listed),
            )
            for name, facet in FACETS.items()
        }

    @cached_property
    def counted(self) -> Mask:
        """Mark what may be counted: incidents and series, not contested."""
        kinds = self.codebook.marked("kinds", "counted")
        flags = {"", *self.codebook.marked("flags", "counted")}
        return (self.frame["kind"].isin(kinds) & self.frame["flag"].isin(flags)).to_numpy()

    def datasets(self, selection: Selection) -> tuple[str, ...]:
        """Name the datasets a selection may find: the chosen ones, those of the chosen categories.

        All that were chosen, or all there are, where its filters exclude each other.
        """
        chosen = selection.data or tuple(self.collection)
        of_category = self.codebook.column("categories", "dataset")
        told = {of_category[category] for category in selection.category} or {*chosen}
        return tuple(name for name in chosen if name in told) or chosen

    def window(self, selection: Selection) -> Days:
        """Give the first and the last day of collection, cut with the dates of a selection."""
        spans = [self.collection[name] for name in self.datasets(selection)]
        return within(selection, (min(first for first, _ in spans), max(last for _, last in spans)))

    @cached_property
    def lines(self) -> citation.Lines:
        """Write every record as it is fingerprinted."""
        return citation.Lines(citation.published(self.frame))

    @cached_property
    def first_days(self) -> np.ndarray:
        """Days since 1970 on which each record may have begun."""
        return self.frame["first_day"].to_numpy().astype("datetime64[D]").astype(np.int32)

    @cached_property
    def last_days(self) -> np.ndarray:
        """Days since 1970 by which each record had ended."""
        return self.frame["last_day"].to_numpy().astype("datetime64[D]").astype(np.int32)

    @cached_property
    def total(self) -> int:
        """Give N, the number of records that may be counted."""
        return int(self.counted.sum())

    @cached_property
    def _searched(self) -> dict[str, Mask]:
        """The last searches, shared by all readers: another one may empty it at any time."""
        return {}

    def select(self, selection: Selection) -> "Subset":
        """Find the records of a selection."""
        misses: dict[str, Mask] = {
            name: ~self.facets[name].wanted(getattr(selection, name))
            for name in FACETS
            if getattr(selection, name)
        }
        if selection.start or selection.end:
            first = first_day(selection.start) if selection.start else None
            last = last_day(selection.end) if selection.end else None
            misses["period"] = ~self.may_have_happened(first, last)
        if selection.q:
            misses["q"] = ~self._mentions(selection.q)
        return Subset(self, selection, misses)

    def may_have_happened(self, first: pd.Timestamp | None, last: pd.Timestamp | None) -> Mask:
        """Mark the records that may have happened in the range, both days included.

        A source that says only "March 2021" could mean any day of that month, so such a record
        is in every range that touches the month.
        """
        found = np.ones(len(self.frame), dtype=bool)
        if first is not None:
            found &= self.last_days >= _day_number(first)
        if last is not None:
            found &= self.first_days <= _day_number(last)
        return found

    def _mentions(self, text: str) -> Mask:
        """Mark the records that mention every word: in text, source, id, or a code's label."""
        found = self._searched.get(text)
        if found is None:
            words = [self._mentions_word(word) for word in text.casefold().split()]
            found = np.logical_and.reduce(words)
            if len(self._searched) >= SEARCHES:
                self._searched.clear()
            self._searched[text] = found
        return found

    def _mentions_word(self, word: str) -> Mask:
        found = self.frame["search_text"].str.contains(word, regex=False).to_numpy(dtype=bool)
        for name, facet in FACETS.items():
            codes = self.codebook.matching(facet.listed, word) if facet.searched else ()
            if codes:
                found = found | self.facets[name].wanted(sorted(codes))
        names = self.places[[f"name_{lang}" for lang in ("en", "ru", "ky")]]
        named = names.apply(lambda column: column.str.casefold().str.contains(word, regex=False))
        places = list(self.places.index[named.any(axis=1)])
        return found | self.facets["place"].wanted(places) if places else found


class Subset:
    """The records that one selection finds.

    Which rows miss which filter is kept, so that the counts of every filter's options, under the
    other filters, cost no second search.
    """

    def __init__(
        self, incidents: Incidents, selection: Selection, misses: Mapping[str, Mask]
    ) -> None:
        """Combine the rows that each set filter leaves out."""
        self.incidents = incidents
        self.selection = selection
        self._misses = misses
        self._missed = np.zeros(len(incidents.frame), dtype=np.uint8)
        for miss in misses.values():
            self._missed += miss
        self.found: Mask = self._missed == 0

    @cached_property
    def rows(self) -> Mask:
        """Mark the counted records of the selection."""
        return self.found & self.incidents.counted

    @cached_property
    def window(self) -> Days:
        """Give the first and the last day that a chart over time may show.

        Those on which any dataset of the selection was collected, cut with the selection's own
        dates. The last is the earlier one where nothing is left.
        """
        return self.incidents.window(self.selection)

    @cached_property
    def n(self) -> int:
        """Count the incidents of the selection."""
        return int(self.rows.sum())

    def records(self) -> pd.DataFrame:
        """Give the counted records of the selection."""
        return self.incidents.frame[self.rows]

    def beside(self) -> pd.DataFrame:
        """Give the records of the selection that stand outside every figure (contested, ...)."""
        return self.incidents.frame[self.found & ~self.incidents.counted]

    @cached_property
    def fingerprint(self) -> str:
        """Give the fingerprint of the counted records of the selection."""
        return self.incidents.lines.fingerprint(self.rows)

    def under_the_others(self, name: str) -> Mask:
        """Mark the counted records that every filter but one finds."""
        if name not in self._misses:
            return self.rows
        return (self._missed == self._misses[name]) & self.incidents.counted

    @cached_property
    def persons(self) -> np.ndarray:
        """Give the persons named in each record, an episode's largest number once."""
        return persons_once(self.incidents.frame, self.rows)


def persons_once(frame: pd.DataFrame, rows: Mask) -> np.ndarray:
    """Count persons per record among the marked rows, an episode only where it names most.

    The steps of one case (charge, verdict) are records of their own about the same people; adding
    them up would count these people twice. Records without a number count nothing.
    """
    persons = np.where(rows, frame["persons"].fillna(0).to_numpy(), 0).astype(np.int64)
    steps = np.flatnonzero(rows & (frame["episode"].cat.codes >= 0).to_numpy())
    episodes = pd.Series(persons[steps], index=steps)
    largest = episodes.groupby(frame["episode"].cat.codes.to_numpy()[steps]).idxmax()
    repeated = np.setdiff1d(steps, largest.to_numpy())
    persons[repeated] = 0
    return persons


def _day_number(day: pd.Timestamp) -> int:
    return int(np.datetime64(day, "D").astype(np.int32))
