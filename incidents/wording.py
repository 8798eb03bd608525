"""Texts of the data in the reader's language: what was translated, how, and what was not.

Records are written in English; a translation is found by the English text itself, so that a text
that changed has none until somebody translates it anew. Translations are no part of a record: its
fingerprint, and that of every view, is made of what it holds itself.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

WRITTEN = "en"
"""The language that records are written in."""
OTHERS = ("ru", "ky")
"""The languages that they are translated into."""
HOW = ("machine", "hand", "native")
"""How a translation was made: by a program; by a person; read or written by a native speaker."""

TRANSLATED: Mapping[str, tuple[str, ...]] = {
    "published_totals.csv": ("measure", "source_name"),
    "population.csv": ("basis", "note"),
    "publishers.csv": ("name",),
    "claims.csv": ("source_name",),
    "context_events.csv": ("source_name",),
    "reader_risks.csv": ("source_name",),
    "codebook/crosswalk.csv": ("term", "note"),
    "codebook/schemes.csv": ("title",),
}
"""The columns of texts in English alone, by table; those of records are `OF_RECORDS`."""
OF_RECORDS = ("summary", "source_name")
NAMING: Mapping[str, tuple[str, ...]] = {
    **TRANSLATED,
    "context_events.csv": ("label_en", "summary_en", "source_name"),
    "claims.csv": ("quote_en", "note_en", "source_name"),
}
"""The columns in which a name of the table of names may stand, beside those of records."""

BESIDE = tuple(f"{column}_{lang}" for column in ("summary", "translated") for lang in OTHERS)
"""What stands beside the summary of a record in a file: translations, and how they were made."""


@dataclass(frozen=True)
class Wording:
    """A text as a reader gets it, in which language (ISO 639-1), and how it came to be in it.

    `how` is one of `HOW`; empty for a text that is in the language it was written in.
    """

    text: str
    lang: str = WRITTEN
    how: str = ""


class Translations:
    """The translations of a package, by the English text."""

    def __init__(self, rows: Iterable[Mapping[str, str]] = ()) -> None:
        """Take the rows of the table of translations."""
        self._rows = {row["text_en"]: row for row in rows}

    def of(self, text: str, language: str) -> Wording:
        """Give a text in one language; in English where it has no translation."""
        row = self._rows.get(text)
        if row is None or language not in OTHERS or not row[f"text_{language}"]:
            return Wording(text)
        return Wording(row[f"text_{language}"], language, row[f"translated_{language}"])

    @property
    def empty(self) -> bool:
        """Say whether nothing is translated."""
        return not self._rows

    def how(self, language: str) -> dict[str, int]:
        """Count the texts in one language by how they were translated (`HOW`)."""
        made = [row[f"translated_{language}"] for row in self._rows.values()]
        return {how: made.count(how) for how in HOW}

    def beside(self, text: str) -> dict[str, str]:
        """Give what stands beside a summary in a file (`BESIDE`)."""
        found = {lang: self.of(text, lang) for lang in OTHERS}
        texts = {f"summary_{lang}": each.text if each.how else "" for lang, each in found.items()}
        return texts | {f"translated_{lang}": each.how for lang, each in found.items()}

    @property
    def wordings(self) -> dict[str, tuple[str, ...]]:
        """Give the other wordings of every text, by the English one."""
        return {
            text: tuple(filter(None, (row[f"text_{lang}"] for lang in OTHERS)))
            for text, row in self._rows.items()
        }


def spellings(name: Mapping[str, str]) -> tuple[str, ...]:
    """Give every spelling of a row of the table of names."""
    found = (name["name_en"], name["name_ru"], name["name_ky"], *name["also"].split(";"))
    return tuple(dict.fromkeys(filter(None, map(str.strip, found))))


def stands_in(name: Mapping[str, str], texts: Collection[str]) -> bool:
    """Say whether a name stands in any text, in any of its spellings."""
    return any(spelling in text for spelling in spellings(name) for text in texts)
