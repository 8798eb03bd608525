"""Our light map and our API against Datasette, in one run: `python -m benchmarks.rivals`.

A filter change is a click on a facet there, and a mark in the form with a click on its button here;
it is settled with the load event, the last change of the document or the end of the last long task,
whichever is last, after which nothing moves for 300 ms. Every click asks for what was not asked
before. Tiles are answered from here, with an empty picture.

Under load are 8 connections of `wrk`: rows of a selection as JSON, each of 2,000 selections once;
then the same address again, with its mark (304), and a file of ours of the same length.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from random import Random
from signal import SIGINT
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks import datasette
from loaders import Package, load
from tests.browser.serving import CHROMIUM, FLAGS, served

SIZES = (300, 10_000, 100_000, 1_000_000)
TIMES = 10
LOADED, CONNECTIONS, SELECTIONS, SEED = 10_000, 8, 2_000, 11
SECONDS = 5
PATIENCE = 600_000
"""Milliseconds that a first visit may take: a million incidents are read then."""
WATCH = """
(() => {
  window.__last = 0;
  const now = () => performance.timeOrigin + performance.now();
  const moved = () => { window.__last = now(); };
  const all = {subtree: true, childList: true, attributes: true, characterData: true};
  new MutationObserver(moved).observe(document, all);
  new PerformanceObserver(list => {
    for (const task of list.getEntries())
      window.__last = Math.max(window.__last,
        performance.timeOrigin + task.startTime + task.duration);
  }).observe({type: "longtask", buffered: true});
  window.addEventListener("load", () => setTimeout(moved));
  window.addEventListener("click", () => sessionStorage.setItem("begun", now()), true);
})()
"""
STILL = """
() => document.readyState === "complete" &&
  performance.timeOrigin > Number(sessionStorage.getItem("begun")) &&
  window.__last > 0 && performance.timeOrigin + performance.now() - window.__last > 300 &&
  !document.querySelector(".leaflet-zoom-anim .leaflet-zoom-animated:not(:first-child)")
