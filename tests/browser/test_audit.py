"""The audit finds nothing where the rules hold, and finds the leak where one is switched off."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from starlette.routing import compile_path

from answers.answer import Table
from answers.archive import as_zip
from answers.files import as_geojson
from answers.pages import PATHS
from answers.paper import as_pdf
from answers.surfaces.brief import Brief
from answers.workbook import as_xlsx
from charts.sheet import Sheet, Words
from loaders.typeface import typeface
from tests import audit
from tests.answers.test_workbook import CITED, Made
from tests.asking import question
from tests.browser.serving import HOME
from tests.web.reading import of_doors

SWITCHED_OFF = """

RULES = ()


def hides_value(rows: pd.DataFrame, about: Circumstances) -> pd.Series:
    return rows["protected"] == "never"
"""


def test_nothing_of_a_restricted_package_comes_out(browser, copy):
    surfaces = audit.restricted_surfaces(browser, copy)
    assert len(surfaces) > 100
    assert audit.canaries_in(surfaces) == []


def test_with_the_rules_switched_off_the_audit_finds_the_leak(browser, copy, tmp_path):
    aside = shutil.ignore_patterns(".venv", ".git", ".hypothesis", ".*_cache", "__pycache__")
    house = Path(shutil.copytree(HOME, tmp_path / "house", ignore=aside))
    with (house / "incidents" / "protection.py").open("a", encoding="utf-8") as rules:
        rules.write(SWITCHED_OFF)
    surfaces = audit.restricted_surfaces(browser, copy, house, audit.SELECTIONS[:1])
    found = audit.canaries_in(surfaces)
    assert {find.what for find in found} == set(audit.CANARIES)
    told = {find.surface for find in found}
    for door in ("page /", ".csv", ".json", ".xlsx, xl/sharedStrings.xml", f".zip, {audit.RIGHTS}"):
        assert [name for name in told if door in name], door
    for door in ("incidents.json", "incidents.csv", "incidents.xlsx", "datapackage.zip"):
        assert [name for name in told if name.startswith(f"/api/v1/{door}")], door
    assert "/light/records" in told
    files = {surface.name for surface in surfaces if surface.name.startswith("file from ")}
    for path, number in audit.DOWNLOADS.items():
        of_page = [n for n in files if n.startswith(f"file from {path}?") and ", " not in n]
        assert len(of_page) == number, path


@pytest.mark.parametrize("kind", ["png", "svg", "xlsx", "geojson", "zip", "pdf"])
def test_a_canary_inside_a_file_to_take_away_is_found(kind, package):
    canary = audit.CANARIES["name"]
    words = Words(canary, [], [], canary, "https://example.org")
    rows = pd.DataFrame({"kind": ["region"], "code": ["KG-N"], "label": [canary]})
    cited = replace(CITED, title=canary)
    answer = Made(Table(rows, {}), citation=cited)
    make = {
        "png": lambda: Sheet(words, [], 10, typeface()).picture("png"),
        "svg": lambda: Sheet(words, [], 10, typeface()).picture("svg"),
        "xlsx": lambda: as_xlsx(answer),
        "geojson": lambda: as_geojson(answer, package.regions, package.incidents.places),
        "zip": lambda: as_zip(replace(package, files={"x.csv": canary.encode()})),
        "pdf": lambda: as_pdf(question(f"/?q={canary}").answer(Brief)),
    }
    found = audit.canaries_in([*audit.opened(f"a file.{kind}", make[kind]())])
    assert {find.what for find in found} == {"name"}


def test_the_published_data_hold_no_personal_data():
    surfaces = [*audit.files(HOME / "data"), *audit.files(HOME / "docs"), *audit.history()]
    assert audit.personal_data_in(surfaces) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Call +996 (555) 12-34-56.", "phone number"),
        ("Тел. 0555 12 34 56", "phone number"),
        ("write to first.last@example.org", "e-mail address"),
        ("ИНН 21203198700123", "personal number"),
        ("a 34-year-old teacher", "exact age"),
        ("34-летняя жительница", "exact age"),
        ("ул. Советская, д. 12", "street address"),
        ("at 42.87461, 74.56976", "coordinates"),
    ],
)
def test_personal_data_is_recognised(text, what):
    found = audit.personal_data_in([audit.Surface("a text", text.encode())])
    assert [find.what for find in found] == [what]


@pytest.mark.parametrize(
    "text",
    [
        "13 million soms, 300,000 people, 17 May 2024, 2018-2022",
        "article 299-2, 102 attacks in 2020, release 2026.11.0",
        "https://example.org/20211012123456/page",
    ],
)
def test_figures_dates_and_addresses_of_pages_are_not_taken_for_personal_data(text):
    assert audit.personal_data_in([audit.Surface("a text", text.encode())]) == []


def code(*folders: str) -> str:
    paths = [p for folder in folders for p in (HOME / folder).rglob("*.py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in [*paths, HOME / "dashboard.py"])


def test_every_address_over_plain_http_is_on_the_walk():
    asked = [path.partition("?")[0] for path in audit.over_http(HOME / "data", ["en"])]
    for route in leaves(of_doors().routes):
        assert [path for path in asked if re.match(route, path)], route


def leaves(routes, before=""):
    """Give a pattern for every address that is answered."""
    for route in routes:
        inner = getattr(route, "routes", None)
        if inner:
            yield from leaves(inner, before + route.path)
        else:
            yield compile_path(before + route.path)[0].pattern


def test_every_door_is_on_the_walk():
    """A page, a file to take away, a route or an upload that is added must join the walk."""
    told = code("pages", "answers", "charts", "loaders", "incidents")
    assert {f"/{path}" for path in PATHS.values()} == set(audit.PAGES.values())
    for path, number in audit.GIVERS.items():
        assert (HOME / path).read_text(encoding="utf-8").count("download_button(") == number
    assert told.count("download_button(") == sum(audit.GIVERS.values())
    for path, number in audit.TAKERS.items():
        assert (HOME / path).read_text(encoding="utf-8").count("file_uploader(") == number
    assert told.count("file_uploader(") == sum(audit.TAKERS.values())
    for door in (
        "st.App(",
        " Route(",
        "audio(",
        "video(",
        "write_image",
    ):
        assert door not in told, f"{door} is a new door: add it to the walk of tests/audit.py"
