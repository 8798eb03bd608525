"""Texts that mean harm, over plain HTTP: they are read, and are nothing but text."""

import json
from xml.etree import ElementTree

import feedparser
import pytest

from incidents.schema import visible
from tests.browser.test_hostile import SEEN_EVERYWHERE
from tests.conftest import copied, keep_as
from tests.hostile import TEXTS, write_hostile
from tests.web.addresses import addresses, within
from tests.web.reading import get, of_doors, read

EVERY = addresses("M-0001")
HTML = ("/light/", "/embed/")
OWN_SCRIPTS = {"application/ld+json"}


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The doors of a package that is hostile, all of it new since a kept release."""
    directory = copied(tmp_path_factory.mktemp("hostile"))
    keep_as(directory, "2026.10.0")
    write_hostile(directory)
    return of_doors(directory)


def ask(doors, path):
    reply = get(doors, within(path, "lang=en"))
    assert reply.status == 200, path
    return reply


@pytest.mark.parametrize("path", [path for path in EVERY if path.startswith(HTML)])
def test_a_page_without_scripts_shows_hostile_texts_and_holds_nothing_of_them(hostile, path):
    page = read(ask(hostile, path).text)
    every = page.all()
    assert {e.attributes.get("type") for e in every if e.tag == "script"} <= OWN_SCRIPTS
    assert not [e.tag for e in every if e.tag in ("img", "style", "iframe", "object", "base")]
    assert not [e for e in every if any(name.startswith("on") for name in e.attributes)]
    leading = [e.attributes.get("href", e.attributes.get("src", "")) for e in every]
    assert not [to for to in leading if to.startswith(("javascript", "http://evil", "//"))]
    if page.all("details", class_="filters"):
        assert [text for text in SEEN_EVERYWHERE if text not in page.text] == []
    for each in page.all("script"):
        assert json.loads(each.text)


def test_a_record_shows_every_hostile_text_letter_by_letter(hostile):
    page = read(ask(hostile, "/light/records?id=M-0001").text)
    shown = page.one(id="record").text
    assert [text for text in TEXTS if visible(text) not in shown] == []


@pytest.mark.parametrize("path", [path for path in EVERY if ".json" in path])
def test_the_api_tells_hostile_texts_as_data(hostile, path):
    reply = ask(hostile, path)
    assert reply.headers["content-type"] == "application/json"
    assert json.loads(reply.body)


def test_the_api_tells_a_record_letter_by_letter(hostile):
    row = json.loads(ask(hostile, "/api/v1/incidents/M-0001.json").body)["row"]
    assert [text for text in TEXTS if text not in row["summary"]] == []


@pytest.mark.parametrize("path", [path for path in EVERY if ".svg" in path])
def test_a_picture_holds_no_element_of_a_hostile_text(hostile, path):
    drawn = ElementTree.fromstring(ask(hostile, path).body)  # noqa: S314  # our own
    tags = {element.tag.rpartition("}")[2] for element in drawn.iter()}
    assert not tags & {"script", "image", "foreignObject", "a", "img"}
    names = {name for element in drawn.iter() for name in element.attrib}
    assert not [name for name in names if name.startswith("on")]


def test_a_feed_tells_hostile_texts_as_text(hostile):
    body = ask(hostile, "/feed.atom").body
    found = feedparser.parse(body, sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    assert len(found.entries) > 20
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(body).iter()}  # noqa: S314
    assert not tags & {"img", "script", "svg", "a", "b"}
    said = " ".join(entry.summary for entry in found.entries)
    assert {entry.summary_detail.type for entry in found.entries} == {"text/plain"}
    assert [text for text in TEXTS if text not in said] == []


@pytest.mark.parametrize("path", ["/", "/map", "/records?id=M-0001", "/codes"])
def test_the_first_html_of_a_page_holds_nothing_of_a_hostile_text(hostile, path):
    text = ask(hostile, path).text
    for harm in ("<img src=x", "<script>alert", "<svg onload", '<a href="javascript'):
        assert harm not in text
