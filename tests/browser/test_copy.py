"""The copy as files, opened from a folder without a network: nothing is missing or asked for."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from incidents.codebook import LANGUAGES
from incidents.selection import Selection
from tests.conftest import HOME
from tests.web.test_snapshot import PAGES
from web import shown, snapshot

SEARCHES = HOME / "tests" / "incidents" / "searches.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Some pages of every kind, in every language, with what they need and what is searched."""
    made = tmp_path_factory.mktemp("copy")
    (made / "style.css").write_text(shown.stylesheet(), encoding="utf-8")
    snapshot.search(made, snapshot.question("", {}, "en").package)
    for lang in LANGUAGES:
        (made / lang).mkdir()
        snapshot.written(made, lang, [*PAGES, ("records", {"id": "M-0105"})])
        snapshot.files(made, lang)
    return made


@pytest.fixture(scope="module")
def offline(browser: Browser) -> Iterator[Page]:
    """A tab without any network, which must ask for nothing but files."""
    context = browser.new_context(offline=True, viewport={"width": 390, "height": 844})
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: asked.append(str(error)))
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(("file://", "data:"))] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_keeps_anybody_from_seeing_hearing_or_reaching_a_page(offline, folder, lang):
    pages = sorted((folder / lang).glob("*.html"))
    assert len(pages) == len(PAGES) + 2
    for path in pages:
        offline.goto(path.as_uri())
        found = [rule["id"] for rule in Axe().run(offline).response["violations"]]
        assert found == [], path.name
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert offline.evaluate(wide) <= 0, path.name


def test_the_search_finds_records_without_a_server(offline, folder):
    offline.goto((folder / "en" / "search.html").as_uri())
    found, asked = offline.locator("#found li"), offline.get_by_role("searchbox")
    asked.fill("zzzz")
    expect(found).to_have_count(0)
    asked.fill("hack Telegram Kloop")
    expect(found).not_to_have_count(0)
    offline.locator('#found a[href="records_id-M-0105.html"]').click()
    expect(offline.locator("#record")).to_be_visible()


def test_the_search_of_the_copy_finds_what_the_search_of_the_server_finds(offline, folder, package):
    offline.goto((folder / "ru" / "search.html").as_uri())
    rows = csv.DictReader(SEARCHES.read_text(encoding="utf-8").splitlines())
    queries = [row["spelling"] for row in rows]
    queries += ["T", "ошол", "journ", "(court)", "x:y*", "Kлооп", "\u202eKloop", '"Live Temirov"']
    here = offline.evaluate(
        """queries => queries.map((query) => {
          form.elements.q.value = query;
          find();
          return [...list.querySelectorAll("a")].map((link) => link.getAttribute("href"));
        })""",
        queries,
    )
    frame = package.incidents.frame
    for query, found in zip(queries, here, strict=True):
        there = frame["incident_id"][package.incidents.select(Selection(q=query)).found]
        assert found == [f"records_id-{name}.html" for name in there], query
    assert sum(map(len, here)) > len(queries)
