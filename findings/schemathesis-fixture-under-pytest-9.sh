#!/usr/bin/env bash
# schemathesis 4.32.5 with pytest 9.2.0. Seen 2026-11-29. A test that takes its description of an API
# from a fixture (`schemathesis.pytest.from_fixture`, `@schema.parametrize()`), as its documentation shows,
# ends with an AttributeError about `_nodeid` before anything is asked. The same operation is asked
# by a strategy of its own without a complaint.
# Who is hurt: who tests an API so, and updates pytest.
# Here: the strategy of each operation is run by hypothesis itself (`tests/web/test_openapi.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check schemathesis==4.32.5 pytest==9.2.0 hypothesis==6.170.15

cat > "$here/test_api.py" <<'EOF'
import pytest
import schemathesis
from hypothesis import given, settings

ANSWER = {"200": {"description": "yes"}}
PATHS = {"/counts": {"get": {"responses": ANSWER}}}
RAW = {"openapi": "3.1.0", "info": {"title": "a", "version": "1"}, "paths": PATHS}


@pytest.fixture
def described():
    return schemathesis.openapi.from_dict(RAW)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
def test_by_fixture(case):
    assert case.method == "GET"


def test_by_strategy(described):
    @settings(max_examples=3, database=None)
    @given(described["/counts"]["GET"].as_strategy())
    def asked(case):
        assert case.method == "GET"

    asked()
EOF
cd "$here"
"$here/venv/bin/python" -m pytest -q -p no:cacheprovider test_api.py > "$here/told" 2>&1 || true
cat > "$here/expected" <<'EOF'
AttributeError: 'Function' object has no attribute '_nodeid'
FAILED test_api.py::test_by_fixture
1 failed, 1 passed
EOF
grep -o "AttributeError: 'Function' object has no attribute '_nodeid'" "$here/told" | head -1 > "$here/seen" || true
grep -o "^FAILED test_api.py::test_by_fixture" "$here/told" >> "$here/seen" || true
grep -o "1 failed, 1 passed" "$here/told" >> "$here/seen" || true
diff -u "$here/expected" "$here/seen" || { tail -30 "$here/told"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
