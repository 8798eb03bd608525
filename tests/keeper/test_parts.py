"""A cube made of parts: files of Parquet here or in S3, in this process or on a cluster."""

import os
import shutil
import signal
import socket
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from distributed import Client
from pyarrow.fs import S3FileSystem

from incidents.citation import PUBLISHED, published
from incidents.selection import Selection
from keeper import cube, parts
from keeper.__main__ import main
from keeper.withdrawal import Refused
from loaders import Faults, cubes, load
from tests.conftest import DATA, copied
from tests.keeper import clusters

PARTS = 24
PACKAGE = load(DATA)
ROWS = published(PACKAGE.incidents.frame).sample(frac=1, random_state=5)
"""The published rows in no order, so that every part holds some of every year."""


def written(folder, rows=ROWS, n=PARTS):
    """Write rows as n files of Parquet."""
    folder.mkdir(parents=True)
    for at, cut in enumerate(np.array_split(np.arange(len(rows)), n)):
        rows.iloc[cut].astype(str).to_parquet(folder / f"part.{at}.parquet", index=False)
    return folder


@pytest.fixture
def source(tmp_path):
    return written(tmp_path / "source")


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The cube of the package itself."""
    folder = tmp_path_factory.mktemp("whole")
    cube.make(str(DATA), folder / "made", DATA)
    return folder / "made"


def assert_same_cube(made, whole):
    """Hold that two cubes have the same cells and, file by file, the same records."""
    for name in (cubes.CELLS, cubes.ROWS):
        one, other = (pd.read_parquet(each / name) for each in (made, whole))
        pd.testing.assert_frame_equal(one, other)
    every = [load(each).incidents.select(Selection()).fingerprint for each in (made, whole)]
    assert every[0] == every[1] == PACKAGE.incidents.select(Selection()).fingerprint


def test_parts_of_a_folder_make_the_same_cube(source, whole, tmp_path):
    done = cube.make(str(source), tmp_path / "made", DATA)
    assert (done.parts, done.records) == (PARTS, len(ROWS))
    assert_same_cube(tmp_path / "made", whole)


def test_a_cell_counts_what_another_engine_counts(whole):
    """Blank cells and missing ones, groups as sets, people: DuckDB over the rows as text."""
    cells, rows = (f"read_parquet('{whole / name}')" for name in (cubes.CELLS, cubes.ROWS))
    for columns in ("dataset, region", "place, groups", "violations, response", "project, flag"):
        counted = f"SELECT {columns}, {{}} FROM {{}} GROUP BY {columns} ORDER BY ALL"  # noqa: S608
        of_cells = counted.format("sum(n), sum(naming), sum(persons)", cells)
        of_rows = counted.format(
            "count(*), count(nullif(persons, '')), sum(coalesce(try_cast(persons AS BIGINT), 0))",
            rows,
        )
        assert duckdb.sql(of_cells).fetchall() == duckdb.sql(of_rows).fetchall()


def test_blank_and_missing_cells_are_read_alike(source, whole, tmp_path):
    for path in source.iterdir():
        rows = pd.read_parquet(path)
        table = pa.Table.from_pandas(rows.where(rows != "", None), preserve_index=False)
        text = pa.schema([(name, pa.large_string()) for name in PUBLISHED])
        pq.write_table(table.cast(text).select(PUBLISHED[::-1]), path)
    cube.make(str(source), tmp_path / "made", DATA)
    assert_same_cube(tmp_path / "made", whole)


def test_two_workers_make_the_same_cube_and_one_may_die_in_the_middle(source, whole, tmp_path):
    with clusters.cluster(tmp_path) as address, Client(address) as client:
        doomed = next(iter(client.run(os.getpid).values()))
        with ThreadPoolExecutor(1) as thread:
            done = thread.submit(cube.make, str(source), tmp_path / "made", DATA, address)
            begun = threading.Event()
            while not begun.wait(0.005):
                found = len([*tmp_path.glob(".cube-made-*/scratch/*.parquet")])
                if found or done.done():
                    os.kill(doomed, signal.SIGKILL)
                    begun.set()
            assert 0 < found < PARTS
            assert done.result(timeout=120).records == len(ROWS)
    assert_same_cube(tmp_path / "made", whole)


def test_workers_without_memory_are_a_refusal_and_the_last_cube_stays(source, whole, tmp_path):
    made = shutil.copytree(whole, tmp_path / "made")
    with (
        clusters.cluster(tmp_path, memory="150MB") as address,
        pytest.raises(Refused) as problem,
    ):
        cube.make(str(source), made, DATA, address)
    assert problem.value.why == "no_memory"
    assert_same_cube(made, whole)


@pytest.fixture
def bucket(source, tmp_path, monkeypatch):
    """Put the parts into an S3 store."""
    if not clusters.MOTO.exists():
        pytest.skip("there is no moto (tests/install-tools.sh)")
    with clusters.store(tmp_path) as address:
        for name, value in {**clusters.KEYS, "AWS_ENDPOINT_URL": address}.items():
            monkeypatch.setenv(name, value)
        files = S3FileSystem(endpoint_override=address, allow_bucket_creation=True)
        files.create_dir("made-up")
        for path in source.iterdir():
            with files.open_output_stream(f"made-up/rows/{path.name}") as out:
                out.write(path.read_bytes())
        yield address


def test_parts_in_s3_make_the_same_cube(bucket, whole, tmp_path):
    cube.make("s3://made-up/rows", tmp_path / "made", DATA)
    assert_same_cube(tmp_path / "made", whole)


class Unavailable(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503)
        self.end_headers()

    do_HEAD = do_GET

    def log_message(self, *_):
        return


def test_a_store_that_answers_503_is_a_refusal_and_the_last_cube_stays(
    whole, tmp_path, monkeypatch
):
    made = shutil.copytree(whole, tmp_path / "made")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Unavailable)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    assert_away(made, whole, server.server_address[1], monkeypatch)
    server.shutdown()
    server.server_close()


def test_a_store_that_never_answers_is_a_refusal(whole, tmp_path, monkeypatch):
    made = shutil.copytree(whole, tmp_path / "made")
    monkeypatch.setattr(cube, "PATIENCE", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert_away(made, whole, silent.getsockname()[1], monkeypatch)


def assert_away(made, whole, port, monkeypatch):
    for name, value in clusters.KEYS.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    with pytest.raises(Refused) as problem:
        cube.make("s3://made-up/rows", made, DATA)
    assert problem.value.why == "away"
    assert_same_cube(made, whole)


def changed(path, change):
    rows = pd.read_parquet(path)
    change(rows)
    rows.to_parquet(path, index=False)


def set_first(column, value):
    return lambda rows: rows.__setitem__(column, [value, *rows[column][1:]])


BROKEN = {
    "missing_column": lambda rows: rows.pop("region"),
    "restricted_column": lambda rows: rows.insert(0, "victim_name", "made up"),
    "other_schema": lambda rows: rows.__setitem__("protected", rows["protected"] == "yes"),
    "outside_collection": lambda rows: set_first("date", "1999-01-01")(
        set_first("date_precision", "day")(rows) or rows
    ),
    "unknown_code": set_first("region", "XX-1"),
    "personal_data": set_first("source_name", "made up, somebody@example.org"),
    "duplicate_id": lambda rows: set_first("incident_id", rows["incident_id"][1])(rows),
    "unknown_record": set_first("same_event", "M-9999"),
}
"""What may be wrong with one part, by the rule that it breaks."""


@pytest.mark.parametrize("rule", BROKEN)
def test_a_broken_part_is_told_with_a_remedy_and_the_last_cube_stays(
    rule, source, whole, tmp_path, monkeypatch, capsys
):
    made = shutil.copytree(whole, tmp_path / "made")
    changed(source / "part.7.parquet", BROKEN[rule])
    arguments = ("--from", source, "--out", made, "--package", DATA)
    monkeypatch.setattr(sys, "argv", ["keeper", "cube", *map(str, arguments)])
    assert main() == 2
    said = capsys.readouterr().err
    assert "the last good cube stays" in said
    with pytest.raises(Faults) as problem:
        cube.make(str(source), made, DATA)
    assert rule in {fault.rule for fault in problem.value.faults}
    assert_same_cube(made, whole)


def test_a_part_that_is_missing_is_named(source, tmp_path):
    (source / "part.7.parquet").unlink()
    with pytest.raises(Faults) as problem:
        cube.make(str(source), tmp_path / "made", DATA)
    assert [(f.file, f.rule) for f in problem.value.faults] == [("7.parquet", "missing_file")]
    assert not (tmp_path / "made").exists()


def test_a_part_that_is_cut_short_is_refused(source, tmp_path):
    path = source / "part.7.parquet"
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(Faults) as problem:
        cube.make(str(source), tmp_path / "made", DATA)
    assert [(f.file, f.rule) for f in problem.value.faults] == [(path.name, "not_parquet")]


def test_a_folder_that_changes_while_it_is_read_is_refused(source, tmp_path):
    files, folder = cube.opened(str(source))
    found = parts.listed(files, folder)
    changed(source / "part.7.parquet", set_first("summary", "made up"))
    with pytest.raises(Faults) as problem:
        [parts.read(files, part) for part in found]
    assert [f.rule for f in problem.value.faults] == ["changed_while_read"]


@pytest.mark.parametrize("sharing", [2, 3])
def test_three_of_a_year_may_share_a_region_across_parts_and_two_may_not(sharing, tmp_path):
    years = ROWS["date"].str[:4]
    protected = ROWS[ROWS["protected"] == "yes"]
    year = protected["date"].str[:4].mode()[0]
    shared = protected.index[(years == year)[protected.index]][:sharing]
    rows = ROWS.copy()
    rows.loc[shared, ["region", "place_precision"]] = ["KG-N", "region"]
    source = written(tmp_path / "made-up", rows)
    if sharing == 3:
        assert cube.make(str(source), tmp_path / "made", DATA).records == len(ROWS)
        return
    with pytest.raises(Faults) as problem:
        cube.make(str(source), tmp_path / "made", DATA)
    assert [f.rule for f in problem.value.faults] == ["protected_region"]


def test_a_restricted_package_is_refused(tmp_path):
    folder = copied(tmp_path)
    path = folder / "media_attacks.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{head},victim_name", *(f"{row},made up" for row in rows)]))
    with pytest.raises(Faults) as problem:
        cube.make(str(folder), tmp_path / "made", DATA)
    assert {fault.column for fault in problem.value.faults} >= {"victim_name"}
    assert not (tmp_path / "made").exists()
