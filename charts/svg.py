"""SVG that stands inside a page: text as text, numbers rounded, attributes and no style.

A page may forbid styles in its text (`style-src 'self'`) and still show it.
"""

import html
import textwrap
from typing import Any

from charts.palette import INK

SIZE = 14
"""The size of letters in pixels."""
LETTER = 0.56
"""The width of a letter, in sizes of its type, as far as places need it."""
LETTERS, BOLD = 34, 29
"""How many letters of a line, plain or bold, a narrow screen has room for."""


def tag(name: str, *inside: str, **attributes: Any) -> str:
    """Write an element; `inside` is written already. What is None or empty is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(written(value))}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    return f"<{name}{said}>{''.join(inside)}</{name}>" if inside else f"<{name}{said}/>"


def text(said: str, x: object, y: float, **look: Any) -> str:
    """Write a line of text, with a gap behind it for those who read the texts alone."""
    return tag("text", html.escape(said, quote=False), x=x, y=y, **look) + "\n"


def lines(said: str, *, bold: bool = False) -> list[str]:
    """Break a text into lines that a narrow screen has room for."""
    return textwrap.wrap(said, BOLD if bold else LETTERS)


def written(value: object) -> str:
    """Write a value; one decimal is as fine as anybody sees."""
    return f"{round(value, 1):g}" if isinstance(value, float) else str(value)


def percent(share: float) -> str:
    """Write a place along the width: it follows the screen, and letters keep their size."""
    return f"{round(share * 100, 2):g}%"


def sheet(height: float, *inside: str) -> str:
    """Put a drawing together that is as wide as its place; its letters keep their size."""
    return tag("svg", *inside, width="100%", height=height, font_size=SIZE, fill=INK)


def alone(drawing: str, width: int, family: str, *shared: str) -> str:
    """Make a document of a drawing, as wide as said: nothing around it tells size and typeface.

    What it shares with others of its page, such as the pattern of hatched bars, goes into it.
    """
    head, _, rest = drawing.partition(">")
    head = head.replace(' width="100%"', f' width="{width}"')
    own = f' xmlns="http://www.w3.org/2000/svg" font-family="{family}">'
    return f"{head}{own}{''.join(shared)}{rest}"
