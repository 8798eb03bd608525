"""Sentences made of codes and counts read as written: on the whole grid of tests.sentences."""

import re

import pytest

from answers.amounts import amount
from answers.words import listed_within, within
from incidents.codebook import LANGUAGES
from loaders.language import language
from tests import sentences

SLIPS = {
    "a brace that is left": r"[{}]",
    "two blanks": r"  ",
    "a blank before a mark": r" [,.;:?!](?!\d)",
    "a mark twice": r"(?<!\.)\.\.(?!\.)|,,|;;|::|,\.|;\.",
    "two forms at once": r"[А-Яа-яЁё]/[А-Яа-яЁё]|[А-Яа-яЁё]\([а-яё]{1,3}\)",
    "a word of the code": r"\b(nan|None|NaT|True|False)\b",
}
OURS = {
    "quotation marks of English": r"[\"“”‘]|(?<![А-Яа-яЁё])'",
    "a decimal point": r"(?<![\d.])\d+\.\d+(?![\d.])",
    "a bare number with a loose suffix": r"\d (ден|дан|тен|тан|га|ге|ка|ке|да|де|ди|ды|нын|нин)\b",
}
"""Slips of Russian and Kyrgyz alone."""
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = re.compile(
    r"DDoS|Kyrgyzstan incidents dashboard|School of Peacemaking and Media Technology in Central "
    r"Asia, statement of 3 May 2023|Natural Earth|\byes\b|VPN|project"
)
"""What stands in Latin letters: names, and the words that files hold."""


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request) -> tuple[str, list[str]]:
    return request.param, sentences.every(request.param)


def test_no_sentence_has_a_slip(spoken):
    lang, said = spoken
    slips = SLIPS if lang == "en" else {**SLIPS, **OURS}
    found = [(why, text) for text in said for why, slip in slips.items() if re.search(slip, text)]
    assert len(said) > 1500
    assert found == []


def test_no_word_of_english_stands_in_a_sentence_of_another_language(spoken):
    lang, said = spoken
    if lang != "en":
        assert [text for text in said if LATIN.search(NAMES.sub("", text))] == []


def test_a_sentence_begins_with_a_capital_or_a_number_wherever_a_code_begins_it():
    for lang in LANGUAGES:
        assert not [text for text in sentences.protected(lang) if not text[0].isupper()]


def test_no_line_begins_with_a_small_letter(spoken):
    """Not even where a month comes first, which Russian writes small; a rest of a title may."""
    lang, _ = spoken
    assert [text for text in sentences.lines(lang) if text[0].islower()] == []


@pytest.mark.parametrize(
    ("n", "said"),
    [
        *((n, "задокументированный инцидент") for n in (1, 21, 101, 1001)),
        *((n, "задокументированных инцидента") for n in (2, 4, 22, 104)),
        *((n, "задокументированных инцидентов") for n in (0, 5, 11, 12, 111, 1000)),
    ],
)
def test_russian_counts_in_three_forms(n, said):
    t = language("ru")
    assert amount(n, "incidents", t) == f"{t.number(n)} {said}"


@pytest.mark.parametrize("n", sentences.COUNTS)
def test_kyrgyz_counts_in_one(n):
    t = language("ky")
    assert amount(n, "incidents", t) == f"{t.number(n)} катталган окуя"


@pytest.mark.parametrize(
    ("lang", "labels", "said"),
    [
        ("ru", ("Женщины", "Дети"), "женщины и дети"),
        ("ru", ("Женщины", "Дети", "ЛГБТК+ люди"), "женщины, дети и ЛГБТК+ люди"),
        ("ky", ("Аялдар", "Балдар", "ЛГБТК+ адамдар"), "аялдар, балдар жана ЛГБТК+ адамдар"),
        ("en", ("Women", "Children"), "women and children"),
        # commas and an "and" of their own would run into those of the list
        ("en", ("Bloggers and online activists", "Men"), "bloggers and online activists; men"),
        ("ru", ("Блогеры и онлайн-активисты", "Мужчины"), "блогеры и онлайн-активисты; мужчины"),
        ("ky", ("Блогерлер жана активисттер", "Эркектер"), "блогерлер жана активисттер; эркектер"),
        ("ru", ("Иностранцы", "Женщины"), "иностранцы и женщины"),
        ("ru", ("Люди, живущие с ВИЧ", "Женщины"), "люди, живущие с ВИЧ; женщины"),
    ],
)
def test_labels_inside_a_sentence_are_listed_as_its_language_lists(lang, labels, said):
    assert listed_within(labels, language(lang)) == said


def test_an_abbreviation_keeps_its_letters():
    assert [within(x) for x in ("ЛГБТК+ люди", "LGBTQ+ people", "Взлом", "")] == [
        "ЛГБТК+ люди",
        "LGBTQ+ people",
        "взлом",
        "",
    ]
