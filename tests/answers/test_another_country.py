"""Another country's package says nothing of this one, on no page and in no file."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from answers import files, methodology, pictures
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from incidents.codebook import LANGUAGES
from tests import country
from tests.asking import question
from tests.conftest import DATA, HOME
from tests.opened import PAGES
from tests.reading import read
from tests.taking import unfold

OURS = re.compile(
    r"Kyrgyz(?!ча)|Кыргыз(?!ча)|Киргиз|Bishkek|Бишкек|Osh |2022|School of|Attacks on media|"
    r"Minorities|Нападения на медиа|KG-|\bKG\b|Natural Earth|Creative Commons|CC BY|"
    r"one monitor|linked yet|extortion|LGBTQ|in English|на английском|англис тилинде",
)
"""What is true of the bundled package alone."""
CHAPTERS = [each.key for each in methodology.chapters(question("/methodology"))]
OF_THE_HOUSE = ("Кыргызча", "kyrgyzstan-incidents", "Kyrgyzstan incidents dashboard")


@pytest.fixture(params=[("press",), ("press", "singers", "teachers")], ids=["one", "three"])
def elsewhere(request, tmp_path):
    return country.write(tmp_path / "data", request.param)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_says_anything_of_this_country(elsewhere, lang, monkeypatch):
    monkeypatch.setenv("INCIDENTS_DATA", str(elsewhere))
    for page in PAGES:
        app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
        app.query_params["lang"] = lang
        unfold(app, CHAPTERS)
        app.switch_page(f"pages/{page}.py").run()
        assert not app.exception, page
        texts = [*app.title, *app.header, *app.subheader, *app.markdown, *app.caption, *app.info]
        for text in (read(element.value) for element in texts):
            for ours in OF_THE_HOUSE:
                text = text.replace(ours, "")
            assert not OURS.search(text), (page, text)


@pytest.mark.parametrize("address", ["", "unit=people&fill=rate", "fill=change&split=data", "q=zz"])
def test_every_surface_answers_and_can_be_taken_away(elsewhere, address):
    asked = question(f"/?{address}", elsewhere)
    for surface in (Map, Trend, Years, Groups, Published):
        answer = asked.answer(surface)
        assert answer.title
        if not answer.empty:
            for kind, file in files.of(answer).items():
                assert file.make(), kind
                assert "kyrgyz" not in file.name.casefold()
            assert (
                files.described(answer)["licence"] == "Terms of nowhere, https://example.org/terms"
            )
            assert "Licence: Terms of nowhere." in " ".join(pictures.words(answer).foot)


def test_nothing_is_said_of_readings_and_codings_that_there_were_not(elsewhere):
    asked = question("/methodology", elsewhere)
    said = [each.text for part in methodology.how_good(asked).parts for each in part.said]
    assert said
    assert not [text for text in said if "readers found" in text or "Weakest field" in text]
    assert "agreement" not in methodology.titles(asked)
    here = question("/methodology")
    told = [each.text for part in methodology.how_good(here).parts for each in part.said]
    assert [text for text in told if "readers found" in text]
    assert {"coverage", "agreement"} < set(methodology.titles(here))
    assert methodology.agreement(here).table is not None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_columns_of_the_readings_of_claims_say_what_they_mean(elsewhere, lang):
    for data in (DATA, elsewhere):
        fields = question(f"/claims?lang={lang}", data).answer(Claims).table.fields
        assert "factor" in fields
        assert all(fields.values())


def test_one_published_total_has_no_ratio(elsewhere):
    answer = question("/trends", elsewhere).answer(Published)
    assert "5 in 2019" in answer.title
    assert "×" not in answer.title
    assert not [note for note in answer.notes if "bear no verdict" in note]


def test_a_first_total_of_zero_has_no_ratio(elsewhere):
    path = elsewhere / "published_totals.csv"
    head, row = path.read_text(encoding="utf-8").splitlines()[:2]
    rows = [row.replace("2019", "2018").replace(",5,", ",0,"), row]
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    answer = question("/trends", elsewhere).answer(Published)
    assert "0 in 2018, 5 in 2019" in answer.title
    assert not answer.title.endswith("–")
    assert "∞" not in answer.title
