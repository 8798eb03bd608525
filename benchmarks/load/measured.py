"""What a crowd costs: how long readers waited, processors, and whether memory stays flat."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

import numpy as np
import psutil
from scipy import stats

from benchmarks.load.crowd import Heard
from tests.deploy.serving import Site

EVERY = 2.0
"""Seconds from one look at the processes to the next."""
BLOCKS = 10
"""In how many parts the last half is cut, to see how much memory goes up and down by itself."""
MOST = 0.5
"""How much of a core the crowd itself may take; above it measures itself."""
BUSY = 0.001
"""Which part may be told to come back, at most, while the crowd is as large as promised."""
DOORS = {
    "step": "a reader's step",
    "open": "arriving (session)",
    "first": "first HTML",
    "api": "API",
    "light": "light page",
}


@dataclass
class Watch:
    """Looks at the processes of a site all the while: their processor time and their memory."""

    site: Site
    begun: float = field(default_factory=monotonic)
    own: float = field(default_factory=lambda: sum(os.times()[:2]))
    used: dict[int, tuple[str, float, float]] = field(default_factory=dict)
    memory: list[tuple[float, float]] = field(default_factory=list)

    async def look(self) -> None:
        """Look until it is cancelled."""
        while True:
            self.memory.append((monotonic() - self.begun, self._once()))
            await asyncio.sleep(EVERY)

    def _once(self) -> float:
        """Note the processor time of each process; give the megabytes of those of the dashboard."""
        total = 0.0
        pids = {pid: "dashboard" for _, pid in self.site.running.values()}
        workers = psutil.Process(self.site.pid).children()
        for pid, name in {**pids, **{worker.pid: "nginx" for worker in workers}}.items():
            try:
                seen = psutil.Process(pid)
                seconds = sum(seen.cpu_times()[:2])
                total += seen.memory_info().rss / 1e6 if name == "dashboard" else 0
            except psutil.Error:
                continue  # it ended a moment ago
            first = self.used.get(pid, (name, seconds, seconds))[1]
            self.used[pid] = (name, first, seconds)
        return total

    def told(self) -> dict[str, Any]:
        """Give what was seen: cores in use, and memory with its slope."""
        seconds = monotonic() - self.begun
        cores: Counter[str] = Counter()
        for name, first, last in self.used.values():
            cores[name] += (last - first) / seconds
        own = (sum(os.times()[:2]) - self.own) / seconds
        return {
            "seconds": round(seconds),
            "cores": {name: round(value, 2) for name, value in sorted(cores.items())},
            "own": round(own, 2),
            "void": own > MOST,
            "memory": slope(self.memory),
        }


def slope(memory: Sequence[tuple[float, float]]) -> dict[str, Any]:
    """Say how memory went in the second half: megabytes a minute, and what of it may be noise.

    Neighbouring looks resemble each other, so the half is cut into ten blocks whose means are laid
    on a line; the noise is the 95 % interval of its slope, from how far the means lie off it.
    """
    if len(memory) < 4 * BLOCKS:
        return {"last": round(memory[-1][1]) if memory else 0, "slope": None}
    half = np.array(memory[len(memory) // 2 :])
    means = [block.mean(axis=0) for block in np.array_split(half, BLOCKS)]
    minutes, megabytes = np.array(means).T / [[60], [1]]
    line = stats.linregress(minutes, megabytes)
    noise = stats.t.ppf(0.975, BLOCKS - 2) * line.stderr
    return {
        "first": round(memory[0][1]),
        "last": round(memory[-1][1]),
        "slope": round(float(line.slope), 2),
        "noise": round(float(noise), 2),
        "flat": bool(line.slope <= noise),
    }


def waited(heard: Iterable[Heard]) -> dict[str, dict[str, Any]]:
    """Give for each door how many answers there were, of what kind, and the seconds they took."""
    found = {}
    every = list(heard)
    for door, name in DOORS.items():
        here = [each for each in every if each.door == door]
        fine = [each.seconds for each in here if each.what == "fine"]
        if here:
            half, most = np.percentile(fine, [50, 95]) if fine else (0.0, 0.0)
            found[name] = {
                "answers": len(here),
                **Counter(each.what for each in here),
                "median": round(float(half), 3),
                "p95": round(float(most), 3),
            }
    return found


def missed(heard: Sequence[Heard], *, flat: bool) -> list[str]:
    """Say which promises a steady crowd saw broken."""
    what = Counter(each.what for each in heard)
    busy = what["busy"] / max(len(heard), 1)
    found = {
        f"{what['wrong']} answers were wrong": what["wrong"],
        f"{what['lost']} answers or lines were lost": what["lost"],
        f"{busy:.2%} were told to come back": busy >= BUSY,
        "memory is not flat": not flat,
    }
    return [said for said, so in found.items() if so]


def wrongs(heard: Iterable[Heard]) -> dict[str, int]:
    """Count what was wrong or lost, by door and reason."""
    return dict(
        Counter(f"{e.door}: {e.what}, {e.why}" for e in heard if e.what in ("wrong", "lost"))
    )
