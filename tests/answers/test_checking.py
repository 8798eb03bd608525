"""Planted problems: all of them are found and nothing else, each in words, in three languages."""

import json

import pytest

from answers.checking import ERROR, NOTE, QUESTION, report
from answers.sources import problem_rules
from incidents.codebook import LANGUAGES
from incidents.screening import QUESTIONS
from keeper.checking import ends_with
from loaders.checking import check
from loaders.language import language
from loaders.sources import Told, read
from tests.broken_files import ASKED, REFUSED, book_of, csv_of
from tests.checking_files import PLANTED, PROTECTED, TODAY, planted, rows_of
from tests.other_files import archive_of


def told(tmp_path, package, content, lang="en", **how):
    path = tmp_path / "cases.csv"
    path.write_bytes(content)
    checked = check(read(path, package, Told(**how)), package, TODAY)
    return report(checked, package, language(lang))


def asked(found):
    return [(each.rule, each.row, each.column) for each in found.problems]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_planted_is_found_and_nothing_else(tmp_path, package, lang):
    content, expected = planted()
    found = told(tmp_path, package, content, lang)
    assert len(asked(found)) == len(expected)
    assert set(asked(found)) == expected
    for each in found.problems:
        assert each.why.endswith(".")
        assert each.remedy.endswith(".")
        assert each.cell.endswith(str(each.row))
    assert len(found.lines) == len(set(found.lines))


@pytest.mark.parametrize("lang", ["ky", "ru"])
def test_nothing_is_said_in_english_to_others(tmp_path, package, lang):
    content, _ = planted()
    english = told(tmp_path, package, content)
    other = told(tmp_path, package, content, lang)
    for mine, its in zip(english.problems, other.problems, strict=True):
        assert (mine.rule, mine.cell) == (its.rule, its.cell)
        assert mine.why != its.why
        assert mine.remedy != its.remedy
    assert not {*english.lines} & {*other.lines}


def test_a_sound_file_and_the_published_one_have_no_errors(tmp_path, package):
    found = told(tmp_path, package, csv_of(*rows_of({}, {}, {})))
    assert found.problems == ()
    assert found.lines[-1] == "cases.csv: nothing found in 3 rows."
    for table in package.descriptor.files.values():
        content = package.files[table.path]
        grave = {(p.rule, p.severity) for p in told(tmp_path, package, content).problems}
        late = {("protected_delay", ERROR)}  # of the year that is not over when it is checked
        assert grave - late <= {(rule, QUESTION) for rule in QUESTIONS}


def test_of_protected_rows_and_of_personal_data_no_value_is_repeated(tmp_path, package):
    content, _ = planted()
    found = told(tmp_path, package, content)
    rules = {"personal_data"} | {
        rule for each in PLANTED for rule, _ in each.asked if "prot" in rule
    }
    hidden = [each for each in found.problems if each.rule in rules]
    assert len(hidden) > 10
    assert {each.value for each in hidden} == {""}
    for secret in ("0555", "AN0000000", "canary@", "Примерной", "01KG"):
        assert secret not in "\n".join(found.lines)
        assert secret not in json.dumps(found.told, ensure_ascii=False)


def test_nothing_else_of_a_row_with_personal_data_is_repeated_either(tmp_path, package):
    text = "Разогнали вечер поэзии в парке: звонить 0555 00 00 00"
    cells = {"date": "2023-07-03", "source_published": "", "summary": text}
    found = told(tmp_path, package, csv_of(*rows_of(cells, cells)))
    (alike,) = [each for each in found.problems if each.rule == "alike"]
    assert (alike.value, alike.other) == ("", "J2")
    assert "0555" not in "\n".join(found.lines)


