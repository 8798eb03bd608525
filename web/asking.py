"""A request, read: the Question it asks, and what of it only this door understands."""

from collections.abc import Sequence
from urllib.parse import parse_qs

from starlette.requests import Request
from streamlit import get_option

from answers.question import Question, ask
from incidents.codebook import LANGUAGES
from loaders.settings import Settings
from loaders.shelf import Shelf

LONGEST = 8_000
"""How many characters of a query are read; browsers and proxies send no longer ones either."""


class Unreadable(Exception):
    """A request that is none: its status, and in a word why (a rule)."""

    def __init__(self, status: int, why: str) -> None:
        """Say why."""
        super().__init__(why)
        self.status, self.why = status, why


def query(request: Request) -> dict[str, list[str]]:
    """Read the parameters of an address. Raises `Unreadable`."""
    raw = request.scope["query_string"]
    if len(raw) > LONGEST:
        raise Unreadable(414, "too_long")
    try:
        return parse_qs(raw.decode("ascii"), keep_blank_values=True, errors="strict")
    except ValueError:  # bytes that are no UTF-8, or more fields than anybody sets
        raise Unreadable(400, "not_utf8") from None


def question(
    request: Request, shelf: Shelf, path: str, own: Sequence[str] = (), **given: str
) -> Question:
    """Ask by a request about a page; `own` are parameters of this door alone, `given` set here."""
    asked: dict[str, Sequence[str]] = {
        name: values for name, values in query(request).items() if name not in own
    }
    for name, value in given.items():
        asked[name] = [value]
    return ask(asked, path, shelf, wish(request), origin(request))


def own(request: Request, name: str) -> str:
    """Read a parameter of this door alone: its last value."""
    return query(request).get(name, [""])[-1]


def wish(request: Request) -> str:
    """Choose the language that the reader's browser asks for most, of those that there are."""
    wished = []
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wished.append((float(weight or 1), tag[:2].lower()))
        except ValueError:
            continue
    known = [(weight, code) for weight, code in wished if code in LANGUAGES and weight > 0]
    return max(known, key=lambda each: each[0])[1] if known else ""


def origin(request: Request) -> str:
    """Give what the addresses of this copy begin with, as this reader may be told them."""
    secure = request.url.scheme == "https"
    return Settings().origin(request.headers.get("host", ""), base(), secure=secure)


def base() -> str:
    """Give the path before every address of this copy: empty, or "/incidents"."""
    path = str(get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""
