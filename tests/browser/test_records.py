"""The list of records on any screen, and where one stands when a record or a page is opened."""

import re
from itertools import pairwise

import pytest
from playwright.sync_api import expect

from tests.browser.walking import settle, visit

ROWS = ".st-key-rows-listed a"
TOP = "() => document.querySelector('[data-testid=stMain]').scrollTop < 2"


@pytest.fixture(scope="module")
def phone(browser):
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


def scrolled(page):
    return page.get_by_test_id("stMain").evaluate("e => e.scrollTop")


def opened_from_below(page, at=15):
    """Open a record in the lower half of the list; say where one was."""
    page.locator(ROWS).nth(at).scroll_into_view_if_needed()
    before = scrolled(page)
    assert before > 300
    page.locator(ROWS).nth(at).click()
    page.wait_for_url("**id=*")
    expect(page.locator(".st-key-record h1")).to_be_visible()
    settle(page)
    return before


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_twenty_rows_take_at_most_4000_px_on_a_phone(phone, dashboard, language):
    visit(phone, f"{dashboard}/records?lang={language}")
    expect(phone.locator(ROWS)).to_have_count(20)
    assert phone.locator(".st-key-rows-listed").bounding_box()["height"] <= 4000


@pytest.mark.parametrize("width", [390, 820, 1024, 1280])
def test_nothing_in_a_row_is_cut_and_no_row_lies_over_another(page, dashboard, width):
    page.set_viewport_size({"width": width, "height": 900})
    visit(page, f"{dashboard}/records?data=rights&lang=ky")
    cut = page.locator(f"{ROWS} span").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth).length"
    )
    assert cut == 0
    edges = page.locator(ROWS).evaluate_all(
        "all => all.map(e => e.getBoundingClientRect()).map(b => [b.top, b.bottom])"
    )
    assert all(bottom <= top for (_, bottom), (top, _) in pairwise(edges))
    page.set_viewport_size({"width": 1440, "height": 900})


def test_the_whole_row_answers(phone, dashboard):
    visit(phone, f"{dashboard}/records")
    box = phone.locator(ROWS).first.bounding_box()
    assert box["width"] > 340
    phone.mouse.click(box["x"] + box["width"] - 3, box["y"] + box["height"] - 3)
    phone.wait_for_url("**id=*")


@pytest.mark.parametrize("back", ["browser", "link"])
def test_a_record_opens_at_its_top_and_the_way_back_leads_to_where_one_was(phone, dashboard, back):
    visit(phone, f"{dashboard}/records?data=media")
    before = opened_from_below(phone)
    phone.wait_for_function(TOP)
    if back == "browser":
        phone.go_back()
    else:
        phone.locator(".st-key-back a").click()
    phone.wait_for_url(re.compile(r"/records\?data=media$"))
    phone.wait_for_function(
        "top => Math.abs(document.querySelector('[data-testid=stMain]').scrollTop - top) < 5",
        arg=before,
    )
    settle(phone)
    assert abs(scrolled(phone) - before) < 5


def test_a_record_opened_on_the_overview_opens_at_its_top(phone, dashboard):
    visit(phone, f"{dashboard}/")
    phone.locator(".st-key-rows-newest a").last.click()
    phone.wait_for_url("**id=*")
    expect(phone.locator(".st-key-record h1")).to_be_visible()
    settle(phone)
    phone.wait_for_function(TOP)


def test_next_goes_to_the_top_and_so_does_previous(phone, dashboard):
    visit(phone, f"{dashboard}/records")
    for name, number in (("Next →", 2), ("← Previous", 1)):
        phone.get_by_role("button", name=name).click()
        expect(phone.locator(".st-key-records")).to_contain_text(f"Page {number} of")
        settle(phone)
        phone.wait_for_function(TOP)
