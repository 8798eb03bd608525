"""Questions as a reader asks them: an address, read by the one function that every door uses."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from answers import files
from answers.files import File
from answers.question import Question, ask
from answers.surfaces.records import Records
from incidents.selection import Display, Selection
from loaders import Package
from loaders.language import language
from loaders.shelf import Shelf
from tests.conftest import DATA

SHELVES: dict[Path, Shelf] = {}


def question(link: str, data: Path = DATA) -> Question:
    """Ask by a link such as "/map?data=media"; the package in `data` answers."""
    parts = urlsplit(link)
    shelf = SHELVES.setdefault(data, Shelf(lambda: data)).look()
    return ask(parse_qs(parts.query, keep_blank_values=True), parts.path.strip("/"), shelf, "en")


def files_of_records(package: Package, selection: Selection, lang: str = "en") -> dict[str, File]:
    """Give the files of a selection's records that a copy at example.org offers, by kind."""
    subset, display = package.incidents.select(selection), Display(lang=lang)
    asked = Question(
        package,
        selection,
        display,
        "records",
        "",
        "",
        (),
        subset,
        language(lang),
        "https://example.org",
    )
    return files.of(asked.answer(Records))
