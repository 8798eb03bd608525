"""What a reader can take away from a page that is run without a browser: every file, as it is made.

AppTest cannot press a button whose file is made when it is pressed. So what the page hands to
Streamlit's button is kept on the way, and made here.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import streamlit as st
from PIL import Image

Files = dict[str, tuple[str, Callable[[], bytes]]]
"""By the button's key, the file's name and what makes it."""
SURFACES = {
    "overview": ("published", "by-group", "by-year"),
    "map": ("map",),
    "trends": ("published", "trend", "change"),
    "records": ("records",),
    "methodology": ("package",),
}
"""What can be taken away, by page."""
FOLDS = tuple(f"take-{name}" for names in SURFACES.values() for name in names)


@contextmanager
def kept() -> Iterator[Files]:
    """Keep every file that pages offer meanwhile."""
    files: Files = {}
    show = st.download_button

    def keep(label, data, file_name, **options):
        made = data if callable(data) else lambda: data
        files[options.get("key", label)] = (file_name, made)
        return show(label, data=data, file_name=file_name, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "download_button", keep)
        yield files


def inside(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Open a file: give it, the members of an archive or workbook, the metadata of a picture."""
    yield name, content
    if name.endswith((".zip", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield f"{name}, {member}", packed.read(member)
    if name.endswith(".png"):
        with Image.open(io.BytesIO(content)) as picture:
            told = "\n".join(f"{k}: {v}" for k, v in picture.info.items())
            yield f"{name}, metadata", told.encode()
