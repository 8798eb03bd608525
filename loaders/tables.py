"""The shapes of the package's tables beside the incidents, checked cell by cell."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from incidents.cells import FEW, ROWS, TOTAL, WITHHELD
from incidents.codebook import LANGUAGES, LISTS, MARKS, list_columns
from incidents.protection import K
from incidents.quality import CODED, CODERS, DRAWN, OUTCOMES
from incidents.schema import IDENTIFIER, Fault, broken_cells
from incidents.selection import PERIOD

ADDRESS = r"https?://[^\s<>\"]+"
DATE = r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
DAY = r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
NUMBER = r"-?\d+(\.\d+)?"
FACTOR = r"0\.\d*[1-9]|[1-9]\d*(\.\d+)?"
SPAN = rf"{PERIOD.pattern}(\.\.{PERIOD.pattern})?"
CODE = r"[a-z0-9_]+|[A-Z]+(-[A-Z]+)?"


@dataclass(frozen=True)
class Column:
    """What the cells of a column must be: `pattern` with the rule it stands for, or `one_of`.

    `of` names a column of the same table that must hold the value too.
    """

    pattern: str = ""
    rule: str = ""
    one_of: tuple[str, ...] = ()
    empty: bool = False
    unique: bool = False
    of: str = ""


TEXT, MAYBE = Column(), Column(empty=True)
YEAR = Column(r"(19|20)\d\d", "not_a_period")
MONTH = Column(r"(19|20)\d\d-(0[1-9]|1[0-2])", "not_a_period")
ORDINAL = Column(r"[1-9]\d*", "not_a_number")
DATASET = Column(one_of=("media", "rights"))
YES = Column(one_of=("yes",), empty=True)
MAYBE_ADDRESS = Column(ADDRESS, "not_an_address", empty=True)
A_DATE = Column(DATE, "not_a_date")
A_NUMBER = Column(NUMBER, "not_a_number")


def _list_column(name: str, column: str) -> Column:
    """Say what one column of a code list must hold."""
    if column == "code":
        return Column(CODE, "bad_id", unique=True)
    if column == "counter_code":
        return Column(CODE, "unknown_code", of="code")
    return Column(one_of=MARKS.get(column, ()), empty=column in LISTS[name])


TABLES: dict[str, dict[str, Column]] = {
    "places.csv": {
        "geonameid": Column(r"\d+", "not_a_number", unique=True),
        "region": TEXT,
        "name_en": TEXT,
        "name_ru": TEXT,
        "name_ky": TEXT,
        "lat": A_NUMBER,
        "lon": A_NUMBER,
        "population": Column(NUMBER, "not_a_number", empty=True),
        "aliases": MAYBE,
        "source": TEXT,
    },
    "population.csv": {
        "region": TEXT,
        "year": YEAR,
        "population": A_NUMBER,
        "as_of": TEXT,
        "basis": TEXT,
        "note": MAYBE,
        "source_url": Column(ADDRESS, "not_an_address"),
    },
    "published_totals.csv": {
        "series": MAYBE,
        "dataset": DATASET,
        "year": MAYBE,
        "country": TEXT,
        "group": TEXT,
        "category": TEXT,
        "perpetrator": TEXT,
        "count": A_NUMBER,
        "measure": TEXT,
        "source_name": TEXT,
        "source_url": MAYBE_ADDRESS,
        "link": Column(one_of=("open", "mirror", "withheld")),
        "reader_risk": YES,
    },
    "context_events.csv": {
        "event_id": Column(r"C-\d\d", "bad_id", unique=True),
        "date": A_DATE,
        "date_precision": Column(one_of=("day", "month", "year")),
        "kind": TEXT,
        "datasets": TEXT,
        **{f"{kind}_{lang}": TEXT for kind in ("label", "summary") for lang in ("en", "ru", "ky")},
        "source_name": TEXT,
        "source_url": Column(ADDRESS, "not_an_address"),
    },
    "claims.csv": {
        "claim_id": Column(r"S-\d\d", "bad_id", unique=True),
        "said": Column(DAY, "not_a_date"),
        "factor": Column(FACTOR, "not_a_number"),
        "manner": TEXT,
        **{f"{kind}_{lang}": TEXT for kind in ("subject", "quote") for lang in ("en", "ru", "ky")},
        "language": Column(one_of=LANGUAGES),
        **{f"note_{lang}": MAYBE for lang in ("en", "ru", "ky")},
        "source_name": TEXT,
        "source_url": MAYBE_ADDRESS,
    },
    "claim_readings.csv": {
        "claim_id": TEXT,
        "series": MAYBE,
        "selection": MAYBE,
        "earlier": Column(SPAN, "not_a_span"),
        "later": Column(SPAN, "not_a_span"),
        "why": TEXT,
    },
    "aggregates.csv": {
        "list": Column(one_of=("groups", "violations")),
        "code": TEXT,
        "by": Column(one_of=(TOTAL, *ROWS)),
        "cell": MAYBE,
        "count": Column(rf"{FEW}|{WITHHELD}|[{K}-9]|[1-9]\d+", "small_cell"),
    },
    "withdrawn.csv": {
        "incident_id": Column(IDENTIFIER, "bad_id", unique=True),
        "dataset": Column(r"media|rights", "unknown_code"),
        "release": TEXT,
        "withdrawn": MONTH,
        "reason": Column(r"[a-z_]+", "unknown_code"),
    },
    "publishers.csv": {
        "address": Column(r"[a-z0-9.-]+(/\S*)?", "not_an_address", unique=True),
        "name": TEXT,
        "language": Column(r"[a-z]{2}", "unknown_code", empty=True),
        "archived": MAYBE_ADDRESS,
    },
    "checking/readings.csv": {
        "reading": ORDINAL,
        "month": MONTH,
        "drawn": Column(one_of=DRAWN),
        "dataset": DATASET,
        "outcome": Column(one_of=OUTCOMES),
    },
    "checking/codings.csv": {
        "item": ORDINAL,
        "field": Column(one_of=CODED),
        "coder": Column(one_of=CODERS),
        "codes": Column(r"[a-z_]+(;[a-z_]+)*", "unknown_code"),
    },
    "codebook/violation_words.csv": {"word": Column(unique=True), "violation": TEXT},
    "codebook/crosswalk.csv": {
        "list": Column(one_of=tuple(LISTS)),
        "code": TEXT,
        "scheme": TEXT,
        "term": TEXT,
        "note": MAYBE,
        "read_at": MAYBE_ADDRESS,
    },
    "codebook/schemes.csv": {
        "scheme": Column(unique=True),
        "title": TEXT,
        "url": Column(ADDRESS, "not_an_address"),
    },
    **{
        f"codebook/{name}.csv": {
            column: _list_column(name, column) for column in list_columns(name)
        }
        for name in LISTS
    },
}
"""Every table but the incidents: file name, then its columns in published order."""

UNTOLD = ("aggregates.csv", "withdrawn.csv")
"""Tables of which no fault repeats a value: it could be what must not be known."""


def read_text(directory: Path, name: str, faults: list[Fault]) -> pd.DataFrame | None:
    """Read a CSV file as text, every cell a string. A file that cannot be read is a fault."""
    try:
        read = pd.read_csv(directory / name, dtype=str, keep_default_na=False, encoding="utf-8")
        if isinstance(read.index, pd.RangeIndex):
            return read
        # more cells than columns in every row: pandas takes the first ones for row names
        faults.append(Fault(name, 2, "", "", "not_csv"))
    except FileNotFoundError:
        faults.append(Fault(name, 0, "", "", "missing_file"))
    except UnicodeDecodeError as error:
        faults.append(Fault(name, 0, "", repr(error.object[error.start : error.end]), "not_utf8"))
    except (pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        faults.append(Fault(name, 0, "", str(error).strip(), "not_csv"))
    return None


def read_table(
    directory: Path,
    name: str,
    faults: list[Fault],
    codes: Mapping[str, Iterable[str]] | None = None,
    optional: Collection[str] = (),
) -> pd.DataFrame:
    """Read and check one table. `codes` gives the known values of some columns.

    Of the `optional` columns it may lack some; they are empty then. Faults are added to the list;
    the frame is whole only if none were.
    """
    every = list(TABLES[name])
    raw = read_text(directory, name, faults)
    if raw is None:
        return pd.DataFrame(columns=every, dtype=str)
    columns = {n: c for n, c in TABLES[name].items() if n in raw or n not in optional}
    shape = [Fault(name, 1, c, "", "missing_column") for c in columns if c not in raw]
    shape += [Fault(name, 1, c, c, "unknown_column") for c in raw if c not in columns]
    if shape:
        faults.extend(shape)
        return pd.DataFrame(columns=every, dtype=str)
    required = [name for name, column in columns.items() if not column.empty]
    checks = {
        name: _checks(
            column, tuple(raw[column.of] if column.of else (codes or {}).get(name, column.one_of))
        )
        for name, column in columns.items()
    }
    for row, column, rule in broken_cells(raw, required, {n: c for n, c in checks.items() if c}):
        value = "" if name in UNTOLD else raw.at[row, column]
        faults.append(Fault(name, row + 2, column, value, rule))
    return raw.reindex(columns=every, fill_value="")


def _checks(column: Column, known: tuple[str, ...]) -> list[pa.Check]:
    checks = []
    if column.pattern:
        checks.append(
            pa.Check(lambda s: (s == "") | s.str.fullmatch(column.pattern), error=column.rule)
        )
    if known:
        checks.append(
            pa.Check(
                lambda s: s.map(lambda cell: not cell or set(known).issuperset(cell.split(";"))),
                error="unknown_code",
            )
        )
    if column.unique:
        checks.append(pa.Check(lambda s: ~s.duplicated(keep="first"), error="duplicate_id"))
    return checks
