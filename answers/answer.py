"""The Answer: what is said about one surface, for every door.

Nothing here is Markdown or HTML: each door escapes a text, and finds in it what to emphasise and
what to link. What costs time (a fingerprint, a figure, a file) is made when a door asks for it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd

from answers import citing, quality
from answers.amounts import Amount
from answers.question import Question
from answers.words import release_source, sample
from charts.style import Key, keys
from incidents.citation import Citation
from incidents.selection import Selection

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from charts.sheet import Form, Sheet, Words


@dataclass(frozen=True)
class Link:
    """Where a text leads: to a page of ours with the parameters of its address, or to a `url`."""

    text: str
    page: str = ""
    query: Mapping[str, str | list[str]] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True)
class Said:
    """A sentence or a few.

    `strong` begins it and is emphasised; `lines` follow below, `small` after them in smaller type.
    The text of each link stands somewhere in it.
    """

    text: str
    strong: str = ""
    lines: tuple[str, ...] = ()
    small: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of a table: what its cells mean, and how people read it.

    Without a `head` it is for files alone. `write` words a cell for people; a missing one is "–".
    """

    meaning: str
    head: str = ""
    write: Callable[[Any], str] = str


@dataclass(frozen=True)
class Table:
    """The numbers of a chart or map, or records: rows of plain columns, and what each means."""

    rows: pd.DataFrame
    columns: Mapping[str, Column]

    @property
    def fields(self) -> dict[str, str]:
        """What each column means."""
        return {name: column.meaning for name, column in self.columns.items()}

    @property
    def heads(self) -> dict[str, str]:
        """How people read the name of each column: its head, or else the name itself."""
        heads = {name: column.head for name, column in self.columns.items()}
        return {name: heads.get(name) or name for name in self.rows}

    def where(self, **cells: object) -> "Table":
        """Keep the rows that hold these cells."""
        rows = self.rows
        for name, cell in cells.items():
            rows = rows[rows[name] == cell]
        return Table(rows, self.columns)

    def told(self) -> pd.DataFrame:
        """Write the table for people: the columns that have a head, the first as the row's name."""
        shown = {n: c for n, c in self.columns.items() if c.head}
        cells = {
            column.head: [told(cell, column.write) for cell in self.rows[name]]
            for name, column in shown.items()
        }
        first = next(iter(shown.values())).head
        return pd.DataFrame(cells).set_index(first)


def told(cell: Any, write: Callable[[Any], str] = str) -> str:
    """Word a cell; what is not known, or was not asked for, is no zero."""
    return "–" if pd.isna(cell) else write(cell)


@dataclass(frozen=True)
class Section:
    """A part of a text: its title, what is said, a table, further parts.

    A `caption` stands below the rest. `level` is 1 for what stands on its own on a page.
    """

    title: str
    said: tuple[Said, ...] = ()
    table: pd.DataFrame | None = None
    parts: tuple["Section", ...] = ()
    caption: str = ""
    links: tuple[Link, ...] = ()
    level: int = 1
    bullets: bool = True
    literal: str = ""


def points(*texts: str) -> tuple[Said, ...]:
    """Make a point of each sentence; what a package does not say is left out."""
    return tuple(Said(text) for text in texts if text)


@dataclass(frozen=True)
class Chapter:
    """A section that is folded away under its title, and made when a reader opens it.

    `key` names the fold.
    """

    key: str
    title: str
    make: Callable[[Question], Section]


