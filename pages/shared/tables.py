"""A table of texts, written once as HTML.

Streamlit's own reads every cell as Markdown at every run, which takes a browser as long as a chart.
"""

from collections.abc import Iterable
from html import escape

import pandas as pd
import streamlit as st

from incidents.schema import visible


def table(frame: pd.DataFrame) -> None:
    """Show a table of texts, its index as heads of rows; a long or wide one scrolls."""
    head = _row([frame.index.name, *frame.columns], ["th scope=col"] * (1 + len(frame.columns)))
    rows = (_row(row, ["th scope=row", *["td"] * len(frame.columns)]) for row in frame.itertuples())
    _show(f"<thead>{head}</thead><tbody>{''.join(rows)}</tbody>")


def facts(told: dict[str, str]) -> None:
    """Show what is known of one thing, a name and a value in each line."""
    _show(f"<tbody>{''.join(_row(each, ['th scope=row', 'td']) for each in told.items())}</tbody>")


def _row(cells: Iterable[object], kinds: Iterable[str]) -> str:
    """Write one row; a head that says nothing is a cell."""
    written = []
    for cell, kind in zip(cells, kinds, strict=True):
        text = "" if cell is None else escape(visible(str(cell)))
        tag = kind if text else "td"
        written.append(f"<{tag}>{text}</{tag[:2]}>")
    return f"<tr>{''.join(written)}</tr>"


def _show(rows: str) -> None:
    st.html(f'<div class="table"><table cellspacing=0>{rows}</table></div>')
