"""A package as a cube: every door says the same, and nothing finer than the package is in it."""

import json
import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents import listing
from incidents.citation import PUBLISHED, published
from incidents.selection import Selection
from keeper import cube
from keeper.__main__ import main
from loaders import Faults, cubes, load
from loaders.shelf import Shelf
from tests import audit
from tests.conftest import DATA, HOME, copied
from tests.incidents.test_cube import assert_same, spans
from tests.incidents.test_selection import narrow, selections
from tests.web.reading import get, of_doors
from web.light import PAGES

WORDS = ("court", "суд", "Osh", "ош", '"Supreme Court"', "M-00", "журналист", "жаш", "woman -", "")
ADDRESSES = (
    *(f"light/{path}" for path in PAGES if path not in ("cited", "check")),
    *(f"light/{path}?data=media&from=2018&to=2022" for path in ("", "map", "trends", "records")),
    *(f"light/{path}?group=women&unit=people&fill=rate" for path in ("map", "trends", "impact")),
    *(f"light/{path}?q=court&lang=ru" for path in ("map", "trends", "records", "claims")),
    *("light/records?sort=oldest&page=3", "light/records?id=M-0105", "light/records?id=R-5316"),
    *("api/v1/records?q=суд", "api/v1/map?region=KG-C", "api/v1/trend?per=month&split=group"),
    *("api/v1/records?from=2020&page=2", "api/v1/change?a=2018..2019&b=2020..2021"),
)
"""What is asked of every door; what is only told of kept releases is left out."""


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Give the bundled package without its past, and the cube made of it."""
    folder = tmp_path_factory.mktemp("cube")
    ordinary = copied(folder)
    cube.make(str(ordinary), folder / "made", ordinary)
    return load(ordinary), load(folder / "made")


@pytest.fixture(scope="module")
def doors(both):
    return [of_doors(each.directory) for each in both]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_door_says_the_same_of_a_cube(doors, address):
    one, other = (get(each, f"/{address}") for each in doors)
    assert one.status == other.status
    assert one.text == other.text


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
@pytest.mark.parametrize("query", ["", "q=court", "data=media&from=2019&sort=oldest"])
def test_a_file_of_records_is_the_same_byte_for_byte(doors, kind, query):
    one, other = (get(each, f"/api/v1/table/records.{kind}?{query}") for each in doors)
    assert one.status == other.status
    assert one.body == other.body


@given(st.one_of(selections, narrow), st.sampled_from(WORDS), st.integers(1, 20))
def test_records_search_and_fingerprint_are_the_same(both, selection, words, number):
    selection = replace(selection, q=words)
    one, other = (each.incidents.select(selection) for each in both)
    assert one.fingerprint == other.fingerprint
    for order in ("newest", "oldest"):
        pages = [listing.page(each, number, order) for each in (one, other)]
        assert pages[0].of == pages[1].of
        told = [published(page.records).reset_index(drop=True) for page in pages]
        pd.testing.assert_frame_equal(*told)
    assert [*one.beside()["incident_id"]] == [*other.beside()["incident_id"]]


@given(selection=st.one_of(selections, narrow), words=st.sampled_from(WORDS), spans=spans)
def test_numbers_of_what_a_search_finds_are_the_same(both, selection, words, spans):
    one, other = (each.incidents for each in both)
    assert_same(one, other, replace(selection, q=words), spans)


def test_any_words_find_the_same(both):
    @given(selections)
    def holds(selection):
        found = [each.incidents.select(Selection(q=selection.q)) for each in both]
        assert found[0].n == found[1].n
        assert found[0].fingerprint == found[1].fingerprint

    holds()
    names = both[0].incidents.places["name_ru"].head(40)
    for text in [*names, *both[0].names["name_en"].head(60)]:
        one, other = (each.incidents.select(Selection(q=str(text))).n for each in both)
        assert one == other, text


def test_neighbours_and_steps_of_each_record_are_the_same(both):
    for name in both[0].incidents.frame["incident_id"][::7]:
        of = [listing.record(each.incidents, name) for each in both]
        for ask in (listing.neighbours, listing.episode, listing.repetitions):
            told = [
                [*ask(each.incidents, record)["incident_id"]]
                for each, record in zip(both, of, strict=True)
            ]
            assert told[0] == told[1], (name, ask)


def test_the_files_of_records_are_empty_and_no_column_is_added(both):
    made = both[1].directory
    rows = pd.read_parquet(made / cubes.ROWS)
    assert [*rows.columns[: len(PUBLISHED)]] == PUBLISHED
    assert {*rows.columns} - {*PUBLISHED} == {"cell", "first_day", "last_day", "words", "sounds"}
    assert len(rows) == len(both[0].incidents.frame)
    assert [*rows["first_day"]] == sorted(rows["first_day"], reverse=True)
    for path in ("media_attacks.csv", "rights_incidents.csv"):
        assert len((made / path).read_text(encoding="utf-8").splitlines()) == 1


def test_every_question_shares_the_description_of_the_rows_that_was_read_once(both):
    cursor = both[1].incidents.rows._engine.cursor()
    assert cursor.execute("SELECT current_setting('parquet_metadata_cache')").fetchone() == (True,)


def test_a_dashboard_on_csv_never_loads_an_engine():
    loaded = "import sys, dashboard, loaders; loaders.load(); import web.app, keeper.__main__;"
    said = "print({'duckdb', 'dask', 'distributed', 'fsspec'} & {*sys.modules})"
    done = subprocess.run(
        [sys.executable, "-c", loaded.replace("dashboard, ", "") + said],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "set()"


def test_every_page_of_the_dashboard_is_drawn_of_a_cube(both):
    asked = json.dumps([{}, {"q": ["court"], "unit": ["people"]}, {"id": ["M-0105"]}])
    done = subprocess.run(
        [sys.executable, "-m", "tests.opened", asked],
        cwd=HOME,
        env={**os.environ, "INCIDENTS_DATA": str(both[1].directory)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert [walked["errors"] for walked in json.loads(done.stdout)] == [[], [], []]


def test_the_audit_reads_the_cube_and_every_partial_and_finds_nothing(tmp_path):
    surfaces = [*audit.of_cube(tmp_path)]
    assert sum(surface.name.endswith(".parquet, rows") for surface in surfaces) == 4
    assert any(b"Novastan" in surface.content for surface in surfaces)
    assert audit.personal_data_in(surfaces) == audit.canaries_in(surfaces) == []


@pytest.mark.parametrize("command", ["withdraw M-0105 --reason error", "keep", "verify x.csv"])
def test_what_needs_single_records_is_refused_in_the_folder_of_a_cube(
    both, monkeypatch, capsys, command
):
    monkeypatch.setenv("INCIDENTS_DATA", str(both[1].directory))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setattr(sys, "argv", ["keeper", *command.split()])
    assert main() == 2
    assert "this folder holds a cube" in capsys.readouterr().err


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command: its status, and what it said."""
    monkeypatch.setenv("LC_ALL", "C")

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["keeper", "cube", *map(str, arguments)])
        status = main()
        said = capsys.readouterr()
        return status, said.out + said.err

    return run


