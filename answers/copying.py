"""What a copy as files says of itself, and how it is searched."""

import pandas as pd

from answers.question import Question
from answers.words import cell_labels
from incidents.filters import FILTERS
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


def words(asked: Question, record: pd.Series) -> str:
    """Give the labels by which a record is found, beside what its line in a list says."""
    columns = [(each.listed, each.column) for each in FILTERS if each.searched]
    labels = [cell_labels(asked.package, name, record[column], asked.t) for name, column in columns]
    return " ".join((str(record["incident_id"]), *labels))
