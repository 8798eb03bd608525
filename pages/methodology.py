"""What is in here, how it got here, how good it is, and how people are protected."""

from pages import shared

shared.require_frame()

import streamlit as st

from pages.shared import claims, codebook, methodology, quality, take

now = shared.state()

st.title(now.t("Methodology"))
methodology.contents(now)
methodology.collection(now)
quality.method(now)
codebook.codes(now)
methodology.protected(now)
methodology.statistics(now)
claims.method(now)
methodology.sources(now)
take.package(now)
methodology.correction(now)
methodology.changes(now)
