"""Leaflet, served by ourselves: copied at start from the installed package into static files."""

import shutil
from functools import lru_cache
from pathlib import Path

import streamlit as st
import xstatic.pkg.leaflet

from loaders.settings import HOME


@lru_cache
def leaflet() -> str:
    """Give the address of our own copy of Leaflet."""
    source = Path(xstatic.pkg.leaflet.BASE_DIR)
    target = HOME / "static" / "vendor" / "leaflet"
    target.mkdir(parents=True, exist_ok=True)
    for name in ("leaflet.js", "leaflet.css"):
        if not (target / name).exists():
            shutil.copyfile(source / name, target / name)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    return f"{'/' + base if base else ''}/app/static/vendor/leaflet"
