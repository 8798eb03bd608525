"""Every address over plain HTTP, made from the doors themselves: what is added joins every walk."""

from answers import pages
from tests.asking import question
from web.doors import DOORS
from web.light import PAGES

OF_ALL = ("/feed.atom", "/api/", "/api/v1/openapi.json", "/healthz", "/robots.txt", "/sitemap.xml")
"""What is neither an answer of the API nor a page with records."""


def addresses(record: str) -> list[str]:
    """List every address, with a record where one can be named."""
    one = f"records?id={record}"
    return [
        *of_api(record),
        *(f"/light/{path}" for path in (*PAGES, one)),
        *(f"/{path}" for path in (*pages.PATHS.values(), one)),
        *(f"/embed/{name}" for name in pages.figures(question("/"))),
        *OF_ALL,
    ]


def of_api(record: str) -> list[str]:
    """List every address of the API: in every kind, by every value of a door's own parameters."""
    asked = question("/")
    return [
        f"/api/v1/{door.path.format(name=name)}.{kind}{own}"
        for door in DOORS
        for kind in door.kinds
        for name in (door.names(asked) if door.names else (record,))
        for own in [f"?{own.name}={value}" for own in door.own for value in own.allowed] or [""]
    ]


def within(address: str, query: str) -> str:
    """Ask for a selection at an address."""
    return f"{address}{'&' if '?' in address else '?'}{query}"
