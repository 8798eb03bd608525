"""Load a data package: read every file, check every cell, and give typed tables or all faults."""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from incidents import cells, counts, quality, schema
from incidents.claims import Claim
from incidents.codebook import EXAMPLES, LISTS, ONLINE, UNPLACED, Codebook
from incidents.schema import SEVERAL, Fault
from incidents.selection import Selection, known_codes
from incidents.table import Incidents
from loaders import claims
from loaders.settings import Settings
from loaders.tables import TABLES, read_table, read_text

FILES = {"media": "media_attacks.csv", "rights": "rights_incidents.csv"}
AGGREGATES = "aggregates.csv"
OTHERS = (
    "datapackage.json",
    "regions.geojson",
    "neighbours.geojson",
    "CHANGELOG.md",
    "CHECKING.md",
    "LICENSE.md",
)
"""The files of a package that are no tables."""
RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")
"""What a version may be: it stands in sentences, in addresses and in the names of files."""
CENSUS = 2022
"""The year whose population every rate is taken of."""


CHECKING = ("checking/readings.csv", "checking/codings.csv")
PUBLISHERS = "publishers.csv"
LATER = {
    claims.CLAIMS,
    "codebook/claim_manners.csv",
    "codebook/claim_reasons.csv",
    *CHECKING,
    PUBLISHERS,
}
"""Tables that came after the first release one may keep: read where the descriptor names them."""
LATER_COLUMNS = {*EXAMPLES, "read_at", "archived"}
"""Columns that came later, likewise."""

PUBLISHED_SERIES = "attacks_on_media"
"""The series of published totals that is drawn beside the records of attacks on media."""


