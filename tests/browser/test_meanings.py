"""What a code means is told where its label stands: by pointer, by keyboard and by touch."""

import re

import pytest
from playwright.sync_api import expect

from tests.asking import question
from tests.browser.walking import query, settle, visit

OUTLETS = question("/").package.codebook.definition("groups", "media_outlets", "en")
WOMEN = question("/").package.codebook.definition("groups", "women", "en")


def box(page):
    return page.locator("#meaning")


def chip(page):
    return page.locator(".st-key-chips button").first


@pytest.fixture
def map_of_women(page, dashboard):
    visit(page, f"{dashboard}/map?group=women&lang=en")
    page.locator("[data-meaning]").first.wait_for()
    return page


@pytest.fixture
def phone(browser, dashboard):
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    opened = context.new_page()
    visit(opened, f"{dashboard}/map?group=women&lang=en")
    opened.locator("[data-meaning]").first.wait_for()
    yield opened
    context.close()


def test_an_option_of_a_menu_says_what_it_means_to_those_who_walk_by_keyboard(map_of_women):
    page = map_of_women
    page.locator(".st-key-filter-group-en input").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(box(page)).to_have_text(OUTLETS)
    on = page.locator("[role=option][aria-describedby=meaning]")
    expect(on).to_contain_text("Media outlets")
    page.keyboard.press("Escape")
    expect(box(page)).to_be_hidden()
    expect(page.get_by_role("listbox")).to_have_count(0)


def test_a_chip_does_so_under_the_pointer_which_may_go_to_the_words(map_of_women):
    page = map_of_women
    chip(page).hover()
    expect(box(page)).to_have_text(WOMEN)
    box(page).hover()
    page.wait_for_timeout(600)  # it would have left by now
    chip_box, words = chip(page).bounding_box(), box(page).bounding_box()
    assert words["y"] >= chip_box["y"] + chip_box["height"] - 1
    expect(box(page)).to_be_visible()
    page.locator("h1").hover()
    expect(box(page)).to_be_hidden()


def test_it_leaves_with_escape_while_the_pointer_stays(map_of_women):
    page = map_of_women
    chip(page).hover()
    expect(box(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(box(page)).to_be_hidden()


def test_cells_that_hold_labels_take_focus_and_say_what_they_mean(page, dashboard):
    visit(page, f"{dashboard}/records?id=M-0105&lang=en")
    cell = page.locator("[data-meaning]", has_text=re.compile("^Journalists$"))
    cell.wait_for()
    page.locator(".table td").first.focus()
    for _ in range(8):
        if cell.evaluate("cell => cell === document.activeElement"):
            break
        page.keyboard.press("Tab")
    meant = question("/").package.codebook.definition("groups", "journalists", "en")
    expect(box(page)).to_have_text(meant)
    expect(cell).to_have_attribute("aria-describedby", "meaning")
    unnamed = page.locator(".table td", has_text="M-0105")
    assert unnamed.get_attribute("tabindex") is None


def test_the_head_that_names_the_rows_is_no_code(map_of_women):
    head = map_of_women.locator(".table thead th").first
    expect(head).to_have_text("Region")
    assert head.get_attribute("data-meaning") is None


def test_a_tap_on_a_cell_says_so_until_one_taps_elsewhere(phone):
    cell = phone.locator("[data-meaning]").first
    cell.tap()
    expect(box(phone)).to_be_visible()
    phone.locator("h1").tap()
    expect(box(phone)).to_be_hidden()


def test_a_tapped_option_is_chosen_and_says_what_it_means(phone):
    phone.get_by_test_id("stExpandSidebarButton").tap()
    phone.locator(".st-key-filter-group-en input").tap()
    phone.get_by_role("option", name=re.compile("^Media outlets")).tap()
    expect(box(phone)).to_have_text(OUTLETS)
    phone.wait_for_url(lambda url: "group=media_outlets" in url)


def test_a_finger_that_rests_on_a_chip_asks_and_does_not_take_it_away(phone):
    found = chip(phone)
    place = found.bounding_box()
    at = {"x": place["x"] + 20, "y": place["y"] + 10}
    session = phone.context.new_cdp_session(phone)
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(box(phone)).to_have_text(WOMEN)
    phone.wait_for_timeout(600)  # the rest itself is what is tested
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    settle(phone)
    expect(found).to_be_visible()
    assert ("group", "women") in query(phone)
