"""A reader leaves quickly: by button or Escape, on a dead line, and tells nobody from where."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from incidents.codebook import LANGUAGES
from tests.browser.serving import served
from tests.browser.test_connection import Line
from tests.browser.walking import EVERY, choose, filter_field, go_to, settle, visit

WIDTHS = (320, 390, 768, 1024, 1440)
NAMES = {"en": "Leave quickly", "ru": "Быстро уйти", "ky": "Тез чыгуу"}
STAYS = "Escape three times does the same. Earlier steps and the browser’s history stay."


class Weather(ThreadingHTTPServer):
    """A page elsewhere, which notes what it is told of those who come."""

    def __init__(self):
        self.asked, self.slow = [], threading.Event()
        self.slow.set()
        super().__init__(("127.0.0.1", 0), _Page)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/weather"


class _Page(BaseHTTPRequestHandler):
    server: Weather

    def do_GET(self):
        self.server.slow.wait(30)
        if self.path == "/weather":
            self.server.asked.append(dict(self.headers))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!DOCTYPE html><title>Weather</title><p>Sunny")

    def log_message(self, *_said):
        pass


@pytest.fixture(scope="module")
def weather() -> Iterator[Weather]:
    with Weather() as server:
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def led_away(weather) -> Iterator[str]:
    """The address of a dashboard whose readers leave to another site."""
    with served(EXIT_URL=weather.address) as address:
        yield address


@pytest.fixture
def tab(browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="en-GB", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def button(page: Page):
    return page.locator("#leave")


def press(page: Page, times: int) -> None:
    expect(button(page)).to_be_visible()  # before it is there, nothing listens
    for _ in range(times):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("way", ["button", "keyboard", "escape"])
def test_the_page_left_has_no_place_in_the_history_and_the_next_is_told_no_referrer(
    tab, led_away, weather, way
):
    visit(tab, f"{led_away}/claims")
    visit(tab, f"{led_away}/records?q=secretword")
    steps = tab.evaluate("history.length")
    weather.asked.clear()
    if way == "button":
        button(tab).click()
    elif way == "keyboard":
        button(tab).focus()
        tab.keyboard.press("Enter")
    else:
        press(tab, 3)
    tab.wait_for_url(weather.address)
    (headers,) = weather.asked
    assert "Referer" not in headers
    assert "secretword" not in str(headers)
    assert tab.evaluate("document.referrer") == ""
    assert tab.evaluate("history.length") == steps
    tab.go_back()
    tab.wait_for_url(f"{led_away}/claims")


def test_without_another_address_it_leads_to_an_empty_page_of_ours(tab, dashboard):
    visit(tab, f"{dashboard}/map")
    button(tab).click()
    tab.wait_for_url(f"{dashboard}/exit")
    assert tab.locator("body").inner_text() == ""
    assert "Kyrgyz" not in tab.title()


def test_it_is_emptied_at_once_where_the_next_page_is_long_in_coming(tab, led_away, weather):
    visit(tab, f"{led_away}/records?q=media")
    expect(button(tab)).to_be_visible()
    weather.slow.clear()
    try:
        seen = tab.evaluate(
            "() => { document.getElementById('leave').click();"
            "return [location.pathname, document.title, document.documentElement.textContent]; }"
        )
        assert seen == ["/records", "", ""]  # still waiting, and nothing is to be seen
    finally:
        weather.slow.set()
    tab.wait_for_url(weather.address)


def test_once_or_twice_escape_closes_a_menu_and_nobody_leaves(tab, led_away):
    visit(tab, f"{led_away}/records")
    field = filter_field(tab, "Group")
    field.focus()
    tab.keyboard.press("ArrowDown")
    expect(tab.get_by_role("option").first).to_be_visible()
    press(tab, 1)
    expect(tab.get_by_role("option")).to_have_count(0)
    press(tab, 1)
    settle(tab)
    assert urlsplit(tab.url).path == "/records"


def test_three_presses_count_only_together(tab, led_away):
    visit(tab, f"{led_away}/records")
    press(tab, 2)
    tab.wait_for_timeout(1600)  # the time within which they count is over
    press(tab, 2)
    settle(tab)
    assert urlsplit(tab.url).path == "/records"


def test_a_key_that_is_held_down_counts_once(tab, led_away):
    visit(tab, f"{led_away}/records")
    for _ in range(5):
        tab.keyboard.down("Escape")
    tab.keyboard.up("Escape")
    settle(tab)
    assert urlsplit(tab.url).path == "/records"


def test_it_works_from_within_a_field_and_from_within_the_map(tab, led_away, weather):
    visit(tab, f"{led_away}/records")
    tab.get_by_role("textbox").last.focus()
    press(tab, 3)
    tab.wait_for_url(weather.address)
    visit(tab, f"{led_away}/map")
    tab.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive").first.focus()
    press(tab, 3)
    tab.wait_for_url(weather.address)


def test_it_works_on_a_dead_line(browser, led_away, weather):
    opened = browser.new_page(viewport={"width": 1440, "height": 900})
    line = Line(opened)
    visit(opened, f"{led_away}/map")
    line.closed = True
    line.cut()
    expect(opened.get_by_role("alert")).to_be_visible()
    button(opened).click()
    opened.wait_for_url(weather.address)
    opened.close()


def test_without_a_network_the_page_is_empty_all_the_same(tab, dashboard):
    visit(tab, f"{dashboard}/records")
    tab.context.set_offline(True)
    tab.evaluate("setTimeout(() => document.getElementById('leave').click())")
    tab.wait_for_function("() => !document.querySelector('.st-key-top')")
    assert "recorded incidents" not in tab.content()
    tab.context.set_offline(False)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_button_stands_in_the_bar_at_every_width_over_nothing_else(tab, dashboard, width, lang):
    tab.set_viewport_size({"width": width, "height": 640})
    visit(tab, f"{dashboard}/records?lang={lang}")
    found = button(tab)
    expect(found).to_have_text(NAMES[lang])
    expect(found).to_have_attribute("lang", lang)
    box = found.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    bar = tab.locator(".st-key-top").bounding_box()
    assert box["y"] + box["height"] <= bar["y"] + bar["height"]
    others = "#menu, .st-key-top a, [data-testid=stExpandSidebarButton]"
    for other in tab.locator(others).filter(visible=True).all():
        assert not overlap(box, other.bounding_box()), other
    tab.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, 2000)")
    expect(found).to_be_in_viewport()
    assert found.bounding_box() == box


def overlap(one: dict, other: dict) -> bool:
    return all(
        one[at] < other[at] + other[size] and other[at] < one[at] + one[size]
        for at, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize("path", EVERY.values())
def test_it_is_the_first_thing_that_the_keyboard_reaches_on_every_page(tab, dashboard, path):
    visit(tab, dashboard + path)
    tab.keyboard.press("Tab")
    expect(button(tab)).to_be_focused()
    expect(button(tab)).to_have_attribute("title", STAYS)
    tab.keyboard.press("Tab")
    expect(button(tab)).not_to_be_focused()


def test_a_light_page_has_a_plain_link_and_tells_no_referrer(tab, led_away, weather):
    tab.goto(f"{led_away}/light/records?q=secretword")
    weather.asked.clear()
    tab.get_by_role("link", name="Leave quickly").click()
    tab.wait_for_url(weather.address)
    assert "Referer" not in weather.asked[0]


def test_where_plain_streamlit_serves_it_one_leaves_to_nowhere(tab):
    with served("dashboard.py") as address:
        visit(tab, f"{address}/records")
        press(tab, 3)
        tab.wait_for_url("about:blank")


def test_a_step_is_added_unless_the_reader_lets_them_replace_each_other_in_this_tab(tab, dashboard):
    visit(tab, f"{dashboard}/reader-safety")
    state = tab.locator("#steps-now")
    expect(state).to_have_text("Now: each step is added.")
    expect(state).to_have_attribute("role", "status")
    before = tab.evaluate("history.length")
    go_to(tab, "Records")
    assert tab.evaluate("history.length") == before + 1
    visit(tab, f"{dashboard}/reader-safety")
    tab.get_by_role("button", name="Let steps replace each other").click()
    expect(state).to_have_text("Now: a step replaces the one before, in this tab.")
    before = tab.evaluate("history.length")
    go_to(tab, "Records")
    choose(tab, "Group", "Women", "group")
    assert "group=women" in tab.url
    assert tab.evaluate("history.length") == before
    tab.reload()  # the tab remembers
    settle(tab)
    go_to(tab, "Trends")
    assert tab.evaluate("history.length") == before
    other = tab.context.new_page()  # another tab does not
    visit(other, f"{dashboard}/reader-safety")
    expect(other.locator("#steps-now")).to_have_text("Now: each step is added.")
    other.close()
    visit(tab, f"{dashboard}/reader-safety")
    tab.get_by_role("button", name="Add each step").click()
    before = tab.evaluate("history.length")
    go_to(tab, "Records")
    assert tab.evaluate("history.length") == before + 1


def test_where_steps_replace_each_other_back_leads_out_and_escape_on_the_map_does_not(tab):
    with served(HISTORY="replace") as address:
        tab.goto("about:blank")
        visit(tab, f"{address}/reader-safety")
        expect(tab.locator("#steps-now")).to_have_text(
            "Now: a step replaces the one before, in this tab."
        )
        go_to(tab, "Map")
        shape = tab.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive").first
        shape.focus()
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/map?*")
        settle(tab)
        chosen = tab.url
        shape.focus()
        press(tab, 1)
        settle(tab)
        assert tab.url == chosen
        tab.go_back()
        tab.wait_for_url("about:blank")


def test_nothing_in_the_browser_names_the_pages_that_were_read(tab, dashboard):
    visit(tab, f"{dashboard}/records?q=secretword")
    go_to(tab, "Claims")
    go_to(tab, "Map")
    tab.goto(f"{dashboard}/exit")
    kept = tab.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    for word in ("secretword", "claims", "records", "map"):
        assert word not in kept.lower()
    (cookie,) = tab.context.cookies()
    assert cookie["name"] == "_streamlit_xsrf"
    assert cookie["expires"] == -1  # it ends with the browser's session
    assert not {"records", "claims", "secretword"} & set(cookie["value"].split("|"))


def test_light_pages_leave_nothing_in_the_browser(browser, dashboard):
    context = browser.new_context()
    opened = context.new_page()
    for path in ("", "records?id=M-0105", "reader-safety"):
        opened.goto(f"{dashboard}/light/{path}")
    assert context.cookies() == []
    assert opened.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_the_country_is_asked_beside_a_risky_link_and_remembered_in_no_address(
    tab, package, dashboard
):
    frame = package.incidents.frame
    risky = frame[frame["reader_risk"] & (frame["link"] == "open")]["incident_id"]
    visit(tab, f"{dashboard}/records?id={risky.iloc[0]}")
    field = tab.get_by_role("combobox", name="Where are you?")
    field.focus()
    field.fill("Kaz")
    expect(tab.get_by_role("option")).to_have_text(["Kazakhstan"])  # the list has followed the word
    tab.keyboard.press("Enter")
    said = tab.locator(".st-key-following")
    expect(said).to_contain_text("article 453")
    (source, *_) = package.reader_risks.query("country == 'KZ'")["source_url"]
    expect(said.get_by_role("link").first).to_have_attribute("href", source)
    assert "KZ" not in tab.url
    tab.locator(".st-key-record").get_by_role("link", name="Reading safely →").click()
    tab.wait_for_url("**/reader-safety*")
    settle(tab)
    expect(said).to_contain_text("article 453")
    assert "KZ" not in tab.url
    kept = tab.evaluate("document.cookie + JSON.stringify([localStorage, sessionStorage])")
    assert "KZ" not in kept
    assert "Kazakhstan" not in kept
    tab.reload()  # a new session has forgotten it
    settle(tab)
    expect(said).to_have_count(0)
