"""The keeper's own database: cases that wait, and keys; nobody else has it, and nothing repeats it.

All cases are made up, and true of nobody.
"""

import logging
import os
import random
import signal
import sys
import time
import traceback

import psycopg
import pytest

from keeper import team
from keeper.__main__ import main
from keeper.keys import Keys
from keeper.withdrawal import Refused
from loaders import load
from loaders.held import Unusable
from tests import postgres
from tests.broken_files import csv_of
from tests.checking_files import rows_of
from tests.keeper.conftest import TEXTS, added, keys_of, state
from tests.keeper.test_keys import KILLS
from tests.keeper.test_publish import FINER, SECRET
from tests.loaders.test_database import MADE_UP, NEW, SPOILT, put, spoil

PASSWORDS = ("made-up", MADE_UP)


@pytest.fixture
def run(copy, folder, team_address, monkeypatch, capsys):
    """Run a command of a keeper with a database; give what it ended with, and what it said."""
    monkeypatch.setenv("KEEPER_URL", team_address)
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    monkeypatch.setenv("LC_ALL", "en")

    def run(command, *cases, options=(), file="cases.csv"):
        files = []
        if cases:
            told = [
                {"case_number": f"A-{n}", "summary": TEXTS[n]} | each
                for n, each in enumerate(cases)
            ]
            (folder / file).write_bytes(csv_of(*rows_of(*told)))
            files = [folder / file]
        out = ["--out", copy] if command == "publish" else []
        monkeypatch.setattr(sys, "argv", ["keeper", command, *map(str, [*files, *out, *options])])
        code = main()
        said = capsys.readouterr()
        assert "team-made-up" not in said.out + said.err
        return code, said.out + said.err

    return run


def held(address, copy):
    """Give the keys and the numbers of the cases that a database holds."""
    with team.opened(address, copy) as base:
        numbers = [number for part in base.cases() for number in part.numbers]
        return base.keys().drawn, sorted(numbers)


def test_stored_cases_become_a_release_and_their_keys_stay_in_the_database(run, copy, team_address):
    code, said = run("store", SECRET | {"case_number": "A-secret"}, {}, {"consent": "not_given"})
    assert (code, "New cases: 3, replaced: 0" in said) == (0, True)
    assert "A-secret" not in said
    before = state(copy)
    code, said = run("publish", options=("--dry-run",))
    assert (code, state(copy)) == (0, before)
    code, said = run("publish")
    assert (code, "New records: 2" in said) == (0, True)
    assert "There is no consent to publish. Rows: cases.csv: 4" in said
    keys, numbers = held(team_address, copy)
    assert numbers == ["A-1", "A-2", "A-secret"]
    assert keys.keys() == {"A-1", "A-secret"}
    assert {row["incident_id"] for row in added(copy)} == {*keys.values()}
    everywhere = b"".join(state(copy).values()).decode("utf-8") + said
    assert not [word for word in FINER if word in everywhere]
    code, said = run("publish")
    assert (code, "Nothing changes" in said) == (0, True)


def test_a_case_that_is_stored_again_is_corrected_and_keeps_its_identifier(run, copy, team_address):
    run("store", {}, {})
    run("publish")
    keys, _ = held(team_address, copy)
    code, said = run("store", {"summary": "Made-up and corrected"}, file="later.csv")
    assert (code, "New cases: 0, replaced: 1" in said) == (0, True)
    code, said = run("publish")
    assert (code, "corrected: 1, as they were: 1" in said) == (0, True)
    assert held(team_address, copy) == (keys, ["A-0", "A-1"])
    told = {row["incident_id"]: row["summary"] for row in added(copy)}
    assert told[keys["A-0"]] == "Made-up and corrected"


def test_what_a_file_says_nothing_of_stays_as_it_is_published(run, copy, team_address, folder):
    run("store", {"persons": "7", "target": "person"}, {})
    run("publish")
    text = (folder / "cases.csv").read_text(encoding="utf-8-sig")
    head, *rows = [line.split(",") for line in text.splitlines()]
    at = head.index("persons")
    short = "\n".join(",".join(cells[:at] + cells[at + 1 :]) for cells in (head, rows[0]))
    (folder / "short.csv").write_text(short + "\n", encoding="utf-8")
    assert run("store", options=(folder / "short.csv",))[0] == 0
    code, said = run("publish")
    assert (code, "Nothing changes" in said) == (0, True), said


