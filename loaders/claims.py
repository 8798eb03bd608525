"""Read the claims and their readings: every fault at once, or typed claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from urllib.parse import parse_qs, urlencode

import pandas as pd

from incidents.claims import MANNERS, Claim, Reading
from incidents.schema import Fault
from incidents.selection import Selection, Span
from loaders import contents
from loaders.contents import TOTALS
from loaders.needs import TABLES

CLAIMS, READINGS = "claims.csv", "claim_readings.csv"
FILES = (CLAIMS, READINGS)
Codes = Mapping[str, Sequence[str]]
"""The codes that a selection may hold: see `incidents.selection.known_codes`."""


def none() -> tuple[tuple[Claim, ...], pd.DataFrame]:
    """Give what a package without claims has."""
    return (), pd.DataFrame(columns=list(TABLES[READINGS]), dtype=str)


def read(
    frames: Mapping[str, pd.DataFrame], codes: Codes, faults: list[Fault]
) -> tuple[tuple[Claim, ...], pd.DataFrame]:
    """Read both tables, their cells checked; give the claims, and the readings with what was said.

    Faults are added to the list; what is given is whole only if none were.
    """
    claims, readings, before = frames[CLAIMS], frames[READINGS], len(faults)
    faults += _broken_rows(CLAIMS, claims, _claim_rules(readings))
    faults += _broken_rows(READINGS, readings, _reading_rules(claims, codes, frames[TOTALS]))
    if len(faults) > before:
        return none()
    typed = tuple(_claim(row, readings, codes) for row in claims.to_dict("records"))
    return typed, readings.merge(claims, on="claim_id")


Rule = tuple[str, str, Callable[[dict[str, str]], bool]]
"""A check of one row: the column it names, the rule, and what must hold."""


def _broken_rows(file: str, table: pd.DataFrame, rules: Iterable[Rule]) -> list[Fault]:
    """Find the rows that break a rule: the first rule each of them breaks."""
    rules, found = list(rules), []
    for line, row in enumerate(table.to_dict("records"), start=2):
        broken = next(((column, rule) for column, rule, holds in rules if not holds(row)), None)
        if broken:
            found.append(Fault(file, line, broken[0], row[broken[0]], broken[1]))
    return found


def _claim_rules(readings: pd.DataFrame) -> list[Rule]:
    read = set(readings["claim_id"])
    return [
        ("manner", "unknown_code", lambda row: row["manner"] in MANNERS),
        ("claim_id", "no_reading", lambda row: row["claim_id"] in read),
    ]


def _reading_rules(claims: pd.DataFrame, codes: Codes, totals: pd.DataFrame) -> list[Rule]:
    said = set(claims["claim_id"])
    yearly = contents.yearly(totals)
    return [
        ("claim_id", "unknown_claim", lambda row: row["claim_id"] in said),
        ("series", "nothing_compared", lambda row: bool(row["series"] or row["selection"])),
        ("series", "unknown_series", lambda row: row["series"] in {"", *yearly}),
        ("selection", "not_a_selection", lambda row: _is_selection(row["selection"], codes)),
        ("earlier", "ends_before", lambda row: _span(row["earlier"]) is not None),
        ("later", "ends_before", lambda row: _span(row["later"]) is not None),
        ("earlier", "not_a_year", lambda row: bool(row["selection"]) or len(row["earlier"]) == 4),
        ("later", "not_a_year", lambda row: bool(row["selection"]) or len(row["later"]) == 4),
        ("later", "not_later", lambda row: _is_later(row["later"], row["earlier"])),
    ]


def _day(text: str) -> pd.Timestamp:
    return pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")


def _span(text: str) -> Span | None:
    try:
        return Span.of(text)
    except ValueError:
        return None


def _is_later(later: str, earlier: str) -> bool:
    return bool(Span.of(earlier).days[1] < Span.of(later).days[0])


def _selection(cell: str, codes: Codes) -> Selection | None:
    return Selection.from_query(parse_qs(cell), codes)[0] if cell else None


def _is_selection(cell: str, codes: Codes) -> bool:
    """Hold that filters stand as an address writes them: then nothing was misread or left out."""
    found = _selection(cell, codes)
    return found is None or urlencode(found.to_query(), doseq=True) == cell


def _claim(row: dict[str, str], readings: pd.DataFrame, codes: Codes) -> Claim:
    theirs = readings[readings["claim_id"] == row["claim_id"]]
    return Claim(
        claim_id=row["claim_id"],
        said=_day(row["said"]),
        factor=Decimal(row["factor"]),
        manner=next(manner for manner in MANNERS if manner == row["manner"]),
        texts=row,
        readings=tuple(
            Reading(
                r["series"],
                _selection(r["selection"], codes),
                Span.of(r["earlier"]),
                Span.of(r["later"]),
                r["why"],
            )
            for r in theirs.to_dict("records")
        ),
    )
