"""The frame around a light page: its addresses, pages and languages, its chips and filters."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, ClassVar
from urllib.parse import quote, urlencode

from answers import citing, filters, pages, safety, words
from answers.answer import Answer, Link
from answers.files import MIME
from answers.question import Address, Question
from incidents.citation import link
from incidents.codebook import LANGUAGES
from incidents.filters import FACETS
from incidents.selection import Selection
from loaders.language import NAMES
from loaders.package import Package
from loaders.settings import Settings

FILTERED = ("", "map", "trends", "records", "impact", "brief")
BRIEFED = ("", "trends", "impact", "brief")
"""The pages that lead to a brief of what they show, and the brief."""
OPENED = ("data", "from")
"""The filters that stand open; the others open where one of their values is set."""
PARTED = ("methodology", "codes")
"""The pages of which an address names a part: there it is further down on the page."""
OF_NO_PICTURE = ("page", "sort", "lang")


def address(base: str, path: str, query: Address) -> str:
    """Write the address of a light page."""
    found = f"{base}/light/{path}?{urlencode(query, doseq=True)}".removesuffix("?")
    part = query.get("id", "") if path in PARTED else ""
    return f"{found}#{quote(str(part))}" if part else found


@dataclass(frozen=True)
class Field:
    """One filter of the form: its options with what each finds, and those that are chosen.

    `meanings` says of options that are codes what each means.
    """

    name: str
    label: str
    options: dict[str, str]
    chosen: tuple[str, ...]
    meanings: dict[str, str] = field(default_factory=dict)

    @property
    def opened(self) -> bool:
        """Say whether it stands open."""
        return self.name in OPENED or bool(self.chosen)


@dataclass(frozen=True)
class Frame:
    """What stands around the answers of a page. `base` is the path before every address."""

    asked: Question
    base: str
    present: Package
    style: str
    still: ClassVar[bool] = False
    """Whether it is a file that no server stands behind."""

    @property
    def name(self) -> str:
        """Name the page: the record, or else the page."""
        return pages.name(self.asked)

    @property
    def site(self) -> str:
        """Name the dashboard."""
        return words.site_name(self.asked.package, self.asked.t)

    def view(self, selection: Selection | None = None, **display: Any) -> Address:
        """Give the parameters of this view, with some of them changed."""
        chosen = self.asked.selection if selection is None else selection
        shown = replace(self.asked.display, **display)
        part = self.asked.record or self.asked.part
        named: Address = {"id": part} if part else {}
        return {**chosen.to_query(), **shown.to_query(), **named}

    def here(self, selection: Selection | None = None, **display: Any) -> str:
        """Write the address of this page with another selection, or shown in another way."""
        return address(self.base, self.asked.path, self.view(selection, **display))

    def reaches(self, found: Link) -> bool:
        """Say whether a link leads anywhere from here: a copy has no page that needs a server."""
        return not (self.still and found.page in pages.TWINLESS)

    def to(self, found: Link) -> str:
        """Write where a link leads: to a light page, to one without a twin, or outside."""
        page = "" if found.page == "overview" else found.page
        if page in pages.TWINLESS:
            return link(self.base, page, {**found.query, "lang": self.asked.t.code})
        return found.url or address(self.base, page, dict(found.query))

    @property
    def form(self) -> str:
        """Give the address that forms of this page ask."""
        return address(self.base, self.asked.path, {})

    @property
    def everything(self) -> str:
        """Write the address of the whole page, where this view is a part of it."""
        return address(self.base, self.asked.path, self.asked.query())

    @property
    def pages(self) -> list[tuple[str, str, bool]]:
        """Give the pages with this selection: address, name, and whether it is this one."""
        asked, names = self.asked, pages.titles(self.asked.t)
        return [
            (address(self.base, path, asked.query()), names[key], path == asked.path)
            for key, path in pages.in_bar(asked.path).items()
        ]

    @property
    def languages(self) -> dict[str, tuple[str, str]]:
        """Give the address of this view in every language, with the language's own name."""
        return {code: (self.here(lang=code), NAMES[code]) for code in LANGUAGES}

    def outside(self, path: str, query: Address) -> str:
        """Write an address as others may be told it, with the host where it may be named."""
        return link(self.asked.origin, path, query)

    @property
    def canonical(self) -> str:
        """Write the one address of this view."""
        return self.alternate(self.asked.t.code)

    def alternate(self, lang: str) -> str:
        """Write the address of this view in a language, or in the reader's own."""
        return self.outside(f"light/{self.asked.path}", self.view(lang=lang))

    @property
    def full(self) -> Link:
        """Lead to this view where scripts run."""
        t, path = self.asked.t, self._twin
        query = {**self.view(), "lang": t.code}
        text = t("Full page with an interactive map →") if path == "map" else t("Full page →")
        return Link(text, url=link(self.base, path, query))

    @property
    def _twin(self) -> str:
        """Give the page where scripts run; a brief is of Overview."""
        return self.asked.path.removeprefix("brief")

    @property
    def leave(self) -> str:
        """Write where a reader who leaves is led."""
        return Settings().exit(self.base, beside=not self.still)

    @property
    def safely(self) -> Link:
        """Lead to what others can know of a reader."""
        return safety.onward(self.asked)

    @property
    def brief(self) -> Link | None:
        """Lead to a brief of this view, where there is one."""
        asked = self.asked
        if asked.path not in BRIEFED:
            return None
        return Link(asked.t("Brief"), url=address(self.base, "brief", self.view(page=1)))

    @property
    def chips(self) -> list[words.Chip]:
        """Word the filters that are set."""
        return words.chips(self.asked.selection, self.asked.package, self.asked.t)

    @property
    def chosen(self) -> str:
        """Word the selection in a line, below a heading."""
        return words.in_words(self.asked.selection, self.asked.package, self.asked.t)

    @property
    def cleared(self) -> str:
        """Lead to everything."""
        return self.here(Selection(), page=1)

    @property
    def count(self) -> tuple[str, str, str]:
        """Say how many records the filters find."""
        return words.count_line(self.asked)

    @property
    def problems(self) -> list[words.LeftOut]:
        """Say what of the address was left out."""
        return [words.problem(each, self.asked.t) for each in self.asked.problems]

    @property
    def pinned(self) -> tuple[str, Link | None]:
        """Say where a link shows an earlier release, and lead to the present one."""
        asked, present = self.asked, self.present
        said = " ".join(words.pinned(asked, present))
        if asked.package is present:
            return said, None
        text = asked.t("Show the numbers of release {release} →", release=present.release)
        return said, Link(text, url=self.here(release=""))

    @property
    def filtered(self) -> bool:
        """Say whether filters touch this page."""
        return self.asked.path in FILTERED and not self.asked.record

    @cached_property
    def fields(self) -> list[Field]:
        """Give the filters of the form, in their order."""
        asked = self.asked
        found = []
        for name in filters.MENU:
            options = filters.counted(asked, name) if name in FACETS else {}
            chosen = getattr(asked.selection, name) if name in FACETS else ()
            meanings = filters.meanings(asked, name) if name in FACETS else {}
            found.append(Field(name, filters.label(name, asked.t), options, chosen, meanings))
        return found

    def choice(self, name: str) -> Field:
        """Give the values of a parameter that says how things are shown."""
        asked = self.asked
        chosen = (getattr(asked.display, name),)
        return Field(name, filters.label(name, asked.t), filters.choices(name, asked.t), chosen)

    def carried(self, names: Sequence[str]) -> list[tuple[str, str]]:
        """List what a form must take along: all of this view but what it asks itself."""
        return [
            (name, value)
            for name, values in self.view(page=1).items()
            if name not in names
            for value in ([values] if isinstance(values, str) else values)
        ]

    @property
    def asking(self) -> list[tuple[str, str]]:
        """List what the form of the filters must take along."""
        return self.carried(filters.MENU)

    @property
    def years(self) -> list[str]:
        """List the years of collection."""
        return filters.years(self.asked)

    @property
    def source(self) -> str:
        """Cite the page in a line, as it ends on paper."""
        asked = replace(self.asked, path=self._twin)
        return citing.of_page(asked, self.name, filtered=self.filtered)

    def file(self, name: str, kind: str, **own: str) -> str:
        """Write the address of a file of this view."""
        asked = self.asked
        shown = {k: v for k, v in asked.display.to_query().items() if k not in OF_NO_PICTURE}
        query = {**asked.selection.to_query(), **shown, **own, "lang": asked.t.code}
        return link(f"{self.base}/api/v1", f"{name}.{kind}", query)

    @property
    def package(self) -> str:
        """Write the address of the whole data package."""
        release = self.asked.display.release
        query: Address = {"release": release} if release else {}
        return link(f"{self.base}/api/v1", "datapackage.zip", query)

    def record(self, name: str) -> str:
        """Write the address of one record for programs."""
        return link(f"{self.base}/api/v1", f"incidents/{name}.json", {"lang": self.asked.t.code})

    def files(self, name: str, kinds: Sequence[str], **own: str) -> dict[str, str]:
        """Write the addresses of a file in several kinds, by the names of these."""
        return {
            "GeoJSON" if kind == "geojson" else kind.upper(): self.file(name, kind, **own)
            for kind in kinds
            if kind in MIME
        }

    def card(self, answer: Answer) -> str:
        """Write the address of the card of an answer, as others may be told it."""
        shown = replace(self, asked=answer.asked)
        local = shown.file(f"chart/{answer.surface}", "png", size="card").removeprefix(self.base)
        return f"{self.asked.origin}{local}"
