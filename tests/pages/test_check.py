"""The page that checks a keeper's file: only where it stays on the keeper's machine, in memory."""

import sys
from uuid import uuid4

import pytest
from starlette.formparsers import MultiPartParser
from starlette.requests import Request

from answers import handed
from loaders.language import language
from loaders.settings import LARGEST, Settings
from tests.broken_files import csv_of
from tests.checking_files import TODAY, planted, rows_of
from tests.loops import awaited
from tests.pages.test_cite import opened

OFF = "python -m keeper check FILE"


@pytest.fixture
def on(monkeypatch):
    monkeypatch.setenv("CHECK", "on")


def pasted(content: bytes, link: str = "/check"):
    app = opened(link)
    app.text_area(key="check-pasted").set_value(content.decode()).run()
    assert not app.exception
    return app


def test_a_copy_that_others_reach_takes_no_file(monkeypatch):
    monkeypatch.delenv("CHECK", raising=False)
    app = opened("/check")
    assert [block.value for block in app.code] == [OFF]
    assert not app.get("file_uploader")
    assert not app.text_area


@pytest.mark.usefixtures("on")
@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_what_is_pasted_is_checked_and_reaches_no_address(lang):
    app = pasted(planted()[0], f"/check?lang={lang}")
    found = app.markdown[-1].value.splitlines()
    assert len(found) == len(planted()[1])
    assert found[0].startswith("- **A2, ")
    assert set(app.query_params) <= {"lang"}
    (button,) = app.get("download_button")
    assert button.proto.label


@pytest.mark.usefixtures("on")
def test_where_nothing_is_wrong_there_is_no_table():
    app = pasted(csv_of(*rows_of({}, {})))
    assert "nothing found" in app.header[0].value
    assert not app.get("download_button")


@pytest.mark.usefixtures("on")
def test_what_is_no_table_is_told():
    app = pasted(b"%PDF-1.7 nothing")
    assert "not read" in app.header[0].value
    assert not app.get("download_button")


@pytest.mark.parametrize(
    ("address", "told", "alone"),
    [
        ("localhost", {}, True),
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("0.0.0.0", {}, False),  # noqa: S104  # asked about, not bound to
        ("incidents.example.org", {}, False),
        ("localhost", {"PUBLIC_URL": "https://incidents.example.org"}, False),
        ("localhost", {"TRUSTED_PROXIES": "127.0.0.1"}, False),
        ("localhost", {"ALLOWED_HOSTS": "incidents.example.org"}, False),
    ],
)
def test_the_launcher_takes_files_only_where_nobody_else_gets(monkeypatch, address, told, alone):
    for name in ("PUBLIC_URL", "TRUSTED_PROXIES", "ALLOWED_HOSTS"):
        monkeypatch.setenv(name, told.get(name, ""))
    assert Settings().known_here_alone(address) is alone


def test_a_file_of_the_size_that_may_be_is_taken_without_one_on_the_disk(monkeypatch, on):
    opened("/check")
    assert _opens(LARGEST) == []
    monkeypatch.setattr(MultiPartParser, "spool_max_size", 2**20)
    assert _opens(LARGEST)  # as Starlette has it


WATCHED: list[str] = []
"""What is opened while files are watched for; a hook cannot be taken away again."""
HOOKED: list[bool] = []


def _opens(size: int) -> list[str]:
    """Send a file to a form, and list what Python opens for it."""
    if not HOOKED:
        HOOKED.append(True)
        sys.addaudithook(lambda event, args: event == "open" and WATCHED.append(str(args[0])))
    mark = uuid4().hex
    head = f'--{mark}\r\nContent-Disposition: form-data; name="f"; filename="f.csv"\r\n\r\n'
    body = head.encode() + b"x" * size + f"\r\n--{mark}--\r\n".encode()
    headers = [(b"content-type", f"multipart/form-data; boundary={mark}".encode())]

    async def receive() -> dict:
        return {"type": "http.request", "body": body, "more_body": False}

    async def read() -> int:
        scope = {"type": "http", "method": "POST", "headers": headers}
        async with Request(scope, receive).form() as form:
            return len(await form["f"].read())

    WATCHED.clear()
    assert awaited(read()) == size
    return list(WATCHED)


def test_what_the_program_fails_at_is_told_without_a_cell():
    """Whatever goes wrong inside, here for want of a package, could repeat what it met."""
    found = handed.handed(csv_of(*rows_of({})), "cases.csv", None, TODAY)
    (problem,) = found.told(language("en")).problems
    assert problem.why == "The program failed at this file, and the fault is ours."
    assert problem.value == ""
    assert not found.sheet
