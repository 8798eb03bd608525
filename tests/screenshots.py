"""Pictures of every page as readers see it: `make screenshots`.

`python -m tests.screenshots DIRECTORY` puts them elsewhere.
Every page at three widths in three languages; then, in Russian on a phone, what a reader meets on
the way (an opened line, a filter, nothing found, a record, the drawer, a value that does not exist)
and every page in the dark scheme. They are for looking at, and are not committed.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from incidents.codebook import LANGUAGES
from tests.browser.serving import CHROMIUM, FLAGS, served
from tests.browser.walking import EVERY, settle, visit

WIDTHS = (360, 768, 1440)
PHONE = 390
HIGHEST = 8000
STATES = {
    "filtered": "/trends?data=media&group=women",
    "nothing": "/records?q=qqqq",
    "one": "/records?group=foreigners&region=KG-N",
    "record": "/records?id=M-0105",
    "protected": "/records?id=R-1016",
    "gone": "/records?id=M-9999",
    "left-out": "/map?group=nobody",
    "people": "/map?unit=people&fill=rate",
    "change": "/map?fill=change",
    "months": "/trends?per=month&split=data",
    "groups": "/trends?split=group",
}


def picture(page: Page, path: Path) -> None:
    """Take a page from its top to its end."""
    width = page.viewport_size["width"]
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, HIGHEST)})
    settle(page)
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": 900})


def every_page(browser: Browser, address: str, folder: Path) -> None:
    """Take every page at every width in every language."""
    for width in WIDTHS:
        page = browser.new_page(viewport={"width": width, "height": 900})
        for name, path in EVERY.items():
            for lang in LANGUAGES:
                visit(page, f"{address}{path}?lang={lang}")
                picture(page, folder / f"{name.lower()}-{width}-{lang}.png")
        page.close()


def every_state(browser: Browser, address: str, folder: Path) -> None:
    """Take what a reader meets on the way, in Russian on a phone."""
    page = browser.new_page(viewport={"width": PHONE, "height": 900})
    for name, path in STATES.items():
        visit(page, f"{address}{path}&lang=ru")
        picture(page, folder / f"state-{name}.png")
    visit(page, f"{address}/trends?lang=ru")
    for button in page.locator(".st-key-line-trend button").all():
        button.click()
        settle(page)
    picture(page, folder / "state-line.png")
    page.get_by_test_id("stExpandSidebarButton").click()
    page.locator(".st-key-close-filters").scroll_into_view_if_needed()
    page.screenshot(path=folder / "state-drawer.png")
    page.close()


def dark(browser: Browser, address: str, folder: Path) -> None:
    """Take every page in the dark scheme, in Russian on a phone."""
    page = browser.new_page(viewport={"width": PHONE, "height": 900}, color_scheme="dark")
    for name, path in EVERY.items():
        visit(page, f"{address}{path}?lang=ru")
        picture(page, folder / f"dark-{name.lower()}.png")
    page.close()


def main(folder: Path) -> None:
    """Take them all."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, served() as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for take in (every_page, every_state, dark):
            take(browser, address, folder)
        browser.close()
    print(f"{len(list(folder.glob('*.png')))} pictures in {folder}")


if __name__ == "__main__":
    main(Path(*sys.argv[1:2]) if sys.argv[1:] else Path("screenshots"))
