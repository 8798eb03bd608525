"""The light pages: what the answers say, as HTML that runs nothing and asks nobody."""

import io
import re
from urllib.parse import unquote, urlsplit

import brotli
import pytest
from PIL import Image
from starlette.applications import Starlette

from answers import files, pages
from answers.surfaces import record
from answers.surfaces.accountability import Accountability
from answers.surfaces.claims import Claims
from answers.surfaces.groups import Groups
from answers.surfaces.impact import Impact
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from answers.surfaces.steps import Steps
from answers.words import count_line
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from loaders.shelf import Shelf
from tests.asking import question
from tests.conftest import DATA, HOME
from tests.web.reading import Element, Reply, cells, get, of_doors, read
from web import shown
from web.app import Doors
from web.frame import Frame
from web.light import PAGES

SURFACES = {
    "": (Published, Groups, Years),
    "map": (Map,),
    "trends": (Published, Trend),
    "claims": (Claims,),
    "impact": (Impact, Accountability, Steps),
}
UNTRANSLATED = "2026.11.8"
"""A release that is kept, and of which nothing is translated."""
ADDRESSES = [*PAGES, "records?id=M-0105"]
FILTERED = ("data=media&from=2018&to=2022", "group=women&group=journalists&fill=rate&unit=people")
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'


@pytest.fixture(scope="module")
def doors() -> Starlette:
    return of_doors()


def page(doors, path: str, lang: str = "en") -> Element:
    reply = ask(doors, path, lang)
    assert reply.status == 200, path
    return read(reply.text)


def ask(doors, path: str, lang: str = "en") -> Reply:
    return get(doors, f"/light/{path}{'&' if '?' in path else '?'}lang={lang}")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_is_a_page_in_its_language_that_runs_nothing(doors, path, lang):
    reply = ask(doors, path, lang)
    found = read(reply.text)
    assert reply.headers["content-security-policy"].startswith("default-src 'none';")
    assert "unsafe" not in reply.headers["content-security-policy"]
    assert "set-cookie" not in reply.headers
    assert found.one("html").attributes["lang"] == lang
    assert len(found.all("h1")) == 1
    before, n, after = count_line(question(f"?lang={lang}"))
    assert found.one(id="count").text == " ".join(f"{before}{n}{after}".split())
    scripts = {each.attributes.get("type") for each in found.all("script")}
    assert scripts <= {"application/ld+json"}
    assert not found.all("style")
    every = found.all()
    assert not [e for e in every if {"style", "onclick", "onload"} & e.attributes.keys()]
    named = [e.attributes["id"] for e in every if "id" in e.attributes]
    assert len(named) == len(set(named))
    alternates = [e.attributes["hreflang"] for e in found.all("link", rel="alternate")]
    assert alternates == [*LANGUAGES, "x-default"]
    assert len(found.all("a", aria_current="page")) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", SURFACES)
@pytest.mark.parametrize("query", ["", *FILTERED])
def test_a_page_shows_what_the_answers_say(doors, path, query, lang):
    found = page(doors, f"{path}?{query}", lang)
    asked = question(f"/{path}?lang={lang}&{query}")
    for surface in SURFACES[path]:
        answer = asked.answer(surface)
        if answer.empty or not getattr(answer, "applies", True):
            continue
        tables = (answer.told_regions,) if surface is Map else answer.parts
        shown = found.all("table", data_surface=answer.surface)
        for each, told in zip(shown, tables, strict=True):
            rows = [[visible(str(cell)) for cell in row] for row in told.itertuples()]
            assert cells(each) == rows
        if answer.drawn:
            drawn = found.all("div", class_="drawing", aria_label=visible(answer.alt))
            assert drawn, answer.surface
            assert drawn[0].all("svg")
        assert visible(answer.title) in [h.text for h in found.all() if h.tag in ("h1", "h2")] or (
            visible(answer.title) in found.one("h1").text
        )
        assert answer.citation.fingerprint in [each.text for each in found.all("dd")]


