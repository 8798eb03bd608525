"""Generated cases are counted and never listed: what of them leaves the keeper's file."""

import pytest

from incidents import cells
from incidents.protection import K
from keeper import counting
from keeper.counting import count
from keeper.withdrawal import Refused
from loaders import Faults, load
from tests import cases


@pytest.fixture
def keepers_file(copy, tmp_path):
    """A file of 200 generated cases outside a package that asks for their codes to be counted."""
    cases.ask_to_count(copy)
    path = tmp_path / "cases.csv"
    cases.generated(seed=1).to_csv(path, index=False)
    return path


def test_the_cells_of_generated_cases_are_what_a_plain_count_says(copy, keepers_file):
    done = count(copy, keepers_file)
    rows = cases.generated(seed=1)
    codes = rows["groups"] + ";" + rows["violations"]
    with_code = codes.str.contains(f"{cases.GROUP}|{cases.ACT}")
    in_time = rows["date"] >= "2018"  # collection begins with that year
    assert (done.cases, done.counted) == (200, (with_code & in_time).sum())
    published = load(copy).aggregates
    numbers = published[published.str.isdecimal()].astype(int)
    assert (numbers >= K).all()
    assert len(numbers) > 10
    for (name, code, by, cell), number in numbers.items():
        theirs = rows[in_time & rows[name].str.split(";").map(lambda codes, c=code: c in codes)]
        value = theirs["date"].str[:4] if by == "year" else theirs.get(by)
        assert number == (len(theirs) if by == cells.TOTAL else (value == cell).sum())


def test_who_adds_and_subtracts_learns_nothing_of_a_small_cell(copy, keepers_file):
    """Fréchet bounds of every small cell, from what is published of its row and its total."""
    published = count(copy, keepers_file).words
    small = 0
    for (name, code, _), row in published.groupby(level=cells.KEY[:3]):
        total = int(published[name, code, cells.TOTAL, ""])
        floor = K if (row != cells.WITHHELD).any() else 0
        most = {cells.FEW: K - 1, cells.WITHHELD: total}
        least = {cells.FEW: 0, cells.WITHHELD: floor}
        for place in range(len(row)):
            if row.iloc[place] == cells.FEW:
                others = row.drop(row.index[place])
                low = total - sum(int(most.get(word, word)) for word in others)
                high = total - sum(int(least.get(word, word)) for word in others)
                assert low <= 0
                assert high >= K - 1
                small += 1
    assert small > 5


def test_cells_with_which_the_package_would_not_load_are_not_written(
    copy, keepers_file, monkeypatch
):
    """Between the check of the package and the writing, somebody breaks another file."""
    before = (copy / "aggregates.csv").read_bytes()
    read_text = counting.read_text

    def broken_meanwhile(*asked):
        (copy / "places.csv").unlink()
        return read_text(*asked)

    monkeypatch.setattr(counting, "read_text", broken_meanwhile)
    with pytest.raises(Faults):
        count(copy, keepers_file)
    assert (copy / "aggregates.csv").read_bytes() == before
    assert not list(copy.glob(".*"))


def test_a_disk_that_takes_nothing_leaves_the_cells_as_they_were(copy, keepers_file):
    before = (copy / "aggregates.csv").read_bytes()
    (copy / ".aggregates.csv.new").mkdir()  # the file written beside cannot be made
    with pytest.raises(OSError, match="directory"):
        count(copy, keepers_file)
    assert (copy / "aggregates.csv").read_bytes() == before


def test_a_second_release_moves_numbers_by_k_or_more(copy, keepers_file):
    before = count(copy, keepers_file).words
    rows = cases.generated(seed=1)
    rows.sample(190, random_state=2).to_csv(keepers_file, index=False)
    after = count(copy, keepers_file).words
    both = before.str.isdecimal() & after.str.isdecimal()
    moved = (before[both].astype(int) - after[both].astype(int)).abs()
    assert set(moved[moved < K]) == {0}
    assert (moved >= K).any()


def test_nothing_else_of_the_dashboard_knows_of_the_cases(copy, keepers_file, package):
    count(copy, keepers_file)
    counted = load(copy).incidents
    assert counted.total == package.incidents.total
    assert counted.frame.equals(package.incidents.frame)
    with (copy / "rights_incidents.csv").open("rb") as file:
        assert b"generated" not in file.read()


@pytest.mark.parametrize(
    ("change", "why", "what"),
    [
        (lambda rows: rows.drop(columns=["region", "target"]), "missing_columns", "region target"),
        (lambda rows: rows.replace("KG-GB", "KG-X"), "unknown_codes", ""),
        (lambda rows: rows.replace("women", "women;martians"), "unknown_codes", ""),
    ],
)
def test_a_file_that_is_none_of_cases_is_refused_without_a_value(
    copy, keepers_file, change, why, what
):
    change(cases.generated(seed=1)).to_csv(keepers_file, index=False)
    with pytest.raises(Refused) as refused:
        count(copy, keepers_file)
    assert refused.value.why == why
    assert what in " ".join(refused.value.known)
    assert all(line.isdecimal() for line in refused.value.known if why == "unknown_codes")


def test_a_file_of_cases_inside_the_package_is_refused(copy):
    path = copy / "cases.csv"
    cases.generated(seed=1).to_csv(path, index=False)
    with pytest.raises(Refused) as refused:
        count(copy, path)
    assert refused.value.why == "inside_package"
