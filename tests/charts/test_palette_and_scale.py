import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import palette, scale


def lightness(colour):
    """CIE L* of an sRGB colour, 0 to 100 (IEC 61966-2-1, CIE 1976)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_neighbours_in_a_stack_differ_in_lightness_so_that_they_hold_in_grey():
    for one, other in itertools.pairwise(palette.CODES):
        assert abs(lightness(one) - lightness(other)) > 12


def test_more_is_always_darker():
    shades = [lightness(colour) for colour in palette.SEQUENCE]
    assert shades == sorted(shades, reverse=True)


def test_the_same_code_has_the_same_colour_whatever_stands_beside_it():
    listed = ["a", "b", "c", "d"]
    assert palette.colours(["c"], listed)["c"] == palette.colours(["a", "c"], listed)["c"]


@given(st.lists(st.floats(0, 1e6, allow_nan=False).filter(lambda v: v == 0 or v > 0.01)))
def test_every_positive_value_has_one_class_and_zero_has_none(values):
    steps = scale.sequential(values)
    assert len(steps) <= 5
    for value in values:
        found = [s for s in steps if s.low <= value and (s.high is None or value < s.high)]
        assert len(found) == (1 if value > 0 else 0)


@given(st.lists(st.integers(-1000, 1000)))
def test_every_change_has_one_class_and_no_change_is_neutral(values):
    steps = scale.diverging(values)
    for value in [*values, 0]:
        found = [s for s in steps if s.low <= value and (s.high is None or value < s.high)]
        assert len(found) == 1
    assert scale.colour(0, steps) == palette.CHANGE[2]


@pytest.mark.parametrize(
    ("values", "limits"),
    [([140, 12, 9, 4, 2], [2, 5, 10, 50, 100]), ([3], [2]), ([0.3, 12.5], [0.2, 0.5, 1, 5, 10])],
)
def test_limits_are_round_numbers(values, limits):
    assert [step.low for step in scale.sequential(values)] == limits
    assert all(step.high is None or not math.isinf(step.high) for step in scale.sequential(values))
