"""A brief: two pages at most, in numbers and words what the answers say, readable by everybody."""

import io
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

from answers import files
from answers.paper import as_pdf
from answers.surfaces.brief import Brief
from answers.surfaces.change import Change
from answers.surfaces.map import Map
from answers.words import tongues
from charts.sheet import known
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from loaders.language import language
from loaders.typeface import typeface
from tests.asking import question
from tests.conftest import DATA

ORIGIN = "https://incidents.example.org"
EVERY_GROUP = "&".join(
    f"group={line.split(',')[0]}"
    for line in (DATA / "codebook" / "groups.csv").read_text(encoding="utf-8").splitlines()[1:]
)
NOTHING = "q=nothing+like+it"
ODD = '#let x = $y$ *b* _u_ @r `c` <l> \\ [a] "q" // #eval'
SELECTIONS = (
    "",
    "data=media&from=2018&to=2022",
    "data=rights",
    "group=women",
    "group=lgbtq",
    "group=lgbtq&region=KG",
    "region=KG-GO",
    "region=KG-GB&place=1528675&fill=change",
    "region=ONLINE",
    "region=KG-N",
    "from=2021-06&to=2022-03&unit=people",
    "from=2022-12&to=2022-12",
    "from=2023-07&per=month&split=group",
    "response=investigation&checked=twice",
    "perpetrator=authorities",
    "violation=threat&violation=killing&group=journalists",
    "a=2019&b=2024&data=media",
    "a=2021-03&b=2021-03",
    NOTHING,
    "q=" + "x" * 300,
    f"{EVERY_GROUP}&q=media",
)


def asked(query, lang):
    return replace(question(f"/?{query}&lang={lang}"), origin=ORIGIN)


def brief(query, lang="en"):
    return asked(query, lang).answer(Brief)


def sheets(pdf):
    """Give the text of each page."""
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf)]


