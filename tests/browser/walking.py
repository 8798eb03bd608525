"""How the tests move through the dashboard: always waiting for the state, never for the clock."""

import re
from contextlib import suppress
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

PAGES = {
    "Overview": "/",
    "Map": "/map",
    "Trends": "/trends",
    "Claims": "/claims",
    "Records": "/records",
    "Impact": "/impact",
    "Methodology": "/methodology",
    "Codes": "/codes",
}
"""The pages that the bar names, each by its name."""
EVERY = {**PAGES, "Cited": "/cited", "Safety": "/reader-safety", "Check": "/check"}


def settle(page: Page) -> None:
    """Wait until the script is over and the page drawn.

    The script ends first: the code of a kind of element comes from the server when the first of
    its kind is drawn, and a skeleton stands in its place until then.
    """
    drawn = page.get_by_test_id("stSidebar").or_(page.locator(".st-key-count, .st-key-notice"))
    expect(drawn.first).to_be_attached(timeout=30_000)
    over = page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]')
    expect(over).to_be_attached(timeout=30_000)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=30_000)


def visit(page: Page, address: str) -> None:
    page.goto(address)
    settle(page)


FILLED = """
() => [...document.querySelectorAll("[data-testid=stExpander] details")].every(
  (box) => box.open && box.querySelector("[data-testid=stExpanderDetails]")?.innerText.trim())
"""


def unfold(page: Page) -> None:
    """Open everything that is folded away, and wait until it is filled.

    A click can get lost while the script runs; what is still closed is then clicked again.
    """
    closed = page.locator(
        "[data-testid=stExpander] details:not([open]) > summary, "
        "[class*=st-key-line-] button[aria-pressed=false]"
    )
    for _ in range(3 * closed.count() + 1):
        if closed.count():
            closed.first.click()
            settle(page)
        else:
            break
    page.wait_for_function(FILLED)
    settle(page)


def go_to(page: Page, name: str) -> None:
    """Follow the menu to a page."""
    page.locator(".st-key-pages").get_by_role("link", name=name, exact=True).click()
    path = PAGES[name]
    page.wait_for_url(lambda url: urlsplit(url).path == path)
    # the address comes before the page: its title says that the script has begun
    expect(page).to_have_title(re.compile(rf"\b{name}\b"))
    settle(page)


def query(page: Page) -> list[tuple[str, str]]:
    """Read the parameters of the address, sorted."""
    return sorted(parse_qsl(urlsplit(page.url).query))


def filter_field(page: Page, label: str) -> Locator:
    return page.get_by_test_id("stSidebar").get_by_role("combobox", name=re.compile(f"^{label}"))


def choose(page: Page, label: str, option: str, parameter: str) -> None:
    """Choose an option of a filter, folded away or not; wait until address and chips say so."""
    field = page.locator(f".st-key-filter-{parameter}-en input")
    if not field.count():
        page.locator(".st-key-more-filters summary").click()
    field.focus()
    for _ in range(3):
        field.fill(option)
        # the sidebar may still scroll to the field, which closes the list and forgets the word
        with suppress(PlaywrightTimeout):
            page.get_by_role("option", name=option).first.wait_for(timeout=5_000)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: f"{parameter}=" in url, timeout=10_000)
            break
    field.blur()  # closes the list; Escape, pressed for three filters at once, would lead away
    expect(page.locator(".st-key-chips")).to_contain_text(option)
    settle(page)


def count_line(page: Page) -> Locator:
    return page.locator(".st-key-count")
