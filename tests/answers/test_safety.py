"""What a reader at risk is told: of other countries, of leaving; no legal advice."""

import pytest

from answers import safety
from incidents.codebook import LANGUAGES
from tests.asking import question


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("en", ["Kyrgyzstan", "Kazakhstan", "Uzbekistan", "Tajikistan", "Russia"]),
        ("ru", ["Кыргызстан", "Казахстан", "Узбекистан", "Таджикистан", "Россия"]),
        ("ky", ["Кыргызстан", "Казакстан", "Өзбекстан", "Тажикстан", "Россия"]),
    ],
)
def test_a_country_is_called_as_its_readers_call_it(lang, names):
    named = safety.countries(question(f"/?lang={lang}"))
    assert list(named.values())[:-1] == names
    assert list(named)[-1] == safety.ELSEWHERE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_the_law_is_linked_to_the_page_it_was_read_on(lang):
    asked = question(f"/?lang={lang}")
    rows = asked.package.reader_risks
    for country in rows["country"].unique():
        told = safety.risks(asked, country)
        links = [link for said in told.said for link in said.links]
        assert [link.url for link in links] == list(rows[rows["country"] == country]["source_url"])
        for said in told.said:
            assert said.links[0].text in said.text
            assert "2026" in said.text  # the day it was read on


def test_of_a_country_that_nobody_looked_up_nothing_is_said():
    for country in (safety.ELSEWHERE, "DE", "nonsense"):
        (said,) = safety.risks(question("/"), country).said
        assert said.text == "Nothing is known here about this country."


def test_only_abroad_it_is_said_that_the_ruling_is_of_another_country():
    asked = question("/")
    scope = asked.package.statement("reader_risk_scope", "en")
    assert scope
    assert scope in safety.risks(asked, "KZ").caption
    assert scope not in safety.risks(asked, "KG").caption


def test_that_it_is_no_legal_advice_is_said_once():
    asked = question("/")
    chapters = [chapter.make(asked) for chapter in safety.chapters(asked.t)]
    texts = [
        safety.introduction(asked.t),
        *(said.text for part in (safety.short(asked.t), *chapters) for said in part.said),
    ]
    assert " ".join(texts).count("legal advice") == 1


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"BESIDE": "yes"}, True),
        ({"BESIDE": "yes", "EXIT_URL": "https://example.org"}, False),
        ({"BESIDE": ""}, False),
    ],
)
def test_where_leaving_shows_the_name_of_the_site_that_is_said(monkeypatch, settings, said):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    asked = question("/")
    helps = {chapter.key: chapter for chapter in safety.chapters(asked.t)}["helps"].make(asked)
    assert any("still shows the site’s name" in each.text for each in helps.said) == said


def test_the_way_to_the_page_takes_no_filter_along():
    link = safety.onward(question("/records?q=secret&id=M-0105&lang=ru"))
    assert link.page == safety.PAGE
    assert dict(link.query) == {"lang": "ru"}


def test_of_a_release_that_says_nothing_of_it_there_is_only_another_country():
    asked = question("/?release=2026.11.6")
    assert list(safety.countries(asked)) == [safety.ELSEWHERE]
