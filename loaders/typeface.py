"""The typeface of pictures: Source Sans, as the pages are set in, from a registry package."""

from dataclasses import dataclass
from pathlib import Path

from font_source_sans_pro import SourceSansPro, SourceSansProSemibold


@dataclass(frozen=True)
class Typeface:
    """Two weights of one typeface, as paths of OpenType files, and its name."""

    regular: str
    bold: str
    family: str

    @property
    def folder(self) -> str:
        """Give the folder of all its files."""
        return str(Path(self.regular).parent)


def typeface() -> Typeface:
    """Give the typeface of the pages as files."""
    return Typeface(SourceSansPro, SourceSansProSemibold, "Source Sans Pro")
