"""Files and the database of releases: push, pull, and what is changed in both."""

import shutil
import subprocess
import sys

import pytest

from keeper.__main__ import main
from keeper.pushing import everywhere, pull, push, refuse
from keeper.withdrawal import Refused, withdraw
from loaders import Faults
from loaders.held import Held, Unusable, of_folder
from tests.broken import MEDIA
from tests.bundled import RELEASE
from tests.conftest import DATA, copied, keep_as
from tests.keeper.test_publish import SECRET
from tests.keeper.test_withdraw import contents, rows
from tests.loaders.test_database import DESCRIBED, MADE_UP, got, put
from tests.loaders.test_shelf import renamed

NEXT, KEPT = "2099.1.0", "2026.10.0"
RECORD = "M-0003"


@pytest.fixture
def run(monkeypatch, capsys, copy, address):
    """Run a command on the copy and the database: its status, and what it said."""
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    monkeypatch.setenv("INCIDENTS_URL", address)
    monkeypatch.setenv("LC_ALL", "C")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["keeper", *map(str, arguments)])
        status = main()
        said = capsys.readouterr()
        assert "made-up" not in said.out + said.err  # the password
        return subprocess.CompletedProcess(arguments, status, said.out, said.err)

    return run


def changed(copy):
    """Change a release under its number."""
    (copy / "LICENSE.md").write_text("made up", encoding="utf-8")


def holding(held, record):
    return [v for v, files in held.releases.items() if record.encode() in files[MEDIA]]


def test_the_bundled_package_is_the_same_byte_for_byte_after_push_and_pull(address, tmp_path):
    push(DATA, address)
    pull(tmp_path / "back", address)
    here, there = contents(DATA), contents(tmp_path / "back")
    here = {path.relative_to(DATA): content for path, content in here.items()}
    there = {path.relative_to(tmp_path / "back"): content for path, content in there.items()}
    assert {str(path) for path in set(here) - set(there)} == {"checking/sources_read.csv"}
    assert all(here[path] == content for path, content in there.items())
    assert of_folder(tmp_path / "back") == of_folder(DATA)


def test_a_push_says_what_is_shown_and_what_is_pushed_again_changes_nothing(run, copy, address):
    keep_as(copy, KEPT)
    assert f"shows release {RELEASE} now; kept releases: 1" in run("push").stdout
    done = run("push")
    assert (done.returncode, "as it is already" in done.stdout) == (0, True)
    keep_as(copy, RELEASE)
    renamed(copy, RELEASE, NEXT)
    (copy / "releases" / RELEASE / "datapackage.json").write_bytes(
        got(address).releases[RELEASE]["datapackage.json"]
    )
    assert f"shows release {NEXT} now; kept releases: 2" in run("push").stdout


@pytest.mark.parametrize("command", ["push", "pull"])
def test_other_content_under_a_number_that_is_taken_is_refused_until_it_is_named(
    run, copy, address, command
):
    run("push")
    before = got(address)
    changed(copy)
    files = contents(copy)
    done = run(command)
    assert (done.returncode, done.stdout) == (2, "")
    assert RELEASE in done.stderr
    state = done.stderr.split("--replaces ")[1].strip(" .\n")
    assert run(command, "--replaces", "0" * 12).returncode == 2
    assert (got(address), contents(copy)) == (before, files)
    assert run(command, "--replaces", state).returncode == 0
    assert got(address) == of_folder(copy)


def test_a_kept_release_that_publishing_coarsened_is_sent_without_more_ado(
    run, copy, address, publish, tmp_path
):
    cases = [SECRET | {"source_url": f"https://canary.example/{n}"} for n in range(3)]
    publish(*cases)
    run("push")
    before, older = got(address), shutil.copytree(copy, tmp_path / "older")
    publish(cases[0] | {"region": "KG"}, *cases[1:])
    done = run("push")
    assert (done.returncode, done.stderr) == (0, "")
    after = got(address)
    assert after == of_folder(copy)
    assert after.marks[before.present] != before.marks[before.present]
    with pytest.raises(Refused, match="taken"):  # what was taken never comes back so
        refuse(after, Held(after.present, {**after.releases, **before.releases}))
    with pytest.raises(Refused, match="taken"):  # the one on show changes under no number
        refuse(of_folder(older), Held(before.present, after.releases))


