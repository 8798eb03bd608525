#!/usr/bin/env bash
# libhxl 5.2.2. Seen 2026-11-29. `clean_data(date=…)` leaves "2021-03" and "2021" as they are. With
# `date_format` it completes them with the day and month on which it runs: every year-dated row
# falls on one day, another one tomorrow.
# Who is hurt: who normalises dates before sharing a file with HXL tags, on the command line
# (`hxlclean`) too. Days appear that no source gives, and the same input makes another file each
# day.
# Here: a date keeps its precision in a column of its own; nothing is completed
# (`incidents/schema.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check libhxl==5.2.2 python-dateutil==2.9.0.post0

cat > "$here/expected" <<'EOF'
{} 2021-03-05 | a month kept | a year kept
{'date_format': '%Y-%m-%d'} 2021-03-05 | a month with today's day | a year with today's day and month
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import datetime

import hxl

rows = [["#date"], ["2021-03-05"], ["2021-03"], ["2021"]]
today = datetime.date.today()
for options in ({}, {"date_format": "%Y-%m-%d"}):
    cleaned = hxl.data(rows, hxl.InputOptions(allow_local=True)).clean_data(date=["#date"], **options)
    day, month, year = (row.values[0] for row in cleaned)
    print(options, day, "| a month", "kept" if month == "2021-03" else
          "with today's day" if month == f"2021-03-{today:%d}" else month,
          "| a year", "kept" if year == "2021" else
          "with today's day and month" if year == f"2021-{today:%m-%d}" else year)
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
