"""What befalls a server while a crowd reads: each fault breaks something and mends it later.

What must hold for readers stands beside each, and is judged by what they heard (`seen.py`).
"""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import psutil

from benchmarks.load.crowd import Crowd
from benchmarks.load.releases import VERSIONS, after, broken, copied
from benchmarks.load.seen import Must, Seen
from benchmarks.load.truth import ORIGIN
from keeper.release import exchange
from loaders import database
from loaders.held import of_folder
from loaders.package import load
from tests import postgres
from tests.deploy.serving import Site, behind_nginx

NEXT, LATER = VERSIONS
SMALL = 16 * 2**20
"""Bytes of the small disk: a release fits, and the next one beside it while they change places."""
FAKETIME = max(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), default=None)
SLEEPS = """
import select, time
time.sleep = lambda seconds: select.select([], [], [], seconds) and None
"""
"""Python sleeps until a moment of the clock that libfaketime leaves alone, which that takes for one
of the other clock and refuses (0.9.10, Python 3.11): so it sleeps otherwise."""


@dataclass
class Scene:
    """A site, the package it shows, and what a fault needs: packages to come, a server, a disk."""

    folder: Path
    data: Path
    present: str
    packages: dict[str, Path] = field(default_factory=dict)
    source: str = ""
    server: postgres.Server | None = None
    site: Site | None = None

    @property
    def clock(self) -> Path:
        """Where libfaketime reads how far off the clock is."""
        return self.folder / "clock"

    @property
    def small(self) -> Path:
        """The folder that is a small disk for the processes."""
        return self.folder / "small"


Step = Callable[[Scene, Crowd], Awaitable[None]]


@dataclass(frozen=True)
class Fault:
    """What is done and what undoes it; which of the `releases` may be seen, and what else must be.

    `needs` is what stands behind the site beside a folder: clock, disk or postgresql.
    """

    name: str
    breaks: Step
    mends: Step
    releases: tuple[str, ...] = ("",)
    notice: bool = False
    lost: bool = False
    needs: str = ""

    def must(self, present: str) -> Must:
        """Say what must hold where a release is on show at first."""
        return Must(tuple(each or present for each in self.releases), self.notice, self.lost)


@contextmanager
def scene(folder: Path, needs: str = "", processes: int = 2) -> Iterator[Scene]:
    """Start a site behind nginx, with what its faults need."""
    data = copied(folder / "data")
    made = Scene(folder, data, load(data).release)
    made.packages = {each: after(folder / each, each) for each in VERSIONS}
    made.packages["broken"] = broken(folder / "broken")
    made.small.mkdir()
    settings, within = {"INCIDENTS_DATA": str(data), "PUBLIC_URL": ORIGIN}, []
    with ExitStack() as held:
        if needs == "clock":
            settings |= _off_by(folder)
        elif needs == "disk":
            made.source = f"sqlite:///{folder}/releases.db"
            disk = ["--size", str(SMALL), "--tmpfs", str(made.small)]
            within = ["bwrap", "--dev-bind", "/", "/", *disk, "--die-with-parent"]
            settings |= {"INCIDENTS_URL": made.source, "TMPDIR": str(made.small)}
        elif needs == "postgresql":
            made.server = held.enter_context(postgres.running())
            made.source = made.server.url("keeper")
            settings |= {"INCIDENTS_URL": made.server.url("reader"), "TMPDIR": str(made.small)}
        if made.source:
            _put(made, data)
        made.site = held.enter_context(
            behind_nginx(folder, processes, limited=False, within=within, **settings)
        )
        yield made


def _off_by(folder: Path) -> dict[str, str]:
    """Let processes read from a file how far off the clock of the day is; others stay right."""
    (folder / "sitecustomize.py").write_text(SLEEPS, encoding="utf-8")
    (folder / "clock").write_text("+0", encoding="utf-8")
    return {
        "LD_PRELOAD": str(FAKETIME),
        "PYTHONPATH": str(folder),
        "FAKETIME_TIMESTAMP_FILE": str(folder / "clock"),
        "FAKETIME_CACHE_DURATION": "1",  # to read it at every look at a clock takes minutes
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }


def _put(scene: Scene, package: Path) -> None:
    with database.opened(scene.source) as base:
        base.put(of_folder(package))