class Answer:
    """What is said about one surface of a question.

    A surface says its `title` (a sentence that can be quoted), its `table` and the `amount` drawn;
    what it does not say of the rest is empty. Its `key` names it among all that a page shows,
    `named` says in the names of its files how it is shown.
    """

    surface: ClassVar[str]
    key: str
    page: ClassVar[str]

    def __init__(self, asked: Question) -> None:
        """Answer one question."""
        self.asked = asked
        self.t = asked.t

    @cached_property
    def title(self) -> str:
        """Say what is seen."""
        raise NotImplementedError

    @cached_property
    def table(self) -> Table:
        """Give the same numbers as rows."""
        raise NotImplementedError

    @cached_property
    def parts(self) -> tuple[pd.DataFrame, ...]:
        """Write the table for people: in several where one would mix what does not add up."""
        return (self.table.told(),)

    @cached_property
    def amount(self) -> Amount:
        """Say how many are drawn, of how many."""
        raise NotImplementedError

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Say what is left out, and what is not final."""
        return ()

    @cached_property
    def grounds(self) -> tuple[str, ...]:
        """Say what the numbers rest on, and how far: a page tells it on request."""
        return ()

    @cached_property
    def how_to_read(self) -> tuple[str, ...]:
        """Say in one to three sentences how what is drawn or counted is read the first time."""
        return ()

    @property
    def taken_along(self) -> tuple[str, ...]:
        """Say in a file or picture what a page folds away: it stands alone there."""
        return (*self.notes, *self.grounds)

    @cached_property
    def sources(self) -> tuple[Said, ...]:
        """Say that it is a sample, and where the numbers come from."""
        return (Said(sample(self.t)), Said(release_source(self.asked)))

    @cached_property
    def alt(self) -> str:
        """Say in words what is drawn."""
        return self.title

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Lead to the records behind, or on."""
        return ()

    @cached_property
    def empty(self) -> str:
        """Say that there is nothing to draw; empty where there is something."""
        return ""

    @property
    def name(self) -> str:
        """Name it in addresses of its own."""
        return self.surface

    @property
    def applies(self) -> bool:
        """Say whether it may be set beside what is selected."""
        return True

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Say in the names of files what this is and how it is shown."""
        return (self.key,)

    @cached_property
    def citation(self) -> Citation:
        """Cite it."""
        return citing.of_selection(self.asked, self.title, self.amount, self.page)

    @cached_property
    def quality(self) -> tuple[str, ...]:
        """Say how good the records behind it are."""
        return quality.caveats(self.asked.package, self.t, self.asked.subset)

    @cached_property
    def figure(self) -> "go.Figure | None":
        """Draw it, if it is a chart."""
        return None

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Say what colours and shapes mean, where that stands beside the drawing."""
        return tuple(keys(self.figure.to_dict())) if self.figure else ()

    @property
    def address_of_rows(self) -> str:
        """Give the address that every row of its CSV bears."""
        return self.citation.link

    @cached_property
    def more_files(self) -> dict[str, Callable[[], bytes]]:
        """Give what makes further files, by kind."""
        return {}

    @property
    def selection(self) -> Selection | None:
        """Give the selection that its files are named for; None for what no selection changes."""
        return self.asked.selection

    @cached_property
    def hatched(self) -> tuple[str, ...]:
        """Say what the hatching means, where there is some."""
        return ()

    @property
    def at_a_glance(self) -> "Answer":
        """Give what of it a small picture has room for."""
        return self

    @property
    def drawn(self) -> bool:
        """Say whether there is a picture of it."""
        return self.figure is not None

    @cached_property
    def measured(self) -> Table:
        """Give of the table what a chart of it draws: what each row is, then columns of numbers."""
        rows, columns = self.table.rows, self.table.columns
        name, *headed = (each for each, column in columns.items() if column.head)
        numbers = [each for each in headed if pd.api.types.is_numeric_dtype(rows[each])]
        return Table(rows[[name, *numbers]], columns)

    @property
    def stacked(self) -> bool:
        """Say whether these numbers are parts of one."""
        return False

    @property
    def hues(self) -> Mapping[str, str]:
        """Give the colour of each column of numbers that has one of its own."""
        return {}

    @cached_property
    def lean(self) -> tuple[str, ...]:
        """Draw it as SVG for a page that runs nothing: one drawing, or a few."""
        from charts.lean import of_figure

        return of_figure(self.figure, self.t)

    def sheet(self, words: "Words", form: "Form") -> "Sheet":
        """Draw it on a sheet, the very figure that is shown."""
        from charts.picture import of_figure
        from loaders.typeface import typeface

        return of_figure(self.figure, words, self.t, typeface(), form)
