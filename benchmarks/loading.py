"""What loading a package takes: the first time from its CSV, and once more in another process."""

import subprocess
import sys
from pathlib import Path

from benchmarks.material import Made
from benchmarks.results import LOAD, Results
from tests.browser.serving import HOME

FIRST, AGAIN = "from CSV", "once more, in a new process"
SCRIPT = """
import sys, time
from pathlib import Path
from loaders import load
begun = time.perf_counter()
load(Path(sys.argv[1]))
print(time.perf_counter() - begun)
"""
TIMES = 3


def loaded(directory: Path) -> float:
    """Give the seconds in which a new process loads a package, its imports apart."""
    command = [sys.executable, "-c", SCRIPT, str(directory)]
    ran = subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=True)
    return float(ran.stdout)


def measured(made: Made, found: Results) -> None:
    """Measure both, before anything else has loaded the package: a cache may lie beside it then."""
    found.add(LOAD, FIRST, made.size, [loaded(made.directory)])
    times = TIMES if made.size < 1_000_000 else 1
    found.add(LOAD, AGAIN, made.size, [loaded(made.directory) for _ in range(times)])
