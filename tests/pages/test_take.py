"""One link: page, citation, picture, table and file say the same number and fingerprint."""

import io
import json
import re
import subprocess
import sys
from datetime import datetime
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

import pandas as pd
import plotly.graph_objects as go
import pytest
from PIL import Image

from answers import quality
from answers.pictures import MARK
from answers.surfaces.change import Change
from answers.surfaces.over_time import Trend
from incidents.citation import PUBLISHED, fingerprint
from incidents.codebook import LANGUAGES
from incidents.selection import Selection
from loaders.downloads import from_csv
from loaders.language import language
from tests.answers.test_workbook import sheets
from tests.asking import question
from tests.bundled import RELEASE
from tests.conftest import HOME, keep_as
from tests.pages.test_cite import LINKS, codes, count_line, opened
from tests.tables import tables
from tests.taking import SURFACES, drawings, inside, kept

NUMBERS = ("xlsx", "csv", "json")
"""The files of numbers, in the order in which they are offered: before all others."""
BRIEFED = ("overview", "trends", "impact")
"""The pages that offer a brief before anything is opened."""
UNDRAWN = ("impact", "steps")
"""What is told as numbers alone: there is no picture of it."""
PICTURED = {"/": ("by-group", "by-year"), "/map": ("map",), "/trends": ("trend",), "/records": ()}


@pytest.fixture
def taken():
    """Open a link with what can be taken of it unfolded; give the page, and its files by key."""

    def taken(link, *surfaces, cite=()):
        with kept() as found:
            app = opened(link, *cite, folds=[f"take-{surface}" for surface in surfaces])
        return app, {key.removeprefix("file-"): file for key, file in found.items()}

    return taken


def told(name, content):
    """Read what a picture says of itself."""
    if name.endswith(".svg"):
        return content.decode("utf-8")
    with Image.open(io.BytesIO(content)) as picture:
        return "\n".join((picture.info["Title"], picture.info["Description"]))


@pytest.mark.parametrize("link", LINKS)
def test_picture_table_and_file_of_one_link_carry_the_number_and_fingerprint_of_its_page(
    link, taken, package
):
    path = urlsplit(link).path
    surfaces = PICTURED[path] or ("records",)
    app, files = taken(link, *surfaces, cite=surfaces[:1])
    _, _, _, mark, *_, permanent = codes(app)
    n = count_line(app)
    for surface in surfaces:
        for kind in ("png", "svg") if PICTURED[path] else ():
            if f"{surface}-{kind}" not in files:
                assert surface in ("by-group", "by-year", "trend")
                continue
            name, make = files[f"{surface}-{kind}"]
            said = told(name, make()).replace("&amp;", "&")
            drawn = int(re.search(r"_n(\d+)_", name)[1])
            assert drawn <= n
            amount = re.search(r"^n = (.*)$", said, re.MULTILINE)[1]
            assert {str(drawn), str(n)} <= set(re.findall(r"\d+", amount)), amount
            assert f"{permanent} · SHA-256 {mark[:MARK]}…" in said
            assert package.release in name
        for kind in ("json", "geojson") if surface == "map" else ("json",):
            read = json.loads(files[f"{surface}-{kind}"][1]())
            assert (read["of"], read["fingerprint"], read["link"]) == (n, mark, permanent)
            assert f"_n{read['n']}_" in files[f"{surface}-{kind}"][0]
            assert permanent in read["citation"]
        data, read_me = sheets(files[f"{surface}-xlsx"][1]()).values()
        blank = next(at for at, row in enumerate(read_me) if not any(row))
        said = {row[0]: row[1] for row in read_me[:blank]}
        assert said["n"] == read["n"]
        assert {mark, permanent} <= set(said.values())
        columns = {row[0] for row in read_me[blank:]}
        assert set(data[0]) <= columns
    if path == "/records":
        rows = pd.DataFrame(read["rows"], columns=PUBLISHED, dtype="object")
        assert fingerprint(rows.map(as_text)) == mark
        read = pd.DataFrame(data[1:], columns=data[0], dtype="object")
        assert fingerprint(read[PUBLISHED].map(as_text)) == mark
        assert len(rows) == len(read) == n


def as_text(cell):
    """Write a cell as it stands in the files of the package."""
    if cell is None or cell != cell:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    text = f"{cell:.0f}" if isinstance(cell, float) else str(cell)
    return text[1:] if re.match(r"'+[=+\-@]", text) else text


