"""The crowd finds what is not right: a mixture, a lost filter, memory that grows."""

import json
from dataclasses import replace

import brotli
import pytest

from benchmarks.load.asking import Answer
from benchmarks.load.crowd import Heard
from benchmarks.load.measured import missed, slope
from benchmarks.load.page import page
from benchmarks.load.readers import Place
from benchmarks.load.session import View, counted
from benchmarks.load.truth import Truth, of_body, wrong

HERE = Place("map", (("data", "media"),), "en")
OLD = View(5, 9, "2026.1.0", "data=media&lang=en", {"a": 1, "b": 2}, 0, False)
NEW = View(4, 8, "2026.2.0", "data=media&lang=en", {"a": 1, "c": 2}, 0, False)
PATH = "/light/map"
BODIES = {"2026.1.0": b"of 2026.1.0", "2026.2.0": b"of 2026.2.0"}
TRUTHS = {
    view.release: Truth(view.release, {HERE: view}, {PATH: BODIES[view.release]})
    for view in (OLD, NEW)
}


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, ""),
        ({"release": "2026.2.0"}, "numbers of another release or filter"),
        ({"release": "2026.3.0"}, "a release that never was"),
        ({"carried": "lang=en"}, "a lost filter"),
        ({"carried": "data=rights&lang=en"}, "a lost filter"),
        ({"n": 4}, "numbers of another release or filter"),
        ({"told": NEW.told}, "words of another release or filter"),
        ({"told": {**OLD.told, "c": 1}}, "words of another release or filter"),
        ({"told": {**OLD.told, "notice": 1}, "notices": 1}, ""),
        ({"told": {"a": 1, "notice": 1}, "notices": 1}, "words of another release or filter"),
        ({"broken": True}, "an error on the page"),
    ],
)
def test_a_page_must_be_what_a_lone_reader_is_told_of_one_release(sent, why):
    assert wrong(replace(OLD, **sent), HERE, TRUTHS) == why


@pytest.mark.parametrize(
    ("path", "body", "found"),
    [
        (PATH, b"of 2026.1.0", ("2026.1.0", False, "")),
        (PATH, b"of 2026.2.0", ("2026.2.0", False, "")),
        (PATH, b"of 2026.1.0, other words", ("2026.1.0", False, "another answer")),
        (PATH, b'<p id="notice"> of 2026.1.0', ("2026.1.0", True, "")),
        (PATH, b"of 2026.1.0 and 2026.2.0", ("", False, "a mixture of releases")),
        ("/light/rare", b"of 2026.1.0, other words", ("2026.1.0", False, "")),
        ("/light/rare", b"of nothing", ("", False, "no release is named")),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_an_answer_must_be_of_one_release(path, body, found, packed):
    known = any(truth.bodies[PATH] == body for truth in TRUTHS.values())
    if packed and not known:  # what is known is compared as it was sent
        answer = Answer(200, "", "br", brotli.compress(body))
    else:
        answer = Answer(200, "", "", body)
    assert of_body(path, answer, TRUTHS) == found


@pytest.mark.parametrize(
    "text",
    [
        "**5** of 9 recorded incidents · data version 2026\\.1\\.0",
        "Задокументированные инциденты\\: **5** из 9 · версия данных 2026\\.1\\.0",
    ],
)
def test_the_count_line_is_read_in_any_order_of_its_numbers(text):
    assert counted(["Recorded incidents: 12", text]) == (5, 9, "2026.1.0")


@pytest.mark.parametrize(("grown", "flat"), [(0.0, True), (2.0, False), (-2.0, True)])
def test_memory_that_grows_above_its_noise_is_not_flat(grown, flat):
    wobble = [3.0 if n % 7 == 0 else -0.5 for n in range(300)]
    memory = [(2.0 * n, 500 + grown * n / 30 + w) for n, w in enumerate(wobble)]
    assert slope(memory)["flat"] is flat


def test_a_void_run_and_a_missed_promise_are_told_on_the_page():
    door = {"answers": 3, "fine": 2, "wrong": 1, "median": 0.1, "p95": 4.0}
    crowd = {
        "readers": 2,
        "rate": 1.0,
        "seconds": 60,
        "cores": {"dashboard": 1.2},
        "own": 0.7,
        "void": True,
        "memory": {"first": 1, "last": 9, "slope": 3.0, "noise": 0.1, "flat": False},
        "doors": {"a reader's step": door},
        "wrong": {"step: wrong, a lost filter": 1},
        "missed": missed([Heard(0.0, "step", 4.0, "wrong", "a lost filter")], flat=False),
    }
    fault = {
        "fault": "a made-up fault",
        "pages": {"lost": 3},
        "plain": {},
        "mended": 1.0,
        "pages right after": 2.0,
        "plain right after": 0.0,
        "missed": ["saw release 2"],
    }
    on = {"date": "2026-12-01", "cores": 2, "memory": "24 GB", "python": "3.11", "processes": 2}
    results = {"machine": on, "crowd": crowd, "more": [crowd], "faults": [fault]}
    said = page(json.loads(json.dumps(results)))
    for words in (
        "This run is void",
        "**not flat**",
        "a lost filter",
        "saw release 2",
        "4.00",
        "1 answers",
        "passed 3 s",
    ):
        assert words in said
