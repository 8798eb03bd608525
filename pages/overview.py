"""What was documented, with what response, how complete is it: the donor's page."""

from pages import shared

shared.require_frame()

import streamlit as st

from pages.shared import overview

now = shared.state()

st.title(now.t("Documented attacks on the media and violations against minorities in Kyrgyzstan"))
overview.headline(now)
left, right = st.columns(2, gap="large")
with left:
    overview.published(now)
with right:
    overview.by_group(now)
overview.by_year(now)
overview.newest(now)
overview.limits(now)