def test_a_case_is_taken_out_and_its_record_stays(run, copy, team_address):
    run("store", {}, {})
    run("publish")
    before = state(copy)
    code, said = run("store", options=("--take-out", "A-1"))
    assert (code, "taken out: 1" in said, "until its record is withdrawn" in said) == (
        0,
        True,
        True,
    )
    assert held(team_address, copy)[1] == ["A-0"]
    assert run("publish")[0] == 0
    assert state(copy) == before
    code, said = run("store", {}, options=("--take-out", "A-secret"))
    assert (code, "no case of such a number" in said, "secret" in said) == (2, True, False)
    assert held(team_address, copy)[1] == ["A-0"]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"perpetrator": ""}, "errors stand in cases.csv"),
        ({"case_number": ""}, "number of your own. Rows: cases.csv: 3"),
        ({"case_number": "A-0"}, "two cases have one number"),
        ({"Регеон": "a made-up place"}, "add --looked-at 1"),
    ],
)
def test_what_does_not_pass_is_not_stored(run, copy, team_address, case, said):
    code, out = run("store", {}, case)
    assert (code, said in out) == (2, True), out
    assert held(team_address, copy) == ({}, [])


def test_questions_of_reading_are_looked_at_before_a_case_is_stored(run):
    unread = {"Регеон": "a made-up place"}
    assert run("store", unread, options=("--looked-at", "1"))[0] == 0
    assert run("publish")[0] == 0


def test_the_database_takes_over_the_keys_of_a_file_once(run, publish, copy, folder, team_address):
    publish({}, {}, {})
    keys, before = keys_of(folder), state(copy)
    run("store", {}, {}, {})
    assert run("publish")[0] == 2  # no keys, and records that were published with some
    assert run("store", options=("--keys", folder / "keys.csv"))[0] == 0
    assert held(team_address, copy)[0] == keys
    code, said = run("publish")
    assert (code, "Nothing changes" in said, state(copy) == before) == (0, True, True)
    (folder / "keys.csv").write_text("case_number,incident_id\nB-0,R-0000\n")
    assert "another package" in run("store", options=("--keys", folder / "keys.csv"))[1]
    assert run("store", options=("--keys", folder / "none.csv"))[0] == 2
    assert held(team_address, copy)[0] == keys


def test_without_keys_or_cases_nothing_is_published(run, copy, folder, monkeypatch):
    assert "store cases first" in run("publish")[1]
    assert "name files of cases" in run("publish", options=("--keys", folder / "keys.csv"))[1]
    monkeypatch.delenv("KEEPER_URL")
    assert "Give --keys FILE, or set KEEPER_URL" in run("publish", {})[1]
    assert "KEEPER_URL is not set" in run("store", {})[1]


def test_one_keeper_has_it_at_a_time(run, copy, team_address):
    run("store", {})
    before = state(copy)
    with team.opened(team_address, copy):
        for command in (("publish",), ("store", {})):
            code, said = run(*command)
            assert (code, "somebody else is publishing" in said) == (2, True)
    assert state(copy) == before
    assert run("publish")[0] == 0


def test_it_is_never_the_database_of_releases(run, copy, team_address, monkeypatch, address):
    monkeypatch.setenv("INCIDENTS_URL", team_address)
    for command in (("publish", {}), ("store", {})):
        code, said = run(*command)
        assert (code, "lead to one database" in said) == (2, True)
    put(address, NEW)
    monkeypatch.delenv("INCIDENTS_URL")
    copy.parent.chmod(0o700)
    for file in copy.parent.glob("releases.db"):
        file.chmod(0o600)
    with pytest.raises(Unusable, match="foreign"), team.opened(address, copy):
        pass


@pytest.mark.parametrize("version", ["older", "newer"])
def test_a_schema_of_another_program_is_refused(run, copy, team_address, version):
    run("store", {})
    spoil(team_address, *SPOILT[version])
    before = state(copy)
    assert run("publish")[0] == run("store", {})[0] == 2
    assert state(copy) == before


def test_keys_that_are_not_whole_are_refused(run, copy, team_address):
    run("store", {}, {})
    run("publish")
    spoil(team_address, "DELETE FROM keys WHERE n = 0")
    before = state(copy)
    code, said = run("publish", {}, {}, {})
    assert (code, "no whole file of keys" in said) == (2, True)
    assert state(copy) == before


