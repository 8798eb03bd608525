"""The attack recovers nothing where the rules hold, and of every kind something without them."""

import re
import subprocess
import sys

from tests.conftest import HOME
from tests.restricted import KINDS

TELLING = {
    "Through the doors": ("page", "csv", "xlsx", "json", "zip"),
    "Over plain HTTP": ("api csv", "api xlsx", "api json", "api zip", "light", "records"),
}
"""The doors that let something out, were there anything behind them."""


def attack(*options):
    command = [sys.executable, "-m", "tests.attacker", "--doors", "8", *options]
    return subprocess.run(command, cwd=HOME, capture_output=True, text=True, check=False)


def test_nothing_that_is_not_published_can_be_found_out():
    ran = attack()
    told = ran.stdout + ran.stderr
    assert re.search(r"^[1-9]\d* protected records: 0 recovered$", ran.stdout, re.M), told
    assert ran.stdout.count(": 0 recovered") == 8
    assert "5 restricted packages refused" in ran.stdout
    assert "3 of 4 made-up releases read" in ran.stdout  # one tells what is protected since
    # what the files of releases themselves tell, whatever a door says: see docs/LEFT.md
    assert "the published rows of 3 protected records differ" in ran.stdout
    assert ran.returncode == 0


def test_without_the_rules_every_kind_of_value_is_found_out_in_the_domain_and_through_the_doors():
    ran = attack("--without-rules")
    assert ran.returncode == 1, ran.stderr
    for way in ("The domain", *TELLING, "Over time, 4 of 4 made-up", "A cube"):
        line = next(line for line in ran.stdout.splitlines() if line.startswith(way))
        for kind in KINDS:
            assert int(re.search(rf"{kind} (\d+)", line)[1]) > 0, line
        # what would not let anything out cannot be said to hold it back
        told = re.search(r"told by (.*) \(\d+ s\): ", line)
        assert set(TELLING.get(way, ())) <= set(told[1].split(", ") if told else ()), line
    for line in re.findall("^Over time.*$", ran.stdout, re.M):
        assert int(re.search(r"release (\d+)", line)[1]) > 0, line
