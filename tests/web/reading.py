"""Ask an ASGI application as a browser does, without a network, and read the HTML it gives."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from incidents.schema import BLANKS
from loaders.shelf import Shelf
from tests.conftest import DATA
from web.app import Doors

VOID = {"meta", "link", "input", "br", "img", "rect", "path", "line", "circle"}


def of_doors(directory: Path = DATA) -> Starlette:
    """Open the doors of a data package, without a server."""
    return Starlette(routes=Doors(Shelf(lambda: directory)).routes())


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def get(app: Any, target: str, method: str = "GET", **headers: str) -> Reply:
    """Ask for a path with its query, in a thread: a browser of other tests may hold this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, _ask(app, target, method, headers)).result()


async def _ask(app: Any, target: str, method: str, headers: dict[str, str]) -> Reply:
    path, _, query = target.partition("?")
    named = {"host": "localhost:8501", **{k.replace("_", "-"): v for k, v in headers.items()}}
    scope = {
        "type": "http",
        "method": method,
        "scheme": "http",
        "server": ("localhost", 8501),
        "root_path": "",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(k.encode(), v.encode()) for k, v in named.items()],
    }
    sent: list[dict] = []

    asked = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> dict:
        return next(asked, None) or await asyncio.get_running_loop().create_future()

    async def send(message: dict) -> None:
        sent.append(message)

    await app(scope, receive, send)
    said = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
    return Reply(sent[0]["status"], said, b"".join(m.get("body", b"") for m in sent[1:]))


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Find what lies inside, by tag and attributes."""
        wanted = {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}
        return [
            e
            for e in self._every()
            if (not tag or e.tag == tag) and wanted.items() <= e.attributes.items()
        ]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        (found,) = self.all(tag, **attributes)
        return found

    def _every(self) -> Iterator["Element"]:
        for each in self.inside:
            if isinstance(each, Element):
                yield each
                yield from each._every()

    @property
    def text(self) -> str:
        parts = (each if isinstance(each, str) else each.text for each in self.inside)
        return BLANKS.sub(" ", "".join(parts)).strip()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(found)
        if tag not in VOID:
            self.open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag, tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(text: str) -> Element:
    """Read a page; every element must be closed."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert len(reader.open) == 1
    return reader.open[0]


def cells(table: Element) -> list[list[str]]:
    """Give the rows of a table's body, the name of each first."""
    return [
        [cell.text for cell in row.inside if isinstance(cell, Element)]
        for row in table.one("tbody").all("tr")
    ]
