"""What a keeper is told of a cube: what was made, or what is wrong with its parts."""

from collections.abc import Iterable, Sequence

from answers import faults
from incidents.schema import Fault
from loaders.language import Language

SHOWN = 20
"""How many problems are told one by one."""


def made(records: int, cells: int, parts: int, size: int, t: Language) -> list[str]:
    """Say how many records stand in how many cells, and how large they are on the disk."""
    return [
        t(
            "{records} records of {parts} parts stand in {cells} cells ({size} MB). Set "
            "INCIDENTS_DATA to the folder to show it.",
            records=t.number(records),
            parts=t.number(parts),
            cells=t.number(cells),
            size=t.number(max(1, round(size / 1e6))),
        )
    ]


def broken(found: Sequence[Fault], t: Language) -> Iterable[str]:
    """Say what is wrong and what to do, problem by problem, and that the last cube stays."""
    yield t("Nothing was changed: the last good cube stays. Problems: {n}.", n=len(found))
    for each in found[:SHOWN]:
        why, what = faults.fault(each, t)
        where = " ".join(filter(None, (each.file, str(each.line or ""), each.column)))
        yield f"{where}: {why} {what}"


def refusals(known: Sequence[str], t: Language) -> dict[str, str]:
    """Say why no cube was made."""
    name = ", ".join(known)
    return {
        "not_a_cube": t(
            "Nothing was written: {folder} exists and holds no cube. Choose another folder.",
            folder=name,
        ),
        "a_cube": t(
            "Nothing was written: a cube is made of a package or of rows, not of another cube."
        ),
        "of_a_cube": t(
            "Nothing was done: this folder holds a cube. Do it in the package that it was made of, "
            "and make the cube again."
        ),
        "no_memory": t(
            "Nothing was changed: a part is larger than the memory of who reads it. Cut the rows "
            "into smaller files (200,000 rows each), or give the workers more memory."
        ),
        "away": t(
            "Nothing was changed: {source} does not answer, or not in time. See that the address "
            "and AWS_ENDPOINT_URL, AWS_REGION and the keys are right, and give the command again.",
            source=name,
        ),
    }
