import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.filters import FACETS
from incidents.selection import (
    Display,
    Problem,
    Selection,
    Span,
    first_day,
    known_codes,
    last_day,
    unknown_parameters,
)
from loaders import load
from tests.conftest import DATA

PACKAGE = load(DATA)
CODES = known_codes(PACKAGE.codebook, list(PACKAGE.incidents.places.index))


def as_lists(query):
    return {name: [value] if isinstance(value, str) else value for name, value in query.items()}


def some(listed):
    codes = CODES[listed]
    return st.sets(st.sampled_from(codes), max_size=3).map(
        lambda chosen: tuple(c for c in codes if c in chosen)
    )


periods = st.one_of(
    st.just(""),
    st.integers(2000, 2030).map(str),
    st.tuples(st.integers(2000, 2030), st.integers(1, 12)).map(lambda p: f"{p[0]}-{p[1]:02}"),
)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=100).map(
    lambda text: " ".join(text.split())
)
selections = st.builds(
    Selection,
    start=periods,
    end=periods,
    q=words,
    **{name: some(FACETS[name].listed) for name in FACETS},
).filter(lambda s: not (s.start and s.end) or first_day(s.start) <= last_day(s.end))

FILTERS = [(name, code) for name, facet in FACETS.items() for code in CODES[facet.listed]]
narrow = st.builds(
    lambda chosen, start, end: Selection(start=start, end=end, **{n: (c,) for n, c in chosen}),
    st.lists(st.sampled_from(FILTERS), max_size=2, unique_by=lambda f: f[0]),
    start=periods,
    end=periods,
).filter(lambda s: not (s.start and s.end) or first_day(s.start) <= last_day(s.end))
"""Selections of two filters and dates: unlike those above, most find something."""


@given(selections)
def test_a_selection_survives_its_way_through_the_address(selection):
    assert Selection.from_query(as_lists(selection.to_query()), CODES) == (selection, [])


@given(selections)
def test_equal_selections_have_one_address_whatever_the_order_of_codes(selection):
    shuffled = {name: values[::-1] for name, values in as_lists(selection.to_query()).items()}
    found, _ = Selection.from_query(shuffled, CODES)
    assert found == selection
    assert hash(found) == hash(selection)


@given(st.dictionaries(st.sampled_from([*FACETS, "from", "to", "q"]), st.lists(st.text())))
def test_no_address_breaks_the_reading_and_nothing_is_dropped_in_silence(query):
    selection, problems = Selection.from_query(query, CODES)
    assert Selection.from_query(as_lists(selection.to_query()), CODES) == (selection, [])
    for name in FACETS:
        kept = set(getattr(selection, name))
        named = {p.value for p in problems if p.parameter == name}
        assert set(query.get(name, [])) == kept | named


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"group": ["martians"]}, Problem("group", "martians", "unknown")),
        ({"from": ["yesterday"]}, Problem("from", "yesterday", "not_a_period")),
        ({"to": ["2021-13"]}, Problem("to", "2021-13", "not_a_period")),
        ({"to": ["20٢١"]}, Problem("to", "20٢١", "not_a_period")),
        ({"from": ["2022"], "to": ["2021"]}, Problem("to", "2021", "before_from")),
        ({"place": ["1"]}, Problem("place", "1", "unknown")),
        ({"q": ["x" * 101]}, Problem("q", "x" * 100 + "…", "too_long")),
    ],
)
def test_what_does_not_exist_is_named_and_left_out(query, problem):
    assert Selection.from_query(query, CODES)[1] == [problem]


def test_the_end_of_a_range_may_be_a_month_of_its_first_year():
    query = {"from": ["2021"], "to": ["2021-03"]}
    assert Selection.from_query(query, CODES) == (Selection(start="2021", end="2021-03"), [])


def test_a_part_can_be_taken_out():
    chosen = Selection(group=("women",), start="2021", q="x")
    assert chosen.without("group", "start") == Selection(q="x")


@pytest.mark.parametrize(
    ("query", "display", "problems"),
    [
        ({"lang": ["ru"], "per": ["month"]}, Display(lang="ru", per="month"), []),
        ({"lang": ["de"]}, Display(), [Problem("lang", "de", "unknown")]),
        ({"page": ["3"], "a": ["2019"]}, Display(page=3, a=Span("2019", "2019")), []),
        ({"a": ["2018..2019"]}, Display(a=Span("2018", "2019")), []),
        ({"a": ["2018-2019"]}, Display(a=Span("2018", "2019")), []),
        ({"b": ["2018-03 – 2018-09"]}, Display(b=Span("2018-03", "2018-09")), []),
        ({"b": ["2019..2018"]}, Display(), [Problem("b", "2019..2018", "not_a_span")]),
        ({"b": ["20٢٠"]}, Display(), [Problem("b", "20٢٠", "not_a_span")]),
        ({"page": ["0"]}, Display(), [Problem("page", "0", "not_a_page")]),
        ({"b": ["soon"]}, Display(), [Problem("b", "soon", "not_a_span")]),
    ],
)
def test_the_display_is_read_and_written_apart_from_the_selection(query, display, problems):
    assert Display.from_query(query) == (display, problems)
    assert Display.from_query(as_lists(display.to_query())) == (display, [])


def test_misspelt_parameters_are_named_but_not_the_marks_other_sites_add():
    query = {"gruop": ["women"], "utm_source": ["x"], "fbclid": ["y"], "group": ["women"]}
    assert unknown_parameters(query) == [Problem("gruop", "women", "no_such_parameter")]
