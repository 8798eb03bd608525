#!/usr/bin/env bash
# pyxform 4.5.0. Seen 2026-11-29. `required` takes yes, Yes and TRUE. What it does not know, such as
# `да`, `ооба`, `1` or `y`, goes into the form as an expression, without a warning (ODK Validate,
# which needs Java, was not asked). `да` is the path of a question that does not exist, which is
# never true: the answer may stay empty.
# Who is hurt: keepers who write a form in Russian or Kyrgyz. The source of a record was required,
# and comes back empty from the field.
# Here: a file from a form is checked like any other; a record without source is refused
# (`incidents/schema.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check pyxform==4.5.0 xlrd==2.0.1 openpyxl==3.1.5 defusedxml==0.7.1 et_xmlfile==2.0.0

cat > "$here/expected" <<'EOF'
yes ['required="true()"'] warnings: 0
Yes ['required="true()"'] warnings: 0
TRUE ['required="true()"'] warnings: 0
да ['required="да"'] warnings: 0
ооба ['required="ооба"'] warnings: 0
1 ['required="1"'] warnings: 0
y ['required="y"'] warnings: 0
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import re

from pyxform.xls2xform import convert

for word in ("yes", "Yes", "TRUE", "да", "ооба", "1", "y"):
    question = {"type": "text", "name": "source", "label": "Source", "required": word}
    made = convert({"survey": [question]}, form_name="f")
    print(word, re.findall(r'required="[^"]*"', made.xform), "warnings:", len(made.warnings))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
