"""One link: the page, its citation and its file say the same number and the same fingerprint."""

import json
import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from incidents.citation import PUBLISHED, fingerprint
from incidents.codebook import LANGUAGES
from loaders import files, load
from loaders.verification import verify
from loaders.withdrawal import withdraw
from pages.shared import cite
from tests.conftest import DATA, HOME, keep_as

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
    "/map": ("map", "map-table"),
    "/trends": ("published", "trend", "trend-table"),
    "/claims": ("claims",),
    "/records": ("records",),
}


def opened(link, *surfaces, folds=()):
    """Open a link with some of its citations unfolded, and other folds by their keys."""
    parts = urlsplit(link)
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=120)
    for name, value in parse_qsl(parts.query):
        app.query_params[name] = [*app.query_params.get(name, []), value]
    for surface in surfaces:
        app.session_state[f"cite-{surface}"] = True
    for fold in folds:
        app.session_state[fold] = True
    if parts.path != "/":
        app.switch_page(f"pages{parts.path}.py")
    app.run()
    assert not app.exception
    return app


def codes(app):
    return [block.value for block in app.code]


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
    apa, in_text, permanent, mark, bibtex, ris, csl = codes(app)
    state = app.session_state["_state"][1]
    n = count_line(app)
    assert n == state.subset.n
    for text in (apa, in_text, bibtex, ris, csl):
        assert re.search(rf"\b{n}\b", text)
    for text in (apa, bibtex, ris, json.loads(csl)[0]["note"]):
        assert mark in text
    for text in (apa, bibtex, ris, json.loads(csl)[0]["URL"]):
        assert permanent in text
    assert urlsplit(permanent).path == urlsplit(link).path
    asked = {pair for pair in parse_qsl(urlsplit(link).query) if pair[0] != "page"}
    assert set(parse_qsl(urlsplit(permanent).query)) == asked | {("release", package.release)}

    file = files.as_csv(state.subset.records(), cite.link_of_file(state))
    assert fingerprint(files.from_csv(file)[PUBLISHED]) == mark
    if n:
        path = tmp_path / "file.csv"
        path.write_bytes(file)
        found = verify(path, DATA)
        assert (found.same, found.n, found.fingerprint) == (True, n, mark)


@pytest.mark.parametrize("path", SURFACES)
def test_every_surface_has_its_citation_and_what_is_folded_costs_nothing(path):
    assert codes(opened(path)) == []
    for surface in SURFACES[path]:
        assert len(codes(opened(path, surface))) == 7


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_citation_is_worded_in_the_readers_language(language, package):
    label = package.codebook.label("regions", "KG-GB", language)
    apa = codes(opened(f"/records?region=KG-GB&lang={language}", "records"))[0]
    said = {"en": "[Data set]. ", "ru": "[Набор данных]. ", "ky": "[Маалымат топтому]. "}
    assert said[language] in apa
    assert label in apa


def test_a_record_is_cited_alone(package):
    app = opened("/records?id=M-0002", "record")
    _, apa, _, permanent, mark, *_ = codes(app)
    assert "Record M-0002" in apa
    assert permanent.endswith("/records?id=M-0002&release=2026.11.5")
    frame = package.incidents.frame
    row = files.as_csv(frame[frame["incident_id"] == "M-0002"], "https://example.org")
    assert fingerprint(files.from_csv(row)[PUBLISHED]) == mark


def test_published_totals_are_cited_with_who_published_them(package):
    apa = codes(opened("/trends?group=women", "published"))[0]
    assert "5 published totals; School of Peacemaking" in apa
    assert "group=women" not in apa


@pytest.fixture
def two_releases(copy, monkeypatch):
    """The package, and beside it a plain copy of it under an earlier number with one more record
    withdrawn since."""
    keep_as(copy, "2026.10.0")
    withdraw(copy, "M-0002", "request", "2026-12")
    path = copy / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("M-0003,")), encoding="utf-8")
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    return copy


def test_a_pinned_link_shows_the_earlier_numbers_and_leads_to_the_present_ones(two_releases):
    total = load(two_releases).incidents.total
    app = opened("/records?data=media&release=2026.10.0", "records")
    said = "\n".join(info.value for info in app.info)
    assert "pinned to release 2026.10.0" in said
    assert "The present release is 2026.11.5" in said
    assert "1 record was withdrawn since this release." in said
    text = "\n".join(m.value for m in app.markdown)
    assert f"of {total + 1} recorded incidents · release 2026.10.0" in text
    assert codes(app)[2].endswith("/records?data=media&release=2026.10.0")
    links = app.get("page_link")
    assert any("Show the numbers of release 2026.11.5" in link.proto.label for link in links)
    assert app.session_state["_state"][1].query()["release"] == "2026.10.0"
    gone = opened("/records?id=M-0002&release=2026.10.0")
    assert "This record was withdrawn in December 2026" in gone.title[0].value
    still = opened("/records?id=M-0003&release=2026.10.0")
    assert "No such record" not in still.title[0].value
    assert "No such record" in opened("/records?id=M-0003").title[0].value


def test_a_link_to_a_release_that_is_not_kept_says_so_and_shows_the_present_one(two_releases):
    for version in ("2026.11.0", "1999.1.0", "../2026.10.0"):
        app = opened(f"/trends?release={version}")
        said = "\n".join(warning.value for warning in app.warning)
        assert f"release `{version}` is not kept here" in said
        assert not [info for info in app.info if "pinned" in info.value]
        assert "release 2026.11.5" in "\n".join(m.value for m in app.markdown)


def test_a_kept_release_that_is_broken_is_named_and_the_present_one_shown(two_releases):
    (two_releases / "releases" / "2026.10.0" / "places.csv").unlink()
    app = opened("/map?release=2026.10.0")
    assert "the files of release `2026.10.0` have problems" in app.warning[0].value


def test_a_link_pinned_to_the_present_release_has_no_notice():
    app = opened("/records?release=2026.11.5")
    assert not app.info
    assert not app.warning
