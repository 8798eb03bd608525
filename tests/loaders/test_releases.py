"""Kept releases: stored before the next one is made, and read as they were."""

import json
import signal
import sys
from resource import RLIMIT_FSIZE, getrlimit, setrlimit

import pandas as pd
import pytest

from incidents.codebook import EXAMPLES, ILLUSTRATED
from keeper import __main__
from keeper.withdrawal import withdraw
from loaders import Faults, load, release
from loaders.releases import history, kept
from tests.bundled import RELEASE
from tests.conftest import DATA, forget_words, keep_as


@pytest.fixture
def keep(copy, monkeypatch, capsys):
    """Run the keeper's command on the copy; give its exit code and what it said."""

    def ran():
        monkeypatch.setenv("INCIDENTS_DATA", str(copy))
        monkeypatch.setenv("LC_ALL", "C")
        monkeypatch.setattr(sys, "argv", ["loaders", "keep"])
        code = __main__.main()
        said = capsys.readouterr()
        return code, said.out + said.err

    return ran


def renamed(directory, version):
    """Give the package another version number, as a keeper does who makes a release."""
    path = directory / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**described, "version": version}), encoding="utf-8")


def test_the_present_release_is_kept_whole_before_the_next_one_is_made(keep, copy):
    assert keep() == (0, f"Release {RELEASE} is kept. The next one may be made now.\n")
    renamed(copy, "2026.12.0")
    path = copy / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    forget_words(copy)
    present = load(copy)
    earlier = release(RELEASE, present)
    assert (present.release, earlier.release) == ("2026.12.0", RELEASE)
    assert len(earlier.incidents.frame) == len(present.incidents.frame) + 1
    for name, content in earlier.files.items():
        if name not in ("datapackage.json", "withdrawn.csv"):
            assert content == (DATA / name).read_bytes()


def test_nothing_but_the_files_of_the_package_is_kept(keep, copy):
    (copy / "keepers_own_cases.csv").write_text("name\n", encoding="utf-8")
    (copy / "codebook" / "groups.csv.bak").write_text("code\n", encoding="utf-8")
    (copy / "drafts").mkdir()
    (copy / "drafts" / "media_attacks.csv").write_text("incident_id\n", encoding="utf-8")
    keep()
    folder = copy / "releases" / RELEASE
    stored = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    assert {name: path.read_bytes() for name, path in stored.items()} == load(copy).files
    assert [path.name for path in (copy / "releases").iterdir()] == [RELEASE]


