"""The page on safe reading: what it says, and a country that no address holds."""

import pytest

from answers import safety
from incidents.codebook import LANGUAGES
from tests.asking import question
from tests.pages.test_cite import opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_others_can_know_and_asks_for_a_country(lang):
    app = opened(f"/reader-safety?lang={lang}")
    asked = question(f"/?lang={lang}")
    said = " ".join(block.value for block in app.markdown)
    assert "Escape" in said
    assert app.title[0].value == safety.title(asked.t)
    field = app.selectbox(key=f"country-{lang}")
    assert field.value is None
    assert field.options == list(safety.countries(asked).values())


def test_a_chosen_country_is_remembered_in_no_address():
    app = opened("/reader-safety")
    app.selectbox(key="country-en").set_value("UZ").run()
    told = " ".join(block.value for block in app.markdown)
    assert "Supreme Court" in told
    assert dict(app.query_params) == {}
    assert app.session_state["_country"] == "UZ"


def test_of_another_country_it_says_that_nothing_is_known():
    app = opened("/reader-safety")
    app.selectbox(key="country-en").set_value(safety.ELSEWHERE).run()
    told = " ".join(block.value for block in app.markdown)
    assert "Nothing is known here about this country" in told


@pytest.mark.parametrize("path", ["/", "/methodology", "/records?id=M-0105"])
def test_every_page_leads_here(path):
    app = opened(path, folds=("protected",))
    assert any('href="./reader-safety' in element.proto.body for element in app.get("html"))
