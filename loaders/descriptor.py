"""The descriptor of a package, read: its facts, its tables, and what each of their cells may be."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from incidents.schema import Fault
from loaders import needs
from loaders.needs import OUTLINES, TABLES

NAME = "datapackage.json"
PUBLISHED_SERIES = "attacks_on_media"
"""The series of published totals that is drawn beside the records, where a package names none."""
CLOSED = "closed"
"""The property that counts the records whose links were closed after the release was published."""
RELEASE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]*")
"""What a version may be: it stands in sentences, in addresses and in the names of files."""
PATH = re.compile(r"[a-z0-9_]+\.csv")
"""What a file of incidents may be called: it stands in the folder of the package itself."""
MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T[0-9:.]+(Z|[+-][0-9:]+))?")
TYPES = frozenset(("string", "integer", "number", "date", "year", "yearmonth"))
FAULTS = frozenset(
    (
        *("bad_id", "not_a_date", "not_a_number", "not_a_period", "not_a_span", "not_an_address"),
        *("small_cell", "unknown_code"),
    )
)
"""The rules that a pattern may stand for."""
NO_DAYS = (pd.NaT, pd.NaT)


@dataclass(frozen=True)
class Field:
    """What the cells of one column may be; empty where the package says nothing.

    `codes` names the code list they come from (or places, schemes, lists), `codes_of` a column of
    the same table that names it, `also` words allowed beside the codes; with `several`, codes are
    joined by ";". `fault` is the rule that `pattern` stands for. `same_table` names a column of the
    same table that must hold the value too.
    """

    name: str
    type: str = "string"
    required: bool = False
    unique: bool = False
    pattern: str = ""
    one_of: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    codes: str = ""
    codes_of: str = ""
    also: tuple[str, ...] = ()
    several: bool = False
    same_table: str = ""
    fault: str = "unknown_code"

    @classmethod
    def of(cls, described: Mapping[str, Any]) -> "Field":
        """Read one field of Table Schema. Raises ValueError where it cannot be read."""
        limits = _mapping(described.get("constraints", {}))
        field = cls(
            name=str(described["name"]),
            type=str(described.get("type", "string")),
            required=limits.get("required") is True,
            unique=limits.get("unique") is True,
            pattern=str(limits.get("pattern", "")),
            one_of=tuple(word for word in map(str, limits.get("enum", ())) if word),
            minimum=_number(limits.get("minimum")),
            maximum=_number(limits.get("maximum")),
            codes=str(described.get("codes", "")),
            codes_of=str(described.get("codes_of", "")),
            also=tuple(map(str, described.get("also", ()))),
            several=described.get("list") is True,
            same_table=str(described.get("same_table", "")),
            fault=str(described.get("fault", cls.fault)),
        )
        re.compile(field.pattern)
        if field.type not in TYPES or field.fault not in FAULTS:
            raise ValueError(field)
        return field


@dataclass(frozen=True)
class Resource:
    """One table: its fields by name, and what is said of the whole of it.

    `absent` tables and `absent_columns` came after the form of the package (see `forms`).
    Faults in an `untold` table repeat no value. A file of incidents has its `dataset`, the first
    and last day of `collected`, and the day from which it is `less_covered`, if there is one.
    """

    path: str
    fields: Mapping[str, Field]
    described: Mapping[str, Any]
    dataset: str = ""
    collected: tuple[pd.Timestamp, pd.Timestamp] = NO_DAYS
    less_covered: pd.Timestamp | None = None
    untold: bool = False
    absent: bool = False
    absent_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Descriptor:
    """What a package says of itself; `described` is all of it, in the newest form."""

    described: Mapping[str, Any]
    resources: Mapping[str, Resource]

    @property
    def files(self) -> dict[str, Resource]:
        """The files of incidents by dataset, in the order of the descriptor."""
        return {r.dataset: r for r in self.resources.values() if r.dataset}

    @property
    def less_covered(self) -> dict[str, pd.Timestamp]:
        """The day from which a dataset is less well covered, for those of which that is said."""
        return {
            name: r.less_covered for name, r in self.files.items() if r.less_covered is not None
        }

    @property
    def tables(self) -> tuple[str, ...]:
        """The paths of the tables that the package has."""
        every = self.resources.values()
        return tuple(r.path for r in every if r.path not in OUTLINES and not r.absent)

    @property
    def country(self) -> str:
        """The country (ISO 3166-1 alpha-2)."""
        return str(self.described["country"]["code"])

    @property
    def published_series(self) -> str:
        """The series of published totals that is drawn beside the records."""
        return str(self.described.get("published_series", PUBLISHED_SERIES))

    @property
    def closed(self) -> int:
        """How many records have had a link closed since the release."""
        found = self.described.get(CLOSED)
        return found if isinstance(found, int) else 0

    @property
    def release(self) -> str:
        """The version."""
        return str(self.described["version"])

    @property
    def released(self) -> pd.Timestamp:
        """The day of the release; NaT where none is told."""
        return created(self.described)


def worded(described: Mapping[str, Any], name: str, language: str) -> str:
    """Give a text of a description in one language; in English where it has no other."""
    return str(described.get(f"{name}_{language}") or described.get(name, ""))


def day(text: object) -> pd.Timestamp:
    """Read a day; NaT where there is none."""
    return pd.to_datetime(str(text), format="%Y-%m-%d", errors="coerce")


def created(described: Mapping[str, Any]) -> pd.Timestamp:
    """Read the day of a release, told as a day or as a moment of it; NaT where it is not told."""
    told = MOMENT.fullmatch(str(described.get("created")))
    return day(told[1]) if told else pd.NaT


def read(described: Mapping[str, Any], faults: list[Fault]) -> Descriptor:
    """Read a descriptor of the newest form. Faults are added to the list."""
    found = [_resource(resource, faults) for resource in _list(described.get("resources"))]
    tables = [resource for resource in found if resource]
    faults += _facts(described)
    faults += [
        Fault(NAME, 0, path, "", "missing_resource")
        for path in sorted({*TABLES, *OUTLINES} - {table.path for table in tables})
    ]
    for key, rule in (("path", "same_file"), ("dataset", "duplicate_id")):
        named = [value for table in tables if (value := getattr(table, key))]
        faults += [Fault(NAME, 0, v, v, rule) for v in sorted(set(named)) if named.count(v) > 1]
    datasets = [table.dataset for table in tables if table.dataset]
    for table in tables:
        faults += _columns(table, datasets)
    return Descriptor(described, {table.path: table for table in tables})


def _facts(described: Mapping[str, Any]) -> Iterator[Fault]:
    version = described.get("version")
    if not isinstance(version, str) or not RELEASE.fullmatch(version):
        yield Fault(NAME, 0, "version", str(version or ""), "not_a_release")
    if pd.isna(created(described)):
        yield Fault(NAME, 0, "created", "", "required")
    country = described.get("country")
    if not isinstance(country, Mapping) or not re.fullmatch("[A-Z]{2}", str(country.get("code"))):
        yield Fault(NAME, 0, "country", "", "bad_description")
    if not _is_box(described.get("bbox")):
        yield Fault(NAME, 0, "bbox", "", "bad_description")
    if not described.get("title"):
        yield Fault(NAME, 0, "title", "", "required")
    publishers = _list(described.get("contributors"))
    if not publishers or not all(_is_mapping(each) and each.get("title") for each in publishers):
        yield Fault(NAME, 0, "contributors", "", "bad_description")
    licences = described.get("licenses", [])
    if not isinstance(licences, list) or not all(map(_is_mapping, licences)):
        yield Fault(NAME, 0, "licenses", "", "bad_description")


def _is_box(box: object) -> bool:
    """Say whether these are west, south, east and north, in degrees."""
    if not isinstance(box, list) or [type(x) in (int, float) for x in box] != [True] * 4:
        return False
    west, south, east, north = box
    return bool(-180 <= west < east <= 180 and -90 <= south < north <= 90)


def _resource(described: object, faults: list[Fault]) -> Resource | None:
    """Read what is said of one file; None for what cannot be read at all."""
    try:
        said = _mapping(described)
        path, dataset = str(said["path"]), str(said.get("dataset", ""))
    except (KeyError, ValueError):
        faults.append(Fault(NAME, 0, "resources", "", "bad_description"))
        return None
    if path not in {*TABLES, *OUTLINES} and not (dataset and PATH.fullmatch(path)):
        faults.append(Fault(NAME, 0, path, path, "unread_resource"))
        return None
    collected = day(said.get("collected_from")), day(said.get("collected_to"))
    less_covered = day(said["less_covered_from"]) if "less_covered_from" in said else None
    if dataset and (pd.isna(collected[0]) or pd.isna(collected[1])):
        faults.append(Fault(NAME, 0, path, "", "no_collection"))
    elif less_covered is not None and not collected[0] <= less_covered <= collected[1]:
        faults.append(Fault(NAME, 0, path, "", "less_covered"))
    return Resource(
        path=path,
        fields=_fields(path, said, faults),
        described=said,
        dataset=dataset,
        collected=collected,
        less_covered=less_covered,
        untold=said.get("untold") is True,
        absent=said.get("absent") is True,
        absent_columns=tuple(said.get("absent_columns", ())),
    )


def _fields(path: str, said: Mapping[str, Any], faults: list[Fault]) -> dict[str, Field]:
    """Read the fields of a table; one that says less than is needed is a fault."""
    if path in OUTLINES:
        return {}
    found = {}
    described = _list(said["schema"].get("fields")) if _is_mapping(said.get("schema")) else []
    for each in described:
        try:
            field = Field.of(_mapping(each))
        except (KeyError, TypeError, ValueError, re.error):
            name = str(each.get("name", "")) if _is_mapping(each) else ""
            faults.append(Fault(NAME, 0, f"{path} {name}".strip(), "", "bad_description"))
            found[name] = Field(name)
            continue
        found[field.name] = field
        if not needs.meets(each, needs.need_of(path, field.name)):
            faults.append(Fault(NAME, 0, f"{path} {field.name}", "", "bad_description"))
    return found


def _columns(table: Resource, datasets: list[str]) -> Iterator[Fault]:
    """Find the columns that are read and not described, and those that nothing reads."""
    if table.path in OUTLINES or table.absent:
        return
    read = needs.columns_of(table.path, datasets)
    lacking = set(read) - set(table.fields) - set(table.absent_columns)
    for column in (column for column in read if column in lacking):
        yield Fault(NAME, 0, f"{table.path} {column}", "", "missing_column")
    for column in table.fields:
        if column not in read:
            yield Fault(NAME, 0, f"{table.path} {column}", column, "unknown_column")


def _is_mapping(value: object) -> bool:
    return isinstance(value, Mapping)


def _mapping(value: object) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise ValueError(value)
    return value


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _number(value: object) -> float | None:
    if value is None or isinstance(value, (int, float)):
        return value
    raise ValueError(value)
