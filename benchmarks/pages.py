"""A filter change, from the key press to the settled page, in headless Chromium.

Settled is the last change to the document, the map's frame included, or the end of the last long
task, whichever is later, after which nothing moves for 300 ms and the script is over. What screen
readers were told is taken out of the document seven seconds later and is no part of it. Each figure
is a median of 30, and stands beside the same change on an empty Streamlit page in the same run.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

from benchmarks.generate import directory
from loaders import Package
from tests.browser.serving import CHROMIUM, FLAGS, served
from tests.browser.walking import visit

TIMES, WARM_UP = 30, 2
EMPTY = "an empty page with the same filter"
GENERATED = 100_000

WATCH = """
() => {
  window.__last = performance.now();
  const said = change => change.target.parentElement?.closest("[data-live-announcer]");
  const moved = changes => {
    if (!changes.every(said)) window.__last = performance.now();
  };
  const all = {subtree: true, childList: true, attributes: true, characterData: true};
  new MutationObserver(moved).observe(document, all);
  for (const frame of document.querySelectorAll("iframe"))
    new MutationObserver(moved).observe(frame.contentDocument, all);
  new PerformanceObserver(list => {
    for (const task of list.getEntries())
      window.__last = Math.max(window.__last, task.startTime + task.duration);
  }).observe({type: "longtask"});
  window.addEventListener("keydown", () => { window.__begun = performance.now(); }, true);
}
"""
STILL = """
() => performance.now() - window.__last > 300 && window.__last > window.__begun &&
  document.querySelector('[data-testid="stApp"]').dataset.testScriptState === "notRunning"
"""


def opened(browser: Browser, address: str, nth: int) -> Page:
    """Open a page and wait until it is drawn. Its `nth` filter is the one that will change."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    visit(page, address)
    _field(page, nth).wait_for()
    for frame in page.frames:
        frame.wait_for_load_state()
    page.evaluate(WATCH)
    return page


def change(page: Page, nth: int, option: str) -> float:
    """Set an option of a filter, or take it away again; give the milliseconds until settled."""
    field = _field(page, nth)
    page.bring_to_front()
    field.focus()
    if option:
        field.fill(option)
        page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter" if option else "Backspace")
    page.wait_for_function(STILL, polling=50)
    taken = page.evaluate("window.__last - window.__begun")
    page.keyboard.press("Escape")
    page.wait_for_function("performance.now() - window.__last > 300", polling=50)
    return taken


def _field(page: Page, nth: int) -> Locator:
    return page.get_by_test_id("stMultiSelect").nth(nth).locator("input")


def main(package: Package) -> None:
    """Print the times and their ratio to an empty page's.

    The pages take turns, so that whatever else the machine does falls on all of them alike.
    """
    print(f"A filter change to a settled page, median of {TIMES}:")
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        served("benchmarks/empty.py") as empty,
        served(INCIDENTS_DATA=str(package.directory)) as bundled,
        served(
            INCIDENTS_DATA=str(directory(package, GENERATED, Path(folder) / "generated"))
        ) as generated,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        pages = {EMPTY: (opened(browser, empty, 0), 0)}
        for size, address in ((package.incidents.total, bundled), (GENERATED, generated)):
            for path in ("map", "trends"):
                page = opened(browser, f"{address}/{path}", 1)
                pages[f"{path}, {size:,} incidents"] = (page, 1)
        taken: dict[str, list[float]] = {name: [] for name in pages}
        for turn in range(-WARM_UP, TIMES):
            for name, (page, nth) in pages.items():
                milliseconds = change(page, nth, "" if turn % 2 else "Bloggers")
                if turn >= 0:
                    taken[name].append(milliseconds)
        browser.close()
    medians = {name: statistics.median(times) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"  {median:6.0f} ms ×{median / medians[EMPTY]:4.1f}  {name}")
