"""The incidents of one size, and the files of them that our pages and the rivals' read."""

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks import datasette
from benchmarks.generate import directory
from incidents import counts
from incidents.selection import Selection
from loaders import Package, load
from tests.browser.serving import HOME

BUNDLED = 0
"""Stands for the bundled package, whatever its size."""
FRAME = "pages/map.py"
"""The page whose frame is the floor's; all pages with filters have the same."""


class Made:
    """One size: everything is written when it is first asked for."""

    def __init__(self, size: int, folder: Path) -> None:
        """Take a size, and a folder for what is written."""
        self.size, self.folder = size, folder
        folder.mkdir(parents=True, exist_ok=True)

    def chosen(self) -> None:
        """Load the package and choose what will be filtered by, before anything is timed."""
        _ = self.groups, self.asked

    @cached_property
    def directory(self) -> Path:
        """The package as files: the bundled one, or a generated one."""
        if self.size == BUNDLED:
            return HOME / "data"
        return directory(load(), self.size, self.folder / "package")

    @cached_property
    def package(self) -> Package:
        """The package, loaded."""
        return load(self.directory)

    @cached_property
    def rows(self) -> Path:
        """A CSV of what it publishes, for the pages of rivals."""
        target = self.folder / "rows.csv"
        datasette.rows(self.package).to_csv(target, index=False)
        return target

    @cached_property
    def database(self) -> Path:
        """The same as a database, for Datasette."""
        found = datasette.rows(self.package)
        return datasette.database([found], self.folder / "house" / "house.db")

    @cached_property
    def frame(self) -> Path:
        """The widgets of our frame, for the floor."""
        target = self.folder / "frame.json"
        target.write_text(json.dumps(frame()), encoding="utf-8")
        return target

    def found(self, facet: str) -> list[tuple[int, str]]:
        """List the codes of a filter that find records, with how many: the most first."""
        held = self.package.incidents
        codes, many = held.facets[facet].codes, held.facets[facet].count(held.counted, None)
        return sorted(((int(n), c) for c, n in zip(codes, many, strict=True) if n), reverse=True)

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """The groups of which some record is on a map: each code with its label."""
        labels, held = self.package.labels("groups", "en"), self.package.incidents
        return [
            (code, labels[code])
            for _, code in self.found("group")
            if counts.by_code(held.select(Selection(group=(code,))), "place").sum()
        ]

    @cached_property
    def asked(self) -> list[tuple[str, str]]:
        """Filters that find records, each of them once: those that most hold first."""
        names = ("violation", "category", "group", "data")
        found = [(n, (name, code)) for name in names for n, code in self.found(name)]
        return [each for _, each in sorted(found, reverse=True)]


def frame() -> list[dict[str, object]]:
    """List the widgets of our frame as our page draws them, in its drawer."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
    return widgets(app.switch_page(FRAME).run())


def widgets(app: AppTest) -> list[dict[str, object]]:
    """List the widgets beside a page in their order: kind, label, options."""
    kinds = ("multiselect", "selectbox", "text_input", "expander", "button")
    return [
        {
            "kind": each.type,
            "label": each.label,
            "options": list(getattr(each, "options", ())),
        }
        for each in _walked(app.sidebar)
        if each.type in kinds
    ]


def _walked(block: Any) -> Iterator[Any]:
    for each in getattr(block, "children", {}).values():
        yield each
        yield from _walked(each)
