"""The codebook as it is read: every code with its example, and with the code that is nearest."""

import pytest
from streamlit.testing.v1 import AppTest

from incidents.codebook import ILLUSTRATED, LANGUAGES
from pages.shared import words
from tests.conftest import HOME, keep_as
from tests.loaders.test_releases import before_examples


def read(page, fold, **query):
    """Open one fold of a page, and read all that the page says."""
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.session_state[fold] = True
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return "\n".join(element.value for element in (*app.main.markdown, *app.main.caption))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_coder_reads_for_every_violation_what_falls_under_it_and_what_does_not(package, lang):
    said, book = read("methodology", "list-violations", lang=lang), package.codebook
    for code in book.codes("violations"):
        counter, taker = book.counter_example("violations", code, lang)
        for told in (book.definition("violations", code, lang), counter, taker):
            assert words.plain(told) in said
        assert words.plain(book.example("violations", code, lang)) in said


@pytest.mark.parametrize("name", sorted(ILLUSTRATED))
def test_examples_are_said_to_be_made_up_wherever_they_are_shown(package, name):
    code = package.codebook.codes(name)[0]
    said = read("methodology", f"list-{name}", lang="en")
    assert said.count("none is a recorded case") == 1
    assert words.plain(package.codebook.example(name, code, "en")) in said


def test_a_record_shows_the_examples_of_its_own_codes(package):
    said, book = read("records", "codes", id="M-0047", lang="en"), package.codebook
    assert said.count("none is a recorded case") == 1
    for code in ("physical_assault", "robbery_or_break_in"):
        assert words.plain(book.example("violations", code, "en")) in said
    assert words.plain(book.example("violations", "killing", "en")) not in said


def test_a_release_without_examples_shows_the_definitions_alone(copy, monkeypatch):
    before_examples(keep_as(copy, "2026.11.0"))
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    said = read("methodology", "list-kinds", release="2026.11.0", lang="en")
    assert "**Incident**" in said
    assert "For example" not in said
