"""Whether a citation is current, asked over plain HTTP; what is asked is written nowhere."""

import json
from urllib.parse import quote

import pytest

from incidents.codebook import LANGUAGES
from incidents.schema import visible
from tests.asking import question
from tests.web.reading import get, of_doors, read

DOORS = of_doors()
LINK = "/records?data=media&release=2026.11.3"
HOSTILE = '"><script>alert(1)</script>{{ 7*7 }}'


def api(text: str):
    return get(DOORS, f"/api/v1/cited.json?lang=en&citation={quote(text)}")


def test_the_api_says_the_state_both_numbers_and_what_to_write():
    said = json.loads(api(LINK).body)
    assert said["state"] == "superseded"
    assert said["cited"]["release"] == "2026.11.3"
    assert said["present"]["release"] == question("/").package.release
    assert said["present"]["amount"] in said["correct"]
    assert json.loads(api("garbage").body)["state"] == "unknown"
    assert json.loads(api("").body)["state"] == "unknown"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_light_page_says_what_the_api_says(lang):
    shown = read(get(DOORS, f"/light/cited?lang={lang}&citation={quote(LINK)}").text)
    said = json.loads(get(DOORS, f"/api/v1/cited.json?lang={lang}&citation={quote(LINK)}").body)
    verdict = shown.one(id="verdict")
    assert verdict.one("h2").text == visible(said["title"])
    for text in (*said["said"], said["correct"]):
        assert visible(text) in verdict.text
    assert shown.one("textarea").text == LINK


def test_what_was_asked_is_shown_as_text():
    reply = get(DOORS, f"/light/cited?citation={quote(HOSTILE)}")
    assert reply.status == 200
    assert "<script>alert" not in reply.text
    assert read(reply.text).one("textarea").text == HOSTILE


def test_a_text_of_a_hundred_thousand_letters_is_refused_as_an_address():
    assert api("x" * 100_000).status == 414
    assert get(DOORS, f"/light/cited?citation={'x' * 100_000}").status == 414


def test_the_citation_is_asked_for_nowhere_else():
    assert api(LINK).status == 200
    reply = get(DOORS, f"/api/v1/impact.json?citation={quote(LINK)}")
    assert reply.status == 400


def test_nothing_of_what_is_asked_is_logged(caplog):
    with caplog.at_level("DEBUG"):
        api("a-secret-citation /records?release=2026.11.3&q=secretword")
    assert not [record for record in caplog.records if "secret" in record.getMessage()]
