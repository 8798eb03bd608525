"""The frame around every page: at every width, by keyboard, in three languages."""

import re

import pytest
from playwright.sync_api import expect

from incidents.codebook import LANGUAGES
from loaders.language import NAMES
from tests.browser.walking import PAGES, choose, count_line, query, visit
from tests.bundled import COUNTED

WIDTHS = (320, 390, 768, 1024, 1440)
FIRST_SCREEN = 640
"""Pixels that the smallest phones in use show."""
SCROLLBAR, ROW = 17, 12
"""Pixels: what a browser takes for it, and how far apart the middles of one row may stand."""
MENU = {"en": "Pages", "ru": "Страницы", "ky": "Барактар"}
TABLET = 641
"""From this width on the pages are named; below they are a menu."""


def filters_button(page):
    return page.get_by_test_id("stExpandSidebarButton")


@pytest.fixture
def narrow(browser):
    opened = browser.new_page(viewport={"width": 390, "height": 844})
    yield opened
    opened.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_name_pages_languages_and_number_stand_in_the_first_screen(narrow, dashboard, width):
    narrow.set_viewport_size({"width": width, "height": FIRST_SCREEN})
    visit(narrow, f"{dashboard}/map?data=media&group=women")
    top = narrow.locator(".st-key-top")
    menu, first = narrow.locator("#menu"), top.get_by_role("link", name="Overview", exact=True)
    shown = [
        top.get_by_text("Incidents in Kyrgyzstan"),
        menu if width < TABLET else first,
        *(top.get_by_role("link", name=name) for name in NAMES.values()),
        count_line(narrow),
        narrow.get_by_role("heading", level=1),
    ]
    for each in shown:
        box = each.bounding_box()
        assert box["y"] + box["height"] <= FIRST_SCREEN, each
        assert box["x"] >= 0, each
        assert box["x"] + box["width"] <= width, each


def test_the_page_one_is_on_is_marked_for_eyes_and_ears(page, dashboard):
    visit(page, f"{dashboard}/map")
    pages = page.get_by_role("navigation", name="Pages")
    assert pages.get_by_role("link").count() == len(PAGES)
    here = pages.locator("[aria-current=page]")
    expect(here).to_have_text("Map")
    pages.get_by_role("link", name="Records").click()
    page.wait_for_url("**/records")
    expect(here).to_have_text("Records")


def test_who_follows_the_bar_by_keyboard_goes_on_from_there_and_back(page, dashboard):
    visit(page, f"{dashboard}/map?data=media")
    here = page.locator(".st-key-pages [aria-current=page]")
    page.get_by_role("navigation", name="Pages").get_by_role("link", name="Trends").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/trends?data=media")
    expect(here).to_have_text("Trends")
    expect(here).to_be_focused()
    page.go_back()
    page.wait_for_url("**/map?data=media")
    expect(here).to_have_text("Map")


def test_a_page_opens_beside_where_one_asks_for_that(page, dashboard):
    visit(page, f"{dashboard}/map?data=media")
    pages = page.get_by_role("navigation", name="Pages")
    with page.context.expect_page() as opened:
        pages.get_by_role("link", name="Trends").click(modifiers=["Control"])
    assert opened.value.url == f"{dashboard}/trends?data=media"
    assert page.url == f"{dashboard}/map?data=media"
    opened.value.close()


def test_a_record_stays_where_one_changes_the_language(page, dashboard):
    visit(page, f"{dashboard}/records?id=M-0105&lang=en")
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert query(page) == [("id", "M-0105"), ("lang", "ru")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bar_is_one_row_on_a_wide_screen_in_every_language(page, dashboard, lang):
    page.set_viewport_size({"width": 1440 - SCROLLBAR, "height": 900})
    visit(page, f"{dashboard}/map?lang={lang}")
    parts = page.locator(".st-key-top :is(a, b), #leave").all()
    middles = [box["y"] + box["height"] / 2 for part in parts if (box := part.bounding_box())]
    assert len(middles) == 1 + len(PAGES) + len(NAMES) + 1
    assert max(middles) - min(middles) < ROW


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [320, 390])
def test_on_a_phone_the_pages_are_a_menu(narrow, dashboard, width, lang):
    narrow.set_viewport_size({"width": width, "height": FIRST_SCREEN})
    visit(narrow, f"{dashboard}/map?data=media&lang={lang}")
    menu, pages = narrow.locator("#menu"), narrow.locator(".st-key-pages")
    expect(menu).to_have_accessible_name(MENU[lang])
    expect(pages).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(pages.locator("[aria-current=page]")).to_be_focused()
    for link in pages.get_by_role("link").all():
        expect(link).to_be_in_viewport(ratio=1)
    narrow.keyboard.press("Escape")
    expect(pages).to_be_hidden()
    expect(menu).to_be_focused()
    narrow.keyboard.press("Enter")
    pages.get_by_role("link").nth(list(PAGES).index("Records")).click()
    narrow.wait_for_url("**/records?*")
    expect(pages).to_be_hidden()
    assert query(narrow) == [("data", "media"), ("lang", lang)]


