"""A reader behind nginx: what works for one, and which process holds the session."""

import re

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.walking import settle, visit
from tests.deploy.serving import Site

FILTERS = "data=media&region=KG-GB"
COOKIE = "incidents_process"
NOTHING = "Unknown: nothing can be said of this citation"


def held_by(context: BrowserContext) -> int:
    """Give the port of the process that holds the reader's session."""
    (port,) = [int(each["value"]) for each in context.cookies() if each["name"] == COOKIE]
    return port


def lead(context: BrowserContext, site: Site, port: int) -> None:
    """Let a reader's next session begin with a process."""
    context.add_cookies([{"name": COOKIE, "value": str(port), "url": site.address}])


def works(page: Page, site: Site) -> None:
    """Filter, look at the map, take a file and hand one over."""
    visit(page, f"{site.address}/map?{FILTERS}")
    draws_the_map(page)
    takes_away_a_filter(page, f"{site.address}/map?data=media")
    draws_the_map(page)
    visit(page, f"{site.address}/records?{FILTERS}")
    takes_a_file(page)
    visit(page, f"{site.address}/cited")
    hands_over_a_file(page)


def draws_the_map(page: Page) -> None:
    shapes = page.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive")
    expect(shapes.first).to_be_visible()


def takes_away_a_filter(page: Page, then: str) -> None:
    page.locator(".st-key-chips").get_by_role("button", name="Region: Bishkek").click()
    page.wait_for_url(then)
    settle(page)


def takes_a_file(page: Page) -> None:
    """Take a file, which lies in the memory of the process."""
    offered = page.get_by_role("button", name=re.compile(r"Download \d+ records \(XLSX\)"))
    with page.expect_download() as found:
        offered.click()
    assert found.value.path().read_bytes().startswith(b"PK")


def hands_over_a_file(page: Page) -> None:
    """Hand over a file that is no citation of ours, and be told so."""
    file = {"name": "canary.txt", "mimeType": "text/plain", "buffer": b"Canary"}
    page.locator("input[type=file]").set_input_files(file)
    expect(page.get_by_role("heading", name=NOTHING)).to_be_visible()
