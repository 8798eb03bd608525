"""The command that makes a cube."""

import argparse
import sys
from pathlib import Path

from answers import cubing
from keeper import cube
from keeper.terminal import say
from loaders.language import Language
from loaders.package import Faults
from loaders.settings import Settings


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]", t: Language) -> None:
    """Add the command."""
    command = commands.add_parser(
        "cube",
        help=t("make a folder that shows more records than memory holds"),
    )
    command.set_defaults(run=_cube)
    command.add_argument(
        "--from",
        dest="source",
        required=True,
        metavar="SOURCE",
        help=t("a released package, or a folder or s3://… of its published rows in Parquet"),
    )
    command.add_argument(
        "--out", required=True, metavar="DIR", type=Path, help=t("the folder of the cube")
    )
    command.add_argument(
        "--package",
        metavar="DIR",
        type=Path,
        help=t("the package whose codes the rows have, if not that of INCIDENTS_DATA"),
    )
    command.add_argument(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help=t("tcp://… of a Dask cluster that reads the parts; its workers see the folder DIR"),
    )


def _cube(asked: argparse.Namespace, t: Language) -> int:
    package = asked.package or Settings().data
    try:
        done = cube.make(asked.source, asked.out, package, asked.scheduler)
    except Faults as problem:
        say("\n".join(cubing.broken(problem.faults, t)), sys.stderr)
        return 2
    say("\n".join(cubing.made(done.records, done.cells, done.parts, done.size, t)))
    return 0
