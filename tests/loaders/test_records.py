"""The bundled records, read a second, plain way: told once, dated, placed and counted right."""

import csv
from collections import defaultdict
from datetime import date

import pytest

from incidents import counts
from incidents.selection import Selection
from tests import alike, plain
from tests.conftest import DATA

RECORDS = {row["incident_id"]: row for row in plain.rows()}


def test_every_pair_that_looks_alike_has_been_read_and_no_other_is_listed():
    assert sorted(alike.reviewed()) == sorted(alike.pairs()), "python -m tests.alike, then read"
    for line in alike.reviewed().values():
        assert line["verdict"] in alike.VERDICTS, line
        assert line["reason"], line


@pytest.mark.parametrize(
    ("changed", "seen"),
    [
        ({}, True),
        ({"date": "2022-01-25", "summary": "Told in other words"}, True),
        ({"date": "2022-01-01", "date_precision": "year", "summary": ""}, True),
        ({"region": "KG-J"}, True),
        ({"date": "2019-05-02"}, True),
        ({"date": "2022-01-26", "summary": "Told in other words"}, False),
        ({"region": "KG-J", "summary": "Told in other words"}, False),
        ({"protected": "yes"}, False),
    ],
)
def test_a_record_told_a_second_time_is_noticed(changed, seen, monkeypatch):
    told = RECORDS["M-0095"]
    again = {**told, "incident_id": "M-9999", "episode": "", **changed}
    monkeypatch.setattr(plain, "rows", lambda: iter([told, again]))
    assert list(alike.pairs()) == ([("M-0095", "M-9999")] if seen else [])


def test_the_same_event_and_steps_of_one_case_point_to_each_other():
    for (a, b), line in alike.reviewed().items():
        one, other = RECORDS[a], RECORDS[b]
        if line["verdict"] == "same_event":
            assert (one["same_event"], other["same_event"]) == (b, a), line
        if line["verdict"] == "steps_of_one_case":
            assert one["episode"] == other["episode"] != "", line
        if line["verdict"] == "distinct":
            assert b != one["same_event"], line


def test_no_incident_began_after_its_source_was_published():
    for row in RECORDS.values():
        if published := row["source_published"]:
            began = plain.span(row)[0]
            # a page of 2021 may be of its last day, so only a later year contradicts it
            assert f"{began:%Y-%m-%d}"[: len(published)] <= published, row["incident_id"]


def test_every_place_lies_in_the_region_of_its_record():
    with (DATA / "places.csv").open(encoding="utf-8") as opened:
        regions = {row["geonameid"]: row["region"] for row in csv.DictReader(opened)}
    placed = [row for row in RECORDS.values() if row["place"]]
    assert len(placed) > 100
    assert [row for row in placed if regions[row["place"]] != row["region"]] == []


@pytest.mark.parametrize(
    "asked",
    [
        Selection(),
        Selection(data=("media",)),
        Selection(region=("KG-GB",)),
        Selection(violation=("conviction",)),
        Selection(start="2022", end="2022-06"),
    ],
)
def test_nobody_is_counted_twice_in_an_episode(asked, package):
    most = defaultdict(int)
    for row in RECORDS.values():
        if plain.counted(row) and plain.fits(row, asked):
            story = row["episode"] or row["incident_id"]
            most[story] = max(most[story], int(row["persons"] or 0))
    assert counts.total(package.incidents.select(asked), "people") == sum(most.values()) > 0


def test_an_episode_has_several_records_and_one_that_lasted_ended_later():
    stories = defaultdict(list)
    for row in RECORDS.values():
        if row["episode"]:
            stories[row["episode"]].append(row["incident_id"])
        if row["date_end"]:
            assert date.fromisoformat(row["date_end"]) >= date.fromisoformat(row["date"])
    assert all(len(ids) > 1 for ids in stories.values()), stories


def test_no_record_is_published_that_one_reader_alone_has_checked():
    assert [row["incident_id"] for row in RECORDS.values() if row["checked"] != "twice"] == []
