"""Errors and agreement, beside libraries and plain counts that compute them another way."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa
from statsmodels.stats.proportion import proportion_confint

from incidents import quality
from incidents.schema import SEVERAL


def test_errors_are_what_a_plain_count_says_with_the_interval_of_another_library(package):
    found = quality.errors(package.readings)
    assert len(found) >= 4
    for row in found.itertuples():
        theirs = package.readings[
            (package.readings["reading"] == str(row.reading))
            & (package.readings["drawn"] == row.drawn)
            & (package.readings["dataset"] == row.dataset)
        ]["outcome"].tolist()
        wrong, grave = theirs.count("wording") + theirs.count("grave"), theirs.count("grave")
        read = len(theirs) - theirs.count("not_reached")
        assert (row.read, row.wrong, row.grave) == (read, wrong, grave)
        assert row.not_reached == theirs.count("not_reached")
        ends = proportion_confint(wrong, read, method="beta")
        assert (row.wrong_low, row.wrong_high) == pytest.approx(ends)
        ends = proportion_confint(grave, read, method="beta")
        assert (row.grave_low, row.grave_high) == pytest.approx(ends)


def readings(*rows):
    columns = ["reading", "month", "drawn", "dataset", "outcome"]
    return pd.DataFrame(rows, columns=columns, dtype=str)


def test_the_last_random_sample_is_the_one_with_the_highest_number():
    found = quality.errors(
        readings(
            ("9", "2026-11", "random", "media", "grave"),
            ("10", "2026-12", "random", "media", "confirmed"),
            ("10", "2026-12", "random", "rights", "not_reached"),
            ("11", "2026-12", "all", "media", "wording"),
        )
    )
    last = quality.last_sample(found)
    assert set(last["reading"]) == {10}
    assert dict(zip(last["dataset"], last["read"], strict=True)) == {"media": 1, "rights": 0}
    unread = last[last["dataset"] == "rights"].iloc[0]
    assert (unread["wrong_low"], unread["wrong_high"]) == (0, 1)


def test_two_readers_of_one_sample_are_compared():
    both = ["grave"] * 3 + ["wording"] * 4
    first, second = [*both, *["grave"] * 5], [*both, *["confirmed"] * 3, *["wording"] * 2]
    either = [*both, *["grave"] * 5]
    fine = ["confirmed"] * 48
    rows = [("9", "2026-11", "random", "media", said) for said in first + fine]
    rows += [("10", "2026-11", "random", "media", said) for said in second + fine]
    rows += [("10", "2026-11", "either", "media", said) for said in either + fine]
    found = quality.errors(readings(*rows))
    apart = quality.read_apart(found)
    assert apart == quality.Apart(n=60, one=12, other=9, both=9, either=12)
    wrong = [[said != "confirmed" for said in side + fine] for side in (first, second)]
    assert apart.kappa == pytest.approx(by_library(*wrong))
    assert quality.last_sample(found)["drawn"].tolist() == ["either"]
    assert quality.read_apart(found[found["drawn"] == "random"]) is None


def test_without_readings_there_are_no_errors_and_no_sample():
    found = quality.errors(readings())
    assert found.empty
    assert quality.last_sample(found).empty


def by_library(first, second):
    """Give Cohen's kappa of two lists of classes as statsmodels computes it."""
    classes = sorted({*first, *second})
    table = pd.crosstab(pd.Series(first), pd.Series(second))
    table = table.reindex(index=classes, columns=classes, fill_value=0)
    return cohens_kappa(table.to_numpy(), return_results=False)


@pytest.mark.parametrize("pair", [("record", "first"), ("first", "second")])
def test_agreement_is_that_of_another_library_code_by_code(pair, package):
    found = quality.agreement(package.codings, pair)
    assert list(found.index) == list(quality.CODED)
    for field in quality.CODED:
        rows = package.codings[package.codings["field"] == field]
        codes = {
            coder: rows[rows["coder"] == coder].set_index("item")["codes"].str.split(";")
            for coder in pair
        }
        one, other = codes[pair[0]], codes[pair[1]].reindex(codes[pair[0]].index)
        if field in SEVERAL:
            used = {code for given in (*one, *other) for code in given}
            lists = [[code in given for given in each for code in used] for each in (one, other)]
        else:
            lists = [[given[0] for given in each] for each in (one, other)]
        assert found.at[field, "kappa"] == pytest.approx(by_library(*lists))
        same = sum(set(a) == set(b) for a, b in zip(one, other, strict=True))
        assert (found.at[field, "same"], found.at[field, "n"]) == (same, len(one))


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=12))
def test_kappa_of_any_two_codings_is_that_of_another_library(pairs):
    first, second = ([pair[at] for pair in pairs] for at in (0, 1))
    if len({*first, *second}) == 1:
        return  # nothing is left to agree on
    columns = ["item", "field", "coder", "codes"]
    rows = [
        (str(item), "category", coder, codes)
        for item, pair in enumerate(pairs)
        for coder, codes in zip(quality.CODERS, pair, strict=False)
    ]
    found = quality.agreement(pd.DataFrame(rows, columns=columns), ("record", "first"))
    assert found.at["category", "kappa"] == pytest.approx(by_library(first, second))


def test_an_interval_stands_only_where_drawing_again_says_something(package):
    found = package.agreement
    told = found.dropna(subset=["low"])
    assert (told["low"] < told["kappa"]).all()
    assert (told["kappa"] <= told["high"]).all()
    assert found.at["target", "kappa"] == 1
    assert "target" not in told.index
    again = quality.agreement(package.codings, ("first", "second"))
    pd.testing.assert_frame_equal(found, again)
