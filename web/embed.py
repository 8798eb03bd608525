"""Embeds: one figure for a frame on somebody else's page, with its source line and its link."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from answers import pages
from answers.question import Question
from loaders.shelf import Shelf
from web import asking, replies, shown
from web.asking import Unreadable
from web.frame import Frame
from web.light import HTML, mark
from web.replies import Made, Replies


def route(shelf: Shelf, kept: Replies, base: str) -> Route:
    """Give the address of every figure."""
    return Route("/{surface}", _embedded(shelf, kept, base))


def _embedded(shelf: Shelf, kept: Replies, base: str) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        surface = request.path_params["surface"]

        def make() -> Made:
            page = pages.DRAWN[surface].page if surface in pages.DRAWN else "claims"
            asked = asking.question(request, shelf, page)
            if surface not in pages.figures(asked):
                raise Unreadable(404, "no_such_page")
            return Made(_html(asked, surface, base), HTML)

        return await replies.answer(request, shelf, kept, make)

    return endpoint


def _html(asked: Question, surface: str, base: str) -> bytes:
    frame = Frame(asked, base, asked.package, f"{base}/light/style.{mark()}.css")
    answer = pages.surface(asked, surface)
    given = {"frame": frame, "t": asked.t, "words": shown.words(asked.t), "answer": answer}
    html = shown.templates().get_template("embed.html").render(given)
    return shown.in_tongues(html, asked.t).encode()
