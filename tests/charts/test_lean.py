"""SVG inside a page says what the figure says, in little, and leaves no gap on the map."""

import re
from xml.etree import ElementTree

import pytest

from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from charts import lean
from charts.bars import bars
from charts.lean_map import _corners, _Frame
from charts.style import Key
from charts.svg import tag
from loaders.language import language
from tests.asking import question

FIGURES = [
    (Published, "/"),
    (Groups, "/?data=rights"),
    (Years, "/?from=2017&to=2025"),
    (Trend, "/trends"),
    (Trend, "/trends?split=category&data=media&per=quarter&from=2022&to=2023"),
    (Trend, "/trends?split=group&unit=people"),
    (Trend, "/trends?per=month&from=2018&to=2023"),
    (Map, "/map?fill=change"),
]


def texts(drawn: str) -> list[str]:
    return ["".join(e.itertext()).strip() for e in ElementTree.fromstring(drawn).iter("text")]  # noqa: S314


@pytest.mark.parametrize(("surface", "link"), FIGURES)
def test_a_drawing_is_svg_with_attributes_alone(surface, link):
    for drawn in question(link).answer(surface).lean:
        every = list(ElementTree.fromstring(drawn).iter())  # noqa: S314  # our own
        assert not [e for e in every if "style" in e.attrib or e.tag in ("style", "script")]
        assert not re.search(r"\d\.\d{3}", drawn)
        assert texts(drawn)


def test_every_number_of_a_short_chart_stands_in_it():
    for surface, link in FIGURES[:4]:
        answer = question(link).answer(surface)
        said = " ".join(text for drawn in answer.lean for text in texts(drawn)).split()
        column = {"years": "total", "trend": "n", "groups": "incidents"}.get(answer.surface)
        for number in answer.table.rows[column or "published"]:
            assert str(number) in said


def test_bars_are_as_long_as_their_numbers():
    answer = question("/").answer(Groups)
    (drawn,) = answer.lean
    widths = [float(w) for w in re.findall(r'<rect x="0" width="([\d.]+)%', drawn)]
    longest = max(answer.found)
    assert widths == pytest.approx([86 * n / longest for n in answer.found], abs=0.01)


def test_layers_stand_on_each_other_up_to_the_total():
    (drawn,) = question("/?from=2020&to=2022").answer(Years).lean
    bars = re.findall(r'<rect x="([\d.]+)%"[^>]* y="([\d.]+)" height="([\d.]+)"', drawn)
    for at in {x for x, _, _ in bars}:
        (low, high) = sorted(
            ((float(y), float(h)) for x, y, h in bars if x == at), key=lambda bar: -bar[0]
        )
        assert low[0] == pytest.approx(high[0] + high[1], abs=0.11)


@pytest.mark.parametrize(
    ("points", "kept"),
    [
        (
            [(0, 0), (1, 0), (1, 0), (2, 0), (2, 2), (0, 2), (0, 0)],
            [(0, 0), (2, 0), (2, 2), (0, 2)],
        ),
        ([(0, 0), (4, 0), (4, 4), (3, 3), (1, 1), (0, 0)], [(0, 0), (4, 0), (4, 4)]),
        ([(0, 0), (0, 0)], [(0, 0)]),
    ],
)
def test_only_what_lies_on_a_line_or_stands_twice_is_left_out(points, kept):
    assert _corners(points) == kept


def test_no_outline_moves_away_from_its_neighbours(package):
    frame = _Frame(package.bounds)
    for feature in (*package.regions["features"], *package.neighbours["features"]):
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for ring in (ring for polygon in polygons for ring in polygon):
            points = [frame.at(lat, lon) for lon, lat, *_ in ring]
            assert area(_corners(points)) == area(points)


def area(points: list[tuple[int, int]]) -> int:
    """Give twice the area within a ring."""
    nexts = [*points[1:], points[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, nexts, strict=True)))


def test_claims_bear_a_mark_for_every_ratio_and_the_words_of_every_reading():
    answer = question("/claims").answer(Claims)
    for row in answer.rows.values():
        (drawn,) = lean.of_figure(row.figure, answer.t)
        ratios = [x for trace in row.figure.data for x in trace.x]
        assert drawn.count("<circle") == len(ratios)
        said = " ".join(texts(drawn))
        for note in row.figure.layout.annotations:
            assert note.text.removeprefix("<b>").removesuffix("</b>").split()[0] in said


def test_a_text_is_text_whatever_stands_in_it():
    label = "<b>&{1+1}</b>"
    (drawn,) = lean.of_figure(
        bars(question("/").answer(Groups).found[:1], [label], language("en")), language("en")
    )
    assert label in texts(drawn)
    assert tag("path", d='"><script>') == '<path d="&quot;&gt;&lt;script&gt;"/>'


def test_a_swatch_is_as_its_key():
    drawn = lean.swatch(Key("few", "#123456", "#654321", round=True, dashed=True))
    assert all(part in drawn for part in ("<circle", "#123456", "#654321", "dasharray"))


def test_numbers_beside_lines_are_round_and_few():
    assert [lean.ticks(most) for most in (1, 4, 7.5, 52, 1000)] == [
        [1],
        [1, 2, 3, 4],
        [2, 4, 6],
        [20, 40],
        [500, 1000],
    ]
