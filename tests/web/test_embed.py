"""Embeds and the page for people who use the API."""

import re

import pytest

from answers import pages
from incidents.codebook import LANGUAGES
from tests.asking import question
from web.doors import DOORS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("surface", pages.figures(question("/")))
def test_a_figure_stands_alone_in_a_frame_with_its_source_and_link(get, surface, lang):
    found = get(f"/embed/{surface}?data=media&lang={lang}")
    answer = pages.surface(question(f"/?data=media&lang={lang}"), surface)
    assert found.status == 200
    html = found.text
    assert f'<html lang="{lang}">' in html
    assert "<svg" in html
    assert "<script" not in html
    assert answer.sources[-1].text in re.sub("<[^>]+>", "", html)
    assert 'rel="canonical"' in html
    policy = found.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy


def test_only_embeds_may_stand_in_a_frame(get):
    for path in ("/light/", "/api/", "/feed.atom"):
        assert "frame-ancestors 'none'" in get(path).headers["Content-Security-Policy"]
    assert get("/embed/nothing").status == get("/embed/").status == 404


def test_an_embed_may_be_pinned(get):
    kept = get("/api/v1/releases.json").json["kept"][0]
    assert kept in get(f"/embed/trend?release={kept}").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_for_people_has_a_call_of_every_address(get, lang):
    html = get(f"/api/?lang={lang}").text
    calls = re.findall(r"curl &#39;[^/]+//[^/]+(/api/[^&]+(?:&amp;[^&]+)*)&#39;", html)
    assert len(calls) == len(DOORS)
    for call in calls:
        assert get(call.replace("&amp;", "&")).status == 200
    assert f'<html lang="{lang}">' in html
