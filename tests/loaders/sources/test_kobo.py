"""KoboToolbox's files of our form, in every dialect that it writes, and of a form of others."""

from itertools import product

import pytest

from incidents.codebook import LANGUAGES
from loaders.sources import Names, Told, Where, read
from tests.other_files import (
    CASES,
    Written,
    book_of_tables,
    filled,
    kobo_book,
    kobo_csv,
    kobo_json,
    kobo_tail,
)

COLUMNS = (
    *("dataset", "date", "date_precision", "region", "place", "place_precision", "groups"),
    *("target", "persons", "category", "violations", "perpetrator", "response", "summary"),
    *("kind", "protected", "consent"),
)
OF_SOURCES = ("source_name", "source_url", "source_published", "second_source_url", "link")


def taken(tmp_path, content, package, **told):
    file = tmp_path / "export"
    file.write_bytes(content)
    return read(file, package, Told(**told))


def rules(cases):
    return [(problem.rule, problem.where.sheet, problem.where.row) for problem in cases.problems]


@pytest.mark.parametrize(
    ("labels", "groups", "several", "between"),
    [
        *product(("", *LANGUAGES), (False, True), ("both", "summary", "details"), ("/",)),
        ("", True, "both", " > "),
        ("ru", True, "details", " > "),
    ],
)
def test_every_dialect_of_a_csv_is_the_same_cases(
    tmp_path, package, labels, groups, several, between
):
    written = Written(package, labels, groups, several, between)
    cases = taken(tmp_path, kobo_csv(map(written.row, CASES)), package)
    assert cases.problems == ()
    decided = cases.decided
    assert (decided.source, decided.form, decided.separator) == ("kobo", "csv", ";")
    assert cases.rows[list(COLUMNS)].to_numpy().tolist() == [filled(c, *COLUMNS) for c in CASES]
    assert "incident_id" not in cases.rows  # Kobo's own number is none


@pytest.mark.parametrize(("labels", "groups"), [*product(("", *LANGUAGES), (False, True))])
def test_a_workbook_has_its_sources_on_a_sheet_of_their_own(tmp_path, package, labels, groups):
    cases = taken(tmp_path, kobo_book(Written(package, labels, groups)), package)
    assert cases.problems == ()
    columns = [*COLUMNS, *OF_SOURCES]
    assert cases.rows[columns].to_numpy().tolist() == [filled(case, *columns) for case in CASES]
    assert cases.where(2, "date").sheet == "Documenting a case"
    assert cases.where(2, "second_source_url") == Where("export", "sources", 3, "C")
    assert cases.where(3, "source_name") == Where("export", "sources", 4, "A")


def test_records_as_json_have_their_sources_within(tmp_path, package):
    cases = taken(tmp_path, kobo_json(), package)
    assert cases.problems == ()
    columns = [*COLUMNS, *OF_SOURCES]
    assert cases.rows[columns].to_numpy().tolist() == [filled(case, *columns) for case in CASES]
    assert cases.decided.form == "json"
    assert cases.where(2, "region") == Where("export", "", 2, "location/region")
    assert cases.where(2, "second_source_url") == Where(
        "export", "sources", 3, "sources/source_url"
    )


def test_one_page_of_several_is_told(tmp_path, package):
    cases = taken(tmp_path, kobo_json(following="https://kobo.example/?start=1000"), package)
    assert rules(cases) == [("more_pages", "", 0)]
    assert len(cases.rows) == len(CASES)


@pytest.mark.parametrize(
    "content",
    [
        b'{"results": [{"a": ',
        b'{"results": "none"}',
        b'[{"a": 1}, 2]',
        b'[{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}]",
    ],
)
def test_json_that_is_no_list_of_records_is_one_problem(tmp_path, package, content):
    assert rules(taken(tmp_path, content, package)) == [("broken_json", "", 0)]


def test_hashtags_below_the_heads_are_no_case(tmp_path, package):
    rows = map(Written(package).row, CASES)
    tags = {"region": "#adm1+code", "groups": "#affected +group"}
    cases = taken(tmp_path, kobo_csv(rows, hashtags=tags), package)
    assert cases.problems == ()
    assert cases.rows.index.tolist() == [3, 4]
    assert cases.decided.skipped == (2,)


def test_what_no_code_says_and_what_was_refused_is_asked_about(tmp_path, package):
    first = {**CASES[0], "groups": ["women", "other"], "place": "other"}
    content = kobo_csv(map(Written(package, several="summary").row, [first, CASES[1]]))
    cases = taken(tmp_path, content, package)
    assert [(p.rule, p.value) for p in cases.problems] == [
        ("unknown_code", "other"),
        ("place_not_known", "other"),
    ]
    refused = content.replace(b'03:12:10";""', b'03:12:10";"Not approved"', 1)
    cases = taken(tmp_path, refused, package)
    assert ("refused_there", "", 2) in rules(cases)
    assert len(cases.rows) == 2


