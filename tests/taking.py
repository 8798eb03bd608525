"""What a reader can take away from a page that is run without a browser: every file, as it is made.

AppTest cannot press a button whose file is made when it is pressed. So what the page hands to
Streamlit's button is kept on the way, and made here.
"""

import base64
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pandas as pd
import pikepdf
import pypdfium2
import pytest
import streamlit as st
from PIL import Image
from streamlit.testing.v1 import AppTest

Files = dict[str, tuple[str, Callable[[], bytes]]]
"""By the button's key, the file's name and what makes it."""
SURFACES = {
    "overview": ("published", "by-group", "by-year"),
    "map": ("map",),
    "trends": ("published", "trend", "change"),
    "records": ("records",),
    "impact": ("impact", "accountability", "steps"),
    "methodology": ("package",),
}
"""What can be taken away, by page."""
PARTS = ("table", "take", "cite", "share", "read")
"""What the line under a figure opens; the first two hold numbers."""
FOLDS = tuple(f"{p}-{name}" for names in SURFACES.values() for name in names for p in PARTS[:2])


def unfold(app: AppTest, folds: Iterable[str]) -> None:
    """Open what is folded away, by key: `take-trend` is a part of a line, others stand alone."""
    lines = defaultdict(list)
    for fold in folds:
        part, _, surface = fold.partition("-")
        if part in PARTS:
            lines[f"line-{surface}"].append(part)
        else:
            app.session_state[fold] = True
    for line, parts in lines.items():
        app.session_state[line] = parts


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
    if name.endswith((".zip", ".xlsx", ".pptx")):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for member in packed.namelist():
                yield from inside(f"{name}, {member}", packed.read(member))
    if name.endswith(".pdf"):
        yield from ((f"{name}, {part}", told) for part, told in of_pdf(content))
    if name.endswith(".parquet"):
        yield f"{name}, rows", pd.read_parquet(io.BytesIO(content)).to_csv().encode()
    if name.endswith(".png"):
        with Image.open(io.BytesIO(content)) as picture:
            told = "\n".join(f"{k}: {v}" for k, v in picture.info.items())
            yield f"{name}, metadata", told.encode()


def of_pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Open a PDF: the text of its pages, its metadata, its attachments, and all else it holds."""
    document = pypdfium2.PdfDocument(content)
    for at, page in enumerate(document, start=1):
        yield f"page {at}", page.get_textpage().get_text_range().encode()
    yield "metadata", "\n".join(document.get_metadata_dict().values()).encode()
    with pikepdf.open(io.BytesIO(content)) as opened:
        for name, attached in opened.attachments.items():
            yield f"attachment {name}", attached.get_file().read_bytes()
        for at, each in enumerate(opened.objects):
            if isinstance(each, pikepdf.Stream):
                yield f"stream {at}", _read(each)
            yield f"object {at}", "\n".join(_strings(each)).encode()


def _read(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture
        return stream.read_raw_bytes()


def _strings(found: pikepdf.Object) -> Iterator[str]:
    """Give the texts of an object; what it refers to is read in its own place."""
    if isinstance(found, pikepdf.String):
        yield str(found)
    elif isinstance(found, pikepdf.Array):
        for each in found:
            if not getattr(each, "is_indirect", False):
                yield from _strings(each)
    elif isinstance(found, (pikepdf.Dictionary, pikepdf.Stream)):
        for _, each in found.items():
            if not getattr(each, "is_indirect", False):
                yield from _strings(each)


def drawings(content: bytes) -> bytes:
    """Read the drawings that stand in a message as letters of base64."""
    found = re.findall(rb"data:image/svg\+xml;base64,([A-Za-z0-9+/=]+)", content)
    return b"\n".join(map(base64.b64decode, found))
