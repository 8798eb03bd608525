"""The Selection: the reader's filters as one frozen value, and its form in the address.

It is the only way to say "which incidents". Lists match any of their codes; different
parameters must all match.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Self

import pandas as pd

from incidents.codebook import Codebook
from incidents.filters import DISPLAY, FACETS, PARAMETERS

PERIOD = re.compile(r"(?:19|20)[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?")
SPAN = re.compile(rf"({PERIOD.pattern})(?:\s*(?:\.\.|[-–—])\s*({PERIOD.pattern}))?")
LONGEST_TEXT = 100


@dataclass(frozen=True)
class Problem:
    """A value of the address that was left out: which parameter, which value, and why (a rule)."""

    parameter: str
    value: str
    why: str


@dataclass(frozen=True)
class Span:
    """Years or months, both ends included."""

    start: str
    end: str

    @classmethod
    def of(cls, text: str) -> Self:
        """Read "2018", "2021-03", or a first and a last one: "2018..2019", "2018–2019".

        Raises ValueError where the text is none of these, or ends before it begins.
        """
        found = SPAN.fullmatch(text.strip())
        if not found:
            raise ValueError(f"not a span: {text!r}")
        span = cls(found[1], found[2] or found[1])
        if span.days[0] > span.days[1]:
            raise ValueError(f"ends before it begins: {text!r}")
        return span

    @property
    def days(self) -> tuple[pd.Timestamp, pd.Timestamp]:
        """Give the first and the last day."""
        return first_day(self.start), last_day(self.end)

    def __str__(self) -> str:
        """Write it as `of` reads it."""
        return self.start if self.start == self.end else f"{self.start}..{self.end}"


@dataclass(frozen=True)
class Selection:
    """The incidents a reader asks for. Empty means all.

    `start` and `end` are years or months ("2021", "2021-03"), both included. An incident whose
    date is vague is found by every range in which it may have happened.
    """

    data: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    group: tuple[str, ...] = ()
    violation: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    perpetrator: tuple[str, ...] = ()
    response: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    checked: tuple[str, ...] = ()
    q: str = ""

    @classmethod
    def from_query(
        cls, query: Mapping[str, Sequence[str]], codes: Mapping[str, Sequence[str]]
    ) -> tuple[Self, list[Problem]]:
        """Read the selection from the parameters of an address.

        `codes` gives the known codes of each list (see `known_codes`). Values that do not exist
        are left out and returned as problems.
        """
        problems: list[Problem] = []
        chosen: dict[str, tuple[str, ...]] = {}
        for name, facet in FACETS.items():
            asked, known = dict.fromkeys(query.get(name, ())), codes[facet.listed]
            chosen[name] = tuple(code for code in known if code in asked)
            problems += [Problem(name, v, "unknown") for v in asked if v not in known]
        start, end = (_period(query, name, problems) for name in ("from", "to"))
        if start and end and first_day(start) > last_day(end):
            problems.append(Problem("to", end, "before_from"))
            end = ""
        text = " ".join(" ".join(query.get("q", ())).split())
        if len(text) > LONGEST_TEXT:
            problems.append(Problem("q", text[:LONGEST_TEXT] + "…", "too_long"))
            text = text[:LONGEST_TEXT].strip()
        return cls(start=start, end=end, q=text, **chosen), problems

    def to_query(self) -> dict[str, str | list[str]]:
        """Write the selection as parameters of an address: codes only, nothing that is empty."""
        query: dict[str, str | list[str]] = {}
        for part in fields(self):
            value = getattr(self, part.name)
            if value:
                name = {"start": "from", "end": "to"}.get(part.name, part.name)
                query[name] = value if isinstance(value, str) else list(value)
        return query

    def less(self, name: str, code: str) -> Self:
        """Return the selection with one code taken out of a filter."""
        left = {name: tuple(c for c in getattr(self, name) if c != code)}
        return replace(self, **left)  # type: ignore[arg-type]  # the name is this class's own

    def more(self, name: str, code: str) -> Self:
        """Return the selection with one code more in a filter."""
        chosen = {name: (*getattr(self, name), code)}
        return replace(self, **chosen)  # type: ignore[arg-type]  # the name is this class's own

    def only(self, **codes: str) -> Self:
        """Return the selection with each of these filters set to one code."""
        chosen: dict[str, tuple[str, ...]] = {name: (code,) for name, code in codes.items()}
        return replace(self, **chosen)  # type: ignore[arg-type]  # the names are this class's own

    def within(self, span: Span) -> Self:
        """Return the selection with the dates of a span."""
        return replace(self, start=span.start, end=span.end)

    def without(self, *names: str) -> Self:
        """Return the selection with some parts taken out."""
        empty: dict[str, str | tuple[str, ...]] = {
            name: "" if isinstance(getattr(self, name), str) else () for name in names
        }
        return replace(self, **empty)  # type: ignore[arg-type]  # the names are this class's own


@dataclass(frozen=True)
class Display:
    """How the selected incidents are shown: everything in the address that does not select."""

    lang: str = ""
    unit: str = "incidents"
    per: str = "year"
    split: str = "none"
    fill: str = "count"
    a: Span | None = None
    b: Span | None = None
    sort: str = "newest"
    page: int = 1
    release: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> tuple[Self, list[Problem]]:
        """Read the display from the parameters of an address, with what had to be left out.

        The release is not read here: which ones are kept is not known.
        """
        problems: list[Problem] = []
        values: dict[str, str] = {}
        for part in DISPLAY:
            given = query.get(part.name, ())
            if part.choices and given:
                if given[-1] in part.choices:
                    values[part.name] = given[-1]
                else:
                    problems.append(Problem(part.name, given[-1], "unknown"))
        a, b = (_span(query, name, problems) for name in ("a", "b"))
        page = _page_number(query, problems)
        return cls(a=a, b=b, page=page, **values), problems

    def to_query(self) -> dict[str, str]:
        """Write what differs from the defaults as parameters of an address."""
        return {
            part.name: str(getattr(self, part.name))
            for part in fields(self)
            if getattr(self, part.name) != part.default
        }


def repeated_parameters(query: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Name the values that another value of the same parameter takes the place of."""
    return [
        Problem(name, ", ".join(dropped), "repeated")
        for name, values in query.items()
        if name in PARAMETERS and PARAMETERS[name].type not in ("codes", "text")
        if (dropped := [value for value in dict.fromkeys(values) if value != values[-1]])
    ]


