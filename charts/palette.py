"""The colours of the dashboard: few, calm, and told apart without hue.

Lightness alone separates neighbours in every list, so that charts hold in grey and in the three
common colour-vision deficiencies; no colour stands for bad.
"""

from collections.abc import Sequence

PAPER, INK, QUIET, RULE = "#FBFAF6", "#1E2A32", "#5C6670", "#D9D5C8"
ACCENT, CONTEXT = "#0B5D7A", "#C9CDCB"
CODES = ("#0A3D5C", "#C97F1E", "#A9CCE3", "#7B3F73", "#3F9C8F", "#E3D5A5")
"""Colours of codes, by their place in the code list: the same code the same hue on every page."""

SEQUENCE = ("#B9D5E0", "#8BB7C9", "#5B98B1", "#2A7491", "#084660")
"""Light to dark: more. The first is as far from paper, which is none, as from the second."""

CHANGE = ("#9A5A12", "#DDB06F", PAPER, "#B8A9D1", "#65428F")
"""Fewer, to the left; more, to the right; no change in the middle. Neither side is good or bad."""

LAND, WATERLESS = "#ECE9DF", "#F4F2EA"

NAMED = {
    "paper": PAPER,
    "ink": INK,
    "quiet": QUIET,
    "rule": RULE,
    "accent": ACCENT,
    "land": LAND,
}
"""The colours of the page, by the names under which the stylesheet uses them."""

DARK = {
    "paper": "#14191D",
    "ink": "#E6E8E6",
    "quiet": "#A3ADB5",
    "rule": "#3A444B",
    "accent": "#7CC3DE",
    "land": "#20272C",
}
"""The same on dark paper."""


def colours(codes: Sequence[str], listed: Sequence[str]) -> dict[str, str]:
    """Give each code its colour: by its place among `listed`, the whole list it belongs to."""
    return {code: CODES[list(listed).index(code) % len(CODES)] for code in codes}
