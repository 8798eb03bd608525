"""A link pinned to a kept release, with filters: the numbers of that release's own files."""

import json
from functools import lru_cache
from urllib.parse import urlencode

import pytest

from answers import files
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.record import record
from answers.surfaces.records import Records
from answers.words import count_line, pinned
from incidents.codebook import LANGUAGES
from loaders.releases import FOLDER, kept
from tests import recount
from tests.asking import question
from tests.combining import BUNDLED, pairs, singles
from tests.conftest import DATA

RELEASES = kept(DATA)
ADDRESSES = [*singles()[::4], *pairs(17)[::33]]


@lru_cache
def files_of(version):
    """Read the files of a kept release."""
    return recount.Files(RELEASES[version])


@pytest.mark.parametrize("unit", ["incidents", "people"])
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("version", RELEASES)
def test_the_numbers_of_a_kept_release_are_those_of_its_own_files(version, address, unit):
    asked = question(f"/?{address}&unit={unit}&release={version}")
    there = files_of(version)
    named = {problem.parameter for problem in asked.problems}
    assert named <= {name for name in ("place", "group", "violation") if f"{name}=" in address}
    rows = there.found(asked.selection)
    assert list(asked.answer(Records).table.rows["incident_id"]) == [r["incident_id"] for r in rows]
    weight = recount.weights(rows, unit)
    regions = asked.answer(Map).table.where(kind="region").rows
    told = dict(zip(regions["code"], regions[unit].fillna(0), strict=True))
    by_region = recount.under(rows, "region", unit)
    assert told == {code: by_region[code] for code in there.codes("region")}
    groups = asked.answer(Groups).table.rows
    assert dict(zip(groups["code"], groups["incidents"], strict=True)) == dict(
        recount.under(rows, "group", "incidents")
    )
    under = recount.drawn(rows, "year", there.axis(asked.selection, "year", opening=True))
    assert [int(n) for n in asked.answer(Trend).totals] == [
        sum(weight[r["incident_id"]] for r in year) for year in under.values()
    ]
    assert asked.answer(Years).amount.of == len(rows)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("version", RELEASES)
def test_a_pinned_page_says_which_release_and_how_many_were_withdrawn_since(version, lang):
    asked = question(f"/records?group=women&release={version}&lang={lang}")
    present = question("/").package
    since = [r for r in BUNDLED.table("withdrawn.csv") if version in r["release"].split(";")]
    said = pinned(asked, present)
    assert version in said[0]
    assert present.release in said[0]
    assert asked.t.day(asked.package.released) in said[0]
    described = DATA / FOLDER / version / "datapackage.json"
    closed = json.loads(described.read_text(encoding="utf-8")).get("closed", 0)
    assert len(said) == 1 + bool(since) + bool(closed)
    assert not since or str(len(since)) in said[1]
    assert not closed or str(closed) in said[-1]
    before, n, after = count_line(asked)
    assert version in before + after
    assert n == str(len(files_of(version).found(asked.selection)))
    assert pinned(question(f"/records?lang={lang}"), present) == []


@pytest.mark.parametrize("surface", [Map, Trend, Years, Groups, Records])
@pytest.mark.parametrize("version", RELEASES)
def test_what_is_cited_or_taken_from_a_kept_release_names_it_and_opens_it_again(version, surface):
    answer = question(f"/?data=media&release={version}").answer(surface)
    assert answer.citation.release == version
    again = question(answer.citation.link)
    assert again.package is answer.asked.package
    assert again.answer(surface).citation.fingerprint == answer.citation.fingerprint
    assert all(file.name.split("_")[-1].startswith(version) for file in files.of(answer).values())
    for link in answer.links:
        assert link.query["release"] == version


@pytest.mark.parametrize("version", RELEASES)
def test_a_record_withdrawn_since_is_in_no_list_of_the_release_that_held_it(version):
    asked = question(f"/records?release={version}")
    listed = set(asked.answer(Records).table.rows["incident_id"])
    for row in BUNDLED.table("withdrawn.csv"):
        assert row["incident_id"] not in listed
        told = record(question(f"/records?id={row['incident_id']}&release={version}"))
        assert not hasattr(told, "facts")
        assert row["withdrawn"][:4] in told.title


@pytest.mark.parametrize("address", ADDRESSES[::2])
@pytest.mark.parametrize("version", ["1999.1", "../data", "2026.11.3.0", "<b>"])
def test_a_release_that_is_not_kept_is_named_and_the_present_one_counts(version, address):
    asked = question(f"/?{address}&{urlencode({'release': version})}")
    assert [(p.parameter, p.value, p.why) for p in asked.problems] == [
        ("release", version, "no_such_release")
    ]
    assert asked.display.release == ""
    assert asked.subset.n == len(BUNDLED.found(asked.selection))
    assert pinned(asked, asked.package) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_present_release_pinned_by_its_number_is_the_present_release(address):
    here = question(f"/?{address}")
    named = question(f"/?{address}&release={here.package.release}")
    assert named.package is here.package
    for surface in (Map, Trend, Groups, Records):
        assert named.answer(surface).amount == here.answer(surface).amount
        assert named.answer(surface).citation.link == here.answer(surface).citation.link
