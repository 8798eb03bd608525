#!/usr/bin/env bash
# pymannkendall 1.4.3. Seen 2026-12-01. Of eight yearly counts that rise every year the plain test finds
# a trend. The two that correct the variance for years that depend on each other say "no trend" with p = nan:
# of so few years the corrected variance can be below zero, and its root is no number. Of eight that go
# up and down the plain test finds none, and one of the corrected ones is certain (p = 0): its variance
# is next to nothing. Neither warns more than numpy does of a root.
# Who is hurt: who takes the corrected test for the safe one, as a monitor of a few years would, and
# prints its word. A rise is called none, and a zigzag a rise.
# Here: `incidents/chance.py` lays its line through months and says how far these hang together instead of
# correcting for it; a line that cannot be laid is none, with a sentence that says so.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check \
  pymannkendall==1.4.3 numpy==2.4.6 scipy==1.17.1

cat > "$here/expected" <<'EOF'
every year more: original_test increasing p 0.0008
every year more: hamed_rao_modification_test no trend p nan
every year more: yue_wang_modification_test no trend p nan
up and down: original_test no trend p 0.2125
up and down: hamed_rao_modification_test no trend p nan
up and down: yue_wang_modification_test increasing p 0.0000
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import pymannkendall

TESTS = ("original_test", "hamed_rao_modification_test", "yue_wang_modification_test")
COUNTS = {"every year more": [1, 2, 3, 4, 5, 6, 7, 8], "up and down": [2, 4, 1, 5, 3, 6, 2, 7]}
for name, counts in COUNTS.items():
    for test in TESTS:
        found = getattr(pymannkendall, test)(counts)
        print(f"{name}: {test} {found.trend} p {found.p:.4f}")
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
