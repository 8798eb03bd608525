"""The page of a run: docs/benchmarks.md, made from the JSON beside it.

`python -m benchmarks.report [FOLDER]` makes it again without measuring anything.
"""

import json
import sys
from pathlib import Path
from statistics import mean, median, quantiles

from benchmarks.builds import HERE, THERE
from benchmarks.contestants import ALONE, BESIDE, FLOOR, MAP, TRENDS, TURNS
from benchmarks.load.page import page as crowd
from benchmarks.loading import AGAIN, FIRST
from benchmarks.results import (
    ASKED,
    CHANGE,
    CPU,
    HEARD,
    LOAD,
    MEMORY,
    SESSION,
    START,
    VISIT,
    Figure,
    Results,
    read,
)
from benchmarks.targets import TARGETS, Target
from tests.browser.serving import HOME

FEW = 5
CROWD = "load.json"
"""What a run of `python -m benchmarks.load` left beside the figures, if one did."""
SERVERS = {
    "floor": FLOOR,
    "house": "the dashboard (streamlit run)",
    "beside": "the dashboard with all its doors (python -m web)",
    "markers": "folium, a marker for each row",
    "clusters": "folium, MarkerCluster",
    "pydeck": "pydeck",
    "dash": "Dash",
    "datasette": "Datasette",
}
HEAD = """# Benchmarks

Made by `python -m benchmarks` from [benchmarks.json](benchmarks.json): one run, one machine.
`python -m benchmarks.report` makes this page again from that file. Incidents beyond the bundled
package are generated (seeded, from the values that occur,
[generate.py](../benchmarks/generate.py)) and are no records.
"""
HOW = """
Seconds, in headless Chromium on the same machine: the median, in brackets what half of the values
lie between, and the ratio to the floor's. **Filter change**: from the key or click to the settled
page, up to 30 times. **First visit**: a browser that has nothing, a server that was visited before,
three to five times. Settled is what [timing.py](../benchmarks/timing.py) says. What is slow is
measured fewer times: “n” says how many, where these are under five.

**The floor** is an empty page with the widgets of our frame and as many options, Streamlit as it
ships ([floor.py](../benchmarks/rivals/floor.py)). Rivals are written as their own documentation
does, with data that are loaded once ([rivals/](../benchmarks/rivals)). What they ask other hosts
for is answered from this machine, so that no network is measured: the scripts of a map really, its
tiles with an empty picture. Who did not finish in 60 s is not tried with more incidents.
"""

GOES = """
Median milliseconds of the same changes: until the browser asked, from there until it heard its
server's last word, and from there until it was settled. It hears late while it draws what came
before: what the server itself takes stands below.
"""
DOORS = "Seconds more behind `python -m web` than with `streamlit run`: difference of medians.\n"


def page(found: Results) -> str:
    """Write the page, with what a crowd met where that was measured."""
    parts = {
        "Targets": (_targets(found),),
        "Pages and rivals": (HOW, _pages(found)),
        "Where a filter change goes": (GOES, _steps(found)),
        "What it costs the server": (_server(found),),
        "What the other doors add": (DOORS, _doors(found)),
        "Loading and starting": (_loading(found), _builds(found)),
    }
    told = [
        f"## {title}\n\n" + "\n".join(part.strip("\n") + "\n" for part in texts if part)
        for title, texts in parts.items()
        if texts[-1] or texts[0] not in (HOW, GOES, DOORS, "")
    ]
    beside = found.file.with_name(CROWD)
    if beside.exists():
        told.append(crowd(json.loads(beside.read_text(encoding="utf-8"))))
    return "\n".join([HEAD, _machine(found), *told])


def write(found: Results) -> Path:
    """Write the page beside the figures; give its file."""
    target = found.file.with_suffix(".md")
    target.write_text(page(found), encoding="utf-8")
    return target


def table(head: list[str], rows: list[list[str]], words: int) -> str:
    """Write a table: the first columns are words, the others numbers. Nothing without rows."""
    if not rows:
        return ""
    marks = ["---"] * words + ["---:"] * (len(head) - words)
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, marks, *rows]) + "\n"


def spread(numbers: tuple[float, ...]) -> str:
    """Write a median with its spread."""
    if len(numbers) < 2:
        return f"{numbers[0]:.3g} (n 1)"
    few = len(numbers) < FEW
    low, _, high = (min(numbers), 0, max(numbers)) if few else quantiles(numbers, n=4)
    return f"{median(numbers):.3g} ({low:.3g}–{high:.3g}{f', n {len(numbers)}' if few else ''})"


def cell(figure: Figure | None, floor: Figure | None = None) -> str:
    """Write a figure, and its ratio to the floor's; why there is none where there is none."""
    if figure is None:
        return ""
    if not figure.numbers:
        return figure.note
    by = (
        f" ×{median(figure.numbers) / median(floor.numbers):.2f}" if floor and floor.numbers else ""
    )
    return spread(figure.numbers) + by