@pytest.mark.parametrize("query", ["", *FILTERED])
def test_the_map_names_every_region_with_its_value(doors, query):
    found = page(doors, f"map?{query}").one("section", id="map")
    areas = question(f"/map?{query}").answer(Map).areas.values()
    texts = [each.text for each in found.one("svg", class_="map").all("text")]
    for area in areas:
        assert area.name in texts or f"{area.name} {area.value}" in texts
    assert {area.text for area in areas} <= {each.text for each in found.all("title")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_link_of_ours_leads_somewhere(doors, lang):
    seen = set()
    for path in ADDRESSES:
        for link in page(doors, path, lang).all("a"):
            where = urlsplit(link.attributes["href"])
            if where.path.startswith("/light/") and not link.attributes["href"].startswith("http"):
                seen.add(where.path)
                if where.path == "/light/methodology" and where.fragment:
                    assert page(doors, "methodology", lang).all(id=where.fragment)
    assert seen >= {f"/light/{path}" for path in PAGES}
    assert all(get(doors, path).status == 200 for path in seen)


def test_files_are_where_the_links_say(doors):
    taken = set()
    for path in ("?data=media", "map?fill=rate", "trends?per=month&from=2020", "claims", "records"):
        for link in page(doors, path).all("a", rel="nofollow"):
            taken.add(link.attributes["href"])
    assert len(taken) > 15
    for address in taken:
        assert get(doors, address).status == 200, address


def test_a_picture_of_the_very_view_stands_for_a_page_elsewhere(doors):
    found = page(doors, "trends?data=media&per=quarter", "ru")
    picture = found.one("meta", property="og:image").attributes["content"]
    whole = "http://localhost:8501/api/v1/chart/trend.png?data=media&per=quarter"
    assert picture == f"{whole}&size=card&lang=ru"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "path", [*PAGES, "records?id=M-0105", "trends?split=group", "claims?data=rights"]
)
def test_every_page_has_a_card_of_the_size_that_it_says(doors, path, lang):
    found = page(doors, path, lang)
    told = [e.attributes for e in found.all("meta") if "property" in e.attributes]
    said = {each["property"]: each["content"] for each in told}
    card = get(doors, said["og:image"].removeprefix("http://localhost:8501"))
    size = Image.open(io.BytesIO(card.body)).size
    assert size == (int(said["og:image:width"]), int(said["og:image:height"])) == (1200, 630)
    assert said["og:image:alt"]
    assert found.one("meta", name="twitter:card").attributes["content"] == "summary_large_image"


def test_nothing_found_has_no_card(doors):
    found = page(doors, "?q=nothing+like+it")
    assert not found.all("meta", property="og:image")
    assert found.one("meta", name="twitter:card").attributes["content"] == "summary"


def test_every_filter_is_offered_with_what_it_finds_and_what_is_set_is_checked(doors):
    found = page(doors, "?group=women&per=month&checked=twice")
    form = found.one("details", class_="filters")
    checked = [e.attributes["value"] for e in form.all("input") if "checked" in e.attributes]
    assert checked == ["women"]
    hidden = {e.attributes["name"]: e.attributes["value"] for e in form.all("input", type="hidden")}
    assert hidden == {"checked": "twice", "per": "month", "lang": "en"}
    assert "Media · 0" in [label.text for label in form.all("label")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["", "map", "trends", "records"])
def test_what_is_read_comes_before_the_filters_and_a_link_leads_to_these(doors, path, lang):
    every = page(doors, path, lang).all()
    order = [e.attributes.get("id") for e in every if e.tag in ("p", "div", "form")]
    assert order.index("count") < order.index("page") < order.index("filters")
    (jump,) = (e for e in every if e.attributes.get("href") == "#filters")
    assert every.index(jump) < next(i for i, e in enumerate(every) if e.tag == "h1")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["", "records", "records?id=M-0105", "records?id=R-3454"])
@pytest.mark.parametrize("release", ["", UNTRANSLATED])
def test_sentences_in_another_language_than_the_page_s_say_so(doors, path, lang, release):
    path = f"{path}{'&' if '?' in path else '?'}release={release}" if release else path
    asked = question(f"/{path}{'&' if '?' in path else '?'}lang={lang}")
    found = page(doors, path, lang)
    if asked.record:
        told = record.record(asked)
        marked = [(found.one(id="record").one("h1"), told.record["summary"])]
    else:
        rows = found.all("ul", class_="records")[0].all("a")
        answer = asked.answer(Records)
        records = answer.listed.records if asked.path else asked.subset.records().head(len(rows))
        marked = list(zip(rows, records["summary"], strict=True))
    for element, summary in marked:
        written = bool(summary) and lang != "en" and release
        assert element.attributes.get("lang") == ("en" if written else None)


