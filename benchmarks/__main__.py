"""Run the benchmarks: `make bench`, or `python -m benchmarks --only NAME[,NAME]… --sizes N[,N]…`.

Without a choice everything of the table is measured, which takes some 45 minutes, and
docs/benchmarks.md is written. What is chosen goes into another folder. Names are those of groups
(%(groups)s), of contestants, and of what is no part of the table and prints its own
(%(apart)s).
"""

import argparse
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks import (
    api,
    builds,
    checking,
    copying,
    counting,
    false_alarms,
    loading,
    pictures,
    processes,
    publishing,
    report,
    results,
    servers,
    slow_link,
)
from benchmarks.contestants import ALONE, MANY, TURNS, Contestant, Setup
from benchmarks.material import BUNDLED, Made
from benchmarks.race import sized
from benchmarks.results import Results
from loaders import load
from tests.browser.serving import FLAGS, HOME

SIZES = (BUNDLED, 10_000, 100_000, 1_000_000)
GROUPS: dict[str, tuple[Contestant, ...]] = {
    "house": tuple(each for each in TURNS if each.server in ("house", "floor")),
    "web": tuple(each for each in TURNS if each.server == "beside"),
    "rivals": ALONE,
    "floor": TURNS[:1],
    **{each.server: (each,) for each in ALONE},
}
LOADING, BUILDS = "loading", "builds"
APART: dict[str, Callable[[], None]] = {
    "api": api.main,
    "checking": checking.main,
    "copying": copying.main,
    "counting": lambda: counting.main(load()),
    "false_alarms": false_alarms.main,
    "pictures": lambda: pictures.main(load()),
    "processes": processes.main,
    "publishing": publishing.main,
    "slow_link": slow_link.main,
}
TABLE = ("house", "web", "rivals", LOADING, BUILDS)


def size(text: str) -> int:
    """Read a size: a number of incidents, or `bundled`."""
    return BUNDLED if text == "bundled" else int(text.replace("_", ""))


def asked(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read what is asked for."""
    about = (__doc__ or "") % {
        "groups": ", ".join((*GROUPS, LOADING, BUILDS)),
        "apart": ", ".join(APART),
    }
    wanted = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=about,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    wanted.add_argument("--only", type=lambda text: text.split(","), help="what is measured")
    wanted.add_argument(
        "--sizes",
        type=lambda text: [size(each) for each in text.split(",")],
        help="at how many incidents; bundled is the bundled package",
    )
    wanted.add_argument("--against", type=Path, help="a checkout of another build with its .venv")
    wanted.add_argument(
        "--times", type=int, default=MANY, help="how often at most each is measured"
    )
    wanted.add_argument(
        "--into", type=Path, help="the folder for benchmarks.json and benchmarks.md"
    )
    wanted.add_argument("--rivals", type=Path, help="a folder where rivals are installed, and stay")
    found = wanted.parse_args(arguments)
    whole = not found.only and not found.sizes
    found.into = found.into or HOME / ("docs" if whole else "benchmarks/out")
    found.only = found.only or list(TABLE)
    found.sizes = sorted(found.sizes or SIZES)
    for name in found.only:
        if name not in (*GROUPS, LOADING, BUILDS, *APART):
            wanted.error(f"there is no {name}")
    return found


def main() -> None:
    """Measure, print as it goes, and write the page."""
    found = asked()
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # servers end, and the page is written
    for name in found.only:
        if name in APART:
            APART[name]()
    if all(name in APART for name in found.only):
        return
    with tempfile.TemporaryDirectory() as scratch:
        kept = measured(found, Path(scratch))
    print(report.page(kept))
    print(f"{report.write(kept)} is written.")


def measured(found: argparse.Namespace, folder: Path) -> Results:
    """Measure all that stands in the table."""
    who = [each for name in found.only for each in GROUPS.get(name, ())]
    programs, flags = folder, list(FLAGS)
    with ExitStack() as stack:
        if any(each in GROUPS["rivals"] for each in who):
            programs = servers.installed(found.rivals or folder / "rivals")
            flags = stack.enter_context(servers.elsewhere(programs, folder))
        other = found.against and found.against.resolve()
        kept = Results(found.into / "benchmarks.json", results.machine(other))
        begun = time.monotonic()
        chromium = stack.enter_context(sync_playwright()).chromium
        stack.enter_context(suppress(KeyboardInterrupt))  # what is known by then is a page, too
        for each in found.sizes:
            with tempfile.TemporaryDirectory() as scratch:
                made = Made(each, Path(scratch))
                setup = Setup(programs, other, found.times, 3 if each else 5)
                if LOADING in found.only:
                    loading.measured(made, kept)
                if BUILDS in found.only and each == BUNDLED:
                    builds.compared(chromium, flags, made, setup, kept)
                sized(chromium, flags, who, made, setup, kept)
    kept.machine["seconds"] = round(time.monotonic() - begun)
    kept.write()
    return kept


if __name__ == "__main__":
    main()
