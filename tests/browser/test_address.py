"""The selection is the address: it opens, survives, and walks back as it came."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.serving import served
from tests.browser.walking import PAGES, choose, count_line, go_to, query, settle, visit
from tests.bundled import BY_DATASET, COUNTED

ASKED = "data=media&from=2018&to=2022&region=KG-GB"
WANTED = sorted([("data", "media"), ("from", "2018"), ("to", "2022"), ("region", "KG-GB")])


def expected_count(package):
    from incidents.selection import Selection

    chosen = Selection(data=("media",), start="2018", end="2022", region=("KG-GB",))
    return f"{package.incidents.select(chosen).n} of {package.incidents.total} recorded incidents"


@pytest.mark.parametrize("first", ["/", "/records", "/map"])
def test_the_very_first_visitor_of_a_process_keeps_the_selection_on_every_page(
    page, package, first
):
    with served() as address:
        visit(page, f"{address}{first}?{ASKED}")
        for name in PAGES:
            go_to(page, name)
            expect(count_line(page)).to_contain_text(expected_count(package))
            assert query(page) == WANTED


def test_a_link_opens_the_same_view_in_every_language(page, package, dashboard):
    for language, word in (("ky", "окуя"), ("ru", "инцидент")):
        visit(page, f"{dashboard}/trends?{ASKED}&lang={language}")
        n = expected_count(package).split()[0]
        expect(count_line(page)).to_contain_text(n)
        expect(count_line(page)).to_contain_text(word)
        expect(page.locator("html")).to_have_attribute("lang", language)


def test_changing_the_language_keeps_the_selection(page, dashboard):
    visit(page, f"{dashboard}/map?{ASKED}")
    page.get_by_role("link", name="Кыргызча").click()
    page.wait_for_url("**lang=ky*")
    settle(page)
    assert query(page) == sorted([*WANTED, ("lang", "ky")])
    page.reload()
    settle(page)
    assert query(page) == sorted([*WANTED, ("lang", "ky")])


def test_values_that_do_not_exist_are_named_politely(page, dashboard):
    visit(page, f"{dashboard}/?group=martians&from=yesterday")
    problems = page.locator(".st-key-problems")
    expect(problems).to_contain_text("martians")
    expect(problems).to_contain_text("yesterday")
    expect(count_line(page)).to_contain_text(f"{COUNTED} of {COUNTED}")


@pytest.mark.parametrize(
    "odd",
    [
        "group=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "q=%60%24%7B1%7D%60%3Cscript%3E",
        "group=&group=&from=&page=0&page=x",
        "id=..%2F..%2Fetc%2Fpasswd",
        "from=2022&to=2018",
        "release=1999.01.0",
        "q=" + "x" * 3000,
    ],
)
def test_no_address_breaks_a_page(watched, dashboard, odd):
    for path in ("/", "/records"):
        visit(watched, f"{dashboard}{path}?{odd}")
        expect(count_line(watched)).to_contain_text(str(COUNTED))
        expect(watched.get_by_test_id("stException")).to_have_count(0)


def test_back_walks_the_same_way_out(page, dashboard):
    both = "group=journalists&perpetrator=authorities"
    steps = [
        (lambda: visit(page, f"{dashboard}/"), "/", "Overview", 0),
        (lambda: go_to(page, "Map"), "/map", "Map", 0),
        (
            lambda: choose(page, "Group", "Journalists", "group"),
            "/map?group=journalists",
            "Map",
            1,
        ),
        (lambda: go_to(page, "Trends"), "/trends?group=journalists", "Trends", 1),
        (
            lambda: choose(page, "Perpetrator", "Authorities", "perpetrator"),
            f"/trends?{both}",
            "Trends",
            2,
        ),
        (lambda: go_to(page, "Records"), f"/records?{both}", "Records", 2),
    ]
    for step, *_ in steps:
        step()
    for _, address, title, chips in reversed(steps[:-1]):
        page.go_back()
        # title and chips name the view that was drawn; on Back pressed sooner see docs/LEFT.md
        expect(page).to_have_title(re.compile(f"^{title} —"))
        expect(page.locator(".st-key-chips [class*=st-key-chip-]")).to_have_count(chips)
        settle(page)
        assert page.url == dashboard + address


def test_back_pressed_again_before_the_page_is_drawn_is_not_overtaken(page, dashboard):
    visit(page, f"{dashboard}/trends")
    choose(page, "Group", "Journalists", "group")
    choose(page, "Perpetrator", "Authorities", "perpetrator")
    for _ in range(2):
        page.evaluate("() => { history.back(); setTimeout(() => history.back(), 30); }")
        chips = page.locator(".st-key-chips [class*=st-key-chip-]")
        expect(chips).to_have_count(0)
        settle(page)
        assert page.url == f"{dashboard}/trends"
        page.evaluate("() => { history.forward(); setTimeout(() => history.forward(), 30); }")
        expect(chips).to_have_count(2)
        settle(page)
        assert query(page) == [("group", "journalists"), ("perpetrator", "authorities")]


def test_back_takes_a_chosen_option_out_of_its_filter(page, dashboard):
    visit(page, f"{dashboard}/trends")
    choose(page, "Group", "Journalists", "group")
    expect(page.locator(".st-key-chips")).to_contain_text("Journalists")
    page.go_back()
    page.wait_for_url(f"{dashboard}/trends")
    expect(page.locator(".st-key-chips button")).to_have_count(0)
    tags = page.locator(".st-key-filter-group-en [data-testid=stMultiSelectTagsContainer]")
    expect(tags).not_to_contain_text("Journalists")


def test_a_filter_stays_when_two_others_change(page, dashboard):
    visit(page, f"{dashboard}/trends")
    choose(page, "Group", "Journalists", "group")
    choose(page, "Region", "Bishkek", "region")
    choose(page, "Perpetrator", "Authorities", "perpetrator")
    assert query(page) == [
        ("group", "journalists"),
        ("perpetrator", "authorities"),
        ("region", "KG-GB"),
    ]


def test_chips_take_one_filter_away_or_all(page, dashboard):
    visit(page, f"{dashboard}/trends?{ASKED}")
    page.locator(".st-key-chips").get_by_role("button", name="Bishkek").click()
    page.wait_for_url(lambda url: "region" not in url)
    settle(page)
    assert query(page) == [("data", "media"), ("from", "2018"), ("to", "2022")]
    page.locator(".st-key-clear-all button").click()
    page.wait_for_url(f"{dashboard}/trends")
    expect(count_line(page)).to_contain_text(f"{COUNTED} of {COUNTED}")


def test_a_record_opens_and_back_returns_to_its_page_of_the_list(page, dashboard):
    visit(page, f"{dashboard}/records?data=media&page=2")
    page.locator(".st-key-records a").first.click()
    page.wait_for_url("**id=M-*")
    settle(page)
    expect(page.locator(".st-key-record")).to_contain_text("Sources")
    page.go_back()
    page.wait_for_url("**/records?data=media&page=2")
    expect(page.locator(".st-key-records a").first).to_be_visible()


def test_two_readers_do_not_see_each_others_selection(browser, dashboard):
    one, other = browser.new_page(), browser.new_page()
    visit(one, f"{dashboard}/?data=media")
    visit(other, f"{dashboard}/?data=rights")
    one.reload()
    settle(one)
    expect(count_line(one)).to_contain_text(f"{BY_DATASET['media']} ")
    expect(count_line(other)).to_contain_text(f"{BY_DATASET['rights']} ")
    one.close()
    other.close()


def test_a_link_leads_to_the_chapter_it_speaks_of(page, dashboard):
    visit(page, f"{dashboard}/")
    page.get_by_role("link", name="How records get in").click()
    page.wait_for_url(f"{dashboard}/methodology?id=collection")
    chapter = page.locator(".st-key-collection details")
    expect(chapter).to_have_attribute("open", "")
    expect(chapter.locator("summary")).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_title(re.compile("^Overview —"))
    visit(page, f"{dashboard}/codes?id=list-groups")
    expect(page.locator(".st-key-list-groups")).to_contain_text("women")
    expect(page.locator(".st-key-list-groups summary")).to_be_in_viewport()
