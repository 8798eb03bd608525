"""Each floor imports only from floors below it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOME = Path(__file__).parent.parent
FLOORS = ["incidents", "loaders", "charts", "answers"]
"""From the ground up; the doors stand beside each other on top."""
DOORS = ["pages", "web", "keeper"]
DOORS_OWN = {"streamlit", "streamlit_folium", "starlette", "fastapi", "jinja2"}


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
    above = {*FLOORS[FLOORS.index(floor) + 1 :], *DOORS, "dashboard", "tests", "benchmarks"}
    for path in (HOME / floor).rglob("*.py"):
        assert not imported(path) & (above | DOORS_OWN), path


@pytest.mark.parametrize("door", DOORS)
def test_a_door_imports_no_other_door(door):
    others = {*DOORS, "dashboard", "tests", "benchmarks"} - {door}
    for path in (HOME / door).rglob("*.py"):
        assert not imported(path) & others, path


def test_the_answers_load_nothing_that_a_door_draws_with():
    script = f"""
import importlib, pathlib, sys
for path in pathlib.Path("answers").rglob("*.py"):
    importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))
print(sorted({DOORS_OWN} & set(sys.modules)))
"""
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]"


def test_nothing_is_loaded_at_the_start_that_some_pages_alone_need():
    script = "import sys, web.__main__, pages.shared; print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=HOME, capture_output=True, text=True, check=True
    )
    late = {"alembic", "folium", "matplotlib", "openpyxl", "requests", "scipy.special"}
    late |= {"sqlalchemy", "statsmodels", "typst", "weasyprint"}
    assert not late & set(ran.stdout.split())


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
