"""The shelf that all readers share: the last good release stays on it, whatever files become."""

import gc
import os
import shutil
import weakref
from concurrent.futures import ThreadPoolExecutor
from resource import RLIMIT_NOFILE, getrlimit, setrlimit
from threading import Barrier

import pytest

from loaders import Faults
from loaders.shelf import Shelf, Standing
from tests.broken import MEDIA, Break, break_cell
from tests.bundled import RELEASE
from tests.conftest import keep_as

READERS = 4


@pytest.fixture
def shelf(copy):
    return Shelf(lambda: copy)


def all_at_once(ask):
    """Let several readers ask in the same moment; give what each got."""
    gate = Barrier(READERS)

    def reader(_):
        gate.wait()
        return ask()

    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(reader, range(READERS)))


def touch(copy):
    """Change nothing but the time at which a file was changed."""
    path = copy / MEDIA
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))


def renamed(copy, old, new):
    path = copy / "datapackage.json"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_readers_who_come_at_once_all_get_the_first_package_and_it_is_read_once(shelf):
    found = all_at_once(lambda: shelf.look().package)
    assert found[0] is not None
    assert {id(package) for package in found} == {id(found[0])}


def test_readers_who_open_a_pinned_link_first_get_the_same_release(copy, shelf):
    keep_as(copy, "2026.10.0")
    found = all_at_once(lambda: shelf.pinned("2026.10.0"))
    assert {(package.release, why) for package, why in found} == {("2026.10.0", "")}
    assert len({id(package) for package, _ in found}) == 1


def test_files_that_did_not_change_are_not_read_again(copy, shelf):
    first = shelf.look().package
    assert shelf.look().package is first
    (copy / ".media_attacks.csv.new").write_text("half", encoding="utf-8")  # a keeper's writing
    assert shelf.look().package is first
    touch(copy)
    assert shelf.look().package is not first


def test_a_half_written_file_leaves_the_last_release_until_it_is_whole(copy, shelf):
    good = shelf.look().package
    whole = (copy / MEDIA).read_bytes()
    (copy / MEDIA).write_bytes(whole[: len(whole) // 2])
    found = all_at_once(lambda: shelf.look().package)
    assert all(package is good for package in found)
    assert shelf.faults
    (copy / MEDIA).write_bytes(whole)
    assert shelf.look().package is not good
    assert shelf.faults == []


def folder_in_place_of_a_file(copy):
    (copy / "datapackage.json").unlink()
    (copy / "datapackage.json").mkdir()


def file_in_place_of_the_folder(copy):
    shutil.rmtree(copy)
    copy.write_text("")


def json_without_end(copy):
    (copy / "regions.geojson").write_text("[" * 100_000, encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (folder_in_place_of_a_file, "missing_file"),
        (file_in_place_of_the_folder, "missing_file"),
        (json_without_end, "not_json"),
    ],
)
def test_a_folder_that_is_no_package_any_more_is_a_fault_and_passes(
    copy, shelf, spoil, rule, tmp_path
):
    shutil.copytree(copy, tmp_path / "spare")
    good = shelf.look().package
    spoil(copy)
    assert shelf.look().package is good
    assert shelf.faults[0].rule == rule
    again = Shelf(lambda: copy).look()
    assert (again.package, again.faults) == (None, shelf.faults)
    with pytest.raises(Faults):
        again.pinned("")
    shutil.rmtree(copy) if copy.is_dir() else copy.unlink()
    shutil.copytree(tmp_path / "spare", copy)
    for recovered in (shelf.look(), again.look()):
        assert recovered.package.release == good.release
        assert recovered.faults == []


def test_what_could_not_be_read_is_tried_again_though_no_file_changed(shelf):
    limit = getrlimit(RLIMIT_NOFILE)
    try:
        setrlimit(RLIMIT_NOFILE, (0, limit[1]))  # no file can be opened for now
        shelf.look()
    finally:
        setrlimit(RLIMIT_NOFILE, limit)
    assert shelf.package is None
    assert [(f.value, f.rule) for f in shelf.faults] == [("Too many open files", "unreadable")]
    assert shelf.look().package is not None
    assert shelf.faults == []


def test_an_empty_folder_is_told_and_not_taken_for_one_already_read(tmp_path):
    shelf = Shelf(lambda: tmp_path / "nowhere").look()
    assert shelf.package is None
    assert "missing_file" in {fault.rule for fault in shelf.faults}


def test_a_kept_release_knows_of_a_withdrawal_made_while_it_was_in_use(copy, shelf):
    keep_as(copy, "2026.10.0")
    earlier, _ = shelf.pinned("2026.10.0")
    assert shelf.pinned("2026.10.0")[0] is earlier
    with (copy / "withdrawn.csv").open("a", encoding="utf-8") as file:
        file.write("M-9001,media,2026.10.0,2026-12,request\n")
    shelf.look()
    assert shelf.pinned("2026.10.0")[0].withdrawn_ids == {"M-9001"}


@pytest.mark.parametrize(
    ("version", "why"),
    [("", ""), (RELEASE, ""), ("1999.1.0", "no_such_release"), ("2026.9.0", "broken_release")],
)
def test_a_release_that_cannot_be_shown_gives_the_present_one_and_says_why(
    copy, shelf, version, why
):
    break_cell(keep_as(copy, "2026.9.0"), Break("unknown_code", MEDIA, "perpetrator", "orcs"))
    package, said = shelf.pinned(version)
    assert package is shelf.package
    assert said == why


def test_nothing_made_from_a_replaced_package_stays_in_memory(copy, shelf):
    keep_as(copy, "2026.10.0")
    shelf.pinned("2026.10.0")[0].once("made", object)
    gone = [weakref.ref(package) for package in (shelf.package, shelf.pinned("2026.10.0")[0])]
    touch(copy)
    shelf.look()
    gc.collect()
    assert [reference() for reference in gone] == [None, None]


def test_what_a_package_makes_once_is_the_same_for_all_readers(shelf):
    package = shelf.look().package
    assert len({id(made) for made in all_at_once(lambda: package.once("a", object))}) == 1
    assert package.once("b", object) is not package.once("a", object)
    assert package.once("none", lambda: None) is None
    assert "none" in package.made


def test_a_packed_copy_beside_the_data_is_no_change_of_them(copy):
    shelf = Shelf(lambda: copy)
    before = shelf.look().package
    (copy / "kyrgyzstan-incidents_snapshot_2026.11.6.zip").write_bytes(b"packed")
    assert shelf.look().package is before


def test_who_has_seen_a_release_goes_on_with_it_though_another_came_meanwhile(copy, shelf):
    keep_as(copy, "2026.10.0")
    before = shelf.look().package
    seen = Standing(shelf, before)
    kept, _ = shelf.pinned("2026.10.0")
    renamed(copy, before.release, "2099.1.0")
    assert shelf.look().pinned("")[0].release == "2099.1.0"
    assert seen.pinned("")[0] is before
    # a kept release that was read beside an earlier one does not know what was withdrawn since
    old, _ = seen.pinned("2026.10.0")
    now, _ = shelf.pinned("2026.10.0")
    assert len({id(kept), id(old), id(now)}) == 3
