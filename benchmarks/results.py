"""What was measured: every figure with all its numbers, written as it goes."""

import json
import os
import platform
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from benchmarks.servers import PINNED
from loaders import load
from tests.browser.serving import CHROMIUM, HOME

NAMED = ("streamlit", "streamlit-folium", "folium", "pydeck", "pandas", "plotly")
"""Packages of the lock on whose versions the figures depend."""
CHANGE, VISIT, CPU = "filter change", "first visit", "CPU per filter change"
ASKED, HEARD = "filter change, until its server was asked", "filter change, until its last word"
SESSION, LOAD = "memory per session", "load"
START, MEMORY = "start to ready", "memory after 60 visits"
UNFINISHED = "did not finish in 60 s"
BROKE = "could not be measured"
UNTRIED = "not tried: did not finish with fewer"


@dataclass(frozen=True)
class Figure:
    """One thing measured of one page at one size (0: the bundled package); `note` where it is not.

    Numbers are seconds, or MB.
    """

    what: str
    who: str
    size: int
    numbers: tuple[float, ...] = ()
    note: str = ""


class Results:
    """All figures of one run, in a file that is whole after each of them."""

    def __init__(self, file: Path, machine: dict[str, Any], figures: Sequence[Figure] = ()) -> None:
        """Begin with what is known of the machine."""
        self.file, self.machine, self.figures = file, machine, list(figures)

    def add(self, what: str, who: str, size: int, numbers: Sequence[float], note: str = "") -> None:
        """Keep a figure, and print it."""
        figure = Figure(what, who, size, tuple(round(each, 4) for each in numbers), note)
        self.figures.append(figure)
        self.write()
        said = note or " ".join(f"{each:.3g}" for each in sorted(numbers))
        print(
            f"{datetime.now(UTC):%H:%M:%S}  {size or 'bundled':>9}  {what}, {who}: {said}",
            flush=True,
        )

    def write(self) -> None:
        """Write all that is known by now."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(as_text(self), encoding="utf-8")

    def of(self, what: str, who: str, size: int) -> Figure | None:
        """Find a figure; the last one where it was measured again."""
        wanted = (what, who, size)
        found = [f for f in self.figures if (f.what, f.who, f.size) == wanted]
        return found[-1] if found else None

    @property
    def sizes(self) -> list[int]:
        """The sizes that were measured."""
        return sorted({figure.size for figure in self.figures})


def as_text(results: Results) -> str:
    """Write results as JSON, a line for each figure."""
    lines = ",\n".join(f"  {json.dumps(asdict(figure))}" for figure in results.figures)
    return f'{{"machine": {json.dumps(results.machine)},\n "figures": [\n{lines}\n]}}\n'


def read(file: Path) -> Results:
    """Read results again."""
    told = json.loads(file.read_text(encoding="utf-8"))
    figures = [Figure(**{**each, "numbers": tuple(each["numbers"])}) for each in told["figures"]]
    return Results(file, told["machine"], figures)


def machine(other: Path | None) -> dict[str, Any]:
    """Say what was measured, on what, and when."""
    cpu = next(
        (line.split(":")[1].strip() for line in _lines("/proc/cpuinfo") if "model name" in line),
        platform.processor() or platform.machine(),
    )
    packages = {name: version(name) for name in NAMED}
    packages |= {f"{name} (rivals)": pin for name, pin in (each.split("==") for each in PINNED)}
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": os.cpu_count(),
        "cpu": cpu,
        "memory": round(psutil.virtual_memory().total / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "chromium": _said(str(CHROMIUM), "--version"),
        "packages": packages,
        "bundled": load().incidents.total,
        "build": _build(HOME),
        "other": other and _build(other),
        "seconds": 0,
    }


def _build(home: Path) -> str:
    return _said("git", "-C", str(home), "log", "-1", "--format=commit %h of %cs")


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
