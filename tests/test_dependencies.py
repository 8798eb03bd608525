import json

import pytest

from tests.dependencies import FINE, NOTHING, UNCHECKED, VULNERABLE, verdict

GOOD = {"name": "good", "version": "1", "vulns": []}
BAD = {"name": "bad", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}
SKIPPED = {"name": "lost", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("found", "code", "word"),
    [
        ([GOOD], FINE, "1 of 1 packages were checked; 0 vulnerabilities"),
        ([GOOD, BAD], VULNERABLE, "bad 1: CVE-1, mended in 2"),
        ([BAD, SKIPPED], VULNERABLE, "lost: not checked"),
        ([GOOD, SKIPPED], UNCHECKED, "lost: not checked"),
        ([SKIPPED, SKIPPED], UNCHECKED, NOTHING),
        ([], UNCHECKED, NOTHING),
    ],
)
def test_only_what_was_looked_up_counts_as_checked(found, code, word):
    result, said = verdict(json.dumps({"dependencies": found}))
    assert result == code
    assert word in said


def test_an_audit_that_broke_off_says_that_nothing_was_checked():
    assert verdict("") == (UNCHECKED, NOTHING)
