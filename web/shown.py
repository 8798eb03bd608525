"""What templates are given of answers: texts that are escaped, drawings, tables, files.

Answers are plain text; what becomes HTML here is escaped first, or was written by us as SVG.
"""

import re
from functools import cache
from html import unescape
from typing import Any

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from answers import citing, safety
from answers.answer import Answer, Link, Said
from answers.cited import onward
from answers.codebook import Entry
from answers.filters import combined
from answers.meanings import meaning
from answers.pages import figured
from answers.surfaces.map import Map
from answers.surfaces.record import Source
from answers.words import Parts, parted, tongues
from charts import lean, palette
from charts.lean import of_figure
from incidents.schema import visible
from incidents.wording import WRITTEN
from loaders.language import Language
from loaders.settings import HOME
from web.frame import Frame

TAG = re.compile("(<[^>]*>)")
OPENS = re.compile(r"<([a-z][a-z0-9]*)\b[^>]*(?<!/)>")
SILENT = frozenset(("script", "style", "code", "pre", "svg", "title", "option", "textarea"))
"""Elements in which no language is marked."""

TABLES, PICTURES = ("xlsx", "csv", "json"), ("png", "svg")


def shown(value: Any) -> Any:
    """Write a value so that all of it is seen; what is marked up already stays as it is."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else visible(value)


def said(found: Said, frame: Frame) -> Markup:
    """Write what is said, with its emphasis, its links and the lines below it."""
    lines = [_marked(found, found.text, frame), *(escape(visible(x)) for x in found.lines)]
    small = [Markup("<small>{}</small>").format(_marked(found, x, frame)) for x in found.small]
    return Markup("<br>").join(line for line in (*lines, *small) if line)


def _marked(found: Said, text: str, frame: Frame) -> Markup:
    marked = escape(visible(text))
    for link in found.links:
        marked = _replaced(marked, link.text, anchor(link, frame))
    strong = Markup("<strong>{}</strong>").format(visible(found.strong))
    return _replaced(marked, found.strong, strong) if found.strong else marked


def _replaced(marked: Markup, text: str, new: Markup) -> Markup:
    """Put something that is marked up in the place of a text."""
    before, found, after = marked.partition(escape(visible(text)))
    return before + new + after if found else marked


def anchor(link: Link, frame: Frame) -> Markup:
    """Write a link."""
    return Markup('<a href="{}">{}</a>').format(frame.to(link), visible(link.text))


def sourced(found: Source, frame: Frame) -> Markup:
    """Write a source, linked where it may be followed."""
    return said(Said(found.text, links=(found.link,) if found.link else ()), frame)


def meant(text: object, frame: Frame) -> Markup:
    """Write the attribute that says what a text means, where that is the label of a code."""
    said = meaning(frame.asked, text)
    return Markup(' title="{}"').format(visible(said)) if said else Markup()


def in_tongues(html: str, t: Language) -> str:
    """Mark in a whole page what is in another language than the page, but where it says so itself.

    Code, drawings and what holds no elements (a title, an option) stay as they are.
    """
    if t.code == WRITTEN:
        return html
    within: list[str] = []
    found = []
    for part in TAG.split(html):
        if tag := OPENS.match(part):
            silent = tag[1] in SILENT or (" lang=" in part and tag[1] != "html")
            if silent if not within else tag[1] == within[-1]:
                within.append(tag[1])
        elif within and part == f"</{within[-1]}>":
            within.pop()
        spoken = within or part.startswith("<") or not part.strip()
        found.append(part if spoken else _tongued(unescape(part), t))
    return "".join(found)


def _tongued(text: str, t: Language) -> str:
    marked = Markup('<span lang="{}">{}</span>')
    return "".join(marked.format(of, x) if of else escape(x) for x, of in tongues(text, t))


def quoting(parts: Parts) -> Markup:
    """Write a text of which some parts are an address's own, and show these as code."""
    code = Markup("<code>{}</code>")
    marked = (code.format(visible(x)) if own else escape(x) for x, own in parts)
    return Markup("").join(marked)


def counter(entry: Entry) -> Markup:
    """Write a counter-example with the code that takes it."""
    before, found, after = entry.counter.rpartition(entry.taker or "\0")
    taker = Markup("<em>{}</em>").format(found) if found else Markup()
    return escape(before) + taker + escape(after)


