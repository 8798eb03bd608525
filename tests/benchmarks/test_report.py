"""The page of benchmarks is made from the figures beside it, and says what was missed."""

import json

import pytest

from benchmarks import report, results
from benchmarks.builds import HERE, THERE
from benchmarks.contestants import FLOOR
from benchmarks.material import BUNDLED
from benchmarks.results import ASKED, CHANGE, CPU, HEARD, MEMORY, UNFINISHED, VISIT, Results
from benchmarks.targets import TARGETS
from tests.conftest import HOME

CLUSTERS = "folium, MarkerCluster"


@pytest.fixture
def found(tmp_path):
    return Results(tmp_path / "benchmarks.json", results.machine(HOME))


def test_the_page_of_the_documentation_says_what_its_figures_say():
    figures = results.read(HOME / "docs" / "benchmarks.json")
    assert (HOME / "docs" / "benchmarks.md").read_text(encoding="utf-8") == report.page(figures)


def test_a_run_that_is_interrupted_leaves_a_page(found):
    found.add(CHANGE, FLOOR, BUNDLED, [0.2, 0.1, 0.3])
    written = report.write(results.read(found.file)).read_text(encoding="utf-8")
    assert "| the floor | filter change | 0.2 (0.1–0.3, n 3) ×1.00 |" in written


def test_what_a_crowd_met_ends_the_page(found):
    machine = {"date": "2026-12-01", "cores": 2, "memory": "24 GB", "python": "3", "processes": 2}
    told = {"machine": machine, "faults": []}
    found.file.with_name(report.CROWD).write_text(json.dumps(told), encoding="utf-8")
    page = report.page(found)
    assert page.index("### Faults under that load") > page.index("## Targets")


def test_a_page_stands_with_its_spread_and_its_ratio_to_the_floor(found):
    found.add(CHANGE, FLOOR, BUNDLED, [0.2] * 9)
    found.add(CHANGE, "Map", BUNDLED, [0.1, 0.2, 0.3, 0.3, 0.3, 0.4, 0.5])
    assert "| Map | filter change | 0.3 (0.2–0.4) ×1.50 |" in report.page(found)


def test_a_rival_that_does_not_finish_is_told_as_such(found):
    found.add(VISIT, CLUSTERS, 10_000, [], UNFINISHED)
    assert f"| {CLUSTERS} | first visit | {UNFINISHED} |" in report.page(found)


def test_where_a_change_goes_is_told_where_all_of_it_was_measured(found):
    for what, seconds in ((ASKED, 0.03), (HEARD, 0.08), (CHANGE, 0.2)):
        found.add(what, "Map", BUNDLED, [seconds] * 3)
    found.add(CHANGE, CLUSTERS, BUNDLED, [0.2] * 3)
    told = [line for line in report.page(found).splitlines() if line.endswith("| 30 | 50 | 120 |")]
    assert [line.split(" | ")[0] for line in told] == ["| Map"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (0.125, "×1.25 | met"),
        (0.13, "×1.30 | missed, holds"),
        (0.17, "×1.70 | missed, does not hold"),
    ],
)
def test_a_target_is_met_missed_or_broken(found, change, said):
    found.add(CHANGE, FLOOR, 100_000, [0.1])
    found.add(CHANGE, "Trends", 100_000, [change])
    line = "| A filter change on Trends, 100,000 incidents, by the floor's | ×1.25 | ×1.60 |"
    assert f"{line} {said} |" in report.page(found)


def test_another_build_is_what_processor_time_and_memory_are_held_against(found):
    for who, seconds, held in ((HERE, [0.02, 0.04], 120), (THERE, [0.1, 0.1], 300)):
        found.add(CPU, f"Map, {who}", BUNDLED, seconds)
        found.add(MEMORY, who, BUNDLED, [held])
    page = report.page(found)
    assert "by the other build's | ×0.50 |  | ×0.30 | met |" in page
    assert "by the other build's | ×0.60 |  | ×0.40 | met |" in page


def test_what_was_not_measured_is_no_target_met(found):
    assert report.page(found).count("| not measured |") == len(TARGETS)
