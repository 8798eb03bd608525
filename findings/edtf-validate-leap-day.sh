#!/usr/bin/env bash
# edtf-validate 2.0.0. Seen 2026-11-29. 29 February is valid in every year written with hyphens. 30
# February and 31 June are refused, so the day is looked at, but the year is not.
# Who is hurt: who checks dates of records with it, the one validator of EDTF on PyPI. A day that
# never was is published, and fails later in whatever makes a date of it.
# Here: `incidents/schema.py` makes the day itself (`not_a_date`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check edtf-validate==2.0.0 pyparsing==3.3.3

cat > "$here/expected" <<'EOF'
2020-02-29 valid: True a day of the calendar: True
2021-02-29 valid: True a day of the calendar: False
2021-02-30 valid: False a day of the calendar: False
2021-06-31 valid: False a day of the calendar: False
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from datetime import date

from edtf_validate.valid_edtf import is_valid

for text in ("2020-02-29", "2021-02-29", "2021-02-30", "2021-06-31"):
    try:
        known = bool(date.fromisoformat(text))
    except ValueError:
        known = False
    print(text, "valid:", is_valid(text), "a day of the calendar:", known)
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
