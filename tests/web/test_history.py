"""The past of a record over plain HTTP: the same as on its page, and none of protected records."""

from urllib.parse import quote

import feedparser
import pytest

from answers import history
from tests.asking import question
from web import snapshot

RELEASES = ("", "2026.11.3", "2026.11.5", "2026.11.7")


def steps(get, name, release=""):
    query = f"release={release}" if release else ""
    return get(f"/api/v1/incidents/{name}.json?{query}").json["history"]


def test_programs_read_which_release_added_and_corrected_which_columns(get):
    first, *others = steps(get, "M-0001", "2026.11.9")
    added = {"release": "2026.11.3", "what": "added", "or_earlier": True, "fields": []}
    assert first == added
    assert [step["release"] for step in others] == ["2026.11.5", "2026.11.7", "2026.11.8"]
    assert others[0]["fields"] == ["violations", "summary"]
    assert {step["what"] for step in others} == {"corrected"}
    assert steps(get, "M-0001", "2026.11.3") == [added]


@pytest.mark.parametrize("release", RELEASES)
def test_a_protected_record_names_no_release_but_the_one_that_is_read(get, package, release):
    frame = package.incidents.frame
    for name in frame.loc[frame["protected"], "incident_id"][:5]:
        assert steps(get, name, release) == []
        page = get(f"/light/records?id={name}&release={release}")
        assert 'id="past"' not in page.text
        assert "In the data since" not in page.text


@pytest.mark.parametrize("lang", ["en", "ru", "ky"])
def test_a_light_page_tells_the_past_as_the_answer_does(get, lang):
    past = history.past(question(f"/records?lang={lang}"), "M-0137")
    text = get(f"/light/records?id=M-0137&lang={lang}").text
    assert f"<summary>{past.line}</summary>" in text
    for step in past.steps:
        assert f"release={step.query['release']}" in text
        assert f">{step.text}</a>" in text


def test_a_feed_says_which_fields_were_corrected(get):
    entries = feedparser.parse(get("/feed.atom?lang=en&q=M-5879").body).entries
    titles = [entry.title for entry in entries if entry.id.endswith("/M-5879")]
    assert [title.partition(":")[0] for title in titles] == ["Corrected", "Added"]
    (corrected,) = [s for s in steps(get, "M-5879") if s["what"] == "corrected"]
    assert len(corrected["fields"]) > 0
    assert titles[0].endswith(")")


def test_a_copy_as_files_leads_to_no_release_that_it_does_not_hold(package):
    asked = question("/records?lang=en")
    written = f"/light/records?lang=en&id=M-0001&release={package.release}"
    assert snapshot._file(written, asked) == "records_id-M-0001.html"
    assert snapshot._file("/light/records?lang=en&id=M-0001&release=2026.11.5", asked) == ""


def test_whether_a_citation_of_a_protected_record_is_current_is_not_said(get, package):
    frame = package.incidents.frame
    name = frame.loc[frame["protected"], "incident_id"].iloc[0]
    mark = get(f"/api/v1/incidents/{name}.json?release=2026.11.3").json["citation"]["fingerprint"]
    for release in ("", "&release=2026.11.3", f"&release={package.release}"):
        link = f"/records?id={name}{release}"
        for said in (link, f"{link} {mark}"):
            found = get(f"/api/v1/cited.json?citation={quote(said)}").json
            assert found["state"] == "unknown"
            assert (found["cited"], found["present"]) == (None, None)
            assert "2026.11.3" not in str(found)
    open_one = quote("/records?id=M-0001&release=2026.11.5")
    assert get(f"/api/v1/cited.json?citation={open_one}").json["state"] == "superseded"
