"""One link: the page, its citation and its file say the same number and the same fingerprint."""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from pybtex.database import parse_string
from streamlit.runtime.context import ContextProxy, StreamlitHeaders
from streamlit.testing.v1 import AppTest

from answers import files, words
from answers.surfaces.map import Map
from answers.surfaces.records import Records
from answers.surfaces.verdict import verdict
from incidents.citation import PUBLISHED, fingerprint, published
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from keeper.verification import verify
from keeper.withdrawal import withdraw
from loaders import downloads, load
from tests.bundled import RELEASE
from tests.conftest import DATA, HOME, forget_words, keep_as
from tests.reading import read
from tests.taking import kept, unfold

LINKS = [
    "/?data=media",
    "/?group=women&group=journalists&lang=ru",
    "/map?region=KG-GB&fill=rate",
    "/map?from=2020&to=2022&unit=people",
    "/trends?data=rights&split=group",
    "/trends?per=month&from=2021-03&to=2021-09",
    "/trends?category=physical&lang=ky",
    "/records?q=%D1%81%D1%83%D0%B4&sort=oldest&page=2",
    "/records?perpetrator=authorities&response=charges",
    "/records?q=no+such+word+anywhere",
]
SURFACES = {
    "/": ("published", "by-group", "by-year"),
    "/map": ("map",),
    "/trends": ("published", "change", "trend"),
    "/claims": ("claims",),
    "/records": ("records",),
}


def opened(link, *surfaces, folds=()):
    """Open a link with some of its citations and links unfolded, and other folds by their keys."""
    parts = urlsplit(link)
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    for name, value in parse_qsl(parts.query):
        app.query_params[name] = [*app.query_params.get(name, []), value]
    unfold(app, [*folds, *(f"{part}-{name}" for name in surfaces for part in ("cite", "share"))])
    if parts.path != "/":
        app.switch_page(f"pages{parts.path}.py")
    app.run()
    assert not app.exception
    return app


def codes(app):
    """Give what can be copied, without the sentences that Trends begins with."""
    offered = verdict(app.session_state["_asked"][1])
    said = {*offered.may, *offered.may_not}
    return [block.value for block in app.code if block.value not in said]


def count_line(app):
    """Read n where the page says it: its first number after the filters."""
    said = next(m.value for m in app.markdown if re.search(r"\*\*\d+\*\*", m.value))
    return int(re.search(r"\*\*(\d+)\*\*", said)[1])


@pytest.mark.parametrize("link", LINKS)
def test_page_citation_and_file_of_one_link_carry_the_same_number_and_fingerprint(
    link, package, tmp_path
):
    surface = SURFACES[urlsplit(link).path][-1]
    app = opened(link, surface)
    footnote, apa, in_text, mark, bibtex, ris, csl, current, permanent = codes(app)
    state = app.session_state["_asked"][1]
    n = count_line(app)
    assert n == state.subset.n
    for text in (footnote, apa, in_text, bibtex, ris, csl):
        assert re.search(rf"\b{n}\b", text)
    for text in (bibtex, ris, json.loads(csl)[0]["note"]):
        assert mark in text
    for text in (footnote, apa, bibtex, ris, json.loads(csl)[0]["URL"]):
        assert permanent in text
    assert urlsplit(permanent).path == urlsplit(link).path
    asked = {pair for pair in parse_qsl(urlsplit(link).query) if pair[0] != "page"}
    assert set(parse_qsl(urlsplit(permanent).query)) == asked | {("release", package.release)}
    assert set(parse_qsl(urlsplit(current).query)) == asked

    file = files.of(state.answer(Records))["csv"].make()
    assert fingerprint(downloads.from_csv(file)[PUBLISHED]) == mark
    if n:
        path = tmp_path / "file.csv"
        path.write_bytes(file)
        found = verify(path, DATA)
        assert (found.same, found.n, found.fingerprint) == (True, n, mark)


@pytest.mark.parametrize("path", SURFACES)
def test_every_surface_has_its_citation_and_what_is_folded_costs_nothing(path):
    assert codes(opened(path)) == []
    for surface in SURFACES[path]:
        assert len(codes(opened(path, surface))) == 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citation_is_worded_in_the_readers_language(language, package):
    label = package.codebook.label("regions", "KG-GB", language)
    apa = codes(opened(f"/records?region=KG-GB&lang={language}", "records"))[1]
    said = {"en": "[Data set]. ", "ru": "[Набор данных]. ", "ky": "[Маалымат топтому]. "}
    assert said[language] in apa
    assert label in apa


def test_a_record_is_cited_alone(package):
    app = opened("/records?id=M-0002", "record")
    _, apa, _, mark, *_, current, permanent = codes(app)
    assert "Record M-0002" in apa
    assert permanent.endswith(f"/records?id=M-0002&release={RELEASE}")
    assert current.endswith("/records?id=M-0002")
    frame = package.incidents.frame
    assert fingerprint(published(frame[frame["incident_id"] == "M-0002"])) == mark


def test_published_totals_are_cited_by_who_published_them(package):
    footnote, apa, in_text, _, bibtex, *_ = codes(opened("/trends?group=women", "published"))
    publisher, _, publication = package.published_source("en")[0].partition(", ")
    assert publication
    assert footnote.startswith(f"{publisher}: Attacks on media, as published: 17 in 2018")
    assert apa.startswith(f"{publisher}. (2026). ")
    assert in_text.startswith(f"({publisher}, 2026")
    assert f"author = {{{{{publisher}}}}}" in bibtex
    for text in (footnote, apa):
        assert "5 published totals; School of Peacemaking" in text
        assert "group=women" not in text


