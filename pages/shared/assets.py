"""The stylesheet, and what the map loads from us: our own Leaflet, and the release's outlines.

Streamlit serves the folder of every component that was declared. Leaflet comes from the folder of
its installed package, the outlines from a temporary one, so nothing is written where the program
stands. Addresses are relative to the frame of the map, which is served as a component too: they
hold behind any base path or proxy.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident

import streamlit.components.v1 as components
import xstatic.pkg.leaflet

from charts import palette
from charts.outlines import outlines_script
from loaders import Package
from loaders.settings import HOME

DRAWN = TemporaryDirectory(prefix="outlines-")
"""The folder of the outlines; it goes with the process."""


@cache
def stylesheet() -> str:
    """Give the stylesheet of the house, its colours by the names of the palette."""
    colours = "".join(f"--{name}: {colour};" for name, colour in palette.NAMED.items())
    return f":root {{{colours}}}\n{(HOME / 'static' / 'style.css').read_text(encoding='utf-8')}"


def leaflet() -> str:
    """Give the address of the folder with leaflet.js and leaflet.css."""
    return _served("leaflet", xstatic.pkg.leaflet.BASE_DIR)


def outlines(package: Package) -> str:
    """Give the address of the outlines of a package and of what draws on them, in one file.

    It is named for its content.
    """
    script, name = package.once(outlines, lambda: _outlines(package))
    folder = Path(DRAWN.name)
    if not (folder / name).exists():  # the first time, or cleaned away: systems empty /tmp by age
        folder.mkdir(exist_ok=True)
        fresh = folder / f".{name}.{os.getpid()}.{get_ident()}"
        fresh.write_bytes(script)
        fresh.replace(folder / name)
    return f"{_served('outlines', str(folder))}/{name}"


def _outlines(package: Package) -> tuple[bytes, str]:
    drawing = (HOME / "static" / "map.js").read_text(encoding="utf-8")
    script = (outlines_script(package.neighbours, package.regions) + drawing).encode()
    return script, f"outlines-{hashlib.sha256(script).hexdigest()[:12]}.js"


def _served(name: str, folder: str) -> str:
    """Have Streamlit serve a folder; told at every run, which costs 0.05 ms and cannot be late."""
    return f"../{components.declare_component(name, path=folder).name}"
