"""The application: Streamlit's pages and the doors of plain HTTP, in one process."""

import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

import streamlit as st
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)
from starlette.routing import BaseRoute, Mount, Route
from starlette_compress import CompressMiddleware

from answers import pages, problems
from answers.question import Question
from loaders import releases
from loaders.package import Faults
from loaders.settings import EMPTY, HOME
from loaders.shelf import Shelf, common
from web import asking, busy, embed, manual, metrics, replies, shell
from web.api import JSON, Call
from web.asking import Unreadable
from web.doors import DOORS, Door
from web.feed import feed
from web.headers import Headers
from web.light import HTML, Light
from web.openapi import described
from web.replies import Refused, Replies

METHODS = ("GET", "HEAD", "OPTIONS")
NOTHING = """<!DOCTYPE html>
<html lang="zxx">
<head>
<meta charset="utf-8">
<title>…</title>
<link rel="icon" href="data:,">
<meta name="robots" content="noindex">
</head>
<body></body>
</html>
"""
"""An empty page, in no language. A browser would write the host into a tab without a title."""
Endpoint = Callable[[Request], Awaitable[Response]]


class Doors:
    """The doors of one process: they share the data and what was answered lately."""

    def __init__(self, shelf: Shelf, base: str = "") -> None:
        """Open the doors of a shelf; `base` is the path before every address."""
        self.shelf, self.base, self.replies = shelf, base, Replies()

    def routes(self) -> list[Mount | Route]:
        """Give everything that is answered here."""
        doors: list[BaseRoute] = [
            Route(f"/v1/{door.path}.{{kind}}", self._api(door)) for door in DOORS
        ]
        doors += [Route("/v1/openapi.json", self._openapi), Route("/", self._manual)]
        return [
            *self._under("api", doors),
            *self._under("embed", [embed.route(self.shelf, self.replies, self.base)], framed="*"),
            self._one("feed.atom", self._feed),
            self._one("snapshot.zip", self._snapshot),
            self._one("healthz", self._health),
            self._one(EMPTY.strip("/"), self._exit),
            *(
                Route(f"{self.base}/{path}", self._page(path), methods=["GET"])
                for path in pages.PATHS.values()
            ),
            *Light(self.shelf, self.replies, self.base).routes(),
        ]

    def _page(self, path: str) -> Endpoint:
        """Give the first HTML of a page of Streamlit's."""

        async def endpoint(request: Request) -> Response:
            try:
                shelf = await run_in_threadpool(self.shelf.look)
                return await run_in_threadpool(shell.page, request, shelf, path)
            except Unreadable as error:
                return await _unreadable(request, error)

        return endpoint

    def _one(self, path: str, endpoint: Endpoint) -> Route:
        """Give one address."""
        at = f"{self.base}/{path}"
        return Route(at, self._part([Route(at, endpoint)]))

    def _under(
        self, path: str, routes: Sequence[BaseRoute], framed: str = "'none'"
    ) -> list[Mount | Route]:
        """Give all addresses under a path, those of nothing too."""

        async def begin(request: Request) -> Response:
            query = request.url.query
            return RedirectResponse(f"{at}/{'?' if query else ''}{query}", 308)

        at = f"{self.base}/{path}"
        inner = self._part([*routes, *self._nothing()], framed)
        return [self._one(path, begin), Mount(at, inner)]

    def _part(self, routes: list[BaseRoute], framed: str = "'none'") -> Starlette:
        """Give a part of the house with its own headers, errors and last route."""
        return Starlette(
            routes=routes,
            middleware=[
                Middleware(Headers, framed=framed),
                Middleware(
                    CORSMiddleware,
                    allow_origins=["*"],
                    allow_methods=METHODS,
                    expose_headers=("ETag", "Link"),
                ),
                Middleware(CompressMiddleware, zstd=False, brotli_quality=5),
            ],
            exception_handlers={
                Refused: _refused,
                Unreadable: _unreadable,
                Faults: partial(_because, 503, "no_data"),
                405: partial(_because, 405, "method"),
                Exception: partial(_because, 500, "failed"),
            },
        )

    def _nothing(self) -> list[BaseRoute]:
        """Take every other address: Streamlit would answer it with its own page, and 200."""

        async def nothing(request: Request) -> Response:
            raise Unreadable(404, "no_such_page")

        return [Route("/{path:path}", nothing), Route("/", nothing)]

    def _api(self, door: Door) -> Endpoint:
        own = [*(each.name for each in door.own), *(["fields"] if door.parts else [])]

        async def endpoint(request: Request) -> Response:
            kind, name = request.path_params["kind"], request.path_params.get("name", "")
            if kind not in door.kinds:
                raise Unreadable(404, "no_such_page")
            one = "{name}" in door.path and not door.names
            path, given = ("records", {"id": name}) if one else ("", {})

            def make() -> replies.Made:
                asked = asking.question(request, self.shelf, path, own, **given)
                if door.names and name not in door.names(asked):
                    raise Unreadable(404, "no_such_page")
                replies.checked(asked)
                parts = _own(request, door, asked)
                return door.make(asked, Call(kind, parts, self.shelf, asked.t, name))

            if not door.kept:
                return await replies.once(self.shelf, make)
            return await replies.answer(request, self.shelf, self.replies, make)

        return endpoint

    async def _openapi(self, request: Request) -> Response:
        def make() -> replies.Made:
            asked = asking.question(request, self.shelf, "")
            found = described(asked, self.shelf.pinned("")[0].release)
            return replies.Made(json.dumps(found, ensure_ascii=False).encode(), JSON)

        return await replies.answer(request, self.shelf, self.replies, make)

    async def _manual(self, request: Request) -> Response:
        def make() -> replies.Made:
            asked = asking.question(request, self.shelf, "")
            return replies.Made(manual.page(asked, self.base), HTML)

        return await replies.answer(request, self.shelf, self.replies, make)

    async def _feed(self, request: Request) -> Response:
        def make() -> replies.Made:
            asked = asking.question(request, self.shelf, "records")
            replies.checked(asked)
            return feed(asked, self.shelf)

        return await replies.answer(request, self.shelf, self.replies, make)

    async def _snapshot(self, request: Request) -> Response:
        """Give the copy as files, where it was made of the very data that are shown."""
        package = (await run_in_threadpool(self.shelf.look)).package
        path = await run_in_threadpool(releases.snapshot_of, package) if package else None
        if path is None:
            raise Unreadable(404, "no_such_page")
        headers = {"Cache-Control": replies.AGE}
        return FileResponse(path, filename=path.name, headers=headers)

    async def _exit(self, request: Request) -> Response:
        """Give the page where one who left stands: nothing on it tells what was left."""
        return HTMLResponse(NOTHING, headers={"Cache-Control": "no-store"})

    async def _health(self, request: Request) -> Response:
        """Say whether there are data, of which release and how many days old; nothing of them."""
        shelf = await run_in_threadpool(self.shelf.look)
        package = shelf.package
        said = {
            "loaded": package is not None,
            "release": package.release if package else "",
            "age": (datetime.now(UTC).date() - package.released.date()).days if package else None,
            "faults": len(shelf.faults),
            **_database(shelf),
        }
        headers = {"Cache-Control": "no-store"}
        return JSONResponse(said, 200 if package else 503, headers)


