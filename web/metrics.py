"""Numbers for whoever runs a copy: how many requests, of which door, how long. Off by default.

No label holds an address, a query or an identifier: behind a proxy every request looks as if it
came from this machine, and what readers ask for is nobody's business. They stand on a port of their
own, which no reader reaches.
"""

from time import perf_counter

from prometheus_client import Counter, Histogram, start_http_server
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from loaders.settings import Settings

REQUESTS = Counter("incidents_requests", "Requests answered", ("door", "status"))
SECONDS = Histogram("incidents_seconds", "Seconds until an answer begins", ("door",))


def listen() -> None:
    """Offer the numbers where METRICS says, if it says so."""
    if where := Settings().metrics:
        host, _, port = where.rpartition(":")
        start_http_server(int(port), host or "127.0.0.1")


class Counted:
    """Count the answers of the doors."""

    def __init__(self, app: ASGIApp, doors: frozenset[str]) -> None:
        """Count under the names of these doors, and all else as pages."""
        self.app, self.doors = app, doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it when its answer begins."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun, parts = perf_counter(), scope["path"].split("/")
        door = next((part for part in parts if part in self.doors), "pages")

        async def counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                REQUESTS.labels(door, f"{message['status'] // 100}xx").inc()
                SECONDS.labels(door).observe(perf_counter() - begun)
            await send(message)

        await self.app(scope, receive, counted)
