"""Sizes and hashes of a package's files, written into its descriptor by a command."""

import hashlib
import json
import sys

import pytest

from keeper.__main__ import main
from keeper.describing import describe
from loaders import Faults, load
from tests.conftest import DATA


@pytest.fixture
def run(copy, monkeypatch, capsys):
    """Run the command on the copy; give its exit code and what it said."""

    def ran():
        monkeypatch.setenv("INCIDENTS_DATA", str(copy))
        monkeypatch.setenv("LC_ALL", "C")
        monkeypatch.setattr(sys, "argv", ["keeper", "describe"])
        return main(), "".join(capsys.readouterr())

    return ran


def resources(directory):
    return json.loads((directory / "datapackage.json").read_text(encoding="utf-8"))["resources"]


@pytest.mark.parametrize("resource", resources(DATA), ids=lambda r: r["path"])
def test_the_bundled_descriptor_tells_the_size_and_the_hash_of_every_file(resource):
    content = (DATA / resource["path"]).read_bytes()
    assert resource["bytes"] == len(content), "run: python -m keeper describe"
    assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_command_writes_what_changed_and_no_other_byte(run, copy):
    path = copy / "datapackage.json"
    with (copy / "media_attacks.csv").open("a", encoding="utf-8") as file:
        file.write("\n")
    (copy / "withdrawn.csv").write_bytes((DATA / "withdrawn.csv").read_bytes())
    before = path.read_text(encoding="utf-8").splitlines()
    code, said = run()
    assert (code, said) == (0, "Size and hash of 42 files stand in datapackage.json now.\n")
    after = path.read_text(encoding="utf-8").splitlines()
    changed = [line.split(":")[0] for line, old in zip(after, before, strict=True) if line != old]
    assert changed == ['   "bytes"', '   "hash"']


def test_a_file_edited_by_hand_loads_all_the_same(copy):
    path = copy / "media_attacks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",once,", ",twice,"), encoding="utf-8")
    assert load(copy).incidents.total


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("datapackage.json", None),
        ("datapackage.json", b"{"),
        ("datapackage.json", b"\xff"),
        ("datapackage.json", b"[]"),
        ("datapackage.json", b'{"resources": {}}'),
        ("datapackage.json", b'{"resources": ["places.csv"]}'),
        ("places.csv", None),
    ],
)
def test_what_cannot_be_described_is_refused_and_nothing_is_written(run, copy, name, content):
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(content)
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    code, said = run()
    assert code == 2
    assert said.startswith("Nothing was written: the package does not load (1 problems")
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
    with pytest.raises(Faults):
        describe(copy)