@pytest.mark.parametrize("query", ["", "region=KG-GB&fill=rate&unit=people"])
def test_a_region_of_the_map_leads_where_its_row_does(doors, query):
    found = page(doors, f"map?{query}").one("section", id="map")
    answer = question(f"/map?{query}&lang=en").answer(Map)
    links = [a.attributes for a in found.one("svg", class_="map").all("a")]
    drawn = [(each["aria-label"], each["href"]) for each in links]
    rows = {a.text: a.attributes["href"] for a in found.one("table", data_surface="map").all("a")}
    assert len(rows) == len(answer.told_regions)
    for area in answer.areas.values():
        assert (area.text, rows[area.name]) in drawn
    for circle, (text, href) in zip(
        sorted(answer.circles, key=lambda each: -each.count),
        drawn[len(answer.areas) :],
        strict=True,
    ):
        assert text == circle.text
        address = urlsplit(href)
        asked = question(f"/map?{address.query}")
        chosen = circle.code in getattr(asked.selection, circle.parameter)
        assert (address.path, chosen) == ("/light/map", not circle.chosen)
        assert asked.display == answer.asked.display
    assert not found.all(role="img")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_codes_can_be_searched(doors, lang):
    word = question(f"/codes?lang={lang}").package.codebook.label("groups", "women", lang)
    found = page(doors, f"codes?id={quoted(word)}", lang)
    assert "women" in [code.text for code in found.all("code")]
    assert len(found.all("dt")) < len(page(doors, "codes", lang).all("dt"))
    assert found.one("input", name="id").attributes["value"] == word
    assert found.one(id="found").one("a").attributes["href"] == f"/light/codes?lang={lang}"
    assert not page(doors, "codes?id=xyzzy", lang).all("dt")
    listed = page(doors, "codes?id=list-groups", lang)
    assert listed.all(id="list-groups")
    assert not listed.all(id="found")


