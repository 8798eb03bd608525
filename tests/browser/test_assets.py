"""What the map is made of comes from the server itself, and is written nowhere in its house."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.serving import HOME, process, served
from tests.browser.walking import visit

ASIDE = shutil.ignore_patterns(".venv", ".git", ".*_cache", ".hypothesis", "tests", "releases")


@pytest.fixture
def house(tmp_path):
    """A copy of the program, in which nothing has run yet."""
    return Path(shutil.copytree(HOME, tmp_path / "house", ignore=ASIDE))


def contents(folder):
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return {path: path.read_bytes() for path in files}


def drawn(page):
    return page.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive")


def test_the_first_page_of_a_fresh_process_is_the_map_behind_a_base_path_and_writes_nothing(
    page, house
):
    before, answers = contents(house), {}
    page.on("response", lambda response: answers.update({response.url: response}))
    with process(home=house, base="kg/incidents") as (address, _):
        visit(page, f"{address}/map")
        expect(drawn(page).first).to_be_visible()
        told = {
            url.rsplit("/", 1)[1].partition("-")[0].split(".")[-1]: answer.headers
            for url, answer in answers.items()
            if "/component/pages.shared.assets" in url
        }
    assert set(told) == {"js", "css", "outlines"}
    assert all(url.startswith(address) for url in answers if url.startswith("http"))
    assert all(headers["content-encoding"] == "gzip" for headers in told.values())
    kinds = {name: headers["content-type"] for name, headers in told.items()}
    assert all(("css" if name == "css" else "javascript") in kinds[name] for name in kinds)
    assert contents(house) == before


def test_mended_outlines_are_drawn_though_the_release_has_the_same_number(page, copy):
    with served(INCIDENTS_DATA=str(copy)) as address:
        visit(page, f"{address}/map")
        expect(drawn(page).first).to_be_visible()
        asked = "window.OUTLINES.regions.features[0].geometry.coordinates.flat(9)[0]"
        assert page.frames[-1].evaluate(asked) != 70.5
        path = copy / "regions.geojson"
        areas = json.loads(path.read_text(encoding="utf-8"))
        for feature in areas["features"]:
            ring = feature["geometry"]["coordinates"]
            while isinstance(ring[0][0], list):
                ring = ring[0]
            ring[0][0] = ring[-1][0] = 70.5
        path.write_text(json.dumps(areas), encoding="utf-8")
        page.reload()
        expect(drawn(page).first).to_be_visible()
        assert page.frames[-1].evaluate(asked) == 70.5
