"""Feeds: what is new of any selection, as Atom (RFC 4287)."""

from collections.abc import Iterator

from answers import news
from answers.news import New
from answers.question import Question
from answers.words import filters, organisation, site_name
from incidents.citation import link
from loaders import Package, releases
from loaders.shelf import Shelf
from web.replies import Made
from web.shown import templates

KIND = "application/atom+xml"
MOST = 100
"""How many entries a feed holds at most."""


def feed(asked: Question, shelf: Shelf) -> Made:
    """Write what changed between the kept releases and the present one, the newest first."""
    package = asked.package
    past = releases.history(package)
    found = news.of(asked, list(_until(package, shelf)), past)[:MOST]
    said = {
        "id": _name(asked, link("", "feed", asked.whole())),
        "lang": asked.t.code,
        "title": f"{site_name(package, asked.t)}: {news.title(asked)}",
        "filters": filters(asked),
        "updated": f"{package.released:%Y-%m-%d}T00:00:00Z",
        "organisation": organisation(package, asked.t),
        "licence": package.licence[0],
        "link": link(asked.origin, "feed.atom", asked.whole()),
        "page": link(asked.origin, "records", asked.whole()),
        "entries": [_entry(asked, each) for each in found],
    }
    return Made(templates().get_template("feed.atom").render(said).strip().encode(), KIND)


def _until(package: Package, shelf: Shelf) -> Iterator[Package]:
    """Give the releases up to one, the oldest first; one that is broken is passed over."""
    for version in [*reversed(releases.kept(package.directory)), shelf.pinned("")[0].release]:
        found, why = shelf.pinned(version)
        if not why:
            yield found
        if found is package:
            return


def _entry(asked: Question, new: New) -> dict[str, str]:
    """Write one entry."""
    return {
        "id": _name(asked, new.key),
        "title": new.title,
        "updated": f"{new.day:%Y-%m-%d}T00:00:00Z",
        "link": link(asked.origin, new.link.page, new.link.query),
        "lang": new.lang,
        "summary": new.summary,
    }


def _name(asked: Question, key: str) -> str:
    """Name a feed or an entry for good, whatever host tells of it (RFC 4151)."""
    return f"tag:{asked.package.name}.invalid,2026:{key}"
