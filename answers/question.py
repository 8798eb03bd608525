"""The Question: an address, read. Every door asks by one, made by one function."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any

from incidents.selection import (
    Display,
    Problem,
    Selection,
    known_codes,
    repeated_parameters,
    unknown_parameters,
)
from incidents.table import Subset
from loaders import Package
from loaders.language import Language, best, language
from loaders.shelf import Shelf, Standing

KEPT = 24
"""How many questions are kept, with what was answered, and masks as long as the release."""
Query = Mapping[str, Sequence[str]]
Address = dict[str, str | list[str]]
"""The parameters of an address, read and written."""


@dataclass(frozen=True, eq=False)
class Question:
    """What an address asks for, and the records it selects.

    `path` is the page, without slashes ("" for the first); `record` the identifier asked for among
    the records, `part` that of a part of any other page; `problems` are the values that had to be
    left out. `origin` is what the addresses of this copy begin with. `made` keeps the answers.
    """

    package: Package
    selection: Selection
    display: Display
    path: str
    record: str
    part: str
    problems: tuple[Problem, ...]
    subset: Subset
    t: Language
    origin: str = ""
    made: dict[type, Any] = field(default_factory=dict, init=False, repr=False)

    def query(self, selection: Selection | None = None, **display: Any) -> Address:
        """Write an address for another selection, shown in the same language and unit."""
        kept = Display(lang=self.display.lang, unit=self.display.unit, release=self.display.release)
        chosen = self.selection if selection is None else selection
        return {**chosen.to_query(), **replace(kept, **display).to_query()}

    def whole(self, **display: Any) -> Address:
        """Write the address that was asked, perhaps shown otherwise, without what was left out."""
        name = self.record or self.part
        query = {**self.selection.to_query(), **replace(self.display, **display).to_query()}
        return {**query, "id": name} if name else query

    def answer(self, surface: type[Any]) -> Any:
        """Give the answer about a surface; it is built once."""
        if surface not in self.made:
            self.made[surface] = surface(self)
        return self.made[surface]


class Lately:
    """What readers asked of one package lately: who asks the same is given the same answers.

    It is kept by its package (`Package.once`), and goes with it.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._kept: dict[Hashable, Question] = {}
        self._lock = Lock()

    def question(self, key: Hashable, make: Callable[[], Question]) -> Question:
        """Give the question of a key; of more than `KEPT` the one that rested longest goes."""
        with self._lock:
            found = self._kept.pop(key, None)
        found = make() if found is None else found
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return found


def ask(
    query: Query, path: str, shelf: Shelf | Standing, wish: str | None, origin: str = ""
) -> Question:
    """Read an address. `wish` is the language that a reader's browser asks for ("ru-RU").

    A release that is not kept or broken is named as a problem, and the present one answers.
    """
    version = query.get("release", [""])[-1]
    package, why = shelf.pinned(version)
    codes = known_codes(package.codebook, list(package.incidents.places.index))
    selection, problems = Selection.from_query(query, codes)
    # a link at the end of a sentence may have taken its full stop along
    name, listed = query.get("id", [""])[-1].strip(" .,;:)]»”"), path == "records"
    display, more = Display.from_query(query)
    gone = [Problem("release", version, why)] if why else []
    return Question(
        package=package,
        selection=selection,
        display=replace(display, release="" if why else version),
        path=path,
        record=name if listed else "",
        part="" if listed else name,
        problems=(
            *problems,
            *more,
            *gone,
            *repeated_parameters(query),
            *unknown_parameters(query),
        ),
        subset=package.incidents.select(selection),
        t=spoken(query, wish),
        origin=origin,
    )


def spoken(query: Query, wish: str | None) -> Language:
    """Say in which language to answer: the address's, or else the one the reader wishes."""
    return language(Display.from_query(query)[0].lang or best(wish))
