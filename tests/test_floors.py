"""Each floor imports only from floors below it."""

import ast
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
FLOORS = ["incidents", "loaders", "charts", "web", "pages"]
"""From the ground up."""
WIDGETS = {"streamlit", "streamlit_folium"}
FORBIDDEN = {"incidents": WIDGETS, "loaders": WIDGETS, "charts": WIDGETS}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_imports_only_from_floors_below(floor):
    above = set(FLOORS[FLOORS.index(floor) + 1 :]) | {"dashboard", "tests", "benchmarks"}
    for path in (HOME / floor).rglob("*.py"):
        assert not imported(path) & above, path
        assert not imported(path) & FORBIDDEN.get(floor, set()), path


def test_only_the_loaders_read_files():
    for folder in ("incidents", "charts"):
        for path in (HOME / folder).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            assert not any(word in text for word in ("read_csv", ".open(", "read_text", "open(")), (
                path
            )


def test_pages_stay_short_and_compute_nothing():
    for path in (HOME / "pages").glob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 60, path
        assert "require_frame()" in path.read_text(encoding="utf-8"), path
        assert not imported(path) & {"pandas", "numpy", "plotly", "folium"}, path
