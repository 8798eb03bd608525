"""A copy that survives a block: the light pages as files, for any host and for none (`file://`).

`python -m web.snapshot FOLDER` writes it, in every language: each page whole; map, trends and list
of records of every dataset, year, group, violation and region, one at a time; every record; the
files of the whole, the briefs of the whole and of each dataset; the data package, and a search that
runs in the reader's browser; where PUBLIC_URL is set, a feed, whose entries lead there. What a link
would lead to beyond that is no link here. The same release gives the same bytes. With `--publish`
it is packed beside the data, where the running copy offers it.
"""

import argparse
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, partial
from html import escape, unescape
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from answers import archive, copying, filters, pages
from answers.answer import Answer, Link
from answers.files import of
from answers.question import Question, ask
from answers.surfaces.brief import Brief
from answers.surfaces.records import row as row_of
from answers.words import site_name
from incidents import listing
from incidents.codebook import LANGUAGES
from loaders import Package, releases
from loaders.settings import HOME, Settings
from loaders.shelf import Shelf, common
from web import shown
from web.feed import feed
from web.frame import FILTERED, Frame
from web.light import OWN, PAGES, filled

WHOLE = tuple(path for path in PAGES if path not in OWN)
"""The pages that ask a server nothing of their own."""
CHOSEN = ("map", "trends", "records")
"""The pages that are written for every single value of the filters below."""
FACETS = ("data", "group", "violation", "region")
BRIEFED: tuple[dict[str, str], ...] = ({}, {"data": "media"}, {"data": "rights"})
"""The selections that have a brief; of the first, the whole, every file is written."""
UNWRITTEN = ("pptx",)
"""Kinds of files that are left to the running copy."""
LINK = re.compile(r'(?<=<a)( [^>]*?)href="([^"]*)"')
LEAST = 40
"""How many pages a process writes at a time."""

View = tuple[str, frozenset[tuple[str, str]]]
"""A page and what is asked of it, but for the language."""


def view(path: str, query: Mapping[str, str | list[str]]) -> View:
    """Name a view."""
    pairs = [
        (name, value)
        for name, values in query.items()
        for value in ([values] if isinstance(values, str) else values)
    ]
    return path, frozenset(pairs)


def named(path: str, query: Mapping[str, str]) -> str:
    """Name the file of a view."""
    parts = [path or "index", *(f"{name}-{value}" for name, value in query.items())]
    return re.sub(r"[^\w.-]", "-", "_".join(parts))


