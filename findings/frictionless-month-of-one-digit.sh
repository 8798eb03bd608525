#!/usr/bin/env bash
# frictionless 5.21.0 (and tableschema 1.21.0). Seen 2026-11-29. A `yearmonth` may be "2021-3", also
# 2021-003; the specification's form is YYYY-MM. The file stays valid, and the same month is two
# texts in it.
# Who is hurt: who compares, sorts or joins the months of a validated file as the texts they are:
# "2021-10" comes before "2021-3", and March is counted twice.
# Here: periods are matched by an explicit pattern (`PERIOD` in `incidents/selection.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check frictionless==5.21.0

cat > "$here/expected" <<'EOF'
2021-03 valid
2021-3 valid
2021-003 valid
2021-13 refused
2021 refused
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from frictionless import Resource, Schema, validate

schema = Schema.from_descriptor({"fields": [{"name": "month", "type": "yearmonth"}]})
for text in ("2021-03", "2021-3", "2021-003", "2021-13", "2021"):
    valid = validate(Resource(data=[["month"], [text]], schema=schema)).valid
    print(text, "valid" if valid else "refused")
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
