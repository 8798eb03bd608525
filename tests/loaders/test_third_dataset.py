"""A third dataset is data: a file, rows in the code lists, and its description."""

import json

import pandas as pd
import pytest

from incidents import counts
from incidents.selection import Selection
from loaders import Faults, load, release
from tests import broken, bundled, country
from tests.conftest import keep_as

NAME, FILE = "housing", "housing_incidents.csv"


def text(path, **cells):
    """Add a row to a code list of a copy, with made-up texts where no others are told."""
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    made_up = {c: f"Made up, {c}" for c in table if c[-3:] in ("_en", "_ru", "_ky")}
    country.append(path, made_up | cells)


@pytest.fixture
def three(copy):
    """Add a dataset of two made-up records to a copy of the bundled package."""
    lists = copy / "codebook"
    violations = pd.read_csv(lists / "violations.csv", dtype=str, keep_default_na=False)
    violations.insert(3, f"{NAME}_category", "")
    violations.to_csv(lists / "violations.csv", index=False)
    text(lists / "datasets.csv", code=NAME)
    text(lists / "categories.csv", code="eviction", dataset=NAME, counter_code="physical")
    text(
        lists / "violations.csv",
        code="forced_move",
        counter_code="threat",
        **{f"{NAME}_category": "eviction"},
    )
    broken.redescribe(copy, described)
    own = {"category": "eviction", "violations": "forced_move", "groups": "migrants"}
    place = {"region": "KG-N", "place_precision": "region"}
    rows = [
        {**country.RECORD, **own, **place, "incident_id": f"H-{n:04}", "date": f"2021-0{n}-02"}
        for n in (1, 2)
    ]
    found = json.loads((copy / "datapackage.json").read_text(encoding="utf-8"))
    country.write_rows(copy / FILE, broken.resource(found, FILE), rows)
    return copy


def described(descriptor):
    template = broken.resource(descriptor, broken.MEDIA)
    descriptor["resources"].append({**template, "name": NAME, "path": FILE, "dataset": NAME})
    menu = broken.field(descriptor, "codebook/violations.csv", "media_category")
    fields = broken.resource(descriptor, "codebook/violations.csv")["schema"]["fields"]
    fields.insert(3, {**menu, "name": f"{NAME}_category"})


def test_a_third_dataset_loads_selects_and_counts_beside_the_others(three):
    package = load(three)
    incidents = package.incidents
    assert list(incidents.collection) == ["media", "rights", NAME]
    assert incidents.total == bundled.COUNTED + 2
    own = incidents.select(Selection(data=(NAME,)))
    assert own.n == 2
    assert counts.by_code(own, "category")["eviction"] == 2
    assert package.codebook.violations_under("eviction") == ["forced_move"]
    for dataset, n in bundled.BY_DATASET.items():
        assert incidents.select(Selection(data=(dataset,))).n == n


def test_releases_of_two_datasets_stay_readable_beside_it(three):
    keep_as(three, "2026.10.0")
    broken.redescribe(three / "releases" / "2026.10.0", lambda d: d.pop("form"))
    present = load(three)
    assert release("2026.10.0", present).incidents.total == bundled.COUNTED + 2


@pytest.mark.parametrize(
    ("break_it", "fault"),
    [
        # a place in the menu for a dataset that has no file
        (
            lambda d: d["resources"].remove(broken.resource(d, FILE)),
            ("datapackage.json", f"codebook/violations.csv {NAME}_category", "unknown_column"),
        ),
        # a file of another dataset than the one with a place in the menu
        (
            lambda d: broken.resource(d, FILE).update(dataset="houses"),
            ("datapackage.json", "codebook/violations.csv houses_category", "missing_column"),
        ),
        # two files of one dataset
        (
            lambda d: broken.resource(d, FILE).update(dataset="media"),
            ("datapackage.json", "media", "duplicate_id"),
        ),
        # two datasets in one file
        (
            lambda d: broken.resource(d, FILE).update(path=broken.MEDIA),
            ("datapackage.json", broken.MEDIA, "same_file"),
        ),
        # a file outside the package
        (
            lambda d: broken.resource(d, FILE).update(path="../media_attacks.csv"),
            ("datapackage.json", "../media_attacks.csv", "unread_resource"),
        ),
        # no place for it in the menu of violations
        (
            lambda d: broken.resource(d, "codebook/violations.csv")["schema"]["fields"].pop(3),
            ("datapackage.json", f"codebook/violations.csv {NAME}_category", "missing_column"),
        ),
    ],
)
def test_a_dataset_that_is_told_only_in_part_is_refused(three, break_it, fault):
    broken.redescribe(three, break_it)
    with pytest.raises(Faults) as refused:
        load(three)
    assert fault in {(f.file, f.column, f.rule) for f in refused.value.faults}


def test_a_dataset_that_is_only_listed_is_refused(copy):
    text(copy / "codebook" / "datasets.csv", code=NAME)
    with pytest.raises(Faults) as refused:
        load(copy)
    assert [(f.file, f.column, f.rule) for f in refused.value.faults] == [
        ("datapackage.json", NAME, "missing_resource")
    ]


def test_a_dataset_that_is_not_listed_is_refused(three):
    path = three / "codebook" / "datasets.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-1]), encoding="utf-8")
    with pytest.raises(Faults) as refused:
        load(three)
    assert {(f.file, f.column, f.value, f.rule) for f in refused.value.faults} == {
        ("codebook/categories.csv", "dataset", NAME, "unknown_code")
    }


def test_an_identifier_is_taken_once_in_all_datasets(three):
    path = three / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("H-0002", "M-0001"), encoding="utf-8")
    with pytest.raises(Faults) as refused:
        load(three)
    (fault,) = refused.value.faults
    assert (fault.file, fault.line, fault.value, fault.rule) == (FILE, 3, "M-0001", "duplicate_id")


@pytest.mark.parametrize("code", ["physical", "violence"])
def test_a_category_of_another_dataset_is_refused(three, code):
    path = three / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("eviction", code), encoding="utf-8")
    with pytest.raises(Faults) as refused:
        load(three)
    assert {(f.file, f.column, f.rule) for f in refused.value.faults} == {
        (FILE, "category", "other_dataset")
    }
