"""What others say has changed: each published sentence under every way to read it."""

from pages import shared

shared.require_frame()

import streamlit as st

from pages.shared import cite, claims

now = shared.state()

st.title(now.t("Claims"))
claims.introduction(now)
for claim in now.package.claims:
    claims.show(now, claim)
claims.uncovered(now)
cite.claims(now, now.t("Claims"))
