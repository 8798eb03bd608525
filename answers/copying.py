"""What a copy as files says of itself, and how it is searched."""

from typing import Any

from incidents.search import BEGINNING, QUOTED, SOUNDS, letters
from loaders import Package
from loaders.language import Language


def notice(package: Package, t: Language) -> str:
    """Say which release it is a copy of, and what it cannot know."""
    return t(
        "A copy of release {release} ({day}). A newer release may exist, and records may have been "
        "withdrawn since.",
        release=package.release,
        day=t.day(package.released),
    )


def search(t: Language) -> str:
    """Name the search."""
    return t("Search")


def year(t: Language) -> str:
    """Name the filter by year."""
    return t("Year")


def asking(t: Language) -> dict[str, str]:
    """Word the page that searches."""
    return {
        "label": t("Words in the record, a place, a source"),
        "none": t("No record holds all of these words."),
        "found": t("Records found:"),
        "off": t("The search needs JavaScript. Every record stands in the list of records."),
    }


def searched(package: Package) -> dict[str, Any]:
    """Give what the search of the copy needs: its tables, the words, and which records bear them.

    Words stand once for every text or label; a record bears some of these, by their number.
    """
    index = package.incidents.index
    lines = index.lines()
    bears: list[list[int]] = [[] for _ in range(len(package.incidents.frame))]
    for value in range(len(lines)):
        for row in index.bearing(value):
            bears[row].append(value)
    for row, word in enumerate(index.identifiers.words):
        bears[row].append(len(lines))
        lines.append(str(word))
    return {
        "letters": letters(),
        "sounds": SOUNDS,
        "quoted": QUOTED,
        "beginning": BEGINNING,
        "lines": lines,
        "bears": bears,
    }
