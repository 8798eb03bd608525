"""The command that takes a record out, run as a data keeper runs it on a copy of the package."""

import csv
import os
import shutil
import subprocess
import sys

import pandas as pd
import pytest

from incidents.codebook import LANGUAGES
from keeper.__main__ import main
from keeper.describing import describe
from keeper.withdrawal import rows_of
from loaders import load
from tests.broken import MEDIA, RIGHTS
from tests.bundled import RELEASE
from tests.conftest import HOME, keep_as

WORDS = ("translations.csv", "names.csv")
HEADER = "incident_id,dataset,release,withdrawn,reason\n"


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command in this process: its status, and what it said."""

    def run(directory, *arguments, language="C"):
        monkeypatch.setenv("INCIDENTS_DATA", str(directory))
        monkeypatch.setenv("LC_ALL", language)
        monkeypatch.setattr(sys, "argv", ["loaders", "withdraw", *arguments])
        status = main()
        return subprocess.CompletedProcess(arguments, status, *capsys.readouterr())

    return run


def lines(path):
    return path.read_bytes().splitlines(keepends=True)


def contents(directory):
    return {path: path.read_bytes() for path in directory.rglob("*") if path.is_file()}


def removed_and_added(before, after):
    return [line for line in before if line not in after], [x for x in after if x not in before]


def rows(directory, file):
    read = pd.read_csv(directory / file, dtype=str, keep_default_na=False)
    return read.set_index("incident_id")


def test_the_command_is_there(copy):
    command = [sys.executable, "-m", "keeper", "withdraw", "M-9999", "--reason", "request"]
    environment = {**os.environ, "INCIDENTS_DATA": str(copy)}
    done = subprocess.run(command, cwd=HOME, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "M-9999" in done.stderr


def test_a_withdrawal_takes_out_one_line_and_leaves_every_other_byte(run, copy):
    before = contents(copy)
    done = run(copy, "M-0003", "--reason", "request")
    assert done.returncode == 0
    after = contents(copy)
    assert set(after) == set(before)
    changed = {path.name for path in before if before[path] != after[path]}
    assert changed == {MEDIA, "translations.csv", "withdrawn.csv", "datapackage.json"}
    line = next(x for x in before[copy / MEDIA].splitlines(keepends=True) if x[:6] == b"M-0003")
    assert after[copy / MEDIA] == before[copy / MEDIA].replace(line, b"")


def test_translations_and_names_go_with_the_last_text_that_holds_them(run, copy):
    """A name that a record alone holds must not outlive the record, in any release."""
    kept = keep_as(copy, "2026.10.0")
    told = rows(copy, MEDIA)["summary"]
    gone = [name for name in told.index if "Keldibekov" in told[name]]
    assert gone
    for name in gone:
        run(copy, name, "--reason", "request")
    for place in (copy, kept):
        held = [(place / name).read_text(encoding="utf-8") for name in WORDS]
        assert not [text for text in held if "Keldibekov" in text or "Келдибеков" in text]
        assert all("Temirov" in text for text in held)
    assert load(copy).incidents.total


def test_a_publisher_goes_with_the_last_record_that_leads_there(run, copy):
    kept = keep_as(copy, "2026.10.0")
    link = rows(copy, MEDIA)["source_url"]["M-0002"]
    assert load(copy).publisher(link)[0] == "Argumenti.kg"
    before = lines(copy / "publishers.csv")
    done = run(copy, "M-0002", "--reason", "request")
    for place in (copy, kept):
        removed, added = removed_and_added(before, lines(place / "publishers.csv"))
        assert [line[:13] for line in removed] == [b"argumenti.kg,"]
        assert not added
    assert f"out of publishers.csv in: {RELEASE}, 2026.10.0." in done.stdout
    assert "argumenti" not in done.stdout.casefold()


@pytest.mark.parametrize("column", ["source_url", "second_source_url"])
def test_a_publisher_to_whom_another_record_leads_stays(run, copy, column):
    path = copy / MEDIA
    records = pd.read_csv(path, dtype=str, keep_default_na=False)
    another = records.index[(records["incident_id"] == "M-0003")][0]
    records.loc[another, column] = "http://www.argumenti.kg/another/page"
    records.to_csv(path, index=False)
    before = lines(copy / "publishers.csv")
    done = run(copy, "M-0002", "--reason", "request")
    assert lines(copy / "publishers.csv") == before
    assert "publishers.csv" not in done.stdout


def test_the_row_of_one_page_goes_and_that_of_its_publisher_stays(run, copy):
    """The longest address that a page begins with is its row, and no shorter one is touched."""
    links = rows(copy, MEDIA)["source_url"]
    alone = links[links.str.contains("//24.kg/") & ~links.duplicated(keep=False)].index[0]
    page = links[alone].partition("//")[2]
    with (copy / "publishers.csv").open("a", encoding="utf-8") as file:
        file.write(f"{page},24.kg,en,https://web.archive.org/x\nnobody.example,Nobody,en,\n")
    before = lines(copy / "publishers.csv")
    run(copy, alone, "--reason", "request")
    removed, _ = removed_and_added(before, lines(copy / "publishers.csv"))
    assert [line.partition(b",")[0].decode() for line in removed] == [page]


def test_after_a_withdrawal_the_descriptors_tell_the_new_sizes_and_hashes(run, copy):
    kept, broken = keep_as(copy, "2026.10.0"), keep_as(copy, "2026.9.0")
    (broken / "places.csv").unlink()
    as_it_was = (broken / "datapackage.json").read_bytes()
    assert run(copy, "M-0002", "--reason", "request").returncode == 0
    for folder in (copy, kept):
        told = (folder / "datapackage.json").read_bytes()
        describe(folder)
        assert (folder / "datapackage.json").read_bytes() == told
    assert (broken / "datapackage.json").read_bytes() == as_it_was


def test_a_tombstone_says_that_a_record_is_gone_and_nothing_of_what_it_said(run, copy):
    run(copy, "R-6063", "--reason", "harm")
    text = (copy / "withdrawn.csv").read_text(encoding="utf-8")
    package = load(copy)
    month = package.tombstone("R-6063")["withdrawn"]
    assert text == f"{HEADER}R-6063,rights,{package.release},{month},harm\n"
    assert len(month) == len("2026-11")
    assert package.withdrawn_since == 1


def test_the_command_says_what_was_done_that_it_was_checked_and_what_is_left_to_do(run, copy):
    done = run(copy, "M-0002", "--reason", "request")
    assert f"M-0002 was taken out of: {RELEASE}" in done.stdout
    assert "checked: it loads" in done.stdout
    assert "git filter-repo" in done.stdout
    assert not done.stderr


def test_no_record_points_to_a_withdrawn_one_and_no_episode_holds_one_record(run, copy):
    episode = rows(copy, MEDIA)["episode"]
    pair = list(episode.index[episode == "E-M-0041"])
    assert pair == ["M-0041", "M-0042"]
    assert run(copy, "M-0041", "--reason", "error").returncode == 0
    assert rows(copy, MEDIA)["episode"]["M-0042"] == ""

    before = lines(copy / RIGHTS)
    assert rows(copy, RIGHTS)["same_event"]["R-6270"] == "M-0069"
    done = run(copy, "M-0069", "--reason", "duplicate")
    assert rows(copy, RIGHTS)["same_event"]["R-6270"] == ""
    assert "R-6270" in done.stdout
    removed, added = removed_and_added(before, lines(copy / RIGHTS))
    assert added == [removed[0].replace(b",M-0069,", b",,")]


def test_an_episode_of_which_two_records_are_left_stays(run, copy):
    episodes = rows(copy, MEDIA)["episode"]
    three = next(e for e, n in episodes[episodes != ""].value_counts().items() if n == 3)
    first, *others = episodes.index[episodes == three]
    run(copy, first, "--reason", "request")
    assert set(rows(copy, MEDIA)["episode"][others]) == {three}


def test_a_region_that_too_few_protected_records_would_share_is_taken_from_the_others(run, copy):
    path, records = copy / RIGHTS, rows(copy, RIGHTS)
    alike = (records["protected"] == "yes") & (records["date"] == "2022-01-01")
    first, *others = three = list(records.index[alike][:3])  # their region is made up here
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    named = [x.replace(",KG,,country,", ",KG-N,,region,") if x[:6] in three else x for x in lines]
    path.write_text("".join(named), encoding="utf-8")
    done = run(copy, first, "--reason", "request")
    assert done.returncode == 0
    left = rows(copy, RIGHTS).loc[others]
    assert set(left["region"]) == {"KG"}
    assert set(left["place_precision"]) == {"country"}
    assert ", ".join(others) in done.stdout


def test_every_kept_release_loses_the_record_too(run, copy):
    bundled = [p for p in copy.iterdir() if p.name != "releases"]
    whole, only_files = copy / "releases" / "2026.10.0", copy / "releases" / "2026.9.0"
    for kept in (whole, only_files):
        kept.mkdir(parents=True)
    for path in bundled:
        (shutil.copytree if path.is_dir() else shutil.copy)(path, whole / path.name)
    shutil.copy(copy / MEDIA, only_files / MEDIA)
    done = run(copy, "M-0041", "--reason", "request")
    assert f"{RELEASE}, 2026.10.0, 2026.9.0" in done.stdout
    for place in (copy, whole, only_files):
        assert "M-0041" not in rows(place, MEDIA).index
        assert rows(place, MEDIA)["episode"]["M-0042"] == ""
    assert (whole / "withdrawn.csv").read_text(encoding="utf-8") == HEADER
    load(whole)


def test_a_withdrawn_record_that_came_back_with_a_kept_release_is_taken_out_again(run, copy):
    old = (copy / MEDIA).read_bytes()
    run(copy, "M-0002", "--reason", "request")
    kept = copy / "releases" / "2026.10.0"
    kept.mkdir(parents=True)
    (kept / MEDIA).write_bytes(old)
    assert run(copy, "M-0002", "--reason", "request").returncode == 0
    assert "M-0002" not in rows(kept, MEDIA).index
    assert len(load(copy).withdrawn) == 1


@pytest.mark.parametrize(
    ("incident_id", "reason", "sentence"),
    [
        ("M-9999", "request", "There is no record M-9999 in this package."),
        ("", "request", "There is no record  in this package."),
        ("incident_id", "request", "There is no record incident_id in this package."),
        ("M-9001", "error", "The record M-9001 is already withdrawn."),
        (
            "M-0002",
            "The family asked",
            "There is no reason “The family asked”; the codes are: "
            "request, harm, error, duplicate, source_gone, unconfirmed.",
        ),
    ],
)
def test_what_cannot_be_withdrawn_is_refused_in_one_sentence(
    run, copy, incident_id, reason, sentence
):
    (copy / "withdrawn.csv").write_text(f"{HEADER}M-9001,media,2026.11.0,2026-11,request\n")
    before = contents(copy)
    done = run(copy, incident_id, "--reason", reason)
    assert (done.returncode, done.stderr, done.stdout) == (2, sentence + "\n", "")
    assert contents(copy) == before


def test_nothing_is_written_to_a_package_that_does_not_load(run, copy):
    path = copy / MEDIA
    path.write_text(path.read_text(encoding="utf-8").replace("journalists", "martians"))
    before = contents(copy)
    done = run(copy, "M-0002", "--reason", "request")
    assert done.returncode == 2
    assert done.stderr.startswith("Nothing was written: the package does not load (")
    assert "media_attacks.csv" in done.stderr
    assert contents(copy) == before


def test_a_file_in_another_programs_quoting_and_line_ends_keeps_them(run, copy):
    path = copy / MEDIA
    with path.open(encoding="utf-8", newline="") as file:
        cells = list(csv.reader(file))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(cells)
    before = lines(path)
    assert run(copy, "M-0002", "--reason", "request").returncode == 0
    removed, added = removed_and_added(before, lines(path))
    assert [line[:9] for line in removed] == [b'"M-0002",']
    assert not added


@pytest.mark.parametrize(
    "text",
    ["a,b\n1,2\n", "a,b\r\n1,2", "\ufeffa,b\n\n1,2\n", 'a,b\n"1\n2","x ""y"""\n3,\u2028\n', ""],
)
def test_the_rows_of_a_file_put_together_are_the_file(text):
    found = rows_of(text)
    assert "".join(row.text for row in found) == text
    assert all(list(row.cells) in ([], ["a", "b"]) for row in found)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_command_speaks_the_keepers_language(run, copy, code):
    said = {"en": "There is no", "ru": "нет записи", "ky": "деген жазуу жок"}
    done = run(copy, "M-9999", "--reason", "error", language=f"{code}_KG.UTF-8")
    assert said[code] in done.stderr
