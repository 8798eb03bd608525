"""What is measured: real pages in a real browser, few times and on few incidents."""

import json

import pandas as pd
import pytest
from playwright.sync_api import Browser
from streamlit.testing.v1 import AppTest

from benchmarks import contestants, counting, loading, material, race, servers
from benchmarks.contestants import ALONE, FLOOR, MAP, SERVERS, TURNS, Contestant, Setup
from benchmarks.results import CHANGE, CPU, SESSION, UNFINISHED, UNTRIED, VISIT, Results
from benchmarks.timing import Seen
from tests.browser.serving import FLAGS
from tests.conftest import HOME

ROWS = 300
RIVALS = HOME / "benchmarks" / "rivals"
NEVER = "import time\nwhile True:\n    time.sleep(0.1)\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return material.Made(ROWS, tmp_path_factory.mktemp("made"))


@pytest.fixture
def found(tmp_path):
    return Results(tmp_path / "benchmarks.json", {})


def raced(browser: Browser, who, made, found, limit=60.0):
    setup = Setup(HOME, times=1, limit=limit)
    race.sized(browser.browser_type, list(FLAGS), who, made, setup, found)


def test_the_floor_has_the_widgets_and_the_options_of_our_frame(made, monkeypatch):
    monkeypatch.setenv("FRAME", str(made.frame))
    floor = material.widgets(AppTest.from_file(str(RIVALS / "floor.py")).run())
    assert floor == material.frame()
    assert [each["label"] for each in floor if each["options"]][2:] == ["To", "Group", "Violation"]


def test_a_filter_change_a_visit_and_their_cost_are_measured_of_ours_and_of_the_floor(
    browser, made, found
):
    raced(browser, [each for each in TURNS if each.name in (FLOOR, MAP)], made, found)
    for what in (VISIT, CHANGE, CPU):
        for who in (FLOOR, MAP):
            assert len(found.of(what, who, ROWS).numbers) == 1
            assert 0 < found.of(what, who, ROWS).numbers[0] < 60
    assert found.of(SESSION, "house", ROWS).numbers


def test_a_point_for_each_row_is_measured(browser, made, found):
    raced(browser, [each for each in ALONE if each.server == "pydeck"], made, found)
    assert [figure.note for figure in found.figures] == [""] * 6


@pytest.mark.parametrize("clusters", ["", "yes"])
def test_the_usual_map_has_a_marker_for_each_row_with_a_place(made, monkeypatch, clusters):
    monkeypatch.setenv("ROWS", str(made.rows))
    monkeypatch.setenv("CLUSTERS", clusters)
    monkeypatch.syspath_prepend(RIVALS)
    app = AppTest.from_file(str(RIVALS / "folium_page.py"), default_timeout=60).run()
    drawn = json.loads(app.get("component_instance")[0].proto.json_args)["script"]
    assert drawn.count("L.marker(") == pd.read_csv(made.rows)["latitude"].notna().sum()
    assert ("L.markerClusterGroup(" in drawn) == bool(clusters)


def test_who_does_not_finish_is_told_as_such_and_not_tried_with_more(
    browser, made, found, tmp_path, monkeypatch
):
    (tmp_path / "never.py").write_text(NEVER)
    monkeypatch.setitem(SERVERS, "never", lambda *_: servers.streamlit("never.py", tmp_path))
    seen = Seen(".st-key-count", "h1")
    never = Contestant("a page without end", "never", "", seen, contestants.by_code)
    monkeypatch.setattr(race, "ALONE", (never,))
    raced(browser, [never], made, found, limit=2)
    assert [found.of(what, never.name, ROWS).note for what in (VISIT, CHANGE)] == [UNFINISHED] * 2
    more = material.Made(ROWS + 1, tmp_path / "more")
    raced(browser, [never], more, found, limit=2)
    assert [found.of(what, never.name, ROWS + 1).note for what in (VISIT, CHANGE)] == [UNTRIED] * 2


def test_loading_is_measured(made, found):
    loading.measured(made, found)
    assert all(figure.numbers[0] > 0 for figure in found.figures)


def test_counting_prints_its_times(package, capsys):
    counting.main(package, ROWS)
    assert f"{ROWS} generated" in capsys.readouterr().out
