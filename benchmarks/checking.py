"""The check of a file of cases against frictionless: `python -m benchmarks.checking`.

Both are asked once each, in processes of their own, about one file of generated cases: seconds,
their ratio, and the most memory that each held. frictionless is given the schema of the package. It
looks at single cells; the check also at rows, duplicates, the release, and personal data.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.generate import incidents
from loaders import Package, load

ROWS = 100_000
WORDS = 24


def cases(package: Package, n: int, target: Path) -> Path:
    """Write generated cases as a keeper's CSV: words of the codebook in any order say nothing."""
    draw = random.Random(7)  # noqa: S311  # no secret: the same each run
    words = [
        word
        for listed in package.codebook.lists.values()
        for text in listed["definition_en"]
        for word in text.split()
    ]
    frame = incidents(package, n).frame
    frame["summary"] = [
        f"Generated, no record: {' '.join(draw.choices(words, k=WORDS))}" for _ in range(n)
    ]
    media = next(iter(package.descriptor.files.values()))
    rows = frame[["dataset", *media.fields]].copy()
    rows["incident_id"] = [f"G-{number:07}" for number in range(n)]
    rows["protected"] = rows["same_event"] = rows["date_end"] = ""
    rows["reader_risk"] = rows["reader_risk"].map({True: "yes", False: ""})
    rows["source_name"], rows["source_published"] = "Generated", rows["date"]
    rows["source_url"] = [f"https://example.org/{number}" for number in range(n)]
    rows["second_source_url"], rows["link"] = "", "open"
    rows.to_csv(target, index=False)
    return target


def schema(package: Package, target: Path) -> Path:
    """Write what the package says of the columns, as a Table Schema."""
    described = next(iter(package.descriptor.files.values())).described["schema"]
    dataset = {"name": "dataset", "type": "string"}
    fields = [dataset, *(_field(package, field) for field in described["fields"])]
    target.write_text(json.dumps({"fields": fields}), encoding="utf-8")
    return target


def _field(package: Package, described: dict[str, Any]) -> dict[str, Any]:
    """Say of a column what frictionless can check; codes, which the package names by their list."""
    told = {key: described[key] for key in ("name", "type", "constraints") if key in described}
    if listed := described.get("codes"):
        codes = list(package.labels(listed, "en"))
        several = {"pattern": "({0})(;({0}))*".format("|".join(codes))}
        limits = several if described.get("list") else {"enum": codes}
        told["constraints"] = told.get("constraints", {}) | limits
    return told


def ran(*command: str) -> tuple[float, float]:
    """Run a command; give its seconds, and the megabytes that it held at most."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise subprocess.CalledProcessError(process.returncode, command)
    return time.perf_counter() - begun, used.ru_maxrss / 1024


def main(n: int = ROWS) -> None:
    """Print both times, their ratio, and the memory of both."""
    package = load()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = cases(package, n, folder / "cases.csv")
        described = schema(package, folder / "schema.json")
        size = file.stat().st_size / 2**20
        ours, held = ran(sys.executable, "-m", "keeper", "check", str(file))
        rival = str(Path(sys.executable).with_name("frictionless"))
        theirs, taken = ran(rival, "validate", str(file), "--schema", str(described), "--trusted")
    print(f"A check of {n:,} generated cases ({size:.0f} MB), against frictionless validate:")
    print(f"  ×{theirs / ours:5.2f} as fast  {ours:.1f} against {theirs:.1f} s")
    print(f"  ×{held / taken:5.2f} the memory  {held:.0f} against {taken:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.checking")
    parser.add_argument("--rows", type=int, default=ROWS, help="how many cases are generated")
    main(parser.parse_args().rows)
