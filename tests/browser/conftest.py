from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.serving import served


@pytest.fixture(scope="session")
def dashboard() -> Iterator[str]:
    """The address of a dashboard that has been visited before."""
    with served() as address:
        yield address


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
