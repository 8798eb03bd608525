"""A process that has enough to do says so, at once, rather than letting everybody wait.

Streamlit draws every reader's page in a thread of its own, without a bound: on a press day each
waits for all the others. Here no new reader is taken while AT_ONCE pages are being drawn; who is
told so gets a light page, which costs a tenth. Who has a session keeps it.
"""

from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from answers import pages, problems, safety
from answers.question import spoken
from incidents.codebook import LANGUAGES
from loaders.language import language
from loaders.settings import Settings
from web import asking, replies, shown
from web.asking import Unreadable
from web.light import mark
from web.replies import Refused

AFTER = 5
"""Seconds after which whoever was refused may ask again."""
LINES, ASKED = 20, 4
"""How many times AT_ONCE sessions are held, and answers of plain HTTP are waited for, at most."""
SMALL = 200
"""The message that ends a run has fewer bytes."""
STREAM = "/_stcore/stream"
HEALTH = "/_stcore/health"
"""What a browser that lost its line asks before each try to get it back."""
FOR_PROGRAMS = ("api", "feed.atom")


class Bounded:
    """Count what is being done, and refuse what would only wait."""

    def __init__(self, app: ASGIApp, base: str, doors: frozenset[str]) -> None:
        """Stand before what begins with `base`; `doors` are the first parts of our addresses."""
        self.app, self.base, self.doors = app, base, doors
        self.most = Settings().at_once
        self.lines = self.drawn = self.asked = 0

    @property
    def full(self) -> bool:
        """Say whether no new reader of Streamlit's pages can be taken now."""
        return self.drawn >= self.most or self.lines >= LINES * self.most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope["type"] == "websocket" and path == STREAM:
            await self._line(scope, receive, send)
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif path == HEALTH and self.full:
            await refused(Request(scope), self.base)(scope, receive, send)
        elif (name := path.strip("/").split("/")[0]) in self.doors:
            page = name in pages.PATHS.values()
            await self._door(scope, receive, send, page=page)
        else:
            await self.app(scope, receive, send)

    async def _door(self, scope: Scope, receive: Receive, send: Send, *, page: bool) -> None:
        """Answer at a door of plain HTTP, of which a first HTML promises a session."""
        if self.asked >= ASKED * self.most or (page and self.full):
            await refused(Request(scope), self.base)(scope, receive, send)
            return
        self.asked += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.asked -= 1

    async def _line(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hold a reader's line, and know whether a page is being drawn for it."""
        if self.full:
            await receive()  # the wish to connect
            await _unanswered(send)
            return
        drawing = False

        def draws(*, now: bool) -> None:
            nonlocal drawing
            self.drawn += now - drawing
            drawing = now

        async def received() -> Message:
            message = await receive()
            if (data := message.get("bytes")) and _asks(data):
                draws(now=True)
            return message

        async def sent(message: Message) -> None:
            data = message.get("bytes")
            if drawing and data and len(data) < SMALL and _ends(data):
                draws(now=False)
            await send(message)

        self.lines += 1
        try:
            await self.app(scope, received, sent)
        finally:
            self.lines -= 1
            draws(now=False)


def _asks(data: bytes) -> bool:
    """Say whether a browser asks for its page to be drawn. Streamlit refuses what is none."""
    try:
        return BackMsg.FromString(data).WhichOneof("type") == "rerun_script"
    except Exception:
        return False


def _ends(data: bytes) -> bool:
    """Say whether a page stands now."""
    message = ForwardMsg.FromString(data)
    again = message.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
    return message.WhichOneof("type") == "script_finished" and not again


async def _unanswered(send: Send) -> None:
    """Refuse a line with a status: a browser then asks for the health first, and waits longer."""
    headers = [(b"retry-after", str(AFTER).encode()), (b"content-length", b"0")]
    begun = {"type": "websocket.http.response.start", "status": 503, "headers": headers}
    await send(begun)
    await send({"type": "websocket.http.response.body", "body": b""})


def refused(request: Request, base: str) -> Response:
    """Say that there is no room now: to programs as a problem, to readers as a page."""
    path = request.url.path.removeprefix(base).strip("/")
    if path.split("/")[0] in FOR_PROGRAMS:
        t = spoken({}, asking.wish(request))
        found = replies.refusal(Refused(503, problems.unreadable("busy", t)))
        found.headers["Access-Control-Allow-Origin"] = "*"
    else:
        found = HTMLResponse(_page(request, base, path), 503, {"Cache-Control": "no-store"})
    found.headers["Retry-After"] = str(AFTER)
    return found


def _page(request: Request, base: str, path: str) -> str:
    """Write the page that says so in every language, the reader's own first."""
    try:
        query = asking.query(request)
    except Unreadable:
        query = {}
    own = spoken(query, asking.wish(request)).code
    said, page = [], path in pages.PATHS.values()
    for code in sorted(LANGUAGES, key=lambda each: each != own):
        t, asked = language(code), urlencode({**query, "lang": [code]}, doseq=True)
        told = {
            "code": code,
            "title": problems.unreadable("busy", t),
            "again": t("Try again"),
            "again_at": f"{base}/{path}?{asked}",
            "light": t("Light page, without scripts →"),
            "leave": safety.leave(t),
            "light_at": f"{base}/light/{pages.twin(path)}?{asked}" if page else "",
        }
        said.append(told)
    return (
        shown.templates()
        .get_template("busy.html")
        .render(
            said=said,
            style=f"{base}/light/style.{mark()}.css",
            exit=Settings().exit(base, beside=True),
        )
    )
