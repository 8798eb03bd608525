"""Load a data package: read every file, check every cell, and give typed tables or all faults."""

import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import pandas as pd

from incidents import counts, quality, schema
from incidents.claims import Claim
from incidents.codebook import Codebook
from incidents.selection import Selection, known_codes
from incidents.table import Incidents
from incidents.wording import WRITTEN, Translations, Wording, spellings
from loaders import claims, contents, cubes, reading, wordings
from loaders.cached import Cached
from loaders.contents import AGGREGATES, Census
from loaders.descriptor import NAME, RELEASE, Descriptor, worded
from loaders.needs import OUTLINES, TABLES
from loaders.reading import CHANGELOGS, Faults, Reading, marked
from loaders.settings import Settings

SNAPSHOT = "*_snapshot_*.zip"
"""Copies as files, packed beside the data: no part of a package."""
T = TypeVar("T")

__all__ = [
    "AGGREGATES",
    "PUBLISHERS",
    "RELEASE",
    "Census",
    "Faults",
    "Package",
    "listed",
    "load",
    "record_files",
]

PUBLISHERS = "publishers.csv"
LISTED = (*(path for path in TABLES if path.startswith("codebook/")), "places.csv")
"""The tables that the others take codes from."""


@dataclass(frozen=True, eq=False)
class Package:
    """One release of the data: incidents and everything needed to read them.

    A package equals only itself, so that what is made from it once can be kept by it.

    `descriptor` is what the package says of itself, `released` the day of the release,
    `census` gives the inhabitants per region, `totals` what others published per year,
    `events` the laws and events that help to read a trend, `regions` and `neighbours` GeoJSON,
    `publishers` whose pages the records link to, in which language, and archived copies of them,
    `readings` what second readers found, a row per record, `codings` what coders gave,
    `statements` sentences that are true of this release alone, by name, with a text per language,
    `translations` the texts of the data in other languages, `names` the spellings of proper names,
    `judged` what was found of a sample of translations, `changelogs` the change log by language,
    `reader_risks` what following a link to an outlet ruled extremist can mean, by country,
    `withdrawn` a tombstone without content per withdrawn record, as text, `aggregates` what is
    said of cases that are counted and never listed, by list, code, row and cell, `claims` the
    published sentences that are checked, `claim_rows` their readings as text, `files` the content
    of every file as it was checked, by name. `newest` is the package by which a kept release was
    found; None where it is the newest itself.
    """

    directory: Path
    descriptor: Descriptor
    release: str
    incidents: Incidents
    census: Census
    totals: pd.DataFrame
    events: list[dict[str, Any]]
    regions: dict[str, Any]
    neighbours: dict[str, Any]
    changelogs: Mapping[str, str]
    publishers: pd.DataFrame
    readings: pd.DataFrame
    codings: pd.DataFrame
    statements: pd.DataFrame
    translations: Translations
    names: pd.DataFrame
    judged: pd.DataFrame
    reader_risks: pd.DataFrame
    withdrawn: pd.DataFrame
    aggregates: pd.Series
    claims: tuple[Claim, ...]
    claim_rows: pd.DataFrame
    released: pd.Timestamp
    files: Mapping[str, bytes]
    newest: "Package | None" = field(default=None, repr=False)
    made: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Make once what no selection changes, under its key; it goes with the package.

        Two threads that ask at the same time may both make it, and get the same one.
        """
        if key not in self.made:
            self.made.setdefault(key, make())
        return cast(T, self.made[key])

    @cached_property
    def mark(self) -> str:
        """Mark what the files hold: the same files, the same mark."""
        return marked(self.files)

    @property
    def codebook(self) -> Codebook:
        """The code lists of the release."""
        return self.incidents.codebook

    @property
    def population(self) -> pd.Series:
        """The inhabitants per region by which rates are taken."""
        return self.census.population

    @property
    def name(self) -> str:
        """The short name of the package, with which the names of its files begin."""
        return str(self.descriptor.described["name"])

    @property
    def country(self) -> str:
        """The country of the package (ISO 3166-1 alpha-2)."""
        return self.descriptor.country

    @property
    def bounds(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """The south-western and the north-eastern corner of the country: latitude, longitude."""
        west, south, east, north = self.descriptor.described["bbox"]
        return (south, west), (north, east)

    def organisation(self, language: str) -> str:
        """Name who publishes the package."""
        return worded(self.descriptor.described["contributors"][0], "title", language)

    @property
    def licence(self) -> tuple[str, str]:
        """The licence of the package and where it stands; empty where it names none."""
        for licence in self.descriptor.described.get("licenses", ()):
            return str(licence.get("title", "")), str(licence.get("path", ""))
        return "", ""

    def named(self, name: str, language: str) -> str:
        """Name a source or a term in one language; in English where it has no other name."""
        return self.translations.of(name, language).text

    def changelog(self, language: str) -> Wording:
        """Give the change log in one language; in English where it has no other."""
        spoken = language if language in self.changelogs else WRITTEN
        return Wording(self.changelogs[spoken], spoken)

    def title(self, language: str) -> str:
        """Give the title of the package."""
        return worded(self.descriptor.described, "title", language)

    def statement(self, name: str, language: str) -> str:
        """Give a sentence that is true of this release; empty where the package has none."""
        texts = self._statements.get(name, {})
        return texts.get(f"text_{language}", "")

    @cached_property
    def _statements(self) -> dict[str, dict[str, str]]:
        return self.statements.set_index("statement").to_dict("index")

    def meanings(self, language: str, *paths: str) -> dict[str, str]:
        """Say what each column of tables means, as the package says; of records without `paths`."""
        files = [self.descriptor.resources[path] for path in paths]
        return {
            field["name"]: worded(field, "description", language)
            for resource in reversed(files or self.descriptor.files.values())
            for field in resource.described["schema"]["fields"]
        }

    def coded(self, *paths: str) -> dict[str, str]:
        """Name the code list of each column of tables that holds codes, as the package says."""
        fields = [
            field for path in paths for field in self.descriptor.resources[path].fields.values()
        ]
        return {field.name: field.codes for field in fields if field.codes in self.codebook.lists}

    def labels(self, listed: str, language: str) -> Mapping[str, str]:
        """Word every code of a list; of "places", every settlement of the gazetteer."""
        if listed == "places":
            names = self.incidents.places[f"name_{language}"]
            return self.once(("places", language), lambda: dict(names))
        return self.codebook.labels(listed, language)

    @cached_property
    def fields(self) -> dict[str, str]:
        """What each published column of a record means, in English."""
        return self.meanings("en")

    @property
    def published_series(self) -> str:
        """The series of published totals that is drawn beside the records."""
        return self.descriptor.published_series

    @property
    def published_dataset(self) -> str:
        """The dataset whose subject those totals count; empty where there are none."""
        return str(self.published_rows["dataset"].iloc[0]) if len(self.published_rows) else ""

    @cached_property
    def published_rows(self) -> pd.DataFrame:
        """The rows of the yearly totals that somebody else published and that are drawn here."""
        return self.series_rows(self.published_series)

    @cached_property
    def published(self) -> pd.Series:
        """The yearly totals that somebody else published and that are drawn here, by year."""
        return self.series(self.published_series)

    def published_source(self, language: str) -> tuple[str, str]:
        """Say who published the yearly totals that are drawn here, and where."""
        return self.series_source(self.published_series, language)

    def series_rows(self, name: str) -> pd.DataFrame:
        """Give the rows of one series of published totals."""
        return self.totals[self.totals["series"] == name]

    def series(self, name: str) -> pd.Series:
        """Give one series of published totals by year."""
        rows = self.series_rows(name)
        return rows.set_index(rows["year"].astype(int))["count"].astype(int).sort_index()

    def series_source(self, name: str, language: str) -> tuple[str, str]:
        """Say who published a series of totals, and where."""
        rows = self.once(("rows of", name), lambda: self.series_rows(name).to_dict("records"))
        for row in rows:
            return self.named(row["source_name"], language), row["source_url"]
        return "", ""

    def publisher(self, url: str) -> tuple[str, str]:
        """Say who publishes a page, and in which language (ISO 639-1); empty where unknown.

        Of the addresses in the list that the page's begins with, the longest one counts.
        """
        address = listed(url, self.publishers["address"])
        rows = self.publishers[self.publishers["address"] == address]
        return (rows["name"].iloc[0], rows["language"].iloc[0]) if len(rows) else ("", "")

    def archived(self, url: str) -> str:
        """Give the address of an archived copy of a page; empty where none was seen."""
        rows = self.publishers[self.publishers["address"] == _without_scheme(url)]
        return str(rows["archived"].iloc[0]) if len(rows) else ""

    @cached_property
    def held(self) -> pd.Series:
        """Count the records held here of what the published totals count, by their years."""
        if self.published.empty:
            return pd.Series(dtype=int)
        counted = self.incidents.select(Selection(data=(self.published_dataset,)))
        table = counts.by_period(counted, "year").table["n"]
        return table.reindex([str(year) for year in self.published.index], fill_value=0)

    @cached_property
    def errors(self) -> pd.DataFrame:
        """What second readers found wrong, by reading and dataset; see `quality.errors`."""
        return quality.errors(self.readings)

    @cached_property
    def last_sample(self) -> pd.DataFrame:
        """The rows of `errors` of the latest random sample."""
        return quality.last_sample(self.errors)

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """How far two coders give the same codes, by column; see `quality.agreement`."""
        return quality.agreement(self.codings, ("first", "second"))

    @cached_property
    def agreement_with_record(self) -> pd.DataFrame:
        """How far the first coder gives the published codes, by column."""
        return quality.agreement(self.codings, ("record", "first"))

    @cached_property
    def withdrawn_since(self) -> int:
        """Count the records that were withdrawn after this release showed them."""
        return len(self.withdrawn_ids)

    @property
    def closed_since(self) -> int:
        """Count the records in which a link was closed after this release showed it."""
        return self.descriptor.closed

    @cached_property
    def withdrawn_ids(self) -> set[str]:
        """Name the records that were withdrawn after this release showed them."""
        held = self.withdrawn["release"].map(lambda cell: self.release in cell.split(";"))
        return set(self.withdrawn.loc[held.astype(bool), "incident_id"])

    def tombstone(self, incident_id: str) -> pd.Series | None:
        """Find what is left of a withdrawn record; None if no such record was withdrawn."""
        found = self.withdrawn[self.withdrawn["incident_id"] == incident_id]
        return None if found.empty else found.iloc[0]


def listed(url: str, addresses: Iterable[str]) -> str:
    """Give the longest of the listed addresses that a page's begins with; empty where none is."""
    page = _without_scheme(url)
    return max((found for found in addresses if page.startswith(found)), key=len, default="")


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url)


