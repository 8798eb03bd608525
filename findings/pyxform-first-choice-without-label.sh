#!/usr/bin/env bash
# pyxform 4.5.0. Seen 2026-11-29. A choice without labels is a warning that names its row. Where it
# is the first row of the sheet, and other rows have labels in several languages, converting a form
# from memory ends with `IndexError: tuple index out of range`, which names neither sheet nor row.
# Who is hurt: who makes a form from a codebook in which the first code is not translated yet. The
# other order of the same rows works.
# Here: a code list with a missing label is refused before anything is made of it, with file, row
# and column (`loaders/tables.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check pyxform==4.5.0 xlrd==2.0.1 openpyxl==3.1.5 defusedxml==0.7.1 et_xmlfile==2.0.0

cat > "$here/expected" <<'EOF'
made; warning: [row : 3] On the 'choices' sheet, the 'label' value is
IndexError: tuple index out of range
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from pyxform.xls2xform import convert

question = {"type": "select_one regions", "name": "region", "label::en": "Region", "label::ky": "Аймак"}
bare = {"list_name": "regions", "name": "KG-GB"}
labelled = {"list_name": "regions", "name": "KG-O", "label::en": "Osh", "label::ky": "Ош"}
for choices in ([labelled, bare], [bare, labelled]):
    try:
        made = convert({"survey": [question], "choices": choices}, form_name="f")
        print("made; warning:", made.warnings[0][:54])
    except IndexError as error:
        print("IndexError:", error)
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
