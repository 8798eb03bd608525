#!/usr/bin/env bash
# cffconvert 2.0.0 and rispy 0.10.0. Seen 2026-11-29. cffconvert ends a RIS record with `ER` alone,
# without the two blanks, dash and blank that the format has after every tag. rispy, which waits for
# `ER  - `, reads the file as no records, and raises nothing.
# Who is hurt: who offers the RIS that a CITATION.cff is converted to. A reader's list of references
# stays empty, and no program says why.
# Here: RIS is written by `ris` in `incidents/citation.py`, whose last line is whole; tests read it
# back with rispy.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check cffconvert==2.0.0 rispy==0.10.0

cat > "$here/expected" <<'EOF'
'ER'
records read: 0
records read with a whole last line: 1
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from cffconvert import Citation

import rispy

cff = """cff-version: 1.2.0
message: Cite it.
type: dataset
title: Recorded incidents
authors:
  - name: An organisation
version: 2026.11.5
date-released: 2026-11-25
"""
ris = Citation(cff).as_ris()
print(repr(ris.splitlines()[-1]))
print("records read:", len(rispy.loads(ris)))
mended = ris.rstrip() + "  - \n"
print("records read with a whole last line:", len(rispy.loads(mended)))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
