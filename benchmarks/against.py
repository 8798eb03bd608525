"""This build against another one, in one run: `python -m benchmarks.against DIRECTORY`.

DIRECTORY is a checkout of another commit with what its own lock names in its `.venv` (`git worktree
add DIRECTORY COMMIT`, then `make run` there once). Both take turns, so that whatever else the
machine does falls on both alike. Printed are ratios: from the start to the first page, a filter
change to a settled page and what it costs the server's processor (back and forth between two
selections, and to one that nobody saw before), loading the package, and what a process holds in
memory after 60 visits. `--only` names some of them: start, load, filter, memory.
"""

import argparse
import csv
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.pages import change, opened
from tests.browser.serving import CHROMIUM, FLAGS, HOME, free_port, wait_for
from tests.browser.walking import visit

TIMES, WARM_UP, VISITS = 30, 2, 60
NEW, STARTS = 12, 5
LIST = HOME / "data" / "codebook" / "groups.csv"
PATHS = ("", "map", "trends", "claims", "records", "methodology")
LOADS = 15
GROUPS = [row["label_en"] for row in csv.DictReader(LIST.open(encoding="utf-8"))][: NEW + WARM_UP]
LOAD = f"""
import time
from loaders import load
load()
taken = []
for _ in range({LOADS}):
    begun = time.process_time()
    load()
    taken.append(time.process_time() - begun)
print(*taken)
"""


@contextmanager
def served(home: Path) -> Iterator[tuple[str, int]]:
    """Serve a checkout's dashboard with its own Python; give its address and process id."""
    port = free_port()
    python = home / ".venv" / "bin" / "python"
    command = [python, "-m", "streamlit", "run", "dashboard.py", "--server.port", str(port)]
    command += ["--server.fileWatcherType", "none"]  # two checkouts are too many to watch
    server = subprocess.Popen(command, cwd=home, stdout=subprocess.DEVNULL)
    try:
        wait_for(f"http://localhost:{port}/_stcore/health", server)
        yield f"http://localhost:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def loading(homes: list[Path]) -> list[float]:
    """Give the median seconds of processor time that each checkout takes to load its package."""
    taken: list[list[float]] = [[] for _ in homes]
    for _ in range(3):
        for times, home in zip(taken, homes, strict=True):
            python = home / ".venv" / "bin" / "python"
            ran = subprocess.run(
                [python, "-c", LOAD], cwd=home, capture_output=True, text=True, check=True
            )
            times += map(float, ran.stdout.split())
    return [statistics.median(times) for times in taken]


def starting(browser: Browser, homes: list[Path]) -> list[float]:
    """Give the seconds from the start of each checkout to the first reader's first page."""
    taken: list[list[float]] = [[] for _ in homes]
    for _ in range(STARTS):
        for times, home in zip(taken, homes, strict=True):
            begun, page = time.monotonic(), browser.new_page()
            with served(home) as (address, _):
                visit(page, address)
                times.append(time.monotonic() - begun)
            page.close()
    return [statistics.median(times) for times in taken]


Change = Callable[[Page, int], float]
"""A filter change of a page in one of its turns; gives the milliseconds until settled."""


def back_and_forth(page: Page, turn: int) -> float:
    """Choose one group, or take it away again."""
    return change(page, 1, "" if turn % 2 else "Bloggers")


def one_more(page: Page, turn: int) -> float:
    """Choose one more group: what then is selected was not seen before."""
    return change(page, 1, GROUPS[turn + WARM_UP])


def filtering(
    browser: Browser, servers: list[tuple[str, int]], path: str, how: Change, times: int
) -> tuple[list[float], list[float]]:
    """Give the median milliseconds of a filter change, and those of the processor; in turns."""
    pages = [opened(browser, f"{address}/{path}", 1) for address, _ in servers]
    taken: list[list[float]] = [[] for _ in pages]
    spent = [0.0 for _ in pages]
    for turn in range(-WARM_UP, times):
        for at, (page, (_, pid)) in enumerate(zip(pages, servers, strict=True)):
            before = processor(pid)
            milliseconds = how(page, turn)
            if turn >= 0:
                taken[at].append(milliseconds)
                spent[at] += 1000 * (processor(pid) - before) / times
    for page in pages:
        page.close()
    return [statistics.median(each) for each in taken], spent


def processor(pid: int) -> float:
    """Give the seconds that a process has had of a processor."""
    times = psutil.Process(pid).cpu_times()
    return times.user + times.system


def memory(browser: Browser, servers: list[tuple[str, int]]) -> tuple[list[float], list[float]]:
    """Give the megabytes that each process holds after as many visits, and those of each visit.

    Every visit is a session; what the first of each page load is no part of the latter.
    """
    held: list[list[float]] = [[] for _ in servers]
    for nth in range(VISITS):
        for each, (address, pid) in zip(held, servers, strict=True):
            page = browser.new_page()
            visit(page, f"{address}/{PATHS[nth % len(PATHS)]}?q={nth // len(PATHS) or ''}")
            page.close()
            each.append(psutil.Process(pid).memory_info().rss / 2**20)
    first = 2 * len(PATHS)
    return [each[-1] for each in held], [
        (each[-1] - each[first - 1]) / (VISITS - first) for each in held
    ]


def told(what: str, unit: str, here: float, there: float, write: Callable[[float], str]) -> None:
    """Print one figure of both, and their ratio."""
    print(
        f"  ×{here / there:5.2f}  {what}: {write(here)} against {write(there)} {unit}", flush=True
    )


@contextmanager
def both(homes: list[Path]) -> Iterator[tuple[Browser, list[tuple[str, int]]]]:
    """Serve both, with a browser."""
    with sync_playwright() as playwright, served(homes[0]) as here, served(homes[1]) as there:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser, [here, there]
        browser.close()


def main(other: Path, only: list[str]) -> None:
    """Print how this build compares."""
    homes = [HOME, other]
    print(f"This build against {other.name}, medians of {TIMES} in turns:", flush=True)
    if "start" in only:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            told("start to first page", "s", *starting(browser, homes), lambda s: f"{s:.2f}")
            browser.close()
    if "load" in only:
        told("loading the package", "s", *loading(homes), lambda s: f"{s:.2f}")
    if "filter" in only:
        for path in ("map", "trends"):
            for how, times in ((back_and_forth, TIMES), (one_more, NEW)):
                with both(homes) as (browser, servers):
                    taken, spent = filtering(browser, servers, path, how, times)
                what = f"a filter change on {path}, {how.__name__.replace('_', ' ')}"
                told(what, "ms", *taken, lambda ms: f"{ms:.0f}")
                told(f"{what}: processor", "ms", *spent, lambda ms: f"{ms:.0f}")
    if "memory" in only:
        with both(homes) as (browser, servers):
            held, each = memory(browser, servers)
        told(f"memory after {VISITS} visits", "MB", *held, lambda mb: f"{mb:.0f}")
        told("memory of each visit", "MB", *each, lambda mb: f"{mb:.2f}")


if __name__ == "__main__":
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.against", description=__doc__)
    wanted.add_argument("directory", type=Path)
    wanted.add_argument("--only", nargs="*", default=["start", "load", "filter", "memory"])
    found = wanted.parse_args()
    main(found.directory.resolve(), found.only)
