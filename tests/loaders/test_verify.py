"""The command that says whether a file is the cited one, run on files as a reader holds them."""

import csv
import io
import shutil
import sys

import pytest

from incidents.citation import PUBLISHED, fingerprint, link, published
from incidents.codebook import LANGUAGES
from incidents.selection import Selection
from loaders import __main__ as command
from loaders import files, load
from loaders.releases import FOLDER
from loaders.verification import verify
from loaders.withdrawal import withdraw
from tests.broken import RIGHTS
from tests.conftest import DATA, keep_as
from tests.hostile import write_hostile

ASKED = Selection(data=("media",), region=("KG-GB",), start="2021")


def downloaded(package, folder, selection=ASKED):
    """Write the file that the Records page offers."""
    query = {**selection.to_query(), "release": package.release}
    path = folder / "file.csv"
    records = package.incidents.select(selection).records()
    path.write_bytes(files.as_csv(records, link("https://example.org", "records", query)))
    return path


def cells(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))


def rewrite(path, rows, **how):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, **how).writerows(rows)


@pytest.fixture
def run(copy, monkeypatch, capsys):
    """Run the command on the copy of the package; give its exit code and what it said."""

    def ran(path, language="C"):
        monkeypatch.setenv("INCIDENTS_DATA", str(copy))
        monkeypatch.setenv("LC_ALL", language)
        monkeypatch.setattr(sys, "argv", ["loaders", "verify", str(path)])
        code = command.main()
        said = capsys.readouterr()
        return code, said.out + said.err

    return ran


def test_a_downloaded_file_is_the_cited_one_and_says_its_fingerprint(run, package, tmp_path):
    subset = package.incidents.select(ASKED)
    code, said = run(downloaded(package, tmp_path))
    assert code == 0
    assert said == (
        f"Yes: the file holds the {subset.n} records of this view in release {package.release}, "
        f"unchanged.\nFingerprint of the file: {subset.fingerprint}\n"
    )


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(data=("rights",)),
        Selection(group=("women", "journalists"), response=("investigation", "charges")),
        Selection(q="Kloop"),
        Selection(q="суд"),
        Selection(start="2021-03", end="2021-09", checked=("twice",)),
    ],
)
def test_files_of_all_kinds_of_views_are_recognised(package, tmp_path, selection):
    subset = package.incidents.select(selection)
    assert subset.n
    found = verify(downloaded(package, tmp_path, selection), DATA)
    assert found.same
    assert (found.n, found.fingerprint) == (subset.n, subset.fingerprint)


def test_rows_and_columns_in_another_order_and_another_quoting_are_still_the_same(
    run, package, tmp_path
):
    path = downloaded(package, tmp_path)
    head, *rows = cells(path)
    turned = [list(reversed(row)) for row in (head, *sorted(rows))]
    rewrite(path, turned, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    assert run(path)[0] == 0


def test_cells_made_harmless_for_a_spreadsheet_are_read_as_they_were(copy, tmp_path):
    write_hostile(copy)
    path = downloaded(load(copy), tmp_path, Selection(data=("media",)))
    assert "'=HYPERLINK" in path.read_text(encoding="utf-8")
    assert verify(path, copy).same


@pytest.mark.parametrize("text", ["=x", "'=x", "''=x", "'x", "x", "", "'", " =x", "-1", "'-1"])
def test_what_is_made_harmless_comes_back_letter_by_letter(package, text):
    records = package.incidents.frame.head(1).assign(summary=text)
    read = files.from_csv(files.as_csv(records, "https://example.org"))
    assert read["summary"].item() == text
    assert fingerprint(read[PUBLISHED]) == fingerprint(published(records))


def tampered(rows, what):
    head, *body = rows
    at = head.index
    if what == "row missing":
        return [head, *body[1:]]
    if what == "row twice":
        return [*rows, body[0]]
    if what == "row added":
        made_up = list(body[0])
        made_up[at("incident_id")] = "M-9999"
        return [*rows, made_up]
    if what == "cell changed":
        body[0][at("summary")] = "Made up \x1b[2J" + "x" * 200
    if what == "column missing":
        return [row[:5] + row[6:] for row in rows]
    if what == "column twice":
        return [[row[1], *row] for row in rows]
    if what == "column added":
        return [[*row, "x"] for row in rows]
    if what == "two views":
        body[0][at("cited_as")] += "&q=x"
    if what == "no such view":
        return [head, *([*row[:-1], row[-1].replace("=media", "=martians")] for row in body)]
    if what == "another view":
        return [head, *([*row[:-1], row[-1].replace("=2021", "=2020")] for row in body)]
    if what == "no release":
        return [head, *([*row[:-1], row[-1].split("&release")[0]] for row in body)]
    if what == "another release":
        return [head, *([*row[:-1], row[-1].replace("2026.11.5", "1999.1.0")] for row in body)]
    if what == "no such column":
        return [row[:-1] for row in rows]
    if what == "no rows":
        return [head]
    return rows


@pytest.mark.parametrize(
    ("what", "code", "sentence"),
    [
        ("row missing", 1, "Missing: {first}\n"),
        ("row twice", 1, "More than once: {first}\n"),
        ("row added", 1, "Not in this view: M-9999\n"),
        ("cell changed", 1, "{first}, summary: “Made up �[2Jxxxx"),
        ("another view", 1, "Missing: M-0"),
        ("column missing", 1, "Missing: date_end. Not known, or twice: –."),
        ("column twice", 1, "Missing: –. Not known, or twice: incident_id."),
        ("column added", 1, "Missing: –. Not known, or twice: x."),
        ("two views", 1, "Differs: the rows name 2 views in the column cited_as"),
        ("no such view", 1, "Differs: release 2026.11.5 has no view like the one named"),
        ("no release", 1, "Differs: the column cited_as names no release."),
        ("another release", 2, "Cannot be checked: release 1999.1.0 is not kept here."),
        ("no such column", 2, "Cannot be checked: this is no file of this dashboard"),
        ("no rows", 2, "Cannot be checked: the file holds no records."),
    ],
)
def test_a_tampered_file_is_told_apart_in_a_sentence(run, package, tmp_path, what, code, sentence):
    path = downloaded(package, tmp_path)
    rows = cells(path)
    first = rows[1][rows[0].index("incident_id")]
    rewrite(path, tampered(rows, what))
    found, said = run(path)
    assert sentence.format(first=first) in said
    assert found == code
    assert "\x1b" not in said
    assert "Yes" not in said


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "this is no file of this dashboard"),
        (b"\x89PNG\r\n\x1a\n\x00\xff", "this is no CSV file in UTF-8 (row 1)"),
        (b"a,b\n1\n", "this is no CSV file in UTF-8 (row 2)"),
        (b'a,b\n1,"2\n', "this is no CSV file in UTF-8 (row 2)"),
        (b"a,b\n1,2\n", "this is no file of this dashboard"),
    ],
)
def test_what_is_no_file_of_ours_cannot_be_checked(run, tmp_path, content, sentence):
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    code, said = run(path)
    assert code == 2
    assert f"Cannot be checked: {sentence}" in said


