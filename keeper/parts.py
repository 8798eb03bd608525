"""The records that a cube is made of, part by part: read, checked, told in cells, written again.

One function does that to one part, in this process or in any worker of a Dask cluster. It is given
all that it needs to know of the package, and leaves a file of rows that are ready to be sorted.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from incidents import cube, protection, schema
from incidents.citation import PUBLISHED, published
from incidents.schema import Context, Fault
from incidents.search import sounding
from incidents.table import Incidents
from loaders.checking import codes_of
from loaders.descriptor import Resource
from loaders.package import Faults, Package
from loaders.rows import SOUNDS, WORDS
from loaders.tables import Codes, Table, broken_cells

SHARED = "protected_region"
"""The rule that needs all records: a region is shared by those of any part."""
SHOWN = 50
"""How many faults of one part are told at most."""
ROWS = 200_000
"""How many records of a package are one part."""
NUMBER = re.compile(r"\d+(?=\D*$)")
"""The number of a part in its name."""
Part = tuple[str, str]
"""The name of a part, and the state it was found in."""


@dataclass(frozen=True)
class Known:
    """What a worker must know of the package: what cells may be, names, and where rows go."""

    incidents: Incidents
    contexts: Mapping[str, Context]
    resources: Mapping[str, Resource]
    codes: Codes
    target: Path

    @classmethod
    def of(cls, package: Package, target: Path) -> "Known":
        """Take it from a package, without its records."""
        held, files = package.incidents, package.descriptor.files
        contexts = {
            name: Context(name, held.codebook, held.places, table.collected, package.released)
            for name, table in files.items()
        }
        empty = replace(held, frame=held.frame.iloc[:0], rows=None)
        return cls(empty, contexts, files, codes_of(package), target)


@dataclass(frozen=True)
class Counted:
    """What one part became: its cells, or what is wrong with it."""

    cells: pd.DataFrame
    faults: tuple[Fault, ...] = ()


def of_package(package: Package) -> Iterator[tuple[str, pd.DataFrame]]:
    """Cut the records of a package, which are checked, into parts."""
    frame = package.incidents.frame
    for at in range(0, max(len(frame), 1), ROWS):
        yield f"{at // ROWS:06}", published(frame.iloc[at : at + ROWS])


def listed(files: Any, folder: str) -> list[Part]:
    """List the Parquet files of a folder. Raises `Faults` where there is none, or one is missing.

    Where names end in numbers, none may be left out between the lowest and the highest.
    """
    every = files.find(folder, on_error="raise")  # else a store that is away has no files
    found = sorted(name for name in every if name.endswith(".parquet"))
    if not found:
        raise Faults([Fault(posixpath.basename(folder), 0, "", "", "missing_file")])
    numbers = [NUMBER.search(posixpath.basename(name)) for name in found]
    known = {int(number.group()) for number in numbers if number}
    if all(numbers) and len(known) == len(found):
        lost = set(range(min(known), max(known))) - known
        if lost:
            raise Faults([Fault(f"{n}.parquet", 0, "", "", "missing_file") for n in sorted(lost)])
    return [(name, state(files, name)) for name in found]


def state(files: Any, name: str) -> str:
    """Tell one state of a file from another."""
    about = files.info(name)
    marks = ("size", "mtime", "LastModified", "ETag", "modified")
    return "|".join(str(about[mark]) for mark in marks if about.get(mark) is not None)


def read(files: Any, part: Part) -> pd.DataFrame:
    """Read one part: text in the columns that are published, and no other. Raises `Faults`.

    Types are said and not guessed. What is blank or missing is an empty text.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    name, as_listed = part
    short = posixpath.basename(name)
    try:
        if state(files, name) != as_listed:
            raise Faults([Fault(short, 0, "", "", "changed_while_read")])
        with files.open(name, "rb") as opened:
            file = pq.ParquetFile(opened)
            faults = [*_columns(file.schema_arrow, short)]
            if faults:
                raise Faults(faults)
            text = pa.schema([(column, pa.string()) for column in PUBLISHED])
            table = file.read(columns=PUBLISHED).select(PUBLISHED).cast(text)
    except FileNotFoundError as error:
        raise Faults([Fault(short, 0, "", "", "missing_file")]) from error
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise Faults([Fault(short, 0, "", "", "not_parquet")]) from error
    return table.to_pandas(strings_to_categorical=False).fillna("").astype(str)


def _columns(found: Any, name: str) -> Iterator[Fault]:
    import pyarrow as pa

    for column in sorted(set(PUBLISHED) - set(found.names)):
        yield Fault(name, 1, column, "", "missing_column")
    for field in found:
        kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
        if field.name not in PUBLISHED:
            yield Fault(name, 1, field.name, "", "restricted_column")
        elif not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            yield Fault(name, 1, field.name, str(kind), "other_schema")


def counted(name: str, raw: pd.DataFrame, known: Known) -> Counted:
    """Check the rows of one part, tell them in cells, and leave them ready to be sorted."""
    faults = [*_faults(name, raw, known)][:SHOWN]
    if faults:
        return Counted(pd.DataFrame(), tuple(faults))
    frame = _typed(raw, known)
    collection = known.incidents.collection
    rows = published(frame).astype(str)
    rows[cube.KEY] = cube.keys(cube.dimensions(frame, collection))
    for day in cube.DATED:
        rows[day] = frame[day].astype("datetime64[s]")
    rows[WORDS] = replace(known.incidents, frame=frame).words()
    sounds = {words: f" {sounding(words)} " for words in rows[WORDS].unique()}
    rows[SOUNDS] = rows[WORDS].map(sounds)
    rows.to_parquet(known.target / f"{posixpath.basename(name)}.parquet", index=False)
    return Counted(cube.cells(frame, collection))


def of_file(files: Any, part: Part, known: Known) -> Counted:
    """Do it to one file of a folder. Faults are given, not raised: they may come from afar."""
    try:
        return counted(part[0].replace("/", "_"), read(files, part), known)
    except Faults as problem:
        return Counted(pd.DataFrame(), tuple(problem.faults))


def summed(several: Iterable[Counted]) -> Counted:
    """Sum the cells of some parts, or gather their faults."""
    several = list(several)
    faults = tuple(fault for each in several for fault in each.faults)
    if faults:
        return Counted(pd.DataFrame(), faults)
    return Counted(cube.summed(each.cells for each in several))


def _faults(name: str, raw: pd.DataFrame, known: Known) -> Iterator[Fault]:
    for dataset, rows in raw.groupby("dataset", sort=False):
        if dataset not in known.contexts:
            yield Fault(name, int(rows.index[0]) + 2, "dataset", str(dataset), "unknown_code")
            continue
        own = rows.drop(columns="dataset").reset_index(drop=True)
        resource = known.resources[str(dataset)]
        columns = [field for field in resource.fields if field in own]
        table = Table(own[columns])
        bad = broken_cells(table, resource, known.codes)
        context = known.contexts[str(dataset)]
        alone = [rule for rule in protection.RULES if rule.name != SHARED]
        for fault in schema.faults_of(own, name, context, bad, alone):
            line = int(rows.index[fault.line - 2]) + 2 if fault.line > 1 else fault.line
            yield replace(fault, file=posixpath.basename(name), line=line)


def _typed(raw: pd.DataFrame, known: Known) -> pd.DataFrame:
    typed = [
        schema.typed(rows.drop(columns="dataset"), known.contexts[str(dataset)])
        for dataset, rows in raw.groupby("dataset", sort=False)
    ]
    frame = schema.joined(typed)
    frame["place"] = frame["place"].cat.set_categories(list(known.incidents.places.index))
    return frame
