"""How good the records are, on Methodology: checked, covered, found wrong, coded alike."""

import pandas as pd
import streamlit as st

from loaders import quality
from pages.shared import figures, words
from pages.shared.address import State


def method(now: State) -> None:
    """Say how good the records are."""
    t, package = now.t, now.package
    st.header(t("How good it is"))
    _shown(quality.checked_table(package, t))
    if len(package.errors):
        st.markdown(
            t(
                "Records were read again by somebody else: random samples, and all others that are "
                "not protected and whose page could be reached. "
                "Records with at least one wrong or unsupported field, and those where more was "
                "wrong than the wording of the summary, before correction, with exact 95% "
                "intervals (Clopper and Pearson 1934):"
            )
        )
        _shown(quality.errors_table(package, t))
    said = (
        t(
            "The errors found were corrected. A sample without an error does not mean that there "
            "is none: its interval says how many there may be, and readers who went through all "
            "known kinds of error found more than readers of samples did. No invented event was "
            "found."
        ),
        t(
            "Weakest field: the response of the authorities, which is what the cited source named "
            "and may be older than today’s state."
        ),
        quality.coverage(package, t),
        t("Recordings depend on who watches: more incidents in a year can mean more monitoring."),
        t("“python -m loaders quality” computes all of these numbers again from the data."),
    )
    st.markdown("\n".join(f"- {sentence}" for sentence in said if sentence))
    if box := figures.folded(t("Coverage of the published attacks on media"), "coverage"):
        with box:
            _shown(quality.coverage_table(package, t))
    if len(package.codings) and (box := figures.folded(t("Agreement of the codes"), "agreement")):
        with box:
            _agreement(now)


def _agreement(now: State) -> None:
    t, package = now.t, now.package
    st.markdown(
        t(
            "{n} counted records with open pages, drawn at random, were coded afresh from their "
            "summaries alone by two coders who saw neither the published codes nor each other’s. "
            "They may reason alike; a record may bear codes that only its page names. Cohen’s "
            "kappa is 0 for agreement as chance makes it and 1 for full agreement. Where there may "
            "be several codes, each is compared: present or not.",
            n=int(package.agreement["n"].max()),
        )
    )
    _shown(quality.agreement_table(package, t))


def _shown(table: pd.DataFrame) -> None:
    st.table(table.rename(index=words.plain), border="horizontal")