"""
TAKEN = "() => window.__last - Number(sessionStorage.getItem('begun'))"
TILE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDATx\x9cc\0"
    b"\1\0\0\5\0\1\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)
MARK = """
([name, value]) => {
  for (const box of document.querySelectorAll("details")) box.open = true;
  document.querySelector(`input[name="${name}"][value="${value}"]`).checked = true;
}
"""
WRK = """
local paths, n = {}, 0
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local headers = {}
if os.getenv("MARK") ~= "" then headers["If-None-Match"] = os.getenv("MARK") end
function request()
  n = n + 1
  return wrk.format("GET", paths[(n - 1) % #paths + 1], headers)
end
function response(status)
  answered = (answered or 0) + 1
  if answered == #paths and os.getenv("ONCE") == "yes" then
    io.stderr:write("all\\n")
    wrk.thread:stop()
  end
end
function done(summary, latency)
  io.stdout:write(string.format("\\n@ %d %d %d %d\\n", latency:percentile(50),
    latency:percentile(95), summary.errors.status, summary.requests))
end
"""


def tab(browser: Browser) -> Page:
    """Open a tab that watches what moves, and asks no host outside."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCH)
    page.route(
        lambda url: urlsplit(url).hostname != "localhost",
        lambda route: route.fulfill(body=TILE, content_type="image/png"),
    )
    return page


def settled(page: Page) -> float:
    """Give the milliseconds from the click to the settled page."""
    page.wait_for_function(STILL, polling=50, timeout=120_000)
    return float(page.evaluate(TAKEN))


def ours(page: Page, address: str, chosen: tuple[str, str]) -> float:
    """Set a filter on the light map."""
    page.goto(address)
    page.evaluate(MARK, chosen)
    page.locator(".filters button[type=submit]").click(no_wait_after=True)
    return settled(page)


def theirs(page: Page, address: str, chosen: tuple[str, str]) -> float:
    """Click a facet of the table."""
    facets = []
    for column in datasette.FACETS.values():
        facets.append(("_facet_array" if column in datasette.LISTS else "_facet", column))
    page.goto(f"{address}?{urlencode([*facets, ('_facet_size', 100)])}")
    ((asked, _),) = datasette.query([chosen])
    linked = urlencode([(asked.removesuffix("__exact"), chosen[1])])  # as its facets write it
    found = page.locator(f'.facet-results a[href*="{linked}"]').first
    found.click(no_wait_after=True)
    return settled(page)


def changes(package: Package) -> list[tuple[str, str]]:
    """List filters that find some records: those that most hold first."""
    held = package.incidents
    found = []
    for name in ("violation", "category", "group", "data"):
        facet = held.facets[name]
        counts = facet.count(held.counted, None)
        found += [(int(n), (name, code)) for code, n in zip(facet.codes, counts, strict=True) if n]
    return [each for _, each in sorted(found, reverse=True)][:TIMES]


def filtering(package: Package, sizes: list[int], folder: Path, program: Path) -> None:
    """Print what a filter change takes, both taking turns."""
    print(f"A filter change to a settled page, median of {TIMES}:")
    for n in sizes:
        made = datasette.generated(package, n, folder)
        file = datasette.database(made, folder / f"house-{n}" / "house.db")
        with (
            sync_playwright() as playwright,
            served(INCIDENTS_DATA=str(made.directory)) as house,
            datasette.served(program, file) as rival,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            here, there = tab(browser), tab(browser)
            chosen = changes(made)
            times: tuple[list[float], list[float]] = ([], [])
            ours(here, f"{house}/light/map", chosen[-1]), theirs(there, rival, chosen[-1])
            for each in chosen[:-1]:
                times[0].append(ours(here, f"{house}/light/map", each))
                times[1].append(theirs(there, rival, each))
            browser.close()
            told(f"/light/map, {made.incidents.total:,} incidents", *map(statistics.median, times))


def told(what: str, here: float, there: float) -> None:
    """Print both, and their ratio."""
    print(f"  ×{here / there:5.2f}  {here:7.1f} against {there:7.1f} ms  {what}", flush=True)


def selections(package: Package) -> list[list[tuple[str, str]]]:
    """Draw different selections, each of which finds at least one record."""
    random, held = Random(SEED), package.incidents  # noqa: S311  # no secret: the same each run
    used = {
        name: [
            code
            for code, n in zip(
                held.facets[name].codes, held.facets[name].count(held.counted, None), strict=True
            )
            if n
        ]
        for name in ("violation", "group", "region", "category")
    }
    years = range(2015, 2026)
    spans = [(str(a), str(b)) for a, b in product(years, years) if a <= b]
    found: dict[str, list[tuple[str, str]]] = {}
    while len(found) < SELECTIONS:
        names = random.sample(sorted(used), random.randint(1, 2))
        chosen = [(name, random.choice(used[name])) for name in names]
        chosen += zip(("from", "to"), random.choice(spans), strict=True)
        found[urlencode(chosen)] = chosen
    return list(found.values())


def pressed(host: str, paths: list[str], folder: Path, *, once: bool, mark: str = "") -> list[int]:
    """Ask for paths; give the microseconds of half and of 95 in a hundred answers."""
    script, listed = folder / "wrk.lua", folder / "paths"
    script.write_text(WRK)
    listed.write_text("\n".join(paths))
    program = shutil.which("wrk")
    if program is None:
        sys.exit("wrk is needed: it is a package of Debian of that name")
    command = [program, "-t1", f"-c{CONNECTIONS}", f"-d{600 if once else SECONDS}s"]
    command += ["--timeout", "60s", "-s", str(script), host]
    said = {"PATHS": str(listed), "ONCE": "yes" if once else "", "MARK": mark}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=said, stdout=pipe, stderr=pipe, text=True) as asking:
        if once and asking.stderr is not None and asking.stderr.readline() == "all\n":
            asking.send_signal(SIGINT)  # wrk waits for its time to be over, whatever was answered
        told, _ = asking.communicate()
    half, most, errors, _ = map(int, told.rsplit("@", 1)[1].split())
    if errors:
        sys.exit(f"{errors} of {len(paths)} addresses of {host} were refused")
    return [half, most]


@contextmanager
def both(package: Package, folder: Path, program: Path) -> Iterator[tuple[str, str]]:
    """Serve the same incidents in both ways."""
    made = datasette.generated(package, LOADED, folder / "loaded")
    file = datasette.database(made, folder / "loaded" / "house.db")
    with (
        served(INCIDENTS_DATA=str(made.directory)) as house,
        datasette.served(program, file) as rival,
    ):
        yield house, rival


def loading(package: Package, folder: Path, program: Path) -> None:
    """Print what answers take under load."""
    print(f"{CONNECTIONS} connections, {LOADED:,} incidents generated:")
    with both(package, folder, program) as (house, rival):
        chosen = selections(package)
        for each in chosen[:20]:
            agreed(house, rival, each)
        paths = [f"/api/v1/incidents.json?{urlencode(each)}" for each in chosen]
        theirs = [
            f"/{datasette.TABLE}.json?"
            + urlencode([*datasette.query(each), ("_shape", "objects"), ("_size", 100)])
            for each in chosen
        ]
        here = pressed(house, paths, folder, once=True)
        there = pressed(rival, theirs, folder, once=True)
        what = f"the rows of {SELECTIONS:,} selections as JSON"
        for part, a, b in zip(("median", "95 in 100"), here, there, strict=True):
            told(f"{what}, {part}", a / 1000, b / 1000)
        with urlopen(f"{house}{paths[0]}") as answer:  # noqa: S310  # our own server
            mark = answer.headers["ETag"]
        again = pressed(house, paths[:1], folder, once=False)
        same = pressed(house, paths[:1], folder, once=False, mark=mark)
        file = pressed(house, [still(house)], folder, once=False)
        told("the same address again, against a static file", again[0] / 1000, file[0] / 1000)
        told("the same address with its mark (304), against it", same[0] / 1000, file[0] / 1000)


def agreed(house: str, rival: str, chosen: list[tuple[str, str]]) -> None:
    """Make sure that both find as many."""
    asked = urlencode([*datasette.query(chosen), ("_size", 0)])
    with urlopen(f"{house}/api/v1/incidents.json?{urlencode(chosen)}&fields=n") as answer:  # noqa: S310  # as above
        here = json.load(answer)["n"]
    with urlopen(f"{rival}.json?{asked}") as answer:  # noqa: S310  # as above
        there = json.load(answer)["filtered_table_rows_count"]
    if here != there:
        sys.exit(f"{chosen}: {here} here, {there} there")


def still(house: str) -> str:
    """Find a file of ours that never changes: the style of light pages."""
    with urlopen(f"{house}/light/") as answer:  # noqa: S310  # as above
        page = answer.read().decode()
    return urlsplit(page.split('rel="stylesheet" href="')[1].split('"')[0]).path


def main() -> None:
    """Print the ratios."""
    wanted = argparse.ArgumentParser(prog="python -m benchmarks.rivals", description=__doc__)
    wanted.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    sizes = wanted.parse_args().sizes
    package = load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        program = datasette.installed(folder / "datasette")
        loading(package, folder, program)
        filtering(package, sizes, folder, program)


if __name__ == "__main__":
    main()
