"""Do no harm: the one place that says what may be published, as checks that a file must pass.

A protected record is about a private person whom a closer look could expose. It shows year,
country (or a region that several such records of the year share), groups, one act, perpetrator
and response; its sentence is made from these. The codebook says which groups and which acts make
a record protected. The loaders refuse a package that breaks a rule, and the audit asks the same
rules, so nothing above the loaders ever holds anything finer.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pandas as pd

from incidents.codebook import ONLINE, UNPLACED, Codebook

K = 3
"""How many protected records of a year must share a region before it may be named."""

DELAY = 90
"""Days that must lie between a protected incident and the release that shows it."""

PERSONAL = {
    "phone number": (
        r"(?<![\d.-])(\+|00)?996[\s()-]*(\d[\s()-]*){9}(?!\d)"
        r"|(?<![\w.-])0\d{3}[\s-]?(\d{2}[\s-]?\d{2}[\s-]?\d{2}|\d{3}[\s-]?\d{3})(?!\w)"
    ),
    "e-mail address": r"[\w.+-]+@[\w-]+\.\w{2,}",
    "personal number": r"(?<![\w.-])[12]\d{13}(?!\w)",
    "exact age": r"(?<!\d)\d{1,2}[- ](years?[- ]old|летн\w+|жаштагы|жашар)|\baged? \d{1,2}\b",
    "street address": (
        r"\b\d+[a-zа-я]?,? [A-ZА-ЯЁ]\w+ ([Ss]treet|[Aa]venue)\b"
        r"|\b(ул\.|улица|пр\.|проспект)\s*[«\"]?[А-ЯЁ]\w+[»\"]?,?\s*(д\.|дом)?\s*\d+"
        r"|\b[А-ЯЁӨҮҢ]\w+ (көчөсү|проспектиси),?\s*\d+"
    ),
    "coordinates": r"(?<![\d.])[34]\d\.\d{3,}[°\s,;]+[67]\d\.\d{3,}",
}
"""What no free text may hold: patterns of personal data, by name."""

PERSONAL_DATA = re.compile("|".join(f"(?:{pattern})" for pattern in PERSONAL.values()))

FREE_TEXT = ("summary", "source_name", "project")

SOURCES = {
    "ocha": (
        "OCHA Centre for Humanitarian Data: Data Responsibility Guidelines (2021)",
        "https://centre.humdata.org/data-responsibility/",
    ),
    "sdc": (
        "OCHA Centre for Humanitarian Data: Guidance note 1, Statistical disclosure control (2019)",
        "https://reliefweb.int/report/world/guidance-note-1-statistical-disclosure-control",
    ),
    "odihr": (
        "OSCE ODIHR: Call for submissions; attacks on property appear as statistics only (2023)",
        "https://hatecrime.osce.org/index.php/infocus/2023-civil-society-call",
    ),
}
"""What the rules follow: title and address."""


@dataclass(frozen=True)
class Circumstances:
    """What the rules need to know beside the rows of a file.

    `released` is the day of the release, `collected_to` the last day of the file's collection.
    """

    dataset: str
    codebook: Codebook
    released: pd.Timestamp
    collected_to: pd.Timestamp


Holds = Callable[[pd.DataFrame, Circumstances], pd.Series]


@dataclass(frozen=True)
class Rule:
    """One rule: its name, what it follows, and what must hold for each row, by column to name."""

    name: str
    follows: tuple[str, ...]
    columns: tuple[tuple[str, Holds], ...]


def is_protected(rows: pd.DataFrame) -> pd.Series:
    """Mark the rows that call themselves protected; a word that is not "yes" is meant as one."""
    return rows["protected"] != ""


def must_be_protected(rows: pd.DataFrame, about: Circumstances) -> pd.Series:
    """Mark the rows about a private person whom the codebook's groups or acts protect.

    Groups protect everywhere; acts (such as domestic violence) protect in the datasets that the
    codebook marks for it: what is done to media workers for their work is done to them in public.
    """
    return _is_person_of(rows, about)


def is_aggregate_only(rows: pd.DataFrame, about: Circumstances) -> pd.Series:
    """Mark the rows about a private person whom a group or an act lets be counted, never listed."""
    return _is_person_of(rows, about, "aggregate_only")


def _is_person_of(rows: pd.DataFrame, about: Circumstances, mark: str = "") -> pd.Series:
    found = _holds_any(rows["groups"], about.codebook.marked("groups", "protected", mark))
    if about.dataset in about.codebook.marked("datasets", "acts_protect"):
        acts = about.codebook.marked("violations", "protected", mark)
        found |= _holds_any(rows["violations"], acts)
    return found & (rows["target"] == "person")


def hides_value(rows: pd.DataFrame, about: Circumstances) -> pd.Series:
    """Mark the rows of which no fault may repeat a value: it could be what must not be known."""
    return is_protected(rows) | must_be_protected(rows, about) | _holds_personal_data(rows)


def region_is_shared(
    rows: pd.DataFrame, anywhere: tuple[str, str] = (UNPLACED, ONLINE)
) -> pd.Series:
    """Hold that a protected record names no region that fewer than K of its year share.

    `anywhere` are the codes that name no region: place not given, and online.
    """
    protected = is_protected(rows)
    sharing = protected.groupby([_years(rows), rows["region"]]).transform("sum")
    return ~protected | rows["region"].isin(anywhere) | (sharing >= K)


def regions_to_take(
    releases: Iterable[pd.DataFrame], anywhere: tuple[str, str] = (UNPLACED, ONLINE)
) -> frozenset[str]:
    """Name the protected records that may name their region in no release, once all are compared.

    Whose region fewer than K share in one release, or who names another one in another, loses it in
    all; so may those that shared it with them.
    """
    frames = [frame.loc[is_protected(frame)].set_index("incident_id") for frame in releases]
    lost: set[str] = set()
    while True:
        named: dict[str, set[str]] = {}
        for frame in frames:
            region = frame["region"].mask(frame.index.isin(lost), anywhere[0])
            shared = region_is_shared(frame.assign(region=region), anywhere)
            for name, where in region.where(shared, "").items():
                named.setdefault(str(name), set()).add(where)
        fresh = {name for name, where in named.items() if len(where) > 1 or "" in where} - lost
        if not fresh:
            return frozenset(lost)
        lost |= fresh


def _names_no_lonely_region(rows: pd.DataFrame, about: Circumstances) -> pd.Series:
    return region_is_shared(rows, (about.codebook.unplaced, about.codebook.online))


def long_enough_ago(rows: pd.DataFrame, about: Circumstances) -> pd.Series:
    """Hold that a protected incident lies at least DELAY days before its release.

    A record shows only the year, so the incident may be as late as the end of that year or of
    collection, whichever came first.
    """
    latest = pd.to_datetime(_years(rows) + "-12-31", format="%Y-%m-%d", errors="coerce")
    latest = latest.fillna(about.collected_to).clip(upper=about.collected_to)
    return ~is_protected(rows) | (latest + pd.Timedelta(days=DELAY) <= about.released)


def _years(rows: pd.DataFrame) -> pd.Series:
    return rows["date"].str[:4]


def _holds_personal_data(rows: pd.DataFrame) -> pd.Series:
    return ~pd.concat([_impersonal(rows[column]) for column in FREE_TEXT], axis=1).all(axis=1)


def _impersonal(cells: pd.Series) -> pd.Series:
    return ~cells.isin([cell for cell in cells.unique() if PERSONAL_DATA.search(cell)])


def _holds_any(cells: pd.Series, codes: frozenset[str]) -> pd.Series:
    return cells.isin([c for c in cells.unique() if not codes.isdisjoint(c.split(";"))])


def _if_protected(holds: Callable[[pd.DataFrame], pd.Series]) -> Holds:
    return lambda rows, about: ~is_protected(rows) | holds(rows)


def _empty_if_protected(column: str) -> tuple[str, Holds]:
    return column, _if_protected(lambda rows: rows[column] == "")


def _without_personal_data(column: str) -> tuple[str, Holds]:
    return column, lambda rows, about: _impersonal(rows[column])


RULES = (
    Rule(
        "unprotected",
        ("ocha",),
        (("protected", lambda rows, about: is_protected(rows) | ~must_be_protected(rows, about)),),
    ),
    Rule(
        "aggregate_only",
        ("sdc", "odihr"),
        (("groups", lambda rows, about: ~is_aggregate_only(rows, about)),),
    ),
    Rule(
        "protected_date",
        ("sdc",),
        (
            (
                "date_precision",
                _if_protected(lambda rows: rows["date_precision"].isin(["year", "unknown"])),
            ),
            _empty_if_protected("date_end"),
        ),
    ),
    Rule("protected_place", ("sdc",), (_empty_if_protected("place"),)),
    Rule("protected_region", ("sdc",), (("region", _names_no_lonely_region),)),
    Rule(
        "protected_text",
        ("ocha", "sdc"),
        (_empty_if_protected("summary"), _empty_if_protected("persons")),
    ),
    Rule(
        "protected_source",
        ("ocha",),
        (
            _empty_if_protected("source_url"),
            _empty_if_protected("second_source_url"),
            ("link", _if_protected(lambda rows: rows["link"] == "withheld")),
            (
                "source_published",
                _if_protected(lambda rows: rows["source_published"].str.len() < 5),
            ),
        ),
    ),
    Rule(
        "protected_act",
        ("sdc",),
        (("violations", _if_protected(lambda rows: ~rows["violations"].str.contains(";"))),),
    ),
    Rule(
        "protected_sequence",
        ("sdc",),
        (_empty_if_protected("episode"), _empty_if_protected("same_event")),
    ),
    Rule("protected_delay", ("ocha",), (("date", long_enough_ago),)),
    Rule(
        "consent",
        ("ocha",),
        (
            (
                "consent",
                lambda rows, about: rows["consent"].isin(
                    about.codebook.marked("consents", "publishable")
                ),
            ),
        ),
    ),
    Rule(
        "personal_data",
        ("ocha",),
        tuple(_without_personal_data(column) for column in FREE_TEXT),
    ),
)
"""The rules of promise 3."""


def broken(
    rows: pd.DataFrame, about: Circumstances, rules: Iterable[Rule] | None = None
) -> list[tuple[int, str, str]]:
    """List what of a file breaks a rule, one of all or of some: row's index, column, rule."""
    return [
        (int(row), column, rule.name)
        for rule in (RULES if rules is None else rules)
        for column, holds in rule.columns
        for row in rows.index[~holds(rows, about).astype(bool)]
    ]
