"""A picture shows the numbers of the figure it is made from, in letters that are there."""

import io
import math
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.ft2font import FT2Font
from PIL import Image

from answers import pictures
from answers.pages import DRAWN
from charts import bars, marks, palette, trend
from charts.map_picture import DISC, of_map
from charts.picture import numbered, of_figure
from charts.sheet import CARD, INNER, WIDTH, Words
from charts.style import Key, keys, plain
from incidents import counts
from incidents.schema import visible
from incidents.selection import Selection
from loaders import load
from loaders.language import language
from loaders.typeface import typeface
from tests.asking import question
from tests.conftest import DATA, HOME
from tests.messages import TRANSLATED, catalogue

KY = language("ky")
EVENTS = [
    trend.Event(1, pd.Timestamp("2020-10-05"), "Шайлоо"),
    trend.Event(2, pd.Timestamp("2020-11-05"), "<b>$x$</b> 100 %"),
    trend.Event(3, pd.Timestamp("2022-01-27"), "Өкүм"),
]
BOUNDS = ((39.1, 69.1), (43.35, 80.4))
SAID = Words(
    "Бишкек: ң ө ү", ["Чыпкалар: жок.", "n = 3"], ["https://e.org · SHA-256 ab…"], "alt", "e"
)


def stacked(package, per="year", split="data"):
    dated = Selection(start="2019-05", end="2026")
    found = counts.by_period(package.incidents.select(dated), per, split=split)
    labels = {code: f"<i>{code}</i> & Өзгөчө" for code in found.table}
    colours = palette.colours(list(labels), list(labels))
    return trend.stacked(found, labels, colours, EVENTS, KY)


def multiples(package, per="quarter"):
    found = counts.by_period(package.incidents.select(Selection()), per, split="group")
    return trend.multiples(found, package.codebook.labels("groups", "ky"), KY)


def published(package):
    held = pd.Series(range(len(package.published)), index=package.published.index)
    return trend.published(package.published, held, ("жарыяланган", "бизде"), KY)


def one_published(total):
    totals = pd.Series([total], index=[2018])
    return trend.published(totals, totals, ("жарыяланган", "бизде"), KY)


def by_group(package):
    found = counts.by_code(package.incidents.select(Selection()), "group")
    labels = [package.codebook.label("groups", code, "ky") for code in found.index]
    return bars.bars(found, labels, KY)


FIGURES = {
    "by year": stacked,
    "by month": lambda package: stacked(package, "month", "perpetrator"),
    "one colour": lambda package: stacked(package, "quarter", "none"),
    "multiples": multiples,
    "few bars in multiples": lambda package: multiples(package, "year"),
    "published": published,
    "one published total": lambda package: one_published(17),
    "one published total of nothing": lambda package: one_published(0),
    "by group": by_group,
}


@pytest.fixture(params=FIGURES)
def figure(request, package):
    return FIGURES[request.param](package)


def drawn_bars(sheet):
    """Read the bars back from the picture: along the axis, by their place; zeros have no height."""
    found = []
    for axes in sheet.figure.axes:
        for collection in axes.collections:
            assert isinstance(collection, PolyCollection)
            for path in collection.get_paths():
                box = path.get_extents()
                found.append(tuple(round(float(v), 6) for v in box.extents))
    return sorted(found)


def figure_bars(figure):
    """Give where the bars of a figure stand, as plotly draws them."""
    found = []
    tops: dict[object, float] = {}
    for trace in (trace for trace in figure.data if trace.type == "bar"):
        lies = trace.orientation == "h"
        at, values = (trace.y, trace.x) if lies else (trace.x, trace.y)
        half = (trace.width or 1 - figure.layout.bargap) / 2
        names = list(figure.layout.xaxis.tickvals or ())
        for place, value in zip(at, values, strict=True):
            middle = names.index(place) if isinstance(place, str) else place
            low = tops.get((trace.xaxis, place), 0) if figure.layout.barmode == "stack" else 0
            tops[trace.xaxis, place] = low + value
            box = (middle - half, low, middle + half, low + value)
            found.append((box[1], box[0], box[3], box[2]) if lies else box)
    return sorted(tuple(round(float(v), 6) for v in box) for box in found)


def texts(sheet):
    return [text.get_text() for axes in sheet.figure.axes for text in axes.texts]


def test_the_picture_of_a_figure_shows_its_numbers_and_its_words(figure):
    sheet = of_figure(figure, SAID, KY, typeface())
    assert drawn_bars(sheet) == figure_bars(figure)
    said = texts(sheet)
    for trace in figure.data:
        for text in trace.text or ():
            assert plain(text) in said
        if trace.type == "bar" and trace.name and trace.showlegend is not False:
            assert plain(trace.name) in said or len(figure.data) < 3
        if "xaxis2" in figure.layout and len(trace.x) <= 12:
            assert {KY.number(value) for value in trace.y if value} <= set(said)
    for axis in figure.select_xaxes():
        for text in axis.ticktext if axis.visible is not False else ():
            assert set(plain(text).split("\n")) <= set(said)


