"""A lean client for plain HTTP: connections that stay open, nothing parsed but what is needed."""

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

HEAD = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\nAccept-Encoding: br\r\n"
    "Accept-Language: en\r\n\r\n"
)
FIELD = re.compile(
    rb"\r\n(content-length|transfer-encoding|retry-after|content-encoding): *([^\r]*)", re.I
)
TIMEOUT = 30.0


@dataclass(frozen=True)
class Answer:
    """A status, what else is needed of the head, and the body as it was sent."""

    status: int
    retry_after: str
    encoding: str
    body: bytes


class Client:
    """Asks one server, on as many connections as it takes."""

    def __init__(self, site: str) -> None:
        """Ask the server at an address such as http://localhost:8501."""
        parts = urlsplit(site)
        self.host, self.port = parts.hostname or "localhost", parts.port or 80
        self.named, self.base = parts.netloc, parts.path
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def get(self, path: str) -> Answer:
        """Ask for a path with its query. Raises `OSError`, `EOFError` and `TimeoutError`."""
        async with asyncio.timeout(TIMEOUT):
            while self.idle:
                with suppress(OSError, EOFError):  # it was closed while nobody used it
                    return await self._answer(path, *self.idle.pop())
            return await self._answer(path, *await asyncio.open_connection(self.host, self.port))

    async def _answer(
        self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Answer:
        """Ask on one connection, and close it unless it gave its answer."""
        try:
            return await self._ask(path, reader, writer)
        except BaseException:
            writer.close()
            raise

    async def _ask(
        self, path: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Answer:
        writer.write(HEAD.format(path=self.base + path, host=self.named).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        fields = {name.lower(): value.decode() for name, value in FIELD.findall(head)}
        if b"content-length" in fields:
            body = await reader.readexactly(int(fields[b"content-length"]))
        elif b"transfer-encoding" in fields:
            body = await _in_pieces(reader)
        else:
            body = b""
        self.idle.append((reader, writer))
        return Answer(
            int(head[9:12]),
            fields.get(b"retry-after", ""),
            fields.get(b"content-encoding", ""),
            body,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close what is open."""
        for _, writer in self.idle:
            writer.close()
        self.idle.clear()


async def _in_pieces(reader: asyncio.StreamReader) -> bytes:
    pieces = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        pieces.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return b"".join(pieces)
