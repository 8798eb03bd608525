"""What each page shows, in a real browser."""

import re
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from incidents import counts
from incidents.selection import Selection, Span, known_codes
from tests.broken import Break, break_cell
from tests.browser.serving import served
from tests.browser.walking import EVERY, count_line, go_to, query, settle, unfold, visit
from tests.bundled import COUNTED
from tests.words import ELSEWHERE, MOST, words

ALL = f"{COUNTED} of {COUNTED}"

HOOKS = {
    "/map": ["count", "map", "map-table", "off-map"],
    "/trends": ["count", "trend", "trend-table", "trend-claims"],
    "/claims": ["count", "claim-S-01", "claim-S-02"],
    "/records": ["count", "records"],
    "/records?id=M-0105": ["count", "record"],
}


@pytest.mark.parametrize("path", HOOKS)
def test_the_hooks_that_others_rely_on_are_there(page, dashboard, path):
    visit(page, dashboard + path)
    for key in HOOKS[path]:
        expect(page.locator(f".st-key-{key}")).to_be_visible()


def test_what_belongs_to_a_figure_opens_in_place_by_the_keyboard(page, dashboard):
    visit(page, f"{dashboard}/trends?data=media")
    line, cited = page.locator(".st-key-line-trend"), page.locator(".st-key-cite-trend")
    expect(line.get_by_role("button")).to_have_text(
        ["Download", "Cite", "Share", "How to read", "Notes"]
    )
    expect(cited).to_have_count(0)
    cite = line.get_by_role("button", name="Cite")
    cite.focus()
    page.keyboard.press("Enter")
    footnote = cited.get_by_test_id("stCode").first
    expect(footnote).to_contain_text(f"{dashboard}/trends?data=media&release=")
    expect(cite).to_have_attribute("aria-pressed", "true")
    expect(cite).to_be_focused()
    parts = (line, cited, page.locator(".st-key-trend-table"))
    tops = [part.bounding_box()["y"] for part in parts]
    assert tops == sorted(tops)
    page.keyboard.press("Enter")
    expect(cited).to_have_count(0)


def map_paths(page):
    return page.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive")


def test_the_map_draws_places_not_rows(page, package, dashboard):
    visit(page, f"{dashboard}/map")
    subset = package.incidents.select(Selection())
    circles = (counts.by_code(subset, "place") > 0).sum()
    only = counts.region_only(subset).drop(["KG", "ONLINE"])
    expect(map_paths(page)).to_have_count(int(9 + circles + (only > 0).sum()))


def test_a_click_on_a_region_filters_everything_and_escape_undoes_it(page, dashboard):
    visit(page, f"{dashboard}/map")
    expect(map_paths(page).first).to_be_visible()
    map_paths(page).first.click(position={"x": 60, "y": 40})
    page.wait_for_url("**region=KG-*")
    settle(page)
    expect(page.locator(".st-key-chips button").first).to_be_visible()
    page.keyboard.press("Escape")
    page.wait_for_url(f"{dashboard}/map")
    expect(count_line(page)).to_contain_text(ALL)
    settle(page)
    map_paths(page).first.click(position={"x": 60, "y": 40})
    page.wait_for_url("**region=KG-*")


def test_a_filter_change_redraws_the_map_in_place(page, dashboard):
    visit(page, f"{dashboard}/map")
    expect(map_paths(page).first).to_be_visible()
    frame = page.frames[-1]
    frame.evaluate("window.stays = true; window.map.setZoom(8, {animate: false})")
    before = map_paths(page).count()
    page.locator(".st-key-show-fill-en").get_by_text("per 100,000").click()
    page.wait_for_url("**fill=rate*")
    go = page.locator(".st-key-filter-data-en input")
    go.focus()
    go.fill("Media")
    page.keyboard.press("Enter")
    page.wait_for_url("**data=media*")
    settle(page)
    expect(map_paths(page)).not_to_have_count(before)
    assert frame.evaluate("window.stays && window.map.getZoom()") == 8


def test_what_is_not_on_the_map_is_a_link_to_its_records(page, package, dashboard):
    visit(page, f"{dashboard}/map?data=media")
    online = package.incidents.select(Selection(data=("media",), region=("ONLINE",))).n
    page.locator(".st-key-off-map").get_by_role("link", name=f"online {online}").click()
    page.wait_for_url("**/records*")
    settle(page)
    assert query(page) == [("data", "media"), ("region", "ONLINE")]
    expect(count_line(page)).to_contain_text(f"{online} of")


def test_every_figure_of_the_overview_leads_to_as_many_records(page, package, dashboard):
    visit(page, f"{dashboard}/")
    unfold(page)
    links = page.get_by_test_id("stMain").get_by_role("link", name=re.compile(r": \d+$"))
    expect(links.first).to_be_visible()
    assert links.count() > 10
    codes = known_codes(package.codebook, list(package.incidents.places.index))
    wanted = [(link.inner_text(), link.get_attribute("href")) for link in links.all()]
    for text, led in wanted:
        asked = urlsplit(urljoin(page.url, led))
        selection, problems = Selection.from_query(parse_qs(asked.query), codes)
        assert (asked.path, problems) == ("/records", [])
        assert package.incidents.select(selection).n == int(text.rsplit(" ", 1)[1])
    for text, _ in (wanted[0], wanted[-1]):
        unfold(page)
        page.get_by_test_id("stMain").get_by_role("link", name=text, exact=True).first.click()
        page.wait_for_url("**/records*")
        expect(count_line(page)).to_contain_text(re.compile(rf"^{text.rsplit(' ', 1)[1]} of"))
        settle(page)
        page.go_back()
        page.wait_for_url(f"{dashboard}/")
        expect(page).to_have_title(re.compile("^Overview"))  # the address comes before the page
        settle(page)


