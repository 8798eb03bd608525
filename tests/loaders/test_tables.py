"""A file of text read, and its cells checked as a description says."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from loaders.descriptor import Field, Resource
from loaders.tables import LARGE, broken_cells, parsed, quickly


def read(content):
    faults = []
    table = parsed(content if isinstance(content, bytes) else content.encode(), "x.csv", faults)
    return table, [(fault.line, fault.value, fault.rule) for fault in faults]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("a,b\n1,2\n", [("1", "2")]),
        ("\ufeffa,b\n1,2\n", [("1", "2")]),
        ("a,b\r\n1,2\r\n", [("1", "2")]),
        ("a,b\n1,2", [("1", "2")]),
        ("a,b\n\n1,2\n\n", [("1", "2")]),
        ('a,b\n"1,2","3 ""x"""\n', [("1,2", '3 "x"')]),
        ('a,b\n"two\nlines",2\n', [("two\nlines", "2")]),
        ("a,b\nNA,null\n", [("NA", "null")]),
        ("a,b\n01, 2 \n", [("01", " 2 ")]),
        ("a,b\n", []),
    ],
)
def test_every_cell_is_the_text_that_stands_in_the_file(content, rows):
    table, faults = read(content)
    assert faults == []
    frame = table.frame
    assert [tuple(row) for row in frame.itertuples(index=False)] == rows
    assert list(frame.columns) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("", (0, "", "not_csv")),
        ("\n\n", (0, "", "not_csv")),
        ("a,b\n1\n", (2, "", "not_csv")),
        ("a,b\n1,2\n1,2,3\n", (3, "", "not_csv")),
        ("a,a\n1,2\n", (1, "", "not_csv")),
        ('a,b\n"1,2\n', (2, "unexpected end of data", "not_csv")),
        (b"a,b\n1,\xc1\n", (2, "b'\\xc1'", "not_utf8")),
    ],
)
def test_a_file_that_is_no_table_is_one_fault_with_its_line(content, fault):
    assert read(content) == (None, [fault])


def broken(cells, *, known=None, untold=False, **field):
    """Check a column of these cells, described so, beside a column of lists."""
    rows = "".join(f'"{cell}",{"ab"[n % 2]}\n' for n, cell in enumerate(cells))
    table, _ = read(f"cell,list\n{rows}")
    fields = {"cell": Field.of({"name": "cell", **field}), "list": Field("list")}
    resource = Resource("x.csv", fields, {}, untold=untold)
    found = broken_cells(table, resource, known or {})
    return [(fault.line - 2, fault.value, fault.rule) for fault in found]


@pytest.mark.parametrize(
    ("kind", "good", "bad", "rule"),
    [
        ("integer", ["0", "-3", "10", ""], ["1.0", "1e3", "x", " 1", "٣"], "not_a_number"),
        ("number", ["0", "-3.5", "10", ""], ["1.", ".5", "1e3", "nan", "1,5"], "not_a_number"),
        ("date", ["2021-03-17", "2020-02-29", ""], ["2021-02-29", "17.03.2021"], "not_a_date"),
        ("date", ["1999-12-31"], ["2021-3-7", "1821-01-01", "2021-13-01"], "not_a_date"),
        ("year", ["2021", ""], ["21", "3021", "2021-01"], "not_a_period"),
        ("yearmonth", ["2021-03", ""], ["2021", "2021-13", "2021-3"], "not_a_period"),
        ("string", ["anything", ""], [], ""),
    ],
)
def test_a_cell_has_the_form_of_its_type(kind, good, bad, rule):
    found = broken([*good, *bad], type=kind)
    assert found == [(n, cell, rule) for n, cell in enumerate(bad, start=len(good))]


