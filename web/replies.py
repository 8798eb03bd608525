"""How an answer leaves: status, type, age, mark (ETag), and one shape for every error."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from threading import Lock
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from answers import faults, problems
from answers.question import Question, spoken
from loaders import Package
from loaders.language import language
from loaders.package import Faults
from loaders.settings import HOME, Settings
from loaders.shelf import Shelf
from web import asking
from web.asking import Unreadable

AGE = "public, max-age=30, must-revalidate"
"""Whatever holds records or counts is asked for again: a withdrawal is gone within a
minute, of which a browser and one proxy before it have half each."""
PROBLEM = "application/problem+json"
KEPT, LARGEST = 16_000_000, 1_000_000
"""How many bytes of replies are kept, and how large one may be.

The fifty addresses for which most ask in `make load` are 2.6 MB. What is asked for once would go on
filling any room for minutes.
"""


@dataclass(frozen=True)
class Made:
    """What was made for an address: a body, its media type, and links to what stands beside it."""

    body: bytes
    kind: str
    links: str = ""


class Refused(Exception):
    """What cannot be answered: a status, and the problems in words."""

    def __init__(self, status: int, detail: str, found: Sequence[Mapping[str, Any]] = ()) -> None:
        """Say what is refused and why."""
        super().__init__(detail)
        self.status, self.detail, self.found = status, detail, tuple(found)


@cache
def code() -> str:
    """Give a mark of this program: a new version of it says the same things in other words."""
    mark = hashlib.sha256()
    folders = ("answers", "charts", "incidents", "loaders", "locale", "static", "web")
    for path in sorted(p for folder in folders for p in (HOME / folder).rglob("*") if p.is_file()):
        if path.suffix != ".pyc":
            mark.update(path.read_bytes())
    return mark.hexdigest()


class Replies:
    """What was answered lately, as long as the data stay."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._made: dict[str, Made] = {}
        self._of: Package | None = None
        self._lock = Lock()
        self.size = 0

    def get(self, package: Package, mark: str) -> Made | None:
        """Give what was answered; what was said of other data is forgotten."""
        with self._lock:
            if package is not self._of:
                self._made, self._of, self.size = {}, package, 0
            if (made := self._made.pop(mark, None)) is not None:
                self._made[mark] = made
            return made

    def keep(self, mark: str, made: Made) -> None:
        """Keep an answer; of too many the one that rested longest goes."""
        if len(made.body) > LARGEST:
            return
        with self._lock:
            self.size += len(made.body) - len(self._made.pop(mark, Made(b"", "")).body)
            self._made[mark] = made
            while self.size > KEPT:
                self.size -= len(self._made.pop(next(iter(self._made))).body)


def etag(request: Request, package: Package) -> str:
    """Mark a reply: data, address, parameters, language, host, settings and program.

    It is weak, since compressed and plain forms share it.
    """
    parts = (
        package.mark,
        request.url.path,
        request.scope["query_string"].decode("latin-1"),
        asking.wish(request),
        asking.origin(request),
        code(),
        repr(Settings()),
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


async def answer(
    request: Request, shelf: Shelf, replies: Replies, make: Callable[[], Made], **headers: str
) -> Response:
    """Answer with what `make` makes, or say that the reader has it already.

    While a notice stands, what bears it is kept here, so that a keeper's mistake makes nobody wait,
    and nowhere else, since it passes.
    """
    package = (await run_in_threadpool(shelf.look)).package
    if package is None:
        raise Faults(shelf.faults)
    mark, notice = etag(request, package), _notice(shelf)
    said = {"ETag": mark, "Cache-Control": AGE, "Vary": "Accept-Language", **headers}
    held = {each.strip() for each in request.headers.get("if-none-match", "").split(",")}
    if not notice and held & {mark, mark.removeprefix("W/")}:
        return Response(status_code=304, headers=said)
    made, still = replies.get(package, mark + notice), notice
    if made is None:
        made = await run_in_threadpool(make)
        still = _notice(shelf)
        if still == notice:  # else it may bear either
            replies.keep(mark + notice, made)
    if notice or still:
        said = {"Cache-Control": "no-store"}
    if made.links:
        said["Link"] = made.links
    return Response(made.body, media_type=made.kind, headers=said)


def _notice(shelf: Shelf) -> str:
    """Give what an answer says of its data now, in whatever language it says it."""
    return " ".join(faults.notices(shelf, language("en")))


async def once(shelf: Shelf, make: Callable[[], Made]) -> Response:
    """Answer with what `make` makes, and keep nothing of it, neither here nor on the way."""
    await run_in_threadpool(shelf.look)
    made = await run_in_threadpool(make)
    headers = {"Cache-Control": "no-store", "Content-Type": made.kind}
    return Response(made.body, headers=headers)


def checked(asked: Question) -> None:
    """Refuse a question of which anything had to be left out: a program would not read a notice."""
    found = problems.told(asked)
    if asked.part:
        found.append(problems.not_allowed("id", asked.part, (), asked.t))
    if found:
        raise Refused(400, " ".join(str(each["detail"]) for each in found), found)


def refusal(error: Refused) -> Response:
    """Answer a refusal as RFC 9457 says."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(error.status).phrase,
        "status": error.status,
        "detail": error.detail,
    }
    if error.found:
        said["problems"] = error.found
    body = json.dumps(said, ensure_ascii=False).encode()
    headers = {"Cache-Control": "no-store"}
    return Response(body, error.status, headers, PROBLEM)


def unreadable(request: Request, error: Unreadable) -> Refused:
    """Word a request that is none, in the language that the browser asks for."""
    t = spoken({}, asking.wish(request))
    return Refused(error.status, problems.unreadable(error.why, t))
