"""Tables of our own columns: the files of a package, our downloads, a keeper's spreadsheet."""

from functools import cache
from pathlib import Path

from incidents.schema import WORDED
from loaders.sources.names import Names, plain

NAME = "own"


@cache
def names() -> Names:
    """Give what heads and values mean, beside the names of columns and what the codebook says.

    Our downloads have labels beside codes, in columns of their own.
    """
    labels = {plain(f"{column}_label"): column for column in WORDED}
    return Names(labels) | Names.read(Path(__file__).with_suffix(".csv"))
