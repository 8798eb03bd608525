"""The sheet a picture is drawn on: title, filters, n and unit above, sources and caveats below.

Pictures are drawn by matplotlib without a browser: 126 ms for a PNG of 2400 pixels and 41 ms for an
SVG, warm; vl-convert took 114 and 100 ms, 84 MB on disk, and left letters out without a word where
it did not find a typeface. Only matplotlib's objects are used, never pyplot, so that readers in
several threads do not meet. Letters are drawn as outlines: they look the same everywhere. What a
picture says stands in its metadata too, for those who cannot see it; nothing else does.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import RLock
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.patches import Circle, Rectangle

from charts.palette import INK, PAPER, QUIET, RULE
from charts.style import Key
from loaders.typeface import Typeface

WIDTH, MARGIN = 1200, 48
INNER = WIDTH - 2 * MARGIN
INCH, POINT = 96, 0.75
"""Pixels in an inch, and points in a pixel, as browsers have them."""
TITLE, ABOUT, LABEL, FOOT = 28, 17, 15, 14
"""Sizes of letters in pixels."""
UNKNOWN = "?"
"""What stands for a letter that the typeface does not have: a search may hold any."""
LINE = 1.4
"""The height of a line, in sizes of its letters."""

# the same picture must be the same file: matplotlib draws the names of parts from this
mpl.rcParams["svg.hashsalt"] = "kyrgyzstan-incidents"
mpl.rcParams["hatch.linewidth"] = 1.2


@dataclass(frozen=True)
class Form:
    """What a picture is cut to: a sheet of so many pixels, each of `density` pixels of the file.

    Without a height it is as high as its words and its drawing need; with one, at most so many
    `lines` of title, of what stands below it and of its foot are written, and the drawing fits
    into the rest.
    """

    width: int = WIDTH
    margin: int = MARGIN
    density: float = 2
    height: int | None = None
    lines: tuple[int | None, int | None, int | None] = (None, None, None)

    @property
    def inner(self) -> int:
        """Give the width between the margins."""
        return self.width - 2 * self.margin


WHOLE = Form()
CARD = Form(960, 30, 1.25, 504, (2, 2, 2))
"""What messengers show of a link: 1200 × 630 pixels, mostly seen at half that size or less."""
SLIDE = Form(1200, 8, 2, 500, (0, 2, 0))
"""What stands on a slide below its title: read from the back of a room."""


@dataclass(frozen=True)
class Words:
    """What a picture says around what it shows, one sentence or line each.

    `alt` says in words what is drawn, `link` is the permanent address of the view.
    """

    title: str
    about: Sequence[str]
    foot: Sequence[str]
    alt: str
    link: str


class Sheet:
    """A sheet in pixels, from its upper left corner, cut to its form."""

    def __init__(
        self,
        words: Words,
        keys: Sequence[Key],
        height: float,
        face: Typeface,
        form: Form = WHOLE,
    ) -> None:
        """Write the words and leave `height` pixels for the drawing, or what its form leaves."""
        self.words, self.form = words, form
        self.faces = {False: face.regular, True: face.bold}
        of_title, of_about, of_foot = form.lines
        title = self._lines([words.title], TITLE, of_title, bold=True)
        about = self._lines(words.about, ABOUT, of_about)
        foot = self._lines(words.foot, FOOT, of_foot)
        rows = self._rows(keys)
        self.top = form.margin + (len(title) * TITLE + len(about) * ABOUT) * LINE + 14
        self.top += sum(map(_height, rows)) + (10 if rows else 0)
        below = 34 + len(foot) * FOOT * LINE + form.margin * 0.6
        self.height = form.height or round(self.top + height + below)
        self.bottom = self.height - below if form.height else self.top + height
        size = (form.width / INCH, self.height / INCH)
        self.figure = Figure(size, dpi=INCH * form.density, facecolor=PAPER)
        self.paper = self.axes(0, 0, form.width, self.height)
        self.paper.set(xlim=(0, form.width), ylim=(self.height, 0))
        y = self._block(title, form.margin, TITLE, INK, bold=True)
        y = self._block(about, y + 4, ABOUT, QUIET)
        self._legend(rows, y + 12)
        self.rule(self.bottom + 22)
        self._block(foot, self.bottom + 32, FOOT, QUIET)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Give axes without frame, ticks and background, at a place of the sheet."""
        w, h = self.form.width, self.height
        axes = self.figure.add_axes((left / w, 1 - (top + height) / h, width / w, height / h))
        axes.set_axis_off()
        return axes

    def write(self, x: float, y: float, text: str, size: float = LABEL, **look: Any) -> None:
        """Write one line at a place of the sheet."""
        self.label(self.paper, x, y, text, size, **look)

    def label(
        self, axes: Axes, x: float, y: float, text: str, size: float = LABEL, **look: Any
    ) -> None:
        """Write one line at a place of some axes; nothing in it is taken for a formula."""
        face = self.faces[bool(look.pop("bold", False))]
        font = FontProperties(fname=face, size=size * POINT)
        text = known(face, text)
        options: dict[str, Any] = {
            "color": INK,
            "va": "baseline",
            "parse_math": False,
            "clip_on": False,
            **look,
        }
        axes.text(x, y, text, fontproperties=font, **options)

    def rule(self, y: float) -> None:
        """Draw a line across the sheet."""
        ends = [self.form.margin, self.form.width - self.form.margin]
        self.paper.plot(ends, [y, y], color=RULE, linewidth=POINT)

    def beside(self, keys: Sequence[Key], left: float) -> None:
        """Explain colours and shapes right of the drawing, from its top down."""
        room = self.form.width - self.form.margin - left
        broken = []
        for key in keys:
            wide = room - _swatch_width(key)
            first, *rest = self.lines(key.text, LABEL, wide, bold=key.heading)
            under = key if key.heading else Key("", PAPER)  # a swatch that is not seen
            broken += [replace(key, text=first), *(replace(under, text=line) for line in rest)]
        self._legend(self._rows(broken, left), self.top)

    def width(self, text: str, size: float, *, bold: bool = False) -> float:
        """Measure a line in pixels."""
        return sum(_advance(self.faces[bold], letter) for letter in text) * size

    def lines(self, text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
        """Break a text into lines; a word that is longer than a line, such as a link, too."""
        found = [""]
        for word in text.split():
            longer = f"{found[-1]} {word}".strip()
            if self.width(longer, size, bold=bold) <= width:
                found[-1] = longer
                continue
            found += [word] if found[-1] else []
            found[-1] = found[-1] or word
            while (all_of := self.width(found[-1], size, bold=bold)) > width:
                fits = max(1, int(len(found[-1]) * width / all_of) - 1)
                found[-1:] = [found[-1][:fits], found[-1][fits:]]
        return found if found != [""] else []

    def _lines(
        self, texts: Sequence[str], size: float, most: int | None, *, bold: bool = False
    ) -> list[str]:
        """Break texts into lines as wide as the sheet, at most so many: what is cut ends so."""
        inner = self.form.inner
        found = [line for text in texts for line in self.lines(text, size, inner, bold=bold)]
        if most is None or len(found) <= most:
            return found
        if not most:
            return []
        last = found[most - 1]
        while self.width(f"{last}…", size, bold=bold) > inner:
            last = last[:-1].rstrip()
        return [*found[: most - 1], f"{last}…"]

    def picture(self, ending: str) -> bytes:
        """Give the sheet as a file: "png" or "svg"."""
        out = io.BytesIO()
        said = "\n".join((self.words.alt, *self.words.about, *self.words.foot))
        told = {"Title": self.words.title, "Description": said, "Source": self.words.link}
        if ending == "png":
            canvas = FigureCanvasAgg(self.figure)
            # the two switched-off checks here and below: matplotlib has no types
            canvas.print_png(out, metadata={**told, "Software": None})  # type: ignore[no-untyped-call]
        else:
            nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
            drawn = FigureCanvasSVG(self.figure)
            drawn.print_svg(out, metadata={**told, **nothing})  # type: ignore[no-untyped-call]
        return out.getvalue()

    def _block(
        self, lines: Sequence[str], top: float, size: float, colour: str, *, bold: bool = False
    ) -> float:
        """Write lines under each other; give where the next one would begin."""
        for line in lines:
            self.write(self.form.margin, top + size, line, size, color=colour, bold=bold)
            top += size * LINE
        return top

    def _rows(self, keys: Sequence[Key], left: float = 0) -> list[list[tuple[float, Key]]]:
        """Place the entries of the legend side by side, in as many rows as they need."""
        rows: list[list[tuple[float, Key]]] = []
        margin = self.form.margin
        left = left or margin
        x = end = float(self.form.width)
        for key in keys:
            needed = _swatch_width(key) + self.width(key.text, LABEL, bold=key.heading) + 24
            if key.heading or x + needed > end - margin + 24:
                rows.append([])
                x = left
            rows[-1].append((x, key))
            x += needed
        return rows

    def _legend(self, rows: Sequence[Sequence[tuple[float, Key]]], top: float) -> None:
        for row in rows:
            middle = top + _height(row) / 2
            for x, key in row:
                if not key.heading:
                    self._swatch(key, x, middle - 8)
                self.write(x + _swatch_width(key), middle + 5, key.text, bold=key.heading)
            top += _height(row)

    def _swatch(self, key: Key, x: float, y: float) -> None:
        look = {"facecolor": key.fill or "none", "edgecolor": key.edge, "linewidth": 1.4 * POINT}
        look["linestyle"] = (0, (3, 2)) if key.dashed else "-"
        size = key.radius or 7.5
        round_ = Circle((x + max(8, size), y + 8), size)
        shape = round_ if key.round else Rectangle((x, y), 16, 16)
        shape.set(**look)
        self.paper.add_patch(shape)


def _swatch_width(key: Key) -> float:
    """Give the room before the text of a legend's entry."""
    return 0 if key.heading else max(16, 2 * key.radius) + 8


def _height(row: Sequence[tuple[float, Key]]) -> float:
    """Give the height of a row of the legend."""
    return max(LABEL * 1.8, *(2 * key.radius + 4 for _, key in row))


def known(path: str, text: str) -> str:
    """Put a mark for every letter that a typeface does not have."""
    return "".join(letter if _has(path, letter) else UNKNOWN for letter in text)


@lru_cache(maxsize=4096)
def _advance(path: str, letter: str) -> float:
    """Measure a letter, in sizes of its typeface; kerning makes a line a little shorter."""
    with OPENED:
        font = _opened(path)
        letter = letter if _has(path, letter) else UNKNOWN
        measured = font.load_char(ord(letter), LoadFlags.NO_SCALE)
        return float(measured.horiAdvance) / font.units_per_EM


def _has(path: str, letter: str) -> bool:
    with OPENED:
        return _opened(path).get_char_index(ord(letter)) != 0


@lru_cache(maxsize=8)
def _opened(path: str) -> FT2Font:
    return FT2Font(path)


OPENED = RLock()
"""One thread at a time asks an open typeface: two at once read each other's letters."""
