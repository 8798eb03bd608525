"""An address as a square that a telephone reads (a QR code), as SVG."""

import segno

from charts.palette import INK
from charts.svg import tag

LONGEST = 600
"""How many characters an address may have: a longer one makes dots too small for paper."""
QUIET = 4
"""The blank around it, in dots: what reads it finds it by that."""


def drawn(address: str) -> str:
    """Draw an address; nothing where it is too long, or names no host."""
    if len(address) > LONGEST or "://" not in address:
        return ""
    rows = segno.make(address, error="m", micro=False).matrix
    dots = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, dot in enumerate(row)
        if dot
    )
    side = len(rows) + 2 * QUIET
    background = tag("rect", width=side, height=side, fill="#FFFFFF")
    return tag("svg", background, tag("path", d=dots, fill=INK), viewBox=f"0 0 {side} {side}")
