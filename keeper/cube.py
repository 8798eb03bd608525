"""A cube in the place of a package's records: for more incidents than memory holds.

Made beside its place, checked as a reader's process will load it, and exchanged in one step: what
fails on the way leaves the last good cube where it is.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd

from incidents import cube
from incidents.schema import Fault
from keeper import parts
from keeper.describing import describe
from keeper.parts import Counted, Known
from keeper.release import exchange
from keeper.withdrawal import Refused
from loaders import cubes
from loaders.descriptor import NAME
from loaders.engine import engine, quoted
from loaders.package import Faults, Package, load
from loaders.rows import NEWEST

TOGETHER = 16
"""How many partial cubes are summed at a time, so that none has to hold all of them."""
GROUP = 50_000
"""Records of a row group: small enough that a page reads few, large enough to be packed well."""
MEMORY = "2GB"
"""What the engine holds while it sorts; the rest waits on the disk."""
NOT_READY = "scratch"
PATIENCE = 20
"""Seconds that a store may take for an answer; it is asked three times."""


@dataclass(frozen=True)
class Made:
    """What was made: how many records in how many cells, from how many parts, in bytes."""

    directory: Path
    records: int
    cells: int
    parts: int
    size: int


def make(source: str, out: Path, package: Path, scheduler: str = "") -> Made:
    """Make a cube of a released package, or of a folder of its published rows in Parquet.

    `package` says what the codes of such rows mean. `scheduler` is the address of a Dask cluster;
    without one, parts are read one after the other in this process. Raises `Faults`, `Refused` and
    `OSError`; then nothing has changed.
    """
    own = Path(source) if (Path(source) / NAME).is_file() else None
    held = load(own or package)
    if held.incidents.rows or (out.exists() and not cubes.is_one(out)):
        raise Refused("not_a_cube" if out.exists() else "a_cube", [out.name])
    target = out.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    begins = f".cube-{target.name}-"
    for left in target.parent.glob(f"{begins}*"):  # by one that was killed
        shutil.rmtree(left)
    with TemporaryDirectory(prefix=begins, dir=target.parent) as scratch:
        rows, fresh = Path(scratch) / NOT_READY, Path(scratch) / target.name
        rows.mkdir()
        known = Known.of(held, rows)
        n, found = _of_package(held, known) if own else _of_files(source, known, scheduler)
        if found.faults:
            raise Faults(list(found.faults))
        _copy(held, fresh)
        _write(fresh, rows, found.cells, held)
        load(fresh)
        made = Made(out, int(found.cells["n"].sum()), len(found.cells), n, _size(fresh))
        os.sync()
        exchange(fresh, target) if target.exists() else fresh.rename(target)
    return made


def _of_package(package: Package, known: Known) -> tuple[int, Counted]:
    several = [parts.counted(name, rows, known) for name, rows in parts.of_package(package)]
    return len(several), parts.summed(several)


def _of_files(source: str, known: Known, scheduler: str) -> tuple[int, Counted]:
    """Count the files of a folder, here or on a cluster, and see that they stayed the same."""
    files, folder = opened(source)
    with _away(source):
        before = parts.listed(files, folder)
    with _away(f"{source} {scheduler}".strip()), _computing(scheduler) as compute:
        found = compute(_tree(files, before, known))
    with _away(source):
        files.invalidate_cache()
        if parts.listed(files, folder) != before:
            raise Faults([Fault(Path(folder).name, 0, "", "", "changed_while_read")])
    return len(before), found


def _tree(files: Any, found: list[parts.Part], known: Known) -> Any:
    """Lay out the work: a part each, then sums of sums."""
    from dask.delayed import delayed

    told = delayed(known)
    level = [delayed(parts.of_file, pure=False)(files, part, told) for part in found]
    while len(level) > 1:
        cuts = range(0, len(level), TOGETHER)
        level = [delayed(parts.summed, pure=False)(level[at : at + TOGETHER]) for at in cuts]
    return level[0]


def opened(source: str) -> tuple[Any, str]:
    """Open what an address names: a folder, or an S3 store by Arrow's own client.

    The store is told by the variables AWS_ENDPOINT_URL, AWS_REGION, and those of the keys.
    """
    import fsspec

    if not source.startswith("s3://"):
        return fsspec.filesystem("file"), str(Path(source).resolve())
    from fsspec.implementations.arrow import ArrowFSWrapper
    from pyarrow.fs import AwsStandardS3RetryStrategy, S3FileSystem

    store = S3FileSystem(
        endpoint_override=os.environ.get("AWS_ENDPOINT_URL"),
        region=os.environ.get("AWS_REGION", "us-east-1"),
        retry_strategy=AwsStandardS3RetryStrategy(max_attempts=3),
        request_timeout=PATIENCE,
        connect_timeout=PATIENCE,
    )
    return ArrowFSWrapper(store), source.removeprefix("s3://").rstrip("/")


class _away:
    """Turn what a store or a cluster says when it fails into a refusal that names it."""

    def __init__(self, source: str) -> None:
        self.source = source

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, _: Any) -> None:
        if error is None or isinstance(error, Faults | Refused):
            return
        name = type(error).__name__
        if name in ("KilledWorker", "MemoryError"):
            raise Refused("no_memory", [name]) from error
        if isinstance(error, OSError) and not isinstance(error, FileNotFoundError):
            raise Refused("away", [self.source]) from error
        if isinstance(error, FileNotFoundError):
            raise Faults([Fault(Path(self.source).name, 0, "", "", "missing_file")]) from error


class _computing:
    """Compute in this process, or on a cluster as long as its client lives."""

    def __init__(self, scheduler: str) -> None:
        self.scheduler, self.left = scheduler, ExitStack()

    def __enter__(self) -> Callable[[Any], Counted]:
        if not self.scheduler:
            return lambda work: work.compute(scheduler="synchronous")
        from distributed import Client

        client = self.left.enter_context(Client(self.scheduler, timeout=30))  # type: ignore[no-untyped-call]
        return lambda work: client.compute(work).result()

    def __exit__(self, *_: Any) -> None:
        self.left.close()


def _copy(package: Package, fresh: Path) -> None:
    """Copy what a dashboard needs, with no row in the files of records."""
    of_records = {table.path for table in package.descriptor.files.values()}
    for name, content in package.files.items():
        path = fresh / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = content.partition(b"\n")[0] + b"\n"
        path.write_bytes(head if name in of_records else content)


def _write(fresh: Path, rows: Path, cells: pd.DataFrame, package: Package) -> None:
    """Write cells and sorted rows, and say what they hold. Raises `Faults` for the whole."""
    (fresh / cubes.FOLDER).mkdir()
    frame = cube.table(cells, package.incidents.places.index)
    order = cells.set_index(cube.KEY).loc[frame[cube.KEY]].reset_index()
    order.to_parquet(fresh / cubes.CELLS, index=False)
    asked = engine(MEMORY, rows.parent)
    every = f"read_parquet({quoted(str(rows / '*.parquet'))})"
    faults = [*_across(asked, every, int(cells["n"].sum()), package)]
    if faults:
        raise Faults(faults)
    asked.execute(
        f"COPY (SELECT * FROM {every} ORDER BY {NEWEST}) TO {quoted(str(fresh / cubes.ROWS))} "
        f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {GROUP})"
    )
    asked.close()
    files = (cubes.CELLS, cubes.ROWS)
    sizes = {name: (fresh / name).stat().st_size for name in files}
    hashes = {name: _hash(fresh / name) for name in files}
    about = cubes.told(int(cells["n"].sum()), sizes, hashes)
    (fresh / cubes.ABOUT).write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    describe(fresh)


def _across(asked: Any, every: str, n: int, package: Package) -> Iterator[Fault]:
    """Check what needs all rows: that none is lost, twice or withdrawn, or points to nothing."""
    questions = {
        ("incident_id", "duplicate_id"): f"SELECT count(*) - count(DISTINCT incident_id) "
        f"FROM {every}",
        ("same_event", "unknown_record"): f"SELECT count(*) FROM {every} AS one WHERE "
        f"same_event <> '' AND same_event NOT IN (SELECT incident_id FROM {every})",
        ("incident_id", "withdrawn"): f"SELECT count(*) FROM {every} WHERE incident_id IN "
        "(SELECT incident_id FROM withdrawn)",
        ("", "missing_row"): f"SELECT {n} - count(*) FROM {every}",
    }
    asked.register("withdrawn", package.withdrawn[["incident_id"]])
    for (column, rule), question in questions.items():
        if asked.execute(question).fetchone()[0]:
            yield Fault(cubes.ROWS, 0, column, "", rule)


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()}"


def _size(directory: Path) -> int:
    return sum(path.stat().st_size for path in (directory / cubes.FOLDER).iterdir())
