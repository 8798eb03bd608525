"""What axe-core finds on the pages: nothing."""

from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from incidents.codebook import LANGUAGES
from tests.browser.walking import EVERY, unfold, visit

FILTERED = (
    "/?group=women",
    "/map?data=media",
    "/trends?split=group",
    "/records?data=rights",
    "/impact?data=media",
)
RECORD = "/records?id=M-0105"


def found(page) -> list[tuple[str, str]]:
    """List what axe-core finds: the rule, and the element."""
    return [
        (rule["id"], node["html"][:200])
        for rule in Axe().run(page).response["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*EVERY.values(), *FILTERED, RECORD])
def test_nothing_keeps_anybody_from_seeing_hearing_or_reaching_a_page(page, dashboard, path, lang):
    visit(page, f"{dashboard}{path}{'&' if '?' in path else '?'}lang={lang}")
    assert found(page) == []


@pytest.mark.parametrize(
    ("path", "lang"), list(zip([*EVERY.values(), RECORD], cycle(LANGUAGES), strict=False))
)
def test_nor_does_what_its_lines_and_folds_open(page, dashboard, path, lang):
    visit(page, f"{dashboard}{path}{'&' if '?' in path else '?'}lang={lang}")
    unfold(page)
    assert found(page) == []


def test_a_name_in_latin_letters_says_its_language_and_others_do_not(page, dashboard):
    visit(page, f"{dashboard}/methodology?lang=ru&id=publishers")
    table = page.locator(".st-key-publishers")
    expect(
        table.get_by_text("The Diplomat", exact=True).locator("xpath=ancestor-or-self::*[@lang][1]")
    ).to_have_attribute("lang", "en")
    expect(
        table.get_by_text("Клооп", exact=True).locator("xpath=ancestor-or-self::*[@lang][1]")
    ).to_have_attribute("lang", "ru")


def test_a_sentence_without_a_translation_says_its_language(page, dashboard):
    visit(page, f"{dashboard}/records?lang=ru&release=2026.11.8&id=M-0020")
    expect(page.locator(".st-key-lang-en-title")).to_have_attribute("lang", "en")
    visit(page, f"{dashboard}/records?lang=ru&id=M-0020")
    expect(page.locator(".st-key-lang-en-title")).to_have_count(0)
    page.get_by_text("Английский текст").click()
    expect(page.locator(".st-key-lang-en-original")).to_have_attribute("lang", "en")
