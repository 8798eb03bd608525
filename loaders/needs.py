"""What the program needs of a package: the tables and columns it reads, and what it rests on.

What a cell may be is said in the descriptor of the package, which checks it. A descriptor may say
more than stands here and never less: a page is linked, a number is computed with, a word decides
who is protected, and none of that may hang on what a descriptor forgot.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from incidents.cells import FEW, ROWS, TOTAL, WITHHELD
from incidents.codebook import LANGUAGES, LISTS, MARKS, list_columns
from incidents.protection import K
from incidents.quality import ASPECTS, CODED, CODERS, DRAWN, GRADES, OUTCOMES
from incidents.schema import CODES, COLUMNS, IDENTIFIER, SEVERAL
from incidents.wording import HOW, OTHERS

RECORDS = "records"
"""Stands for every file of incidents, whatever it is called."""
LIST = "codebook/{}.csv"
TEXTS = ("en", "ru", "ky")

TABLES: dict[str, tuple[str, ...]] = {
    "places.csv": (
        *("geonameid", "region", "name_en", "name_ru", "name_ky"),
        *("lat", "lon", "population", "aliases", "source"),
    ),
    "population.csv": ("region", "year", "population", "as_of", "basis", "note", "source_url"),
    "published_totals.csv": (
        *("series", "dataset", "year", "country", "group", "category", "perpetrator", "count"),
        *("measure", "source_name", "source_url", "link", "reader_risk"),
    ),
    "context_events.csv": (
        *("event_id", "date", "date_precision", "kind", "datasets"),
        *(f"{kind}_{lang}" for kind in ("label", "summary") for lang in TEXTS),
        *("source_name", "source_url"),
    ),
    "statements.csv": ("statement", *(f"text_{lang}" for lang in TEXTS)),
    "reader_risks.csv": (
        *("country", *(f"text_{lang}" for lang in TEXTS)),
        *("source_name", "source_url", "read"),
    ),
    "claims.csv": (
        *("claim_id", "said", "factor", "manner"),
        *(f"{kind}_{lang}" for kind in ("subject", "quote") for lang in TEXTS),
        *("language", *(f"note_{lang}" for lang in TEXTS), "source_name", "source_url"),
    ),
    "claim_readings.csv": ("claim_id", "series", "selection", "earlier", "later", "why"),
    "aggregates.csv": ("list", "code", "by", "cell", "count"),
    "withdrawn.csv": ("incident_id", "dataset", "release", "withdrawn", "reason"),
    "publishers.csv": ("address", "name", "language", "archived"),
    "translations.csv": (
        "text_en",
        *(f"{kind}_{lang}" for kind in ("text", "translated") for lang in OTHERS),
    ),
    "names.csv": ("name_en", "kind", "name_ru", "name_ky", "also", "seen_ru", "seen_ky"),
    "checking/translations.csv": ("language", "month", *ASPECTS),
    "checking/readings.csv": ("reading", "month", "drawn", "dataset", "outcome"),
    "checking/codings.csv": ("item", "field", "coder", "codes"),
    "codebook/violation_words.csv": ("word", "violation"),
    "codebook/region_forms.csv": ("code", *(f"where_{lang}" for lang in TEXTS)),
    "codebook/crosswalk.csv": ("list", "code", "scheme", "term", "note", "read_at"),
    "codebook/schemes.csv": ("scheme", "title", "url"),
    **{LIST.format(name): tuple(list_columns(name)) for name in LISTS},
}
"""Every table but the incidents, and its columns; the violations have more (see `columns_of`)."""

OUTLINES = ("regions.geojson", "neighbours.geojson")

Need = Mapping[str, Any]
"""What the description of a column must say, as a part of a field of Table Schema."""

KEY: Need = {"constraints": {"required": True, "unique": True}}
NUMBER: Need = {"type": "number"}
WHOLE: Need = {"type": "integer"}
DAY: Need = {"type": "date"}
YEAR: Need = {"type": "year"}
ADDRESS: Need = {"constraints": {"pattern": r"https?://[^\s<>\"]+"}, "fault": "not_an_address"}
SITE: Need = {
    "constraints": {"pattern": r"https?://[a-z0-9.-]+/"},
    "fault": "not_an_address",
}
"""A publisher's site: no page, which may be one that nobody is led to any more."""
CELL: Need = {
    "constraints": {"required": True, "pattern": rf"{FEW}|{WITHHELD}|[{K}-9]|[1-9]\d+"},
    "fault": "small_cell",
}
COUNTRY: Need = {"constraints": {"required": True, "pattern": "[A-Z]{2}"}}
ID: Need = {"constraints": {"required": True, "unique": True, "pattern": IDENTIFIER}}


def _codes(listed: str, *, several: bool = False) -> Need:
    return {"codes": listed, "list": True} if several else {"codes": listed}


def _words(*words: str) -> Need:
    return {"constraints": {"enum": list(words)}}