@pytest.mark.parametrize("where", ["data", "data/codebook", "git", "open", "none"])
def test_a_file_of_sqlite_lies_where_a_file_of_keys_may_lie(copy, tmp_path, where):
    (tmp_path / "git" / ".git").mkdir(parents=True)
    (tmp_path / "open").mkdir()
    for name in ("data", "git"):
        (tmp_path / name).chmod(0o700)
    before = state(tmp_path)
    with (
        pytest.raises(Refused, match="keys_"),
        team.opened(f"sqlite:///{tmp_path}/{where}/t.db", copy),
    ):
        pass
    assert state(tmp_path) == before


def test_a_file_of_sqlite_is_for_its_owner_alone(copy, folder, monkeypatch):
    os.umask(0o022)
    address = f"sqlite:///{folder}/t.db"
    with team.opened(address, copy) as base:
        base.write(Keys({"A-0": "R-0001"}))
    assert [(path.name, path.stat().st_mode & 0o777) for path in folder.iterdir()] == [
        ("t.db", 0o600)
    ]
    (folder / "t.db").chmod(0o640)
    with pytest.raises(Refused, match="keys_readable"), team.opened(address, copy):
        pass


@pytest.mark.parametrize(
    ("account", "database"), [("reader", "team"), ("keeper", "team"), ("team", "incidents")]
)
def test_no_other_account_connects(server, account, database):
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        server.connection(account, database)


def test_nothing_repeats_an_address_a_number_or_a_case(run, copy, team_address, caplog):
    caplog.set_level(logging.DEBUG)
    secret = SECRET | {"case_number": "A-secret"}
    run("store", secret)
    run("publish")
    told = caplog.text
    with team.opened(team_address, copy) as base:
        told += repr((base, base.keys(), base.cases()))
        keys = Keys({**base.keys().drawn, "A-0": "R-0001", "A-other": "R-0001"})
    with pytest.raises(Unusable) as refused, team.opened(team_address, copy) as base:
        base.write(keys)
    told += "".join(traceback.format_exception(refused.value))
    assert not [word for word in (*FINER, "A-other", "R-0001", *PASSWORDS) if word in told]


def test_a_server_that_dies_leaves_the_release_and_keys_that_fit_it(database, copy):
    postgres.emptied(database, "team")
    address = database.url("team", "team")
    with pytest.raises(Unusable), team.opened(address, copy) as base:
        _written_to_a_dead(database, base)
    database.start()
    with team.opened(address, copy) as base:
        assert base.keys().drawn in ({}, {"A-0": "R-0001"})


def _written_to_a_dead(server, base):
    server.kill()
    base.write(Keys({"A-0": "R-0001"}))


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_killed_at_any_moment_the_release_is_the_old_or_the_new_one_and_the_keys_fit(
    run, copy, team_address
):
    """A child is killed while it publishes; then the same is published again."""
    run("store", {})
    began = time.monotonic()
    run("publish")
    lasts = time.monotonic() - began
    draw = random.Random(19)  # noqa: S311  # no secret
    seen = set()
    for n in range(KILLS):
        month = f"{2018 + n // 12}-{n % 12 + 1:02}"  # so that none is like another
        told = {"summary": TEXTS[1], "date": f"{month}-05", "source_published": month}
        assert run("store", told | {"case_number": f"B-{n}"})[0] == 0
        before, drawn = load(copy).release, held(team_address, copy)[0]
        child = os.fork()
        if not child:
            run("publish")
            os._exit(0)
        time.sleep(draw.uniform(0.2, 1.4) * lasts)  # the moment is what is tried
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        package, keys = load(copy), held(team_address, copy)[0]
        described = package.descriptor.described
        Keys(keys).fit(described, frozenset(package.incidents.frame["incident_id"]))
        assert {row["incident_id"] for row in added(copy)} <= {*keys.values()}
        assert drawn.items() <= keys.items()
        seen.add(package.release != before)
    assert seen == {True, False} or KILLS < 10
    assert run("publish")[0] == 0
    assert {row["incident_id"] for row in added(copy)} == {*held(team_address, copy)[0].values()}
    assert not [path for path in copy.parent.iterdir() if path.name.startswith(".")]
