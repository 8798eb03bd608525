import pytest

from answers import faults
from loaders import Faults, load
from loaders.language import language
from tests.broken import breaks


@pytest.mark.parametrize(("how", "broken"), breaks(), ids=[name for name, _ in breaks()])
def test_a_broken_cell_is_named_with_file_line_column_value_and_rule(copy, how, broken):
    expected = broken(copy)
    with pytest.raises(Faults) as refused:
        load(copy)
    assert refused.value.faults == (expected if isinstance(expected, list) else [expected])


def test_every_rule_has_its_words_and_a_way_to_break_it():
    names = {
        "file_missing": "missing_file",
        "column_missing": "missing_column",
        "column_unknown": "unknown_column",
        "shared_region": "protected_region",
        "too_many_cells": "not_csv",
        "too_soon": "protected_delay",
        "withdrawn_with_words": "unknown_code",
    }
    broken = {name.split(":")[0] for name, _ in breaks()}
    broken = {names.get(name, name) for name in broken}
    broken |= {"unreadable", "being_written"}  # see test_shelf, and test_bad_packages
    broken |= {"restricted_column", "other_schema", "not_parquet"}  # see keeper/test_parts
    broken |= {"changed_while_read", "missing_row", "cube_not_whole"}  # and keeper/test_cube
    assert broken == set(faults.fault_rules(language("en")))


def test_all_faults_of_a_file_are_reported_at_once(copy):
    path = copy / "media_attacks.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("journalists", "martians"), encoding="utf-8")
    with pytest.raises(Faults) as refused:
        load(copy)
    assert len(refused.value.faults) > 50