def drawing(found: Any, t: Language) -> Markup:
    """Draw an answer, or the figure of a claim."""
    drawn = found.lean if isinstance(found, Answer) else of_figure(found.figure, t)
    return Markup("").join(map(Markup, drawn))  # our own SVG, its texts escaped


def mapped(answer: Map, frame: Frame) -> Markup:
    """Draw a map whose regions and circles lead to the view with them as a filter."""
    return Markup(answer.linked(frame.to))  # noqa: S704  # as above


def square(found: Any) -> Markup:
    """Draw the link of a brief, for a telephone to read."""
    return Markup(found.square)  # noqa: S704  # as above


def swatch(key: Any) -> Markup:
    """Draw what stands before an entry of a legend."""
    return Markup(lean.swatch(key))  # noqa: S704  # as above


def rows(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Give the rows of a table of texts, each with its name first."""
    return list(table.itertuples(name=None))


def heads(table: pd.DataFrame) -> list[str]:
    """Give the heads of a table, the first for its names."""
    return [str(table.index.name or ""), *map(str, table.columns)]


def files(answer: Answer, frame: Frame) -> dict[str, str]:
    """Give the files of an answer, by kind: numbers first, then pictures."""
    if "pdf" in answer.more_files:
        return frame.files(answer.name, ("pdf", "json"))
    found = frame.files(f"table/{answer.name}", TABLES)
    if "geojson" in answer.more_files:
        found |= frame.files("incidents", ("geojson",))
    if figured(answer.surface) and answer.drawn and not answer.empty:
        found |= frame.files(f"chart/{answer.name}", PICTURES)
        found |= frame.files(f"slide/{answer.name}", ("pptx",))
    return found


def cited(found: Any) -> dict[str, str]:
    """Give the citation of an answer or record in the forms that people read, by form."""
    return citing.texts(found.citation, found.t)


def current(found: Any) -> Link:
    """Lead to where one learns whether a citation is current."""
    return onward(found.asked)


def framed(found: Any) -> dict[str, str]:
    """Give what puts a figure into a page of somebody else's, by what it shows."""
    shown = figured(found.surface)
    return citing.frames(found.asked, found.citation, found.name) if shown else {}


def linked(found: Any) -> dict[str, str]:
    """Give the links to what is cited, by what they show."""
    return citing.links(found.citation, found.t)


def words(t: Language) -> dict[str, str]:
    """Word what stands on every page."""
    return {
        "skip": t("To the content"),
        "leave": safety.leave(t),
        "stays": safety.stays_without_scripts(t),
        "pages": t("Pages"),
        "language": t("Language"),
        "filters": t("Filters"),
        "combined": combined(t),
        "show": t("Show"),
        "clear_all": t("Clear all"),
        "left_out": t("Left out of this view:"),
        "table": t("Table"),
        "download": t("Download"),
        "cite": t("Cite"),
        "read": t("How to read"),
        "notes": t("Notes"),
        "dates": t("A year (2021) or a month (2021-03)."),
        "search": t("Words in the record, a place, a source"),
    }


@cache
def templates() -> Environment:
    """Give what fills templates: every text is escaped, every unknown name an error."""
    made = Environment(
        loader=FileSystemLoader(HOME / "web" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    told = (
        said,
        sourced,
        meant,
        anchor,
        quoting,
        parted,
        counter,
        drawing,
        mapped,
        swatch,
        square,
        rows,
        heads,
        files,
        cited,
        linked,
        framed,
        current,
    )
    made.globals.update({each.__name__: each for each in told})
    made.globals["HATCHED"] = Markup(lean.HATCHED)  # noqa: S704  # as above
    return made


@cache
def coloured(name: str, part: str = ":root") -> str:
    """Give a stylesheet for a part of a page, with the colours of the palette by their names."""
    light, dark = (
        "".join(f"--{name}:{colour};" for name, colour in named.items())
        for named in (palette.NAMED, palette.DARK)
    )
    schemes = (
        f"{part}{{{light}}}\n@media screen and (prefers-color-scheme:dark){{{part}{{{dark}}}}}"
    )
    return f"{schemes}\n{(HOME / 'static' / name).read_text(encoding='utf-8')}"


def stylesheet() -> str:
    """Give the stylesheet of the light pages."""
    return coloured("light.css")