def _database(shelf: Shelf) -> dict[str, Any]:
    """Say why the database cannot be read, and when it last was, where it cannot."""
    if (away := shelf.away) is None:
        return {}
    heard = away.heard.isoformat(timespec="seconds") if away.heard else None
    return {"database": away.why, "database_read": heard}


def _own(request: Request, door: Door, asked: Question) -> dict[str, str]:
    """Read the parameters of this door; refuse a value that it does not take."""
    found = {}
    for each in door.own:
        value = asking.own(request, each.name) or each.default
        if value and each.allowed and value not in each.allowed:
            told = problems.not_allowed(each.name, value, each.allowed, asked.t)
            raise Refused(400, told["detail"], [told])
        found[each.name] = value
    for part in filter(None, (fields := asking.own(request, "fields")).split(",")):
        if part not in door.parts:
            told = problems.not_allowed("fields", part, door.parts, asked.t)
            raise Refused(400, told["detail"], [told])
    return {**found, "fields": fields}


async def _refused(request: Request, error: Any) -> Response:
    return replies.refusal(error)


async def _unreadable(request: Request, error: Any) -> Response:
    return replies.refusal(replies.unreadable(request, error))


async def _because(status: int, why: str, request: Request, error: Exception) -> Response:
    found = await _unreadable(request, Unreadable(status, why))
    if request.method == "OPTIONS":
        found = Response(status_code=204)
    if status == 405:
        found.headers["Allow"] = ", ".join(METHODS)
    return found


def application(base: str = "") -> Any:
    """Give the ASGI application: one of them in a process."""
    doors = Doors(common(), base)
    routes = doors.routes()
    first = {route.path.removeprefix(base).split("/")[1] for route in routes}
    ours = first - set(pages.PATHS.values())
    middleware = [
        Middleware(metrics.Counted, doors=frozenset(ours)),
        Middleware(shell.Around, base=base, doors=routes),
        Middleware(busy.Bounded, base=base, doors=frozenset(first - {"healthz", EMPTY.strip("/")})),
    ]
    return st.App(HOME / "dashboard.py", routes=routes, middleware=middleware)
