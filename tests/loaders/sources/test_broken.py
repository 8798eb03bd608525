"""Bad input: a clear problem, bounded memory, nothing of a case in any text, no file touched."""

import os
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from loaders.settings import LARGEST
from loaders.sources import Cases, Told, read
from loaders.sources.cases import QUESTIONS, UNPACKED
from tests.broken_files import ASKED, HEAD, REFUSED, ROW, book_of, csv_of, expanding


def taken(tmp_path, content, package, **told) -> Cases:
    file = tmp_path / "cases"
    file.write_bytes(content)
    return read(file, package, Told(**told))


def asked(cases: Cases) -> list[tuple[str, str]]:
    return [(p.rule, f"{p.where.column}{p.where.row or ''}") for p in cases.problems]


@pytest.mark.parametrize("broken", REFUSED, ids=str)
def test_a_file_that_cannot_be_read_is_one_problem(tmp_path, package, broken):
    cases = taken(tmp_path, broken.make(), package)
    assert asked(cases) == list(broken.asked)
    assert cases.rows.empty


@pytest.mark.parametrize("broken", ASKED, ids=str)
def test_a_cell_that_cannot_be_read_is_a_question_and_the_others_are_read(
    tmp_path, package, broken
):
    cases = taken(tmp_path, broken.make(), package)
    assert sorted(asked(cases)) == sorted(broken.asked)
    assert not cases.rows.empty


def test_past_a_bound_questions_are_not_listed_one_by_one(tmp_path, package):
    rows = [("persons", "protected"), *[("none", "maybe")] * (QUESTIONS // 2 + 1)]
    cases = taken(tmp_path, csv_of(*rows), package)
    assert len(cases.problems) == QUESTIONS + 1
    assert "too_many_questions" in {problem.rule for problem in cases.problems}
    assert set(cases.rows["protected"]) == {""}


def test_300_megabytes_are_refused_before_they_are_in_memory(tmp_path, package):
    file = tmp_path / "large.csv"
    file.write_bytes(csv_of(HEAD, ROW))
    os.truncate(file, 300 * 2**20)
    tracemalloc.start()
    cases = read(file, package)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert asked(cases) == [("too_large", "")]
    assert peak < 2.5 * LARGEST


def test_what_expands_is_not_unpacked_past_the_bound(tmp_path, package):
    content = expanding(4 * UNPACKED)
    tracemalloc.start()
    cases = taken(tmp_path, content, package)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert asked(cases) == [("too_large", "")]
    assert peak < 2.5 * UNPACKED


@pytest.mark.parametrize("path", ["missing.csv", "."])
def test_what_is_no_file_is_a_problem(tmp_path, package, path):
    assert asked(read(tmp_path / path, package)) == [("unreadable", "")]


def test_nothing_of_a_case_is_in_any_repr(tmp_path, package):
    rows = [("date", "region", "summary"), ("no date", "Xanadu", "Canary")]
    for content in (csv_of(*rows), book_of(*rows)):
        cases = taken(tmp_path, content, package)
        assert {p.value for p in cases.problems} == {"no date", "Xanadu"}
        assert cases.rows["summary"].tolist() == ["Canary"]
        for word in ("no date", "Xanadu", "Canary"):
            assert word not in repr(cases)


def test_one_file_is_opened_and_none_written(tmp_path, package):
    made = [(broken, tmp_path / str(n)) for n, broken in enumerate([*REFUSED, *ASKED])]
    for broken, file in made:
        file.write_bytes(broken.make())
    opened: list[tuple[object, object]] = []
    watching = [True]
    sys.addaudithook(
        lambda event, told: opened.append(told[:2]) if watching and event == "open" else None
    )
    for _, file in made:
        read(file, package)
    watching.clear()
    files = {Path(os.fsdecode(path)) for path, _ in opened if not isinstance(path, int)}
    assert files & {file for _, file in made} == {file for _, file in made}
    code = {path for path in files if path.suffix in (".py", ".pyc", ".so", ".dat", ".pkl")}
    assert files - code <= {file for _, file in made}
    assert {mode for _, mode in opened} <= {"r", "rb"}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(b"date,region\n\xff\xfe")
@example(b"PK\x03\x04")
@example(b"\xff\xfed\0")
@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda t: f"date,region\n{t}".encode()))
def test_whatever_the_bytes_there_is_an_answer(tmp_path, package, content):
    cases = taken(tmp_path, content, package)
    assert isinstance(cases, Cases)
    assert len(cases.rows) or cases.problems


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_workbook_with_any_bytes_changed_is_an_answer(tmp_path, package, data):
    content = bytearray(book_of(HEAD, ROW))
    for at in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=20)):
        content[at] = data.draw(st.integers(0, 255))
    cases = taken(tmp_path, bytes(content), package)
    assert len(cases.rows) or cases.problems