def test_a_source_too_many_is_asked_about(tmp_path, package):
    third = {"source_name": "Canary Third", "link": "open", "source_url": "https://three.example"}
    more = {**CASES[0], "sources": [*CASES[0]["sources"], third]}
    cases = taken(tmp_path, kobo_book(Written(package), [more]), package)
    assert rules(cases) == [("repeat_left", "sources", 4)]
    without = {**CASES[0], "sources": [CASES[0]["sources"][0], {"source_name": "Canary Third"}]}
    cases = taken(tmp_path, kobo_book(Written(package), [without]), package)
    assert rules(cases) == [("repeat_left", "sources", 3)]


def test_a_repeat_within_a_repeat_stays_unread(tmp_path, package):
    main = [{"date": "2022-03-05", **kobo_tail(1)}]
    child = {"source_name": "Canary", "_index": "1", "_parent_table_name": "Form"}
    nested = {"place": "Кант", "_index": "1", "_parent_table_name": "sources"}
    tables = {
        "Form": main,
        "sources": [{**child, "_parent_index": "1"}],
        "copies": [{**nested, "_parent_index": "1"}],
    }
    cases = taken(tmp_path, book_of_tables(tables), package)
    assert cases.problems == ()
    assert list(cases.rows) == ["date", "date_precision", "source_name"]
    assert cases.decided.unread["copies!A"] == "place"


OTHERS = """"start";"end";"incident/date";"incident/region";"incident/groups";\
"incident/groups/women";"incident/groups/uzbek";"incident/groups/lgbt";"loc";"incident/_loc_latitude";\
"incident/_loc_longitude";"incident/_loc_altitude";"incident/_loc_precision";"incident/n";\
"incident/note";"_id";"_uuid";"_submission_time";"_validation_status";"_notes";"_status";\
"_submitted_by";"__version__";"_tags";"meta/rootUuid";"_index"
"2026-03-05T09:10:11.123+06:00";"2026-03-05T09:12:00.000+06:00";"2026-03-05";"";"women uzbek";"1";\
"1";"0";"42.87 74.59 0 0";"42.87";"74.59";"0";"0";"3";"Канарейка; ""цитата"", запятая
вторая строка";"101";"u-1";"2026-03-05T03:12:10";"validation_status_approved";"";\
"submitted_via_web";"";"vAAA";"";"uuid:u-1";"1"
"2026-03-06T09:10:11.123+06:00";"2026-03-06T09:12:00.000+06:00";"2026-03-06";"";"";"";"";"";"";"";\
"";"";"";"";"";"102";"u-2";"2026-03-06T03:12:10";"";"";"submitted_via_web";"keeper";"vAAA";"";\
"uuid:u-2";"2"
"""
"""A form that others made, as Kobo exports it with names and groups."""


def test_a_form_of_others_is_read_as_far_as_it_is_told(tmp_path, package):
    mapping = [
        {"header": "note", "column": "summary"},
        {"header": "n", "column": "persons"},
        {"value": "uzbek", "column": "groups", "code": "ethnic_minority"},
    ]
    content = OTHERS.replace("\n", "\r\n").replace("запятая\r\n", "запятая\n").encode()
    cases = taken(tmp_path, content, package, names=Names.of(mapping))
    assert cases.problems == ()
    columns = ["date", "region", "place_precision", "groups", "persons", "summary"]
    summary = 'Канарейка; "цитата", запятая вторая строка'
    assert cases.rows[columns].to_numpy().tolist() == [
        ["2026-03-05", "KG-GB", "region", "women;ethnic_minority", "3", summary],
        ["2026-03-06", "", "", "", "", ""],
    ]
    assert cases.where(2, "groups") == Where("export", "", 2, "F")
    assert "loc" in cases.decided.unread.values()


def test_an_answer_that_no_version_has_is_asked_about_once(tmp_path, package):
    """Kobo writes a tick behind the last head, and again in the rows below."""
    head, *rows = kobo_csv(map(Written(package).row, [CASES[1]] * 3)).split(b"\r\n")[:-1]
    content = b"\r\n".join([head, rows[0], rows[1] + b';"1"', rows[2] + b';"1"'])
    cases = taken(tmp_path, content, package)
    assert rules(cases) == [("answer_gone", "", 3)]
    assert len(cases.rows) == 3
