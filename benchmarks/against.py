"""This build against another one, in one run: `python -m benchmarks.against DIRECTORY`.

DIRECTORY is a checkout of another commit with what its own lock names in its `.venv` (`git worktree
add DIRECTORY COMMIT`, then `make run` there once). Both take turns, so that whatever else the
machine does falls on both alike. Printed are ratios: a filter change to a settled page, loading the
package, and what a process holds in memory after 60 visits.
"""

import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

from benchmarks.pages import change, opened
from tests.browser.serving import CHROMIUM, FLAGS, HOME, free_port, wait_for
from tests.browser.walking import visit

TIMES, WARM_UP, VISITS = 30, 2, 60
LOADS = 15
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


def filtering(browser: Browser, addresses: list[str], path: str) -> list[float]:
    """Give the median milliseconds of a filter change, pages taking turns."""
    pages = [opened(browser, f"{address}/{path}", 1) for address in addresses]
    taken: list[list[float]] = [[] for _ in pages]
    for turn in range(-WARM_UP, TIMES):
        for times, page in zip(taken, pages, strict=True):
            milliseconds = change(page, 1, "" if turn % 2 else "Bloggers")
            if turn >= 0:
                times.append(milliseconds)
    for page in pages:
        page.close()
    return [statistics.median(times) for times in taken]


def memory(browser: Browser, served_by: list[tuple[str, int]]) -> list[float]:
    """Give the megabytes that each process holds after as many visits of all pages."""
    paths = ("", "map", "trends", "claims", "records", "methodology")
    for nth in range(VISITS):
        for address, _ in served_by:
            page = browser.new_page()
            visit(page, f"{address}/{paths[nth % len(paths)]}?q={nth // len(paths) or ''}")
            page.close()
    return [psutil.Process(pid).memory_info().rss / 2**20 for _, pid in served_by]


def told(what: str, unit: str, here: float, there: float, write: Callable[[float], str]) -> None:
    """Print one figure of both, and their ratio."""
    print(
        f"  ×{here / there:5.2f}  {what}: {write(here)} against {write(there)} {unit}", flush=True
    )


def main(other: Path) -> None:
    """Print how this build compares."""
    homes = [HOME, other]
    print(f"This build against {other.name}, medians of {TIMES} in turns:", flush=True)
    told("loading the package", "s", *loading(homes), lambda s: f"{s:.2f}")
    with (
        sync_playwright() as playwright,
        served(HOME) as here,
        served(other) as there,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for path in ("map", "trends"):
            both = filtering(browser, [here[0], there[0]], path)
            told(f"a filter change on {path}", "ms", *both, lambda ms: f"{ms:.0f}")
        browser.close()
    with (
        sync_playwright() as playwright,
        served(HOME) as here,
        served(other) as there,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        both = memory(browser, [here, there])
        told(f"memory after {VISITS} visits", "MB", *both, lambda mb: f"{mb:.0f}")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
