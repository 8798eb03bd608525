"""What those here for the first time are told: how to read, what codes mean, what to ask."""

import re
from urllib.parse import urlencode

import pytest

from answers import pages
from answers.examples import examples
from answers.meanings import meaning, meanings
from incidents.codebook import LANGUAGES, LISTS
from tests import country
from tests.asking import question

READ = (*pages.figures(question("/")), "impact", "steps")
"""Every surface that is drawn, and those that stand on a page as a table of counts."""
SHOWN = ("", "unit=people&fill=rate", "fill=change&split=group&per=month", "split=data&per=quarter")
SENTENCES = re.compile(r"[.!?](?= |$)")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("surface", READ)
def test_every_chart_and_map_says_in_a_few_sentences_how_it_is_read(surface, lang):
    for shown in SHOWN:
        answer = pages.surface(question(f"/?{shown}&lang={lang}"), surface)
        said = " ".join(answer.how_to_read)
        assert 1 <= len(SENTENCES.findall(said)) <= 4, (shown, said)
        assert len(said.split()) <= 60, said
        assert "{" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_label_of_every_list_has_its_meaning(lang):
    asked = question(f"/?lang={lang}")
    known, book = meanings(asked), asked.package.codebook
    for name in LISTS:
        for code, label in book.labels(name, lang).items():
            assert book.definition(name, code, lang) in known[label], (name, code)


def test_a_label_of_two_lists_says_what_it_means_in_each():
    said = meaning(question("/?lang=en"), "Online").splitlines()
    assert [line.partition(":")[0] for line in said] == ["Regions", "Place precisions"]


def test_a_cell_of_several_labels_says_what_each_means_and_other_texts_mean_nothing():
    asked = question("/?lang=en")
    assert meaning(asked, "Women, Children").startswith("Women: ")
    assert len(meaning(asked, "Women, Children").splitlines()) == 2
    assert meaning(asked, "Women, and more") == meaning(asked, "") == meaning(asked, 7) == ""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_an_example_for_each_reader_and_it_finds_something(lang):
    found = examples(question(f"/?lang={lang}&group=women"))
    assert [each.page for each in found] == ["impact", "map", "trends", "check"]
    for each in found:
        asked = question(f"/{each.page}?{urlencode(each.query, doseq=True)}")
        assert not asked.problems
        assert asked.subset.n
        assert asked.t.code == lang
        assert not asked.selection.group or asked.selection.group == ("journalists",)


def test_an_example_whose_codes_a_package_lacks_or_that_finds_nothing_is_left_out(tmp_path):
    elsewhere = country.write(tmp_path / "data", ("singers",))
    assert [each.page for each in examples(question("/", elsewhere))] == ["check"]
