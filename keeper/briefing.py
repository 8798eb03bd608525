"""A brief of a selection, written to a file: what a reader takes away, without a browser."""

from pathlib import Path
from urllib.parse import parse_qs

from answers import files
from answers.question import Question, ask
from answers.surfaces.brief import Brief
from loaders.settings import Settings
from loaders.shelf import Shelf


def question(address: str, data: Path, wish: str) -> Question:
    """Read an address, whole or its filters alone. Raises `Faults` where the package has some."""
    query = parse_qs(address.rpartition("?")[2], keep_blank_values=True)
    return ask(query, "", Shelf(lambda: data).look(), wish, Settings().public_url)


def write(asked: Question, path: Path) -> None:
    """Write the brief as PDF."""
    path.write_bytes(files.of(asked.answer(Brief))["pdf"].make())
