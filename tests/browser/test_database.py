"""A reader's page while the database of releases gets a new release, dies and comes back."""

from playwright.sync_api import expect

from loaders.held import of_folder
from tests.browser.serving import served
from tests.browser.walking import visit
from tests.bundled import RELEASE
from tests.conftest import keep_as
from tests.loaders.test_database import put
from tests.loaders.test_shelf import renamed
from tests.web.test_database import SAID, health, once

NEXT = "2099.1.0"


def test_a_page_shows_a_new_release_and_says_when_the_database_is_away(page, database, copy):
    first = of_folder(copy)
    put(database.url("keeper"), first)
    keep_as(copy, RELEASE)
    renamed(copy, RELEASE, NEXT)
    described = first.releases[RELEASE]["datapackage.json"]
    (copy / "releases" / RELEASE / "datapackage.json").write_bytes(described)
    with served(INCIDENTS_URL=database.url("reader")) as house:
        visit(page, f"{house}/methodology?lang=en")
        expect(page.get_by_test_id("stApp")).to_contain_text(RELEASE)
        put(database.url("keeper"), of_folder(copy))
        assert once(lambda: health(house)["release"] == NEXT)
        visit(page, f"{house}/methodology?lang=en")
        expect(page.get_by_test_id("stApp")).to_contain_text(NEXT)
        notice = page.locator(".st-key-notice")
        expect(notice).to_have_count(0)
        database.kill()
        assert once(lambda: "database" in health(house))
        for lang, words in SAID.items():
            visit(page, f"{house}/methodology?lang={lang}")
            expect(notice).to_contain_text(words)
            expect(page.get_by_test_id("stApp")).to_contain_text(NEXT)
        database.start()
        assert once(lambda: "database" not in health(house))
        visit(page, f"{house}/methodology?lang=en")
        expect(notice).to_have_count(0)
