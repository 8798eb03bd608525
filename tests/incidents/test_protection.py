"""The rules that protect people, each at its edge, on made-up records of a few cells."""

import re
from dataclasses import FrozenInstanceError, replace
from pathlib import Path

import pandas as pd
import pytest

from incidents import protection
from incidents.codebook import Codebook
from incidents.protection import DELAY, FREE_TEXT, PERSONAL, RULES, SOURCES, Circumstances, K

CODES = Path(__file__).parents[2] / "data" / "codebook"

LISTED = {
    "project": "",
    "date": "2021-01-01",
    "date_precision": "year",
    "date_end": "",
    "region": "KG",
    "place": "",
    "groups": "lgbtq",
    "target": "person",
    "persons": "",
    "violations": "threat",
    "summary": "",
    "source_name": "A publisher that does not exist",
    "source_url": "",
    "source_published": "2021",
    "second_source_url": "",
    "episode": "",
    "same_event": "",
    "protected": "yes",
    "consent": "public_source",
    "link": "withheld",
}
"""A protected record that keeps every rule."""

OPEN = {
    **LISTED,
    "date": "2021-03-28",
    "date_precision": "day",
    "date_end": "2021-03-29",
    "region": "KG-N",
    "place": "1",
    "groups": "journalists",
    "persons": "2",
    "violations": "threat;detention",
    "summary": "Something that never happened.",
    "source_url": "https://example.org/1",
    "source_published": "2021-03-30",
    "second_source_url": "https://example.org/2",
    "episode": "E-1",
    "same_event": "X-0001",
    "protected": "",
    "link": "open",
}
"""A record that is not protected, with everything a protected one may not show."""


