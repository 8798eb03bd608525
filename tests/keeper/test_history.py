"""What a withdrawal or a closed link does to the past of records: nothing leads back."""

import pandas as pd
import pytest

from incidents.history import ADDED, CORRECTED, Step
from keeper.closing import close
from keeper.describing import describe
from keeper.withdrawal import withdraw
from loaders import load
from loaders.releases import history
from tests.broken import MEDIA
from tests.bundled import RELEASE
from tests.conftest import DATA, forget_words, keep_as
from tests.keeper.test_withdraw import rows

KEPT = "2026.10.0"
GONE, LEFT, OTHER = "M-0002", "M-0003", "M-0004"
"""Three records, made steps of made-up stories."""


@pytest.fixture
def kept(copy):
    return keep_as(copy, KEPT)


def write(folder, **cells):
    """Write cells of the three records into a release, column by column."""
    table = pd.read_csv(folder / MEDIA, dtype=str, keep_default_na=False)
    for column, values in cells.items():
        for record, value in zip((GONE, LEFT, OTHER), values, strict=True):
            table.loc[table["incident_id"] == record, column] = value
    table.to_csv(folder / MEDIA, index=False, lineterminator="\n")
    forget_words(folder)
    describe(folder)


STORY = "E-M-9001"
SHAPES = {
    "both alike": ((STORY, STORY, ""), (STORY, STORY, "")),
    "a third has left the story": ((STORY, STORY, STORY), (STORY, STORY, "")),
    "a third has joined the story": ((STORY, STORY, ""), (STORY, STORY, STORY)),
    "the story is new": (("", "", ""), (STORY, STORY, "")),
}
"""Who shares a story in a kept release and in the present one: the one that goes, two others."""


@pytest.mark.parametrize("shape", SHAPES)
def test_a_withdrawal_changes_the_past_of_no_other_record(copy, kept, shape):
    """A story of which one step is left in a release is emptied there, which is no correction."""
    for folder, episode in zip((kept, copy), SHAPES[shape], strict=True):
        write(folder, episode=episode)
    before = dict(history(load(copy)).steps)
    withdraw(copy, GONE, "request", "2026-12")
    after = history(load(copy)).steps
    assert before.pop(GONE) == (Step(KEPT, ADDED),)
    assert after == before


def test_a_withdrawn_record_names_no_field_though_it_was_corrected(copy, kept):
    write(kept, perpetrator=("unknown", "unknown", "unknown"))
    corrected = Step(RELEASE, CORRECTED, ("perpetrator",))
    assert corrected in history(load(copy)).steps[GONE]
    withdraw(copy, GONE, "request", "2026-12")
    assert GONE not in history(load(copy)).steps
    assert corrected in history(load(copy)).steps[LEFT]


def test_a_record_that_was_withdrawn_from_the_bundled_releases_has_no_past(package):
    told = history(package).steps
    assert not set(told) & set(package.withdrawn["incident_id"])
    assert {step.release for found in told.values() for step in found} <= {
        package.release,
        *(path.name for path in (DATA / "releases").iterdir()),
    }


@pytest.mark.parametrize("column", ["source_url", "second_source_url"])
def test_of_a_closed_link_no_past_says_which_page_it_was(copy, kept, column):
    """A kept release led to another page than the present one does, and that page is closed."""
    page = rows(copy, MEDIA)["source_url"][LEFT]
    pages = {column: (rows(copy, MEDIA)[column][GONE], page, rows(copy, MEDIA)[column][OTHER])}
    other = pages | {column: (pages[column][0], "https://example.org/closed", pages[column][2])}
    write(copy, **pages)
    write(kept, **other)
    assert history(load(copy)).steps[LEFT][1:] == (Step(RELEASE, CORRECTED, (column,)),)
    close(copy, ["https://example.org/closed"])
    (told,) = history(load(copy)).steps[LEFT][1:]
    assert told.fields == (("link",) if column == "source_url" else (column,))


def test_a_link_that_is_closed_in_every_release_is_no_correction(copy, kept):
    before = history(load(copy)).steps
    close(copy, [rows(copy, MEDIA)["source_url"][GONE]])
    assert history(load(copy)).steps == before
