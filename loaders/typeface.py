"""The typeface of pictures: Source Sans, as the pages are set in, from a registry package."""

from dataclasses import dataclass

from font_source_sans_pro import SourceSansPro, SourceSansProSemibold


@dataclass(frozen=True)
class Typeface:
    """Two weights of one typeface, as paths of OpenType files."""

    regular: str
    bold: str


def typeface() -> Typeface:
    """Give the typeface of the pages as files."""
    return Typeface(SourceSansPro, SourceSansProSemibold)