@pytest.mark.parametrize(
    ("field", "good", "bad", "rule"),
    [
        ({"constraints": {"required": True}}, ["x"], [""], "required"),
        ({"constraints": {"pattern": "a+"}}, ["a", ""], ["ab", "A"], "unknown_code"),
        ({"constraints": {"pattern": "a"}, "fault": "bad_id"}, ["a"], ["b"], "bad_id"),
        ({"constraints": {"enum": ["a", "b"]}}, ["a", ""], ["c", "a;b"], "unknown_code"),
        ({"constraints": {"enum": ["yes"]}}, ["yes", ""], ["no"], "yes_or_empty"),
        ({"constraints": {"enum": ["", "yes"]}}, ["yes", ""], ["no"], "yes_or_empty"),
        ({"type": "integer", "constraints": {"minimum": 1}}, ["1", ""], ["0"], "not_a_number"),
        ({"type": "number", "constraints": {"maximum": 9}}, ["9", "-1"], ["9.1"], "not_a_number"),
        ({"codes": "letters"}, ["a", "b", ""], ["c", "a;b", "A"], "unknown_code"),
        ({"codes": "letters", "also": ["all"]}, ["all", "a"], ["c"], "unknown_code"),
        ({"codes": "letters", "list": True}, ["a;b", "a"], ["a;c", "a;", ";"], "unknown_code"),
        ({"codes": "letters", "list": True}, ["a;b"], ["a;a"], "repeated_code"),
        ({"codes": "places"}, ["7", ""], ["8"], "unknown_place"),
        ({"codes": "no_such_list"}, [""], ["a"], "unknown_code"),
        ({"same_table": "list"}, ["a", "b", ""], ["c"], "unknown_code"),
    ],
)
def test_a_cell_keeps_what_its_description_says(field, good, bad, rule):
    known = {"letters": {"a", "b"}, "places": {"7"}}
    found = broken([*good, *bad], known=known, **field)
    assert found == [(n, cell, rule) for n, cell in enumerate(bad, start=len(good))]


def test_what_stands_twice_is_named_from_the_second_time_on_and_nothing_is_not_twice():
    found = broken(["x", "y", "x", "", "", "x"], constraints={"unique": True})
    assert found == [(2, "x", "duplicate_id"), (5, "x", "duplicate_id")]


def test_a_code_is_of_the_list_that_another_column_names():
    known = {"a": {"one"}, "b": {"two"}}
    found = broken(["one", "two", "two", "one", ""], known=known, codes_of="list")
    assert found == [(2, "two", "unknown_code"), (3, "one", "unknown_code")]


def test_a_cell_breaks_one_rule_the_first_and_a_hidden_character_before_all():
    field = {"constraints": {"required": True, "pattern": "a", "unique": True}}
    assert broken(["b\u200b", "b", "b", ""], **field) == [
        (0, "b\u200b", "control_character"),
        (1, "b", "unknown_code"),
        (2, "b", "unknown_code"),
        (3, "", "required"),
    ]


def test_no_fault_in_an_untold_table_repeats_a_value():
    assert broken(["secret"], constraints={"pattern": "a"}, untold=True) == [
        (0, "", "unknown_code")
    ]


def test_a_table_without_rows_breaks_nothing():
    assert broken([], constraints={"required": True, "unique": True}) == []


PIECES = [
    "a",
    "é",
    ",",
    '"',
    '""',
    "\n",
    "\r",
    "\r\n",
    " ",
    "\x00",
    "\ufeff",
    "a,b\n",
    '"a",b\n',
    "'",
]
"""What files of cells are made of, good and bad ones."""


@given(some.lists(some.sampled_from(PIECES)).map("".join))
@example('"x\n",1\n')
@example('x"",1\n')
@example('"x"",1\n')
@example("1\n")
@example("1,2,3\n")
@example(f"{'x' * 140_000},2\n")
@example('"",\n')
def test_what_arrow_reads_is_what_python_reads(rows):
    content = f"a,b\n{rows}".encode()
    quick, (table, faults) = quickly(content), read(content)
    if quick is not None:
        assert faults == []
        assert quick.astype(str).equals(table.frame)
        assert (quick.dtypes == table.frame.dtypes).all()


def test_a_large_file_is_read_by_arrow():
    row = 'x;y,"1, 2 ""three"""\n'
    content = "a,b\n" + row * (LARGE // len(row) + 1)
    quick = quickly(content.encode())
    assert quick is not None
    assert set(quick["b"]) == {'1, 2 "three"'}
    assert read(content)[0].frame.equals(quick)
