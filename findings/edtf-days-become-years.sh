#!/usr/bin/env bash
# edtf 5.0.2. Seen 2026-11-29. `text_to_edtf` reads the end of a span of days as a year: "5-7 March
# 2021" is a day of 2005, "March 5-7, 2021" one of 2007. Of two full days it keeps the first and
# drops its year, of "2021 or 2022" the first. Nothing says that anything was left out.
# Who is hurt: who lets it turn a source's words into dates of vague precision. The incident moves
# by sixteen years, and passes every later check.
# Here: dates are typed as ISO and checked by explicit patterns (`loaders`, `incidents/schema.py`);
# no words are read.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check edtf==5.0.2 pyparsing==3.3.3 python-dateutil==2.9.0.post0 six==1.17.0

cat > "$here/expected" <<'EOF'
5 March 2021 -> 2021-03-05
5-7 March 2021 -> 2005-03-07
March 5-7, 2021 -> 2007-03-05
March 5, 2021 to April 6, 2021 -> XXXX-03-05
2021 or 2022 -> 2021
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from edtf import text_to_edtf

for text in ("5 March 2021", "5-7 March 2021", "March 5-7, 2021", "March 5, 2021 to April 6, 2021",
             "2021 or 2022"):
    print(text, "->", text_to_edtf(text))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