def bare(text):
    """Leave out what lines are broken at, and write what the typeface has."""
    return known(typeface().regular, visible(re.sub(r"[\s\ufffe\x02-]", "", text)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", SELECTIONS, ids=lambda query: query[:40])
def test_a_brief_has_two_pages_that_say_what_the_answers_say(query, lang):
    found, t = brief(query, lang), language(lang)
    pdf = as_pdf(found)
    pages = sheets(pdf)
    assert len(pages) == 2
    assert len(pdf) < 300_000
    first, second = (bare(page) for page in pages)
    for part in found.parts:
        page = first if part in found.first else second
        for said in (part.title, part.lead, *part.said):
            assert bare(said) in page, said
    for figure in found.figures:
        assert bare(f"{figure.value}{figure.sentence}") in first
    for n in found.table.rows["n"].dropna():
        assert t.number(int(n)) in first + second
    assert bare(found.plain.answer(Change).title) in first
    assert bare(found.plain.answer(Map).title) in first
    assert found.citation.fingerprint in second
    for page in pages:
        assert bare(found.foot) in bare(page)


def test_its_numbers_are_those_of_the_selection():
    found = brief("data=media&from=2018&to=2022")
    rows = found.table.rows
    assert rows["n"].iloc[0] == found.asked.subset.n
    where = rows[rows["part"] == "where"]["n"].sum()
    assert where == found.asked.subset.n  # with what is online or has no place
    change = rows[rows["part"] == "change"]["n"]
    assert tuple(change) == found.plain.answer(Change).found.change.n


def test_a_brief_of_nothing_says_so():
    found = brief(NOTHING)
    (first, _) = sheets(as_pdf(found))
    assert "No record fits all filters." in first
    assert f"0 of {found.asked.package.incidents.total}" in first


def test_how_a_view_is_shown_changes_nothing_but_the_periods_compared():
    shown = as_pdf(
        brief("data=media&unit=people&per=month&split=group&fill=rate&sort=oldest&page=2")
    )
    assert shown == as_pdf(brief("data=media"))
    assert shown != as_pdf(brief("data=media&a=2019&b=2021"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_brief_gives_the_same_bytes(lang):
    assert as_pdf(brief("group=women", lang)) == as_pdf(brief("group=women", lang))


def test_briefs_made_at_once_are_those_made_alone():
    every = [(query, lang) for query in ("", "group=women") for lang in LANGUAGES]
    alone = [as_pdf(brief(*each)) for each in every]
    with ThreadPoolExecutor(4) as readers:
        assert list(readers.map(lambda each: as_pdf(brief(*each)), every * 3)) == alone * 3


def test_what_is_typed_comes_out_as_it_was_typed():
    found = asked("", "en")
    found = replace(found, selection=replace(found.selection, q=ODD))
    (first, second) = sheets(as_pdf(found.answer(Brief)))
    assert bare(ODD) in bare(first)
    assert bare(ODD) in bare(second)


def test_what_the_typeface_lacks_is_marked():
    assert "?? ң ө ү" in sheets(as_pdf(brief("q=中文 ң ө ү", "ky")))[0]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("query", ["", NOTHING])
def test_a_brief_can_be_read_aloud(query, lang):
    """What PDF/UA-1 asks, as far as is seen from outside; Typst itself refuses what breaks it."""
    found = brief(query, lang)
    with pikepdf.open(io.BytesIO(as_pdf(found))) as pdf:
        root = pdf.Root
        assert root.Lang == lang
        assert root.MarkInfo.Marked
        assert root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo.Title == visible(found.document)
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            assert told["dc:title"] == visible(found.document)
        with pdf.open_outline() as outline:
            titles = [each.title for each in outline.root]
            (heading,) = outline.root
            below = [each.title for each in heading.children]
        assert titles == [found.heading]
        assert below == [*(part.title for part in found.parts), found.citing]
        elements = [o for o in pdf.objects if _is(o, "/StructElem")]
        figures = [e for e in elements if e.S == "/Figure"]
        assert [str(f.Alt) for f in figures if str(f.Alt)]
        assert all(str(f.Alt) for f in figures)
        assert len(figures) == sum(1 for part in found.parts if part.drawn) + 1
        fonts = [o for o in pdf.objects if _is(o, "/FontDescriptor")]
        assert fonts
        assert all("/FontFile2" in f or "/FontFile3" in f for f in fonts)
        assert all("SourceSansPro" in str(f.FontName) for f in fonts)
        assert not pdf.attachments
        for page in pdf.pages:
            assert page.Tabs == "/S"


def _is(found, kind):
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == kind


@pytest.mark.parametrize("lang", ["ru", "ky"])
def test_what_is_english_on_a_brief_is_marked(lang):
    found = brief("data=media&release=2026.11.8", lang)  # of which nothing is translated
    with pikepdf.open(io.BytesIO(as_pdf(found))) as pdf:
        content = b"".join(_content(page) for page in pdf.pages)
    assert content.count(b"/Lang(en)") >= 5
    source = found.asked.package.published_source(lang)[0]
    runs = tongues(f"Источник: {source}.", language(lang))
    assert runs == (("Источник: ", ""), (source, "en"), (".", ""))


def _content(page):
    parts = page.Contents if isinstance(page.Contents, pikepdf.Array) else [page.Contents]
    return b"".join(part.read_bytes() for part in parts)


def test_every_run_of_a_russian_brief_that_is_not_marked_is_russian():
    for text in ("Опубликовано (Radio A, 3 May 2023) в 2023", "SHA-256", "ЛГБТК+", "A и Б", ""):
        for said, of in tongues(text, language("ru")):
            assert bool(re.search(r"[a-z]{3}", said)) == (of == "en")
        assert "".join(said for said, _ in tongues(text, language("ru"))) == text


def test_a_link_that_is_long_or_names_no_host_has_no_square():
    assert brief("").square
    assert not brief("q=" + "ү" * 100).square
    assert not question("/").answer(Brief).square


def test_the_file_is_named_for_what_it_holds():
    asked = brief("group=women")
    found, package = files.of(asked)["pdf"], asked.asked.package
    chosen = f"women_n{asked.asked.subset.n}_{package.release}"
    assert found.name == f"kyrgyzstan-incidents_brief_{chosen}.en.pdf"
    assert found.mime == "application/pdf"