def test_an_older_release_replaces_no_newer_one_and_no_release_goes(run, copy, address):
    renamed(copy, RELEASE, NEXT)
    run("push")
    before = got(address)
    renamed(copy, NEXT, RELEASE)
    done = run("push", "--replaces", before.mark[:12])
    assert (done.returncode, "is older than" in done.stderr) == (2, True)
    renamed(copy, RELEASE, "2099.2.0")
    done = run("push")  # 2099.1.0 was not kept
    assert (done.returncode, NEXT in done.stderr) == (2, True)
    assert got(address) == before


@pytest.mark.parametrize("where", ["", f"releases/{KEPT}"])
def test_what_is_not_reduced_is_refused_in_a_kept_release_too(run, copy, address, where):
    run("push")
    before = got(address)
    keep_as(copy, KEPT)
    path = copy / where / "rights_incidents.csv"
    protected = rows(copy / where, "rights_incidents.csv").query("protected == 'yes'").index[0]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines = [
        line.replace(",yes,", ",,", 1) if line.startswith(protected) else line for line in lines
    ]
    path.write_text("".join(lines), encoding="utf-8")
    done = run("push")
    assert (done.returncode, "does not load" in done.stderr) == (2, True)
    assert got(address) == before


def test_a_withdrawal_reaches_every_release_of_the_database_at_once(run, copy, address):
    keep_as(copy, KEPT)
    run("push")
    assert holding(got(address), RECORD) == [RELEASE, KEPT]
    done = run("withdraw", RECORD, "--reason", "request")
    assert done.returncode == 0
    assert "gone from the database" in done.stdout
    assert holding(got(address), RECORD) == []
    assert got(address) == of_folder(copy)


def test_a_withdrawal_pushes_nothing_that_was_not_pushed(run, copy, address):
    run("push")
    renamed(copy, RELEASE, NEXT)
    assert run("withdraw", RECORD, "--reason", "request").returncode == 0
    assert list(got(address).releases) == [RELEASE]
    assert holding(got(address), RECORD) == holding(of_folder(copy), RECORD) == []


def test_a_closed_link_is_closed_in_the_database(run, copy, address):
    run("push")
    page = rows(copy, MEDIA)["source_url"]["M-0002"]
    assert run("close", page).returncode == 0
    assert page.encode() not in got(address).releases[RELEASE][MEDIA]
    assert got(address) == of_folder(copy)


def test_nothing_that_was_withdrawn_or_closed_comes_back_with_an_older_copy(
    run, copy, address, tmp_path, monkeypatch
):
    older = copied(tmp_path / "older")
    run("push")
    page = rows(copy, MEDIA)["source_url"]["M-0002"]
    run("close", page)
    monkeypatch.setenv("INCIDENTS_DATA", str(older))
    state = got(address).mark[:12]
    done = run("push", "--replaces", state)
    assert (done.returncode, "would be open again" in done.stderr) == (2, True)
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    run("withdraw", RECORD, "--reason", "request")
    before = got(address)
    for version in (RELEASE, NEXT):
        renamed(older, RELEASE, version)
        monkeypatch.setenv("INCIDENTS_DATA", str(older))
        done = run("push", "--replaces", before.mark[:12])
        assert (done.returncode, "would come back" in done.stderr) == (2, True)
    assert got(address) == before


def test_a_database_that_is_away_leaves_the_files_as_they_are(run, copy, database, monkeypatch):
    monkeypatch.setenv("INCIDENTS_URL", database.url("keeper"))
    run("push")
    before = contents(copy)
    database.stop()
    try:
        for command in (["push"], ["pull"], ["withdraw", RECORD, "--reason", "request"]):
            done = run(*command)
            assert (done.returncode, done.stdout) == (2, "")
            assert "does not answer" in done.stderr
    finally:
        database.start()
    assert contents(copy) == before


