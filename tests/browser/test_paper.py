"""What comes out of a printer: the figure whole, its citation at the end, no menu, no blank."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.browser.walking import visit

ADDRESSES = ["/?data=media", "/map?group=women", "/trends?data=media", "/records?group=women"]
FOR_A_SCREEN = "Zoom with Ctrl", "Pictures hold title", "← All records"
NOT_ON_PAPER = "Download", "Filters", "Clear all", "Methodology"


def printed(page, size):
    """Print a page; give the text of each sheet of paper."""
    document = pypdfium2.PdfDocument(page.pdf(format=size, print_background=True))
    return [sheet.get_textpage().get_text_range() for sheet in document]


@pytest.mark.parametrize("size", ["A4", "Letter"])
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_printed_page_says_what_it_is_of_and_ends_with_its_citation(page, dashboard, path, size):
    visit(page, dashboard + path)
    sheets = printed(page, size)
    said = sheets[0].splitlines()
    assert not [line for line in said if line.strip() in NOT_ON_PAPER]
    filtered = {"data=media": "Media", "group=women": "Women"}[path.split("?")[1]]
    assert any(filtered in line for line in said[:12])
    last = " ".join(sheets[-1].split())
    assert f"{path.split('?')[1]}&release=" in last.replace(" ", "")


def test_a_figure_is_no_wider_than_the_paper(page, dashboard):
    visit(page, f"{dashboard}/trends?data=media")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.set_viewport_size({"width": 718, "height": 1000})
    widths = "figures => figures.map(figure => figure.getBoundingClientRect().right)"
    ends = page.locator(".main-svg").evaluate_all(widths)
    assert ends
    assert max(ends) <= 718
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="null")  # not "screen", which a printer would get too
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(page.locator(".main-svg").first).to_be_visible()


@pytest.mark.parametrize("path", ["/map?data=media", "/records?id=M-0105"])
def test_what_only_a_screen_needs_is_said_on_it_and_not_on_paper(page, dashboard, path):
    visit(page, dashboard + path)
    for opens in page.get_by_role("button", name="Download", exact=True).all():
        opens.click()
        page.locator("[class*=st-key-take-]").first.wait_for()
    on_screen = page.get_by_test_id("stMain").inner_text()
    said = " ".join(" ".join(printed(page, "A4")).split())
    assert [hint for hint in FOR_A_SCREEN if hint in on_screen]
    assert not [hint for hint in FOR_A_SCREEN if hint in said]
