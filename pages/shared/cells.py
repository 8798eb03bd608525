"""Cases that are counted and never listed, as tables beside the records."""

import pandas as pd
import streamlit as st

from incidents import cells
from incidents.protection import K
from pages.shared import figures, words
from pages.shared.address import State


def tables(now: State) -> None:
    """Show the tables of all codes that are counted only. The filters do not reach them."""
    t, said = now.t, now.package.aggregates
    if said.empty:
        return
    with st.container(key="aggregates"):
        st.header(t("Counted, never listed"))
        st.markdown(
            t(
                "Cases under these codes stand in no list, no file of records and no other number "
                "of this dashboard, and the filters do not reach them. “{few}”: fewer than {k} "
                "cases, none included. “Withheld”: the number would tell a smaller one. From "
                "release to release a number moves only by {k} or more. A case with two of these "
                "codes is in both tables, so the tables must not be added up.",
                few=cells.FEW,
                k=K,
            )
        )
        for (name, code), of_code in said.groupby(level=cells.KEY[:2], sort=False):
            _table(now, name, code, of_code.droplevel(cells.KEY[:2]))


def _table(now: State, name: str, code: str, said: pd.Series) -> None:
    """Show the total of one code, and beside each other its cells by year, region, ..."""
    t = now.t
    label = words.plain(now.package.codebook.label(name, code, t.code))
    total = _word(now, said[cells.TOTAL, ""])
    st.subheader(t("{label}, cases counted: {total}", label=label, total=total))
    heads = {
        "year": t("Year"),
        "region": t("Region"),
        "perpetrator": t("Perpetrator"),
        "response": t("Response of the authorities"),
    }
    for place, by in zip(st.columns(2) * 2, cells.ROWS, strict=True):
        listed = cells.ROWS[by]
        row = said[by].map(lambda word: _word(now, word))
        if listed:
            row.index = [words.plain(c) for c in _labels(now, listed, row.index)]
        with place:
            st.markdown(f"**{heads[by]}**")
            figures.table(row.rename_axis(None).to_frame(t("Cases")))


def _labels(now: State, listed: str, codes: pd.Index) -> list[str]:
    return [now.package.codebook.label(listed, code, now.t.code) for code in codes]


def _word(now: State, word: str) -> str:
    return now.t("withheld") if word == cells.WITHHELD else words.plain(word)
