"""The three languages: message catalogues, and numbers and dates in each language's own form."""

import gettext
import io
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import babel.dates
import babel.numbers
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from incidents.codebook import LANGUAGES
from loaders.settings import HOME

NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}

DATES = {"ky": "ky", "ru": "ru", "en": "en_GB"}


@dataclass(frozen=True)
class Language:
    """One language: call it with an English message to get the reader's sentence.

    Messages are the English texts themselves; values go in by name and numbers are written the
    way the language writes them.
    """

    code: str
    catalogue: gettext.NullTranslations

    def __call__(self, message: str, **values: object) -> str:
        """Say a message."""
        return self.catalogue.gettext(message).format(**self._worded(values))

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Say a message that counts `n` things."""
        text = self.catalogue.ngettext(one, many, n)
        return text.format(**self._worded({"n": n, **values}))

    def number(self, value: float, digits: int = 0) -> str:
        """Write a number, grouped, with at most so many decimals."""
        if isinstance(value, int) and -1000 < value < 1000:
            return str(value).replace("-", "−")  # the same in every language, and fast
        pattern = "#,##0" + ("." + "#" * digits if digits else "")
        return babel.numbers.format_decimal(value, format=pattern, locale=self.code)

    def percent(self, share: float) -> str:
        """Write a share (0 to 1) as a whole percentage."""
        return babel.numbers.format_percent(share, locale=self.code)

    def day(self, day: date) -> str:
        """Write a day: "17 May 2024"."""
        return babel.dates.format_skeleton("yMMMd", day, locale=DATES[self.code])

    def month(self, day: date) -> str:
        """Write the month of a day: "May 2024"."""
        return babel.dates.format_skeleton("yMMMM", day, locale=DATES[self.code])

    def period(self, period: str) -> str:
        """Write a period as the counts name it: "2021", "2021-Q2", "2021-03"."""
        if "-Q" in period:
            year, quarter = period.split("-Q")
            return self("Q{quarter} {year}", quarter=quarter, year=year)
        if "-" in period:
            return self.month(date.fromisoformat(f"{period}-01"))
        return period

    def tongue(self, code: str) -> str:
        """Name a language (ISO 639-1): "Russian"."""
        return Locale.parse(self.code).languages.get(code, code)

    def _worded(self, values: dict[str, Any]) -> dict[str, Any]:
        whole = {k: v for k, v in values.items() if isinstance(v, int) and v is not True}
        return {**values, **{name: self.number(value) for name, value in whole.items()}}


@lru_cache
def language(code: str) -> Language:
    """Read the catalogue of a language; English is the language of the messages."""
    if code == "en":
        return Language(code, gettext.NullTranslations())
    with (HOME / "locale" / code / "messages.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Language(code, gettext.GNUTranslations(compiled))


def best(wanted: str | None) -> str:
    """Choose the language for a browser that asks for `wanted` ("ru-RU")."""
    asked = (wanted or "")[:2].lower()
    return asked if asked in LANGUAGES else "en"
