"""What `python -m benchmarks` takes."""

import pytest

from benchmarks.__main__ import APART, GROUPS, SIZES, TABLE, asked
from benchmarks.material import BUNDLED
from tests.conftest import HOME


def test_without_a_choice_all_of_the_table_is_measured_and_the_page_of_the_documentation_written():
    found = asked([])
    assert (found.only, found.sizes) == (list(TABLE), list(SIZES))
    assert found.into == HOME / "docs"


@pytest.mark.parametrize("arguments", [["--only", "dash"], ["--sizes", "bundled,10_000"]])
def test_what_is_chosen_does_not_touch_the_page_of_the_documentation(arguments):
    assert asked(arguments).into != HOME / "docs"


def test_sizes_are_numbers_or_the_bundled_package():
    assert asked(["--sizes", "100_000,bundled,300"]).sizes == [BUNDLED, 300, 100_000]


@pytest.mark.parametrize("name", [*APART, *GROUPS])
def test_everything_is_reached_by_its_name(name):
    assert asked(["--only", name]).only == [name]


def test_a_name_that_nothing_has_is_refused(capsys):
    with pytest.raises(SystemExit):
        asked(["--only", "dashes"])
    assert "there is no dashes" in capsys.readouterr().err