def codebook() -> Codebook:
    """The bundled code lists that the rules ask."""
    lists = {
        name: pd.read_csv(CODES / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("datasets", "groups", "violations", "consents")
    }
    none = pd.DataFrame()
    return Codebook(
        {n: rows.set_index("code") for n, rows in lists.items()}, none, none, none, none
    )


CODEBOOK = codebook()
PUBLISHABLE = CODEBOOK.column("consents", "publishable")


def about(dataset="rights", released="2026-11-24", collected_to="2026-02-28"):
    days = pd.Timestamp(released), pd.Timestamp(collected_to)
    return Circumstances(dataset, CODEBOOK, *days)


def table(*rows):
    return pd.DataFrame(rows, dtype=str)


def broken(*rows, **circumstances):
    return protection.broken(table(*rows), about(**circumstances))


@pytest.mark.parametrize("dataset", ["media", "rights"])
@pytest.mark.parametrize("row", [LISTED, OPEN], ids=["listed", "open"])
def test_a_coarse_protected_record_and_a_full_open_one_break_no_rule(row, dataset):
    assert broken(row, dataset=dataset) == []


FINER = [
    ("protected_date", "date_precision", "day"),
    ("protected_date", "date_precision", "month"),
    ("protected_date", "date_end", "2021-01-02"),
    ("protected_place", "place", "1"),
    ("protected_region", "region", "KG-N"),
    ("protected_text", "summary", "Something that never happened."),
    ("protected_text", "persons", "1"),
    ("protected_source", "source_url", "https://example.org/1"),
    ("protected_source", "second_source_url", "https://example.org/2"),
    ("protected_source", "link", "open"),
    ("protected_source", "link", "mirror"),
    ("protected_source", "source_published", "2021-03"),
    ("protected_source", "source_published", "2021?"),
    ("protected_act", "violations", "threat;detention"),
    ("protected_sequence", "episode", "E-1"),
    ("protected_sequence", "same_event", "X-0001"),
]
"""What a protected record may not say: the rule it breaks, the column, the value."""


@pytest.mark.parametrize(("rule", "column", "value"), FINER)
def test_a_protected_record_that_says_more_breaks_one_rule_and_an_open_one_none(
    rule, column, value
):
    assert broken({**LISTED, column: value}, {**OPEN, column: value}) == [(0, column, rule)]


@pytest.mark.parametrize("word", ["yes", "no", "YES", "?"])
def test_any_word_in_the_column_protected_protects(word):
    row = {**LISTED, "protected": word, "place": "1"}
    assert broken(row) == [(0, "place", "protected_place")]


@pytest.mark.parametrize(
    ("column", "value"),
    [("date_precision", "unknown"), ("source_published", ""), ("region", "ONLINE")],
)
def test_what_is_vaguer_still_may_be_said(column, value):
    assert broken({**LISTED, column: value}) == []


def test_every_broken_cell_is_named_by_the_index_of_its_row_its_column_and_its_rule():
    rows = table(OPEN, {**LISTED, "place": "1", "date_precision": "day"}, LISTED, LISTED)
    rows.loc[3, "episode"] = "E-1"
    rows.index = pd.Index([2, 3, 5, 7])
    assert protection.broken(rows, about()) == [
        (3, "date_precision", "protected_date"),
        (3, "place", "protected_place"),
        (7, "episode", "protected_sequence"),
    ]


@pytest.mark.parametrize(
    ("dataset", "groups", "violations", "target", "must"),
    [
        ("rights", "lgbtq", "threat", "person", True),
        ("media", "lgbtq", "threat", "person", True),
        ("rights", "women;children", "threat", "person", True),
        ("rights", "women", "threat", "person", False),
        ("rights", "lgbtq", "threat", "organisation", False),
        ("rights", "lgbtq", "threat", "event", False),
        ("rights", "women", "domestic_violence", "person", True),
        ("rights", "women", "threat;domestic_violence", "person", True),
        ("rights", "women", "domestic_violence", "community", False),
        # what is done to media workers for their work is done in public
        ("media", "journalists", "disclosure_of_identity", "person", False),
        ("rights", "journalists", "disclosure_of_identity", "person", True),
    ],
)
def test_groups_protect_a_person_everywhere_and_acts_in_the_rights_dataset(
    dataset, groups, violations, target, must
):
    row = {**OPEN, "groups": groups, "violations": violations, "target": target}
    marked = protection.must_be_protected(table(row), about(dataset))
    assert list(marked) == [must]
    one_act = violations.split(";")[-1]
    listed = {**LISTED, "groups": groups, "violations": one_act, "target": target}
    assert broken(row, listed, dataset=dataset) == [(0, "protected", "unprotected")] * must


@pytest.mark.parametrize(
    ("groups", "target", "listed"),
    [
        ("lgbtq", "person", False),
        ("women;lgbtq", "person", False),
        ("lgbtq", "event", True),
        ("women", "person", True),
    ],
)
def test_a_person_of_a_group_that_is_counted_and_never_listed_is_in_no_file_of_records(
    groups, target, listed
):
    only_counted = codebook()
    only_counted.lists["groups"].loc["lgbtq", "protected"] = "aggregate_only"
    row = table({**LISTED, "groups": groups, "target": target})
    found = protection.broken(row, replace(about(), codebook=only_counted))
    assert found == ([] if listed else [(0, "groups", "aggregate_only")])


def placed(year="2021", region="KG-N", **others):
    return {**LISTED, "date": f"{year}-01-01", "region": region, **others}


@pytest.mark.parametrize(
    ("others", "shared"),
    [
        ([placed()] * (K - 2), False),
        ([placed()] * (K - 1), True),
        ([placed()] * K, True),
        ([placed(year="2020")] * K, False),
        ([placed(region="KG-O")] * (K - 1), False),
        ([placed(region="KG")] * K, False),
        ([{**OPEN, "region": "KG-N"}] * K, False),
    ],
    ids=["K-1", "K", "K+1", "another year", "another region", "no region", "not protected"],
)
def test_a_region_is_named_only_where_enough_protected_records_of_the_year_share_it(others, shared):
    found = [problem for problem in broken(placed(), *others) if problem[0] == 0]
    assert found == [] if shared else [(0, "region", "protected_region")]


def test_how_many_share_a_region_is_counted_within_a_year_whatever_the_month():
    rows = [{**placed(), "date": f"2021-{month:02}-01"} for month in range(1, K + 1)]
    assert broken(*rows) == []


@pytest.mark.parametrize(
    ("date", "collected_to", "last"),
    [
        ("2021-01-01", "2026-02-28", "2021-12-31"),
        ("2026-01-01", "2026-02-28", "2026-02-28"),
        ("2026-01-01", "2026-12-31", "2026-12-31"),
        ("", "2026-02-28", "2026-02-28"),
    ],
    ids=["a year that is over", "the year in which collection ended", "to its end", "no date"],
)
@pytest.mark.parametrize(("days", "kept"), [(DELAY - 1, False), (DELAY, True), (DELAY + 1, True)])
def test_a_protected_record_is_shown_only_when_its_delay_is_over(
    date, collected_to, last, days, kept
):
    released = pd.Timestamp(last) + pd.Timedelta(days=days)
    when = {"released": released, "collected_to": collected_to}
    found = broken({**LISTED, "date": date}, {**OPEN, "date": date}, **when)
    assert found == ([] if kept else [(0, "date", "protected_delay")])


def test_the_figures_are_those_the_methodology_promises():
    assert (K, DELAY) == (3, 90)


@pytest.mark.parametrize(
    ("consent", "kept"),
    [
        *(
            (code, mark == "yes")
            for code, mark in CODEBOOK.column("consents", "publishable").items()
        ),
        ("", False),
        ("unheard_of", False),
    ],
)
def test_what_was_not_agreed_to_is_not_published(consent, kept):
    found = broken({**LISTED, "consent": consent}, {**OPEN, "consent": consent})
    assert found == ([] if kept else [(0, "consent", "consent"), (1, "consent", "consent")])


PERSONAL_TEXTS = {
    "phone number": [
        "Call +996 555 123 456.",
        "Call 00996555123456",
        "996-(555)-12-34-56",
        "Тел. 0555 12 34 56",
        "0555-123-456",
        "0312123456",
    ],
    "e-mail address": ["write to first.last+x@mail-box.example.org", "a@b.kg"],
    "personal number": ["ИНН 21203198700123.", "(10101200000001)"],
    "exact age": [
        "a 34-year-old teacher",
        "She is 7 years old.",
        "34-летняя жительница",
        "17 жаштагы кыз",
        "17 жашар кыз",
        "aged 34",
        "at age 7",
    ],
    "street address": [
        "at 109 Canary Street",
        "at 109a, Canary avenue",
        "109б, Канареечная Avenue",
        "на ул. Канареечная, 109",
        "улица «Канареечная», д. 109",
        "пр. Канареечный, дом 109",
        "проспект Канареечный 109",
        "Канарейка көчөсү, 109",
        "Канарейка проспектиси 109",
    ],
    "coordinates": ["at 42.871209, 74.609109", "39.123° 69.123°", "42.871;74.609"],
}
"""Personal data of nobody, by the name of the pattern that finds it."""

HARMLESS = [
    "13 million soms, 300,000 people, 17 May 2024, 2018-2022, article 299-2",
    "1996 555 123 456",
    "0.996555123456",
    "+996 55 123 456",
    "+996 555 123 4567",
    "x0555 123 456",
    "2.0555 123 456",
    "0555 12 34",
    "0555 12 34 567",
    "Ask @example.org",
    "a@example, a@example.o",
    "31203198700123",
    "2120319870012",
    "212031987001234",
    "x21203198700123",
    "134-year-old",
    "34 years in prison",
    "34 летом",
    "teenaged 34",
    "aged 340",
    "Canary Street",
    "109 canary street",
    "109 Canary Streets",
    "ул. Канареечная",
    "ул. канареечная, 109",
    "Канарейка көчөсү",
    "канарейка көчөсү, 109",
    "42.87, 74.60",
    "52.871209, 74.609109",
    "42.871209, 84.609109",
    "142.871209, 74.609109",
]
"""What looks a little like personal data and is none."""


@pytest.mark.parametrize(
    ("name", "text"), [(name, text) for name, texts in PERSONAL_TEXTS.items() for text in texts]
)
def test_personal_data_is_found_in_any_free_text_of_any_record(name, text):
    found = [kind for kind, pattern in PERSONAL.items() if re.search(pattern, text)]
    assert found == [name]
    rows = [{**OPEN, column: text} for column in FREE_TEXT]
    assert broken(*rows, {**LISTED, "source_name": text}) == [
        (0, "summary", "personal_data"),
        (1, "source_name", "personal_data"),
        (3, "source_name", "personal_data"),
        (2, "project", "personal_data"),
    ]


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_looks_like_personal_data_is_left_alone(text):
    assert [kind for kind, pattern in PERSONAL.items() if re.search(pattern, text)] == []
    assert broken({**OPEN, "summary": text}) == []


@pytest.mark.parametrize(
    ("row", "hidden"),
    [
        (LISTED, True),
        (OPEN, False),
        ({**OPEN, "protected": "no"}, True),
        ({**OPEN, "groups": "lgbtq"}, True),
        ({**OPEN, "groups": "women", "violations": "domestic_violence"}, True),
        *(({**OPEN, column: "Call +996 555 123 456."}, True) for column in FREE_TEXT),
    ],
)
def test_no_fault_repeats_a_value_of_a_record_that_is_or_should_be_protected(row, hidden):
    rows = table(OPEN, row, OPEN)
    assert list(protection.hides_value(rows, about())) == [False, hidden, False]


def test_every_rule_has_a_name_of_its_own_and_follows_a_source_that_can_be_opened():
    names = [rule.name for rule in RULES]
    assert len(set(names)) == len(names)
    assert {source for rule in RULES for source in rule.follows} == set(SOURCES)
    assert all(rule.follows for rule in RULES)
    for title, address in SOURCES.values():
        assert re.fullmatch(r"(OCHA|OSCE ODIHR)\b.+ \(\d{4}\)", title)
        assert re.fullmatch(r"https://[a-z.]+/[a-z0-9./-]+", address)


def test_no_rule_can_be_changed_while_the_house_is_open():
    with pytest.raises(FrozenInstanceError):
        RULES[0].columns = ()
    with pytest.raises(FrozenInstanceError):
        about().released = pd.Timestamp("2000-01-01")
