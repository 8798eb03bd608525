"""Collect the messages of the code, and bring the catalogues up to date: `make messages`.

The tests use the same list to find what is missing or no longer used.
"""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

HOME = Path(__file__).parent.parent
SPOKEN = ("pages", "web", "keeper", "answers", "charts", "loaders", "incidents")
KEYWORDS = {"t": None, "self": None, "plural": (1, 2), "message": None}
TRANSLATED = ("ru", "ky")


def in_code() -> Catalog:
    """Collect every message of the code."""
    found = Catalog(charset="utf-8", fuzzy=False)
    for folder in SPOKEN:
        messages = extract_from_dir(
            HOME / folder, keywords=KEYWORDS, method_map=[("**.py", "python")]
        )
        for _file, _line, message, _comments, context in messages:
            found.add(message, context=context)
    return found


def catalogue(language: str) -> Catalog:
    """Read a catalogue."""
    with (HOME / "locale" / language / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def write(language: str, known: Catalog) -> None:
    """Write a catalogue in a stable order, with no line that changes by itself."""
    known.project = "Kyrgyzstan incidents dashboard"
    known.version = known.msgid_bugs_address = known.last_translator = known.language_team = "-"
    known.creation_date = known.revision_date = datetime(2026, 11, 23, tzinfo=UTC)
    for message in known:
        message.flags.discard("python-format")
    with (HOME / "locale" / language / "messages.po").open("wb") as file:
        write_po(file, known, width=100, sort_output=True, no_location=True)


def main() -> None:
    """Add new messages to every catalogue, and take out what is no longer said."""
    template = in_code()
    for language in TRANSLATED:
        known = catalogue(language)
        known.update(template, no_fuzzy_matching=True)
        known.obsolete.clear()
        write(language, known)
    with (HOME / "locale" / "messages.pot").open("wb") as file:
        write_po(file, template, width=100, sort_output=True, no_location=True, omit_header=True)


if __name__ == "__main__":
    main()
