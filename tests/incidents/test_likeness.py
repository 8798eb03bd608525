"""Cases that may be one: what is asked about, and what is not."""

import pandas as pd
import pytest

from incidents.likeness import USED, pairs

CASE = {
    "date": "2022-03-05",
    "date_precision": "day",
    "dataset": "rights",
    "target": "event",
    "region": "KG-C",
    "place": "1",
    "summary": "В парке разогнали вечер поэзии, все ушли",
    "groups": "women;migrants",
    "violations": "ban_on_assembly",
    "perpetrator": "authorities",
    "incident_id": "",
}


def frame(*cases, index=None):
    rows = [CASE | each for each in cases]
    columns = [*USED, "incident_id"]
    return pd.DataFrame(rows, columns=columns, index=index or range(2, len(rows) + 2))


NOTHING = frame({}).iloc[:0]


def asked(*cases, records=()):
    names = [f"R-{n:04}" for n in range(1, len(records) + 1)]
    found = pairs(frame(*cases), frame(*records, index=names) if records else NOTHING, "KG")
    return [(each.row, each.other) for each in found]


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"date": "2022-03-11"},
        {"date": "2022-02-27"},
        {"date": "2022-03-01", "date_precision": "month"},
        {"date": "2022-01-01", "date_precision": "year"},
        {"place": ""},
        {"region": "KG", "place": ""},
        {"summary": "Вечер поэзии в парке разогнали: все ушли!"},
        {"perpetrator": "unknown"},
        # told in another language: the codes decide
        {"summary": "A poetry evening in a park was broken up"},
        {"summary": ""},
    ],
    ids=str,
)
def test_what_may_be_the_same_case_is_asked_about_once_on_the_later_row(other):
    assert asked({}, other) == [(3, 2)]
    assert asked(other, {}) == [(3, 2)]
    assert asked(other, records=[{}]) == [(2, "R-0001")]


@pytest.mark.parametrize(
    "other",
    [
        {"date": "2022-03-12"},
        {"date": "2022-04-01", "date_precision": "month"},
        {"date": "2021-01-01", "date_precision": "year"},
        {"date": "", "date_precision": "unknown"},
        {"place": "2"},
        {"region": "KG-O", "place": ""},
        {"dataset": "media"},
        {"target": "person"},
        {"summary": "Выставку картин в музее закрыли на ремонт"},
        {"summary": "", "violations": "threat", "groups": "women"},
        {"summary": "", "date": "2022-03-06"},
        {"summary": "", "place": ""},
    ],
    ids=str,
)
def test_what_is_another_case_is_not(other):
    assert asked({}, other) == []
    assert asked(other, records=[{}]) == []


def test_the_likest_is_named_with_its_score():
    rows = frame({}, {"summary": "В парке разогнали вечер поэзии, все ушли домой быстро"}, {})
    found = pairs(rows, NOTHING, "KG")
    assert [(each.row, each.other) for each in found] == [(3, 2), (4, 2)]
    assert found[1].score == 100


def test_a_row_with_the_identifier_of_a_record_is_that_record():
    assert asked({"incident_id": "R-0001"}, records=[{}]) == []


def test_no_two_published_records_are_asked_about_and_each_is_like_itself(package):
    records = package.incidents.frame
    records = records[~records["protected"]].set_index("incident_id")[list(USED)]
    records = records.astype(object).fillna("")
    rows = records.assign(incident_id="")
    rows.index = range(2, len(rows) + 2)
    assert not pairs(rows, records.iloc[:0], package.codebook.unplaced)
    found = pairs(rows, records, package.codebook.unplaced)
    dated = (rows["date_precision"] != "unknown").sum()
    assert len(found) == dated
    assert all(each.other == records.index[each.row - 2] for each in found)
    assert {each.score for each in found} == {100}


def test_many_cases_of_one_day_are_compared_with_few():
    """Quadratic work would be 12 million comparisons, and take minutes."""
    rows = frame(*[{"summary": f"одно и то же {number} раз"} for number in range(5000)])
    assert len(pairs(rows, NOTHING, "KG")) == 4999
