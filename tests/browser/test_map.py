"""The map under wheel, keyboard and eyes, at every width, in three languages."""

import pytest
from playwright.sync_api import expect

from tests.browser.walking import query, settle, visit

TALL = {"width": 1440, "height": 600}
REGIONS = 9
BOXES = """
names => names.map(name => name.getBoundingClientRect()).filter(box => box.width && box.height)
  .map(({left, top, right, bottom}) => [left, top, right, bottom])
"""


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
    return frame(page).get_by_role("button", name="Naryn")


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
@pytest.mark.parametrize("width", [390, 1440])
def test_names_and_values_stand_on_the_regions_and_never_over_each_other(
    browser, dashboard, lang, width
):
    page = browser.new_page(viewport={"width": width, "height": 900})
    visit(page, f"{dashboard}/map?lang={lang}")
    names = frame(page).locator(".map-name:visible")
    expect(names.first).to_be_visible()
    boxes = names.evaluate_all(BOXES)
    assert len(boxes) >= REGIONS - 2
    apart = [
        a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        for at, a in enumerate(boxes)
        for b in boxes[at + 1 :]
    ]
    assert all(apart)
    expect(frame(page).locator("html")).to_have_attribute("lang", lang)
    expect(page.locator(".st-key-map iframe")).not_to_have_attribute("title", "")
    page.close()