def record_files(directory: Path) -> dict[str, str]:
    """Name the files of incidents of a package by dataset, as far as its descriptor can be read."""
    return {name: table.path for name, table in reading.descriptor_of(directory, []).files.items()}


def load(directory: Path | None = None) -> Package:
    """Load the package in a directory, or the one the settings name. Raises `Faults`."""
    directory = directory or Settings().data
    files = reading.files(directory)
    cached = Cached(directory, files)
    frame = cached.read()
    checked = [] if frame is None else [each.path for each in files.descriptor.files.values()]
    found = Reading.of(files, checked)
    contexts = _contexts(found)
    records = contents.records(found, contexts) if frame is None else {}
    tables = {path: found.checked(path) for path in TABLES if path not in LISTED}
    translations = Translations(tables[wordings.TRANSLATIONS].to_dict("records"))
    cells = cubes.read(directory, found.faults) if cubes.is_one(directory) else None
    said, aggregates = _between(found, tables, records, contexts, whole=cells is None)
    if cells is not None and not found.faults:
        found.faults.extend(cubes.faults(cells, contexts))
    outlines = {name: reading.outlines(found, name) for name in OUTLINES}
    book, places = contexts[0].codebook, contexts[0].places
    found.faults.extend(contents.outline_faults(outlines["regions.geojson"], book))
    changelogs = found.texts(CHANGELOGS)
    found.refuse()
    totals = tables[contents.TOTALS]
    if frame is None:
        frame = contents.joined(records, contexts)
        cached.write(frame)
    incidents = Incidents(
        frame,
        book,
        places,
        {c.dataset: c.collected for c in contexts},
        found.about.less_covered,
        wordings=translations.wordings,
        spellings=[spellings(name) for name in tables[wordings.NAMES].to_dict("records")],
    )
    held = found.files.contents
    if cells is not None:
        incidents = cubes.incidents(directory, cells, incidents, contexts)
        held = {**held, cubes.ABOUT: (directory / cubes.ABOUT).read_bytes()}
    return Package(
        directory=directory,
        descriptor=found.about,
        release=found.about.release,
        incidents=incidents,
        census=contents.census(tables["population.csv"]),
        totals=totals.assign(count=pd.to_numeric(totals["count"])),
        events=contents.events(tables["context_events.csv"]),
        regions=outlines["regions.geojson"],
        neighbours=outlines["neighbours.geojson"],
        changelogs=changelogs,
        publishers=tables[PUBLISHERS],
        readings=tables["checking/readings.csv"],
        codings=tables["checking/codings.csv"],
        statements=tables["statements.csv"],
        translations=translations,
        names=tables[wordings.NAMES],
        judged=tables["checking/translations.csv"],
        reader_risks=tables["reader_risks.csv"],
        withdrawn=tables["withdrawn.csv"],
        aggregates=aggregates,
        claims=said[0],
        claim_rows=said[1],
        released=found.about.released,
        files=held,
    )