NEEDS: dict[str, dict[str, Need]] = {
    RECORDS: {
        **{column: _codes(name, several=column in SEVERAL) for column, name in CODES.items()},
        "incident_id": {**ID, "fault": "bad_id"},
        "date": DAY,
        "date_end": DAY,
        "place": _codes("places"),
        "persons": WHOLE,
        "source_url": ADDRESS,
        "second_source_url": ADDRESS,
        "protected": _words("yes"),
        "reader_risk": _words("yes"),
    },
    "places.csv": {"geonameid": KEY, "region": _codes("regions"), "lat": NUMBER, "lon": NUMBER},
    "population.csv": {"region": _codes("regions"), "year": YEAR, "population": NUMBER},
    "published_totals.csv": {
        "dataset": _codes("datasets"),
        "count": NUMBER,
        "source_url": ADDRESS,
        "reader_risk": _words("yes"),
    },
    "context_events.csv": {
        "event_id": KEY,
        "date": DAY,
        "datasets": _codes("datasets", several=True),
        "source_url": ADDRESS,
    },
    "statements.csv": {"statement": KEY},
    "reader_risks.csv": {
        "country": COUNTRY,
        "source_url": {**ADDRESS, "constraints": {"required": True, **ADDRESS["constraints"]}},
        "read": DAY,
    },
    "claims.csv": {
        "claim_id": KEY,
        "said": DAY,
        "factor": NUMBER,
        "language": _words(*LANGUAGES),
        "source_url": ADDRESS,
    },
    "aggregates.csv": {"list": _words(*SEVERAL), "by": _words(TOTAL, *ROWS), "count": CELL},
    "withdrawn.csv": {"incident_id": ID, "reason": _codes("withdrawal_reasons")},
    "publishers.csv": {"address": KEY, "archived": ADDRESS},
    "translations.csv": {"text_en": KEY, **{f"translated_{lang}": _words(*HOW) for lang in OTHERS}},
    "names.csv": {"name_en": KEY, "seen_ru": SITE, "seen_ky": SITE},
    "checking/translations.csv": {
        "language": _words(*OTHERS),
        **{aspect: _words(*GRADES) for aspect in ASPECTS},
    },
    "checking/readings.csv": {
        "reading": WHOLE,
        "drawn": _words(*DRAWN),
        "dataset": _codes("datasets"),
        "outcome": _words(*OUTCOMES),
    },
    "checking/codings.csv": {"field": _words(*CODED), "coder": _words(*CODERS)},
    "codebook/violation_words.csv": {"word": KEY, "violation": _codes("violations")},
    "codebook/region_forms.csv": {"code": {**KEY, **_codes("regions")}},
    "codebook/crosswalk.csv": {
        "list": _words(*LISTS),
        "scheme": _codes("schemes"),
        "read_at": ADDRESS,
    },
    "codebook/schemes.csv": {"scheme": KEY, "url": ADDRESS},
    **{
        LIST.format(name): {
            "code": KEY,
            **{column: _words(*MARKS[column]) for column in columns if column in MARKS},
            **({"dataset": _codes("datasets")} if name == "categories" else {}),
        }
        for name, columns in LISTS.items()
    },
}
"""What the program rests on, by table and column."""

MENU: Need = _codes("categories")
"""What it needs of a column that tells the place in a menu of violations."""


def columns_of(path: str, datasets: Iterable[str]) -> tuple[str, ...]:
    """Name the columns that are read of a table, in a package of these datasets."""
    if path == LIST.format("violations"):
        return tuple(list_columns("violations", datasets))
    return TABLES.get(path, tuple(COLUMNS))


def need_of(path: str, column: str) -> Need:
    """Say what is needed of one column; of most of them, nothing."""
    needs = NEEDS.get(path, {} if path in TABLES else NEEDS[RECORDS])
    menu = path == LIST.format("violations") and column not in TABLES[path]
    return needs.get(column, MENU if menu else {})


def strengthened(field: Mapping[str, Any], need: Need) -> dict[str, Any]:
    """Make a description say what is needed of it."""
    given = field.get("constraints", {})
    if not isinstance(given, Mapping):
        return dict(field)  # nobody can read it, and that is a fault
    both = {**given, **need.get("constraints", {})}
    return {**field, **need, **({"constraints": both} if both else {})}


def meets(field: Mapping[str, Any], need: Need) -> bool:
    """Say whether a description says what is needed; of words, it may allow fewer."""
    given, wanted = field.get("constraints", {}), need.get("constraints", {})
    if "enum" in wanted and not 0 < len(given.get("enum", ())) <= len(
        set(wanted["enum"]) & set(given.get("enum", ()))
    ):
        return False
    types = {field.get("type"), "number" if field.get("type") == "integer" else None}
    return (
        need.get("type", field.get("type")) in types
        and all(field.get(key) == need[key] for key in ("codes", "list") if key in need)
        and all(given.get(key) == value for key, value in wanted.items() if key != "enum")
    )