def test_the_command_says_what_it_made(run, tmp_path):
    status, said = run("--from", DATA, "--out", tmp_path / "made")
    assert status == 0
    assert f"{len(load(DATA).incidents.frame)} records of 1 parts" in said
    assert cubes.is_one(tmp_path / "made")


def test_a_folder_that_holds_no_cube_is_left_alone(run, tmp_path):
    (tmp_path / "mine").mkdir()
    status, said = run("--from", DATA, "--out", tmp_path / "mine")
    assert status == 2
    assert "exists and holds no cube" in said
    assert [*(tmp_path / "mine").iterdir()] == []


def test_no_cube_is_made_of_a_cube(run, both, tmp_path):
    status, said = run("--from", both[1].directory, "--out", tmp_path / "made")
    assert status == 2
    assert "not of another cube" in said


def test_a_cube_takes_the_place_of_another_while_readers_read(both, tmp_path):
    made = tmp_path / "made"
    cube.make(str(both[0].directory), made, DATA)
    shelf = Shelf(lambda: made)
    before = shelf.look().package
    cube.make(str(both[0].directory), made, DATA)
    assert before.incidents.select(Selection(q="court")).n  # its rows are gone from the folder
    after = shelf.look().package
    assert after is not before
    assert after.mark == before.mark


@pytest.mark.parametrize("name", [cubes.CELLS, cubes.ROWS])
def test_a_cube_whose_files_are_not_its_own_is_refused(both, tmp_path, name):
    made = tmp_path / "made"
    cube.make(str(both[0].directory), made, DATA)
    path = made / name
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(Faults) as problem:
        load(made)
    assert {fault.rule for fault in problem.value.faults} == {"cube_not_whole"}


def resized(made):
    """Write the sizes of a cube's files anew, as who changes them on purpose could."""
    about = json.loads((made / cubes.ABOUT).read_text())
    about["bytes"] = {name: (made / name).stat().st_size for name in about["bytes"]}
    (made / cubes.ABOUT).write_text(json.dumps(about))


FINER = {
    "protected_date": {"date_precision": "month"},
    "protected_place": {"place": "1528675"},
    "protected_region": {"region": "KG-N"},
    "protected_sequence": {"episode": "E-1"},
    "protected_text": {"naming": 1},
    "unprotected": {"protected": False},
}
"""What a protected cell may not say, by rule."""


@pytest.mark.parametrize("rule", FINER)
def test_cells_are_held_to_the_rules_of_protection(both, tmp_path, rule):
    made = tmp_path / "made"
    cube.make(str(both[0].directory), made, DATA)
    cells = pd.read_parquet(made / cubes.CELLS)
    at = cells.index[cells["protected"] & (cells["region"] == "KG")][0]
    for column, value in FINER[rule].items():
        cells.loc[at, column] = value
    cells.to_parquet(made / cubes.CELLS, index=False)
    resized(made)
    with pytest.raises(Faults) as problem:
        load(made)
    assert rule in {fault.rule for fault in problem.value.faults}
    assert not any(fault.value for fault in problem.value.faults)
