"""A line that dies: it is said in the page's language, and no click is lost in it."""

import pytest
from playwright.sync_api import expect

from tests.browser.walking import settle, visit

SAID = {"en": "The connection is lost", "ru": "Нет связи", "ky": "Байланыш үзүлдү"}


class Line:
    """The connections of a page. A dead one swallows all; when `closed`, there comes no other."""

    def __init__(self, page):
        self.closed, self.open, self.dead = False, [], set()
        page.route_web_socket("**/_stcore/stream", self.connect)

    def connect(self, socket):
        if self.closed:
            socket.close()
            return
        server = socket.connect_to_server()
        server.on_message(lambda said: socket in self.dead or socket.send(said))
        socket.on_message(lambda said: socket in self.dead or server.send(said))
        self.open.append(socket)

    def die(self):
        self.dead |= set(self.open)

    def cut(self):
        for socket in self.open:
            socket.close()
        self.open.clear()


@pytest.fixture
def line(browser, dashboard):
    page = browser.new_page(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    held = Line(page)
    visit(page, dashboard)  # the first session of a process draws its page twice
    yield page, held
    page.close()


def test_a_click_that_went_into_a_dead_line_counts_once_there_is_one_again(line, dashboard):
    page, held = line
    visit(page, f"{dashboard}/map?data=media&region=KG-GB")
    chip = page.locator(".st-key-chips").get_by_role("button", name="Region: Bishkek")
    expect(chip).to_be_visible()
    settle(page)
    held.die()
    chip.click()
    held.cut()
    page.wait_for_url(f"{dashboard}/map?data=media", timeout=30_000)
    settle(page)
    expect(page.locator(".st-key-chips")).not_to_contain_text("Bishkek")


def test_a_click_that_was_answered_is_not_made_again(line, dashboard):
    page, held = line
    visit(page, f"{dashboard}/map?data=media&region=KG-GB")
    page.locator(".st-key-chips").get_by_role("button", name="Region: Bishkek").click()
    page.wait_for_url(f"{dashboard}/map?data=media")
    settle(page)
    held.cut()
    app = page.get_by_test_id("stApp")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=30_000)
    settle(page)
    assert page.url == f"{dashboard}/map?data=media"


@pytest.mark.parametrize("lang", SAID)
def test_a_lost_connection_is_said_in_the_language_of_the_page(line, dashboard, lang):
    page, held = line
    visit(page, f"{dashboard}/claims?lang={lang}")
    held.closed = True
    held.cut()
    expect(page.get_by_role("alert").filter(has_text=SAID[lang])).to_be_visible()
    held.closed = False
    expect(page.get_by_role("alert").filter(has_text=SAID[lang])).to_have_count(0, timeout=60_000)
