"""What the map loads from us: our own copy of Leaflet, and the outlines of the release."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

import streamlit as st
import xstatic.pkg.leaflet

from charts.map import outlines_script
from loaders import Package
from loaders.settings import HOME

VENDOR = HOME / "static" / "vendor"


def _address(path: str) -> str:
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/app/static/vendor/{path}"


def _put(name: str, content: bytes) -> None:
    """Write a static file in one step: another process may be serving it."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    fresh = VENDOR / f".{name}.{os.getpid()}"
    fresh.write_bytes(content)
    fresh.replace(VENDOR / name)


@lru_cache
def leaflet() -> str:
    """Copy Leaflet from its installed package to the static files; give the folder's address."""
    source = Path(xstatic.pkg.leaflet.BASE_DIR)
    for name in ("leaflet.js", "leaflet.css"):
        _put(name, (source / name).read_bytes())
    return _address("").rstrip("/")


@st.cache_resource(show_spinner=False)
def outlines(_package: Package, release: str) -> str:
    """Write the outlines of a release to the static files, named by content; give the address."""
    script = outlines_script(_package.neighbours, _package.regions)
    name = f"outlines-{hashlib.sha256(script.encode()).hexdigest()[:12]}.js"
    _put(name, script.encode())
    return _address(name)
