"""Texts that mean harm: they are read, and do nothing."""

import re
from http.client import HTTPConnection
from urllib.parse import quote, unquote, urlsplit

import pytest
from playwright.sync_api import expect

from loaders import load
from tests.browser.serving import served
from tests.browser.walking import count_line, settle, unfold, visit
from tests.conftest import copied
from tests.hostile import TEXTS, write_hostile

INJECTED = ", ".join(
    [
        "img:not([src^='/']):not([src^='data:'])",
        "img[alt='x']",
        "a[href^='javascript' i]",
        "a[href^='http://evil']",
        "[onerror], [onload]",
        "[role=img][aria-label$=' icon']",
        "[style*='user-select: none'][style*='0.75em']",
        ".katex, .stMarkdownColoredText",
        "[data-testid=stMarkdownContainer] input",
        ".js-plotly-plot a, .js-plotly-plot img",
    ]
)
"""What a hostile text would have to add to the page."""

SEEN_EVERYWHERE = TEXTS[:5]
"""The labels of the first codes stand beside the filters of every page."""

PATHS = ["/", "/map?fill=rate", "/trends?from=2017&to=2025", "/trends?split=group", "/records"]
PATHS += ["/records?id=M-0001", "/records?id=M-0002", "/records?data=media&q=img", "/methodology"]
PATHS += ["/claims", "/claims?lang=ky", "/codes"]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The address of a dashboard whose data are hostile, and the data."""
    directory = copied(tmp_path_factory.mktemp("hostile"))
    write_hostile(directory)
    with served(INCIDENTS_DATA=str(directory)) as address:
        yield address, load(directory)


def text_of(page):
    """Read the page as text, blanks made one, charts included."""
    return " ".join(page.locator("body").evaluate("body => body.textContent").split())


@pytest.mark.parametrize("path", PATHS)
def test_hostile_texts_are_read_on_every_page_and_do_nothing(watched, hostile, path):
    address, _ = hostile
    visit(watched, address + path)
    unfold(watched)
    expect(count_line(watched)).to_be_visible()
    expect(watched.get_by_test_id("stException")).to_have_count(0)
    expect(watched.locator(INJECTED)).to_have_count(0)
    assert [text for text in SEEN_EVERYWHERE if text not in text_of(watched)] == []


def test_a_record_shows_every_hostile_text_letter_by_letter(watched, hostile):
    address, package = hostile
    visit(watched, f"{address}/records?id=M-0001")
    shown = " ".join(watched.locator(".st-key-record").inner_text().split())
    assert [text for text in TEXTS if text not in shown] == []
    links = watched.locator(".st-key-record a[href^='http']:not([href*='localhost'])")
    found = {links.nth(i).get_attribute("href") for i in range(links.count())}
    record = package.incidents.frame.set_index("incident_id").loc["M-0001"]
    wanted = {record["source_url"], record["second_source_url"]} - {""}
    assert {unquote(address) for address in found} == wanted


def test_the_map_says_a_hostile_name_as_text(watched, hostile):
    address, package = hostile
    visit(watched, f"{address}/map")
    shapes = watched.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive")
    tip = watched.frame_locator(".st-key-map iframe").locator(".leaflet-tooltip")
    names = [
        *package.codebook.labels("regions", "en").values(),
        *package.incidents.places["name_en"],
    ]
    expect(shapes.first).to_be_visible()
    for shape in (shapes.first, shapes.last):
        shape.hover(position={"x": 4, "y": 4}, force=True)
        shape.dispatch_event("mouseover")
        expect(tip.first).to_be_visible()
        said = tip.first.inner_text()
        assert any(said.startswith(f"{name}: ") for name in names), said
        shape.dispatch_event("mouseout")
        expect(tip).to_have_count(0)
    expect(
        watched.frame_locator(".st-key-map iframe").locator("img, script[src*=evil]")
    ).to_have_count(0)


def test_the_options_of_a_filter_are_text(watched, hostile):
    address, package = hostile
    visit(watched, f"{address}/records")
    watched.locator(".st-key-filter-group-en input").focus()
    watched.keyboard.press("ArrowDown")
    first = next(iter(package.codebook.labels("groups", "en").values()))
    expect(watched.get_by_role("option").first).to_have_text(
        re.compile(rf"{re.escape(first)} · \d+")
    )
    watched.keyboard.press("Enter")
    watched.wait_for_url("**group=*")
    settle(watched)
    expect(watched.locator(".st-key-chips button").first).to_contain_text(first)
    expect(watched.locator(INJECTED)).to_have_count(0)


@pytest.mark.parametrize(
    "text", ["![x](http://evil.example/p.png)", "\n\n![x](http://evil.example/p.png)"]
)
@pytest.mark.parametrize(
    "name", ["group", "from", "q", "id", "release", "a\n\n![x](//evil.example)"]
)
def test_an_address_that_somebody_sends_cannot_call_another_host(watched, dashboard, name, text):
    visit(watched, f"{dashboard}/records?{quote(name)}={quote(text)}")
    expect(watched.get_by_test_id("stException")).to_have_count(0)
    expect(count_line(watched)).to_be_visible()
    expect(watched.locator("img[alt='x'], a[href^='http://evil'], a[href^='//']")).to_have_count(0)


@pytest.mark.parametrize("folder", ["pages.shared.assets.leaflet", "pages.shared.assets.outlines"])
def test_files_of_the_map_end_at_their_folder(page, dashboard, folder):
    visit(page, f"{dashboard}/map")
    asked = HTTPConnection(urlsplit(dashboard).netloc, timeout=20)
    up = "/".join([".."] * 12)
    for path in (
        f"{up}/etc/passwd",
        up.replace("..", "%2e%2e") + "/etc/passwd",
        up.replace("/", "%2f") + "%2fetc%2fpasswd",
        up.replace("/", "%5c") + "%5cetc%5cpasswd",
        "/etc/passwd",
        ".",
    ):
        asked.request("GET", f"/component/{folder}/{path}")
        answer = asked.getresponse()
        assert b"root:" not in answer.read()
        assert answer.status in (400, 404), path
    asked.close()
