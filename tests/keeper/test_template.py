"""The workbook for cases, read back: headings, drop-downs, definitions, and what is locked."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from answers.template import CASES, as_template
from incidents.codebook import LANGUAGES
from incidents.intake import columns
from incidents.schema import COLUMNS, WORDED
from loaders import load
from loaders.language import language
from tests import country


def opened(package, lang):
    return openpyxl.load_workbook(io.BytesIO(as_template(package, language(lang))))


@pytest.fixture(scope="module", params=LANGUAGES)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def book(package, lang):
    return opened(package, lang)


def heads(sheet):
    return [cell.value for cell in sheet[1] if cell.value]


def drop_downs(sheet):
    """Give what is allowed in each column of the cases, by the name of the column."""
    found = {}
    for each in sheet.data_validations.dataValidation:
        (cells,) = each.sqref.ranges
        assert (cells.min_row, cells.max_row) == (2, CASES + 1)
        found[columns()[cells.min_col - 1].name] = each
    return found


def named(book, name):
    """Read the cells of a named range."""
    (place,) = book.defined_names[name].destinations
    return [cell.value for row in book[place[0]][place[1]] for cell in row]


def test_every_column_of_the_records_has_a_heading_in_the_language(book, lang):
    t = language(lang)
    assert heads(book.worksheets[0]) == [t(item.label) for item in columns()]
    assert len({*heads(book.worksheets[0])}) == len(columns())
    assert {item.name for item in columns()} == {*COLUMNS, "dataset", "case_number"} - {
        "incident_id"
    }


def test_the_head_is_locked_and_what_is_filled_in_is_not(book):
    cases, definitions = book.worksheets
    assert cases.protection.sheet
    assert definitions.protection.sheet
    assert all(cell.protection.locked for cell in cases[1] if cell.value)
    assert not any(each.protection.locked for each in cases.column_dimensions.values())
    assert cases.freeze_panes == "B2"


def test_every_column_of_codes_has_the_labels_of_its_list(book, package, lang):
    allowed = drop_downs(book.worksheets[0])
    for column, listed in WORDED.items():
        source = allowed[column].formula1
        assert allowed[column].type == "list"
        assert not source.startswith('"')  # a list inside a validation holds 255 characters
        assert listed in source
        assert len(source) < 256
        labels = named(book, listed)
        assert labels
        if listed != "places":
            assert {*labels} == {*package.labels(listed, lang).values()}
    assert len(named(book, "places")) == len(package.incidents.places)


def test_several_codes_may_stand_in_a_cell_and_a_settlement_that_the_list_lacks(
    book, package, lang
):
    open_to_all = {
        name
        for name, each in drop_downs(book.worksheets[0]).items()
        if each.type == "list" and not each.showErrorMessage
    }
    assert open_to_all == {"groups", "violations", "place"}
    for listed in ("groups", "violations"):
        assert not [label for label in package.labels(listed, lang).values() if ";" in label]


@pytest.mark.parametrize(("listed", "above"), [("places", "region"), ("categories", "dataset")])
def test_what_depends_on_another_answer_stands_together_under_it(
    book, package, lang, listed, above
):
    """The drop-down takes as many rows as bear the answer, from the first that does."""
    at = [item.name for item in columns()].index(above)
    column = "place" if listed == "places" else "category"
    source = drop_downs(book.worksheets[0])[column].formula1
    assert f"${get_column_letter(at + 1)}2" in source
    under, codes = named(book, f"{listed}_under"), codes_of(book, listed)
    labels = named(book, listed)
    assert len({*zip(under, labels, strict=True)}) == len(labels)
    table = package.incidents.places if listed == "places" else package.codebook.lists[listed]
    for code, label in package.labels(WORDED[above], lang).items():
        here = {str(each) for each in table.index[table[above] == code]}
        first = under.index(label) if here else 0
        assert {*codes[first : first + under.count(label)]} == here


def codes_of(book, listed):
    """Read the codes that stand beside the labels of a named range."""
    sheet, cells = next(iter(book.defined_names[listed].destinations))
    return [book[sheet].cell(cell.row, 2).value for (cell,) in book[sheet][cells]]


def test_a_year_alone_is_no_day_and_no_day_lies_in_the_future(book):
    allowed = drop_downs(book.worksheets[0])
    for column in ("date", "date_end"):
        assert (allowed[column].type, allowed[column].operator) == ("date", None)  # between
        first = (date(1950, 1, 1) - date(1899, 12, 30)).days
        assert int(allowed[column].formula1) == first > 2199  # 2022 as a day: July 1905
        assert allowed[column].formula2 == "TODAY()"
        assert allowed[column].showErrorMessage


def test_persons_have_the_limits_of_the_column_and_texts_none(book):
    allowed = drop_downs(book.worksheets[0])
    persons = allowed["persons"]
    assert (persons.type, persons.formula1, persons.formula2) == ("whole", "1", "9999999")
    texts = {"case_number", "project", "summary", "source_name", "source_url", "source_published"}
    assert not texts & {*allowed}


def test_definitions_stand_in_three_languages(book, package):
    definitions = {
        (row[1], row[6], row[7], row[8])
        for row in book.worksheets[1].iter_rows(min_row=5, values_only=True)
    }
    for listed in ("groups", "violations", "consents", "responses"):
        for code in package.codebook.codes(listed):
            told = (package.codebook.definition(listed, code, each) for each in LANGUAGES)
            assert (code, *told) in definitions
    first = [row[0].value for row in book.worksheets[1].iter_rows(max_row=3)]
    assert [text.split()[0] for text in first] == ["Ат-жөн", "Не", "Write"]


def test_no_cell_is_a_formula_and_the_same_workbook_comes_twice(package, book, lang):
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert not [cell.value for cell in cells if str(cell.value).startswith(tuple("=+-@"))]
    assert as_template(package, language(lang)) == as_template(package, language(lang))


def test_another_country_has_its_own_lists_and_none_for_what_it_lacks(tmp_path):
    folder = country.write(tmp_path / "nowhere", ["press", "faith"])
    path = folder / "codebook" / "flags.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines(keepends=True)[0], encoding="utf-8")
    book = opened(load(folder), "en")
    assert named(book, "groups") == ["Weavers", "Ferrymen"]
    assert named(book, "datasets") == ["Acts against press", "Acts against faith"]
    assert "flags" not in book.defined_names
    assert "flag" not in drop_downs(book.worksheets[0])
