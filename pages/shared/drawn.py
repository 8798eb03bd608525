"""Figures that need no script: drawings inside a page, and what their colours mean."""

import html
from collections.abc import Sequence

import streamlit as st

from answers.answer import Answer
from charts.lean import PATTERN
from charts.style import FONT, Key

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
SWATCH = (
    "display:inline-block;box-sizing:border-box;width:1.1em;height:1.1em;margin-right:.35em;"
    "vertical-align:middle;forced-color-adjust:none"
)


def drawing(answer: Answer) -> None:
    """Draw an answer, with its words for those who cannot see it; then what its colours mean."""
    with st.container(key=f"figure-{answer.key}"):
        for at, drawn in enumerate(answer.lean):
            st.image(_alone(drawn), width="stretch", alt=None if at else answer.alt)
        if answer.keys:
            legend(answer.keys)


def _alone(drawn: str) -> str:
    """Write a drawing as a picture: outside a page it has to name its form, letters and hatching.

    Inside a page Streamlit would take it out (`st.html`, seen in 1.67).
    """
    head, rest = drawn.split(">", 1)
    return f'{head} {NAMESPACE} font-family="{html.escape(FONT)}">{PATTERN}{rest}'


def legend(keys: Sequence[Key]) -> None:
    """Say what colours and shapes mean, under a heading each where there are several kinds."""
    items = "".join(
        f"<br><b>{html.escape(key.text)}</b> &ensp;"
        if key.heading
        else '<span style="white-space:nowrap;margin-right:1em">'
        f'<span style="{SWATCH};{_css(key)}"></span>{html.escape(key.text)}</span> '
        for key in keys
    ).removeprefix("<br>")
    st.html(f'<div style="font-size:.875rem;line-height:1.9">{items}</div>')


def _css(key: Key) -> str:
    """Draw the swatch of a legend's entry."""
    edge = f"border:{2 if key.round else 1.5 if key.dashed else 1}px"
    fill = f"background:{key.fill};" if key.fill else ""
    bent = "border-radius:50%;" if key.round else ""
    size = f"width:{2 * key.radius:g}px;height:{2 * key.radius:g}px;" if key.radius else ""
    return f"{fill}{bent}{size}{edge} {'dashed' if key.dashed else 'solid'} {key.edge}"
