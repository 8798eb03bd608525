import io
import re

import pytest
from openpyxl import load_workbook
from pptx import Presentation
from pptx.util import Inches

from answers import pages, slide
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from tests.asking import question

VIEWS = ("/?data=media&from=2018&to=2022", "/?group=women&split=perpetrator&fill=rate")


def slides(answer):
    return Presentation(io.BytesIO(slide.as_pptx(answer)))


def drawn(asked):
    return [answer for each in pages.DRAWN.values() if (answer := asked.answer(each)).drawn]


def numbers(shown):
    """Read the numbers of the chart that can be changed, by series."""
    (chart,) = (shape.chart for shape in shown.slides[1].shapes if shape.has_chart)
    return {series.name: list(series.values) for series in chart.plots[0].series}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_a_slide_states_the_finding_and_its_chart_holds_the_numbers_of_the_answer(view, lang):
    for answer in drawn(question(f"{view}&lang={lang}")):
        shown = slides(answer)
        assert (shown.slide_width, shown.slide_height) == (Inches(13.333), Inches(7.5))
        first, second = shown.slides
        assert first.shapes.title.text == second.shapes.title.text == visible(answer.title)
        rows = answer.measured.rows
        _, *measures = rows
        of_rows = rows.dropna(how="all", subset=measures)
        told = [[x for x in found if x is not None] for found in numbers(shown).values()]
        expected = [of_rows[name].dropna().astype(float).tolist() for name in measures]
        assert told == [pytest.approx(each) for each in expected], answer.key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_does_not_see_a_slide_is_told_what_is_drawn_in_its_language(lang):
    answer = question(f"/map?lang={lang}").answer(Map)
    for shown in slides(answer).slides:
        described = [e.get("descr") for e in shown.shapes._spTree.xpath(".//p:cNvPr[@descr]")]
        assert described == [visible(answer.alt)]
        of_text = shown.shapes._spTree.xpath(".//a:rPr/@lang")
        assert {each[:2] for each in of_text} == {lang}


def test_who_speaks_finds_caveats_and_citation_in_the_notes():
    answer = question("/trends?data=media").answer(Trend)
    for shown in slides(answer).slides:
        notes = shown.notes_slide.notes_text_frame.text
        assert answer.citation.fingerprint in notes
        assert all(visible(said) in notes for said in (*answer.taken_along, *answer.quality))


def test_a_slide_tells_nothing_but_the_answer_and_is_the_same_each_time():
    answer = question("/trends").answer(Trend)
    made = slide.as_pptx(answer)
    assert made == slide.as_pptx(answer)
    about = Presentation(io.BytesIO(made)).core_properties
    assert {about.created, about.modified} == {answer.citation.released}
    assert about.author == about.last_modified_by == answer.citation.organisation


def test_the_workbook_behind_the_chart_bears_the_day_of_the_release():
    answer = question("/trends").answer(Trend)
    (chart,) = (s.chart for s in slides(answer).slides[1].shapes if s.has_chart)
    book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert book.properties.created == answer.citation.released


def test_many_small_panels_are_shown_by_their_totals():
    answer = question("/trends?split=group").answer(Trend)
    assert list(numbers(slides(answer))) == list(numbers(slides(question("/trends").answer(Trend))))


def test_a_title_of_any_length_is_whole():
    answer = question("/trends").answer(Trend)
    answer.title = "А" * 300
    title = slides(answer).slides[0].shapes.title.text_frame
    assert title.text == answer.title
    assert {run.font.size.pt for run in title.paragraphs[0].runs} == {slide.LEAST}


def test_no_part_of_a_slide_leads_outside_but_to_the_view():
    made = slide.as_pptx(question("/trends").answer(Trend))
    assert not re.findall(rb'TargetMode="External"', made)
