"""A crowd of readers on one server, then more of them, then what may befall it: `make load`.

`python -m benchmarks.load [--minutes 10] [--readers 200] [--rate 300] [--only crowd|more|faults]`.
Prints three tables and keeps them, with machine and date, in docs/load.json and docs/benchmarks.md.
"""

import argparse
import asyncio
import json
import platform
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import psutil

from benchmarks import report
from benchmarks.load.crowd import Crowd
from benchmarks.load.faults import FAULTS, Fault, befall, scene
from benchmarks.load.measured import DOORS, Watch, missed, waited, wrongs
from benchmarks.load.page import TOO_LONG, page
from benchmarks.load.releases import VERSIONS, after, copied
from benchmarks.load.truth import ORIGIN, Truth, labels, learned
from benchmarks.report import CROWD
from benchmarks.results import read
from loaders import load
from loaders.settings import HOME
from tests.deploy.serving import Site, behind_nginx

RESULTS = HOME / "docs" / CROWD
EVERY = 30.0
"""Seconds from one step of a reader to the next, ± 50 %."""
PROCESSES = 2
MORE, ROUNDS, ROUND = 1.5, 6, 90.0
"""Each round has so many times the readers and requests of the one before, and so many seconds."""
PARTS = ("crowd", "more", "faults")


async def _together(crowd: Crowd, site: Site, seconds: float) -> dict[str, Any]:
    """Let a crowd stay while the processes are watched; give what was measured."""
    watch = Watch(site)
    looking = asyncio.create_task(watch.look())
    await crowd.stay(seconds)
    looking.cancel()
    told = watch.told()
    return {
        "readers": crowd.sessions,
        "rate": crowd.rate,
        **told,
        "missed": missed(crowd.heard, flat=told["memory"].get("flat", True)),
        "doors": waited(crowd.heard),
        "wrong": wrongs(crowd.heard),
    }


class Run:
    """One run of the benchmark: what is right, and how large the crowd is."""

    def __init__(self, readers: int, rate: float, minutes: float, every: float = EVERY) -> None:
        """Learn what a lone reader is told of each release."""
        self.readers, self.rate, self.minutes, self.every = readers, rate, minutes, every
        self.labels = labels(load())
        self.truths: dict[str, Truth] = {}
        with tempfile.TemporaryDirectory() as made:
            bundled = copied(Path(made) / "bundled")
            for package in (bundled, *(after(Path(made) / each, each) for each in VERSIONS)):
                found = learned(package)
                self.truths[found.release] = found

    def crowd(self, site: Site, times: float = 1.0) -> Crowd:
        """Make a crowd, so many times as large."""
        readers = round(self.readers * times)
        return Crowd(site.address, self.truths, self.labels, readers, self.every, self.rate * times)

    def steady(self) -> dict[str, Any]:
        """Let the crowd stay for all its minutes."""
        with _site() as site:
            return asyncio.run(_together(self.crowd(site), site, self.minutes * 60))

    def more(self) -> list[dict[str, Any]]:
        """Raise the load until a step takes too long, or a reader in ten finds no room."""
        found: list[dict[str, Any]] = []
        with _site() as site:
            for n in range(ROUNDS):
                found.append(asyncio.run(_together(self.crowd(site, MORE**n), site, ROUND)))
                if _enough(found[-1]["doors"]):
                    break
        return found

    def fault(self, fault: Fault) -> dict[str, Any]:
        """Let one thing go wrong under the crowd, for a minute."""
        with tempfile.TemporaryDirectory() as made, scene(Path(made), fault.needs) as found:
            assert found.site is not None  # noqa: S101  # it runs
            crowd = self.crowd(found.site)
            return asyncio.run(befall(fault, found, crowd, self.every, self.every)).told()


@contextmanager
def _site() -> Iterator[Site]:
    """Serve what was learned of the bundled release behind nginx, without a limit for a reader."""
    with tempfile.TemporaryDirectory() as made:
        settings = {"INCIDENTS_DATA": str(copied(Path(made) / "data")), "PUBLIC_URL": ORIGIN}
        with behind_nginx(Path(made), PROCESSES, limited=False, **settings) as site:
            yield site


def _enough(doors: Mapping[str, Mapping[str, Any]]) -> bool:
    steps, first = doors.get(DOORS["step"], {}), doors.get(DOORS["first"], {})
    turned_away = first.get("busy", 0) / max(first.get("answers", 0), 1)
    return steps.get("p95", 0) > TOO_LONG or turned_away > 0.1


def machine() -> dict[str, Any]:
    """Say on what this ran, and when."""
    return {
        "date": date.today().isoformat(),  # noqa: DTZ011  # the day here
        "cores": psutil.cpu_count(),
        "memory": f"{psutil.virtual_memory().total / 2**30:.0f} GB",
        "python": platform.python_version(),
        "processes": PROCESSES,
    }


def main() -> None:
    """Run what is asked for; print it, and keep it beside what was kept of the other parts."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.load")
    wanted.add_argument("--minutes", type=float, default=10.0)
    wanted.add_argument("--readers", type=int, default=200)
    wanted.add_argument("--rate", type=float, default=300.0, help="requests a second")
    wanted.add_argument("--every", type=float, default=EVERY, help="seconds between two steps")
    wanted.add_argument("--only", choices=PARTS, action="append")
    wanted.add_argument("--fault", help="a word of the name of the one fault to try")
    found = wanted.parse_args()
    parts = found.only or PARTS
    results = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results["machine"] = machine()
    run = Run(found.readers, found.rate, found.minutes, found.every)
    if "crowd" in parts:
        results["crowd"] = run.steady()
    if "more" in parts:
        results["more"] = run.more()
    if "faults" in parts:
        tried = [fault for fault in FAULTS if (found.fault or "") in fault.name]
        results["faults"] = [run.fault(fault) for fault in tried]
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", "utf-8")
    report.write(read(RESULTS.with_name("benchmarks.json")))
    print(page(results))


if __name__ == "__main__":
    main()
