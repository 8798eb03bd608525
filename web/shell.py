"""Streamlit's pages as plain HTTP meets them: their first HTML, their files, their headers.

Streamlit answers every address with one empty page called "Streamlit", in English. Here that page
gets the reader's language, its title, what messengers show of it, and the frame with its words,
which stands until the script has drawn the page. Its files are compressed once.
"""

import gzip
import logging
import mimetypes
import re
import traceback
from collections.abc import Sequence
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

import brotli
import streamlit
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from answers import pages
from answers.question import Question
from loaders.shelf import Shelf
from web import asking, first, replies
from web.asking import Unreadable

LOG = logging.getLogger(__name__)
FILES = Path(streamlit.__file__).parent / "static"
TEXTS = {".js", ".css", ".html", ".json", ".svg"}
MAP = "/component/pages.shared.map."
"""The part of the map, the only one that may make a script of a text."""
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'{more}; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'"
)
ODD = re.compile(r"[\x00-\x1f\\]|\.\.")
"""What no address of ours holds. Streamlit answers some of it with a word, some with its page."""
READ = ("GET", "HEAD")
"""What can be done with a page."""
OURS = {"_stcore", "media", "component", "static", "app", *(f.name for f in FILES.iterdir())}
"""What the first part of an address may be beside a page: Streamlit's own."""


def page(request: Request, shelf: Shelf, path: str) -> Response:
    """Give the first HTML of a page."""
    found = _index()
    if shelf.package is not None:
        for old, new in _of_page(asking.question(request, shelf, path)).items():
            found = found.replace(old, new, 1)
    return HTMLResponse(found, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})


@cache
def _index() -> str:
    html = (FILES / "index.html").read_text(encoding="utf-8")
    html = re.sub(r"<noscript>.*?</noscript>", "<noscript></noscript>", html, flags=re.DOTALL)
    return re.sub(r"<!--.*?-->\s*", "", html, flags=re.DOTALL)


def _of_page(asked: Question) -> dict[str, str]:
    """Give what stands on the page instead of Streamlit's own words."""
    head, frame = first.parts(asked, asking.base())
    return {
        '<html lang="en">': f'<html lang="{asked.t.code}">',
        "<title>Streamlit</title>": head,
        "<noscript></noscript>": frame,
    }


def elsewhere(path: str, query: str) -> str | None:
    """Give the address that another spelling means, or a record as a path; else None."""
    name, *more = path.strip("/").split("/")
    at = pages.PATHS.get(name.lower().replace("_", "-"))
    if at is None or len(more) > 1 or ".." in path:
        return None
    named = [urlencode({"id": more[0]})] if more else []
    return f"{at}?{'&'.join(filter(None, [*named, query]))}".removesuffix("?")


class Around:
    """Stand around Streamlit: known addresses pass, with headers; others are no page."""

    def __init__(self, app: ASGIApp, base: str, doors: Sequence[BaseRoute]) -> None:
        """Stand before what begins with `base`; `doors` are our own."""
        self.app, self.base, self.doors = app, base, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it; what fails is logged without what was asked."""
        if scope["type"] in ("http", "websocket"):
            _forwarded(scope)
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def sent(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._answer(scope, receive, sent)
        except Exception as error:  # its words may be a reader's
            frames = "".join(traceback.format_tb(error.__traceback__))
            LOG.error("A request failed: %s\n%s", type(error).__name__, frames)
            if not begun:
                failed = replies.unreadable(Request(scope), Unreadable(500, "failed"))
                await replies.refusal(failed)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix(self.base)
        headers = MutableHeaders(scope=scope)
        # Streamlit's own compression takes "gzip;q=0" for a wish (seen in 1.67)
        headers["accept-encoding"] = ", ".join(accepted(headers.get("accept-encoding", "")))
        passed_on = partial(_with_headers, path, scope["scheme"] == "https", send)
        even = {**scope, "path": ODD.sub("_", scope["path"])}
        if scope["method"] not in READ and path.strip("/") in pages.PATHS.values():
            refused = replies.unreadable(Request(scope), Unreadable(405, "method"))
            answer = replies.refusal(refused)
            answer.headers["Allow"] = ", ".join(READ)
            await answer(scope, receive, passed_on)
        elif any(route.matches(even)[0] is not Match.NONE for route in self.doors):
            await self.app(even, receive, passed_on)
        elif not self._known(path):
            await self._elsewhere(path, Request(scope))(scope, receive, passed_on)
        elif path.startswith("/static/") and scope["method"] == "GET":
            await self._file(path, scope, receive, passed_on)
        else:
            await self.app(scope, receive, passed_on)

    def _known(self, path: str) -> bool:
        """Say whether an address is a page, or may be something of Streamlit's."""
        if ".." in path or "//" in path or "\0" in path:
            return False
        inner = path.strip("/")
        return inner in pages.PATHS.values() or inner.split("/")[0] in OURS

    def _elsewhere(self, path: str, request: Request) -> Response:
        """Lead to what an address means, or say that there is nothing."""
        try:
            asking.query(request)
        except Unreadable as error:
            return replies.refusal(replies.unreadable(request, error))
        if (to := elsewhere(path, request.url.query)) is not None:
            return RedirectResponse(f"{self.base}/{to}", 308)
        return replies.refusal(replies.unreadable(request, Unreadable(404, "no_such_page")))

    async def _file(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        """Give a file of Streamlit's in the smallest form that the browser takes."""
        form = next(iter(accepted(Headers(scope=scope)["accept-encoding"])), "")
        body = await run_in_threadpool(compressed, path, form) if form else None
        if body is None:
            await self.app(scope, receive, send)
            return
        headers = {
            "Content-Encoding": form,
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
        }
        kind = mimetypes.guess_type(path)[0]
        await Response(body, media_type=kind, headers=headers)(scope, receive, send)


def _forwarded(scope: Scope) -> None:
    """Leave of what a proxy says that alone which the server trusted: whether it came over TLS."""
    headers = MutableHeaders(scope=scope)
    for name in [name for name in headers if name.startswith("x-forwarded-")]:
        del headers[name]
    if scope["scheme"] in ("https", "wss"):
        headers["x-forwarded-proto"] = "https"


def accepted(wished: str) -> list[str]:
    """List the forms that a browser takes, the smaller first: "br;q=0" says that it does not."""
    wishes = [part.strip().replace(" ", "") for part in wished.lower().split(",")]
    taken = r"(;q=(1(\.0*)?|0?\.\d*[1-9]\d*))?"
    return [f for f in ("br", "gzip") if any(re.fullmatch(f + taken, w) for w in wishes)]


@cache
def compressed(path: str, form: str) -> bytes | None:
    """Compress a file of Streamlit's, once; None where there is none, or no use in it."""
    file = FILES / path.removeprefix("/")
    if file.suffix not in TEXTS or not file.resolve().is_relative_to(FILES) or not file.is_file():
        return None
    content = file.read_bytes()
    if form == "br":
        return bytes(brotli.compress(content, quality=9))
    return gzip.compress(content, mtime=0)


async def _with_headers(path: str, secure: bool, send: Send, message: Message) -> None:
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        more = " 'unsafe-eval'" if path.startswith(MAP) else ""
        headers.setdefault("Content-Security-Policy", POLICY.format(more=more))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("Referrer-Policy", "no-referrer")
        if secure:
            headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    await send(message)
