"""A keeper's folder and package, and the command that publishes from one into the other."""

import csv
import sys
from pathlib import Path

import pandas as pd
import pytest

from keeper.__main__ import main
from loaders import load
from tests.broken_files import csv_of
from tests.checking_files import rows_of
from tests.conftest import DATA

TEXTS = (
    "A made-up permit for a picnic was refused",
    "The hall was locked before an invented lecture",
    "Nobody's exhibition was closed by guards",
    "An imagined concert moved to another square",
    "Umbrellas were taken from a procession that never was",
    "A fictional march ended at a fence",
)
"""What happened in each case: nothing, to nobody."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that others may not read."""
    found = tmp_path / "keeper"
    found.mkdir(mode=0o700)
    return found


@pytest.fixture
def publish(copy, folder, monkeypatch, capsys):
    """Publish cases into the copy; give what the command ended with, and what it said."""

    def run(*cases, keys=folder / "keys.csv", options=(), file="cases.csv", lang="en"):
        path = folder / file
        told = [
            {"case_number": f"A-{n}", "summary": TEXTS[n]} | each for n, each in enumerate(cases)
        ]
        path.write_bytes(csv_of(*rows_of(*told)))
        monkeypatch.setenv("LC_ALL", lang)
        line = ["keeper", "publish", path, "--out", copy, "--keys", keys, *options]
        monkeypatch.setattr(sys, "argv", [*map(str, line)])
        code = main()
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def state(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in directory.rglob("*")
        if path.is_file()
    }


def added(copy: Path) -> list[dict[str, str]]:
    """Give the records that the bundled release does not hold."""
    bundled = {*load(DATA).incidents.frame["incident_id"]}
    files = ("media_attacks.csv", "rights_incidents.csv")
    rows = pd.concat(pd.read_csv(copy / f, dtype=str, keep_default_na=False) for f in files)
    return rows[~rows["incident_id"].isin(bundled)].to_dict("records")


def keys_of(folder: Path) -> dict[str, str]:
    with (folder / "keys.csv").open(encoding="utf-8", newline="") as file:
        return {row["case_number"]: row["incident_id"] for row in csv.DictReader(file)}