def shown(app):
    """Read the figures of a page as they are sent to a browser."""
    return [go.Figure(json.loads(chart.proto.spec)) for chart in app.get("plotly_chart")]


@pytest.mark.parametrize(
    ("link", "surface", "at"),
    [
        ("/trends?per=quarter&split=perpetrator&lang=ky", "trend", 1),
        ("/trends?per=year&split=group&unit=people", "trend", 1),
    ],
)
def test_the_numbers_of_a_file_are_those_of_the_figure_that_is_shown(link, surface, at, taken):
    app, files = taken(link, surface)
    figure = shown(app)[at]
    bars = [trace for trace in figure.data if trace.type == "bar"]
    rows = pd.DataFrame(json.loads(files[f"{surface}-json"][1]())["rows"])
    csv = from_csv(files[f"{surface}-csv"][1]())
    assert len(set(csv["cited_as"])) == 1
    drawn = [[int(v) for v in (bar.x if bar.orientation == "h" else bar.y)] for bar in bars]
    columns = [list(column) for _, column in rows.items()]
    for numbers in drawn:
        assert numbers in columns
        assert [str(number) for number in numbers] in [list(column) for _, column in csv.items()]


@pytest.mark.parametrize(
    ("link", "surface", "at", "columns"),
    [
        ("/?region=KG-GB", "published", 0, ["published"]),
        ("/?data=rights", "by-group", 0, ["incidents"]),
        ("/?region=KG-GB&lang=ru", "by-year", 2, ["media", "rights"]),
    ],
)
def test_the_numbers_of_a_file_are_those_of_the_drawing_on_the_overview(
    link, surface, at, columns, taken
):
    app, files = taken(link, surface)
    (picture,) = app.get("image")[at].proto.imgs
    drawn = drawings(picture.url.encode()).decode("utf-8")
    rows = pd.DataFrame(json.loads(files[f"{surface}-json"][1]())["rows"])
    told = re.findall(r">(\d+)</text>", drawn)
    assert len(rows) > 3
    for number in rows[columns].sum(axis=1).astype(int):
        assert told.count(str(number)) >= list(rows[columns].sum(axis=1)).count(number)


def test_the_numbers_of_the_maps_files_are_those_of_the_table_beside_it(taken, package):
    app, files = taken("/map?data=media", "map")
    table = tables(app)[0]
    rows = pd.DataFrame(json.loads(files["map-json"][1]())["rows"])
    regions = rows[rows["kind"] == "region"]  # what is on no map among them
    assert list(regions["incidents"].astype(int)) == [int(n) for n in table.iloc[:, 0]]
    assert regions["incidents"].sum() == count_line(app)
    compared = question("/trends?data=media&a=2024&b=2025").answer(Change).found.change
    assert "2024 → 2025" in table.columns
    assert regions["change"].sum() == compared.n[1] - compared.n[0]
    shapes = json.loads(files["map-geojson"][1]())["features"]
    assert [shape["properties"]["incidents"] for shape in shapes] == list(rows["incidents"])
    drawn = {s["properties"]["code"] for s in shapes if s["geometry"]}
    assert drawn == set(rows["code"]) - {"KG", "ONLINE"}


def test_the_numbers_of_a_comparisons_file_are_those_of_its_words_and_tables(taken):
    link = "/trends?data=media&a=2020&b=2024"
    _, files = taken(link, "change")
    rows = pd.DataFrame(json.loads(files["change-json"][1]())["rows"])
    app = opened(link, folds=["change-by"])
    alone = rows[rows["by"] == "all"].iloc[0]
    said = app.header[2].value.replace("\\", "").replace("\xa0", " ")
    assert said.startswith(f"{alone['earlier']:.0f} recorded in 2020, {alone['later']:.0f} in 2024")
    ends = f"{alone['low']:.2f}–{alone['high']:.2f}"
    assert said.endswith(f"× {alone['ratio']:.2f} (95% interval: {ends})")
    for facet, table in zip(("region", "group", "violation"), tables(app)[-3:], strict=True):
        held = rows[rows["by"] == facet]
        assert list(held["label"]) == list(table.index)
        assert list(held["later"].astype(str)) == list(table.iloc[:, 1])
        assert list(held["recorded"]) == list(table.iloc[:, 3])


