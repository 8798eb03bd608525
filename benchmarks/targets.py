"""What was promised and asked of speed, and whether a run met it."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import mean, median

from benchmarks.builds import HERE, THERE
from benchmarks.contestants import FLOOR
from benchmarks.loading import AGAIN, FIRST
from benchmarks.material import BUNDLED
from benchmarks.results import CHANGE, CPU, LOAD, MEMORY, SESSION, START, Results

MILLION = 1_000_000
Measure = Callable[[Results], float | None]


@dataclass(frozen=True)
class Target:
    """One target: its words, unit, what is asked at most, how it is measured, what must hold."""

    words: str
    unit: str
    asked: float
    measured: Measure
    promised: float | None = None


def seconds(what: str, who: str, size: int) -> Measure:
    """Measure the median of a figure."""

    def measured(found: Results) -> float | None:
        figure = found.of(what, who, size)
        return median(figure.numbers) if figure and figure.numbers else None

    return measured


def average(what: str, who: str, size: int) -> Measure:
    """Measure the mean of a figure, whose single numbers are coarse."""

    def measured(found: Results) -> float | None:
        figure = found.of(what, who, size)
        return mean(figure.numbers) if figure and figure.numbers else None

    return measured


def ratio(here: Measure, there: Measure) -> Measure:
    """Measure one by another."""

    def measured(found: Results) -> float | None:
        above, below = here(found), there(found)
        return above / below if above is not None and below else None

    return measured


def _of_page(page: str, size: int) -> Target:
    asked, promised = (1.5, 2.0) if size == MILLION else (1.25, 1.6)
    at = f"{size:,} incidents" if size else "the bundled package"
    there = seconds(CHANGE, FLOOR, size)
    words = f"A filter change on {page}, {at}, by the floor's"
    return Target(words, "×", asked, ratio(seconds(CHANGE, page, size), there), promised)


def _by_other(words: str, asked: float, here: Measure, there: Measure) -> Target:
    return Target(f"{words}, by the other build's", "×", asked, ratio(here, there))


TARGETS = (
    *(_of_page(page, size) for page in ("Map", "Trends") for size in (BUNDLED, 100_000, MILLION)),
    *(
        _by_other(
            f"{CPU} on {page}",
            0.5,
            average(CPU, f"{page}, {HERE}", BUNDLED),
            average(CPU, f"{page}, {THERE}", BUNDLED),
        )
        for page in ("Map", "Trends")
    ),
    *(
        _by_other(
            f"{what[0].upper()}{what[1:]}",
            asked,
            seconds(what, HERE, BUNDLED),
            seconds(what, THERE, BUNDLED),
        )
        for what, asked in ((MEMORY, 0.6), (START, 0.5))
    ),
    Target("Memory of a session", "MB", 2, seconds(SESSION, "house", BUNDLED)),
    Target("A million incidents loaded from CSV", "s", 10, seconds(LOAD, FIRST, MILLION)),
    Target("The same once more, in a new process", "s", 1, seconds(LOAD, AGAIN, MILLION)),
)