def unknown_parameters(query: Mapping[str, Sequence[str]]) -> list[Problem]:
    """Name the parameters that do not exist, but for the marks that other sites add to links."""
    added = re.compile(
        r"utm_|embed|_hs|mc_[ce]id$|(fb|g|y|ys|ms|tt|tw|dc)clid$|igsh(id)?$|ref(_src|_url)?$|si$|"
        r"gad_source$|[gw]braid$|srsltid$|_openstat$"
    )
    return [
        Problem(name, ", ".join(values), "no_such_parameter")
        for name, values in query.items()
        if name not in PARAMETERS and not added.match(name)
    ]


def known_codes(codebook: Codebook, places: Sequence[str]) -> dict[str, list[str]]:
    """Collect what `Selection.from_query` accepts: the codes of each list, and the known places."""
    lists = {
        facet.listed: codebook.codes(facet.listed)
        for facet in FACETS.values()
        if facet.listed != "places"
    }
    return {**lists, "places": list(places)}


@lru_cache(512)
def first_day(period: str) -> pd.Timestamp:
    """Give the first day of a year or month."""
    return pd.Timestamp(f"{period}-01-01" if len(period) == 4 else f"{period}-01")


@lru_cache(512)
def last_day(period: str) -> pd.Timestamp:
    """Give the last day of a year or month."""
    whole = pd.DateOffset(years=1) if len(period) == 4 else pd.DateOffset(months=1)
    return first_day(period) + whole - pd.Timedelta(days=1)


def _period(query: Mapping[str, Sequence[str]], name: str, problems: list[Problem]) -> str:
    given = query.get(name, ())
    if not given or not given[-1]:
        return ""
    if PERIOD.fullmatch(given[-1]):
        return given[-1]
    problems.append(Problem(name, given[-1], "not_a_period"))
    return ""


def _span(query: Mapping[str, Sequence[str]], name: str, problems: list[Problem]) -> Span | None:
    given = query.get(name, ())
    if not given or not given[-1]:
        return None
    try:
        return Span.of(given[-1])
    except ValueError:
        problems.append(Problem(name, given[-1], "not_a_span"))
        return None


def _page_number(query: Mapping[str, Sequence[str]], problems: list[Problem]) -> int:
    given = query.get("page", ())
    if not given:
        return 1
    if re.fullmatch(r"[1-9]\d{0,6}", given[-1]):
        return int(given[-1])
    problems.append(Problem("page", given[-1], "not_a_page"))
    return 1