def test_a_file_that_is_not_there_is_said_to_be_missing(run, tmp_path):
    code, said = run(tmp_path / "nothing.csv")
    assert code == 2
    assert said.startswith("The file could not be read: ")


def test_no_value_of_a_protected_record_is_repeated(run, package, tmp_path):
    path = downloaded(package, tmp_path, Selection(data=("rights",)))
    rows = cells(path)
    at = rows[0].index
    row = next(row for row in rows if row[at("protected")] == "yes")
    row[at("summary")], row[at("protected")] = "Made up, of nobody", ""
    rewrite(path, rows)
    code, said = run(path)
    assert code == 1
    assert f"{row[at('incident_id')]}, summary: differs." in said
    assert "Made up" not in said


def test_a_file_of_an_earlier_release_is_compared_with_that_release(run, copy, tmp_path):
    path = downloaded(load(keep_as(copy, "2026.11.0-copy")), tmp_path)
    code, said = run(path)
    assert code == 0
    assert "in release 2026.11.0-copy, unchanged" in said
    assert "The present release is 2026.11.5." in said
    shutil.rmtree(copy / FOLDER)
    code, said = run(path)
    assert code == 2
    assert "release 2026.11.0-copy is not kept here" in said
    mark = fingerprint(files.from_csv(path.read_bytes())[PUBLISHED])
    assert said.endswith(f"{mark}\n")


def test_rows_that_are_those_of_another_release_are_recognised(run, copy, package, tmp_path):
    kept = keep_as(copy, "2026.11.0-copy")
    path = kept / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    gone = next(x[:6] for x in reversed(lines) if ",KG-GB," in x and ",incident," in x)
    left = "".join(x for x in lines if not x.startswith(gone))
    path.write_text(left, encoding="utf-8")
    path = downloaded(package, tmp_path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("release=2026.11.5", "release=2026.11.0-copy"), encoding="utf-8")
    code, said = run(path)
    assert code == 1
    assert f"Not in this view: {gone}\n" in said
    assert "The rows are those of another release: 2026.11.5\n" in said


def test_a_file_from_before_a_withdrawal_differs_by_withdrawal(run, copy, package, tmp_path):
    path = downloaded(package, tmp_path, Selection(data=("media",)))
    withdraw(copy, "M-0041", "request", "2026-12")
    code, said = run(path)
    assert code == 1
    assert said.startswith("Differs by withdrawal from this view in release 2026.11.5.\n")
    assert "Withdrawn since: M-0041\n" in said
    assert "Changed as a withdrawal of others changes it: M-0042 episode\n" in said


def test_a_region_lost_by_withdrawal_is_no_tampering_in_any_view(copy, tmp_path):
    """The region of three records is made up here, so that one withdrawal takes it from two."""
    path = copy / RIGHTS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    three = [x[:6] for x in lines if ",2022-01-01,year," in x and ",yes,public" in x][:3]
    named = [x.replace(",KG,,country,", ",KG-N,,region,") if x[:6] in three else x for x in lines]
    path.write_text("".join(named), encoding="utf-8")
    package, taken = load(copy), {}
    for region in ("KG-N", "KG"):
        (tmp_path / region).mkdir()
        chosen = Selection(data=("rights",), region=(region,))
        taken[region] = downloaded(package, tmp_path / region, chosen)
    withdraw(copy, three[0], "request", "2026-12")
    for file in taken.values():
        found = verify(file, copy)
        assert found.by_withdrawal
        assert {cell.incident_id for cell in found.loosened} == set(three[1:])


def test_a_withdrawal_excuses_no_other_difference(run, copy, package, tmp_path):
    path = downloaded(package, tmp_path, Selection(data=("media",)))
    withdraw(copy, "M-0041", "request", "2026-12")
    rows = cells(path)
    rows[5][rows[0].index("perpetrator")] = "non_state"
    rewrite(path, rows[:-1])
    code, said = run(path)
    assert code == 1
    assert said.startswith("Differs from this view in release 2026.11.5.\n")
    assert "Withdrawn since: M-0041\n" in said
    assert ", perpetrator: " in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_command_speaks_the_readers_language(run, package, tmp_path, code):
    said = {"en": "Yes: the file", "ru": "Да: ", "ky": "Ооба: "}
    assert said[code] in run(downloaded(package, tmp_path), f"{code}_KG.UTF-8")[1]
