"""The tables of a page that was run without a browser."""

import pandas as pd
from lxml import html
from streamlit.testing.v1 import AppTest


def tables(app: AppTest) -> list[pd.DataFrame]:
    """Read them as a browser would: texts, the heads of rows as index."""
    drawn = [html.fromstring(each.proto.body) for each in app.get("html")]
    return [_read(table) for each in drawn for table in each.iter("table")]


def _read(table: html.HtmlElement) -> pd.DataFrame:
    (name, *columns), *rows = [[cell.text_content() for cell in row] for row in table.iter("tr")]
    if table.find("thead") is None:
        rows, columns = [[name, *columns], *rows], ["" for _ in columns]
    index = pd.Index([first for first, *_ in rows], name=name)
    return pd.DataFrame([rest for _, *rest in rows], index, columns)