def test_what_a_hidden_row_is_like_is_named_and_not_told(tmp_path, package):
    frame = package.incidents.frame
    plain = ~frame["summary"].str.contains('"') & (frame["target"] == "person")
    record = frame[plain & ~frame["protected"] & (frame["date_precision"] == "day")].iloc[0]
    names = ("date", "region", "category", "violations", "summary")
    alike = {name: str(record[name]) for name in names} | {"target": "person", "groups": "women"}
    row = alike | {"summary": "Разогнали вечер поэзии в парке: люди ушли"}
    cells = (alike | {"groups": "lgbtq"}, row, row | {"groups": "lgbtq"})
    quoted = [[f'"{cell}"' for cell in each] for each in rows_of(*cells)]
    found = told(tmp_path, package, csv_of(*quoted))
    summary = quoted[0].index('"summary"')
    others = {each.row: each.other for each in found.problems if each.rule == "alike"}
    assert others == {2: record["incident_id"], 4: f"{chr(ord('A') + summary)}3"}


@pytest.mark.parametrize("name", ["a\x1b[31m.csv", "a\nb: nothing found.csv", "a\u202eb.csv"])
def test_the_name_of_a_table_writes_no_line_of_its_own(tmp_path, package, name):
    cases = csv_of(*rows_of({"perpetrator": ""}))
    for parts in ({name: cases}, {name: cases, f"2{name}": cases}):
        for line in told(tmp_path, package, archive_of(parts)).lines:
            assert line.startswith("cases.csv")
            assert not {*"\x1b\n\u202e"} & {*line}


def test_a_telephone_number_is_repeated_from_no_cell(tmp_path, package):
    cells = {"place": "0555 00 00 00", "perpetrator": "+996 555 00 00 00"}
    found = told(tmp_path, package, csv_of(*rows_of(cells)))
    assert len(found.problems) == 2
    assert {each.value for each in found.problems} == {""}


def test_a_row_whose_code_is_not_read_either_is_hidden_where_it_may_be_of_a_person(
    tmp_path, package
):
    cells = {"groups": "lgbtq", "target": "personn", "summary": "Canary"}
    found = told(tmp_path, package, csv_of(*rows_of(cells)))
    assert "protected_text" in {each.rule for each in found.problems}
    assert {each.value for each in found.problems} == {""}


def test_what_publishing_makes_coarser_by_itself_is_no_error(tmp_path, package):
    found = told(tmp_path, package, csv_of(*rows_of(PROTECTED)))
    notes = [each for each in found.problems if each.severity == NOTE]
    assert {"protected_date", "protected_text", "unprotected"} <= {each.rule for each in notes}
    assert all("Publishing makes it coarser" in each.remedy for each in notes)
    assert {each.rule for each in found.problems if each.severity == ERROR} == set()
    assert "0 errors, 0 questions" in found.lines[-1]
    assert ends_with([found]) == 0


def test_a_protected_record_is_compared_with_nothing(tmp_path, package):
    frame = package.incidents.frame
    record = frame[frame["protected"] & (frame["date"] != "")].iloc[0]
    same = {name: str(record[name]) for name in ("region", "groups", "category", "violations")}
    same |= {"date": record["date"][:4], "target": "person", "link": "withheld"}
    same |= {"source_url": "", "source_published": record["date"][:4], "summary": ""}
    found = told(tmp_path, package, csv_of(*rows_of(same)))
    assert "alike" not in {each.rule for each in found.problems}
    assert record["incident_id"] not in json.dumps(found.told)


def test_a_record_and_a_row_that_are_alike_are_both_shown(tmp_path, package):
    frame = package.incidents.frame
    plain = ~frame["summary"].str.contains('"')
    chosen = frame[plain & ~frame["protected"] & (frame["date_precision"] == "day")].iloc[0]
    names = ("date", "region", "groups", "target", "category", "violations", "summary")
    same = {name: str(chosen[name]) for name in names} | {"source_published": ""}
    quoted = [[f'"{cell}"' for cell in row] for row in rows_of(same)]
    (alike,) = [p for p in told(tmp_path, package, csv_of(*quoted)).problems if p.rule == "alike"]
    assert (alike.severity, alike.score) == (QUESTION, 100)
    assert alike.value[:40] == chosen["summary"][:40]
    assert alike.other.startswith(f"{chosen['incident_id']}: {chosen['date']} ")
    assert chosen["summary"][:40] in alike.other


