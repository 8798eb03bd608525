"""All incidents of a release, in a form in which filtering and counting stay fast.

Every column that a reader filters by is categorical; a column of several codes (groups,
violations) has one category per combination that occurs. A filter is then a small table over
categories, looked up once per row, and a count is a histogram over categories: a million rows
cost milliseconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

import numpy as np
import pandas as pd

from incidents import citation
from incidents.codebook import LANGUAGES, Codebook
from incidents.filters import FACETS
from incidents.periods import Days, within
from incidents.rows import Rows
from incidents.search import Column, Index, Mask, Name, written
from incidents.selection import Selection, first_day, last_day

SEARCHES = 16
"""How many searches are remembered at most."""

TOLD = ("summary", "source_name")
"""The texts of a record that a search looks at."""

INDEXING = Lock()
"""Held while texts are indexed, so that readers who search at once do not all do it."""


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

    def marked(self, codes: Mask) -> Mask:
        """Mark the rows that hold any of the marked codes."""
        return self.wanted([code for code, mark in zip(self.codes, codes, strict=True) if mark])

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
    A search finds a text of a record by its `wordings`, too (what it says in other languages), and
    what holds a name by all `spellings` of it.
    Where there are more records than memory holds, `frame` has one row for all that are alike (see
    `incidents.cube`), and `rows` asks the records themselves.
    """

    frame: pd.DataFrame
    codebook: Codebook
    places: pd.DataFrame
    collection: Mapping[str, tuple[pd.Timestamp, pd.Timestamp]]
    less_covered: Mapping[str, pd.Timestamp] = field(default_factory=dict)
    wordings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spellings: Sequence[Sequence[str]] = ()
    rows: Rows | None = None

    @cached_property
    def weights(self) -> np.ndarray | None:
        """How many records each row of the frame stands for; None where each is one."""
        return self.frame["n"].to_numpy() if "n" in self.frame else None

    def amount(self, marked: Mask) -> int:
        """Count the records that the marked rows of the frame stand for."""
        return added(marked, self.weights)

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

    def fingerprint_of(self, incident_id: str) -> str:
        """Give the fingerprint of one record."""
        if self.rows:
            found = self.rows.bearing("incident_id", incident_id)
            return citation.fingerprint(citation.published(found))
        return self.lines.fingerprint((self.frame["incident_id"] == incident_id).to_numpy())

    @cached_property
    def publishers(self) -> pd.Series:
        """Count the records by the name of their source, most first."""
        return self.rows.publishers() if self.rows else self.frame["source_name"].value_counts()

    @cached_property
    def first_days(self) -> np.ndarray:
        """Days since 1970 on which each record may have begun."""
        return self.frame["first_day"].to_numpy().astype("datetime64[D]").astype(np.int32)

    @cached_property
    def last_days(self) -> np.ndarray:
        """Days since 1970 by which each record had ended."""
        return self.frame["last_day"].to_numpy().astype("datetime64[D]").astype(np.int32)

    @cached_property
    def held(self) -> int:
        """Give the number of all records, counted or not."""
        return self.amount(np.ones(len(self.frame), dtype=bool))

    @cached_property
    def total(self) -> int:
        """Give N, the number of records that may be counted."""
        return self.amount(self.counted)

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
        if selection.q and self.rows is None:
            misses["q"] = ~self._mentions(selection.q)
        if selection.q and self.rows is not None:
            found = self.rows.weighed(selection.q)
            misses["q"] = (found["n"] == 0).to_numpy()
            return Subset(self, selection, misses, found)
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
        """Mark the records that a search by words finds."""
        found = self._searched.get(text)
        if found is None:
            found = self.index.find(text)
            if len(self._searched) >= SEARCHES:
                self._searched.clear()
            self._searched[text] = found
        return found

    @property
    def index(self) -> Index:
        """Give the index of what a search looks at, made at the first search."""
        with INDEXING:
            return self._index

    @cached_property
    def _index(self) -> Index:
        """Index what a search looks at: texts, sources, identifiers, labels, names of places."""
        labelled = [
            Column(self._labels(facet.listed), self.facets[name].marked)
            for name, facet in FACETS.items()
            if facet.searched
        ]
        texts = [] if self.rows else [self._worded(column) for column in TOLD]
        places = Column(self._spelled, self.facets["place"].marked)
        return Index([*texts, *labelled, places], self._names, list(self.frame["incident_id"]))

    def words(self) -> list[str]:
        """Give the words under which each record is found by what it tells itself: `TOLD`."""
        columns = [self._worded(column) for column in TOLD]
        lines = np.array(Index(columns, self._names).lines(), dtype=object)
        found, first = [], 0
        for name, column in zip(TOLD, columns, strict=True):
            found.append(lines[first + pd.factorize(self.frame[name])[0]])
            first += len(column.values)
        return [f" {' | '.join(filter(None, each))} " for each in zip(*found, strict=True)]

    @cached_property
    def _spelled(self) -> list[list[str]]:
        return self._place_names()

    @cached_property
    def _names(self) -> list[Name]:
        english = zip(self.places["name_en"], self._spelled, strict=True)
        names = [Name((name,), spellings) for name, spellings in english]
        return [*names, *(Name(spellings, spellings) for spellings in self.spellings)]

    def _worded(self, column: str) -> Column:
        """Give a column of texts with what they say in other languages."""
        rows, texts = pd.factorize(self.frame[column])
        values = [(text, *self.wordings.get(text, ())) for text in texts]
        return Column(values, lambda marked: marked[rows])

    def _labels(self, listed: str) -> list[tuple[str, ...]]:
        labels = [self.codebook.labels(listed, language) for language in LANGUAGES]
        return [tuple(found[code] for found in labels) for code in self.codebook.codes(listed)]

    def _place_names(self) -> list[list[str]]:
        """Give each settlement's names and aliases, without such as hold another's name.

        "Bishkek osh" (the town of Bishkek) would find Bishkek for Osh.
        """
        columns = [f"name_{language}" for language in LANGUAGES]
        told = [*zip(*(self.places[column] for column in columns), strict=True)]
        named = [{written(name) for name in names} for names in told]
        every = set().union(*named)
        return [
            [*names, *(a for a in aliases.split(";") if not _parts(a) & (every - own))]
            for names, own, aliases in zip(told, named, self.places["aliases"], strict=True)
        ]


