"""Blank forms for cases, as files that a keeper fills in and others are sent."""

from pathlib import Path

from answers.template import CASES
from keeper.withdrawal import Refused
from loaders.language import Language
from loaders.package import Package


def write(path: Path, content: bytes) -> None:
    """Write a file. Raises `Refused` where that fails, or one is there, which may hold cases."""
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as problem:
        raise Refused("file_exists", [path.name]) from problem
    except OSError as problem:
        raise Refused("not_written", [str(problem)]) from problem


def told_of_form(path: Path, package: Package, t: Language) -> list[str]:
    """Say what was written, and where what is filled in will lie."""
    return [
        t(
            "{file}: a form in Kyrgyz, Russian and English, with the codes of release {release}.",
            file=path.name,
            release=package.release,
        ),
        t(
            "What is filled in lies on telephones and on the server you choose: lock the one, and "
            "know who can read the other."
        ),
    ]


def told_of_template(path: Path, package: Package, t: Language) -> list[str]:
    """Say what was written, and where it may not lie once it is filled in."""
    return [
        t(
            "{file}: a workbook for {n} cases, with the codes of release {release}.",
            file=path.name,
            n=CASES,
            release=package.release,
        ),
        t("Once it is filled in, keep it encrypted, and outside the folder of the package."),
    ]
