"""The keys: where they may lie, whose they are; nobody publishes without the right ones."""

import fcntl
import json
import os
import random
import signal
import time

import pytest

from keeper.keys import HEAD, Keys, locked, safe
from keeper.withdrawal import Refused
from loaders import load
from tests.conftest import copied
from tests.keeper.conftest import added, keys_of, state

KILLS = int(os.environ.get("KILLS", "6"))
"""How often publishing is killed: a few times here, fifty with KILLS=50."""


@pytest.fixture
def published(publish, folder):
    """Publish two made-up cases; give the file of keys."""
    assert publish({}, {})[0] == 0
    return folder / "keys.csv"


def test_they_are_for_their_owner_alone_and_hold_numbers_and_identifiers(published, folder, copy):
    assert published.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir() if path.name != "cases.csv"] == ["keys.csv"]
    rows = [line.split(",") for line in published.read_text().splitlines()]
    assert rows[0] == HEAD
    assert [row[0] for row in rows[1:]] == ["A-0", "A-1"]
    assert {row[1] for row in rows[1:]} == {row["incident_id"] for row in added(copy)}


@pytest.mark.parametrize("where", ["data/keys.csv", "data/codebook/keys.csv", "another/keys.csv"])
def test_they_are_refused_inside_a_package(publish, copy, tmp_path, where):
    (tmp_path / "another").mkdir(mode=0o700)
    (tmp_path / "another" / "datapackage.json").write_text("{}")
    code, said = publish({}, keys=tmp_path / where)
    assert (code, "outside of any package" in said) == (2, True)


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_they_are_refused_in_a_work_tree_of_git(publish, tmp_path, inside):
    (tmp_path / ".git").mkdir()
    (tmp_path / "keeper" / inside).mkdir(mode=0o700, exist_ok=True)
    code, said = publish({}, keys=tmp_path / "keeper" / inside / "keys.csv")
    assert (code, "git repository" in said) == (2, True)


def test_a_link_is_followed_before_it_is_judged(publish, copy, folder):
    (folder / "linked").symlink_to(copy)
    assert publish({}, keys=folder / "linked" / "keys.csv")[0] == 2


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o710, 0o777])
def test_they_are_refused_in_a_folder_that_others_may_enter(publish, folder, mode):
    folder.chmod(mode)
    code, said = publish({})
    assert (code, "chmod 700" in said) == (2, True)


def test_they_are_refused_where_others_may_read_them(publish, published, copy):
    published.chmod(0o640)
    before = state(copy)
    code, said = publish({}, {}, {})
    assert (code, "600 for the file" in said) == (2, True)
    assert state(copy) == before


def test_there_must_be_a_folder_for_them(publish, folder):
    code, said = publish({}, keys=folder / "none" / "keys.csv")
    assert (code, "no folder for the keys" in said) == (2, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: None, "there is no such file"),
        (lambda text: ",".join(HEAD) + "\n", "there is no such file"),
        (lambda text: "\n".join(text.splitlines()[:2]) + "\n", "older than the release"),
        (lambda text: text[:-3], "no whole file"),
        (lambda text: text.replace(",", ";"), "no whole file"),
        (lambda text: text + "A-0,R-0000\n", "no whole file"),
        (lambda text: text + "A-9,\n", "no whole file"),
        (lambda text: "\xff\xfe", "no whole file"),
        (lambda text: text.replace("R-", "M-"), "another package"),
        (lambda text: "\n".join([HEAD[0] + "," + HEAD[1], "X,R-1,", ""]), "no whole file"),
    ],
)
def test_no_other_keys_will_do(publish, published, copy, change, said):
    text = change(published.read_text())
    published.unlink()
    if text is not None:
        published.write_text(text, encoding="latin-1")
        published.chmod(0o600)
    before = state(copy)
    code, out = publish({}, {}, {})
    assert (code, said in out) == (2, True)
    assert state(copy) == before


def test_the_keys_of_another_package_are_not_taken_for_a_first_release(publish, folder, copy):
    taken = load(copy).incidents.frame["incident_id"].iloc[0]
    path = folder / "keys.csv"
    path.write_text(f"{HEAD[0]},{HEAD[1]}\nZ,{taken}\n")
    path.chmod(0o600)
    code, said = publish({})
    assert (code, "another package" in said) == (2, True)


@pytest.mark.parametrize("held", ["copy", "folder"])
def test_one_keeper_publishes_at_a_time(publish, copy, folder, held, request):
    handle = os.open(request.getfixturevalue(held), os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    before = state(copy)
    code, said = publish({})
    os.close(handle)
    assert (code, "somebody else is publishing" in said) == (2, True)
    assert state(copy) == before
    assert publish({})[0] == 0


def test_a_release_that_came_while_one_waited_is_not_written_over(copy, tmp_path):
    other = copied(tmp_path / "other")
    with locked(copy):
        copy.rename(tmp_path / "aside")
        other.rename(copy)
        with locked(copy):
            pass


def test_nothing_repeats_a_number():
    keys = Keys({"A-secret": "R-0001"})
    assert "secret" not in repr(keys)
    assert "secret" not in json.dumps(keys.mark)


def test_a_place_is_told_without_following_what_is_not_there(folder, copy):
    assert safe(folder / "keys.csv", copy) == folder.resolve() / "keys.csv"
    with pytest.raises(Refused):
        safe(folder, copy)


def test_killed_at_any_moment_the_release_is_the_old_or_the_new_one_and_the_keys_fit(
    publish, copy, folder
):
    """A child is killed while it publishes; then the same is published again."""
    publish({})
    draw = random.Random(7)  # noqa: S311  # no secret
    cases = [{}]
    began = time.monotonic()
    publish(*cases, options=("--dry-run",))
    lasts = time.monotonic() - began
    seen = set()
    for _ in range(KILLS):
        cases = [*cases[:3], {"persons": str(len(seen) + 2), "target": "person"}]
        cases[-1]["summary"] = f"A made-up crowd of {draw.randrange(10**6)} was told to go home"
        before, drawn = load(copy).release, keys_of(folder)
        child = os.fork()
        if not child:
            publish(*cases)
            os._exit(0)
        time.sleep(draw.uniform(0.2, 1.6) * lasts)  # the moment is what is tried
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        package = load(copy)
        keys = Keys.read(folder / "keys.csv")
        described = package.descriptor.described
        keys.fit(described, frozenset(package.incidents.frame["incident_id"]))
        assert {row["incident_id"] for row in added(copy)} <= {*keys.drawn.values()}
        assert {*drawn.items()} <= {*keys.drawn.items()}
        seen.add(package.release != before)
    assert publish(*cases, {})[0] == 0
    assert not [path for path in copy.parent.iterdir() if path.name.startswith(".")]