@pytest.mark.parametrize("page", SURFACES)
def test_everything_can_be_taken_away_and_what_is_folded_offers_nothing(page, taken, package):
    link = "/" if page == "overview" else f"/{page}"
    _, closed = taken(link)
    whole = ["brief"] if page in BRIEFED else []
    assert list(closed) == [*whole, *(["records-xlsx", "records-csv"] if page == "records" else [])]
    for surface in SURFACES[page]:
        _, files = taken(link, surface)
        found = set(files) - set(closed)
        offered = [key for key in files if key not in whole]
        assert offered[: len(NUMBERS)] == [f"{surface}-{k}" for k in NUMBERS] or (
            surface == "package"
        )
        if surface == "package":
            assert found == {"package"}
        elif surface == "records":
            assert found == {"records-json", "package"}
        elif surface in UNDRAWN:
            assert found == {f"{surface}-{kind}" for kind in NUMBERS}
        else:
            kinds = {"png", "svg", "pptx", *NUMBERS} | ({"geojson"} if page == "map" else set())
            assert found == {f"{surface}-{kind}" for kind in kinds}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_picture_is_worded_in_the_readers_language(lang, taken, package):
    app, files = taken(f"/trends?region=KG-GB&lang={lang}", "trend")
    name, make = files["trend-svg"]
    said = told(name, make())
    assert package.codebook.label("regions", "KG-GB", lang) in said
    caveat = {"en": "are a sample of what", "ru": "выборка из того", "ky": "тандалмасы"}
    assert caveat[lang] in said
    n, release = app.session_state["_asked"][1].answer(Trend).amount.n, package.release
    assert name == f"kyrgyzstan-incidents_trend_year_KG-GB_n{n}_{release}.{lang}.svg"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_workbook_and_json_say_how_good_the_records_behind_them_are(lang, taken, package):
    _, files = taken(f"/map?region=KG-GB&lang={lang}", "map")
    _, totals = taken(f"/?lang={lang}", "published")
    t, asked = language(lang), package.incidents.select(Selection(region=("KG-GB",)))
    for found, said in (
        (files["map-xlsx"][1](), quality.caveats(package, t, asked)),
        (totals["published-xlsx"][1](), quality.caveats(package, t)),
    ):
        _, read_me = sheets(found).values()
        assert [row[1] for row in read_me if not row[0] and row[1]] == list(said)
    read = json.loads(files["map-json"][1]())
    assert read["quality"] == list(quality.caveats(package, t, asked))
    assert len(read["quality"]) == 4


def test_what_draws_is_not_loaded_before_a_picture_is_asked_for():
    script = """
import sys
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("dashboard.py", default_timeout=60)
app.session_state["line-by-year"] = ["take"]
app.run()
assert not app.exception
draw = {"matplotlib", "fontTools", "xlsxwriter", "pptx", "typst", "segno"}
print(sorted(draw & set(sys.modules)))
"""
    command = [sys.executable, "-c", script.replace('"dashboard.py"', repr(f"{HOME}/dashboard.py"))]
    ran = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_a_chart_of_nothing_offers_nothing(taken):
    app, files = taken("/trends?q=zzzz", "trend")
    assert "nothing to draw" in app.info[0].value
    assert not [key for key in files if key.startswith("trend")]


@pytest.mark.parametrize("version", [RELEASE, "2026.10.0"])
def test_the_package_is_that_of_the_release_that_the_link_shows(version, taken, copy, monkeypatch):
    keep_as(copy, "2026.10.0")
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    _, files = taken(f"/methodology?release={version}", "package")
    name, make = files["package"]
    assert name == f"kyrgyzstan-incidents_data-package_{version}.zip"
    members = dict(inside(name, make()))
    assert json.loads(members[f"{name}, datapackage.json"])["version"] == version


def test_a_search_for_any_letters_can_be_drawn_and_read_again(taken):
    asked = quote("a\u202eb\x07 😀 <b>$x_1$</b> 中文")
    _, files = taken(f"/?q={asked}&data=media", "published")
    _, found = taken(f"/map?q={asked}", "map")
    for kind in ("png", "svg"):
        for _, make in (files[f"published-{kind}"], found[f"map-{kind}"]):
            content = make()
            if kind == "svg":
                ElementTree.fromstring(content)  # noqa: S314  # our own file
    said = told("a.svg", found["map-svg"][1]())
    assert "😀 &lt;b&gt;$x_1$&lt;/b&gt; 中文" in said
    assert "\u202e" not in said
    assert json.loads(found["map-json"][1]())["n"] == 0