def test_a_withdrawal_whose_database_dies_at_the_last_moment_is_ended_by_the_same_again(
    database, copy
):
    address = database.url("keeper")
    push(copy, address)

    def and_die(folder):
        done = withdraw(folder, RECORD, "request", "2026-11")
        if folder == copy:
            database.kill()
        return done

    with pytest.raises(Refused, match="half_done"):
        everywhere(copy, address, "", and_die)
    database.start()
    assert holding(got(address), RECORD) == [RELEASE]
    assert holding(of_folder(copy), RECORD) == []
    again = everywhere(copy, address, "", lambda at: withdraw(at, RECORD, "request", "2026-11"))
    assert again.releases == [RELEASE]
    assert got(address) == of_folder(copy)
    with pytest.raises(Refused, match="already_withdrawn"):
        everywhere(copy, address, "", lambda at: withdraw(at, RECORD, "request", "2026-11"))


def test_what_is_never_published_needs_another_database(run, copy, address, monkeypatch):
    monkeypatch.setenv("KEEPER_URL", address.replace("127.0.0.1", "localhost"))
    for command in (["push"], ["withdraw", RECORD, "--reason", "request"]):
        done = run(*command)
        assert (done.returncode, "lead to one database" in done.stderr) == (2, True)
    monkeypatch.setenv("KEEPER_URL", f"postgresql://k:{MADE_UP}@127.0.0.1:1/x")
    done = run("push")
    assert done.returncode == (0 if address.startswith("sqlite") else 2)  # another kind is another
    assert MADE_UP not in done.stderr


@pytest.mark.parametrize("command", ["push", "pull"])
def test_without_an_address_the_refusal_says_which_setting_is_missing(run, command, monkeypatch):
    monkeypatch.delenv("INCIDENTS_URL")
    done = run(command)
    assert (done.returncode, "INCIDENTS_URL is not set" in done.stderr) == (2, True)


def test_a_pull_replaces_the_folder_and_leaves_what_is_no_part_of_the_package(run, copy, address):
    renamed(copy, RELEASE, NEXT)
    run("push")
    renamed(copy, NEXT, RELEASE)
    keep_as(copy, KEPT)
    put(address, Held(NEXT, {**got(address).releases, **of_folder(copy).releases}))
    (copy / "notes.txt").write_text("made up")
    (copy / f"x_snapshot_{RELEASE}.zip").write_text("a copy of older data")
    done = run("pull")
    assert (done.returncode, NEXT in done.stdout) == (0, True)
    assert of_folder(copy) == got(address)
    assert (copy / "notes.txt").read_text() == "made up"
    assert not list(copy.glob("*.zip"))
    assert [path.name for path in copy.parent.iterdir() if path.name.startswith(".")] == []
    assert "as it is already" in run("pull").stdout


def test_a_pull_into_a_folder_that_is_empty_or_not_there(run, copy, address, tmp_path):
    run("push")
    (tmp_path / "empty").mkdir()
    for folder in ("empty", "new/deep"):
        assert run("pull", tmp_path / folder).returncode == 0
        assert of_folder(tmp_path / folder) == of_folder(copy)


def test_a_pull_takes_nothing_that_does_not_load_and_no_newer_work_away(run, copy, address):
    put(address, Held("1.0", {"1.0": {**DESCRIBED, "a.csv": b"made up"}}))
    before = contents(copy)
    assert "is older than" in run("pull").stderr
    with pytest.raises(Faults):
        pull(copy.parent / "new", address)
    assert not (copy.parent / "new").exists()
    assert contents(copy) == before


def test_a_database_that_holds_nothing_gives_nothing_back(address, tmp_path):
    with pytest.raises(Unusable):
        pull(tmp_path / "new", address)
    assert not (tmp_path / "new").exists()
