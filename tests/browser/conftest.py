from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.serving import CHROMIUM, FLAGS, served

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def dashboard() -> Iterator[str]:
    """The address of a dashboard that has been visited before."""
    with served() as address:
        yield address


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """A tab that the tests of a file share; every visit is a session of its own all the same."""
    opened = browser.new_page(
        viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    yield opened
    opened.close()


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """The tab, which must see no dialog and no error and ask nobody but its own server."""
    page.goto("about:blank")
    seen, hosts = [], set()
    watchers = {
        "dialog": lambda dialog: (seen.append(dialog.message), dialog.dismiss()),
        "pageerror": lambda error: seen.append(str(error)),
        "request": lambda request: hosts.add(urlsplit(request.url).netloc),
    }
    for event, watcher in watchers.items():
        page.on(event, watcher)
    yield page
    for event, watcher in watchers.items():
        page.remove_listener(event, watcher)
    assert seen == []
    assert hosts <= {"", urlsplit(page.url).netloc}
