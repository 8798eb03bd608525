"""How much a reader meets before opening anything: `python -m tests.words`.

Counted are the words on each page at 1440 pixels, without the drawer, sentences of records,
quotations and cells of tables; and how high the page is on a screen and on a phone. Printed is one
row per page and language.
"""

import sys

from playwright.sync_api import Page, sync_playwright

from incidents.codebook import LANGUAGES
from tests.browser.serving import CHROMIUM, FLAGS, served
from tests.browser.walking import EVERY, visit

MOST = {"/claims": 350, "/methodology": 600}
ELSEWHERE = 250
NOT_COUNTED = (
    "table, blockquote, svg, style, script, [data-testid=stIconMaterial], "
    "[data-testid=stSidebar], [class*=st-key-rows-]"
)
WORDS = """
(left) => {
  const main = document.querySelector("[data-testid=stMain]");
  const left_out = [...main.querySelectorAll(left)];
  const out = new Set(left_out.flatMap(e => [...e.querySelectorAll("*"), e]));
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  let words = 0;
  while (walker.nextNode()) {
    const {parentElement, textContent} = walker.currentNode;
    if (!out.has(parentElement) && parentElement.checkVisibility())
      words += (textContent.match(/[\\p{L}\\p{N}]+/gu) || []).length;
  }
  return words;
}
"""
HEIGHT = "document.querySelector('[data-testid=stMain]').scrollHeight"


def words(page: Page) -> int:
    """Count the words on a page, once it has any."""
    page.get_by_test_id("stMain").get_by_role("heading", level=1).wait_for()
    return page.evaluate(WORDS, NOT_COUNTED)


def main() -> int:
    """Print the table. A page with more words than it may have ends with 1."""
    over = 0
    print(f"{'page':14} {'lang':4} {'words':>5} {'most':>5} {'1440':>6} {'390':>6}")
    with sync_playwright() as playwright, served() as address:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page()
        for path in EVERY.values():
            most = MOST.get(path, ELSEWHERE)
            for lang in LANGUAGES:
                heights = []
                for width in (390, 1440):
                    page.set_viewport_size({"width": width, "height": 900})
                    visit(page, f"{address}{path}?lang={lang}")
                    heights.insert(0, page.evaluate(HEIGHT))
                found = words(page)
                over += found > most
                wide, narrow = heights
                print(f"{path:14} {lang:4} {found:5} {most:5} {wide:6} {narrow:6}", flush=True)
        browser.close()
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
