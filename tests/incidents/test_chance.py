"""Intervals and dispersion against values that others published, and against other ways."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from statsmodels.genmod.families import Poisson
from statsmodels.genmod.generalized_linear_model import GLM

from incidents import chance

YEAR = (1, 1)


@pytest.mark.parametrize(
    ("first", "second", "exposure", "expected"),
    [
        # issue 4 of this project; the next test sums the tails of the same three
        (20, 60, YEAR, ("3.0", "1.78", "5.25")),
        (4, 9, YEAR, ("2.25", "0.63", "10.0")),
        (12, 18, YEAR, ("1.5", "0.68", "3.41")),
        # what R prints for the two-sample example in the help of poisson.test, eba1977 of ISwR:
        # https://stat.ethz.ch/R-manual/R-devel/library/stats/html/poisson.test.html
        (6 + 8 + 7, 11, (1083 + 1050 + 878, 800), ("1.971488", "0.8584264", "4.2772659")),
        # Kuhn and Silge, Tidy Modeling with R, section 21.2: poisson.test(c(930, 619), T = 3)
        (619, 930, (3, 3), ("1.502423", "1.355716", "1.665905")),
        # Fay, Testing the Ratio of Two Poisson Rates, vignette of CRAN's rateratio.test, 2022
        (9, 2, (16660, 17877), ("0.2070941557", "0.02177406", "1.00054910")),
    ],
)
def test_the_exact_interval_is_the_published_one(first, second, exposure, expected):
    found = chance.exact(first, second, exposure)
    for value, published in zip((found.ratio, found.low, found.high), expected, strict=True):
        decimals = len(published.split(".")[1])
        assert f"{value:.{decimals}f}" == published


@pytest.mark.parametrize(("first", "second"), [(20, 60), (4, 9), (12, 18)])
def test_at_each_end_of_the_exact_interval_a_tail_holds_one_in_forty(first, second):
    found, n = chance.exact(first, second, YEAR), first + second

    def tail(ratio, hits):
        p = ratio / (1 + ratio)
        return sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in hits)

    assert tail(found.low, range(second, n + 1)) == pytest.approx(0.025)
    assert tail(found.high, range(second + 1)) == pytest.approx(0.025)


def test_the_exact_probability_is_the_published_one():
    # Fay's vignette, as above
    assert chance.exact_p(9, 2, (16660, 17877)) == pytest.approx(0.05011, abs=5e-6)


@pytest.mark.parametrize(
    ("first", "second", "ratio", "low", "high"),
    [(0, 5, math.inf, 0.916, math.inf), (5, 0, 0, 0, 1.091), (0, 1, math.inf, 0.026, math.inf)],
)
def test_nothing_on_one_side_leaves_one_end_open(first, second, ratio, low, high):
    found = chance.exact(first, second, YEAR)
    assert (found.ratio, found.low, found.high) == pytest.approx((ratio, low, high), abs=5e-4)


numbers = st.integers(0, 300)
lengths = st.integers(1, 3000).map(float)


@given(numbers, numbers, lengths, lengths, st.floats(0, 30), st.integers(1, 200))
@example(34, 0, 1.0, 109.0, 2.0, 1)  # with one degree of freedom the tails are very thin
def test_the_widened_interval_holds_the_exact_one_and_agrees_with_its_probability(
    first, second, before, after, dispersion, freedom
):
    if not first + second:
        return
    exposure = (before, after)
    exact = chance.exact(first, second, exposure)
    wide = chance.widened(first, second, exposure, dispersion, freedom)
    assert wide.low <= exact.low <= exact.high <= wide.high
    for p, interval in (
        (chance.exact_p(first, second, exposure), exact),
        (chance.widened_p(first, second, exposure, dispersion, freedom), wide),
    ):
        if abs(p - chance.ALPHA) > 1e-6:
            assert (p < chance.ALPHA) == (interval.low > 1 or interval.high < 1)


@pytest.mark.parametrize(("mean", "dispersion"), [(40, 2), (40, 4), (100, 3)])
def test_the_widened_interval_is_near_that_of_a_quasi_poisson_regression(mean, dispersion):
    random = np.random.default_rng(mean + dispersion)
    months = random.negative_binomial(mean / (dispersion - 1), 1 / dispersion, 24)
    halves, days = (months[:12], months[12:]), np.full(12, 30.0)
    measured, freedom = chance.scatter([chance.steady(half, days) for half in halves])
    step = np.column_stack([np.ones(24), np.repeat([0, 1], 12)])
    fitted = GLM(months, step, family=Poisson()).fit(scale="X2", use_t=True)
    assert measured == pytest.approx(fitted.scale)
    assert freedom == fitted.df_resid
    wide = chance.widened(*(int(h.sum()) for h in halves), YEAR, float(measured), int(freedom))
    assert (wide.low, wide.high) == pytest.approx(tuple(np.exp(fitted.conf_int()[1])), rel=0.01)


# High school students diagnosed with a disease, by days since the outbreak: data and the output
# of R's glm(Students ~ Days, quasipoisson) stand in Lillis, Generalized Linear Models in R, parts 6
# and 7 (https://www.theanalysisfactor.com/glm-r-overdispersion-count-regression/).
DAYS = """1 2 3 3 4 4 4 6 7 8 8 8 8 12 14 15 17 17 17 18 19 19 20 23 23 23 24 24 25 26 27 28 29 34
36 36 42 42 43 43 44 44 44 44 45 46 48 48 49 49 53 53 53 54 55 56 56 58 60 63 65 67 67 68 71 71 72
72 72 73 74 74 74 75 75 80 81 81 81 81 88 88 90 93 93 94 95 95 95 96 96 97 98 100 101 102 103 104
105 106 107 108 109 110 111 112 113 114 115"""
STUDENTS = """6 8 12 9 3 3 11 5 7 3 8 4 6 8 3 6 3 2 2 6 3 7 7 2 2 8 3 6 5 7 6 4 4 3 3 5 3 3 3 5 3 5
6 3 3 3 3 2 3 1 3 3 5 4 4 3 5 4 3 5 3 4 2 3 3 1 3 2 5 4 3 0 3 3 4 0 3 3 4 0 2 2 1 1 2 0 2 1 1 0 0 1
1 2 2 1 1 1 1 0 0 0 1 1 0 0 0 0 0"""


def test_the_line_is_the_published_one():
    days, students = (np.array(text.split(), dtype=float) for text in (DAYS, STUDENTS))
    line = chance.line(students, np.ones(len(days)), days)
    assert line.dispersion == pytest.approx(0.7939441, abs=5e-6)
    assert math.log(line.widened.ratio) == pytest.approx(-0.017463, abs=5e-7)
    error = math.log(line.independent.high / line.independent.low) / (2 * 1.959964)
    assert error * math.sqrt(line.dispersion) == pytest.approx(0.001539, abs=5e-7)
    # dispersion below one counts as one: Student's t is all that widens
    assert line.independent.low > line.widened.low > line.independent.low - 1e-3


@pytest.mark.parametrize(("counts", "ratio"), [([1, 1, 1], 1), ([1, 2, 4], 2), ([9, 3, 1], 1 / 3)])
def test_counts_on_a_line_have_that_line_without_a_warning(counts, ratio):
    line = chance.line(np.array(counts), np.ones(3), np.arange(3.0))
    assert line.widened.ratio == pytest.approx(ratio)
    assert line.dispersion == pytest.approx(0, abs=1e-6)


@given(
    st.lists(st.one_of(st.integers(0, 3), st.integers(0, 5000)), max_size=40),
    st.integers(0, 3),
    st.integers(0, 40),
)
def test_any_counts_have_a_line_or_none_and_never_a_warning(counts, before, after):
    counts = np.array([0] * before + counts + [0] * after)
    line = chance.line(counts, np.full(len(counts), 30.0), np.arange(len(counts)) / 12)
    if line:
        assert line.widened.low <= line.independent.low <= line.independent.high
        assert line.independent.high <= line.widened.high
        if abs(line.p - chance.ALPHA) > 1e-6:
            assert (line.p < chance.ALPHA) == (not line.widened.low <= 1 <= line.widened.high)


@pytest.mark.parametrize("counts", [[], [3], [3, 4], [0, 0, 0], [5, 0, 0, 0], [0, 0, 0, 900]])
def test_no_line_is_laid_where_there_is_none(counts):
    days = np.ones(len(counts))
    assert chance.line(np.array(counts), days, np.arange(len(counts), dtype=float)) is None


@pytest.mark.parametrize(
    ("months", "dispersion"),
    # by hand: the sum of (count - 1)² over 3; 1 where there is nothing to measure with
    [([1, 1, 1, 1], 0), ([0, 2, 0, 2], 4 / 3), ([4, 0, 0, 0], 4), ([0, 0, 0, 0], 1)],
)
def test_dispersion_grows_with_clusters(months, dispersion):
    measured, freedom = chance.scatter([chance.steady(np.array(months), np.full(4, 30.0))])
    assert measured == pytest.approx(dispersion)
    assert freedom == (3 if sum(months) else 0)


def test_shuffled_months_are_linked_as_much_as_chance_links_them():
    days, months = np.full(6, 30.0), [0, 1, 1, 3, 4, 7]
    shuffled = np.array(list(itertools.permutations(months)))
    correlation, p = chance.link([chance.steady(shuffled, days)])
    assert correlation.mean() == pytest.approx(-1 / 6)
    assert p.mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("months", "linked"),
    [
        ([9, 8, 9, 7, 8, 9, 1, 2, 0, 1, 2, 1], True),
        ([9, 1, 8, 2, 9, 0, 7, 1, 8, 2, 9, 1], False),
        ([3] * 12, False),
        ([0] * 12, False),
        ([5], False),
    ],
)
def test_months_hang_together_where_busy_ones_follow_busy_ones(months, linked):
    months = np.array(months)
    _, p = chance.link([chance.steady(months, np.full(len(months), 30.0))])
    assert (p < chance.HANGING) == linked
