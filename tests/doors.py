"""What a reader sees: the real pages, run without a browser, every file to take away, and every
address over plain HTTP, asked without a server.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from incidents.codebook import LANGUAGES, Codebook
from incidents.selection import Selection
from loaders.language import Language, language
from pages.shared.escape import plain as escaped
from tests import plain
from tests.conftest import HOME
from tests.opened import PAGES
from tests.restricted import Fact, Secret
from tests.tables import tables
from tests.taking import FOLDS, Files, drawings, inside, kept, unfold
from tests.web.addresses import addresses, within
from tests.web.reading import Element, cells, get, of_doors, read

FOLDED = (
    "behind",
    "beside",
    "codes",
    "events",
    "known",
    "more-filters",
    "publishers",
    "settlements",
)
"""What is folded away on the pages, by key: it is opened, or it would not be drawn."""
PICTURES = (".png", ".svg")
TABLES = ("media_attacks.csv", "rights_incidents.csv")
"""The tables of incidents in the whole package."""
SHOWN = {
    "per": ("year", "quarter", "month"),
    "split": ("none", "category", "group", "perpetrator"),
    "fill": ("count", "rate", "change"),
    "unit": ("incidents", "people"),
    "sort": ("newest", "oldest"),
}
OFTEN = re.compile(r"/api/v1/incidents\W(?!xlsx)|/light/records|/records")
"""The addresses that tell of records one by one: they are asked at every step."""
TURNS = 8
"""How many steps it takes to ask all others."""
OF_OTHERS = re.compile(r"/(totals|claims?|events|published|codebook|cite)\b")
"""The addresses that count something else than incidents, or nothing."""
COUNT = re.compile(r"\*\*(\d+)\*\*")
"""How the count line tells n, in every language."""


@dataclass(frozen=True)
class Answer:
    """What one door gave: every letter of it, how many incidents it says, what it singles out.

    `n` is None where it does not say how many.
    `door` is the ending of a file's name, "page", or what the address over plain HTTP begins with.
    """

    content: bytes
    n: int | None
    found_out: frozenset[Fact] = frozenset()
    door: str = "page"


class Reader:
    """A reader who walks through every door with one selection after the other."""

    def __init__(self, secrets: Iterable[Secret], codebook: Codebook, data: Path) -> None:
        """Stand before a dashboard that shows the package in a directory."""
        self.app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
        self.http = of_doors(data)
        self.rows = {row["incident_id"]: row for row in plain.rows() if row["protected"]}
        self.codebook = codebook
        self.data = data
        self.canaries = canaries(secrets)
        self.known = re.compile(b"|".join(re.escape(canary) for canary in self.canaries))

    def walk(self, selection: Selection, record: str, step: int) -> Iterator[Answer]:
        """Give the answer of every page, of its files and of a record's own page.

        Of the pictures, which take longer, each step makes one.
        """
        query, t = _query(selection, step)
        pictures: Files = {}
        for page in PAGES:
            yield self._answer(self._visit(page, query))
            pictures |= {k: f for k, f in self.files.items() if f[0].endswith(PICTURES)}
            for key, (name, make) in self.files.items():
                if not name.endswith(PICTURES):
                    yield self._file(name, make(), counts="published" not in key)
        if pictures:
            _, (name, make) = list(pictures.items())[step % len(pictures)]
            yield self._file(name, make())
        yield self._record(self._visit("records", {**query, "id": record}), record, t)

    def ask(self, selection: Selection, record: str, step: int) -> Iterator[Answer]:
        """Give the answer of the addresses of plain HTTP: of most by turns."""
        query, t = _query(selection, step)
        every = addresses(record)
        often = [address for address in every if OFTEN.match(address)]
        for address in (*often, *[a for a in every if a not in often][step % TURNS :: TURNS]):
            reply = get(self.http, within(address, urlencode(query, doseq=True)))
            # where there is nothing to draw there is no picture
            drawn = "/chart/" in address or "/slide/" in address
            assert reply.status == 200 or (reply.status == 404 and drawn), address
            if address.startswith("/light/"):
                yield self._light(read(reply.text), reply.body, record, t)
            elif address.startswith("/api/v1/") and reply.status == 200:
                counts = not OF_OTHERS.search(address)
                found = self._file(address.partition("?")[0], reply.body, counts=counts)
                yield replace(found, door=f"api {found.door}")
            else:
                door = address.strip("/").partition("?")[0] or "first page"
                yield Answer(reply.body, None, frozenset(self._canaries_in(reply.body)), door)

    def _light(self, page: Element, content: bytes, record: str, t: Language) -> Answer:
        """Read a light page: its count line, and the table of facts of a record."""
        facts = [
            fact
            for table in page.all("table", data_surface="record")
            for fact in self._told(dict(cells(table)), record, t)
        ]
        n = int(page.one(id="count").one("b").text)
        return Answer(content, n, frozenset((*facts, *self._canaries_in(content))), "light")

    def _visit(self, page: str, query: dict[str, Any]) -> AppTest:
        """Open a page under an address, with all that is folded away on it."""
        app = self.app
        app.query_params.clear()
        for name, value in query.items():
            app.query_params[name] = value
        unfold(app, (*FOLDED, *FOLDS))
        if "in_frame" in app.session_state:
            del app.session_state["in_frame"]  # without this the page is run without its frame
        with pytest.MonkeyPatch.context() as patch, kept() as self.files:
            patch.setenv("INCIDENTS_DATA", str(self.data))
            app.switch_page(f"pages/{page}.py").run()
        if app.exception:
            raise AssertionError([error.message for error in app.exception])
        return app

    def _answer(self, app: AppTest, more: Iterable[Fact] = ()) -> Answer:
        told = b"\n".join(_elements(app._tree))
        content = told + drawings(told)
        said = [COUNT.search(element.value) for element in app.markdown if "·" in element.value]
        n = next(int(found[1]) for found in said if found)
        return Answer(content, n, frozenset((*more, *self._canaries_in(content))))

    def _canaries_in(self, content: bytes) -> list[Fact]:
        return [self.canaries[found] for found in self.known.findall(content)]

    def _file(self, name: str, content: bytes, *, counts: bool = True) -> Answer:
        """Read a file to take away, all that is inside it too, as one that knows its form.

        The totals of others count something else than incidents.
        """
        surfaces = dict(inside(name, content))
        tables = [rows for inner, found in surfaces.items() for rows in _tables(inner, found)]
        facts = [f for rows in tables for row in rows for f in self._of_row(row)]
        every = b"\n".join(surfaces.values())
        found = frozenset((*facts, *self._canaries_in(every)))
        n = _counted(name, surfaces) if counts else None
        return Answer(every, n, found, name.rpartition(".")[2])

    def _of_row(self, row: plain.Row) -> Iterator[Fact]:
        published = self.rows.get(row.get("incident_id", ""))
        if not published:
            return
        if row["date_precision"] in ("month", "day"):
            yield Fact(row["incident_id"], "month", row["date"][:7])
        for kind, _, column, _ in CODED:
            for code in set(row[column].split(";")) - set(published[column].split(";")):
                yield Fact(row["incident_id"], kind, code)

    def _record(self, app: AppTest, record: str, t: Language) -> Answer:
        """Read the table of facts on a record's own page."""
        return self._answer(app, self._told(tables(app)[-1].iloc[:, 0], record, t))

    def _told(self, cells: Mapping[str, str], record: str, t: Language) -> Iterator[Fact]:
        """Read the facts of a record, by name."""
        published = self.rows[record]
        for kind, name, column, title in CODED:
            cell, labels = cells.get(t(title), ""), self.codebook.labels(name, t.code)
            known = ", ".join(labels[code] for code in published[column].split(";"))
            for code, label in labels.items():
                if label in cell and label not in known:
                    yield Fact(record, kind, code)
        for month in range(1, 13):
            first = date(int(published["date"][:4]), month, 1)
            if t.month(first) in cells[t("Date")]:
                yield Fact(record, "month", f"{first:%Y-%m}")


