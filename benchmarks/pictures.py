"""Every picture that can be taken away, from the figure that is shown to the finished file."""

import time

from benchmarks.counting import TIMES, milliseconds
from loaders import Package
from tests.pages.test_cite import opened
from tests.taking import kept

VIEWS = {
    "/": ("published", "by-group", "by-year"),
    "/map?fill=rate": ("map",),
    "/trends?per=month&split=perpetrator": ("trend",),
    "/trends?per=quarter&split=group&lang=ky": ("trend",),
}
"""The charts and the map, in the forms that hold most."""


def main(package: Package) -> None:
    """Print the times, the first one with all that is loaded and made for it."""
    print(f"A picture, warm, median of {TIMES}; {package.incidents.total} incidents:")
    first = True
    for link, surfaces in VIEWS.items():
        with kept() as files:
            opened(link, folds=[f"take-{surface}" for surface in surfaces])
        for key, (name, make) in files.items():
            if not name.endswith((".png", ".svg")):
                continue
            if first:
                begun = time.perf_counter()
                make()
                print(f"  {(time.perf_counter() - begun) * 1000:6.0f} ms  the first of a process")
                first = False
            taken, size = milliseconds(make), len(make()) / 1024
            print(f"  {taken:6.0f} ms {size:5.0f} KB  {key.removeprefix('file-')} of {link}")