class Faults(Exception):
    """A package that cannot be published: everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        """Keep the faults; the message counts them."""
        super().__init__(f"{len(faults)} faults in the data package")
        self.faults = faults


@dataclass(frozen=True, eq=False)
class Package:
    """One release of the data: incidents and everything needed to read them.

    A package equals only itself, so that what is made from it once can be kept by it.

    `released` is the day of the release,
    `population` gives the census number per region, `totals` what others published per year,
    `events` the laws and events that help to read a trend, `regions` and `neighbours` GeoJSON,
    `publishers` whose pages the records link to, in which language, and archived copies of them,
    `readings` what second readers found, a row per record, `codings` what coders gave,
    `withdrawn` a tombstone without content per withdrawn record, as text, `aggregates` what is
    said of cases that are counted and never listed, by list, code, row and cell, `claims` the
    published sentences that are checked, `claim_rows` their readings as text, `files` the content
    of every file as it was checked, by name.
    """

    directory: Path
    release: str
    incidents: Incidents
    population: pd.Series
    totals: pd.DataFrame
    events: list[dict[str, Any]]
    regions: dict[str, Any]
    neighbours: dict[str, Any]
    changelog: str
    publishers: pd.DataFrame
    readings: pd.DataFrame
    codings: pd.DataFrame
    withdrawn: pd.DataFrame
    aggregates: pd.Series
    claims: tuple[Claim, ...]
    claim_rows: pd.DataFrame
    released: pd.Timestamp
    files: dict[str, bytes]

    @property
    def codebook(self) -> Codebook:
        """The code lists of the release."""
        return self.incidents.codebook

    @cached_property
    def fields(self) -> dict[str, str]:
        """What each published column of a record means, in English, as the package says."""
        described = _resources(json.loads(self.files["datapackage.json"])).values()
        every = [field for r in described for field in r.get("schema", {}).get("fields", [])]
        return {field["name"]: field.get("description", "") for field in every}

    @cached_property
    def published_rows(self) -> pd.DataFrame:
        """The rows of the yearly totals of attacks on media that somebody else published."""
        return self.series_rows(PUBLISHED_SERIES)

    @cached_property
    def published(self) -> pd.Series:
        """The yearly totals of attacks on media that somebody else published, by year."""
        return self.series(PUBLISHED_SERIES)

    @cached_property
    def published_source(self) -> tuple[str, str]:
        """Who published the yearly totals of attacks on media, and where."""
        return self.series_source(PUBLISHED_SERIES)

    def series_rows(self, name: str) -> pd.DataFrame:
        """Give the rows of one series of published totals."""
        return self.totals[self.totals["series"] == name]

    def series(self, name: str) -> pd.Series:
        """Give one series of published totals by year."""
        rows = self.series_rows(name)
        return rows.set_index(rows["year"].astype(int))["count"].astype(int).sort_index()

    def series_source(self, name: str) -> tuple[str, str]:
        """Say who published a series of totals, and where."""
        rows = self.series_rows(name)
        return (rows["source_name"].iloc[0], rows["source_url"].iloc[0]) if len(rows) else ("", "")

    def publisher(self, url: str) -> tuple[str, str]:
        """Say who publishes a page, and in which language (ISO 639-1); empty where unknown.

        Of the addresses in the list that the page's begins with, the longest one counts.
        """
        page = _without_scheme(url)
        begun = [row for row in self.publishers.itertuples() if page.startswith(row.address)]
        found = max(begun, key=lambda row: len(row.address), default=None)
        return (found.name, found.language) if found else ("", "")

    def archived(self, url: str) -> str:
        """Give the address of an archived copy of a page; empty where none was seen."""
        rows = self.publishers[self.publishers["address"] == _without_scheme(url)]
        return str(rows["archived"].iloc[0]) if len(rows) else ""

    @cached_property
    def held(self) -> pd.Series:
        """Count the attacks on media held here, by year of the published totals."""
        media = self.incidents.select(Selection(data=("media",)))
        table = counts.by_period(media, "year").table["n"]
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

    @cached_property
    def withdrawn_ids(self) -> set[str]:
        """Name the records that were withdrawn after this release showed them."""
        held = self.withdrawn["release"].map(lambda cell: self.release in cell.split(";"))
        return set(self.withdrawn.loc[held.astype(bool), "incident_id"])

    def tombstone(self, incident_id: str) -> pd.Series | None:
        """Find what is left of a withdrawn record; None if no such record was withdrawn."""
        found = self.withdrawn[self.withdrawn["incident_id"] == incident_id]
        return None if found.empty else found.iloc[0]


def load(directory: Path | None = None) -> Package:
    """Load the package in a directory, or the one the settings name. Raises `Faults`."""
    directory = directory or Settings().data
    files = _contents(directory)
    faults: list[Fault] = []
    descriptor = _json(directory, "datapackage.json", faults)
    codebook = _codebook(directory, descriptor, faults)
    collection = _collection(descriptor, faults)
    places = read_table(directory, "places.csv", faults, {"region": codebook.codes("regions")})
    if faults:
        raise Faults(faults)
    places = _typed_places(places)
    released = _day(descriptor.get("created"))
    contexts = [
        schema.Context(name, codebook, places, collection[name], released) for name in FILES
    ]
    read = [_incidents(directory, context, faults) for context in contexts]
    frames = [frame for frame in read if frame is not None]
    population = read_table(
        directory, "population.csv", faults, {"region": codebook.codes("regions")}
    )
    totals = read_table(
        directory,
        "published_totals.csv",
        faults,
        {"group": ["all", *codebook.codes("groups")]},
    )
    events = read_table(
        directory, "context_events.csv", faults, {"datasets": codebook.codes("datasets")}
    )
    reasons = {"reason": codebook.codes("withdrawal_reasons")}
    withdrawn = read_table(directory, "withdrawn.csv", faults, reasons)
    aggregates = _aggregates(directory, codebook, faults)
    said, claim_rows = claims.none()
    if _expected(claims.CLAIMS, descriptor):
        codes = known_codes(codebook, list(places.index))
        said, claim_rows = claims.read(directory, codebook, codes, totals, faults)
    publishers, *checking = (
        _table(directory, name, descriptor, faults) for name in (PUBLISHERS, *CHECKING)
    )
    regions = _areas(directory, "regions.geojson", codebook, faults)
    neighbours = _json(directory, "neighbours.geojson", faults)
    changelog = _text(directory, "CHANGELOG.md", faults)
    if len(frames) == len(FILES) and all(set(schema.COLUMNS) <= set(f) for f in frames):
        _check_across(frames, set(withdrawn["incident_id"]), faults)
    if faults:
        raise Faults(faults)
    if files != _contents(directory):
        return load(directory)  # somebody wrote a file meanwhile, so it is not what was checked
    frame = schema.joined(frames)
    frame["place"] = frame["place"].cat.set_categories(list(places.index))
    return Package(
        directory=directory,
        release=str(descriptor["version"]),
        incidents=Incidents(frame, codebook, places, collection),
        population=_census(population),
        totals=totals.assign(count=pd.to_numeric(totals["count"])),
        events=_events(events),
        regions=regions,
        neighbours=neighbours,
        changelog=changelog,
        publishers=publishers,
        readings=checking[0],
        codings=checking[1],
        withdrawn=withdrawn,
        aggregates=aggregates,
        claims=said,
        claim_rows=claim_rows,
        released=released,
        files=files,
    )


def _contents(directory: Path) -> dict[str, bytes]:
    """Read the files that make a package, and no others that may lie beside them."""
    paths = {name: directory / name for name in (*OTHERS, *FILES.values(), *TABLES)}
    return {name: path.read_bytes() for name, path in paths.items() if path.is_file()}


def _expected(table: str, descriptor: dict[str, Any]) -> bool:
    """Say whether a package must have a table: kept releases lack what came later."""
    described = {resource.get("path") for resource in descriptor.get("resources", [])}
    return table not in LATER or table in described


def _without_scheme(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url)


def _undescribed(table: str, descriptor: dict[str, Any]) -> set[str]:
    """Name the columns that came later and that a package does not say it has."""
    fields = [
        field.get("name")
        for resource in descriptor.get("resources", [])
        if resource.get("path") == table
        for field in resource.get("schema", {}).get("fields", [])
    ]
    return LATER_COLUMNS - set(fields)


def _table(
    directory: Path,
    name: str,
    descriptor: dict[str, Any],
    faults: list[Fault],
    **codes: list[str],
) -> pd.DataFrame:
    """Read a table; what came later than a kept release is empty in it."""
    if not _expected(name, descriptor):
        return pd.DataFrame(columns=list(TABLES[name]), dtype=str)
    return read_table(directory, name, faults, codes, _undescribed(name, descriptor))


def _codebook(directory: Path, descriptor: dict[str, Any], faults: list[Fault]) -> Codebook:
    def read(name: str, **codes: list[str]) -> pd.DataFrame:
        return _table(directory, f"codebook/{name}.csv", descriptor, faults, **codes)

    lists = {name: read(name).set_index("code") for name in LISTS}
    words = read("violation_words", violation=list(lists["violations"].index))
    schemes = read("schemes")
    crosswalk = read("crosswalk", scheme=list(schemes["scheme"]))
    return Codebook(lists, words, crosswalk, schemes)


def _collection(
    descriptor: dict[str, Any], faults: list[Fault]
) -> dict[str, tuple[pd.Timestamp, pd.Timestamp]]:
    """Read from the descriptor since when and until when each dataset was collected."""
    spans = {}
    for name, resource in _resources(descriptor).items():
        days = [_day(resource.get(key)) for key in ("collected_from", "collected_to")]
        if pd.isna(days[0]) or pd.isna(days[1]):
            faults.append(Fault("datapackage.json", 0, FILES[name], "", "no_collection"))
        else:
            spans[name] = (days[0], days[1])
    version = str(descriptor.get("version", ""))
    if not RELEASE.fullmatch(version):
        faults.append(Fault("datapackage.json", 0, "version", version, "not_a_release"))
    if pd.isna(_day(descriptor.get("created"))):
        faults.append(Fault("datapackage.json", 0, "created", "", "required"))
    return spans


def _day(text: object) -> pd.Timestamp:
    """Read a day; NaT where there is none."""
    return pd.to_datetime(str(text), format="%Y-%m-%d", errors="coerce")


def _resources(descriptor: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Give what the descriptor says of each file of incidents, by dataset."""
    described = {r.get("path"): r for r in descriptor.get("resources", [])}
    return {name: described.get(path, {}) for name, path in FILES.items()}


