"""How a filter of a Streamlit page is changed by keyboard, and what is timed of it."""

from playwright.sync_api import Browser, Locator, Page

from benchmarks import timing
from benchmarks.timing import Seen

OURS = Seen(".st-key-count", ".st-key-close-filters")
"""Of any page of the dashboard: its count line; the last widget of its drawer."""


def opened(browser: Browser, address: str, nth: int) -> Page:
    """Open a page of the dashboard and wait until it is drawn with its `nth` filter."""
    page = timing.tab(browser)
    timing.visit(page, address, OURS)
    _field(page, nth).wait_for()
    return page


def change(page: Page, nth: int, option: str) -> float:
    """Set an option of a filter, or take it away again; give the milliseconds until settled."""
    taken = timing.change(page, OURS, lambda: press(page, nth, option))
    page.keyboard.press("Escape")
    page.wait_for_timeout(300)
    return taken * 1000


def press(page: Page, nth: int, option: str) -> None:
    """Set an option of the `nth` filter; without one, take the last away that is set."""
    field = _field(page, nth)
    page.bring_to_front()
    field.focus()
    if option:
        field.fill(option)
        page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter" if option else "Backspace")


def _field(page: Page, nth: int) -> Locator:
    return page.get_by_test_id("stMultiSelect").nth(nth).locator("input")
