"""Readers of several processes: each stays with one, and none is lost when they are updated."""

import threading
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.walking import settle, visit
from tests.deploy import reading
from tests.deploy.reading import FILTERS, held_by, lead
from tests.deploy.serving import behind_nginx
from tests.web.conftest import ask

APP = "[data-testid=stApp]"
ASKED = ("/light/records?region=KG-GB", "/api/v1/counts.json?by=year", "/map", "/healthz")
"""What others ask while processes come and go."""


@pytest.fixture
def newcomer(browser):
    """Give a reader who has never been here, in a window of their own, and watch for errors."""
    opened, wrong = [], []

    def come():
        context = browser.new_context(
            viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        opened.append(context)
        return page

    yield come
    for context in opened:
        context.close()
    assert wrong == []


def each_process_works(site, newcomer):
    for port in site.running:
        page, refused = newcomer(), []
        page.on("response", lambda a, told=refused: a.status >= 400 and told.append(a.url))
        lead(page.context, site, port)
        reading.works(page, site)
        assert held_by(page.context) == port
        # Streamlit asks below the page first, and learns there that the base is shorter
        assert [url for url in refused if url.count("/_stcore/") == 0] == []


def test_filters_map_downloads_and_uploads_work_with_each_of_two_processes(site, newcomer):
    each_process_works(site, newcomer)


@pytest.mark.long
def test_filters_map_downloads_and_uploads_work_with_each_of_four_processes(tmp_path, newcomer):
    with behind_nginx(tmp_path, processes=4) as site:
        each_process_works(site, newcomer)


def test_a_cookie_names_a_process_and_nothing_else_and_only_where_there_is_a_session(
    site, newcomer
):
    for path in ("/light/", "/api/v1/counts.json?by=year", "/map", "/feed.atom"):
        assert "incidents_process" not in str(ask(f"{site.address}{path}").headers)
    page = newcomer()
    visit(page, f"{site.address}/map?{FILTERS}")
    assert held_by(page.context) in site.running
    (cookie,) = [each for each in page.context.cookies() if each["name"] == reading.COOKIE]
    assert cookie["expires"] == -1  # it ends with the browser's session
    assert cookie["httpOnly"]


def test_a_cookie_that_names_no_process_of_ours_leads_nowhere_else(site, newcomer):
    page = newcomer()
    lead(page.context, site, 1)
    visit(page, f"{site.address}/map?{FILTERS}")
    assert held_by(page.context) in site.running


@contextmanager
def others_asking(site):
    """Ask for other things all the while, and give the statuses."""
    over, statuses = threading.Event(), []

    def go():
        while not over.wait(1):  # fewer than one reader may ask
            statuses.extend(ask(f"{site.address}{path}").status for path in ASKED)

    asking = threading.Thread(target=go)
    asking.start()
    yield statuses
    over.set()
    asking.join()


def arrives(site, page, port, path):
    """Let a reader come to a page of one process; a mark is gone once the page is loaded anew."""
    lead(page.context, site, port)
    visit(page, f"{site.address}{path}")
    assert held_by(page.context) == port
    page.evaluate("window.sameLoad = true")


def is_as_before(site, page, path):
    """See the same page with the same filters, connected, never loaded anew, and no error on it."""
    expect(page.locator(APP)).to_have_attribute(
        "data-test-connection-state", "CONNECTED", timeout=30_000
    )
    settle(page)
    assert page.url == f"{site.address}{path}"
    assert page.evaluate("window.sameLoad")
    for wrong in ("stException", "stDialog", "stConnectionStatus"):
        expect(page.get_by_test_id(wrong)).to_have_count(0)
    expect(page.locator("#connection")).to_have_count(0)
    if FILTERS in path:
        expect(page.locator(".st-key-chips")).to_contain_text("Bishkek")


@pytest.mark.long
def test_no_reader_is_dropped_while_one_process_after_the_other_is_updated(tmp_path, newcomer):
    paths = [f"/map?{FILTERS}", f"/records?{FILTERS}", "/cited"]
    with behind_nginx(tmp_path, processes=2) as site:
        ports = list(site.running)
        readers = [(newcomer(), path, port) for path in paths for port in ports]
        for page, path, port in readers:
            arrives(site, page, port, path)
        with others_asking(site) as statuses:
            for port in ports:
                site.stop(port)
                for page, path, _ in readers:
                    is_as_before(site, page, path)
                    assert held_by(page.context) != port
                site.start(port)
        assert set(statuses) == {200}
        for page, path, _ in readers:
            is_as_before(site, page, path)
            assert held_by(page.context) == ports[0]  # the second was the last to go
            if "map" in path:
                reading.draws_the_map(page)
                reading.takes_away_a_filter(page, f"{site.address}/map?data=media")
                reading.draws_the_map(page)
            elif "records" in path:
                reading.takes_a_file(page)
            else:
                reading.hands_over_a_file(page)
        assert "Bishkek" not in site.written()
        assert "KG-GB" not in site.written()