def test_a_footnote_says_who_counted_what_how_many_when_and_where(package):
    app = opened("/map?region=KG-GB&lang=ru", "map")
    footnote, answer = codes(app)[0], app.session_state["_asked"][1].answer(Map)
    said = (
        words.organisation(package, answer.t),
        answer.title.rstrip("."),
        answer.amount.text,
        answer.citation.filters,
        answer.t.day(package.released),
        f"/map?region=KG-GB&lang=ru&release={package.release}",
    )
    at = 0
    for part in map(visible, said):
        at = footnote.index(part, at) + len(part)
    assert answer.citation.fingerprint not in footnote


def test_each_cited_view_has_a_name_of_its_own():
    """Three views of the same records in one bibliography, which programs would else refuse."""
    links = ("/map?data=media", "/trends?data=media", "/records?data=media&lang=ru", "/?data=media")
    found = [app_codes[4] for link in links for app_codes in _each_cited(link)]
    entries = parse_string("\n".join(found), "bibtex").entries
    assert len(entries) == len(found) > len(links)


def _each_cited(link):
    for surface in SURFACES[urlsplit(link).path]:
        yield codes(opened(link, surface))


def with_host(monkeypatch, *headers):
    """Let readers ask for a host."""
    asked = StreamlitHeaders(headers)
    monkeypatch.setattr(ContextProxy, "headers", property(lambda self: asked))


@pytest.mark.parametrize("link", ["/map?data=media", "/records?id=M-0002", "/methodology"])
@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost:1@evil"])
def test_a_forged_host_reaches_no_citation_no_link_and_no_file(link, host, monkeypatch):
    with_host(monkeypatch, ("Host", host), ("X-Forwarded-Host", host))
    with kept() as made:
        app = opened(link, "map", "record", folds=["take-map"])
    written = (each.proto.body for each in app.get("html"))
    said = "\n".join([*codes(app), *(c.value for c in app.caption), *written])
    assert "evil" not in said
    assert not [name for name, make in made.values() if b"evil" in make()]
    if link != "/methodology":
        assert codes(app)[-1].startswith(urlsplit(link).path)
        assert "must set PUBLIC\\_URL" in said


def test_links_name_the_host_that_this_machine_was_asked_by(monkeypatch):
    with_host(monkeypatch, ("Host", "localhost:8601"))
    app = opened("/map?data=media", "map")
    assert codes(app)[-1].startswith("http://localhost:8601/map?data=media&release=")
    assert codes(app)[-2] == "http://localhost:8601/map?data=media"
    with_host(monkeypatch, ("Host", "evil.example"))
    app.run()  # the same session, asked by another host
    assert codes(app)[-2] == "/map?data=media"


@pytest.fixture
def two_releases(copy, monkeypatch):
    """The package, and beside it a plain copy of it under an earlier number with one more record
    withdrawn since."""
    keep_as(copy, "2026.10.0")
    withdraw(copy, "M-0002", "request", "2026-12")
    path = copy / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("M-0003,")), encoding="utf-8")
    forget_words(copy)
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    return copy


def test_a_pinned_link_shows_the_earlier_numbers_and_leads_to_the_present_ones(two_releases):
    total = load(two_releases).incidents.total
    app = opened("/records?data=media&release=2026.10.0", "records")
    said = read("\n".join(info.value for info in app.info))
    assert "pinned to release 2026.10.0" in said
    assert f"The present release is {RELEASE}" in said
    assert "1 record was withdrawn since this release." in said
    text = read("\n".join(m.value for m in app.markdown))
    assert f"of {total + 1} recorded incidents · data version 2026.10.0" in text
    assert codes(app)[7:] == ["/records?data=media&release=2026.10.0"]
    links = app.get("page_link")
    assert any(f"Show the numbers of release {RELEASE}" in link.proto.label for link in links)
    assert app.session_state["_asked"][1].query()["release"] == "2026.10.0"
    gone = opened("/records?id=M-0002&release=2026.10.0")
    assert "This record was withdrawn in December 2026" in gone.title[0].value
    still = opened("/records?id=M-0003&release=2026.10.0")
    assert "No such record" not in still.title[0].value
    assert "No such record" in opened("/records?id=M-0003").title[0].value


def test_a_link_to_a_release_that_is_not_kept_says_so_and_shows_the_present_one(two_releases):
    for version in ("2026.11.0", "1999.1.0", "../2026.10.0"):
        app = opened(f"/trends?release={version}")
        said = read("\n".join(warning.value for warning in app.warning))
        assert f"release `{version}` is not kept here" in said
        assert not [info for info in app.info if "pinned" in info.value]
        assert f"data version {RELEASE}" in read("\n".join(m.value for m in app.markdown))


def test_a_kept_release_that_is_broken_is_named_and_the_present_one_shown(two_releases):
    (two_releases / "releases" / "2026.10.0" / "places.csv").unlink()
    app = opened("/map?release=2026.10.0")
    assert "the files of release `2026.10.0` have problems" in read(app.warning[0].value)


def test_a_link_pinned_to_the_present_release_has_no_notice():
    app = opened(f"/records?release={RELEASE}")
    assert not app.info
    assert not app.warning
