"""What is kept of a large package's records is what its files say, and no longer than they do."""

import json
import shutil

import pandas as pd
import pytest

from benchmarks.generate import directory
from keeper.withdrawal import withdraw
from loaders import cached
from loaders.package import Faults, load

ROWS = 4_000
"""Generated incidents, enough for their files to be worth keeping."""


@pytest.fixture(scope="module")
def generated(package, tmp_path_factory):
    return directory(package, ROWS, tmp_path_factory.mktemp("large") / "data")


@pytest.fixture
def large(generated, tmp_path):
    return shutil.copytree(generated, tmp_path / "data", ignore=shutil.ignore_patterns(".*"))


def kept(of):
    return sorted((of / cached.FOLDER).glob("*"))


def test_what_is_kept_is_what_the_files_say(large):
    read = load(large).incidents.frame
    assert len(kept(large)) == 1
    again = load(large).incidents.frame
    pd.testing.assert_frame_equal(again, read)


def test_records_are_taken_from_what_is_kept(large):
    frame = load(large).incidents.frame
    (path,) = kept(large)
    frame.assign(summary="This stands in what is kept alone.").to_feather(path)
    assert set(load(large).incidents.frame["summary"]) == {"This stands in what is kept alone."}


def test_a_changed_file_makes_it_void(large):
    load(large)
    before, changelog = kept(large), large / "CHANGELOG.md"
    changelog.write_text(changelog.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    load(large)
    assert len(kept(large)) == 1
    assert kept(large) != before


def test_faulty_files_leave_nothing_kept(large):
    load(large)
    records = large / "media_attacks.csv"
    text = records.read_text(encoding="utf-8")
    records.write_text(text.replace(",KG-GB,", ",KG-XX,"), encoding="utf-8")
    with pytest.raises(Faults):
        load(large)
    assert kept(large) == []


def test_what_is_broken_is_read_anew(large):
    whole = load(large).incidents.frame
    (path,) = kept(large)
    path.write_bytes(path.read_bytes()[:1000])
    pd.testing.assert_frame_equal(load(large).incidents.frame, whole)
    assert len(pd.read_feather(path)) == len(whole)


def test_where_nothing_can_be_written_nothing_is_kept(large):
    (large / cached.FOLDER).write_text("no folder", encoding="utf-8")
    assert len(load(large).incidents.frame) == len(load(large).incidents.frame)


def test_nothing_is_kept_of_a_small_package(copy):
    load(copy)
    assert kept(copy) == []


def test_a_withdrawn_record_is_in_nothing_that_is_kept(large):
    withdrawn = load(large).incidents.frame["incident_id"].iloc[0]
    assert kept(large)
    withdraw(large, withdrawn, "request", "2026-11")
    assert kept(large) == []
    load(large)
    (path,) = kept(large)
    assert withdrawn not in set(pd.read_feather(path)["incident_id"])


def test_what_is_kept_is_no_file_of_the_package(large):
    package = load(large)
    described = json.loads((large / "datapackage.json").read_text(encoding="utf-8"))
    assert not any(cached.FOLDER in path for path in package.files)
    assert cached.FOLDER not in json.dumps(described)