def _machine(found: Results) -> str:
    told = found.machine
    packages = ", ".join(f"{name} {number}" for name, number in told["packages"].items())
    other = f" The other build is {told['other']}." if told["other"] else ""
    return (
        f"{told['date']}, {told['cores']} cores ({told['cpu']}), {told['memory']} GB, "
        f"{told['system']}, Python {told['python']}, {told['chromium']}; "
        f"the run took {told['seconds'] / 60:.0f} minutes.\n"
        f"This build is {told['build']}.{other}\n{packages}.\n"
    )


def _sizes(found: Results) -> list[str]:
    bundled = found.machine["bundled"]
    return [f"{size:,}" if size else f"{bundled:,} (bundled)" for size in found.sizes]


def _pages(found: Results) -> str:
    rows = []
    for who in (*TURNS, *ALONE):
        for what in (CHANGE, VISIT):
            figures = [found.of(what, who.name, size) for size in found.sizes]
            floors = [found.of(what, FLOOR, size) for size in found.sizes]
            if any(figures) and BESIDE not in who.name:
                cells = [cell(*both) for both in zip(figures, floors, strict=True)]
                rows.append([who.name, what, *cells])
    return table(["page", "what", *_sizes(found)], rows, 2)


def _steps(found: Results) -> str:
    rows = []
    for who in (*TURNS, *ALONE):
        for size, told in zip(found.sizes, _sizes(found), strict=True):
            figures = [found.of(what, who.name, size) for what in (ASKED, HEARD, CHANGE)]
            medians = [1000 * median(f.numbers) for f in figures if f and f.numbers]
            if len(medians) == len(figures):
                parts = (medians[0], medians[1] - medians[0], medians[2] - medians[1])
                rows.append([who.name, told, *(f"{part:.0f}" for part in parts)])
    return table(["page", "incidents", "browser asks", "server answers", "browser draws"], rows, 2)


def _server(found: Results) -> str:
    rows = []
    for who in (*TURNS, *ALONE):
        figures = [found.of(CPU, who.name, size) for size in found.sizes]
        if any(figures):
            cells = [f"{mean(f.numbers):.3f}" if f and f.numbers else "" for f in figures]
            rows.append([who.name, "processor time of a filter change, s (mean)", *cells])
    for server, name in SERVERS.items():
        figures = [found.of(SESSION, server, size) for size in found.sizes]
        if any(figures):
            cells = [f"{f.numbers[0]:.1f}" if f else "" for f in figures]
            rows.append([name, "memory that one more visitor takes, MB", *cells])
    return table(["page or server", "what", *_sizes(found)], rows, 2)


def _doors(found: Results) -> str:
    rows = []
    for page_name in (MAP, TRENDS):
        for what in (CHANGE, VISIT):
            alone = [found.of(what, page_name, size) for size in found.sizes]
            beside = [found.of(what, page_name + BESIDE, size) for size in found.sizes]
            if any(alone) and any(beside):
                cells = [_added(*both) for both in zip(alone, beside, strict=True)]
                rows.append([page_name, what, *cells])
    return table(["page", "what", *_sizes(found)], rows, 2)


def _added(alone: Figure | None, beside: Figure | None) -> str:
    if not (alone and beside and alone.numbers and beside.numbers):
        return ""
    return f"{median(beside.numbers) - median(alone.numbers):+.3f}"


def _loading(found: Results) -> str:
    rows = []
    for name in (FIRST, AGAIN):
        figures = [found.of(LOAD, name, size) for size in found.sizes]
        if any(figures):
            rows.append([f"loading the package {name}, s", *map(cell, figures)])
    return table(["what", *_sizes(found)], rows, 1)


def _builds(found: Results) -> str:
    told = [
        *(
            (what, f"{name}, ", "s", what == CPU)
            for what in (CHANGE, CPU)
            for name in (MAP, TRENDS)
        ),
        (START, "", "s", False),
        (MEMORY, "", "MB", False),
    ]
    rows = []
    for what, page_name, unit, coarse in told:
        both = [found.of(what, f"{page_name}{build}", 0) for build in (HERE, THERE)]
        if any(both):
            cells = [
                "" if f is None else f"{mean(f.numbers):.3f}" if coarse else cell(f) for f in both
            ]
            rows.append([f"{page_name}{what}, {unit}", *cells])
    return table(["at the bundled package", HERE, THERE], rows, 1)


def _targets(found: Results) -> str:
    rows = []
    for target in TARGETS:
        got = target.measured(found)
        limit = _amount(target, target.asked)
        must = _amount(target, target.promised) if target.promised else ""
        rows.append([target.words, limit, must, _amount(target, got), verdict(target, got)])
    return table(["target", "asked at most", "must hold", "measured", ""], rows, 1)


def verdict(target: Target, got: float | None) -> str:
    """Say whether a target was met."""
    if got is None:
        return "not measured"
    if got <= target.asked:
        return "met"
    if target.promised is not None:
        return "missed" + (", holds" if got <= target.promised else ", does not hold")
    return "missed"


def _amount(target: Target, amount: float | None) -> str:
    if amount is None:
        return ""
    return f"×{amount:.2f}" if target.unit == "×" else f"{amount:.3g} {target.unit}"


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HOME / "docs"
    print(f"{write(read(folder / 'benchmarks.json'))} is written.")
