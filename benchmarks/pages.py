"""How a filter of a Streamlit page is changed by keyboard."""

from playwright.sync_api import Locator, Page

from benchmarks.timing import Seen

OURS = Seen(".st-key-count", ".st-key-close-filters")
"""Of any page of the dashboard: its count line; the last widget of its drawer."""


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
