"""A search finds words: in three languages and both scripts, as people type them.

searches.csv lists spellings in groups: each of a group finds what the others find.
"""

import csv
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents import search
from incidents.search import Column, Index, Name
from incidents.selection import Selection
from incidents.table import SEARCHES
from loaders import load
from tests.conftest import DATA

READERS = 4
TEXTS = [f"{first}{second}" for first in ("pol", "kloo", "osh", "cou", "суд") for second in "aeiou"]


def rows(name):
    """Read one of the tables beside this test."""
    with (Path(__file__).parent / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


INCIDENTS = load(DATA).incidents
SPELLINGS = rows("searches")[1:]
FIRST = dict(reversed(SPELLINGS))
"""The spelling of each group that the others are compared with."""


def found(query):
    """Give the identifiers of what a search finds, counted or not."""
    return set(INCIDENTS.frame["incident_id"][INCIDENTS.select(Selection(q=query)).found])


@pytest.mark.parametrize(("group", "spelling"), SPELLINGS)
def test_every_spelling_of_a_name_finds_what_the_others_find(group, spelling):
    assert found(spelling) == found(FIRST[group]) != set()


def test_osh_is_a_town_and_not_two_letters_of_a_label():  # F12
    frame = INCIDENTS.frame.set_index("incident_id")
    for incident in found("Ош"):
        row = frame.loc[incident]
        said = f"{row['summary']} {row['source_name']}"
        in_osh = row["region"] in ("KG-GO", "KG-O") or row["place"] == "1527534"
        assert in_osh or re.search(r"\bOsh\b", said), incident
    assert found("Ош") == found("Osh")


@pytest.mark.parametrize("apostrophe", "'’‘`´ʼʻ′＇")
def test_every_apostrophe_is_one(apostrophe):  # F13
    assert found(f"women{apostrophe}s") == found("women's") == found("womens") != set()


@pytest.mark.parametrize("text", ["Kloop's", "Kloopʼs", "Kl\u00adoop", "Kl\u200doop-TV"])
def test_a_name_is_whole_before_an_apostrophe_and_across_what_nobody_sees(text):
    assert Index.of([[text]]).find('"Kloop"').tolist() == [True]


@pytest.mark.parametrize("quotes", ["“”", "«»", "„“", '""', "''", "‘’", "‚‘", "”“"])
def test_what_stands_in_quotes_is_a_phrase(quotes):  # F13
    opening, closing = quotes
    phrase = found(f"{opening}mass unrest{closing}")
    assert phrase == found('"mass unrest"') < found("mass unrest")
    assert found(f"{opening}Kloop{closing}") == found("Kloop")
    assert found(f"{opening}unrest mass{closing}") == set()


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2212")
def test_every_dash_in_a_name_is_a_hyphen(dash):  # F13
    assert found(f"Jalal{dash}Abad") == found("Jalal-Abad") != set()


def test_a_place_is_found_by_every_alias_but_one_that_holds_another_place():  # F16
    for name, alias in (("Jalal-Abad", "Жалалабат"), ("Bishkek", "Bichkek"), ("Bishkek", "Frunze")):
        assert found(alias) == found(name) != set()
    assert "Bishkek osh" in INCIDENTS.places["aliases"].iloc[0]
    assert not found('"Bishkek osh"')


def test_names_of_publishers_and_agencies_are_found_in_every_language():  # F17
    for names in (("Kloop", "Клооп"), ("Azattyk", "Азаттык"), ("Kaktus", "Кактус")):
        assert found(names[0]) == found(names[1]) != set()
    assert found("GKNB") == found("ГКНБ") == found("УКМК") != set()


@pytest.mark.parametrize(
    "query",
    [
        "оператора избили",
        "«бывшего таможенного чиновника»",
        "«үйүнүн жанында тасма»",
        "оператор Osh cameraman таможен",
        "«БЫВШЕГО ТАМОЖЕННОГО»",
    ],
)
def test_a_record_is_found_by_its_translations_beside_what_it_says_in_english(query):
    assert "M-0047" in found(query)
    assert len(found(query)) < 4


def test_letters_that_a_keyboard_lacks_may_be_typed_without(package):
    for written, typed in (("өлтүрүү", "олтуруу"), ("Өмүрзаков", "Омурзаков"), ("оң", "он")):
        assert found(written) == found(typed)
    assert found("учётные") == found("учетные")


def test_a_word_is_found_from_its_beginning_and_never_from_within():
    assert found("journ") >= found("journalist") != set()
    assert not found("ournalist")
    assert not found("жүктөлбөгөн")


def test_what_is_short_is_found_whole():
    index = Index.of([["Ошол күнү"], ["Ош шаарында"], ["T. and the court"], ["the TV tower"]])
    for query, rows_found in (("Ош", [1]), ("Osh", [1]), ("T", [2]), ("ts", []), ("tv", [3])):
        assert index.find(query).nonzero()[0].tolist() == rows_found, query


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Жанар", "Janar"),
        ("Жанар", "Zhanar"),
        ("Ахматов", "Ahmatov"),
        ("Ахматов", "Akhmatov"),
        ("Цой", "Tsoi"),
        ("Цой", "Coy"),
        ("Тыныстан", "Tinistan"),
        ("Чыңгыз", "Chyngyz"),
        ("Бөлөкбай", "Бөлөкбаи"),
        ("Бөлөкбай", "Bolokbay"),
        ("Үсөн", "Усон"),
        ("Алёна", "Alena"),
        ("Мария", "Mariya"),
        ("Мария", "Maria"),
        ("Юлия", "Iuliia"),
        ("Максим", "Maxim"),
        ("Еркин", "Yerkin"),
        ("Щербаков", "Scherbakov"),
        ("Дмитрий", "Dmitry"),
        ("Кольцов", "Kol'tsov"),
        ("Ўзбек", "O'zbek"),
    ],
)
def test_a_name_is_found_in_the_other_script(one, other):
    assert Index.of([[one]]).find(other).tolist() == [True]
    assert Index.of([[other]]).find(one).tolist() == [True]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("early results", "year"),
        ("ethnic groups", "yet"),
        ("ice hockey", "its"),
        ("a court", "ts"),
        ("Bishkek", "shkek"),
        ("Temirov Live", '"Live Temirov"'),
    ],
)
def test_what_only_looks_alike_is_not_found(text, query):
    assert Index.of([[text]]).find(query).tolist() == [False]


