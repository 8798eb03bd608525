"""No page in Russian or Kyrgyz holds a word of English but names, and each of these says so."""

import pytest

from incidents.wording import OTHERS
from tests.tongues import ADDRESS, WORD, is_original, named
from tests.web.reading import Element, get, of_doors, read

PAGES = (
    *("", "map", "trends", "claims", "records", "impact", "methodology", "codes", "cited", "brief"),
    *("reader-safety", "records?id=M-0020", "records?id=R-3454", "records?id=M-0035"),
    *("records?q=zzzz", "records?group=xx&from=3", "trends?split=group", "map?fill=change"),
)
"""Every page, and states of it: nothing found, what was left out, a withdrawn record."""
SILENT = ("script", "style", "code", "pre", "svg", "title", "option", "textarea")
DOORS = of_doors()


def texts(element: Element, lang: str = ""):
    """Give every text with the language that it is said to be in; what is silent is passed over."""
    if element.tag in SILENT or element.attributes.get("class") == "literal":
        return
    lang = element.attributes.get("lang", lang)
    for part in element.inside:
        if isinstance(part, Element):
            yield from texts(part, lang)
        else:
            yield part, lang


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_what_is_in_latin_letters_is_a_name_and_says_its_language(path, lang):
    page = get(DOORS, f"/light/{path}{'&' if '?' in path else '?'}lang={lang}")
    known, strange = named(lang), []
    for text, of in texts(read(page.text)):
        words = WORD.findall(ADDRESS.sub("", text).replace("_", " "))
        if set(words) - known and not is_original(text):
            strange.append(text)
        assert not words or of == "en", text
    assert strange == []
