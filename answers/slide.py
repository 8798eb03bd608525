"""A slide of a chart or a map, for whoever stands before others: what is found, and its numbers.

The first slide states the finding above the picture, the second holds the numbers as a chart that
can be changed; what must be said of them, and how to cite them, stands in the notes of both.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from itertools import cycle
from typing import Any

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.shapes.base import BaseShape
from pptx.slide import Slide
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Length, Pt

from answers import citing, pictures
from answers.answer import Answer
from charts.palette import ACCENT, CODES, INK, PAPER, QUIET, RULE
from incidents.schema import visible
from loaders.language import Language

WIDTH, HEIGHT, MARGIN = Inches(13.333), Inches(7.5), Inches(0.6)
INNER = Emu(WIDTH - 2 * MARGIN)
TITLE_HEIGHT, SOURCE_HEIGHT = Inches(1.15), Inches(0.55)
TITLE_ONLY = 5
"""The layout of python-pptx's own template that holds a title and nothing else."""
SIZES = ((90, 28), (150, 22), (240, 17))
"""Up to how many letters a title has which size, in points; longer ones are smaller still."""
LEAST = 13
MOST, LONG = 12, 12
"""How many series a chart may have and still be read; how long names fit below standing bars."""
PROPERTY = 255
"""How many letters a property of a file may have."""
KINDS = {
    (False, False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    (False, True): XL_CHART_TYPE.COLUMN_STACKED,
    (True, False): XL_CHART_TYPE.BAR_CLUSTERED,
    (True, True): XL_CHART_TYPE.BAR_STACKED,
}
"""The kind of chart, by whether its bars lie, and whether they are stacked."""
LANGUAGES = {
    "en": MSO_LANGUAGE_ID.ENGLISH_UK,
    "ru": MSO_LANGUAGE_ID.RUSSIAN,
    "ky": MSO_LANGUAGE_ID.KYRGYZ,
}
MADE = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def as_pptx(answer: Answer) -> bytes:
    """Make the slides of an answer that is drawn; the same answer gives the same bytes.

    What is drawn in many small panels cannot be read from afar: its totals stand for it.
    """
    answer, shown = answer.at_a_glance, Presentation()
    _widen(shown)
    first, second = (shown.slides.add_slide(shown.slide_layouts[TITLE_ONLY]) for _ in range(2))
    title = visible(answer.title)
    for slide in (first, second):
        slide.background.fill.solid()
        slide.background.fill.fore_color.rgb = _colour(PAPER)
        _title(slide, title, answer.t)
        _source(slide, answer)
        _notes(slide, answer)
    _picture(first, answer)
    _chart(second, answer)
    _say(shown.core_properties, answer)
    out = io.BytesIO()
    shown.save(out)
    return _same(out.getvalue(), answer)


def _widen(shown: Any) -> None:
    """Make slides 16:9; the template is 4:3, and what stands on it is widened alike."""
    wider = WIDTH / shown.slide_width
    shown.slide_width, shown.slide_height = WIDTH, HEIGHT
    for held in (shown.slide_master, *shown.slide_layouts):
        for shape in held.placeholders:
            shape.left, shape.width = Emu(int(shape.left * wider)), Emu(int(shape.width * wider))


def _title(slide: Slide, text: str, t: Language) -> None:
    shape = slide.shapes.title
    _place(shape, Inches(0.35), TITLE_HEIGHT)
    size = next((size for longest, size in SIZES if len(text) <= longest), LEAST)
    shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    _write(shape.text_frame, [text], t, size, INK, bold=True)


def _source(slide: Slide, answer: Answer) -> None:
    """Say below who published it, how many they are, and where they are found."""
    shape = slide.shapes.add_textbox(MARGIN, Emu(0), INNER, SOURCE_HEIGHT)
    _place(shape, Emu(HEIGHT - SOURCE_HEIGHT - Inches(0.2)), SOURCE_HEIGHT)
    cited, amount = answer.citation, answer.amount
    said = " ".join(each.text for each in answer.sources)
    lines = [f"{amount.text}. {said}", cited.link]
    _write(shape.text_frame, [visible(line) for line in lines], answer.t, 11, QUIET)


def _notes(slide: Slide, answer: Answer) -> None:
    """Say for the one who speaks what limits it, and how to cite it."""
    cited = citing.apa(answer.citation, answer.t)
    mark = f"SHA-256 {answer.citation.fingerprint}"
    said = (*answer.taken_along, *answer.quality, cited, mark)
    frame = slide.notes_slide.notes_text_frame
    _write(frame, [visible(text) for text in said], answer.t)


def _picture(slide: Slide, answer: Answer) -> None:
    picture = slide.shapes.add_picture(io.BytesIO(pictures.of_slide(answer)), MARGIN, Emu(0))
    top, room = TITLE_HEIGHT + Inches(0.5), HEIGHT - TITLE_HEIGHT - SOURCE_HEIGHT - Inches(0.9)
    scale = min(INNER / picture.width, room / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.left, picture.top = int((WIDTH - picture.width) / 2), top
    _describe(picture, answer)


def _chart(slide: Slide, answer: Answer) -> None:
    """Draw the numbers of the table as bars; lying ones where their names are long."""
    table = answer.measured
    name, *measures = table.rows.columns
    rows = table.rows.dropna(how="all", subset=measures)
    data = CategoryChartData()
    data.categories = [visible(table.columns[name].write(cell)) for cell in rows[name]]
    for each in measures[:MOST]:
        cells = [None if pd.isna(cell) else cell for cell in rows[each].tolist()]
        whole = pd.api.types.is_integer_dtype(rows[each])
        data.add_series(visible(table.heads[each]), cells, "0" if whole else "0.00")
    lying = max(len(each.label) for each in data.categories) > LONG
    top = Emu(TITLE_HEIGHT + Inches(0.5))
    height = Emu(HEIGHT - top - SOURCE_HEIGHT - Inches(0.4))
    kind = KINDS[lying, answer.stacked]
    shape = slide.shapes.add_chart(kind, MARGIN, top, INNER, height, data)
    chart = shape.chart
    chart.has_title, chart.has_legend = False, len(measures) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    chart.font.size, chart.font.color.rgb = Pt(12), _colour(INK)
    chart.category_axis.reverse_order = lying  # else the first row stands lowest
    chart.value_axis.major_gridlines.format.line.color.rgb = _colour(RULE)
    chart.value_axis.visible = len(measures) > 1
    chart.value_axis.has_major_gridlines = chart.value_axis.visible
    (plot,) = chart.plots
    plot.gap_width, plot.has_data_labels = 60, len(measures) == 1
    for drawn, code, hue in zip(plot.series, measures, cycle(CODES), strict=False):
        drawn.format.fill.solid()
        colour = answer.hues.get(code, hue if len(measures) > 1 else ACCENT)
        drawn.format.fill.fore_color.rgb = _colour(colour)
    _describe(shape, answer)


def _place(shape: BaseShape, top: Length, height: Length) -> None:
    shape.left, shape.top, shape.width, shape.height = MARGIN, top, INNER, height


def _describe(shape: BaseShape, answer: Answer) -> None:
    """Say in words what is drawn, for who does not see it."""
    named = shape._element.xpath(".//p:cNvPr")[0]  # python-pptx has no other way
    named.set("descr", visible(answer.alt))


def _write(
    frame: TextFrame,
    lines: Sequence[str],
    t: Language,
    size: int | None = None,
    colour: str = "",
    *,
    bold: bool = False,
) -> None:
    """Write paragraphs, each marked with its language."""
    frame.word_wrap = True
    for number, line in enumerate(lines):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        run.font.bold = bold
        run.font.language_id = LANGUAGES[t.code]
        if size:
            run.font.size, run.font.color.rgb = Pt(size), _colour(colour)


def _colour(written: str) -> RGBColor:
    return RGBColor.from_string(written.removeprefix("#"))


def _say(properties: Any, answer: Answer) -> None:
    """Say in the file what it is, of whom, and of which day; not who made it, or when."""
    cited = answer.citation
    told = {"title": answer.title, "subject": cited.about, "author": cited.organisation}
    told |= {"last_modified_by": cited.organisation, "comments": cited.link}
    for name, text in told.items():
        setattr(properties, name, visible(text)[:PROPERTY])
    properties.language = cited.language
    properties.created = properties.modified = datetime.combine(cited.released, time())


def _same(made: bytes, answer: Answer) -> bytes:
    """Write the parts again, with the day of the release for the time of making.

    The workbook behind the chart is such a file inside the file.
    """
    day, out = answer.citation.released, io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as parts, zipfile.ZipFile(out, "w") as again:
        for part in parts.infolist():
            content = parts.read(part)
            if part.filename.endswith(".xlsx"):
                content = _same(content, answer)
            elif part.filename.endswith("core.xml"):
                content = MADE.sub(f"{day:%Y-%m-%d}T00:00:00Z".encode(), content)
            member = zipfile.ZipInfo(part.filename, (day.year, day.month, day.day, 0, 0, 0))
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 3
            again.writestr(member, content)
    return out.getvalue()
