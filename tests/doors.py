"""What a reader sees: the real pages, run without a browser, and the file to take away."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from incidents.codebook import LANGUAGES, Codebook
from incidents.selection import Selection
from loaders import files
from loaders.language import Language, language
from pages.shared import cite, words
from tests import plain
from tests.conftest import HOME
from tests.opened import PAGES
from tests.restricted import Fact, Secret

FOLDED = ("beside", "by-violation", "codes", "events", "groups", "publishers", "settlements")
"""What is folded away on the pages, by key: it is opened, or it would not be drawn."""
SHOWN = {
    "per": ("year", "quarter", "month"),
    "split": ("none", "category", "group", "perpetrator"),
    "fill": ("count", "rate", "change"),
    "unit": ("incidents", "people"),
    "sort": ("newest", "oldest"),
}
COUNT = re.compile(r"\*\*(\d+)\*\*")
"""How the count line tells n, in every language."""


@dataclass(frozen=True)
class Answer:
    """What one door gave: every letter of it, how many incidents it says, what it singles out."""

    content: bytes
    n: int
    found_out: frozenset[Fact] = frozenset()


class Reader:
    """A reader who walks through every door with one selection after the other."""

    def __init__(self, secrets: Iterable[Secret], codebook: Codebook, data: Path) -> None:
        """Stand before a dashboard that shows the package in a directory."""
        self.app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
        self.rows = {row["incident_id"]: row for row in plain.rows() if row["protected"]}
        self.codebook = codebook
        self.data = data
        self.canaries = canaries(secrets)
        self.known = re.compile(b"|".join(re.escape(canary) for canary in self.canaries))

    def walk(self, selection: Selection, record: str, step: int) -> Iterator[Answer]:
        """Give the answer of every page, of the file of records and of a record's own page."""
        lang = LANGUAGES[step % len(LANGUAGES)]
        display = {name: values[step % len(values)] for name, values in SHOWN.items()}
        query = {**selection.to_query(), **display, "lang": lang}
        for page in PAGES:
            yield self._answer(self._visit(page, query))
        yield self._file()
        yield self._record(self._visit("records", {**query, "id": record}), record, language(lang))

    def _visit(self, page: str, query: dict[str, Any]) -> AppTest:
        """Open a page under an address, with all that is folded away on it."""
        app = self.app
        app.query_params.clear()
        for name, value in query.items():
            app.query_params[name] = value
        for key in FOLDED:
            app.session_state[key] = True
        if "in_frame" in app.session_state:
            del app.session_state["in_frame"]  # without this the page is run without its frame
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("INCIDENTS_DATA", str(self.data))
            app.switch_page(f"pages/{page}.py").run()
        if app.exception:
            raise AssertionError([error.message for error in app.exception])
        return app

    def _answer(self, app: AppTest, more: Iterable[Fact] = ()) -> Answer:
        content = b"\n".join(_elements(app._tree))
        said = [COUNT.search(element.value) for element in app.markdown if "·" in element.value]
        n = next(int(found[1]) for found in said if found)
        return Answer(content, n, frozenset((*more, *self._canaries_in(content))))

    def _canaries_in(self, content: bytes) -> list[Fact]:
        return [self.canaries[found] for found in self.known.findall(content)]

    def _file(self) -> Answer:
        """Take the file of the page's selection away: the button makes it of these records."""
        now = self.app.session_state["_state"][1]
        content = files.as_csv(now.subset.records(), cite.link_of_file(now))
        table = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
        facts = [fact for row in table.to_dict("records") for fact in self._of_row(row)]
        return Answer(content, len(table), frozenset((*facts, *self._canaries_in(content))))

    def _of_row(self, row: plain.Row) -> Iterator[Fact]:
        published = self.rows.get(row["incident_id"])
        if not published:
            return
        if row["date_precision"] in ("month", "day"):
            yield Fact(row["incident_id"], "month", row["date"][:7])
        for kind, _, column, _ in CODED:
            for code in set(row[column].split(";")) - set(published[column].split(";")):
                yield Fact(row["incident_id"], kind, code)

    def _record(self, app: AppTest, record: str, t: Language) -> Answer:
        """Read the table of facts on a record's own page."""
        cells, published = app.table[-1].value.iloc[:, 0], self.rows[record]
        facts = []
        for kind, name, column, title in CODED:
            cell, labels = cells[words.plain(t(title))], self.codebook.labels(name, t.code)
            known = ", ".join(labels[code] for code in published[column].split(";"))
            facts += [
                Fact(record, kind, code)
                for code, label in labels.items()
                if words.plain(label) in cell and label not in known
            ]
        for month in range(1, 13):
            first = date(int(published["date"][:4]), month, 1)
            if words.plain(t.month(first)) in cells[words.plain(t("Date"))]:
                facts.append(Fact(record, "month", f"{first:%Y-%m}"))
        return self._answer(app, facts)


CODED = (
    ("region", "regions", "region", "Region"),
    ("group or act", "groups", "groups", "Group"),
    ("group or act", "violations", "violations", "Violation"),
)
"""What codes tell of a record: kind of fact, code list, column, and how a page calls it."""


def canaries(secrets: Iterable[Secret]) -> dict[bytes, Fact]:
    """Give what must not be read anywhere, word by word: hidden texts and exact dates."""
    found = {}
    for secret in secrets:
        found |= {word.encode(): Fact(secret.record, "text", word) for word in secret.words}
        if secret.precision == "day":
            day = date.fromisoformat(secret.date)
            said = [secret.date, *(language(lang).day(day) for lang in LANGUAGES)]
            for text in (*said, *(words.plain(text) for text in said)):
                found[text.encode()] = Fact(secret.record, "month", secret.date[:7])
    return found


def _elements(node: Any) -> Iterator[bytes]:
    """Give every message that the server would send a browser for what is on a page."""
    if (proto := getattr(node, "proto", None)) is not None:
        yield proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _elements(child)
