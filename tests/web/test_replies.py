"""What is kept of answers, and what is not."""

import pytest
from starlette.requests import Request

from loaders.shelf import Shelf
from tests.loops import awaited
from web.replies import Made, Replies, answer

GOOD, BROKEN = ",day,", ",sometime,"


@pytest.fixture
def ask(copy):
    """Ask for one page of a copied package, which `make` makes."""
    shelf, replies = Shelf(lambda: copy), Replies()
    scope = {"type": "http", "method": "GET", "path": "/light/", "query_string": b""}
    request = Request({**scope, "headers": [(b"host", b"localhost")], "server": ("localhost", 80)})

    def asked(make):
        return awaited(answer(request, shelf, replies, make))

    asked.shelf, asked.replies = shelf, replies
    return asked


def change(folder, old, new):
    path = folder / "media_attacks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def page(text):
    return lambda: Made(text, "text/html")


def test_what_is_made_while_a_file_breaks_may_bear_a_notice_and_is_kept_nowhere(ask, copy):
    def breaks():
        change(copy, GOOD, BROKEN)
        ask.shelf.look()
        return page(b"with a notice")()

    first = ask(breaks)
    assert (first.body, first.headers["Cache-Control"]) == (b"with a notice", "no-store")
    assert "ETag" not in first.headers
    change(copy, BROKEN, GOOD)
    second = ask(page(b"without"))
    assert (second.body, ask.replies.size) == (b"without", len(b"without"))
    assert "max-age" in second.headers["Cache-Control"]


def test_a_page_with_a_notice_is_made_once_and_kept_by_nobody_else(ask, copy):
    assert ask(page(b"without")).body == b"without"
    change(copy, GOOD, BROKEN)
    found = [ask(page(text)) for text in (b"with a notice", b"made again")]
    assert [each.body for each in found] == [b"with a notice"] * 2
    assert {each.headers["Cache-Control"] for each in found} == {"no-store"}
    change(copy, BROKEN, GOOD)
    assert ask(page(b"without, read anew")).body != b"with a notice"
