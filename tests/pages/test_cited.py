"""The page that says whether a citation is current."""

import pytest

from answers.surfaces.records import Records
from tests.asking import question
from tests.pages.test_cite import opened


def judged(text: str):
    app = opened("/cited")
    app.text_area(key="citation").set_value(text).run()
    assert not app.exception
    return app


def test_a_citation_is_judged_and_does_not_reach_the_address():
    old = question("/records?data=media&release=2026.11.3").answer(Records)
    app = judged(old.citation.link)
    assert "Superseded" in app.header[0].value
    now = question("/records?data=media").answer(Records)
    assert any(now.amount.text in block.value for block in app.code)
    assert not app.query_params
    same = judged(now.citation.link)
    assert "Current" in same.header[0].value


@pytest.mark.parametrize("text", ["garbage", "x" * 4_000])
def test_what_is_no_citation_is_unknown(text):
    assert "Unknown" in judged(text).header[0].value


def test_the_cite_block_leads_here():
    app = opened("/impact", "impact")
    assert any("cited" in element.proto.page for element in app.get("page_link"))
