"""What each code means, with examples and counter-examples, and how codes are given."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers import codebook
from pages.shared import codes
from pages.shared.sections import chapter, section

now = shared.asked()

st.title(now.t("Codes"))
codes.lists(now, codes.search(now))
section(codebook.introduction(now))
chapter(now, codebook.vocabularies(now.t))
