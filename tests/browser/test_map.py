"""The map under wheel, keyboard and eyes, at every width, in three languages."""

import itertools
import math

import pytest
from playwright.sync_api import expect

from tests.browser.walking import query, settle, visit

TALL = {"width": 1440, "height": 600}
REGIONS = 9
SMALLEST, CLEAR = 10, 1
"""Pixels: the least size of type, and between a name and a circle."""
CIRCLES = 'path[d*="a"]'
INSIDE = """
() => [...document.querySelectorAll(".map-name")].map(name => name.getBoundingClientRect())
  .filter(box => box.width && box.height)
  .every(({left, top, right, bottom}) =>
    left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight)
"""
BOXES = """
found => found.map(each => each.getBoundingClientRect())
  .map(({left, top, right, bottom}) => [left, top, right, bottom])
"""
WORDS = "names => names.map(name => [...name.children].map(part => part.textContent))"
SIZES = "names => names.map(name => parseFloat(getComputedStyle(name).fontSize))"


@pytest.fixture
def shown(browser, dashboard):
    """The map in a window too low for the page."""
    opened = browser.new_page(viewport=TALL, reduced_motion="reduce")
    visit(opened, f"{dashboard}/map")
    frame(opened).locator("path.leaflet-interactive").first.wait_for()
    yield opened
    opened.close()


def frame(page):
    return page.frame_locator(".st-key-map iframe")


def region(page):
    """Find a region; the circle of what names no settlement there is drawn after it."""
    return frame(page).get_by_role("button", name="Naryn").first


def wide(page):
    """Give how many pixels wide a region is drawn: it says how far the map is zoomed in."""
    return round(region(page).evaluate("shape => shape.getBoundingClientRect().width"))


def over_the_map(page):
    page.locator(".st-key-map").scroll_into_view_if_needed()
    box = page.locator(".st-key-map iframe").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 3)


def scrolled(page):
    return page.get_by_test_id("stMain").evaluate("main => main.scrollTop")


def test_the_wheel_over_the_map_scrolls_the_page(shown):
    before = wide(shown)
    over_the_map(shown)
    shown.mouse.wheel(0, 200)
    shown.wait_for_function("document.querySelector('[data-testid=stMain]').scrollTop > 100")
    assert wide(shown) == before


def test_ctrl_and_the_wheel_zoom_the_map_as_far_as_the_country_and_there_is_a_way_home(shown):
    before = wide(shown)
    over_the_map(shown)
    top = scrolled(shown)
    shown.keyboard.down("Control")
    shown.mouse.wheel(0, -400)
    larger = f"shape => shape.getBoundingClientRect().width > {before} * 1.3"
    handle = region(shown).element_handle()
    shown.frames[1].wait_for_function(larger, arg=handle)
    shown.keyboard.up("Control")
    assert scrolled(shown) == top
    frame(shown).get_by_role("button", name="The whole country").click()
    same = f"shape => Math.round(shape.getBoundingClientRect().width) === {before}"
    shown.frames[1].wait_for_function(same, arg=handle)
    over_the_map(shown)
    shown.keyboard.down("Control")
    shown.mouse.wheel(0, 400)
    shown.keyboard.up("Control")
    shown.frames[1].wait_for_function(same, arg=handle)


def test_enter_on_a_region_filters_as_a_click_does_and_escape_takes_it_back(shown):
    region(shown).focus()
    shown.keyboard.press("Enter")
    shown.wait_for_url("**region=KG-N*")
    settle(shown)
    assert query(shown) == [("region", "KG-N")]
    region(shown).focus()
    shown.keyboard.press("Escape")
    shown.wait_for_url(lambda url: "region" not in url)


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_every_region_has_its_name_and_value_inside_the_frame_and_over_no_other_and_no_circle(
    browser, dashboard, lang, width
):
    page = browser.new_page(viewport={"width": width, "height": 900})
    for fill in ("count", "rate", "change"):
        visit(page, f"{dashboard}/map?lang={lang}&fill={fill}")
        names = frame(page).locator(".map-name:visible")
        expect(names).to_have_count(REGIONS)
        page.frames[1].wait_for_function(INSIDE)  # the frame takes its height after the first names
        assert all(name.strip() and value for name, value in names.evaluate_all(WORDS))
        boxes, circles = names.evaluate_all(BOXES), frame(page).locator(CIRCLES).evaluate_all(BOXES)
        assert len(circles) >= 2
        assert not [pair for pair in itertools.combinations(boxes, 2) if meet(*pair)]
        assert not [box for box in boxes for circle in circles if touch(box, circle)]
        assert min(names.evaluate_all(SIZES)) >= SMALLEST
    expect(frame(page).locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".st-key-map iframe")).not_to_have_attribute("title", "")
    page.close()


def test_a_name_outside_the_country_has_a_line_to_its_region(browser, dashboard):
    page = browser.new_page(viewport={"width": 360, "height": 900})
    visit(page, f"{dashboard}/map?lang=ru")
    expect(frame(page).locator("path.map-line")).not_to_have_count(0)
    page.close()


def meet(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def touch(box, circle):
    radius, x, y = (
        (circle[2] - circle[0]) / 2,
        (circle[0] + circle[2]) / 2,
        (circle[1] + circle[3]) / 2,
    )
    beside, above = max(box[0] - x, x - box[2], 0), max(box[1] - y, y - box[3], 0)
    return math.hypot(beside, above) < radius + CLEAR
