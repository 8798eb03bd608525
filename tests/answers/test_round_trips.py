"""From an address to a question and back: nothing is lost, moved, or dropped in silence."""

import random
from dataclasses import replace
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answers import citing
from answers.question import ask
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend
from answers.surfaces.records import Records
from incidents.codebook import LANGUAGES
from incidents.filters import DISPLAY, FACETS, PARAMETERS
from incidents.selection import Display, Selection, Span
from loaders.shelf import Shelf
from tests.asking import question
from tests.combining import displays, pairs
from tests.conftest import DATA
from tests.incidents.test_selection import selections

SHELF = Shelf(lambda: DATA).look()
PATHS = (
    "",
    "map",
    "trends",
    "records",
    "claims",
    "impact",
    "methodology",
    "codes",
    "cited",
    "reader-safety",
)

months = st.tuples(st.integers(2015, 2027), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}")
spans = st.one_of(st.integers(2015, 2027).map(str), months).map(lambda text: Span(text, text))
choices = {part.name: st.sampled_from(list(part.choices)) for part in DISPLAY if part.choices}
shown = st.builds(
    Display, a=st.none() | spans, b=st.none() | spans, page=st.integers(1, 999), **choices
)
strangers = st.text("abcdefghij", min_size=3, max_size=8).filter(lambda t: t not in PARAMETERS)


def query_of(selection, display=None):
    """Write a question's parameters, each as a list of values."""
    written = {**selection.to_query(), **(display.to_query() if display else {})}
    return {name: [v] if isinstance(v, str) else list(v) for name, v in written.items()}


def asked(query, path="records"):
    return ask(query, path, SHELF, "en")


def shuffled(query, seed):
    """Put the parameters, and the values of each, in another order."""
    draw = random.Random(seed)  # noqa: S311  # the same order at every run
    names = draw.sample(list(query), len(query))
    return {n: draw.sample(query[n], len(query[n])) if n in FACETS else query[n] for n in names}


@given(selections, shown, st.integers(0, 99), st.sampled_from(PATHS))
@settings(max_examples=15)
def test_a_question_written_and_read_again_is_the_same_question(selection, display, seed, path):
    first = asked(shuffled(query_of(selection, display), seed), path)
    assert first.problems == ()
    assert (first.selection, first.display, first.path) == (selection, display, path)
    text = urlencode(first.query(**vars(display)), doseq=True)
    again = asked(parse_qs(text, keep_blank_values=True), path)
    assert (again.selection, again.display, again.problems) == (selection, display, ())
    assert again.subset.n == first.subset.n
    assert again.t is first.t


@given(selections, st.integers(0, 99))
@settings(max_examples=20)
def test_the_link_of_a_citation_opens_what_was_cited(selection, seed):
    first = asked(shuffled(query_of(selection), seed))
    answer = first.answer(Records)
    opened = question(answer.citation.link)
    assert opened.selection == selection
    assert opened.problems == ()
    assert opened.display.release == first.package.release
    assert opened.subset.n == answer.amount.n
    assert opened.answer(Records).citation.link == answer.citation.link
    assert opened.answer(Records).citation.fingerprint == answer.citation.fingerprint


@given(selections, st.data())
@settings(max_examples=15)
def test_unknown_codes_beside_known_ones_are_named_and_the_known_ones_hold(selection, data):
    query = query_of(selection)
    wrong = data.draw(
        st.dictionaries(st.sampled_from(list(FACETS)), st.sets(strangers, max_size=2))
    )
    for name, values in wrong.items():
        query[name] = data.draw(st.permutations([*query.get(name, []), *sorted(values)]))
    found = asked(query)
    assert found.selection == selection
    named = {(p.parameter, p.value) for p in found.problems}
    assert named == {(name, value) for name, values in wrong.items() for value in values}
    assert {p.why for p in found.problems} <= {"unknown"}


@given(selections, st.data())
@settings(max_examples=20)
def test_a_code_said_twice_counts_once(selection, data):
    query = query_of(selection)
    for name in [name for name in FACETS if name in query]:
        repeated = query[name] * data.draw(st.integers(1, 3))
        query[name] = data.draw(st.permutations(repeated))
    found = asked(query)
    assert (found.selection, found.problems) == (selection, ())


@given(
    selections,
    shown,
    st.dictionaries(strangers, st.lists(strangers, min_size=1, max_size=2), max_size=3),
)
@settings(max_examples=20)
def test_a_parameter_that_does_not_exist_changes_nothing_and_is_named(selection, display, others):
    found = asked({**others, **query_of(selection, display)})
    assert (found.selection, found.display) == (selection, display)
    assert {p.parameter for p in found.problems} == set(others)


@given(
    st.dictionaries(
        st.sampled_from([name for name in PARAMETERS if name != "release"]),
        st.lists(st.text(max_size=20), min_size=1, max_size=3),
        max_size=6,
    ),
    st.sampled_from(PATHS),
)
@settings(max_examples=25)
def test_whatever_an_address_holds_there_is_a_question_and_its_own_address_has_no_problem(
    query, path
):
    found = asked(query, path)
    text = urlencode({**found.query(), "lang": found.t.code}, doseq=True)
    again = asked(parse_qs(text, keep_blank_values=True), path)
    assert again.problems == ()
    assert again.selection == found.selection
    assert again.subset.n == found.subset.n


@pytest.mark.parametrize("address", displays(8))
def test_what_is_shown_otherwise_is_still_the_same_records(address):
    found = question(f"/?{address}")
    plainly = question("/?" + urlencode(found.selection.to_query(), doseq=True))
    assert found.problems == ()
    assert found.subset.fingerprint == plainly.subset.fingerprint
    for surface in (Map, Trend, Groups, Records):
        one, other = found.answer(surface), plainly.answer(surface)
        assert one.citation.fingerprint == other.citation.fingerprint
        assert one.citation.filters == other.citation.filters
        assert one.amount.of == other.amount.of


@pytest.mark.parametrize("surface", [Map, Trend, Groups, Records])
@pytest.mark.parametrize("address", displays(3, 5))
def test_the_link_of_a_citation_shows_the_numbers_that_were_cited(address, surface):
    first = question(f"/{surface.page}?{address}").answer(surface)
    link = first.citation.link
    again = question(link).answer(surface)
    assert again.asked.problems == ()
    assert (again.title, again.amount, again.alt) == (first.title, first.amount, first.alt)
    assert again.table.rows.equals(first.table.rows)
    assert citing.texts(again.citation, again.t) == citing.texts(first.citation, first.t)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", pairs(3)[::13])
def test_an_address_made_in_one_language_selects_the_same_in_another(address, lang):
    here = question(f"/records?{address}&lang=en")
    there = question(f"/records?{urlencode(here.query(lang=lang), doseq=True)}")
    assert there.selection == here.selection
    assert there.subset.fingerprint == here.subset.fingerprint
    assert there.t.code == lang
    assert replace(there.display, lang="en") == here.display


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"group": "women"}, {"group": "children"}),
        ({"region": "KG-GB"}, {"region": "ONLINE"}),
        ({"checked": "twice"}, {"checked": "once"}),
    ],
)
def test_one_code_more_and_one_less_is_where_one_began(first, then):
    (name, code), (_, other) = *first.items(), *then.items()
    chosen = Selection(**{name: (code,)})
    assert chosen.more(name, other).less(name, other) == chosen
    both = question(f"/?{name}={code}&{name}={other}").subset
    alone = [question(f"/?{name}={one}").subset for one in (code, other)]
    ids = [set(subset.records()["incident_id"]) for subset in (both, *alone)]
    assert ids[0] == ids[1] | ids[2]
