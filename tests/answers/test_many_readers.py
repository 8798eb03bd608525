"""Many readers at once, of one package or while it is replaced: each gets what one alone would."""

import csv
import json
import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import parse_qs

import pytest

from answers import files
from answers.question import ask
from answers.surfaces import overview
from answers.surfaces.change import Change
from answers.surfaces.groups import Groups
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from incidents.selection import Selection
from loaders import load
from loaders.shelf import Shelf
from tests import country
from tests.combining import BUNDLED, displays, pairs
from tests.conftest import DATA, keep_as

READERS = 4
SURFACES = (Map, Trend, Years, Groups, Records, Change)
RELEASES = ("1.0", "1.1", "1.2")


def told(query, shelf):
    """Ask one question and give all that is said of it, as text."""
    asked = ask(parse_qs(query, keep_blank_values=True), "", shelf.look(), "en")
    said = [asked.package.release, asked.subset.n, asked.subset.fingerprint, asked.t.code]
    for surface in SURFACES:
        answer = asked.answer(surface)
        said += [answer.title, answer.amount.text, answer.alt, *answer.notes, answer.citation.link]
        said.append(answer.table.rows.to_csv())
    said += [figure.sentence for figure in overview.figures(asked)]
    return [str(each) for each in said]


def at_once(tasks):
    """Let readers do their tasks in the same moments; give what each got, in order."""
    gate = Barrier(READERS)

    def reader(mine):
        gate.wait()
        return [task() for task in mine]

    with ThreadPoolExecutor(READERS) as pool:
        shares = list(pool.map(reader, [tasks[at::READERS] for at in range(READERS)]))
    return [shares[at % READERS][at // READERS] for at in range(len(tasks))]


def test_many_readers_with_different_questions_get_what_each_would_get_alone():
    queries = [f"{query}&lang={lang}" for query in pairs(23)[::22] for lang in ("en", "ky")]
    alone = Shelf(lambda: DATA)
    expected = [told(query, alone) for query in queries]
    shared = Shelf(lambda: DATA)  # nothing is read or made yet: all readers come first
    assert at_once([lambda q=query: told(q, shared) for query in queries]) == expected


def test_many_readers_with_one_question_get_one_answer_each():
    query = displays(1)[0]
    shared = Shelf(lambda: DATA)
    found = at_once([lambda: told(query, shared)] * READERS)
    assert all(each == found[0] for each in found)
    assert found[0] == told(query, Shelf(lambda: DATA))


def test_more_searches_at_once_than_are_remembered_find_what_each_looks_for():
    words = ["court", "kloop", "24.kg", "police", "суд", "Ош", "threat", "RSF"]
    asked = [Selection(q=f"{one} {other}") for one in words for other in words]
    incidents = load(DATA).incidents
    found = at_once([lambda s=selection: incidents.select(s).n for selection in asked])
    assert found == [len(BUNDLED.found(selection)) for selection in asked]


@pytest.fixture
def nowhere(tmp_path):
    return country.write(tmp_path / "data", ("press", "singers"))


def release(folder, version):
    """Put the next release in place: one record more, and a new number, as a keeper does."""
    with (folder / "press.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.append({**rows[0], "incident_id": f"Z-{9000 + int(version[-1])}"})
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    described["version"] = version
    put(folder / "datapackage.json", json.dumps(described))
    template = next(file for file in described["resources"] if file["name"] == "press")
    country.write_rows(folder / ".press.new", template, rows)
    (folder / ".press.new").replace(folder / "press.csv")


def put(path, text):
    """Put a file in place whole."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    os.replace(new, path)  # noqa: PTH105  # the call that keepers' tools make


def test_readers_while_a_release_is_replaced_get_one_release_or_the_other_and_no_mixture(nowhere):
    query = "group=weavers&lang=en&split=data"
    shelf = Shelf(lambda: nowhere)
    whole = {tuple(told(query, shelf))}
    states = [tuple(told(query, shelf))]

    def replaced():
        for version in RELEASES[1:]:
            release(nowhere, version)
            states.append(tuple(told(query, Shelf(lambda: nowhere))))

    found = at_once(
        [replaced, *[lambda: tuple(told(query, shelf)) for _ in range(READERS * 2 - 1)]]
    )
    whole.update(states)
    # between its two files a release bears its number already, and the records of the last one
    fitting = {(each[0], each[1]) for each in whole}
    between = {(version, states[at][1]) for at, version in enumerate(RELEASES[1:])}
    assert {(each[0], each[1]) for each in found if each} <= fitting | between
    assert tuple(told(query, shelf)) == states[-1]
    assert [state[1] for state in states] == ["4", "5", "6"]


def test_a_question_asked_before_a_release_was_replaced_keeps_its_numbers(nowhere):
    shelf = Shelf(lambda: nowhere)
    asked = ask({"data": ["press"]}, "", shelf.look(), "en")
    before = asked.subset.n
    release(nowhere, "1.1")
    later = ask({"data": ["press"]}, "", shelf.look(), "en")
    assert (before, later.subset.n) == (3, 4)
    for one, n in ((asked, before), (later, before + 1)):
        assert one.answer(Records).amount.n == n
        assert json.loads(files.as_json(one.answer(Records)))["n"] == n
        assert len(one.answer(Records).table.rows) == n
        assert one.answer(Published).table.rows["held"].tolist() == [2]
    assert asked.answer(Map).citation.fingerprint != later.answer(Map).citation.fingerprint
    assert asked.answer(Map).citation.release == "1.0"


def test_readers_of_kept_and_present_releases_at_once_get_each_its_own(nowhere):
    keep_as(nowhere, "0.9")
    release(nowhere, "1.1")
    queries = [f"data=press&release={version}" for version in ("0.9", "", "1.1", "7.7")]
    alone = Shelf(lambda: nowhere)
    expected = [told(query, alone) for query in queries]
    assert [said[:2] for said in expected] == [["0.9", "3"], *[["1.1", "4"]] * 3]
    shared = Shelf(lambda: nowhere)
    found = at_once([lambda q=query: told(q, shared) for query in queries * 2])
    assert found == expected * 2


def test_readers_who_take_files_at_once_get_the_same_bytes():
    shelf = Shelf(lambda: DATA)

    def taken():
        asked = ask({"group": ["women"], "unit": ["people"]}, "", shelf.look(), "ru")
        made = (files.of(asked.answer(surface)) for surface in (Map, Trend))
        return [each[kind].make() for each in made for kind in ("csv", "xlsx", "json")]

    found = at_once([taken] * READERS)
    assert all(each == found[0] for each in found)
