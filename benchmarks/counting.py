"""Filtering and all counts of one page, at a million incidents."""

import statistics
import time
from collections.abc import Callable

from benchmarks.generate import incidents
from incidents import counts
from incidents.filters import FACETS
from incidents.selection import Selection, Span
from incidents.table import Incidents
from loaders import Package

ROWS = 1_000_000
TIMES = 15
CASES = {
    "everything": Selection(),
    "media in Bishkek, 2018 to 2022": Selection(
        data=("media",), start="2018", end="2022", region=("KG-GB",)
    ),
    "three groups, two violations, authorities": Selection(
        group=("journalists", "women", "bloggers"),
        violation=("detention", "search_or_raid"),
        perpetrator=("authorities",),
    ),
}


def one_page(table: Incidents, selection: Selection) -> None:
    """Do what the busiest page does: filter, count every option, count for map and chart."""
    subset = table.select(selection)
    for facet in FACETS:
        counts.options(subset, facet)
    counts.by_code(subset, "region")
    counts.by_code(subset, "place")
    counts.region_only(subset)
    counts.change(subset, Span("2021", "2021"), Span("2022", "2022"))
    counts.by_period(subset, "month", split="category")


def milliseconds(work: Callable[[], None], times: int = TIMES) -> float:
    """Give the median time of a piece of work, after one run to warm up."""
    work()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


def main(package: Package, rows: int = ROWS) -> None:
    """Print the times."""
    table = incidents(package, rows)
    print(f"Filtering and all counts of one page, {rows:,} generated incidents, median of {TIMES}:")
    for name, selection in CASES.items():
        print(f"  {milliseconds(lambda s=selection: one_page(table, s)):6.0f} ms  {name}")
    searched = Selection(q="24 generated")

    def search() -> None:
        table._searched.clear()  # measured as a reader's first search, not a repeated one
        one_page(table, searched)

    print(f"  {milliseconds(search, 5):6.0f} ms  a text search, not seen before")
