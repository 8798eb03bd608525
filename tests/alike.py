"""Which records look as if they told of the same event, and what somebody who read both says of it.

`python -m tests.alike` brings `tests/loaders/pairs.csv` up to date: pairs that look alike are added
without a verdict, lines about pairs that no longer do are taken out. Verdicts: `distinct`,
`steps_of_one_case` (both carry the episode), `same_event` (one names the other).

Protected records are left out. They show a year, a country and codes, so they look alike by design,
and whoever could tell two of them apart would know more than may be known.
"""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from pathlib import Path

from tests import plain

REVIEWED = Path(__file__).parent / "loaders" / "pairs.csv"
COLUMNS = ("id_a", "id_b", "verdict", "reason")
VERDICTS = ("distinct", "steps_of_one_case", "same_event")
NEAR = timedelta(days=3)
"""A page of the day after, taken for the day itself, moves a date by about so much."""
CLOSE = 0.2
"""How large a share of the longer words of two summaries is in both, if they are close."""
NAME = re.compile(r"\b[A-Z]\w+ [A-Z]\w+\b")
NO_NAME = re.compile(r"^(The|An?|In|On) |(District|City|Court|Ministry|TV|Live|Media|News)$")
ANYWHERE = {"KG", "ONLINE"}
Pair = tuple[str, str]


def pairs() -> Iterator[Pair]:
    """Give every pair of unprotected records that looks alike, each once."""
    rows = [row for row in plain.rows() if not row["protected"]]
    for a, b in combinations(sorted(rows, key=lambda row: row["incident_id"]), 2):
        if _may_be_one(a, b) or _close(a, b) or _count_somebody_twice(a, b):
            yield a["incident_id"], b["incident_id"]


def reviewed() -> dict[Pair, dict[str, str]]:
    """Read what was said of pairs, by pair."""
    with REVIEWED.open(encoding="utf-8") as opened:
        return {(line["id_a"], line["id_b"]): line for line in csv.DictReader(opened)}


def _may_be_one(a: plain.Row, b: plain.Row) -> bool:
    codes_meet = any(set(a[c].split(";")) & set(b[c].split(";")) for c in ("groups", "violations"))
    return codes_meet and _same_time(a, b) and _same_region(a, b)


def _same_time(a: plain.Row, b: plain.Row) -> bool:
    (a_first, a_last), (b_first, b_last) = plain.span(a), plain.span(b)
    by_day = a["date_precision"] == b["date_precision"] == "day"
    return a_first <= b_last + NEAR * by_day and b_first <= a_last + NEAR * by_day


def _same_region(a: plain.Row, b: plain.Row) -> bool:
    regions = {a["region"], b["region"]}
    return len(regions) == 1 or bool(regions & ANYWHERE)


def _close(a: plain.Row, b: plain.Row) -> bool:
    one, other = (set(re.findall(r"\w{4,}", row["summary"].casefold())) for row in (a, b))
    return len(one & other) >= CLOSE * len(one | other) > 0


def _count_somebody_twice(a: plain.Row, b: plain.Row) -> bool:
    if a["episode"] == b["episode"] != "":
        return False
    return bool(a["persons"] and b["persons"] and _names(a) & _names(b))


def _names(row: plain.Row) -> set[str]:
    return {name for name in NAME.findall(row["summary"]) if not NO_NAME.search(name)}


def main() -> None:
    """Write the list anew, and say how many pairs wait for a verdict."""
    known = reviewed()
    lines = [known.get(pair, dict(zip(COLUMNS, (*pair, "", ""), strict=True))) for pair in pairs()]
    with REVIEWED.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)
    waiting = sum(not line["verdict"] for line in lines)
    print(f"{len(lines)} pairs look alike, {waiting} of them have no verdict yet.")


if __name__ == "__main__":
    main()
