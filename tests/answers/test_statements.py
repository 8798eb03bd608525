"""What is true of one release only is a row of its package, and said from there alone."""

import re

import pytest

from answers import codebook, methodology
from answers.surfaces.claims import Claims
from answers.surfaces.published import Published
from incidents.codebook import LANGUAGES
from tests import country
from tests.asking import question
from tests.conftest import HOME
from tests.messages import in_code

ASKED = re.compile(r'statement\(\s*"(\w+)"')
OF_THE_METHODOLOGY = (
    *(methodology.contents, methodology.collection, methodology.how_good, methodology.protected),
    *(methodology.statistics, methodology.change, methodology.sources, codebook.introduction),
    codebook.schemes,
)


def sentences(text):
    return {part.strip() for part in re.split(r"(?<=[.;:]) ", text)}


def told(section):
    """Read every sentence of a section and of its parts."""
    said = [text for each in section.said for text in (each.text, *each.lines, *each.small)]
    return " ".join([*said, *map(told, section.parts)])


def test_every_statement_of_the_package_is_said_and_none_that_it_lacks(package):
    code = "\n".join(path.read_text(encoding="utf-8") for path in HOME.glob("answers/**/*.py"))
    assert set(ASKED.findall(code)) == set(package.statements["statement"])


def test_no_message_of_the_code_says_what_a_statement_says(package):
    messages = [message.id for message in in_code() if isinstance(message.id, str)]
    typed = {sentence for message in messages for sentence in sentences(message)}
    for text in package.statements["text_en"]:
        assert not sentences(text) & typed, text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bundled_package_says_its_own_facts_and_another_country_is_silent(
    lang, package, tmp_path
):
    elsewhere = country.write(tmp_path / "data")
    pages = {
        data: " ".join(
            told(make(question(f"/methodology?lang={lang}", *data))) for make in OF_THE_METHODOLOGY
        )
        for data in ((), (elsewhere,))
    }
    own = ("episodes", "contested", "placed", "who_is_protected", "collectors_words", "equivalents")
    for name in own:
        assert package.statement(name, lang) in pages[()], name
        assert package.statement(name, lang) not in pages[elsewhere,], name
    assert "Creative Commons" in pages[()]
    assert "Creative Commons" not in pages[elsewhere,]
    assert "Terms of nowhere" in pages[elsewhere,]
    here = question(f"/methodology?lang={lang}")
    assert package.statement("coded_afresh", lang) in told(methodology.agreement(here))
    assert f"{len(package.codebook.words)}" in told(codebook.introduction(here))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_counted_the_totals_is_said_of_the_drawn_series_alone(lang, package, monkeypatch):
    monitor = package.statement("one_monitor", lang)
    asked = question(f"/trends?lang={lang}")
    assert monitor in asked.answer(Published).taken_along
    claims = [told(row.readings.make(asked)) for row in asked.answer(Claims).rows.values()]
    assert any(monitor in text for text in claims)
    assert package.statement("totals_scope", lang) in told(asked.answer(Claims).uncovered)
    monkeypatch.setattr(type(package), "published_series", "another")
    asked = question(f"/claims?lang={lang}")
    claims = [told(row.readings.make(asked)) for row in asked.answer(Claims).rows.values()]
    assert not [text for text in claims if monitor in text]


def test_two_totals_of_another_country_say_nothing_of_who_counted_them(tmp_path):
    elsewhere = country.write(tmp_path / "data")
    path = elsewhere / "published_totals.csv"
    head, row = path.read_text(encoding="utf-8").splitlines()[:2]
    path.write_text("\n".join([head, row.replace("2019", "2018"), row]) + "\n", encoding="utf-8")
    notes = question("/trends", elsewhere).answer(Published).taken_along
    assert notes[0] == "Published totals alone tell no trend."
    assert not [note for note in notes if not note or "monitor" in note or "attacks" in note]
