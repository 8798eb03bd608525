"""The one stylesheet: it is short, and what it leans on is there."""

import re

from tests.browser.serving import HOME
from tests.browser.walking import visit

MOST = 80
STYLE = re.sub(r"/\*.*?\*/", "", (HOME / "static" / "style.css").read_text("utf-8"), flags=re.S)
SELECTORS = [
    selector.strip()
    for head in re.findall(r"([^{}]+)\{", STYLE)
    if not head.strip().startswith("@")
    for selector in re.split(r",(?![^(]*\))", head)
]
NARROW = 390
LOST = "#connection"
"""There only where the connection is lost: see test_connection.py."""
OURS = "st-key-|table|map-|leaflet-|city|annotation"
"""Classes of ours, of Leaflet's in our frame, and of texts beside a chart; none is generated."""
PSEUDO = re.compile(r"::?(after|before|hover|focus-visible|focus)\b")


def test_the_stylesheet_is_short():
    assert 0 < len(SELECTORS) <= MOST


def test_it_leans_on_our_keys_on_roles_and_on_test_ids_alone():
    for selector in SELECTORS:
        assert not re.search(rf"\.(?!{OURS})[a-zA-Z]", selector), selector


def test_every_selector_finds_something_on_a_page(browser, dashboard):
    missing, page = set(SELECTORS) - {LOST}, browser.new_page()
    for path in (
        "/map?data=media&group=women",
        "/map?data=media",
        "/trends",
        "/trends?per=month",
        "/claims",
        "/records?id=M-0105",
        "/records",
        "/cited",
        "/reader-safety",
        "/",
    ):
        for width in (1440, NARROW):
            page.set_viewport_size({"width": width, "height": 844})
            visit(page, dashboard + path)
            if path.startswith("/map"):
                drawn = page.frame_locator(".st-key-map iframe")
                drawn.locator("path.leaflet-interactive").first.hover()
                drawn.locator(".leaflet-tooltip").wait_for()
            if path == "/map?data=media" and width == 1440:
                page.locator(".st-key-filter-group-en input").focus()
                page.keyboard.press("ArrowDown")
                page.locator("[role=option][data-empty]").first.wait_for()
            if path == "/trends":
                page.get_by_role("button", name="Cite", exact=True).first.click()
                page.locator("[class*=st-key-cite-]").first.wait_for()
            for frame in page.frames:
                missing -= {s for s in missing if frame.locator(PSEUDO.sub("", s)).count()}
            if not missing:
                break
    page.close()
    assert missing == set()