def test_the_chart_has_words_and_its_table_the_same_numbers(page, package, dashboard):
    visit(page, f"{dashboard}/trends?from=2018&to=2022")
    chart = page.locator(".st-key-trend-figure [aria-label]").first
    expect(chart).to_have_attribute("aria-label", re.compile(r"recorded incidents are from"))
    subset = package.incidents.select(Selection(start="2018", end="2022"))
    table = counts.by_period(subset, span=Span("2018", "2022")).table["n"]
    rows = page.locator(".st-key-trend-table table tbody tr")
    expect(rows).to_have_count(len(table))
    shown = [int(rows.nth(i).locator("td").last.inner_text()) for i in range(len(table))]
    assert shown == list(table)


def test_from_a_claim_on_trends_to_its_readings_and_on_to_ones_own_comparison(page, dashboard):
    visit(page, f"{dashboard}/trends")
    claims = page.locator(".st-key-trend-claims")
    expect(claims.locator("blockquote")).to_have_count(2)
    claims.get_by_role("link", name="Every reading").click()
    page.wait_for_url("**/claims")
    first = page.locator(".st-key-claim-S-01")
    expect(first.locator("blockquote")).to_contain_text("almost three times")
    first.get_by_text("All 9 readings in full").click()
    expect(first).to_contain_text("2018 → 2021: 17 → 44, × 2.59")
    expect(first).to_contain_text("95% interval")
    first.get_by_role("link", name="Compare other periods").click()
    page.wait_for_url("**/trends?*")
    settle(page)
    assert query(page) == [("a", "2018"), ("b", "2021"), ("data", "media")]


def test_the_file_of_a_selection_holds_its_records_and_is_named_for_them(page, package, dashboard):
    visit(page, f"{dashboard}/records?data=media&region=KG-GB&from=2022&to=2022")
    chosen = Selection(data=("media",), region=("KG-GB",), start="2022", end="2022")
    n = package.incidents.select(chosen).n
    name = f"kyrgyzstan-incidents_media_2022_2022_KG-GB_n{n}_{package.release}.en"
    first = page.get_by_role("button", name=re.compile(r"Download \d+ records \(XLSX\)"))
    with page.expect_download() as download:
        first.click()
    assert download.value.suggested_filename == f"{name}.xlsx"
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    assert download.value.suggested_filename == f"{name}.csv"
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert len(text.splitlines()) == n + 1


def test_a_risky_link_is_shown_only_after_a_warning_and_a_withheld_page_never(
    page, package, dashboard
):
    frame = package.incidents.frame
    risky = frame[frame["reader_risk"] & (frame["link"] == "open")].iloc[0]
    visit(page, f"{dashboard}/records?id={risky['incident_id']}")
    record = page.locator(".st-key-record")
    expect(record).to_contain_text("can be held against you")
    expect(record.locator(f"a[href='{risky['source_url']}']")).to_have_count(0)
    withheld = frame[frame["link"] == "withheld"].iloc[0]
    visit(page, f"{dashboard}/records?id={withheld['incident_id']}")
    expect(record).to_contain_text("Not linked")
    expect(record.locator("a[href^='http']:not([href*='localhost'])")).to_have_count(0)


def test_a_broken_file_is_refused_whole_and_the_last_good_release_stays(page, copy):
    with served(INCIDENTS_DATA=str(copy)) as address:
        visit(page, f"{address}/trends")
        expect(count_line(page)).to_contain_text(ALL)
        fault = break_cell(copy, Break("unknown_code", "media_attacks.csv", "perpetrator", "orcs"))
        page.reload()
        settle(page)
        notice = page.locator(".st-key-notice")
        expect(notice).to_contain_text("The last good release stays on show")
        for word in (fault.file, str(fault.line), fault.column, fault.value):
            expect(notice).to_contain_text(word)
        expect(count_line(page)).to_contain_text(ALL)


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_no_page_is_wider_than_the_screen_or_has_too_many_words(browser, dashboard, language):
    page = browser.new_page()
    for path in EVERY.values():
        page.set_viewport_size({"width": 390, "height": 844})
        visit(page, f"{dashboard}{path}?lang={language}")
        for width in (390, 1440):  # a phone, then a screen: what was drawn narrow may only grow
            page.set_viewport_size({"width": width, "height": 844})
            main = page.get_by_test_id("stMain")
            assert main.evaluate("e => e.scrollWidth <= e.clientWidth"), (path, width)
        assert words(page) <= MOST.get(path, ELSEWHERE), path
    page.close()


def test_zero_one_and_all_records_have_pages_without_errors(page, dashboard):
    for asked, text in (("q=zzzz", f"0 of {COUNTED}"), ("q=M-0105", f"1 of {COUNTED}"), ("", ALL)):
        visit(page, f"{dashboard}/?{asked}")
        for name in ("Map", "Trends", "Records", "Overview"):
            go_to(page, name)
            expect(count_line(page)).to_contain_text(text)
            expect(page.get_by_test_id("stException")).to_have_count(0)