@pytest.mark.parametrize("lang", TRANSLATED)
@pytest.mark.parametrize("surface", DRAWN.values())
@pytest.mark.parametrize("query", ["", "fill=rate&split=group", "per=month&split=perpetrator"])
def test_a_card_has_one_size_and_no_letter_beyond_its_edges(surface, query, lang):
    answer = question(f"/?{query}&lang={lang}").answer(surface).at_a_glance
    sheet = answer.sheet(pictures.words(answer), CARD)
    canvas = FigureCanvasAgg(sheet.figure)
    canvas.draw()
    assert canvas.get_width_height() == (1200, 630)
    boxes = [t.get_window_extent() for axes in sheet.figure.axes for t in axes.texts]
    assert all(b.x0 >= 0 and b.x1 <= 1200 and b.y0 >= 0 and b.y1 <= 630 for b in boxes)
    assert sheet.bottom - sheet.top > 200
    assert visible(answer.title)[:20] in texts(sheet)[0]


def test_what_a_card_has_no_room_for_ends_so(package):
    long = Words("word " * 90, ["filter " * 90], ["source"], "alt", "e")
    sheet = of_figure(stacked(package), long, KY, typeface(), CARD)
    said = texts(sheet)
    assert [text for text in said if text.endswith("…")] == [said[1], said[3]]
    lines = [line for axes in sheet.figure.axes for line in axes.lines]
    assert lines
    assert not [line for line in lines if line.get_linestyle() == ":"]


def test_hatched_in_the_picture_is_what_is_hatched_in_the_figure(package):
    figure = stacked(package)
    sheet = of_figure(figure, SAID, KY, typeface())
    hatched = sum(
        len(c.get_paths()) for axes in sheet.figure.axes for c in axes.collections if c.get_hatch()
    )
    shapes = [s for trace in figure.data if trace.type == "bar" for s in trace.marker.pattern.shape]
    assert hatched == sum(map(bool, shapes)) > 0


def test_the_picture_explains_every_colour_once_and_plainly(package):
    figure = stacked(package)
    colours = {trace.name: trace.marker.color for trace in figure.data if trace.type == "bar"}
    assert len(colours) > 1
    assert keys(figure.to_dict()) == [Key(plain(k), v) for k, v in colours.items()]


def test_numbered_lines_are_named_once_in_their_order_and_letter_by_letter(package):
    assert numbered(stacked(package)) == ["1 Шайлоо", "2 <b>$x$</b> 100 %", "3 Өкүм"]
    assert numbered(by_group(package)) == []


@pytest.fixture
def mapped(package):
    codes = [f["properties"]["region"] for f in package.regions["features"]]
    areas = {
        code: marks.Area(colour, f"{code}: {at}", name=f"Аймак {at}", value=str(at))
        for at, code in enumerate(codes)
        for colour in (None if at == 0 else "#6BA5BC",)
    }
    circles = [
        marks.Circle("place", "1", 42.87, 74.6, 49, "Бишкек: 49"),
        marks.Circle("region", "KG-N", 41.4, 75.6, 4, "Нарын: 4", approximate=True),
    ]
    outlines = (package.neighbours, package.regions)
    keys = [
        Key("Аймактар"),
        Key("5–9", "#6BA5BC"),
        Key("Тегеректер"),
        Key("49", "", "#0B5D7A", round=True, radius=26),
        Key("аймагы гана", "", "#0B5D7A", round=True, dashed=True),
    ]
    sheet = of_map(areas, circles, 49, outlines, keys, SAID, typeface(), BOUNDS)
    return sheet, areas, circles, keys


def pixel(sheet):
    """Give a pixel of the sheet in numbers of the map's axes."""
    left, right = sheet.figure.axes[1].get_xlim()
    return (right - left) / INNER


def test_the_picture_of_the_map_shows_its_areas_and_circles(mapped):
    sheet, areas, circles, keys = mapped
    patches = {p.get_label(): p for axes in sheet.figure.axes for p in axes.patches}
    for area in areas.values():
        assert bool(patches[area.text].get_facecolor()[3]) == (area.colour is not None)
        assert (patches[area.text].get_linestyle() == "-") == (area.colour is not None)
    for circle in circles:
        assert circle.text in patches
    large, small = (patches[circle.text].get_radius() for circle in circles)
    assert (large / small) ** 2 == pytest.approx(49 / 4, rel=0.02)
    shown = " ".join(texts(sheet))
    for area in areas.values():
        assert area.name in shown
    for key in keys:
        assert key.text in texts(sheet)
    # the circle of the legend is as large as that of the map: the same count, the same size
    drawn = [p.get_radius() for p in sheet.paper.patches if hasattr(p, "get_radius")]
    on_map = large / pixel(sheet)
    assert max(drawn) == pytest.approx(on_map, rel=0.01)
    assert "49" in texts(sheet)