def _contexts(found: Reading) -> list[schema.Context]:
    """Read the tables that the others take codes from; give what each dataset is checked against.

    Raises `Faults` where one of them is faulty: every code of the others would seem unknown.
    """
    about, book, places = found.about, found.codebook(), found.checked("places.csv")
    found.refuse(*LISTED)
    found.faults.extend(contents.region_faults(book, about.country))
    found.faults.extend(contents.dataset_faults(book, about))
    found.refuse(NAME, *LISTED)
    placed = contents.places(places)
    return [
        schema.Context(name, book, placed, about.files[name].collected, about.released)
        for name in book.codes("datasets")
    ]


def _between(
    found: Reading,
    tables: Mapping[str, pd.DataFrame],
    records: Mapping[str, pd.DataFrame],
    contexts: Sequence[schema.Context],
    *,
    whole: bool,
) -> tuple[tuple[tuple[Claim, ...], pd.DataFrame], pd.Series]:
    """Check what needs several rows or files; give the claims and the cells never listed.

    Without `records` it is of a package whose records were checked with these very files. A package
    is `whole` where its records are in its own files: then no text may be idle.
    """
    book, places = contexts[0].codebook, contexts[0].places
    if len(records) == len(contexts):
        withdrawn = set(tables["withdrawn.csv"]["incident_id"])
        found.faults.extend(contents.across(records, withdrawn, found.faults))
    found.faults.extend(contents.population_faults(tables["population.csv"]))
    found.faults.extend(contents.series_faults(tables[contents.TOTALS], found.about))
    said = claims.none()
    if found.sound(*claims.FILES, contents.TOTALS):
        codes = known_codes(book, list(places.index))
        said = claims.read(tables, codes, found.faults)
    cells = contents.aggregates(found, tables[AGGREGATES], book)
    if records and whole and not found.faults:  # a broken text has no translation: one says enough
        found.faults.extend(wordings.faults(found.frame, list(records.values())))
    return said, cells
