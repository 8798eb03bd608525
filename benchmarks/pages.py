"""A filter change, from the key press to the settled page, in headless Chromium.

Settled is the last change to the document, the map's frame included, or the end of the last long
task, whichever is later, after which nothing moves for 300 ms and the script is over. Each figure
is a median of 30, and stands beside the same change on an empty Streamlit page in the same run.
"""

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.generate import directory
from loaders import Package
from tests.browser.serving import CHROMIUM, FLAGS, served

TIMES = 30
GENERATED = 100_000

WATCH = """
() => {
  window.__last = performance.now();
  const moved = () => { window.__last = performance.now(); };
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


def milliseconds(page: Page, address: str, nth: int, option: str) -> float:
    """Set and take away one option of a filter, over and over; give the median time to settle."""
    page.goto(address)
    field = page.get_by_test_id("stMultiSelect").nth(nth).locator("input")
    field.wait_for()
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')
    page.wait_for_load_state("networkidle")
    page.evaluate(WATCH)
    taken = []
    for turn in range(TIMES + 2):
        field.focus()
        if turn % 2 == 0:
            field.fill(option)
            page.get_by_role("option").first.wait_for()
        page.keyboard.press("Enter" if turn % 2 == 0 else "Backspace")
        page.wait_for_function(STILL, polling=50)
        taken.append(page.evaluate("window.__last - window.__begun"))
        page.keyboard.press("Escape")
        page.wait_for_function("performance.now() - window.__last > 300", polling=50)
    return statistics.median(taken[2:])


def main(package: Package) -> None:
    """Print the times and their ratio to an empty page's."""
    print(f"A filter change to a settled page, median of {TIMES}:")
    with (
        sync_playwright() as playwright,
        tempfile.TemporaryDirectory() as folder,
        served("benchmarks/empty.py") as empty,
        served(INCIDENTS_DATA=str(package.directory)) as bundled,
    ):
        large = directory(package, GENERATED, Path(folder) / "generated")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        floor = milliseconds(page, empty, 0, "Bloggers")
        print(f"  {floor:6.0f} ms        an empty page with the same filter")
        with served(INCIDENTS_DATA=str(large)) as generated:
            for size, address in ((package.incidents.total, bundled), (GENERATED, generated)):
                for path in ("map", "trends"):
                    taken = milliseconds(page, f"{address}/{path}", 1, "Bloggers")
                    print(f"  {taken:6.0f} ms ×{taken / floor:4.1f}  {path}, {size:,} incidents")
        browser.close()
