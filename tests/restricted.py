"""A restricted package: what a keeper might hold of protected people, and must never publish.

Every value is drawn at random and true of nobody. It is written into a copy in a temporary folder
and nowhere else: into protected records, so that what is to be found out is about them.
"""

import json
import random
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from incidents.codebook import ONLINE, UNPLACED, Codebook
from incidents.protection import K
from tests import plain
from tests.conftest import DATA

SEED = 20261124
KINDS = ("month", "region", "group or act", "text")
"""What is to be found out of a protected record."""
COLUMNS = {"group": "groups", "violation": "violations"}


@dataclass(frozen=True)
class Fact:
    """One thing about one record that is not published."""

    record: str
    kind: str
    value: str


@dataclass(frozen=True)
class Secret:
    """The made-up truth about one protected record.

    `date` is written to the day or to the first of its month, as `precision` says; `facet` and
    `code` name the further act or group.
    """

    record: str
    date: str
    precision: str
    region: str
    facet: str
    code: str
    words: tuple[str, str]

    @property
    def facts(self) -> set[Fact]:
        """Give what is to be found out."""
        values = zip(KINDS, (self.date[:7], self.region, self.code), strict=False)
        told = {Fact(self.record, kind, value) for kind, value in values}
        return told | {Fact(self.record, "text", word) for word in self.words}

    def cells(self, kinds: Collection[str], row: plain.Row) -> dict[str, str]:
        """Give the cells that tell facts of these kinds."""
        column = COLUMNS[self.facet]
        told = {
            "month": {"date": self.date, "date_precision": self.precision},
            "region": {"region": self.region, "place_precision": "region"},
            "group or act": {column: f"{row[column]};{self.code}"},
            "text": {"summary": " ".join(self.words)},
        }
        return {column: cell for kind in kinds for column, cell in told[kind].items()}


def secrets(codebook: Codebook) -> list[Secret]:
    """Draw the truth about every protected record of the bundled release."""
    draw = random.Random(SEED)  # noqa: S311  # made-up values, the same at every run
    named: Counter[tuple[str, str]] = Counter()
    protected = [row for row in plain.rows() if row["protected"]]
    return [_secret(row, codebook, draw, named) for row in protected]


def write(directory: Path, told: Collection[Secret], kinds: Collection[str] = KINDS) -> None:
    """Write the secrets of these kinds into a copy of the bundled package."""
    by_record = {secret.record: secret for secret in told}
    for file in plain.FILES.values():
        table = pd.read_csv(directory / file, dtype=str, keep_default_na=False)
        for at, row in enumerate(table.to_dict("records")):
            if secret := by_record.get(row["incident_id"]):
                for column, cell in secret.cells(kinds, row).items():
                    table.loc[at, column] = cell
        table.to_csv(directory / file, index=False, lineterminator="\n")


def _secret(
    row: plain.Row, codebook: Codebook, draw: random.Random, named: Counter[tuple[str, str]]
) -> Secret:
    year, precision = row["date"][:4], draw.choice(["day", "month"])
    facet = draw.choice(list(COLUMNS))
    return Secret(
        record=row["incident_id"],
        date=_date(draw, row, precision),
        precision=precision,
        region=_region(draw, codebook, year, named),
        facet=facet,
        code=draw.choice(_others(codebook, facet, row)),
        words=(_word(draw), _word(draw)),
    )


def _date(draw: random.Random, row: plain.Row, precision: str) -> str:
    """Draw a date of the record's year, within collection, that nothing published bears."""
    while True:
        day = f"{row['date'][:4]}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
        if day <= _collected_to(row["dataset"]) and day not in _published():
            return day if precision == "day" else f"{day[:7]}-01"


@cache
def _published() -> str:
    return "".join(path.read_text(encoding="utf-8") for path in DATA.glob("*.csv"))


@cache
def _collected_to(dataset: str) -> str:
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return next(r["collected_to"] for r in described if r["path"] == plain.FILES[dataset])


def _region(
    draw: random.Random, codebook: Codebook, year: str, named: Counter[tuple[str, str]]
) -> str:
    """Draw a region that too few of the year share for it to be named."""
    regions = set(codebook.codes("regions")) - {UNPLACED, ONLINE}
    free = sorted(code for code in regions if named[year, code] < K - 1)
    region = draw.choice(free)
    named[year, region] += 1
    return region


def _others(codebook: Codebook, facet: str, row: plain.Row) -> list[str]:
    """List the codes a record of its dataset could bear and does not."""
    codes = codebook.codes(COLUMNS[facet])
    if facet == "violation":
        menu = codebook.column("violations", f"{row['dataset']}_category")
        codes = [code for code in codes if menu[code]]
    return [code for code in codes if code not in row[COLUMNS[facet]].split(";")]


def _word(draw: random.Random) -> str:
    """Invent a word of no language."""
    return "".join(draw.choice("bdgkvzx") + draw.choice("aou") for _ in range(6))
