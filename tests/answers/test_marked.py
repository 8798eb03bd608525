"""The marked workbook, read back: the cells as they were, colours and notes where problems are."""

import io

import openpyxl
import pytest

from answers.checking import ERROR
from answers.marked import COLOURS, as_marked
from incidents.codebook import LANGUAGES
from loaders.sources import acled, again
from loaders.sources.sheets import Sheet
from tests.answers.test_checking import told
from tests.broken_files import book_of, csv_of
from tests.checking_files import planted, rows_of
from tests.loaders.sources.test_others import ACLED, heads_of, written


def marked(tmp_path, package, content, lang="en"):
    found = told(tmp_path, package, content, lang)
    sheet = again.sheet((tmp_path / "cases.csv").read_bytes(), found.cases, package)
    return openpyxl.load_workbook(io.BytesIO(as_marked(sheet, found))).active, sheet, found


@pytest.mark.parametrize("form", [csv_of, book_of])
def test_every_cell_is_as_it_was_and_those_with_problems_are_marked(tmp_path, package, form):
    content, expected = planted()
    if form is book_of:
        content = book_of(*(row for row in _rows(content)))
    written, sheet, found = marked(tmp_path, package, content)
    cells = [["" if c.value is None else c.value for c in row] for row in written.iter_rows()]
    assert [row[: len(was)] for row, was in zip(cells, sheet.rows, strict=True)] == [
        list(was) for was in sheet.rows
    ]
    noted = {c.coordinate: c for row in written.iter_rows() for c in row if c.comment}
    assert set(noted) == {each.cell.rpartition("!")[2] for each in found.problems}
    assert len(expected) == len(found.problems)
    for each in found.problems:
        cell = noted[each.cell.rpartition("!")[2]]
        assert each.why in cell.comment.text
        assert each.remedy in cell.comment.text
        assert cell.fill.fgColor.rgb[2:] in {colour[1:] for colour in COLOURS.values()}


def _rows(content):
    return [line[1:-1].split('","') for line in content.decode().splitlines()]


def test_errors_and_questions_have_colours_of_their_own(tmp_path, package):
    cells = ({"persons": "0"}, {"summary": "Пример Примерович молчал"})
    written, _, found = marked(tmp_path, package, csv_of(*rows_of(*cells)))
    grave, asked = (written[each.cell].fill.fgColor.rgb[2:] for each in found.problems)
    assert (grave, asked) == (COLOURS[True][1:], COLOURS[False][1:])


@pytest.mark.parametrize("sign", "=+-@")
def test_no_cell_becomes_a_formula(tmp_path, package, sign):
    text = f'{sign}HYPERLINK("https://example.org")'
    head, row = rows_of({"consent": "x"})
    content = book_of((*head, text), (*row, text), fill=lambda _, s: s.write_string(1, 15, text))
    written, _, _ = marked(tmp_path, package, content)
    assert {c.data_type for row in written.iter_rows() for c in row if c.value} == {"s"}
    assert text in [c.value for c in written[2]]
    assert not [c for row in written.iter_rows() for c in row if c.hyperlink]


def test_what_is_wrong_with_a_whole_row_is_noted_in_its_first_cell(tmp_path, package):
    rows = [row[1:] for row in rows_of({})]
    written, _, _ = marked(tmp_path, package, csv_of(*rows))
    assert "column" in written["A1"].comment.text


def test_a_cell_is_cut_where_a_workbook_must_and_the_row_stays(tmp_path, package):
    content = csv_of(*rows_of({}))
    found = told(tmp_path, package, content)
    long = Sheet("", (("x" * 40_000, "y"),))
    book = openpyxl.load_workbook(io.BytesIO(as_marked(long, found)))
    assert len(book.active["A1"].value) == 32_767
    assert book.active["B1"].value == "y"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_that_may_not_be_passed_on_say_so_first(tmp_path, package, lang):
    sheet, _, found = marked(tmp_path, package, written([ACLED], heads_of(acled)), lang)
    first = found.problems[0]
    assert (first.rule, first.severity) == ("not_redistributable", ERROR)
    assert found.told["decided"]["redistributable"] is False
    assert found.lines[2].endswith(f"{first.why} {first.remedy}")
    assert sheet["A1"].comment.text.startswith(f"{first.why} {first.remedy}")