def _incidents(
    directory: Path, context: schema.Context, faults: list[Fault]
) -> pd.DataFrame | None:
    """Read one file of incidents: typed if it is good, as text if not, None if unreadable."""
    dataset = context.dataset
    raw = read_text(directory, FILES[dataset], faults)
    if raw is None:
        return None
    found = schema.faults_of(raw, FILES[dataset], context)
    faults.extend(found)
    return raw.assign(dataset=dataset) if found else schema.typed(raw, context)


def _check_across(frames: list[pd.DataFrame], withdrawn: set[str], faults: list[Fault]) -> None:
    """Check what needs several files: no id twice or withdrawn, no pointer to a missing record."""
    ids = pd.concat([frame["incident_id"] for frame in frames])
    for frame, file in zip(frames, FILES.values(), strict=True):
        twice = frame["incident_id"].isin(ids[ids.duplicated()]) & (file == FILES["rights"])
        lost = (frame["same_event"] != "") & ~frame["same_event"].isin(ids)
        for rows, column, rule in (
            (twice, "incident_id", "duplicate_id"),
            (frame["incident_id"].isin(withdrawn), "incident_id", "withdrawn"),
            (lost, "same_event", "unknown_record"),
        ):
            faults += [
                Fault(file, int(row) + 2, column, frame.at[row, column], rule)
                for row in frame.index[rows.astype(bool)]
                if not any(f.file == file and f.line == row + 2 for f in faults)
            ]


