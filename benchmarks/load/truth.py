"""What a lone reader is told, release by release: a crowd must be told the same, word for word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import brotli

from answers import words
from benchmarks.load.asking import Answer, Client
from benchmarks.load.readers import KINDS, LANGUAGES, Place, popular
from benchmarks.load.session import Session, View
from loaders import Package, load
from loaders.language import language
from tests.browser.serving import served
from tests.loops import awaited

RELEASE = re.compile(rb"20\d\d\.\d+\.\d+")
NOTICES = (b'"notice":', b'id="notice"')
"""How an answer with a notice is known: JSON, and a light page."""
ORIGIN = "https://incidents.example"
"""The public address in all that is told, whichever port answers."""


@dataclass
class Truth:
    """One release: the counts of each view, the marks of its words, and the bodies of addresses."""

    release: str
    views: dict[Place, View] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)


def labels(package: Package) -> dict[tuple[str, str, str], str]:
    """Word every code that readers choose, as options of filters do: facet, code, language."""
    found = {}
    for kind in KINDS:
        for code in kind.codes:
            for lang in LANGUAGES:
                t = language(lang)
                said = (
                    words.short_dataset(package, code, t)
                    if kind.facet == "data"
                    else words.code_label(package, kind.facet, code, t)
                )
                found[kind.facet, code, lang] = said
    return found


def learned(data: Path, languages: Sequence[str] = LANGUAGES) -> Truth:
    """Ask a server of its own, that nobody else asks, about all that a crowd may come to see."""
    places = [place for kind in KINDS for lang in languages for place in kind.places(lang)]
    addresses = popular(languages)
    found = Truth(load(data).release)
    with served(INCIDENTS_DATA=str(data), PUBLIC_URL=ORIGIN) as site:
        awaited(_learn(site, found, places, addresses))
    return found


async def _learn(site: str, found: Truth, places: list[Place], addresses: list[str]) -> None:
    for place in places:
        reader = Session(site, place.path, place.params)
        await reader.open()
        found.views[place] = reader.view()
        await reader.close()
    async with Client(site) as client:
        for address in addresses:
            answer = await client.get(address)
            if answer.status != 200:
                raise ValueError(f"{address} answers {answer.status}")
            found.bodies[address] = answer.body


def wrong(view: View, wanted: Place, truths: Mapping[str, Truth]) -> str:
    """Say in a word what is wrong with a page that a reader was sent; empty where nothing is.

    The filters in its links must be the reader's own, and its count line and words those that a
    lone reader is told of the release that the page itself names.
    """
    if view.broken:
        return "an error on the page"
    if view.release not in truths:
        return "a release that never was"
    if parse_qs(view.carried) != wanted.params:
        return "a lost filter"
    right = truths[view.release].views[wanted]
    if (view.n, view.total) != (right.n, right.total):
        return "numbers of another release or filter"
    missing = [mark for mark, times in right.told.items() if view.told.get(mark, 0) < times]
    more = [mark for mark, times in view.told.items() if right.told.get(mark, 0) < times]
    if missing or (more and not view.notices):  # a notice comes with a table of what is wrong
        return "words of another release or filter"
    return ""


def of_body(path: str, answer: Answer, truths: Mapping[str, Truth]) -> tuple[str, bool, str]:
    """Say of which release an answer is, whether it bears a notice, and what is wrong with it.

    What many ask for must be, byte for byte, what a lone reader got of one release; an answer with
    a notice differs by that, so it and what few ask for must name one release and no other.
    """
    for truth in truths.values():
        if truth.bodies.get(path) == answer.body:
            return truth.release, False, ""
    body = brotli.decompress(answer.body) if answer.encoding == "br" else answer.body
    named = {each.decode() for each in RELEASE.findall(body)} & set(truths)
    notice = any(mark in body for mark in NOTICES)
    if len(named) != 1:
        return "", notice, "a mixture of releases" if named else "no release is named"
    known = any(path in truth.bodies for truth in truths.values())
    return named.pop(), notice, "another answer" if known and not notice else ""