CODED = (
    ("region", "regions", "region", "Region"),
    ("region", "regions", "region", "Place"),
    ("group or act", "groups", "groups", "Group"),
    ("group or act", "violations", "violations", "Violation"),
)
"""What codes tell of a record: kind of fact, code list, column, and how a page calls it."""


def _query(selection: Selection, step: int) -> tuple[dict[str, Any], Language]:
    """Write the parameters of a step, in its language: every way to show it comes by turns."""
    lang = LANGUAGES[step % len(LANGUAGES)]
    display = {name: values[step % len(values)] for name, values in SHOWN.items()}
    return {**selection.to_query(), **display, "lang": lang}, language(lang)


def canaries(secrets: Iterable[Secret]) -> dict[bytes, Fact]:
    """Give what must not be read anywhere, word by word: hidden texts and exact dates."""
    found = {}
    for secret in secrets:
        found |= {word.encode(): Fact(secret.record, "text", word) for word in secret.words}
        if secret.precision == "day":
            day = date.fromisoformat(secret.date)
            said = [secret.date, *(language(lang).day(day) for lang in LANGUAGES)]
            for text in (*said, *(escaped(text) for text in said)):
                found[text.encode()] = Fact(secret.record, "month", secret.date[:7])
    return found


def _elements(node: Any) -> Iterator[bytes]:
    """Give every message that the server would send a browser for what is on a page."""
    if (proto := getattr(node, "proto", None)) is not None:
        yield proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _elements(child)


def _tables(name: str, content: bytes) -> Iterator[list[plain.Row]]:
    """Read the rows of records in a file: a table, or what a program reads."""
    if name.endswith("json") and isinstance(read := json.loads(content), dict):
        rows = read.get("rows") or read.get("table", {}).get("rows", ())
        one = [read["row"]] if "row" in read else []
        yield [{k: str(v) for k, v in row.items()} for row in (*rows, *one)]
    elif name.endswith(".csv") and (name.endswith(TABLES) or ", " not in name):
        table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        yield table.to_dict("records")


def _counted(name: str, surfaces: dict[str, bytes]) -> int | None:
    """Read the number of incidents that a file says it counts."""
    if name.endswith("json"):
        read = json.loads(surfaces[name])
        return read.get("of", read.get("found"))
    if name.endswith(".xlsx"):
        rows = load_workbook(io.BytesIO(surfaces[name])).worksheets[1].iter_rows(values_only=True)
        return next(int(row[1]) for row in rows if row[0] == "N")
    return None
