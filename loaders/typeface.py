"""The typeface of pictures: Source Sans, as Streamlit ships it for the pages.

Streamlit's file holds every weight at once, compressed for browsers. Pictures need two weights as
plain files; they are made once in a process (about 0.7 s) and go with it. Kerning is left out: to
work it out for one weight takes longer than all the rest, and gains nothing one would see.
"""

import atexit
import io
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SHIPPED = "static/static/media/SourceSansVF-Upright*.woff2"
WEIGHTS = {"regular": 400, "bold": 600}
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *range(0x400, 0x530),
    *range(0x2010, 0x2040),
    *(ord(sign) for sign in "€№←→−×≈≤≥"),
)
"""Latin, Cyrillic and the signs of the sentences."""
POSTSCRIPT = 6
"""The number of a name that must tell the weights apart: drawings name their letters by it."""
UNUSED = ("BASE", "GDEF", "GPOS", "GSUB", "MVAR", "STAT")


@dataclass(frozen=True)
class Typeface:
    """Two weights of one typeface, as paths of TrueType files."""

    regular: str
    bold: str


@lru_cache
def typeface() -> Typeface:
    """Give the typeface of the pages as files."""
    folder = tempfile.TemporaryDirectory(prefix="typeface-")
    paths = {}
    for name, content in _weights(_shipped()).items():
        path = Path(folder.name) / f"{name}.ttf"
        path.write_bytes(content)
        paths[name] = str(path)
    atexit.register(folder.cleanup)
    return Typeface(**paths)


def _shipped() -> Path:
    """Find the typeface without importing Streamlit, which is no business of this floor."""
    spec = find_spec("streamlit")
    home = Path(str(spec and spec.origin)).parent
    return next(home.glob(SHIPPED))


def _weights(path: Path) -> dict[str, bytes]:
    from fontTools import subset
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(path)
    font.flavor = None
    options = subset.Options(
        layout_features=[], hinting=False, glyph_names=False, notdef_outline=True
    )
    options.drop_tables += UNUSED
    chosen = subset.Subsetter(options)
    chosen.populate(unicodes=LETTERS)
    chosen.subset(font)
    every = _saved(font)
    fonts = {}
    for name, weight in WEIGHTS.items():
        one = instancer.instantiateVariableFont(TTFont(io.BytesIO(every)), {"wght": weight})
        one["name"].setName(f"SourceSans-{name}", POSTSCRIPT, 3, 1, 0x409)
        fonts[name] = _saved(one)
    return fonts


def _saved(font: Any) -> bytes:
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
