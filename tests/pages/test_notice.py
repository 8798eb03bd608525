"""What a data keeper reads on the page when a file is broken, once for every rule."""

import pytest
from streamlit.testing.v1 import AppTest

from answers import faults, words
from incidents.schema import visible
from incidents.selection import Problem
from loaders.language import language
from pages.shared.escape import quoting, verbatim
from tests.broken import breaks
from tests.conftest import HOME
from tests.tables import tables

ONE_PER_RULE = {name.split(":")[0]: broken for name, broken in breaks()}


@pytest.mark.parametrize("rule", ONE_PER_RULE)
def test_the_page_says_which_file_row_column_and_value_why_and_what_to_do(copy, rule, monkeypatch):
    found = ONE_PER_RULE[rule](copy)
    fault = found[0] if isinstance(found, list) else found
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    page = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=30).run()
    assert not page.exception
    shown = tables(page)[0].reset_index()
    expected = [
        fault.file,
        str(fault.line or ""),
        fault.column,
        fault.value[:80],
        *faults.fault(fault, language("en")),
    ]
    assert [visible(cell) for cell in expected] in shown.to_numpy().tolist()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("A\\!\\[\\]\\(//e\\.co/p\\)B", "![](//e.co/p)"),
        ("x", "x"),
        ("`a`", "a"),
        ("\ue000", "\ue001"),
    ],
)
def test_what_an_address_holds_stands_whole_in_the_notice_and_is_code(name, value):
    found = words.problem(Problem(name, value, "no_such_parameter"), language("en"))
    assert [text for text, own in found.parts if own] == [name, value]
    said = quoting(found.parts)
    assert said.startswith(verbatim(name))
    assert verbatim(value) in said.removeprefix(verbatim(name))
    assert said.count("`") == 4