def _parts(name: str) -> set[str]:
    """Give what stands within a name of several words, but for the name itself."""
    words = written(name).split()
    ends = range(len(words) + 1)
    return {" ".join(words[i:j]) for i in ends for j in ends if 0 < j - i < len(words)}


class Subset:
    """The records that one selection finds.

    Which rows miss which filter is kept, so that the counts of every filter's options, under the
    other filters, cost no second search.
    """

    def __init__(
        self,
        incidents: Incidents,
        selection: Selection,
        misses: Mapping[str, Mask],
        measures: pd.DataFrame | None = None,
    ) -> None:
        """Combine the rows that each set filter leaves out.

        `measures` say what is left of each row of cells, where a search finds only some of it.
        """
        self.incidents = incidents
        self.selection = selection
        self._measures = incidents.frame if measures is None else measures
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
        return self.amount(self.rows)

    @cached_property
    def weights(self) -> np.ndarray | None:
        """How many records of the selection each row stands for; None where each is one."""
        return self._measures["n"].to_numpy() if "n" in self._measures else None

    def amount(self, marked: Mask) -> int:
        """Count the records of the selection that marked rows stand for."""
        return added(marked, self.weights)

    @cached_property
    def naming(self) -> np.ndarray:
        """Count the records of each row that name a number of persons."""
        if "naming" in self._measures:
            return self._measures["naming"].to_numpy()
        return self._measures["persons"].notna().to_numpy().astype(np.int64)

    def records(self) -> pd.DataFrame:
        """Give the counted records of the selection."""
        return self._records(self.rows)

    def beside(self) -> pd.DataFrame:
        """Give the records of the selection that stand outside every figure (contested, ...)."""
        return self._records(self.found & ~self.incidents.counted)

    def _records(self, marked: Mask) -> pd.DataFrame:
        held = self.incidents.rows
        return held.part(marked, self.selection.q) if held else self.incidents.frame[marked]

    @cached_property
    def fingerprint(self) -> str:
        """Give the fingerprint of the counted records of the selection."""
        if held := self.incidents.rows:
            return held.fingerprint(self.rows, self.selection.q)
        return self.incidents.lines.fingerprint(self.rows)

    def under_the_others(self, name: str) -> Mask:
        """Mark the counted records that every filter but one finds."""
        if name not in self._misses:
            return self.rows
        return (self._missed == self._misses[name]) & self.incidents.counted

    @cached_property
    def persons(self) -> np.ndarray:
        """Give the persons named in each record, an episode's largest number once."""
        named = self._measures["persons"].fillna(0).to_numpy()
        return persons_once(named, self.incidents.frame["episode"], self.rows)


def added(marked: Mask, weights: np.ndarray | None) -> int:
    """Count marked rows, or add up their weights."""
    return int(marked.sum() if weights is None else weights[marked].sum())


def persons_once(named: np.ndarray, episode: pd.Series, rows: Mask) -> np.ndarray:
    """Count persons per record among the marked rows, an episode only where it names most.

    The steps of one case (charge, verdict) are records of their own about the same people; adding
    them up would count these people twice. Records without a number count nothing.
    """
    persons = np.where(rows, named, 0).astype(np.int64)
    story = episode.cat.codes.to_numpy()
    steps = np.flatnonzero(rows & (story >= 0))
    episodes = pd.Series(persons[steps], index=steps)
    largest = episodes.groupby(story[steps]).idxmax()
    repeated = np.setdiff1d(steps, largest.to_numpy())
    persons[repeated] = 0
    return persons


def _day_number(day: pd.Timestamp) -> int:
    return int(np.datetime64(day, "D").astype(np.int32))