def test_a_drawer_says_how_many_records_are_left_and_closes_by_its_button(narrow, dashboard):
    visit(narrow, f"{dashboard}/?data=media")
    n = re.search(r"\d+", count_line(narrow).inner_text())[0]
    expect(filters_button(narrow)).to_have_accessible_name(f"Filters · {n}")
    filters_button(narrow).click()
    show = narrow.get_by_role("button", name=f"Show {n} records")
    expect(show).to_be_in_viewport()
    show.click()
    expect(show).not_to_be_in_viewport()
    expect(count_line(narrow)).to_be_in_viewport()


def test_a_wide_screen_needs_no_button_to_close_the_filters(page, dashboard):
    visit(page, f"{dashboard}/map")
    expect(page.locator(".st-key-close-filters")).to_be_hidden()
    expect(filters_button(page)).to_have_count(0)


@pytest.mark.parametrize("path", ["/claims", "/methodology", "/codes"])
def test_a_page_that_no_filter_touches_offers_none(page, dashboard, path):
    visit(page, dashboard + path)
    expect(page.get_by_test_id("stMultiSelect")).to_have_count(0)
    expect(page.locator("[class*=st-key-filter-]")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/map", "/trends", "/records"])
def test_a_page_has_one_search_field(page, dashboard, path):
    visit(page, dashboard + path)
    expect(page.locator("[class*=st-key-filter-q-]")).to_have_count(1)


def test_a_choice_stays_while_the_numbers_inside_the_options_change(page, package, dashboard):
    visit(page, f"{dashboard}/trends")
    choose(page, "Group", "Women", "group")
    tags = page.locator(".st-key-filter-group-en [data-testid=stMultiSelectTagsContainer]")
    before = tags.inner_text()
    assert re.fullmatch(r"Women · \d+", before.strip())
    choose(page, "Dataset", "Media", "data")
    expect(tags).to_contain_text("Women · ")
    expect(tags).not_to_have_text(before)
    assert query(page) == [("data", "media"), ("group", "women")]
    page.locator(".st-key-filter-group-en input").focus()
    page.keyboard.press("Backspace")
    page.wait_for_url(f"{dashboard}/trends?data=media")
    expect(tags).not_to_contain_text("Women")


def test_a_filter_that_is_folded_away_is_open_where_it_is_set(page, dashboard):
    visit(page, f"{dashboard}/trends?region=KG-GB")
    tags = page.locator(".st-key-filter-region-en [data-testid=stMultiSelectTagsContainer]")
    expect(tags).to_contain_text("Bishkek")
    choose(page, "Group", "Women", "group")
    assert query(page) == [("group", "women"), ("region", "KG-GB")]


def test_what_finds_nothing_stands_last_among_the_options(page, dashboard):
    visit(page, f"{dashboard}/trends?data=media")
    page.locator(".st-key-filter-group-en input").focus()
    page.keyboard.press("ArrowDown")
    options = page.get_by_role("option")
    options.first.wait_for()
    numbers = [int(o.rsplit(" ", 1)[1]) for o in options.all_inner_texts()]
    assert sorted(numbers, key=lambda n: n == 0) == numbers


def test_after_a_chip_is_gone_one_is_at_the_next_one_and_then_at_the_number(page, dashboard):
    visit(page, f"{dashboard}/map?region=KG-GB")
    chip = page.locator(".st-key-chips").get_by_role("button", name="Region: Bishkek")
    chip.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{dashboard}/map")
    expect(count_line(page)).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="recorded incidents")).to_have_count(1)


def test_chips_name_their_filter(page, dashboard):
    visit(page, f"{dashboard}/map?region=KG-GB&place=1528675&data=media")
    chips = page.locator(".st-key-chips").get_by_role("button").all_inner_texts()
    assert [chip.removesuffix(" ✕") for chip in chips[:-1]] == [
        "Dataset: Media",
        "Region: Bishkek",
        "Place: Bishkek",
    ]


@pytest.mark.parametrize(("code", "language"), NAMES.items())
def test_the_page_says_its_language_and_names_streamlits_own_controls_in_it(
    narrow, dashboard, code, language
):
    narrow.set_viewport_size({"width": 1440, "height": 900})  # as long as it is there, it remembers
    visit(narrow, f"{dashboard}/map?lang=en")
    narrow.get_by_role("link", name=language).click() if code != "en" else None
    expect(narrow.locator("html")).to_have_attribute("lang", code)
    narrow.get_by_test_id("stSidebarHeader").hover()
    close = narrow.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    named = {"en": "Close the filters", "ru": "Закрыть фильтры", "ky": "Чыпкаларды жабуу"}
    expect(close).to_have_accessible_name(named[code])
    close.click()
    said = {"en": "Filters", "ru": "Фильтры", "ky": "Чыпкалар"}
    expect(filters_button(narrow)).to_have_accessible_name(f"{said[code]} · {COUNTED}")


def test_the_tab_is_named_for_page_and_product_alone(page, dashboard):
    visit(page, f"{dashboard}/map?data=media&group=women")
    expect(page).to_have_title("Map — Incidents in Kyrgyzstan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Media · Women")