def test_a_publisher_known_only_withheld_is_asked_about(tmp_path, package):
    frame = package.incidents.frame
    open_records = frame[~frame["protected"]]
    linked = set(open_records.loc[open_records["link"] != "withheld", "source_name"])
    withheld = sorted(set(open_records["source_name"]) - linked)
    cells = [{"source_name": name.replace(",", " ")} for name in (withheld[0], "24.kg")]
    found = told(tmp_path, package, csv_of(*rows_of(*cells)))
    assert asked(found) == [("closed_publisher", 2, "source_name")]


def test_a_column_that_lacks_is_named_once(tmp_path, package):
    head, *rows = rows_of({}, {}, {})
    kept = [at for at, name in enumerate(head) if name not in ("consent", "place", "date")]
    content = csv_of(*([row[at] for at in kept] for row in (head, *rows)))
    found = told(tmp_path, package, content)
    assert sorted(asked(found)) == [("no_column", 1, "consent"), ("no_column", 1, "date")]
    assert {each.cell for each in found.problems} == {"1:1"}


def test_what_reading_asks_about_is_asked_once(tmp_path, package):
    """A date that cannot be read has no precision either, and a place no region."""
    cells = ({"date": "05/03/2022"}, {"date": "06/03/2022"}, {"region": "", "place": "Nowhere"})
    found = told(tmp_path, package, csv_of(*rows_of(*cells)))
    assert [(each.rule, each.cell) for each in found.problems if each.row < 4] == [
        ("date_order", "A2")
    ]
    assert [each.rule for each in found.problems if each.row == 4] == ["place_not_known"]


def test_cells_are_named_as_a_spreadsheet_names_them(tmp_path, package):
    rows = list(rows_of({"date": "2099-12-31", "source_published": ""}))
    (found,) = told(tmp_path, package, book_of(*rows)).problems
    assert (found.sheet, found.cell) == ("Cases", "Cases!A2")
    (found,) = told(tmp_path, package, csv_of(*rows)).problems
    assert (found.sheet, found.cell) == ("", "A2")


@pytest.mark.parametrize("broken", [*REFUSED, *ASKED], ids=str)
def test_whatever_cannot_be_read_is_told(tmp_path, package, broken):
    found = told(tmp_path, package, broken.make())
    assert {rule for rule, _ in broken.asked} <= {each.rule for each in found.problems}
    assert found.lines[-1].endswith((".", "rows.", "row."))
    assert json.loads(json.dumps(found.told))["problems"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_a_file_was_read_is_told(tmp_path, package, lang):
    head, row = rows_of({"date": "05.03.2022"})
    content = csv_of((*head, "Note"), (*row, "x"), (), row, separator=";", encoding="cp1251")
    found = told(tmp_path, package, content, lang)
    said = "\n".join(found.lines[:4])
    for word in ("cp1251", found.t("“{text}”", text=";"), found.t("“{text}”", text="Note"), "3"):
        assert word in said
    decided = found.told["decided"]
    assert (decided["encoding"], decided["separator"], decided["rows"]) == ("cp1251", ";", 2)
    assert decided["dates"]["date"] == {"order": "dmy", "proven": False}


def test_every_question_is_a_rule_and_codes_are_offered_with_labels(tmp_path, package):
    assert {"unknown_header"} <= QUESTIONS & set(problem_rules(language("en")))
    found = told(tmp_path, package, csv_of(*rows_of({"groups": "womon"})))
    (unread,) = [each for each in found.problems if each.rule == "unknown_code"]
    assert unread.among[0] == "women (Women)"
    assert "women (Women)" in "\n".join(found.lines)
