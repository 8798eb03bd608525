"""The three languages: message catalogues, and numbers and dates in each language's own form."""

import gettext
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any

import babel.dates
import babel.lists
import babel.numbers
from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from incidents.codebook import LANGUAGES
from loaders.settings import HOME

NAMES = {"ky": "Кыргызча", "ru": "Русский", "en": "English"}

OWN_NAMES = {("ru", "ky"): "кыргызский", ("ru", "KG"): "Кыргызстан"}
"""What languages and countries are called here, where CLDR gives a name of other times."""

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
        return babel.numbers.format_decimal(rounded(value, digits), pattern, locale=self.code)

    def percent(self, share: float) -> str:
        """Write a share (0 to 1) as a whole percentage."""
        return babel.numbers.format_percent(rounded(share, 2), locale=self.code)

    def day(self, day: date) -> str:
        """Write a day: "17 May 2024"."""
        return babel.dates.format_skeleton("yMMMd", day, locale=DATES[self.code])

    def month(self, day: date) -> str:
        """Write the month of a day: "May 2024"."""
        return babel.dates.format_skeleton("yMMMM", day, locale=DATES[self.code])

    def days(self, first: date, last: date) -> str:
        """Write the days from one to another: "8–15 Oct 2025"."""
        return babel.dates.format_interval(first, last, "yMMMd", locale=DATES[self.code])

    def months(self, first: date, last: date) -> str:
        """Write the months from one to another: "May – June 2022"."""
        return babel.dates.format_interval(first, last, "yMMMM", locale=DATES[self.code])

    def short_months(self, first: date, last: date) -> str:
        """Write the same in little room: "May – Jun 2022"."""
        return babel.dates.format_interval(first, last, "yMMM", locale=DATES[self.code])

    def ago(self, age: timedelta) -> str:
        """Say how long ago: "5 minutes ago"."""
        return babel.dates.format_timedelta(-age, add_direction=True, locale=DATES[self.code])

    def period(self, period: str) -> str:
        """Write a period as the counts name it: "2021", "2021-Q2", "2021-03"."""
        if "-Q" in period:
            year, quarter = period.split("-Q")
            return self("Q{quarter} {year}", quarter=quarter, year=year)
        if "-" in period:
            return self.month(date.fromisoformat(f"{period}-01"))
        return period

    def joined(self, names: Sequence[str]) -> str:
        """Write names one after the other: "2021, 2022 and 2023"."""
        return babel.lists.format_list(names, locale=DATES[self.code])

    def tongue(self, code: str) -> str:
        """Name a language (ISO 639-1): "Russian"."""
        return OWN_NAMES.get((self.code, code)) or Locale.parse(self.code).languages.get(code, code)

    def country(self, code: str) -> str:
        """Name a country (ISO 3166-1): "Kazakhstan"."""
        return OWN_NAMES.get((self.code, code)) or Locale.parse(self.code).territories.get(
            code, code
        )

    def _worded(self, values: dict[str, Any]) -> dict[str, Any]:
        whole = {k: v for k, v in values.items() if isinstance(v, int) and v is not True}
        return {**values, **{name: self.number(value) for name, value in whole.items()}}


def rounded(value: float, digits: int = 0) -> Decimal:
    """Round as readers do, halves away from zero: 0.125 is 0.13 here and everywhere.

    A half is one as it is written: 2.675 is 2.68, though the nearest binary number lies below it.
    """
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


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
