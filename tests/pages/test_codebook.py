"""The codebook as it is read: every code with its example, and with the code that is nearest."""

import pytest
from streamlit.testing.v1 import AppTest

from answers import codebook
from incidents.codebook import ILLUSTRATED, LANGUAGES, LISTS
from pages.shared.escape import plain as escaped
from tests.asking import question
from tests.conftest import HOME, keep_as
from tests.loaders.test_releases import before_examples


def opened(page, fold=None, **query):
    """Open a page, and one fold of it."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    if fold:
        app.session_state[fold] = True
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def text(app):
    parts = (*app.main.subheader, *app.main.markdown, *app.main.caption)
    return "\n".join(element.value for element in parts)


def read(page, fold, **query):
    """Open one fold of a page, and read all that the page says."""
    return text(opened(page, fold, **query))


def searched(words, **query):
    """Search the codes, and read all that the page says."""
    app = opened("codes", **query)
    app.text_input(key="search-codes").input(words).run()
    assert not app.exception
    return app


def folds(app):
    return {box.label for box in app.main.expander}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_list_of_the_codebook_is_there_with_its_number_of_codes(package, lang):
    named = codebook.names(question(f"/codes?lang={lang}").t)
    assert set(named) == set(LISTS) == set(package.codebook.lists)
    lists = {f"{title} ({len(package.codebook.codes(name))})" for name, title in named.items()}
    assert lists < folds(opened("codes", lang=lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_is_found_by_its_label_and_stands_open(package, lang):
    book = package.codebook
    for name, code in (
        ("violations", "physical_assault"),
        ("groups", "lgbtq"),
        ("checks", "twice"),
    ):
        said = text(app := searched(book.label(name, code, lang).upper(), lang=lang))
        assert f"`{code}`" in said
        assert escaped(book.definition(name, code, lang)) in said
        title = codebook.names(question(f"/codes?lang={lang}").t)[name]
        assert [head for head in app.main.subheader if head.value.startswith(escaped(title))]
        assert not [label for label in folds(app) if title in label]


@pytest.mark.parametrize("words", ["physical_assault", "assault  PHYSICAL_"])
def test_a_code_is_found_by_itself_and_before_those_that_only_mention_it(words):
    found = codebook.found(question("/codes"), words)
    assert found["violations"][0].code == "physical_assault"


def test_a_code_is_found_by_definition_example_and_equivalent_in_the_language_of_the_page(package):
    book, code = package.codebook, "killing"
    for words in (
        book.definition("violations", code, "ru"),
        book.example("violations", code, "ru"),
    ):
        for lang, there in (("ru", True), ("en", False)):
            found = codebook.found(question(f"/codes?lang={lang}"), words).get("violations", [])
            assert (code in {entry.code for entry in found}) is there
    row = book.crosswalk[book.crosswalk["list"] == "violations"].iloc[0]
    found = codebook.found(question("/codes"), row["term"])["violations"]
    assert row["code"] in {entry.code for entry in found}


def test_both_ways_to_write_a_russian_letter_find_the_same():
    asked = question("/codes?lang=ru")
    assert codebook.found(asked, "чёрный") == codebook.found(asked, "черный")
    assert codebook.found(asked, "счёт") == codebook.found(asked, "счет") != {}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "No code holds all of these words"),
        ("ru", "Нет кода, в котором есть все эти слова"),
        ("ky", "Бул сөздөрдүн баары бар код табылган жок"),
    ],
)
def test_a_search_that_finds_nothing_says_so(lang, said):
    app = searched("zzzz <b>x</b>", lang=lang)
    assert said in text(app)
    assert not app.main.subheader
    again = text(app.text_input(key="search-codes").input("  ").run())
    assert said not in again


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_coder_reads_for_every_violation_what_falls_under_it_and_what_does_not(package, lang):
    said, book = read("codes", "list-violations", lang=lang), package.codebook
    for code in book.codes("violations"):
        counter, taker = book.counter_example("violations", code, lang)
        for told in (book.definition("violations", code, lang), counter, taker):
            assert escaped(told) in said
        assert escaped(book.example("violations", code, lang)) in said


@pytest.mark.parametrize("name", sorted(ILLUSTRATED))
def test_examples_are_said_to_be_made_up_wherever_they_are_shown(package, name):
    code = package.codebook.codes(name)[0]
    said = read("codes", f"list-{name}", lang="en")
    assert said.count("none is a recorded case") == 1
    assert escaped(package.codebook.example(name, code, "en")) in said


def test_a_record_shows_the_examples_of_its_own_codes(package):
    said, book = read("records", "codes", id="M-0047", lang="en"), package.codebook
    assert said.count("none is a recorded case") == 1
    for code in ("physical_assault", "robbery_or_break_in"):
        assert escaped(book.example("violations", code, "en")) in said
    assert escaped(book.example("violations", "killing", "en")) not in said


def test_a_release_without_examples_shows_the_definitions_alone(copy, monkeypatch):
    before_examples(keep_as(copy, "2026.11.0"))
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    said = read("codes", "list-kinds", release="2026.11.0", lang="en")
    assert "**Incident**" in said
    assert "For example" not in said
