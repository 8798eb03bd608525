"""Each reader's way from the first page to what they leave with: four steps at most.

Walked with the mouse and by keyboard alone.
"""

import io
import os
import subprocess
import sys

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser.serving import HOME
from tests.browser.walking import settle, visit
from tests.bundled import COUNTED

MOST = 4
FAR = 120
"""So many times Tab is pressed at most: everything on a page, the filters too."""
KEY = """
element => {
  const at = document.activeElement;
  if (at === element) return "Enter";
  if (!element.closest("[role=toolbar]")?.contains(at)) return "Tab";
  const before = at.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_PRECEDING;
  return before ? "ArrowLeft" : "ArrowRight";
}
"""
"""What to press on the way to an element: arrows lead on within its toolbar."""


class Walk:
    """Steps on the pages, counted."""

    def __init__(self, page, by):
        self.page, self.by, self.steps = page, by, 0

    def step(self, element):
        """Press something, and wait until the page is drawn."""
        self.steps += 1
        expect(element).to_be_visible()
        self.reach(element) if self.by == "keyboard" else element.click()
        settle(self.page)

    def reach(self, element):
        """Press Tab, and arrows within a toolbar, until one is there; then Enter."""
        for _ in range(FAR):
            key = element.evaluate(KEY)
            self.page.keyboard.press(key)
            if key == "Enter":
                return
        raise AssertionError(f"no key leads to {element}")

    def take(self, element):
        """Press what offers a file; give its content."""
        with self.page.expect_download() as found:
            self.step(element)
        return found.value.path().read_bytes()


@pytest.fixture(params=["mouse", "keyboard"])
def walk(page, dashboard, request):
    visit(page, f"{dashboard}/")
    walked = Walk(page, request.param)
    yield walked
    assert walked.steps <= MOST


def menu(page, name):
    return page.get_by_role("navigation", name="Pages").get_by_role("link", name=name)


def test_a_donor_leaves_with_a_figure_that_can_be_filed_and_cited(walk):
    page = walk.page
    figures = page.locator(".st-key-figures")
    expect(figures).to_contain_text(f"{COUNTED}")
    expect(figures).to_contain_text("where the source names their response")
    line = page.locator(".st-key-line-by-year")
    walk.step(line.get_by_role("button", name="Cite"))
    footnote = page.locator(".st-key-cite-by-year").get_by_test_id("stCode").first
    expect(footnote).to_contain_text("recorded incidents")
    walk.step(line.get_by_role("button", name="Download"))
    files = page.locator(".st-key-take-by-year")
    book = walk.take(files.get_by_role("button", name="XLSX", exact=True))
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames == ["data", "read me"]


def test_a_donor_leaves_with_a_brief(walk):
    assert walk.take(walk.page.get_by_role("button", name="Brief")).startswith(b"%PDF-1.7")


def test_an_advocate_leaves_with_a_slide(walk):
    page = walk.page
    walk.step(menu(page, "Trends"))
    walk.step(page.locator(".st-key-line-published").get_by_role("button", name="Download"))
    files = page.locator(".st-key-take-published")
    assert walk.take(files.get_by_role("button", name="PPTX")).startswith(b"PK")


def test_a_journalist_leaves_with_a_record_and_its_source(walk):
    page = walk.page
    walk.step(menu(page, "Map"))
    region = page.frame_locator(".st-key-map iframe").get_by_role("button", name="Osh region").last
    walk.step(region)
    page.wait_for_url("**region=KG-O*")
    settle(page)
    walk.step(menu(page, "Records"))
    walk.step(page.locator("[class*=st-key-rows-listed] a").first)
    expect(page.get_by_role("heading", name="Sources")).to_be_visible()


def test_an_advocate_leaves_with_a_sentence_that_stands_up_and_its_chart(walk):
    page = walk.page
    walk.step(menu(page, "Trends"))
    sentence = page.locator(".st-key-verdict").get_by_test_id("stCode").first
    expect(sentence).to_contain_text("as published: 17 in 2018, 130 in 2022")
    walk.step(page.locator(".st-key-line-published").get_by_role("button", name="Download"))
    files = page.locator(".st-key-take-published")
    assert walk.take(files.get_by_role("button", name="PNG")).startswith(b"\x89PNG")


def test_a_keeper_leaves_with_records_that_the_command_finds_unchanged(walk, tmp_path):
    page, taken = walk.page, tmp_path / "records.csv"
    walk.step(menu(page, "Records"))
    taken.write_bytes(walk.take(page.get_by_role("button", name="CSV")))
    command = [sys.executable, "-m", "keeper", "verify", taken]
    ran = subprocess.run(command, cwd=HOME, env={**os.environ, "LANG": "en"}, capture_output=True)
    assert ran.returncode == 0
    assert b"unchanged" in ran.stdout