@pytest.mark.parametrize("query", ["", " ", '""', "«»", "— – - ‑", "'", "“”…", "\u200f", "!?*"])
def test_a_search_of_marks_alone_asks_for_nothing(query):
    assert found(query) == set(INCIDENTS.frame["incident_id"])


@pytest.mark.parametrize("operator", ["AND", "OR", "NOT", "NEAR", "NEAR(a b, 2)", "written : a"])
def test_an_operator_of_the_index_is_a_word(operator):
    index = Index.of([["a b"], [operator], ["written"]])
    assert index.find(operator)[1]
    assert not index.find(operator)[0]


@pytest.mark.parametrize(
    "query",
    ["Kлооп", "مرحبا", "\u202eKloop\u202c", "中文", "\x00", "\ud800", "🙂", '"' * 99, "a" * 9999],
)
def test_no_query_of_any_script_fails(query):
    assert found(query) <= set(INCIDENTS.frame["incident_id"])
    assert found("Kлооп") == found("\u202eKloop\u202c") == found("Kloop")


@given(
    st.text(st.sampled_from("abуш'\"«»“ -*:^()+{}.,\\|~ANDORTЁё\u0301\u200f\ud800\x00")) | st.text()
)
@settings(deadline=None)
def test_any_query_has_an_answer(query):
    assert len(INCIDENTS.index.find(query)) == len(INCIDENTS.frame)


@given(
    st.sampled_from(list(INCIDENTS.frame["incident_id"])), st.sampled_from([*".,;:!?)]»”\"'", ""])
)
def test_an_identifier_finds_its_record_and_no_other(incident, after):
    for query in (incident, incident.lower(), f"{incident}{after}", f"({incident}{after}"):
        assert found(query) == {incident}


SAID = sorted(
    {(row, word) for row, text in enumerate(INCIDENTS.frame["summary"]) for word in text.split()}
)


@given(st.sampled_from(SAID), st.integers(0, 30))
@settings(deadline=None)
def test_every_word_of_a_record_finds_it_whole_and_from_its_beginning(said, end):
    row, word = said
    plain = search.written(word).split(" ")[0]
    assert INCIDENTS.index.find(word)[row]
    assert INCIDENTS.index.find(word.upper())[row]
    if len(plain[:end]) >= search.BEGINNING and search.Words(plain[:end], open=True).begins:
        assert INCIDENTS.index.find(plain[:end])[row]


@given(st.lists(st.sampled_from(INCIDENTS.frame["summary"].iloc[0].split()), min_size=1))
def test_words_are_found_in_any_order_and_a_phrase_in_its_own(words):
    text = INCIDENTS.frame["summary"].iloc[0]
    assert INCIDENTS.index.find(" ".join(words))[0]
    assert INCIDENTS.index.find(f"“{text}”")[0]


def test_words_may_stand_in_different_columns_and_a_phrase_may_not():
    column = [Column([(text,)], lambda marked: marked) for text in ("a beaten reporter", "in Osh")]
    index = Index(column)
    assert index.find("osh beaten").tolist() == [True]
    assert index.find('"reporter in Osh"').tolist() == [False]


def test_a_name_is_found_by_its_spellings_where_it_stands_whole():
    column = Column([("Naryn Aiyp's case",), ("Narynbek said",)], lambda marked: marked)
    index = Index([column], [Name(("Naryn",), ("Naryn", "Нарон"))])
    assert index.find("Нарон").tolist() == [True, False]


@contextmanager
def taking_turns() -> Iterator[None]:
    """Let threads take turns as often as can be."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def all_at_once(search, texts):
    """Let several readers search for the same texts at once, each in another order."""
    gate = Barrier(READERS)

    def reader(turn):
        gate.wait()
        return {(text, search(text)) for text in texts[turn:] + texts[:turn]}

    with taking_turns(), ThreadPoolExecutor(READERS) as pool:
        return set().union(*pool.map(reader, range(READERS)))


def test_readers_who_search_at_once_find_what_one_reader_finds_alone():
    alone, shared = load(DATA).incidents, load(DATA).incidents
    found = all_at_once(lambda text: shared.select(Selection(q=text)).n, TEXTS * 2)
    assert found == {(text, alone.select(Selection(q=text)).n) for text in TEXTS}


class EmptiedByAnother(dict):
    """A memory that another reader empties as soon as something stands in it."""

    def __setitem__(self, text, found):
        super().__setitem__(text, found)
        self.clear()


def test_a_search_that_another_reader_forgets_meanwhile_has_its_answer():
    shared = load(DATA).incidents
    expected = shared.select(Selection(q="kloop")).n
    shared.__dict__["_searched"] = EmptiedByAnother()
    assert shared.select(Selection(q="kloop")).n == expected


def test_no_more_than_a_few_searches_are_remembered():
    shared = load(DATA).incidents
    all_at_once(lambda text: shared.select(Selection(q=text)).n, TEXTS)
    assert 0 < len(shared._searched) <= SEARCHES + READERS
