import json
import urllib.request
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError

import pytest

from tests.browser.serving import served


@dataclass(frozen=True)
class Got:
    """What a server answered."""

    status: int
    headers: Message
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args):
        return None


OPENER = urllib.request.build_opener(NoRedirects)


def ask(address: str, method: str = "GET", **headers: str) -> Got:
    """Ask a server, following nothing."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, method=method, headers=sent)  # noqa: S310  # our own
    try:
        with OPENER.open(request, timeout=60) as answer:
            return Got(answer.status, answer.headers, answer.read())
    except HTTPError as error:
        return Got(error.code, error.headers, error.read())


@pytest.fixture(scope="session")
def house():
    """Give the address of the dashboard with all its doors."""
    with served() as address:
        yield address


@pytest.fixture
def get(house):
    """Ask an address of the house."""
    return lambda path, method="GET", **headers: ask(f"{house}{path}", method, **headers)