def test_a_city_has_a_disc_in_its_fill_and_no_region_is_named_over_a_circle(mapped, package):
    sheet, areas, *_ = mapped
    axes = sheet.figure.axes[1]
    round_ = [p for p in axes.patches if hasattr(p, "get_radius")]
    discs = [p for p in round_ if p.get_radius() == pytest.approx(DISC * pixel(sheet))]
    of = [f["properties"] for f in package.regions["features"]]
    cities = [region["region"] for region in of if region["type"] == "city"]
    filled = [to_hex(disc.get_facecolor()).upper() for disc in discs]
    assert filled == [areas[code].colour for code in cities] != []
    draw = FigureCanvasAgg(sheet.figure).get_renderer()
    for text in axes.texts:
        box = text.get_window_extent(draw).transformed(axes.transData.inverted())
        if text.get_text() in {area.name for area in areas.values()}:
            assert not [p for p in round_ if touch(box.extents, *p.center, p.get_radius())]


def touch(box, x, y, radius):
    beside, above = max(box[0] - x, x - box[2], 0), max(box[1] - y, y - box[3], 0)
    return math.hypot(beside, above) < radius


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_has_the_size_that_is_promised_and_metadata_of_nothing_else(mapped, kind):
    sheet, *_ = mapped
    content = sheet.picture(kind)
    told = "\n".join((SAID.alt, *SAID.about, *SAID.foot))
    if kind == "png":
        picture = Image.open(io.BytesIO(content))
        assert picture.width == 2 * WIDTH == 2400
        assert set(picture.info) == {"Title", "Description", "Source", "dpi"}
        assert (picture.info["Title"], picture.info["Description"]) == (SAID.title, told)
    else:
        text = content.decode()
        assert 'width="900pt"' in text  # 1200 pixels of a browser
        assert SAID.title in text
        assert told in text
        assert not re.search(r"dc:date|dc:creator|Matplotlib v", text)
        assert set(re.findall(r"https?://(?!www\.w3\.org)[^\"<>\s]+", text)) <= {
            "https://e.org",
            "http://purl.org/dc/elements/1.1/",
            "http://creativecommons.org/ns#",
        }
    temporary = "/tmp"  # noqa: S108  # searched for, not written to
    for machine in (str(HOME), str(Path.home()), typeface().regular, temporary, sys.prefix):
        assert machine.encode() not in content


SAME = """
import hashlib
from charts.picture import of_figure
from loaders import load
from loaders.typeface import typeface
from tests.charts.test_pictures import KY, SAID, stacked
for kind in ("png", "svg"):
    sheet = of_figure(stacked(load()), SAID, KY, typeface())
    print(hashlib.sha256(sheet.picture(kind)).hexdigest())
"""


def test_the_same_view_gives_the_same_bytes_in_every_process():
    command = [sys.executable, "-c", SAME]
    ran = [
        subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    ]
    assert ran[0] == ran[1]
    assert len(ran[0].split()) == 2


def test_readers_in_several_threads_do_not_meet(package):
    figures = [make(package) for make in FIGURES.values()] * 2

    def drawn(figure):
        return of_figure(figure, SAID, KY, typeface()).picture("png")

    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(drawn, figures))
    assert together == [drawn(figure) for figure in figures]


def spoken():
    """Every letter that can be said: messages, and labels and names of the data."""
    for name in TRANSLATED:
        for message in catalogue(name):
            forms = [message.string] if isinstance(message.string, str) else message.string
            yield from forms if message.id else ()
            yield str(message.id)
    package = load(DATA)
    for table in package.codebook.lists.values():
        yield from (cell for cell in table.to_numpy().ravel() if isinstance(cell, str))
    for name in ("en", "ru", "ky"):
        yield from package.incidents.places[f"name_{name}"]
        yield from (event[f"label_{name}"] for event in package.events)


@pytest.mark.parametrize(("weight", "name"), [("regular", "Regular"), ("bold", "Semibold")])
def test_the_typeface_has_every_letter_that_is_said(weight, name):
    letters = set("".join(spoken())) | set("ңөүҢӨҮёЁ№«»–−×→…·")
    font = FT2Font(getattr(typeface(), weight))
    missing = {c for c in letters if c not in "\n" and not font.get_char_index(ord(c))}
    assert missing == set()
    assert font.postscript_name == f"SourceSansPro-{name}"


def test_a_word_that_is_longer_than_a_line_is_broken(package):
    sheet = of_figure(by_group(package), SAID, KY, typeface())
    link = "https://example.org/map?" + "&".join(f"group=code_{n}" for n in range(60))
    lines = sheet.lines(f"A link: {link}", 14, 400)
    assert "".join(lines).replace("A link:", "") == link
    assert max(sheet.width(line, 14) for line in lines) <= 400
