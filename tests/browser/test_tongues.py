"""No page of Streamlit's in Russian or Kyrgyz holds a word of English but names."""

import pytest

from incidents.wording import OTHERS
from tests.browser.walking import EVERY, unfold, visit
from tests.tongues import ADDRESS, WORD, is_original, named

PAGES = (
    *EVERY.values(),
    *("/records?id=M-0105", "/records?id=M-0020", "/records?id=R-1016", "/records?id=M-9999"),
    *("/records?q=zzzz", "/records?group=xx&from=3", "/trends?split=group", "/map?fill=change"),
)
"""Every page, and states of it: a record of each kind, nothing found, what was left out."""
TEXTS = """
() => {
  const silent =
    "script, style, code, pre, noscript, [data-testid=stIconMaterial], [class*=st-key-lang-en]";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const {parentElement: at, textContent} = walker.currentNode;
    if (textContent.trim() && !at.closest(silent) && at.checkVisibility()) found.push(textContent);
  }
  for (const at of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    if (!at.closest(silent) && at.checkVisibility())
      for (const name of ["aria-label", "title", "placeholder", "alt"])
        if (at.getAttribute(name)) found.push(at.getAttribute(name));
  return found;
}
"""
"""Gives what is seen and what is read aloud, less code and what bears that it is English."""


@pytest.mark.parametrize("lang", OTHERS)
@pytest.mark.parametrize("path", PAGES)
def test_what_is_in_latin_letters_is_a_name(page, dashboard, path, lang):
    visit(page, f"{dashboard}{path}{'&' if '?' in path else '?'}lang={lang}")
    unfold(page)
    known, strange = named(lang), set()
    for text in page.evaluate(TEXTS):
        words = set(WORD.findall(ADDRESS.sub("", text).replace("_", " ")))
        if words - known and not is_original(text):
            strange.add(text)
    assert strange == set()
