"""The page of impact: told two ways, and nothing of protected records by release or programme."""

import pytest

from answers.surfaces.accountability import Accountability
from answers.surfaces.impact import Impact
from answers.surfaces.steps import Steps
from pages.shared.escape import plain
from tests.asking import question
from tests.pages.test_cite import opened


@pytest.mark.parametrize(
    "link", ["/impact", "/impact?data=rights", "/impact?q=M-0105", "/impact?q=qqqq",
             "/impact?response=charges", "/impact?perpetrator=authorities",
             "/impact?release=2026.11.4"],
)  # fmt: skip
def test_what_was_documented_and_what_followed_stand_under_headings_of_their_own(link):
    asked = question(link)
    app = opened(link, folds=["behind"])
    headings = [head.value for head in app.header]
    for surface in (Impact, Accountability, Steps):
        assert plain(asked.answer(surface).title) in headings


def test_the_page_says_that_there_is_no_programme_and_who_sets_it():
    said = " ".join(each.value for each in opened("/impact").caption)
    assert "project" in said
    assert "keeper" in said


def test_the_records_behind_a_number_are_the_number_on_its_link():
    for surface in (Impact, Accountability, Steps):
        for link in question("/impact?data=media&from=2019").answer(surface).links:
            pairs = [f"{n}={v}" for n, vs in link.query.items()
                     for v in ([vs] if isinstance(vs, str) else vs)]  # fmt: skip
            found = question(f"/records?{'&'.join(pairs)}").subset.n
            assert link.text.endswith(f": {found}")
