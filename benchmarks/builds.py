"""This build and another one, in turns: filter changes, start to ready, memory after 60 visits."""

import time
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import replace

from playwright.sync_api import Browser, BrowserType

from benchmarks import timing
from benchmarks.contestants import CHART, PLACES, SERVERS, Setup, of_house
from benchmarks.material import Made
from benchmarks.pages import OURS
from benchmarks.race import raced, resident
from benchmarks.results import MEMORY, START, Results
from benchmarks.timing import Seen
from tests.browser.serving import CHROMIUM

HERE, THERE = "this build", "the other build"
BUILDS = {HERE: "house", THERE: "other"}
PAGES = {"Map": ("map", PLACES), "Trends": ("trends", CHART)}
PATHS = ("", "map", "trends", "claims", "records", "methodology")
ANY = Seen(".st-key-count", "h1")
CHANGES, STARTS, VISITS = 15, 5, 60


def compared(
    chromium: BrowserType, flags: list[str], made: Made, setup: Setup, found: Results
) -> None:
    """Measure both; only this one where there is no other."""
    builds = {name: server for name, server in BUILDS.items() if setup.other or name == HERE}
    group = [
        of_house(f"{page}, {name}", server, *PAGES[page], CHANGES)
        for page in PAGES
        for name, server in builds.items()
    ]
    if setup.other:
        raced(chromium, flags, group, made, replace(setup, visits=0), found)
    browser = chromium.launch(executable_path=CHROMIUM, args=flags)
    starts = [name for _ in range(min(STARTS, setup.times)) for name in builds]
    taken = [(name, started(browser, builds[name], made, setup)) for name in starts]
    for name in builds:
        found.add(START, name, made.size, [seconds for each, seconds in taken if each == name])
    with ExitStack() as stack:
        served = {
            name: stack.enter_context(SERVERS[server](made, setup))
            for name, server in builds.items()
        }
        walked(browser, [address for address, _ in served.values()])
        for name, (_, pid) in served.items():
            found.add(MEMORY, name, made.size, [resident(pid)])
    browser.close()


def started(browser: Browser, server: str, made: Made, setup: Setup) -> float:
    """Give the seconds from the start of a server to its first reader's settled page."""
    page, begun = timing.tab(browser), time.time()
    with SERVERS[server](made, setup) as (address, _):
        timing.visit(page, address, OURS)
        seconds = float(page.evaluate("window.__last")) / 1000 - begun
        page.context.close()
    return seconds


def walked(browser: Browser, addresses: Iterable[str]) -> None:
    """Visit all pages of each address, every time in a session of its own, with other filters."""
    for nth in range(VISITS):
        for address in addresses:
            page = timing.tab(browser)
            query = f"?q={nth // len(PATHS) or ''}"
            timing.visit(page, f"{address}/{PATHS[nth % len(PATHS)]}{query}", ANY)
            page.context.close()
