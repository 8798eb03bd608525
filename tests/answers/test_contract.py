"""Every door gives the same answer: title, table, number and fingerprint of every surface.

A door joins by one line in `DOORS`: what it shows of an answer, as `Seen`.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from answers import files, pages
from answers.answer import Answer
from answers.surfaces.accountability import Accountability
from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.impact import Impact
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from answers.surfaces.steps import Steps
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from loaders.downloads import from_csv
from pages.shared.escape import plain
from tests.asking import question
from tests.conftest import HOME
from tests.tables import tables
from tests.web.addresses import within
from tests.web.reading import Element, cells, get, of_doors, read

SURFACES: dict[str, tuple[type[Answer], ...]] = {
    "": (Published, Groups, Years),
    "map": (Map,),
    "trends": (Published, Trend, Change),
    "claims": (Claims,),
    "records": (Records,),
    "impact": (Impact, Accountability, Steps),
}
ADDRESSES = (
    "",
    "data=media",
    "data=rights&unit=people",
    "region=KG-GB&place=1528675&fill=rate",
    "region=KG-O&region=ONLINE&fill=change",
    "from=2018&to=2022&fill=change&unit=people",
    "from=2021-06&to=2022-03",
    "from=2023-07&fill=change",
    "from=2022-12&to=2022-12&unit=people",
    "from=2018&to=2020&split=group",
    "split=category&per=quarter&data=media",
    "split=perpetrator&per=month&from=2021&to=2022",
    "split=group&unit=people",
    "a=2019&b=2024&fill=change&group=women",
    "a=2021-03&b=2021-03&fill=change",
    "category=physical&perpetrator=authorities&fill=rate&unit=people",
    "response=investigation&checked=twice",
    "q=kloop&sort=oldest&page=2",
    "violation=threat&violation=killing&group=journalists",
    "q=nothing+like+it&fill=change&unit=people&split=group",
)


IN_JSON: dict[type[Answer], str] = {
    Published: "totals.json",
    Groups: "table/groups.json",
    Years: "table/years.json",
    Map: "table/map.json",
    Trend: "counts.json?by={per}",
    Change: "change.json",
    Claims: "claims.json",
    Records: "incidents.json",
    Impact: "impact.json",
    Accountability: "accountability.json",
    Steps: "steps.json",
}
"""The surfaces that the API tells, and where."""


@dataclass
class Visit:
    """A page under an address, open at every door."""

    app: AppTest
    page: str
    query: str

    @cached_property
    def light(self) -> Element:
        """Read the light page."""
        reply = get(HTTP, within(f"/light/{self.page}", self.query))
        assert reply.status == 200
        return read(reply.text)

    def json(self, path: str) -> dict[str, Any]:
        """Read what the API tells; its pages of records are others."""
        query = re.sub(r"&page=\d+", "", self.query)
        reply = get(HTTP, within(f"/api/v1/{path}", query))
        assert reply.status == 200, reply.text
        return json.loads(reply.body)


@dataclass
class Seen:
    """What a door shows of an answer; None where it does not tell."""

    title: str | None = None
    n: int | None = None
    unit: str | None = None
    notes: list[str] | None = None
    rows: pd.DataFrame | None = None
    amount: str | None = None
    fingerprint: str | None = None


def on_the_page(answer: Answer, visit: Visit) -> Iterator[Seen]:
    """Read the page: its heading, its citation, the table beside the drawing."""
    app = visit.app
    if answer.empty and answer.surface in ("groups", "years"):
        return  # the page leaves them out
    headings = [each.value for each in (*app.title, *app.header, *app.subheader)]
    headings = [text.partition(" :small[")[0] for text in headings]  # what is filtered follows
    assert plain(answer.title) in headings
    blocks = [block.value for block in app.code]
    mark = answer.citation.fingerprint
    assert mark in blocks, answer.surface
    cited = [blocks[at - 3] for at, block in enumerate(blocks) if block == mark]
    assert [said for said in cited if visible(answer.citation.amount) in said], answer.surface
    beside = {"map": lambda: (answer.told_regions,), "records": tuple, "change": tuple}
    for told in () if answer.empty else beside.get(answer.surface, lambda: answer.parts)():
        wanted = told.map(str).to_numpy().tolist()
        assert wanted in [t.to_numpy().tolist() for t in tables(app)], answer.surface
    if answer.surface == "records":
        shown = [element.proto.label for element in app.get("page_link")]
        assert all(any(plain(row.link.text) in label for label in shown) for row in answer.rows)
    yield Seen(amount=answer.amount.text, fingerprint=mark)


def in_files(answer: Answer, _: Visit) -> Iterator[Seen]:
    """Read the files that hold the numbers."""
    if answer.empty:
        return
    made = files.of(answer)
    told = json.loads(made["json"].make())
    assert f"_n{answer.amount.n}_" in made["json"].name
    rows = pd.DataFrame(told["rows"])
    yield Seen(
        told["title"],
        told["n"],
        told["unit"],
        rows=rows,
        amount=told["amount"],
        fingerprint=told["fingerprint"],
    )
    book = load_workbook(io.BytesIO(made["xlsx"].make()))
    data, read_me = ([list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book)
    said = [row[1] for row in read_me]
    assert {answer.amount.text, answer.citation.fingerprint} <= set(said)
    assert len(data) - 1 == len(answer.table.rows)
    assert data[0] == list(answer.table.heads.values())
    csv = from_csv(made["csv"].make()).drop(columns="cited_as")
    assert list(csv.columns) == list(answer.table.rows.columns)
    assert len(csv) == len(answer.table.rows)


def in_json(answer: Answer, visit: Visit) -> Iterator[Seen]:
    """Read what the API tells, and how it cites it."""
    (cited,) = visit.json(f"cite.json?surface={answer.surface}")
    assert answer.citation.fingerprint in cited["note"]
    path = IN_JSON.get(type(answer))
    if path is None:
        return
    told = visit.json(path.format(per=answer.asked.display.per))
    assert told["surface"] == answer.surface
    assert told["empty"] == answer.empty
    rows = told["table"]["rows"]
    for page in range(2, told.get("pages", 1) + 1):
        rows += visit.json(f"{path}?page={page}")["table"]["rows"]
    yield Seen(
        told["title"],
        told["n"],
        told["unit"],
        told["notes"],
        pd.DataFrame(rows),
        told["amount"],
        told["citation"]["fingerprint"],
    )


def in_light(answer: Answer, visit: Visit) -> Iterator[Seen]:
    """Read the light page: its heading, its citation, the table below the drawing."""
    if answer.empty and answer.surface in ("groups", "years"):
        return  # the page leaves them out
    page = visit.light
    headings = [head.inside[0] for tag in ("h1", "h2") for head in page.all(tag)]
    assert visible(answer.title) in [visible(str(text)) for text in headings]
    cited = [each.text for each in page.all("dd")]
    mark = answer.citation.fingerprint
    assert [said for said in cited if visible(answer.citation.amount) in said], answer.surface
    assert mark in cited, answer.surface
    if answer.surface == "records":
        shown = [link.text for link in page.one(id="records").all("a")]
        assert {visible(row.link.text) for row in answer.rows} <= set(shown)
    elif not answer.empty:
        told = {"map": lambda: (answer.told_regions,), "change": lambda: (answer.sides,)}
        parts = told.get(answer.surface, lambda: answer.parts)()
        shown = page.all("table", data_surface=answer.surface)
        for each, table in zip(shown, [t for t in parts if t is not None], strict=True):
            wanted = [[visible(str(cell)) for cell in row] for row in table.itertuples()]
            assert cells(each) == wanted
    yield Seen(amount=answer.amount.text, fingerprint=mark)


def in_frame(answer: Answer, visit: Visit) -> Iterator[Seen]:
    """Read what stands in a frame on another page: its heading, its drawing, its amount."""
    if not pages.figured(answer.surface):
        return
    reply = get(HTTP, within(f"/embed/{answer.name}", visit.query))
    assert reply.status == 200
    page = read(reply.text)
    assert page.one("h1").text == visible(answer.title)
    drawn = [each.attributes["aria-label"] for each in page.all(role="img")]
    assert drawn == ([] if answer.empty else [visible(answer.alt)])
    assert all(visible(note) in page.text for note in answer.notes)
    link = urlsplit(page.one("link", rel="canonical").attributes["href"])
    # a figure that stands on two pages leads to its own
    assert link.path.strip("/") == type(answer).page
    assert link.query == urlsplit(answer.citation.current).query
    (said,) = (p.text for p in page.all("p") if visible(answer.amount.text) in p.text)
    yield Seen(amount=answer.amount.text if said else None)


HTTP = of_doors()
DOORS: tuple[Callable[[Answer, Visit], Iterator[Seen]], ...] = (
    on_the_page,
    in_files,
    in_json,
    in_light,
    in_frame,
)


@pytest.fixture(scope="module")
def visited() -> Callable[[str, str], AppTest]:
    """Open a page under an address, with the citations and files of its surfaces unfolded."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)

    def visit(page: str, query: dict[str, Any]) -> AppTest:
        app.query_params.clear()
        for name, values in query.items():
            app.query_params[name] = values
        for surface in SURFACES[page]:
            app.session_state[f"line-{surface.key}"] = ["table", "take", "cite"]
        if "in_frame" in app.session_state:
            del app.session_state["in_frame"]
        app.switch_page(f"pages/{page or 'overview'}.py").run()
        assert not app.exception, [error.message for error in app.exception]
        return app

    return visit


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_door_gives_the_same_answer(address, lang, visited):
    for page, surfaces in SURFACES.items():
        asked = question(f"/{page}?{address}&lang={lang}")
        query = f"{address}&lang={lang}".strip("&")
        visit = Visit(visited(page, parse_qs(query)), page, query)
        for surface in surfaces:
            answer = asked.answer(surface)
            if surface is Published and not answer.applies:
                continue
            for door in DOORS:
                for seen in door(answer, visit):
                    compare(answer, seen)


def compare(answer: Answer, seen: Seen) -> None:
    """Hold what a door shows against the answer."""
    if seen.title is not None:
        assert seen.title == answer.title
    if seen.n is not None:
        assert seen.n == answer.amount.n
    if seen.unit is not None:
        assert seen.unit == answer.amount.unit
    if seen.notes is not None:
        assert seen.notes == list(answer.taken_along)
    if seen.amount is not None:
        assert seen.amount == answer.amount.text
    if seen.fingerprint is not None:
        assert seen.fingerprint == answer.citation.fingerprint
    if seen.rows is not None and len(answer.table.rows):
        rows = answer.table.rows
        assert list(seen.rows.columns) == list(rows.columns)
        for name in rows.select_dtypes("number"):
            both = seen.rows[name].astype("float").fillna(-1), rows[name].astype("float").fillna(-1)
            assert both[0].tolist() == both[1].tolist()