def views(asked: Question) -> Iterator[tuple[str, dict[str, str]]]:
    """List the pages that are written, and what is asked of each; the same in every language."""
    chosen: list[dict[str, str]] = [{"from": year, "to": year} for year in filters.years(asked)]
    chosen += [{name: code} for name in FACETS for code in filters.counted(asked, name)]
    yield from ((path, {}) for path in WHOLE)
    yield from ((path, each) for each in chosen for path in CHOSEN)
    for each in ({}, *chosen):
        subset = _subset(asked, each)
        last = max(1, -(-subset // listing.PAGE_SIZE))
        yield from (("records", {**each, "page": str(n)}) for n in range(2, last + 1))
    for name in asked.package.incidents.frame["incident_id"]:
        yield "records", {"id": str(name)}


def _subset(asked: Question, query: Mapping[str, str]) -> int:
    found = ask({name: [value] for name, value in query.items()}, "", _shelf(), "")
    return int(found.subset.n)


@cache
def _shelf() -> Shelf:
    shelf = common()
    shelf.look()
    return shelf


@cache
def kept() -> Mapping[View, str]:
    """Give the file of every view, below the folder of a language."""
    asked = question("", {}, LANGUAGES[0])
    return {view(path, query): f"{named(path, query)}.html" for path, query in views(asked)}


def taken(asked: Question) -> dict[tuple[str, str], tuple[str, Callable[[], bytes]]]:
    """Give every file to take away, below the folder of a language, and what makes it.

    They are found by the name of an answer and their kind.
    """
    answers: list[Answer | None] = [asked.answer(Brief)]
    chosen = "".join(f"_{code}" for code in asked.selection.data)
    if not chosen:
        answers += [pages.surface(asked, name) for name in pages.tables(asked)]
    return {
        (answer.name, kind): (f"files/{answer.name}{chosen}.{kind}", file.make)
        for answer in filter(None, answers)
        for kind, file in of(answer).items()
        if kind not in UNWRITTEN
    }


@cache
def offered(lang: str, chosen: frozenset[tuple[str, str]]) -> Mapping[tuple[str, str], str]:
    """Give the files of a selection that are written, by answer and kind."""
    query = dict(chosen)
    found = taken(question("", query, lang)) if query in BRIEFED else {}
    return {name: file for name, (file, _) in found.items()}


def question(path: str, query: Mapping[str, str], lang: str) -> Question:
    """Ask as a light page is asked."""
    asked = {name: [value] for name, value in query.items()}
    return ask({**asked, "lang": [lang]}, path, _shelf(), lang, Settings().public_url)


@dataclass(frozen=True)
class Still(Frame):
    """The frame of a page that no server stands behind."""

    still = True

    @property
    def notice(self) -> str:
        """Say what this is a copy of, and what it cannot know."""
        return copying.notice(self.asked.package, self.asked.t)

    @property
    def search(self) -> Link:
        """Lead to the search."""
        return Link(copying.search(self.asked.t), url="search.html")

    @property
    def pages(self) -> list[tuple[str, str, bool]]:
        """Give the pages with this selection, or without where that is not written."""
        asked, names = self.asked, pages.titles(self.asked.t)
        chosen = asked.selection.to_query()
        return [
            (kept().get(view(path, chosen), kept()[view(path, {})]), names[key], path == asked.path)
            for key, path in pages.in_bar(asked.path).items()
        ]

    @property
    def full(self) -> Link:
        """Lead to this view of the running copy, where its address is known."""
        known = bool(Settings().public_url)
        return (
            replace(super().full, url=f"{Settings().public_url}{super().full.url}")
            if known
            else Link("")
        )

    @property
    def choices(self) -> list[tuple[str, list[Link]]]:
        """Give the filters whose views are written: each with its values, a link for each."""
        asked = question(self.asked.path, {}, self.asked.t.code)
        path = self.asked.path if self.asked.path in CHOSEN else "records"
        label = partial(filters.label, t=asked.t)
        years = [
            Link(y, url=kept()[view(path, {"from": y, "to": y})]) for y in filters.years(asked)
        ]
        return [
            (label("data"), _options(asked, path, "data")),
            (copying.year(asked.t), years),
            *((label(name), _options(asked, path, name)) for name in FACETS[1:]),
        ]

    def file(self, name: str, kind: str, **own: str) -> str:
        """Write the address of a file, if it is written."""
        if self.asked.display.to_query().keys() - {"lang"}:
            return ""
        surface = {"incidents": "map"}.get(name, name.rpartition("/")[2])
        _, chosen = view("", self.asked.selection.to_query())
        return offered(self.asked.t.code, chosen).get((surface, kind), "")

    def files(self, name: str, kinds: Sequence[str], **own: str) -> dict[str, str]:
        """Write the addresses of a file in the kinds that are written."""
        return {kind: to for kind, to in super().files(name, kinds, **own).items() if to}

    def record(self, name: str) -> str:
        """Give no record for programs: they have the data package."""
        return ""

    @property
    def package(self) -> str:
        """Write the address of the data package."""
        return f"../{archive.zip_name(self.asked.package)}"


def _options(asked: Question, path: str, name: str) -> list[Link]:
    return [
        Link(said, url=kept()[view(path, {name: code})])
        for code, said in filters.counted(asked, name).items()
    ]


def resolved(html: str, asked: Question) -> str:
    """Lead every link to the file that is written; what is not has no link."""

    def lead(found: re.Match[str]) -> str:
        before, address = found.groups()
        address = unescape(address)
        to = _file(address, asked) if address.startswith("/") else address
        return f'{before}href="{escape(to)}"' if to else before.rstrip()

    return LINK.sub(lead, html)


def _file(address: str, asked: Question) -> str:
    """Give the file of an address of ours, beside that of a page; empty if there is none."""
    parts = urlsplit(address)
    if not parts.path.startswith("/light/"):
        return ""
    query = {
        name: values[-1] if len(values) == 1 else values
        for name, values in parse_qs(parts.query).items()
    }
    lang = str(query.pop("lang", asked.t.code))
    path = parts.path.removeprefix("/light/")
    if query.get("release") == asked.package.release:
        del query["release"]
    if "release" in query:  # no other is written
        return ""
    if query.get("page") == "1" or "id" in query:
        query = {name: value for name, value in query.items() if name not in ("page", "sort")}
    if path == "records" and "id" in query:
        query = {"id": query["id"]}
    elif path not in FILTERED:
        query = {}
    found = kept().get(view(path, query), "")
    mark = f"#{parts.fragment}" if parts.fragment else ""
    there = "" if lang == asked.t.code else f"../{lang}/"
    return f"{there}{found}{mark}" if found else ""


def written(folder: Path, lang: str, some: Iterable[tuple[str, dict[str, str]]]) -> None:
    """Write pages of a language."""
    for path, query in some:
        asked = question(path, query, lang)
        frame = Still(asked, "", asked.package, "../style.css")
        _, html = filled(asked, frame, {"notice": "", "picture": None})
        name = kept()[view(path, query)]
        (folder / lang / name).write_text(resolved(html, asked), encoding="utf-8")


def files(folder: Path, lang: str) -> None:
    """Write what can be taken away, and what is searched, in a language."""
    (folder / lang / "files").mkdir()
    for query in BRIEFED:
        for target, make in taken(question("", query, lang)).values():
            (folder / lang / target).write_bytes(make())
    asked = question("records", {}, lang)
    if Settings().public_url:  # its entries lead to the running copy
        (folder / lang / "feed.atom").write_bytes(feed(asked, _shelf()).body)
    _search(folder / lang, asked)


def _search(folder: Path, asked: Question) -> None:
    """Write the page that searches, and what it searches."""
    found = []
    for _, record in asked.package.incidents.frame.iterrows():
        row = row_of(asked, record)
        name = kept()[view("records", {"id": str(record["incident_id"])})]
        found.append([name, row.link.text, row.lang, " · ".join(row.facts)])
    _script(folder / "records.js", "RECORDS", found)
    frame = Still(asked, "", asked.package, "../style.css")
    html = (
        shown.templates()
        .get_template("search.html")
        .render(
            frame=frame,
            t=asked.t,
            words=shown.words(asked.t),
            notice="",
            picture=None,
            title=frame.search.text,
            asking=copying.asking(asked.t),
        )
    )
    (folder / "search.html").write_text(resolved(html, asked), encoding="utf-8")


def search(folder: Path, package: Package) -> None:
    """Write what searches, and the words it finds records by, for all languages."""
    shutil.copy(HOME / "static" / "search.js", folder / "search.js")
    _script(folder / "words.js", "SEARCH", copying.searched(package))


def _script(path: Path, name: str, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"const {name} = {text};\n", encoding="utf-8")


def write(folder: Path) -> None:
    """Write the whole copy into a folder that is not there yet, several pages at a time."""
    folder.mkdir(parents=True)
    package = question("", {}, LANGUAGES[0]).package
    for lang in LANGUAGES:
        (folder / lang).mkdir()
    (folder / "style.css").write_text(shown.stylesheet(), encoding="utf-8")
    search(folder, package)
    (folder / archive.zip_name(package)).write_bytes(archive.as_zip(package))
    begin = [(question("", {}, lang), f"{lang}/index.html") for lang in LANGUAGES]
    html = (
        shown.templates()
        .get_template("copy.html")
        .render(
            copies=[
                (asked.t, site_name(package, asked.t), copying.notice(package, asked.t), to)
                for asked, to in begin
            ]
        )
    )
    (folder / "index.html").write_text(html, encoding="utf-8")
    every = list(views(begin[0][0]))
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as workers:
        jobs = [workers.submit(files, folder, lang) for lang in LANGUAGES]
        jobs += [
            workers.submit(written, folder, lang, every[at : at + LEAST])
            for at in range(0, len(every), LEAST)
            for lang in LANGUAGES
        ]
        for job in jobs:
            job.result()


def packed(folder: Path) -> Path:
    """Pack the copy beside the data it was made of; the same files give the same bytes."""
    package = question("", {}, LANGUAGES[0]).package
    day, target = package.released, releases.snapshot(package)
    beside = target.with_name(f".{target.name}")
    with zipfile.ZipFile(beside, "w") as made:
        made.comment = package.mark.encode()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            member = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            made.writestr(member, path.read_bytes())
    return beside.replace(target)


def main() -> None:
    """Write it, and pack it beside the data where that is asked for."""
    wanted = argparse.ArgumentParser(prog="python -m web.snapshot", description=__doc__)
    wanted.add_argument("folder", type=Path)
    wanted.add_argument("--publish", action="store_true", help="pack it beside the data")
    asked = wanted.parse_args()
    if asked.folder.exists():
        wanted.error(f"{asked.folder} is there already")
    if _shelf().package is None:
        wanted.error("the data cannot be read: python -m keeper says why")
    write(asked.folder)
    if asked.publish:
        packed(asked.folder)


if __name__ == "__main__":
    main()
