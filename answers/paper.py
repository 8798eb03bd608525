"""The PDF of a brief: two pages of A4 that a screen reader reads as well (PDF/UA-1).

Set by Typst, from answers/paper.typ. Words reach it as data alone (JSON), never as its markup: a
`#` or `$` in a search is a letter. No typeface of the system is used and nobody else is asked for
anything. The same brief gives the same bytes: it bears the day of its release.
"""

import json
from functools import cache
from typing import Any

from answers.answer import Answer
from answers.surfaces.brief import READ, Brief, Part, short
from answers.words import tongues
from charts import palette
from charts.lean import PATTERN
from charts.sheet import known
from charts.style import Key
from charts.svg import alone, tag
from incidents.schema import visible
from loaders.language import Language
from loaders.settings import HOME
from loaders.typeface import typeface

LAYOUT = HOME / "answers" / "paper.typ"
WIDTHS = {"map": 800, "years": 460, "accountability": 400}
"""How wide drawings are in their own pixels: as much smaller as paper shows them, letters are."""
Runs = list[tuple[str, str]]
"""A text by its languages."""


def as_pdf(brief: Brief) -> bytes:
    """Write a brief as PDF."""
    import typst

    return typst.compile(
        LAYOUT,
        root=LAYOUT.parent,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards="ua-1",
        sys_inputs={"brief": json.dumps(_told(brief), ensure_ascii=False)},
        timestamp=int(brief.asked.package.released.timestamp()),
    )


@cache
def _fonts() -> Any:
    """Give the typeface of the pages, and no other."""
    import typst

    folder = typeface().folder
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _told(brief: Brief) -> dict[str, Any]:
    """Give all that stands on paper."""
    t, cited = brief.t, brief.citation
    return {
        "lang": t.code,
        "family": typeface().family,
        "colours": palette.NAMED,
        "name": _known(brief.document),
        "author": _known(cited.organisation),
        "day": [cited.released.year, cited.released.month, cited.released.day],
        "label": _runs(brief.label, t),
        "heading": _runs(brief.heading, t),
        "chosen": _runs(brief.chosen, t),
        "figures": [[_runs(f.value, t), _runs(f.sentence, t)] for f in brief.figures],
        "pages": [[_part(part, t) for part in page] for page in (brief.first, brief.second)],
        "cite": _runs(brief.citing, t),
        "cited": _runs(short(brief.cited, 2 * READ), t),
        "fingerprint": [_runs(text, t) for text in brief.fingerprint],
        "link": {"to": cited.link if "://" in cited.link else "", "text": short(cited.link, READ)},
        "square": {"drawing": _square(brief.square), "says": _known(brief.of_square)},
        "of_square": _runs(brief.of_square, t),
        "foot": _runs(brief.foot, t),
        "numbers": [_runs(brief.number(page), t) for page in (1, 2)],
    }


def _part(part: Part, t: Language) -> dict[str, Any]:
    return {
        "key": part.key,
        "title": _runs(part.title, t),
        "lead": _runs(part.lead, t),
        "drawing": _drawing(part.drawn) if part.drawn else "",
        "alt": _known(part.drawn.alt) if part.drawn else "",
        "keys": [_key(key, t) for key in part.drawn.keys] if part.drawn else [],
        "about": _runs(part.about, t),
        "points": [_runs(point, t) for point in part.points],
        "quiet": _runs(part.quiet, t),
    }


def _drawing(answer: Answer) -> str:
    """Give the drawing of a light page, as one that stands alone."""
    width = WIDTHS.get(answer.surface, 560)
    return alone(answer.lean[0], width, typeface().family, tag("defs", PATTERN))


def _square(drawing: str) -> str:
    return alone(drawing, 100, typeface().family) if drawing else ""


def _key(key: Key, t: Language) -> dict[str, Any]:
    """Give an entry of a legend. What circles mean by their size stands in the map."""
    look = {"fill": key.fill, "edge": key.edge, "round": key.round, "dashed": key.dashed}
    return {**look, "text": _runs(key.text, t), "heads": key.heading, "sized": bool(key.radius)}


def _runs(text: str, t: Language) -> Runs:
    """Part a text by its languages, all of it letters that the typeface has."""
    return list(tongues(_known(text), t))


def _known(text: str) -> str:
    whole = visible(text).replace("× ", "×\u00a0")  # a ratio stays on one line with its sign
    return known(typeface().regular, whole)
