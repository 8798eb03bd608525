"""What is kept of answers, and what is not."""

from starlette.requests import Request

from loaders.shelf import Shelf
from tests.loops import awaited
from web.replies import Made, Replies, answer


def test_what_is_made_while_a_file_breaks_may_bear_a_notice_and_is_kept_nowhere(copy):
    shelf, replies = Shelf(lambda: copy), Replies()
    path = copy / "media_attacks.csv"
    good = path.read_text(encoding="utf-8")
    scope = {"type": "http", "method": "GET", "path": "/light/", "query_string": b""}
    request = Request({**scope, "headers": [(b"host", b"localhost")], "server": ("localhost", 80)})

    def breaks():
        path.write_text(good.replace(",day,", ",sometime,"), encoding="utf-8")
        shelf.look()
        return Made(b"with a notice", "text/html")

    def ask(make):
        return awaited(answer(request, shelf, replies, make))

    first = ask(breaks)
    assert (first.body, first.headers["Cache-Control"]) == (b"with a notice", "no-store")
    assert "ETag" not in first.headers
    path.write_text(good, encoding="utf-8")
    second = ask(lambda: Made(b"without", "text/html"))
    assert (second.body, replies.size) == (b"without", len(b"without"))
    assert "max-age" in second.headers["Cache-Control"]