def test_a_chip_leads_to_the_view_without_it(doors):
    chips = page(doors, "map?group=women&fill=rate").one("ul", id="chips").all("a")
    assert [(chip.text, chip.attributes["href"]) for chip in chips] == [
        ("Group: Women ✕", "/light/map?lang=en&fill=rate"),
        ("Clear all", "/light/map?lang=en&fill=rate"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_left_out_is_named(doors, lang):
    reply = ask(doors, "map?group=martians&nothing=1", lang)
    assert reply.status == 200
    problems = read(reply.text).one("div", id="problems")
    assert [code.text for code in problems.all("code")] == ["group", "martians", "nothing", "1"]


@pytest.mark.parametrize("path", [*PAGES, "records"])
def test_hostile_text_stays_text(doors, path):
    for name in ("q", "group", "from", HOSTILE[:20]):
        reply = get(doors, f"/light/{path}?{quoted(name)}={quoted(HOSTILE)}")
        assert reply.status == 200
        assert "<script>alert" not in reply.text
        assert "<img" not in reply.text
        read(reply.text)


def quoted(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def test_a_record_stands_alone_and_a_missing_one_is_missing(doors):
    assert page(doors, "records?id=M-0105").one(id="record").one("table").all("tr")
    for name in ("M-9999", quoted(HOSTILE)):
        reply = get(doors, f"/light/records?id={name}")
        assert reply.status == 404
        assert read(reply.text).one(id="record").one("h1").text == "No such record"


def test_a_withdrawn_record_is_gone(doors):
    lines = (DATA / "withdrawn.csv").read_text(encoding="utf-8").splitlines()
    reply = get(doors, f"/light/records?id={lines[1].split(',')[0]}")
    assert reply.status == 410
    assert "withdrawn" in read(reply.text).one("h1").text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", ["nothing", "map/", "style.0.css", "../data", "%FF", "a/b/c"])
def test_every_other_address_is_missing_and_says_so(doors, path, lang):
    reply = get(doors, f"/light/{path}", accept_language=lang)
    assert reply.status == 404
    assert read(reply.text).one("html").attributes["lang"] == lang


def test_what_is_no_request_is_refused_in_a_page(doors):
    for target, status in ((f"/light/?q={'a' * 9000}", 414), ("/light/?q=%FF", 400)):
        reply = get(doors, target)
        assert reply.status == status
        assert read(reply.text).one("h1").text
    assert get(doors, "/light/", method="POST").status == 405


def test_without_the_slash_one_is_led_on_with_the_query(doors):
    reply = get(doors, "/light?data=media")
    assert (reply.status, reply.headers["location"]) == (308, "/light/?data=media")


def test_under_a_base_path_every_address_of_ours_begins_with_it(monkeypatch):
    monkeypatch.setattr("web.asking.get_option", {"server.baseUrlPath": "incidents"}.get)
    doors = Starlette(routes=Doors(Shelf(lambda: DATA), "/incidents").routes())
    for path in ("", "map", "records?id=M-0105", "methodology"):
        found = read(get(doors, f"/incidents/light/{path}").text)
        ours = [
            where
            for e in found.all()
            for where in (e.attributes.get("href", ""), e.attributes.get("action", ""))
            if where.startswith("/")
        ]
        assert len(ours) > 5
        assert all(where.startswith("/incidents/") for where in ours)
        assert get(doors, found.one("link", rel="stylesheet").attributes["href"]).status == 200
        canonical = found.one("link", rel="canonical").attributes["href"]
        assert canonical.startswith(f"http://localhost:8501/incidents/light/{path[:7]}")
    assert "localhost:8501/incidents/sitemap.xml" in get(doors, "/incidents/robots.txt").text


def test_the_same_page_again_is_not_sent_again(doors):
    reply = get(doors, "/light/map?lang=ky")
    again = get(doors, "/light/map?lang=ky", if_none_match=reply.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert reply.headers["cache-control"] == "public, max-age=30, must-revalidate"


def test_while_the_files_are_broken_the_last_good_release_stays_with_a_notice(copy):
    doors = of_doors(copy)
    assert not page(doors, "").all(id="notice")
    (copy / "media_attacks.csv").write_text("nothing\n", encoding="utf-8")
    reply = ask(doors, "")
    assert (reply.status, reply.headers["cache-control"]) == (200, "no-store")
    assert read(reply.text).one(id="notice").text


def test_without_any_data_a_page_says_so(tmp_path):
    reply = get(of_doors(tmp_path), "/light/map", accept_language="ru")
    assert reply.status == 503
    assert read(reply.text).one("html").attributes["lang"] == "ru"


def test_one_stylesheet_named_for_what_it_holds_with_few_selectors(doors):
    address = page(doors, "").one("link", rel="stylesheet").attributes["href"]
    reply = get(doors, address)
    assert reply.headers["cache-control"].endswith("immutable")
    assert reply.headers["content-type"] == "text/css; charset=utf-8"
    assert reply.text == shown.stylesheet()
    plain = re.sub(r"/\*.*?\*/|@[^{;]*[{;]", "", reply.text, flags=re.DOTALL)
    heads = re.findall(r"([^{}]+)\{", plain)
    selectors = [one for head in heads for one in re.sub(r"\([^)]*\)", "", head).split(",")]
    assert 20 < len(selectors) <= 120


@pytest.mark.parametrize("path", ["", "map", "trends"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_view_is_two_requests_and_light(doors, path, lang):
    first = get(doors, f"/light/{path}?lang={lang}", accept_encoding="br")
    asked = [
        each.attributes["href"]
        for each in read(brotli.decompress(first.body).decode()).all("link")
        if each.attributes["rel"] in ("stylesheet", "icon", "preload")
    ]
    (style,) = (address for address in asked if not address.startswith("data:"))
    second = get(doors, style, accept_encoding="br")
    assert len(first.body) + len(second.body) <= 60_000
    assert len(first.body) <= 20_000


def test_drawings_are_small():
    for query in ("", "split=category&per=month&from=2017&to=2026", "split=perpetrator"):
        assert all(len(drawn) < 10_000 for drawn in question(f"?{query}").answer(Trend).lean)
    assert all(len(drawn) < 10_000 for drawn in question("").answer(Groups).lean)
    assert len(question("").answer(Map).lean[0]) < 60_000


def test_robots_are_told_of_every_page_in_every_language(doors):
    robots = get(doors, "/robots.txt").text
    assert "Sitemap: http://localhost:8501/sitemap.xml" in robots
    found = get(doors, "/sitemap.xml").text
    addresses = re.findall(r"<loc>http://localhost:8501(.*?)</loc>", found)
    assert len(addresses) == len(PAGES) * len(LANGUAGES)
    assert all(get(doors, address).status == 200 for address in addresses)


def test_a_page_leads_to_its_twin_with_the_same_view(doors):
    full = page(doors, "trends?group=women&split=group", "ru").one("p", class_="full").one("a")
    assert full.attributes["href"] == "/trends?group=women&lang=ru&split=group"
    wished = read(get(doors, "/light/codes", accept_language="ky").text).one("p", class_="full")
    assert wished.one("a").attributes["href"] == "/codes?lang=ky"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_that_speaks_of_a_part_leads_to_it(doors, lang):
    found = page(doors, "", lang).all("a")
    parts = [
        urlsplit(link.attributes["href"])
        for link in found
        if link.attributes["href"].startswith("/light/methodology?") and "id=" in str(link)
    ]
    assert len(parts) == 2
    for part in parts:
        assert part.fragment in part.query
        assert page(doors, "methodology", lang).all("section", id=part.fragment)


@pytest.mark.parametrize("surface", pages.tables(question("/")))
def test_a_light_page_offers_the_files_that_the_other_page_offers(surface):
    answer = pages.surface(question("/?data=media"), surface)
    kinds = {"GeoJSON" if kind == "geojson" else kind.upper() for kind in files.of(answer)}
    assert set(shown.files(answer, Frame(answer.asked, "", answer.asked.package, ""))) == kinds


def test_the_templates_word_nothing():
    for path in (HOME / "web" / "templates").glob("*.html"):
        text = re.sub(r"\{[{%].*?[}%]\}|<[^>]*>", "", path.read_text(encoding="utf-8"))
        assert not re.findall(r"[^\W\d_]{2,}", text), path


@pytest.mark.parametrize(
    "query", ["x=code", "foo=o", "lang=o", "%22=34", "A%5C%21%5B%5D%28%2F%2Fe.co%29B=x"]
)
def test_what_an_address_holds_stands_whole_in_its_notice(doors, query):
    name, value = (unquote(part) for part in query.split("="))
    (said,) = read(get(doors, f"/light/?{query}").text).one(id="problems").all("li")
    assert [code.text for code in said.all("code")] == [name, value]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_figure_says_how_it_is_read_and_every_option_what_it_means(doors, lang):
    asked = question(f"/?lang={lang}")
    for path, surfaces in SURFACES.items():
        seen, said = page(doors, path, lang), asked.t("How to read")
        figures = len(seen.one("main").all("section", class_="figure"))
        reads = [each for each in seen.all("summary") if each.text == said]
        assert len(reads) >= len(surfaces), path
        assert figures <= len(reads) + (path == "claims"), path
    book = asked.package.codebook
    titles = {label.attributes.get("title") for label in page(doors, "map", lang).all("label")}
    for name in ("groups", "violations", "regions", "perpetrators", "responses"):
        for code in book.codes(name):
            assert book.definition(name, code, lang) in titles, (name, code)


def test_what_the_codes_of_a_chip_a_fact_and_a_row_mean_stands_in_their_titles(doors):
    book = question("/").package.codebook
    women = book.definition("groups", "women", "en")
    seen = page(doors, "map?group=women")
    assert seen.one(id="chips").all("a")[0].attributes["title"] == women
    cells = page(doors, "records?id=M-0105").one(id="record").all("td")
    told = {cell.text: cell.attributes.get("title") for cell in cells}
    assert told["Journalists"] == book.definition("groups", "journalists", "en")
    assert told["M-0105"] is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_examples_of_questions_lead_to_pages(doors, lang):
    found = page(doors, "", lang).one(id="examples").all("a")
    assert len(found) == 4
    for each in found[:3]:
        assert get(doors, each.attributes["href"]).status == 200
    assert found[3].attributes["href"] == f"/check?lang={lang}"
