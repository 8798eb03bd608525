"""Counts by programme and release, and of responses that could be expected."""

from dataclasses import replace

import pandas as pd
from hypothesis import given

from incidents import counts, impact
from incidents.selection import Selection
from incidents.table import Incidents
from loaders import load
from tests.conftest import DATA
from tests.incidents.test_selection import selections

PACKAGE = load(DATA)
EVERY = PACKAGE.incidents.select(Selection())


@given(selections)
def test_responses_that_could_be_expected_are_those_of_the_overview(selection):
    told = counts.responses(PACKAGE.incidents.select(selection))
    expected = impact.others(selection, PACKAGE.codebook.codes("perpetrators"))
    if expected is None:
        assert not told.by_others
        return
    found = impact.responses(PACKAGE.incidents.select(expected))
    assert found.sum() == told.by_others
    named = found[found.index.isin(told.which.index)]
    assert named.sum() == told.answered
    assert list(found.index[: len(named)]) == list(named.index)


def with_programmes(sizes: dict[str, int], *, protected: bool) -> Incidents:
    """Give the bundled records, the first of them with programmes of these sizes."""
    frame = PACKAGE.incidents.frame.copy()
    of = (frame["protected"] == protected) & PACKAGE.incidents.counted
    names = [name for name, n in sizes.items() for _ in range(n)]
    projects = pd.Series("", index=frame.index, dtype="object")
    projects[frame.index[of][: len(names)]] = names
    frame["project"] = projects.where(projects != "").astype("category")
    return replace(PACKAGE.incidents, frame=frame)


def test_no_number_below_three_is_told_by_programme():
    made = with_programmes({"A": 5, "B": 3, "C": 2, "D": 1}, protected=False)
    found = impact.by_programme(made.select(Selection()))
    assert found[["A", "B"]].tolist() == [5, 3]
    assert found[["C", "D"]].isna().all()


def test_protected_records_count_for_no_programme_and_no_release():
    made = with_programmes({"A": 5}, protected=True)
    assert impact.by_programme(made.select(Selection())).empty
    hidden = PACKAGE.incidents.frame["protected"]
    every = frozenset(PACKAGE.incidents.frame["incident_id"])
    found = impact.by_release(EVERY, {"2026.1.0": every})
    assert found.tolist() == [EVERY.n - int((hidden & PACKAGE.incidents.counted).sum())]


def test_a_release_that_added_nothing_is_told_with_zero():
    found = impact.by_release(EVERY, {"2026.1.0": frozenset(), "2026.2.0": frozenset({"M-0001"})})
    assert found.to_dict() == {"2026.1.0": 0, "2026.2.0": 1}
