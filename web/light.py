"""Light pages: every page of the dashboard as HTML that needs no script."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from functools import cache, partial
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette_compress import CompressMiddleware

from answers import (
    archive,
    cited,
    codebook,
    examples,
    faults,
    filters,
    methodology,
    pages,
    problems,
    reading,
    safety,
)
from answers.answer import Link, Section
from answers.in_short import in_short
from answers.question import Question, spoken
from answers.surfaces import overview, record, verdict
from answers.surfaces.accountability import Accountability
from answers.surfaces.brief import Brief
from answers.surfaces.cells import Cells
from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.impact import Impact, complete
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from answers.surfaces.steps import Steps
from incidents.codebook import LANGUAGES
from loaders.package import Faults
from loaders.shelf import Shelf
from web import asking, replies, shown
from web.asking import Unreadable
from web.dataset import described
from web.frame import Frame
from web.headers import Headers
from web.replies import Made, Replies

HTML, CSS = "text/html; charset=utf-8", "text/css; charset=utf-8"
FOREVER = "public, max-age=31536000, immutable"
Told = Mapping[str, Any]
Endpoint = Callable[[Request], Awaitable[Response]]


class Absent(Exception):
    """A page that says why there is nothing: its status and HTML."""

    def __init__(self, status: int, body: bytes) -> None:
        """Say what is shown."""
        super().__init__(status)
        self.status, self.body = status, body


def of_overview(asked: Question) -> Told:
    """Give what the overview shows."""
    t = asked.t
    return {
        "title": overview.title(asked),
        "examples": (examples.title(asked), examples.examples(asked)),
        "figures": overview.figures(asked),
        "published": asked.answer(Published),
        "groups": asked.answer(Groups),
        "years": asked.answer(Years),
        "behind": (t("Behind these figures"), overview.behind(asked)),
        "newest": (t("Newest records"), asked.answer(Records)),
        "limits": overview.limits(asked),
    }


def of_map(asked: Question) -> Told:
    """Give what the map shows."""
    t, answer = asked.t, asked.answer(Map)
    return {
        "title": answer.title,
        "answer": answer,
        "off_map": t("Not on this map:"),
        "settlements": t("Settlements ({n})", n=len(answer.places)),
        "periods": (t("From"), t("To")),
        "of_periods": filters.of_periods(t),
    }


def of_trends(asked: Question) -> Told:
    """Give what the trends show."""
    t, trend = asked.t, asked.answer(Trend)
    drawn, rest = trend.told_events
    return {
        "title": t("Trends"),
        "verdict": verdict.verdict(asked),
        "may": (t("What may be said"), t("What cannot be told")),
        "known": (t("How we know"), verdict.known(asked)),
        "published": asked.answer(Published),
        "trend": trend,
        "events": t("Laws and events ({n})", n=len(drawn) + len(rest)),
        "not_drawn": t("Not drawn in the chart:"),
        "change": asked.answer(Change),
        "periods": (t("Compare"), t("with")),
        "of_periods": filters.of_periods(t),
        "breakdowns": t("By region, group, violation"),
        "claims": asked.answer(Claims),
        "said_of": t("What others say changed"),
    }


def of_claims(asked: Question) -> Told:
    """Give what others say has changed."""
    answer = asked.answer(Claims)
    return {"title": answer.title, "answer": answer, "about": answer.about}


def of_impact(asked: Question) -> Told:
    """Give what was documented and what followed."""
    t, accountability = asked.t, asked.answer(Accountability)
    return {
        "title": t("Impact"),
        "documented": asked.answer(Impact),
        "accountability": accountability,
        "steps": asked.answer(Steps),
        "complete": complete(asked),
        "behind": t("Behind these figures"),
    }


def of_records(asked: Question) -> Told:
    """Give the list of records."""
    t, answer, cells = asked.t, asked.answer(Records), asked.answer(Cells)
    n = len(asked.subset.beside())
    number, of = answer.listed.number, answer.listed.of
    return {
        "title": answer.title,
        "answer": answer,
        "pager": (t("← Previous"), t("Page {number} of {of}", number=number, of=of), t("Next →")),
        "beside": t("Not counted: {n} contested or not single incidents", n=n) if n else "",
        "counted": cells.section,
        "package": package(asked),
    }


def of_record(asked: Question) -> Told:
    """Give one record, or why there is none."""
    t, found = asked.t, record.record(asked)
    common = {"title": found.title, "told": found, "back": record.back(asked)}
    if isinstance(found, record.Absent):
        return common
    return {
        **common,
        "sources": t("Sources"),
        "hidden": t("Show the address all the same"),
        "codes": t("What these codes mean"),
        "made_up": codebook.made_up(t),
        "heading": safety.risks_heading(t),
        "risks": risks(asked),
        "safely": safety.onward(asked),
    }


def of_methodology(asked: Question) -> Told:
    """Give the methodology, in short and in full."""
    t, changes = asked.t, methodology.changes(asked)
    chapters = [(each.key, each.title, each.make(asked)) for each in methodology.chapters(asked)]
    chapters.append(("changes", changes.title, changes))
    return {
        "title": t("Methodology"),
        "short": in_short(asked),
        "package": package(asked),
        "correction": methodology.correction(asked),
        "full": t("In full"),
        "on_this_page": t("On this page"),
        "toc": [(key, title) for key, title, _ in chapters],
        "chapters": chapters,
        "changelog": asked.package.changelog(t.code),
    }


def of_codes(asked: Question) -> Told:
    """Give every code list."""
    t, vocabularies = asked.t, codebook.vocabularies(asked.t)
    names = codebook.names(t)
    hits = codebook.found(asked, asked.part) if codebook.is_searched(asked) else None
    lists = {
        name: (
            f"{title} ({len(asked.package.codebook.codes(name))})",
            codebook.entries(asked, name) if codebook.is_illustrated(name) else [],
            None if codebook.is_illustrated(name) else codebook.definitions(asked, name),
        )
        for name, title in names.items()
    }
    return {
        "title": t("Codes"),
        "search": (t("Search the codes"), t("A word or a code"), t("All codes →")),
        "hits": None if hits is None else {names[name]: found for name, found in hits.items()},
        "how_many": "" if hits is None else codebook.how_many(hits, t),
        "on_this_page": t("On this page"),
        "made_up": codebook.made_up(t),
        "toc": [(f"list-{name}", title) for name, (title, *_) in lists.items()],
        "lists": lists,
        "introduction": codebook.introduction(asked),
        "vocabularies": (vocabularies.key, vocabularies.title, vocabularies.make(asked)),
    }


def of_cited(asked: Question) -> Told:
    """Give the page that asks for a citation; what is said of one is added."""
    return {"title": asked.t("Is a citation current?"), "asking": cited.asking(asked.t)}


def of_reader_safety(asked: Question) -> Told:
    """Give what others can know of a reader."""
    t = asked.t
    return {
        "title": safety.title(t),
        "introduction": safety.introduction(t),
        "short": safety.short(t),
        "chapters": safety.chapters(t),
        "steps": safety.steps_without_scripts(t),
        "heading": safety.risks_heading(t),
        "risks": risks(asked),
    }


def risks(asked: Question) -> list[tuple[str, Section]]:
    """Say for each country what following a link can mean there; nothing where none is known."""
    if asked.package.reader_risks.empty:
        return []
    named = safety.countries(asked)
    return [(name, safety.risks(asked, country)) for country, name in named.items()]


def of_brief(asked: Question) -> Told:
    """Give a brief of the selection."""
    answer = asked.answer(Brief)
    return {"title": answer.heading, "picture": asked.answer(Map), "answer": answer}


def package(asked: Question) -> tuple[str, str, Link | None]:
    """Name the whole package, say what is in it, and lead to the copy as files."""
    return archive.label(asked.t), archive.caption(asked), archive.copied(asked)


PAGES: Mapping[str, tuple[str, Callable[[Question], Told]]] = {
    "": ("overview.html", of_overview),
    "map": ("map.html", of_map),
    "trends": ("trends.html", of_trends),
    "claims": ("claims.html", of_claims),
    "records": ("records.html", of_records),
    "impact": ("impact.html", of_impact),
    "methodology": ("methodology.html", of_methodology),
    "codes": ("codes.html", of_codes),
    "cited": ("cited.html", of_cited),
    "reader-safety": ("reader_safety.html", of_reader_safety),
    "brief": ("brief.html", of_brief),
}
"""The template of every page, and what it is given."""
RECORD = ("record.html", of_record)
OWN = {"cited": ("citation",)}
"""The parameters of one page alone."""


class Light:
    """The light pages of one process."""

    def __init__(self, shelf: Shelf, kept: Replies, base: str) -> None:
        """Show what is on a shelf; `base` is the path before every address."""
        self.shelf, self.kept, self.base = shelf, kept, base

    def routes(self) -> list[Mount | Route]:
        """Give every address of the light pages."""

        async def begin(request: Request) -> Response:
            asking.query(request)
            query = request.url.query
            return RedirectResponse(f"{self.base}/light/{'?' if query else ''}{query}", 308)

        at = f"{self.base}/light"
        pages: list[BaseRoute] = [
            *(Route(f"/{path}", self._page(path)) for path in PAGES),
            Route("/style.{mark}.css", self._style),
            Route("/{path:path}", self._nothing),
        ]
        files = {f"{self.base}/robots.txt": self._robots, f"{self.base}/sitemap.xml": self._map}
        plain = self._part([Route(path, made) for path, made in files.items()])
        return [
            Route(at, self._part([Route(at, begin)])),
            Mount(at, self._part(pages)),
            *(Route(path, plain) for path in files),
        ]

    def _part(self, routes: list[BaseRoute]) -> Starlette:
        return Starlette(
            routes=routes,
            middleware=[
                Middleware(Headers),
                Middleware(CompressMiddleware, zstd=False, brotli_quality=5),
            ],
            exception_handlers={
                Absent: self._absent,
                Unreadable: self._unreadable,
                Faults: partial(self._because, 503, "no_data"),
                405: partial(self._because, 405, "method"),
                Exception: partial(self._because, 500, "failed"),
            },
        )

    def _page(self, path: str) -> Endpoint:
        async def endpoint(request: Request) -> Response:
            def make() -> Made:
                asked = asking.question(request, self.shelf, path, OWN.get(path, ()))
                return Made(self._html(asked, self._judged(request, asked)), HTML)

            if path in OWN:  # what repeats what was asked is no reply to keep
                return await replies.once(self.shelf, make)
            return await replies.answer(request, self.shelf, self.kept, make)

        return endpoint

    def _judged(self, request: Request, asked: Question) -> Told:
        """Say whether the citation that a page was asked about is current."""
        if asked.path != "cited":
            return {}
        given = asking.own(request, "citation")
        verdict = cited.judge(reading.text(given), asked, self.shelf) if given.strip() else None
        return {"given": given, "verdict": verdict}

    def _html(self, asked: Question, more: Told) -> bytes:
        """Fill the template of a page. Raises `Absent` where there is no such record."""
        present = self.shelf.package or asked.package
        frame = Frame(asked, self.base, present, f"{self.base}/light/style.{mark()}.css")
        notice = " ".join(faults.notices(self.shelf, asked.t))
        said = {"notice": notice, "picture": pages.picture(asked), **more}
        if asked.path == "methodology":
            said["dataset"] = described(asked, frame)
        given, text = filled(asked, frame, said)
        if isinstance(given.get("told"), record.Absent):
            gone = asked.package.tombstone(asked.record) is not None
            raise Absent(410 if gone else 404, text.encode())
        return text.encode()

    async def _style(self, request: Request) -> Response:
        """Give the stylesheet, under the name of what it holds."""
        if request.path_params["mark"] != mark():
            raise Unreadable(404, "no_such_page")
        headers = {"Cache-Control": FOREVER, "Content-Type": CSS}
        return Response(shown.stylesheet(), headers=headers)

    async def _nothing(self, request: Request) -> Response:
        """Take every other address: Streamlit would answer it with its own page, and 200."""
        raise Unreadable(404, "no_such_page")

    async def _absent(self, request: Request, error: Any) -> Response:
        return HTMLResponse(error.body, error.status, {"Cache-Control": "no-store"})

    async def _unreadable(self, request: Request, error: Any) -> Response:
        """Say in a page that a request is none, in the language asked for."""
        try:
            t = spoken(asking.query(request), asking.wish(request))
        except Unreadable:
            t = spoken({}, asking.wish(request))
        said = problems.unreadable(error.why, t)
        style = f"{self.base}/light/style.{mark()}.css"
        home = Link(t("Overview"), url=f"{self.base}/light/?lang={t.code}")
        template = shown.templates().get_template("nothing.html")
        text = template.render(t=t, said=said, style=style, home=home)
        return HTMLResponse(text, error.status, {"Cache-Control": "no-store"})

    async def _because(self, status: int, why: str, request: Request, error: Exception) -> Response:
        found = await self._unreadable(request, Unreadable(status, why))
        if status == 405:
            found.headers["Allow"] = "GET, HEAD"
        return found

    async def _robots(self, request: Request) -> Response:
        """Tell search engines which pages are pages."""
        lines = ("User-agent: *", "Allow: /", f"Sitemap: {asking.origin(request)}/sitemap.xml")
        return Response("\n".join((*lines, "")), media_type="text/plain")

    async def _map(self, request: Request) -> Response:
        """List the pages in every language."""
        origin = asking.origin(request)
        text = (
            shown.templates()
            .get_template("sitemap.xml")
            .render(origin=origin, paths=list(PAGES), languages=LANGUAGES)
        )
        return Response(text, media_type="application/xml")


def filled(asked: Question, frame: Frame, more: Told) -> tuple[Told, str]:
    """Fill the template of a page; give what it was given, too."""
    template, told = RECORD if asked.record else PAGES[asked.path]
    given = told(asked)
    common = {"frame": frame, "t": asked.t, "words": shown.words(asked.t)}
    html = shown.templates().get_template(template).render({**common, **more, **given})
    return given, shown.in_tongues(html, asked.t)


@cache
def mark() -> str:
    """Name the stylesheet for what it holds."""
    return hashlib.sha256(shown.stylesheet().encode()).hexdigest()[:12]