def test_a_release_that_cannot_be_stored_whole_leaves_nothing(keep, copy):
    limit = getrlimit(RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        setrlimit(RLIMIT_FSIZE, (40_000, limit[1]))  # less than the records
        code, said = keep()
    finally:
        setrlimit(RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, handler)
    assert code == 2
    assert said.startswith("The files could not be written: ")
    assert not list((copy / "releases").iterdir())


def test_a_folder_that_is_called_like_no_version_is_no_kept_release(copy):
    for name in (".half-written", "2026.10.0"):
        (copy / "releases" / name).mkdir(parents=True)
    assert list(kept(copy)) == ["2026.10.0"]


def before_examples(directory):
    """Take the examples out of a package, as if there had never been any."""
    path = directory / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for resource in described["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        fields[:] = [field for field in fields if field["name"] not in EXAMPLES]
    del described["form"]
    path.write_text(json.dumps(described), encoding="utf-8")
    for name in ILLUSTRATED:
        file = directory / "codebook" / f"{name}.csv"
        rows = pd.read_csv(file, dtype=str, keep_default_na=False)
        rows.drop(columns=list(EXAMPLES)).to_csv(file, index=False)


def test_a_release_from_before_there_were_examples_can_still_be_read(copy):
    before_examples(keep_as(copy, "2026.11.0"))
    book = release("2026.11.0", load(copy)).codebook
    assert book.example("violations", "threat", "en") == ""
    assert book.counter_example("violations", "threat", "en") == ("", "")


def test_a_package_that_says_it_has_examples_must_have_them(copy):
    file = copy / "codebook" / "kinds.csv"
    rows = pd.read_csv(file, dtype=str, keep_default_na=False)
    rows.drop(columns="example_ky").to_csv(file, index=False)
    with pytest.raises(Faults) as refused:
        load(copy)
    (fault,) = refused.value.faults
    assert (fault.file, fault.column, fault.rule) == (
        "codebook/kinds.csv",
        "example_ky",
        "missing_column",
    )


def test_a_release_is_not_kept_twice_and_never_inside_another(keep, copy):
    keep()
    code, said = keep()
    assert code == 2
    assert said == "Nothing was written: the present release is kept already.\n"
    renamed(copy, "2026.12.0")
    keep()
    assert list(kept(copy)) == ["2026.12.0", RELEASE]
    assert not list(copy.glob("releases/*/releases"))


def test_a_package_that_does_not_load_is_not_kept(keep, copy):
    path = copy / "media_attacks.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("journalists", "martians"))
    code, said = keep()
    assert code == 2
    assert said.startswith("Nothing was written: the package does not load (")
    assert not (copy / "releases").exists()


@pytest.mark.parametrize("version", ["", "2025.1.0", "../data", "/etc", ".", "2026.11.0-copy/."])
def test_no_version_but_a_kept_one_leads_anywhere(copy, version):
    keep_as(copy, "2026.11.0-copy")
    assert release(version, load(copy)) is None


def test_a_kept_release_that_calls_itself_another_is_refused(copy):
    renamed(keep_as(copy, "2026.10.0"), "2026.9.0")
    with pytest.raises(Faults):
        release("2026.10.0", load(copy))


def test_each_release_counts_the_records_withdrawn_from_it_alone(copy):
    earliest = keep_as(copy, "2026.9.0")
    path = earliest / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("M-0002,")), encoding="utf-8")
    keep_as(copy, "2026.10.0")
    withdraw(copy, "M-0002", "request", "2026-12")
    withdraw(copy, "M-0003", "request", "2026-12")
    present = load(copy)
    since = {v: release(v, present).withdrawn_ids for v in ("2026.9.0", "2026.10.0", RELEASE)}
    both = {"M-0002", "M-0003"}
    assert since == {"2026.9.0": {"M-0003"}, "2026.10.0": both, RELEASE: both}


def test_no_release_that_told_more_than_may_be_published_is_kept():
    """Releases before 2026.11.3 held finer cells."""
    assert "2026.11.0" not in kept(DATA)
    for version in kept(DATA):
        assert [int(n) for n in version.split(".")] >= [2026, 11, 1]


@pytest.mark.parametrize("version", kept(DATA))
def test_every_kept_release_can_be_read_and_holds_no_record_that_was_withdrawn(version, package):
    earlier = release(version, package)
    assert earlier.release == version
    assert not set(earlier.incidents.frame["incident_id"]) & set(package.withdrawn["incident_id"])
    held = package.withdrawn["release"].str.split(";")
    assert earlier.withdrawn_since == sum(version in releases for releases in held)


def test_each_release_is_told_with_the_records_it_was_the_first_to_hold(copy):
    kept = keep_as(copy, "2026.1.0")
    path = kept / "media_attacks.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, *(r for r in rows if not r.startswith("M-0105,"))]), "utf-8")
    forget_words(kept)
    described = json.loads((kept / "datapackage.json").read_text(encoding="utf-8"))
    for resource in described["resources"]:
        for mark in ("bytes", "hash"):
            resource.pop(mark, None)
    (kept / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    package = load(copy)
    found = history(package).added
    assert list(found) == ["2026.1.0", package.release]
    assert found[package.release] == {"M-0105"}
    frame = package.incidents.frame
    hidden = set(frame.loc[frame["protected"], "incident_id"])
    assert hidden
    assert not hidden & set().union(*found.values())
    # of a kept release only what was known then is told
    old = release("2026.1.0", package)
    assert history(old).added == {"2026.1.0": found["2026.1.0"]}


def test_a_release_that_cannot_be_read_counts_as_not_kept(copy):
    kept = keep_as(copy, "2026.1.0")
    (kept / "media_attacks.csv").write_text("nothing", encoding="utf-8")
    package = load(copy)
    assert history(package).releases == (package.release,)
