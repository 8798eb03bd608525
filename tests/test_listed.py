"""What a listed record publishes, and that no answer of the domain depends on anything else."""

import pandas as pd
import pytest

from incidents import counts
from incidents.filters import FACETS
from incidents.selection import Selection
from loaders import load
from tests import plain
from tests.attacker import questions, selection

PUBLISHED = {
    "incident_id",
    "date",
    "date_precision",
    "region",
    "place_precision",
    "groups",
    "target",
    "category",
    "violations",
    "perpetrator",
    "response",
    "source_name",
    "source_published",
    "kind",
    "protected",
    "consent",
    "link",
    "checked",
}
"""The fields of a listed record, as promised to the people in the records."""

LISTED = [row for row in plain.rows() if row["protected"]]


def test_the_bundled_listed_records_say_no_more_than_the_promised_fields():
    told = {column for row in LISTED for column, cell in row.items() if cell}
    assert told == PUBLISHED | {"dataset"}
    for row in LISTED:
        assert (row["date"][4:], row["date_precision"]) == ("-01-01", "year")
        assert len(row["source_published"]) in (0, 4)
        assert ";" not in row["violations"]


@pytest.fixture
def rebuilt(copy):
    """The bundled release, its listed records made anew from the promised fields, in any order."""
    for file in plain.FILES.values():
        table = pd.read_csv(copy / file, dtype=str, keep_default_na=False)
        hidden = [column for column in table if column not in PUBLISHED]
        table.loc[table["protected"] == "yes", hidden] = ""
        table.sample(frac=1, random_state=1).to_csv(copy / file, index=False)
    return load(copy).incidents


def answers(incidents, asked):
    """Give every list in its order, and every count."""
    subset = incidents.select(asked)
    return (
        list(incidents.frame["incident_id"][subset.found]),
        subset.n,
        [list(counts.by_code(subset, facet)) for facet in FACETS],
        [counts.options(subset, facet) for facet in FACETS],
    )


def test_every_answer_is_the_same_from_the_published_fields_alone(package, rebuilt):
    every = [Selection(), *(selection(question) for question in questions(package, ()))]
    assert len(every) > 300
    for asked in every:
        assert answers(package.incidents, asked) == answers(rebuilt, asked), asked
    for per in ("year", "quarter", "month"):
        both = [counts.by_period(i.select(Selection()), per) for i in (package.incidents, rebuilt)]
        pd.testing.assert_frame_equal(both[0].table, both[1].table)
        assert both[0].left_out == both[1].left_out
