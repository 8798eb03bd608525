"""A brief over plain HTTP: a light page, a PDF to file, and the same parts for programs."""

import json

import pypdfium2
import pytest

from answers.surfaces.brief import Brief
from incidents.codebook import LANGUAGES
from tests.asking import question
from tests.web.reading import get, of_doors, read

PLAIN = of_doors()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "query", ["", "data=media&from=2018&to=2022", "group=women", "q=nothing+like+it"]
)
def test_page_paper_and_program_are_told_the_same(query, lang):
    found = question(f"/?{query}&lang={lang}").answer(Brief)
    page = read(get(PLAIN, f"/light/brief?{query}&lang={lang}").text)
    told = json.loads(get(PLAIN, f"/api/v1/brief.json?{query}&lang={lang}").body)
    paper = get(PLAIN, f"/api/v1/brief.pdf?{query}&lang={lang}")
    assert paper.headers["content-type"] == "application/pdf"
    assert len(pypdfium2.PdfDocument(paper.body)) == 2
    heads = [head.text for head in page.all("h2")]
    assert heads == [*(part.title for part in found.parts), found.citing]
    text = page.text
    for part, of_program in zip(found.parts, told["parts"], strict=True):
        assert (part.key, part.title, part.lead) == tuple(of_program.values())[:3]
        assert list(part.said) == of_program["said"]
        for said in (part.lead, *part.said):
            assert _bare(said) in _bare(text)
    assert told["citation"]["fingerprint"] == found.citation.fingerprint
    assert found.citation.fingerprint in text


def _bare(text):
    """Leave out blanks: a mark of a language stands between words and their full stop."""
    return "".join(text.split())


def test_what_is_english_on_a_page_is_marked():
    page = read(get(PLAIN, "/light/brief?lang=ru&release=2026.11.8").text)
    marked = {each.text for each in page.all("span", lang="en")}
    assert (
        "School of Peacemaking and Media Technology in Central Asia, statement of 3 May 2023"
        in " ".join(marked)
    )


def test_a_brief_that_a_reader_has_is_not_sent_again():
    first = get(PLAIN, "/api/v1/brief.pdf?group=women")
    again = get(PLAIN, "/api/v1/brief.pdf?group=women", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert "must-revalidate" in first.headers["cache-control"]


@pytest.mark.parametrize("query", ["release=2020.1.1", "data=medai", "from=x", "nothing=1"])
def test_what_cannot_be_read_is_refused_and_a_page_says_so(query):
    refused = get(PLAIN, f"/api/v1/brief.pdf?{query}")
    assert refused.status == 400
    assert refused.headers["content-type"] == "application/problem+json"
    page = get(PLAIN, f"/light/brief?{query}")
    assert page.status == 200
    assert read(page.text).one(id="problems").text


@pytest.mark.parametrize("path", ["", "trends"])
def test_pages_lead_to_a_brief_of_what_they_show(path):
    page = read(get(PLAIN, f"/light/{path}?group=women&lang=ky").text)
    (link,) = [a for a in page.all("a") if a.text == "Кыскача маалымат"]
    assert link.attributes["href"] == "/light/brief?group=women&lang=ky"
    assert get(PLAIN, link.attributes["href"]).status == 200
