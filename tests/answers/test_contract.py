"""Every door gives the same answer: title, table, number and fingerprint of every surface.

A door joins by one line in `DOORS`: what it shows of an answer, as `Seen`.
"""

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from answers import files
from answers.answer import Answer
from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from loaders.downloads import from_csv
from pages.shared.escape import plain
from tests.asking import question
from tests.conftest import HOME

SURFACES: dict[str, tuple[type[Answer], ...]] = {
    "": (Published, Groups, Years),
    "map": (Map,),
    "trends": (Published, Trend, Change),
    "claims": (Claims,),
    "records": (Records,),
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


@dataclass
class Seen:
    """What a door shows of an answer; None where it does not tell."""

    title: str | None = None
    rows: pd.DataFrame | None = None
    amount: str | None = None
    fingerprint: str | None = None


def on_the_page(answer: Answer, app: AppTest) -> Iterator[Seen]:
    """Read the page: its heading, its citation, the table beside the drawing."""
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
    told = {"map": lambda: answer.told_regions, "records": None, "change": None}
    table = told.get(answer.surface, lambda: answer.table.told())
    if table and not answer.empty:
        wanted = table().map(plain).to_numpy().tolist()
        assert wanted in [t.value.to_numpy().tolist() for t in app.table], answer.surface
    if answer.surface == "records":
        shown = [element.proto.label for element in app.get("page_link")]
        assert all(any(plain(row.link.text) in label for label in shown) for row in answer.rows)
    yield Seen(amount=answer.amount.text, fingerprint=mark)


def in_files(answer: Answer, _: AppTest) -> Iterator[Seen]:
    """Read the files that hold the numbers."""
    if answer.empty:
        return
    made = files.of(answer)
    read = json.loads(made["json"].make())
    assert f"_n{answer.amount.n}_" in made["json"].name
    yield Seen(read["title"], pd.DataFrame(read["rows"]), read["amount"], read["fingerprint"])
    book = load_workbook(io.BytesIO(made["xlsx"].make()))
    data, read_me = ([list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book)
    said = [row[1] for row in read_me]
    assert {answer.amount.text, answer.citation.fingerprint} <= set(said)
    assert len(data) - 1 == len(answer.table.rows)
    assert data[0] == list(answer.table.heads.values())
    csv = from_csv(made["csv"].make()).drop(columns="cited_as")
    assert list(csv.columns) == list(answer.table.rows.columns)
    assert len(csv) == len(answer.table.rows)


DOORS: tuple[Callable[[Answer, AppTest], Iterator[Seen]], ...] = (on_the_page, in_files)


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
        app = visited(page, asked_as(f"{address}&lang={lang}"))
        for surface in surfaces:
            answer = asked.answer(surface)
            if surface is Published and not answer.applies:
                continue
            for door in DOORS:
                for seen in door(answer, app):
                    compare(answer, seen)


def asked_as(text: str) -> dict[str, list[str]]:
    from urllib.parse import parse_qs

    return parse_qs(text)


def compare(answer: Answer, seen: Seen) -> None:
    """Hold what a door shows against the answer."""
    if seen.title is not None:
        assert seen.title == answer.title
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
