"""What is drawn of a claim: each ratio where it lies, against what was said, kinds apart."""

import math

import pytest

from charts import ratios
from charts.palette import ACCENT, INK
from charts.picture import plain
from charts.ratios import Panel, Row, Target
from charts.ratios_picture import of_ratios
from charts.sheet import Words
from loaders.language import language
from loaders.typeface import typeface

EN = language("en")
THREE = Target(3, 2.5, 3, "× 3, as said")
SAID = Words("Title", ["n = 3"], ["Foot"], "alt", "link")
TOTALS = Panel("Totals", [Row(("a",), 2.59, "A"), Row(("b", "why not"), None), Row(("c",), 7.65)])
RECORDS = Panel("Records", [Row(("d",), 0.36), Row(("e", "e", "e"), 2.89)], sample=True)


def drawn(*panels, said=THREE):
    return ratios.ratios(panels, said, EN)


def texts(figure):
    return [note.text for note in figure.layout.annotations]


def height(figure, text):
    """Give how far from the top a text begins."""
    return next(note.y for note in figure.layout.annotations if note.text == text)


def test_each_ratio_is_one_mark_beside_its_label_and_below_the_one_before():
    totals, records = drawn(TOTALS, RECORDS).data
    assert (list(totals.x), list(records.x)) == ([2.59, 7.65], [0.36, 2.89])
    figure = drawn(TOTALS, RECORDS)
    for label, y in zip("acd", (*totals.y, records.y[0]), strict=True):
        assert 0 < y - height(figure, label) < ratios.LINE
    assert [*totals.y, *records.y] == sorted([*totals.y, *records.y])


def test_totals_and_records_share_no_mark_no_colour_and_no_shape():
    totals, records = drawn(TOTALS, RECORDS).data
    assert (totals.marker.color, records.marker.color) == (INK, ACCENT)
    assert totals.marker.symbol != records.marker.symbol
    figure = drawn(TOTALS, RECORDS)
    assert max(totals.y) < height(figure, "<b>Records</b>") < min(records.y)


def test_a_row_without_a_ratio_has_its_words_and_neither_mark_nor_line():
    figure = drawn(Panel("Totals", [Row(("b", "why not"), None)]))
    assert {"b", "why not"} < set(texts(figure))
    assert "× 3, as said" not in texts(figure)
    assert [len(trace.x) for trace in figure.data] == [0]
    assert not figure.layout.shapes
    assert figure.layout.xaxis.visible is False


def test_records_alone_are_drawn_as_records():
    (marks,) = drawn(RECORDS).data
    assert (marks.marker.color, list(marks.x)) == (ACCENT, [0.36, 2.89])
    assert "<b>Totals</b>" not in texts(drawn(RECORDS))


def test_what_was_said_is_a_line_and_what_its_words_allow_a_band_in_every_row_with_a_mark():
    shapes = drawn(TOTALS, RECORDS).layout.shapes
    bands = [(shape.x0, shape.x1) for shape in shapes if shape.type == "rect"]
    said = [shape.x0 for shape in shapes if shape.type == "line" and shape.x0 == shape.x1]
    assert bands == [(2.5, 3)] * 4
    assert said == [3] * 4
    assert texts(drawn(TOTALS, RECORDS)).count("× 3, as said") == 2


@pytest.mark.parametrize("factor", [0.5, 3, 40])
def test_the_scale_begins_at_nothing_and_holds_every_mark_and_what_was_said(factor):
    said = Target(factor, factor, math.inf, "said")
    figure = drawn(TOTALS, RECORDS, said=said)
    low, high = figure.layout.xaxis.range
    assert low == 0
    assert high > max(7.65, factor)
    ends = {shape.x1 for shape in figure.layout.shapes if shape.type == "rect"}
    assert ends == {high}


def test_a_ratio_of_nothing_is_drawn_at_nothing():
    (marks,) = drawn(Panel("Totals", [Row(("a",), 0.0)])).data
    assert list(marks.x) == [0.0]


def test_a_label_is_no_markup_and_a_long_reason_is_broken():
    hostile, long = "<b>$x$</b> %{y}", "No total is known. " * 8
    rows = [Row((hostile,), 1.0, hostile), Row(("b", long), None)]
    figure = drawn(Panel(hostile, rows))
    assert "<b>$" not in "".join(texts(figure)).replace("<b>&", "")
    assert max(map(len, texts(figure))) < len(long) / 2
    assert "%{y}" not in figure.data[0].customdata[0]


def test_a_line_through_a_mark_is_its_interval_and_where_none_is_given_there_is_none():
    rows = [Row(("a",), 2.0, interval=(0.5, 8.0)), Row(("b",), 1.0)]
    figure = drawn(Panel("Totals", rows))
    (marks,) = figure.data
    assert list(marks.error_x.arrayminus) == [1.5, 0]
    assert list(marks.error_x.array) == [6.0, 0]
    assert figure.layout.xaxis.range[1] > 8


def test_an_interval_without_end_runs_to_the_end_of_the_scale_and_squashes_nothing():
    rows = [Row(("a",), 2.0, interval=(0.5, high)) for high in (math.inf, 900)]
    figure = drawn(Panel("Totals", rows))
    end = figure.layout.xaxis.range[1]
    assert [2 + up for up in figure.data[0].error_x.array] == [end, end]
    assert end < 15


def test_the_picture_shows_the_marks_intervals_and_words_of_the_figure():
    rows = [Row(("a",), 2.0, interval=(0.5, 8.0)), Row(("b", "why not"), None)]
    figure = drawn(Panel("Totals", rows), RECORDS)
    sheet = of_ratios(figure, SAID, EN, typeface())
    said = {text.get_text() for text in sheet.paper.texts}
    assert {plain(text).removeprefix("<b>").removesuffix("</b>") for text in texts(figure)} < said
    assert {"× 0", "× 2"} < {text.replace("\u00a0", " ") for text in said}
    lines = [line for line in sheet.paper.lines if line.get_xdata()[0] != line.get_xdata()[-1]]
    marks = [line for line in sheet.paper.lines if line.get_marker() in ("o", "D")]
    xs = sorted(x for line in marks for x in line.get_xdata())
    ratio = sorted(x for trace in figure.data for x in trace.x)
    per = (xs[-1] - xs[0]) / (ratio[-1] - ratio[0])
    assert [(x - xs[0]) / per + ratio[0] for x in xs] == pytest.approx(ratio)
    ends = [(x - xs[0]) / per + ratio[0] for line in lines for x in line.get_xdata()]
    assert {round(x, 6) for x in ends} > {0.5, 8.0}
