"""The command that says whether a file is the cited one, run on files as a reader holds them."""

import csv
import io
import shutil
import subprocess
import sys

import pytest

from answers import files
from incidents.citation import PUBLISHED, fingerprint, published
from incidents.codebook import LANGUAGES
from incidents.selection import Selection
from keeper import __main__ as command
from keeper.verification import verify
from keeper.withdrawal import withdraw
from loaders import downloads, load
from loaders.releases import FOLDER
from tests.asking import files_of_records
from tests.broken import RIGHTS
from tests.bundled import RELEASE
from tests.conftest import DATA, HOME, forget_words, keep_as
from tests.hostile import write_hostile

ASKED = Selection(data=("media",), region=("KG-GB",), start="2021")


def downloaded(package, folder, selection=ASKED, lang="en"):
    """Write the file that the Records page offers."""
    path = folder / "file.csv"
    path.write_bytes(files_of_records(package, selection, lang)["csv"].make())
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
    read = downloads.from_csv(files.as_csv(published(records), "https://example.org"))
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
        return [row[: at("date_end")] + row[at("date_end") + 1 :] for row in rows]
    if what == "column twice":
        return [[row[at("incident_id")], *row] for row in rows]
    if what == "label twice":
        return [[row[at("groups_label")], *row] for row in rows]
    if what == "label of no codes":
        return [["summary_label", *head], *(["x", *row] for row in body)]
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
        return [head, *([*row[:-1], row[-1].replace(RELEASE, "1999.1.0")] for row in body)]
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
        ("label twice", 1, "Missing: –. Not known, or twice: groups_label."),
        ("label of no codes", 1, "Missing: –. Not known, or twice: summary_label."),
        ("column added", 1, "Missing: –. Not known, or twice: x."),
        ("two views", 1, "Differs: the rows name 2 views in the column cited_as"),
        ("no such view", 1, f"Differs: release {RELEASE} has no view like the one named"),
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
    assert f"The present release is {RELEASE}." in said
    shutil.rmtree(copy / FOLDER)
    code, said = run(path)
    assert code == 2
    assert "release 2026.11.0-copy is not kept here" in said
    mark = fingerprint(downloads.from_csv(path.read_bytes())[PUBLISHED])
    assert said.endswith(f"{mark}\n")


def test_rows_that_are_those_of_another_release_are_recognised(run, copy, package, tmp_path):
    kept = keep_as(copy, "2026.11.0-copy")
    path = kept / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    asked = (x for x in reversed(lines[1:]) if ",KG-GB," in x and x.split(",")[2] >= ASKED.start)
    gone = next(x[:6] for x in asked if ",incident," in x)
    left = "".join(x for x in lines if not x.startswith(gone))
    path.write_text(left, encoding="utf-8")
    forget_words(kept)
    path = downloaded(package, tmp_path)
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(f"release={RELEASE}", "release=2026.11.0-copy"), encoding="utf-8")
    code, said = run(path)
    assert code == 1
    assert f"Not in this view: {gone}\n" in said
    assert f"The rows are those of another release: {RELEASE}\n" in said


def test_a_file_from_before_a_withdrawal_differs_by_withdrawal(run, copy, package, tmp_path):
    path = downloaded(package, tmp_path, Selection(data=("media",)))
    withdraw(copy, "M-0041", "request", "2026-12")
    code, said = run(path)
    assert code == 1
    assert said.startswith(f"Differs from this view in release {RELEASE} only by what was")
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
    assert said.startswith(f"Differs from this view in release {RELEASE}.\n")
    assert "Withdrawn since: M-0041\n" in said
    assert ", perpetrator: " in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_labels_in_any_language_or_none_leave_a_file_the_cited_one(run, package, tmp_path, lang):
    path = downloaded(package, tmp_path, Selection(), lang)
    rows = cells(path)
    assert "Yes: the file" in run(path, "en_GB")[1]
    for kept in ([*PUBLISHED, "cited_as"], [*PUBLISHED, "cited_as", "groups_label"]):
        at = [rows[0].index(name) for name in kept]
        rewrite(path, [[row[place] for place in at] for row in rows])
        code, said = run(path, "en_GB")
        assert (code, said.split(":")[0]) == (0, "Yes")


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("groups_label", "Никто"),
        ("region_label", ""),
        ("place_label", "Paris"),
        ("violations_label", "Threats"),  # the words of another language
        ("dataset_label", "=1+1"),
        ("record", "https://example.org/records?id=M-0002&release={release}"),
        ("record", "https://example.com/records?id={id}&release={release}"),
        ("record", "https://example.org/records?id={id}&release=2026.11.5"),
        ("record", "https://example.org/records?id={id}&release={release}&q="),
        ("record", "https://example.org/records?id={id}&release={release}&lang=xx"),
        ("record", ""),
    ],
)
def test_a_label_or_link_that_was_changed_is_told_beside_codes_that_were_not(
    run, package, tmp_path, column, told
):
    path = downloaded(package, tmp_path, lang="ru")
    rows = cells(path)
    row, at = rows[2], rows[0].index
    name = row[at("incident_id")]
    row[at(column)] = told.format(id=name, release=RELEASE)
    rewrite(path, rows)
    code, said = run(path)
    assert code == 1
    first, *others = said.splitlines()
    assert first == (
        f"The codes are those of this view in release {RELEASE}, but labels or links beside them "
        "were changed."
    )
    assert [line for line in others if line.startswith(f"{name}, {column}: ")] == others[:-1]


def test_a_label_is_no_excuse_for_its_code_and_a_code_none_for_its_label(package, tmp_path):
    path = downloaded(package, tmp_path, lang="ky")
    rows = cells(path)
    at = rows[0].index
    rows[1][at("perpetrator")], rows[1][at("perpetrator_label")] = "non_state", "made up"
    rows[2][at("place")] += ".0"  # as a spreadsheet writes it
    rows[2][at("place_label")] = "made up"
    rewrite(path, rows)
    found = verify(path, DATA)
    ids = [row[at("incident_id")] for row in rows]
    assert [(cell.incident_id, cell.column) for cell in found.changed] == [(ids[1], "perpetrator")]
    assert [(c.incident_id, c.column) for c in found.mislabelled] == [(ids[2], "place_label")]
    assert not found.by_spreadsheet


def test_a_label_of_a_protected_record_is_not_repeated_either(run, package, tmp_path):
    path = downloaded(package, tmp_path, Selection(data=("rights",)))
    rows = cells(path)
    at = rows[0].index
    row = next(row for row in rows if row[at("protected")] == "yes")
    row[at("groups_label")] = "Made up, of somebody"
    rewrite(path, rows)
    code, said = run(path)
    assert code == 1
    assert f"{row[at('incident_id')]}, groups_label: differs." in said
    assert "Made up" not in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_command_speaks_the_readers_language(run, package, tmp_path, code):
    said = {"en": "Yes: the file", "ru": "Да: ", "ky": "Ооба: "}
    assert said[code] in run(downloaded(package, tmp_path), f"{code}_KG.UTF-8")[1]


def test_the_old_command_names_the_new_one_and_does_nothing():
    ran = subprocess.run(
        [sys.executable, "-m", "loaders", "verify", "a.csv"],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", "python -m keeper verify a.csv\n")