def _aggregates(directory: Path, codebook: Codebook, faults: list[Fault]) -> pd.Series:
    """Read what is said of cases that are never listed; no fault repeats a value."""
    said = read_table(directory, AGGREGATES, faults).set_index(cells.KEY)["count"]
    known = {
        (name, code)
        for name in SEVERAL
        for code in codebook.marked(name, "protected", "aggregate_only")
    }
    twice = said.index.duplicated()
    checks = (
        ("code", "unknown_code", [key[:2] not in known for key in said.index]),
        ("cell", "unknown_code", [not _is_cell(key[2], key[3], codebook) for key in said.index]),
        ("cell", "duplicate_id", twice),
        ("count", "gives_away", [] if twice.any() else cells.gives_away(said)),
    )
    faults += [
        Fault(AGGREGATES, row + 2, column, "", rule)
        for column, rule, wrong in checks
        for row, found in enumerate(wrong)
        if found
    ]
    return said


def _is_cell(by: str, cell: str, codebook: Codebook) -> bool:
    if by == cells.TOTAL:
        return cell == ""
    listed = cells.ROWS.get(by)
    return cell in codebook.codes(listed) if listed else bool(re.fullmatch(r"(19|20)\d\d", cell))


def _typed_places(places: pd.DataFrame) -> pd.DataFrame:
    numbers = {name: pd.to_numeric(places[name]) for name in ("lat", "lon")}
    return places.assign(**numbers).set_index("geonameid")


def _events(events: pd.DataFrame) -> list[dict[str, Any]]:
    """Give the events in order of time, each with its columns and its `day`."""
    days = pd.to_datetime(events["date"], format="ISO8601")
    return events.assign(day=days).sort_values("day").to_dict("records")


def _census(population: pd.DataFrame) -> pd.Series:
    counted = population[population["year"] == str(CENSUS)].set_index("region")
    return pd.to_numeric(counted["population"])


def _areas(directory: Path, name: str, codebook: Codebook, faults: list[Fault]) -> dict[str, Any]:
    """Read the regions' outlines; every region of the codebook needs one."""
    areas = _json(directory, name, faults)
    drawn = {f.get("properties", {}).get("region") for f in areas.get("features", [])}
    missing = set(codebook.codes("regions")) - {UNPLACED, ONLINE} - drawn
    faults += [Fault(name, 0, "region", code, "no_outline") for code in sorted(missing)]
    return areas


def _json(directory: Path, name: str, faults: list[Fault]) -> dict[str, Any]:
    text = _text(directory, name, faults)
    try:
        read = json.loads(text) if text else {}
    except json.JSONDecodeError as error:
        faults.append(Fault(name, error.lineno, "", error.msg, "not_json"))
        return {}
    return read if isinstance(read, dict) else {}


def _text(directory: Path, name: str, faults: list[Fault]) -> str:
    try:
        return (directory / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        faults.append(Fault(name, 0, "", "", "missing_file"))
    except UnicodeDecodeError:
        faults.append(Fault(name, 0, "", "", "not_utf8"))
    return ""
