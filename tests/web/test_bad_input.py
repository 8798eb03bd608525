"""What nobody should send, at every address: the right status, one shape, nothing in the log."""

import pytest
from starlette.routing import Router

from loaders.shelf import Shelf
from tests.broken import MEDIA, Break, break_cell
from tests.browser.serving import process
from tests.conftest import copied, keep_as
from tests.web.addresses import addresses, within
from tests.web.reading import get as get_within
from tests.web.reading import read
from web import shell
from web.app import Doors

WORD = "secretword"
"""What a reader asks for, and no log may hold."""
LONG = 50_000
"""Letters of a query that this house refuses; past 64 KiB uvicorn hangs up in the middle of it."""
BROKEN = "2026.9.0"
EVERY = [path for path in addresses("M-0002") if "/chart/" not in path and "/cite." not in path]
EVERY += ["/api/v1/chart/trend.svg", "/api/v1/cite.bib", "/api", "/light", "/light/nothing"]
READ = [p for p in EVERY if p not in ("/api", "/healthz", "/robots.txt", "/sitemap.xml")]
"""The addresses that read their parameters."""
STRICT = [path for path in READ if path.startswith(("/api/v1/", "/feed")) and "openapi" not in path]
"""The addresses for programs, which would not read a notice."""


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "log"


@pytest.fixture(scope="module")
def house(tmp_path_factory, log):
    """Serve a package with a kept release that is broken, and keep the log."""
    directory = copied(tmp_path_factory.mktemp("bad"))
    break_cell(keep_as(directory, BROKEN), Break("unknown_code", MEDIA, "perpetrator", "orcs"))
    with (
        log.open("wb") as file,
        process(log=file, INCIDENTS_DATA=str(directory)) as (address, _),
    ):
        yield address


def holds(found, path, status):
    """Hold a refusal against the shape of its door."""
    assert found.status == status, path
    assert b"Traceback" not in found.body
    if path.startswith("/light"):
        assert read(found.text).one("h1").text
    else:
        assert found.headers["Content-Type"] == "application/problem+json"
        assert found.json["status"] == status
        assert found.json["detail"]


@pytest.mark.parametrize(
    ("query", "status"), [(f"q={WORD}" + "x" * LONG, 414), (f"q={WORD}%FF", 400)]
)
@pytest.mark.parametrize("path", READ)
def test_a_query_that_is_none_is_refused(get, path, query, status):
    lost = "nothing" in path  # there is nothing to read it
    holds(get(within(path, query)), path, 404 if lost else status)


@pytest.mark.parametrize("path", STRICT)
@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        (f"release={BROKEN}", "release"),
        ("release=1999.1.0", "release"),
        (f"group={WORD}", "group"),
        (f"{WORD}=1", WORD),
        ("from=2018&from=2019", "from"),
        ("q=%00&from=%00", "from"),
    ],
)
def test_programs_are_told_what_is_wrong(get, path, query, parameter):
    found = get(within(path, query))
    holds(found, path, 400)
    assert [each["parameter"] for each in found.json["problems"]] == [parameter]


@pytest.mark.parametrize("path", [path for path in READ if path.startswith(("/light/", "/embed/"))])
@pytest.mark.parametrize("query", [f"release={BROKEN}", f"group={WORD}", "from=2018&from=2019"])
def test_people_are_told_what_was_left_out_and_shown_the_rest(get, path, query):
    found = get(within(path, query))
    if "nothing" in path:
        holds(found, path, 404)
    else:
        assert found.status == 200
        assert len(read(found.text).one(id="problems").all("li")) == 1


@pytest.mark.parametrize("path", READ)
def test_a_nul_byte_is_no_word_and_asks_for_nothing(get, path):
    others = {"/light": 308, "/light/nothing": 404}
    assert get(within(path, "q=%00")).status == others.get(path, 200)


@pytest.mark.parametrize("path", EVERY)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "BREW"])
def test_nothing_can_be_done_but_read(get, path, method):
    found = get(within(path, f"q={WORD}"), method)
    assert found.status == 405
    assert "GET" in found.headers["Allow"]
    if path not in ("/robots.txt", "/sitemap.xml"):
        holds(found, path, 405)


@pytest.mark.parametrize("door", ["/api", "/api/v1", "/light", "/feed.atom", "/healthz", ""])
@pytest.mark.parametrize(
    "odd",
    ["/%00", "/%FF", "/%0A", "/a%0Ab", "/..%2F..%2Fetc%2Fpasswd", "/../../x", "/%5C..%5Cx", "/x/y"],
)
def test_an_odd_address_is_one_of_nothing(get, door, odd):
    inside = door == "/light" or not door
    holds(get(door + odd), door if inside else "", 404)


@pytest.mark.parametrize(
    "path", ["/light%0A", "//light/map", "/feed.atom/x", "/healthz/", "/Map%00"]
)
def test_what_only_looks_like_an_address_is_none(get, path):
    holds(get(path), "", 404)


def test_nothing_that_a_reader_sent_is_logged(get, log):
    for path in (*READ, "/Map", f"/records/{WORD}", f"/{WORD}"):
        for query in (f"q={WORD}%FF", f"group={WORD}", f"id={WORD}", f"fields={WORD}"):
            get(within(path, query), Referer=f"http://localhost/{WORD}", Cookie=WORD)
    told = log.read_text(encoding="utf-8")
    assert WORD not in told
    assert "Traceback" not in told


@pytest.mark.parametrize("path", ["/light/map", "/api/v1/counts.json", "/feed.atom", "/map"])
def test_what_fails_says_so_and_is_logged_without_the_words_of_a_reader(path, caplog):
    def nowhere():
        raise RuntimeError(WORD)

    routes = Doors(Shelf(nowhere)).routes()
    found = get_within(shell.Around(Router(routes), "", routes), within(path, f"q={WORD}"))
    assert found.status == 500
    if path.startswith("/light"):
        assert read(found.text).one("h1").text
    else:
        assert found.headers["content-type"] == "application/problem+json"
    assert "RuntimeError" in caplog.text
    assert WORD not in caplog.text
    assert WORD not in found.text
