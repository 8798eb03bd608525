"""What was documented, with what response, how complete is it: the donor's page."""

from pages import shared

shared.require_frame()

import streamlit as st

from answers import examples
from answers.surfaces import overview
from answers.surfaces.groups import Groups
from answers.surfaces.over_time import Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from pages.shared import figures, records
from pages.shared.drawn import drawing
from pages.shared.sections import section
from pages.shared.show import folded, line, link, links, notes, title

now = shared.asked()
t = now.t
groups, years, newest = now.answer(Groups), now.answer(Years), now.answer(Records)

title(now, overview.title(now))
if box := folded(examples.title(now), "examples"):
    with box:
        for each in examples.examples(now):
            link(each)
figures.figures(overview.figures(now))
left, right = st.columns(2, gap="large")
with left:
    if (published := now.answer(Published)).applies:
        st.header(shared.plain(published.title))
        drawing(published)
        notes(published)
        line(published)
with right:
    if not groups.empty:
        st.header(shared.plain(groups.title))
        drawing(groups)
        notes(groups)
        line(groups)
if not years.empty:
    st.header(shared.plain(years.title))
    drawing(years)
    notes(years)
    link(years.whole)
    line(years)
if box := folded(t("Behind these figures"), "behind"):
    with box:
        figures.numbers(overview.behind(now))
        links(groups.links)
        links(years.links)
st.header(t("Newest records"))
records.rows(newest.newest, "newest")
if newest.empty:
    st.info(shared.plain(newest.empty))
section(overview.limits(now))
