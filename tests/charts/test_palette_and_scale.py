import itertools
import math
import tomllib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from charts import palette, scale
from loaders.settings import HOME

THEME = tomllib.loads((HOME / ".streamlit" / "config.toml").read_text("utf-8"))["theme"]
TURN = ((-0.574, 1.43, 0.144), (0.426, 0.43, 0.144), (0.426, 1.43, -0.856))
"""What turns hues by 180 degrees (Filter Effects 1, hue-rotate)."""


def luminance(channels):
    """Relative luminance of sRGB channels from 0 to 1 (IEC 61966-2-1)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def channels(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def dark(colour):
    """Channels in the dark scheme: inverted, then hues turned back (static/style.css)."""
    inverted = [1 - c for c in channels(colour)]
    turned = [sum(a * c for a, c in zip(row, inverted, strict=True)) for row in TURN]
    return [min(max(c, 0), 1) for c in turned]


def contrast(one, other, scheme=channels):
    """Contrast of two colours (WCAG 2.2)."""
    lighter, darker = sorted((luminance(scheme(c)) for c in (one, other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightness(colour):
    """CIE L* of an sRGB colour, 0 to 100 (IEC 61966-2-1, CIE 1976)."""
    y = luminance(channels(colour))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


@pytest.mark.parametrize("scheme", [channels, dark])
@pytest.mark.parametrize("text", [palette.INK, palette.QUIET, palette.ACCENT])
@pytest.mark.parametrize("ground", [palette.PAPER, palette.LAND, THEME["secondaryBackgroundColor"]])
def test_every_text_can_be_read_on_every_ground_in_the_light_and_the_dark_scheme(
    text, ground, scheme
):
    assert contrast(text, ground, scheme) >= 4.5


def test_the_theme_has_the_colours_of_the_palette():
    assert (THEME["textColor"], THEME["backgroundColor"]) == (palette.INK, palette.PAPER)
    assert {THEME["primaryColor"], THEME["linkColor"]} == {palette.ACCENT}
    assert THEME["borderColor"] == palette.RULE


def test_neighbours_in_a_stack_differ_in_lightness_so_that_they_hold_in_grey():
    for one, other in itertools.pairwise(palette.CODES):
        assert abs(lightness(one) - lightness(other)) > 12


def test_more_is_always_darker():
    shades = [lightness(colour) for colour in palette.SEQUENCE]
    assert shades == sorted(shades, reverse=True)


@pytest.mark.parametrize("scheme", [channels, dark])
def test_every_class_is_told_from_the_next_and_the_first_from_none_in_both_schemes(scheme):
    for one, other in itertools.pairwise((palette.PAPER, *palette.SEQUENCE)):
        assert contrast(one, other, scheme) >= 1.4
    for one, other in itertools.pairwise(palette.CHANGE):
        assert contrast(one, other, scheme) >= 1.8


def test_more_and_fewer_are_as_heavy_and_are_told_apart_where_red_and_green_are_not():
    """What sees no red from green sees blue from yellow."""
    blue = [b - (r + g) / 2 for r, g, b in map(channels, palette.CHANGE)]
    assert max(blue[:2]) < -0.2 < 0.1 < min(blue[3:])
    for fewer, more in zip(palette.CHANGE[:2], palette.CHANGE[:2:-1], strict=True):
        assert abs(lightness(fewer) - lightness(more)) < 10


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


@pytest.mark.parametrize("divide", [scale.sequential, scale.diverging])
@pytest.mark.parametrize("missing", [pd.NA, math.nan, None])
def test_what_is_missing_has_no_class_and_no_colour(divide, missing):
    assert divide([3, missing, 7, missing]) == divide([3, 7])
    assert divide([missing]) == []
    assert scale.colour(missing, divide([3, 7])) is None


@pytest.mark.parametrize(
    ("values", "limits"),
    [([140, 12, 9, 4, 2], [2, 5, 10, 50, 100]), ([3], [2]), ([0.3, 12.5], [0.2, 0.5, 1, 5, 10])],
)
def test_limits_are_round_numbers(values, limits):
    assert [step.low for step in scale.sequential(values)] == limits
    assert all(step.high is None or not math.isinf(step.high) for step in scale.sequential(values))