async def befall(fault: Fault, scene: Scene, crowd: Crowd, lead: float, lasts: float) -> Seen:
    """Let a crowd come, break something after `lead` seconds more, and mend it `lasts` after that.

    Then everybody acts again at least once.
    """
    staying = asyncio.create_task(crowd.stay(float("inf")))
    await asyncio.wait([staying], timeout=crowd.every + lead)
    begun = monotonic()
    await fault.breaks(scene, crowd)
    await asyncio.wait([staying], timeout=lasts)
    await fault.mends(scene, crowd)
    mended = monotonic()
    await asyncio.wait([staying], timeout=2 * crowd.every + lead)
    staying.cancel()
    with suppress(asyncio.CancelledError):
        await staying
    return Seen(fault.name, fault.must(scene.present), crowd.heard, begun, mended)


async def nothing(scene: Scene, crowd: Crowd) -> None:
    """Leave it as it is."""


def shows(*versions: str, pause: float = 0.5) -> Step:
    """Put packages in the place of the one on show, one after the other, each in one step."""

    async def step(scene: Scene, crowd: Crowd) -> None:
        for version in versions:
            exchange(scene.packages[version], scene.data)
            if version != versions[-1]:
                await asyncio.sleep(pause)

    return step


async def fill(scene: Scene, crowd: Crowd) -> None:
    """Fill the small disk of each process to its last byte, and publish a release."""
    for path in _disks(scene):
        with suppress(OSError), (path / "filled").open("wb") as file:
            while True:
                file.write(bytes(4096))
                file.flush()
    await asyncio.to_thread(_put, scene, scene.packages[NEXT])


async def empty(scene: Scene, crowd: Crowd) -> None:
    """Make room again."""
    for path in _disks(scene):
        (path / "filled").unlink()


def _disks(scene: Scene) -> Iterator[Path]:
    """Give the small disk of each process, which is its own, as it is seen from outside."""
    assert scene.site is not None  # noqa: S101  # it runs
    for _, pid in scene.site.running.values():
        for inner in psutil.Process(pid).children(recursive=True)[-1:]:
            yield Path(f"/proc/{inner.pid}/root{scene.small}")


def clock(off: str) -> Step:
    """Set the clock of all processes."""

    async def step(scene: Scene, crowd: Crowd) -> None:
        scene.clock.write_text(off, encoding="utf-8")

    return step


async def kill(scene: Scene, crowd: Crowd) -> None:
    """Kill one of the processes in the middle of what it does."""
    assert scene.site is not None  # noqa: S101  # it runs
    _, pid = next(iter(scene.site.running.values()))
    os.kill(pid, signal.SIGKILL)


async def start_again(scene: Scene, crowd: Crowd) -> None:
    """Start it again, as its unit does."""
    site = scene.site
    assert site is not None  # noqa: S101  # it runs
    port = next(iter(site.running))
    await asyncio.to_thread(lambda: (site.stop(port), site.start(port)))


async def cut(scene: Scene, crowd: Crowd) -> None:
    """Break every reader's line at once."""
    for tab in crowd.tabs.values():
        tab.cut()


async def take_database(scene: Scene, crowd: Crowd) -> None:
    """Kill the database."""
    assert scene.server is not None  # noqa: S101  # it runs
    await asyncio.to_thread(scene.server.kill)


async def bring_database(scene: Scene, crowd: Crowd) -> None:
    """Start it again."""
    assert scene.server is not None  # noqa: S101  # it was killed
    await asyncio.to_thread(scene.server.start)


FAULTS = (
    Fault("a line is cut", cut, nothing, lost=True),
    Fault("a process is killed", kill, start_again, lost=True),
    Fault("a broken release", shows("broken"), shows("broken"), notice=True),
    Fault("a new release", shows(NEXT), nothing, ("", NEXT)),
    Fault("two releases within a second", shows(NEXT, LATER), nothing, ("", NEXT, LATER)),
    Fault("the clock goes back a day", clock("-1d"), clock("+0"), needs="clock"),
    Fault("the disk is full", fill, empty, ("", NEXT), notice=True, needs="disk"),
    Fault("the database is gone", take_database, bring_database, notice=True, needs="postgresql"),
)
