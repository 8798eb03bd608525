"""The light pages in a real browser: nothing keeps anybody from them, and they ask nobody."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from pypdfium2 import PdfDocument

from incidents.codebook import LANGUAGES
from tests.browser.serving import HOME, free_port, wait_for

PATHS = (
    *("", "map", "trends", "claims", "records", "impact", "methodology", "codes"),
    *("records?id=M-0105", "cited?citation=/records?release=2026.11.3", "reader-safety"),
)
MORE = ("map?fill=change", "trends?split=group&nothing=1", "?group=women", "records?id=M-9999")


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    """The address of the light pages."""
    port = free_port()
    command = [sys.executable, "-m", "web", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, cwd=HOME, **quiet)
    try:
        wait_for(f"http://localhost:{port}/healthz", server)
        yield f"http://localhost:{port}/light/"
    finally:
        server.terminate()
        server.wait(timeout=20)


def visit(page: Page, address: str, lang: str = "en") -> None:
    page.goto(f"{address}{'&' if '?' in address else '?'}lang={lang}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*PATHS, *MORE])
def test_nothing_keeps_anybody_from_seeing_hearing_or_reaching_a_page(page, pages, path, lang):
    visit(page, f"{pages}{path}", lang)
    page.evaluate("document.querySelectorAll('details').forEach((box) => { box.open = true })")
    found = [
        (rule["id"], node["html"][:200])
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]
    assert found == []


@pytest.mark.parametrize("path", ["", "map", "trends", "records?id=M-0105"])
def test_the_dark_scheme_can_be_read_as_well(browser: Browser, pages, path):
    context = browser.new_context(color_scheme="dark")
    opened = context.new_page()
    visit(opened, f"{pages}{path}")
    found = [rule["id"] for rule in Axe().run(opened).response["violations"]]
    context.close()
    assert found == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*PATHS, *MORE])
def test_a_page_needs_no_script_no_other_host_and_no_sideways_scroll(browser, pages, path, lang):
    context = browser.new_context(viewport={"width": 320, "height": 700}, java_script_enabled=False)
    opened = context.new_page()
    asked, told = [], []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("console", lambda message: told.append(message.text))
    visit(opened, f"{pages}{path}", lang)
    width = opened.locator("html").evaluate("(page) => page.scrollWidth")
    context.close()
    assert width <= 320
    kinds = [re.sub(r"^.*/(style)\..*$", r"\1", url) for url in asked]
    assert len(kinds) == 2
    assert kinds[1] == "style"
    # a missing record is told by its status, and by the browser of it
    assert [line for line in told if "404" not in line] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_letter_of_a_drawing_is_cut_off_on_a_narrow_screen(browser, pages, lang):
    context = browser.new_context(viewport={"width": 320, "height": 700})
    opened = context.new_page()
    for path in ("", "trends?split=group", "trends?per=quarter&from=2022&to=2024", "claims"):
        visit(opened, f"{pages}{path}", lang)
        beyond = opened.evaluate(
            """() => [...document.querySelectorAll(".drawing text")]
            .filter((text) => text.getBoundingClientRect().right > innerWidth
              || text.getBoundingClientRect().left < 0)
            .map((text) => text.textContent)"""
        )
        assert beyond == [], path
    context.close()


def test_on_paper_every_sheet_ends_with_its_source(browser, pages):
    opened = browser.new_page()
    visit(opened, f"{pages}trends?data=media", "ru")
    sheets = PdfDocument(opened.pdf(format="A4", prefer_css_page_size=True))
    opened.close()
    assert len(sheets) > 1
    for sheet in sheets:
        said = "".join(sheet.get_textpage().get_text_range().split())
        assert "/trends?data=media&lang=ru&release=" in said


def test_the_form_of_filters_leads_to_the_view_that_it_says(page, pages):
    visit(page, f"{pages}map?fill=rate")
    form = page.locator(".filters form")
    form.get_by_label("Media · ").check()
    form.get_by_label("From").fill("2018")
    form.get_by_role("button").click()
    page.wait_for_url(re.compile("data=media"))
    assert page.locator("#chips a").all_inner_texts()[:2] == ["Dataset: Media ✕", "since 2018 ✕"]
    assert page.locator("select[name=fill]").input_value() == "rate"
