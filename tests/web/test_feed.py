"""Feeds: what is new of a selection, and nothing of protected records."""

import re
import shutil
from dataclasses import replace

import feedparser
import pandas as pd
import pytest

from answers import news
from incidents.citation import published
from incidents.history import Held, history
from loaders import releases
from loaders.shelf import Shelf
from tests.asking import question
from tests.conftest import DATA
from web.feed import feed

TAG = re.compile(r"tag:[a-z0-9.-]+,[0-9]{4}:[0-9a-zA-Z;/?:@&=+$._!~*'()%,-]+")
"""A name as RFC 4151 has it: authority, year, and what is named."""


@pytest.fixture(scope="module")
def versions():
    shelf = Shelf(lambda: DATA).look()
    names = [*reversed(releases.kept(DATA)), shelf.package.release]
    return [shelf.pinned(name)[0] for name in names]


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
def test_a_feed_is_read_without_a_complaint(get, lang):
    found = get(f"/feed.atom?lang={lang}&data=media")
    assert found.headers["Content-Type"].startswith("application/atom+xml")
    read = feedparser.parse(found.body)
    assert not read.bozo, read.get("bozo_exception")
    assert read.version == "atom10"
    assert read.feed.title
    assert len({entry.id for entry in read.entries}) == len(read.entries) > 10
    assert all(entry.link.startswith("http") and entry.updated for entry in read.entries)
    assert all(TAG.fullmatch(each.id) for each in (read.feed, *read.entries))


def test_every_entry_is_a_record_that_was_added_or_changed(versions):
    asked = question("/?data=media&lang=en")
    for entry in news.of(asked, versions, past(versions)):
        at = next(i for i, package in enumerate(versions) if package.release == entry.release)
        name = entry.key.partition("/")[2]
        now, before = (row_of(package, name) for package in (versions[at], versions[at - 1]))
        assert now is not None
        assert not now.equals(before)
        assert entry.title.startswith("Added" if before is None else "Corrected")
        assert entry.summary == now["summary"]


def past(packages):
    """Give the past of all records of some releases, the oldest first."""
    return history([Held(package.release, package.incidents.frame) for package in packages])


def row_of(package, name):
    rows = published(package.incidents.frame).set_index("incident_id")
    return rows.loc[name] if name in rows.index else None


def test_protected_records_are_never_told_one_by_one(versions):
    protected = {
        name
        for package in versions
        for name in package.incidents.frame.query("protected")["incident_id"]
    }
    found = news.of(question("/?data=rights"), versions, past(versions))
    assert protected
    assert not {entry.key.partition("/")[2] for entry in found} & protected


@pytest.mark.parametrize("changed", [1, 3, 9])
@pytest.mark.parametrize("query", ["", "group=lgbtq", "data=rights&from=2018"])
def test_nothing_is_told_of_protected_records_however_many_changed(versions, changed, query):
    package = versions[-1]
    frame = package.incidents.frame
    hidden = frame.index[frame["protected"]][:changed]
    before = before_now(package, frame.drop(hidden))
    assert not news.of(question(f"/?{query}"), [before, package], past([before, package]))


def before_now(package, frame):
    """Give an older release of a package, with other records."""
    frame = pd.DataFrame(frame).reset_index(drop=True)
    older = replace(package.incidents, frame=frame)
    return replace(package, incidents=older, release="2026.1.0")


def now_protected(package, row):
    """Give a package in which a record is protected, and its name."""
    frame = package.incidents.frame.copy()
    frame.loc[row, "protected"] = True
    incidents = replace(package.incidents, frame=frame)
    return replace(package, incidents=incidents, release="2027.1.0"), frame.loc[row, "incident_id"]


def test_what_became_protected_is_not_told_by_an_older_release(versions):
    package = versions[-1]
    frame = package.incidents.frame
    row = frame.index[~frame["protected"]][0]
    present, name = now_protected(package, row)
    chain = [before_now(package, frame.drop([row])), package, present]
    assert name in past(chain[:2]).steps
    # neither by the newest feed, nor by one that is pinned to a release in which it was not
    assert not news.of(question("/?lang=en"), chain, past(chain))
    assert not news.of(question("/?lang=en"), chain[:2], past(chain).until(package.release))
    assert releases.tells_more(package, present)
    assert not releases.tells_more(present, package)
    assert not any(releases.tells_more(kept, package) for kept in versions)


def test_a_record_that_a_correction_brings_into_a_selection_is_no_new_one(versions):
    package = versions[-1]
    frame = package.incidents.frame.copy()
    row = frame.index[(frame["perpetrator"] == "authorities") & ~frame["protected"]][0]
    frame.loc[row, "perpetrator"] = "unknown"
    chain = [before_now(package, frame), package]
    found = news.of(question("/?lang=en&perpetrator=authorities"), chain, past(chain))
    (title,) = [entry.title for entry in found]
    assert title.startswith("Corrected: ")
    assert title.endswith(" (perpetrator)")


def test_a_broken_release_is_passed_over(tmp_path):
    copy = shutil.copytree(DATA, tmp_path / "data")
    (copy / "releases" / sorted(releases.kept(copy))[1] / "media_attacks.csv").write_text("x")
    shelf = Shelf(lambda: copy).look()
    told = feedparser.parse(feed(question("/?lang=en", copy), shelf).body)
    assert len({entry.id for entry in told.entries}) == len(told.entries)


def test_a_wrong_selection_is_refused(get):
    assert get("/feed.atom?group=nobody").status == 400
    assert get("/feed.atom", "POST").status == 405
