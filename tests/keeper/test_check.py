"""The command check: what it ends with, what it writes, and to which terminals."""

import json
import os
import shutil
import subprocess
import sys

import openpyxl
import pytest

from keeper import checking
from keeper.__main__ import main
from keeper.withdrawal import Refused
from loaders.language import language
from loaders.sources import Told
from tests.broken_files import csv_of
from tests.checking_files import planted, rows_of
from tests.conftest import DATA, HOME

SOUND = csv_of(*rows_of({}, {}))
FAULTY = csv_of(*rows_of({"perpetrator": ""}))


@pytest.fixture
def check(monkeypatch, capsys, tmp_path):
    """Run the command; give what it ended with, and what it wrote."""
    monkeypatch.setenv("INCIDENTS_DATA", str(DATA))
    monkeypatch.setenv("LC_ALL", "en")

    def run(*arguments, **files):
        for name, content in files.items():
            (tmp_path / f"{name}.csv").write_bytes(content)
        paths = [str(tmp_path / f"{name}.csv") for name in files]
        monkeypatch.setattr(sys, "argv", ["keeper", "check", *paths, *map(str, arguments)])
        try:
            code = main()
        except SystemExit as refused:
            code = refused.code
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a": SOUND}, 0),
        ({"a": FAULTY}, 1),
        ({"a": b"\x89PNG\r\n\x1a\n\0"}, 2),
        ({"a": SOUND, "b": FAULTY}, 1),
        ({"a": b"", "b": FAULTY, "c": SOUND}, 2),
    ],
)
def test_it_ends_with_the_worst_of_its_files(check, files, code):
    assert check(**files)[::2] == (code, "")


def test_a_line_a_problem(check):
    _, out, _ = check(a=FAULTY)
    assert out.splitlines()[1:] == [
        "a.csv, H2, error: Perpetrator. The cell is empty. Fill it in; unknown is a code, not a "
        "blank.",
        "a.csv: 1 error, 0 questions in 1 row.",
    ]


def test_an_object_of_json_a_file(check):
    code, out, _ = check("--json", a=FAULTY, b=SOUND)
    first, second = map(json.loads, out.splitlines())
    assert (code, first["file"], second["problems"]) == (1, "a.csv", [])
    (problem,) = first["problems"]
    assert problem["rule"] == "required"
    assert (problem["cell"], problem["row"], problem["column"]) == ("H2", 2, "perpetrator")
    assert set(problem) >= {"severity", "sheet", "value", "among", "why", "remedy", "score"}
    assert set(problem) >= {"other"}


def test_it_speaks_the_language_that_is_asked_for(check):
    said = {lang: check("--lang", lang, a=FAULTY)[1] for lang in ("ky", "ru", "en")}
    assert "Ячейка пуста" in said["ru"]
    assert len({*said.values()}) == 3


def test_what_a_keeper_says_of_the_file_is_taken(check, tmp_path):
    head, row = rows_of(
        {"date": "05/03/2022", "source_published": "", "perpetrator": "the militia"}
    )
    mapping = tmp_path / "mapping.csv"
    mapping.write_text(
        "header,value,column,code\n,the militia,perpetrator,authorities\n", encoding="utf-8"
    )
    content = csv_of(("A title",), head, row, separator="\t", encoding="cp1251")
    told = ("--header", 2, "--separator", "tab", "--encoding", "cp1251", "--format", "own")
    assert check(a=content)[0] == 1
    code, out, _ = check(*told, "--dates", "date=dmy", "--names", mapping, a=content)
    assert (code, out.splitlines()[-1]) == (0, "a.csv: nothing found in 1 row.")
    assert check("--sheet", "none", a=content)[0] == 1  # a file of text has no sheets


@pytest.mark.parametrize(
    "told",
    [
        ("--separator", "ab"),
        ("--dates", "date=ymd"),
        ("--dates", "summary=dmy"),
        ("--format", "nobody"),
        ("--header", "x"),
        ("--names", "none.csv"),
        ("--encoding", "klingon"),
    ],
    ids=" ".join,
)
def test_what_cannot_be_told_ends_with_2(check, told):
    code, out, err = check(*told, a=SOUND)
    assert code == 2
    assert "Traceback" not in out + err


def test_a_mapping_that_cannot_be_used_names_its_row(check, tmp_path):
    path = tmp_path / "mapping.csv"
    path.write_text("header,value,column,code\nx,y,date,\n", encoding="utf-8")
    code, _, err = check("--names", path, a=SOUND)
    assert (code, "row 2" in err) == (2, True)


def test_the_sheet_comes_back_marked_and_nothing_is_overwritten(check, tmp_path):
    out = tmp_path / "marked.xlsx"
    assert check("--marked", out, a=FAULTY)[0] == 1
    assert openpyxl.load_workbook(out).active["H2"].comment.text.startswith("The cell is empty.")
    before = out.read_bytes()
    code, _, err = check("--marked", out, a=FAULTY)
    assert (code, "exists already" in err) == (2, True)
    assert out.read_bytes() == before
    assert check("--marked", tmp_path / "two.xlsx", a=FAULTY, b=FAULTY)[0] == 2
    assert not (tmp_path / "two.xlsx").exists()


def test_where_nothing_can_be_written_the_problems_are_told_all_the_same(check, tmp_path):
    code, out, err = check("--marked", tmp_path / "nowhere" / "marked.xlsx", a=FAULTY)
    assert (code, "could not be written" in err) == (2, True)
    assert out.splitlines()[-1] == "a.csv: 1 error, 0 questions in 1 row."


def test_a_failure_of_the_program_tells_of_its_kind_alone(tmp_path):
    """Whatever goes wrong inside, a message or a traceback could repeat what it went wrong at."""
    path = tmp_path / "a.csv"
    path.write_bytes(SOUND)
    with pytest.raises(Refused) as refused:
        checking.checked(path, None, Told(), language("en"))
    assert refused.value.known == ["AttributeError"]
    assert refused.value.__suppress_context__


def ran(*arguments, encoding="utf-8", lang="ky", **how):
    environment = os.environ | {
        "INCIDENTS_DATA": str(DATA),
        "LC_ALL": lang,
        "PYTHONIOENCODING": encoding,
    }
    command = [sys.executable, "-m", "keeper", "check", *map(str, arguments)]
    return subprocess.run(command, cwd=HOME, env=environment, stderr=subprocess.PIPE, **how)


@pytest.mark.parametrize("encoding", ["cp1251", "ascii:strict"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_terminal_that_cannot_write_a_letter_changes_nothing(tmp_path, encoding, form):
    path = tmp_path / "a.csv"
    path.write_bytes(planted()[0])
    done = ran(path, *form, encoding=encoding, stdout=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout


@pytest.mark.parametrize(("content", "code"), [(SOUND, 0), (planted()[0], 1)])
def test_a_reader_who_stops_early_changes_nothing(tmp_path, content, code):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = ran(path, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_package_that_does_not_load_ends_with_2(check, copy, monkeypatch):
    shutil.copy(copy / "places.csv", copy / "media_attacks.csv")
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    assert check(a=SOUND)[0] == 2
