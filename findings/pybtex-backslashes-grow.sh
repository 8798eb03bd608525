#!/usr/bin/env bash
# pybtex 0.26.1. Seen 2026-11-29. What it writes as BibTeX it does not read as it wrote it: every
# `&`, `%` and `_` gets a backslash each time a file goes through, backslashes that are there are
# doubled, and addresses are no exception.
# Who is hurt: who merges files of references with it. `Law \& order` becomes a line break and an
# alignment mark, which stops LaTeX; a permanent link with two parameters leads to another view than
# the one cited.
# Here: pybtex only reads, in tests; `bibtex` in `incidents/citation.py` writes.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check pybtex==0.26.1 latexcodec==3.0.1 PyYAML==6.0.4

cat > "$here/expected" <<'EOF'
Law \& order, 50\%   http://x.example/?a=1&b=2
Law \\& order, 50\\%   http://x.example/?a=1\&b=2
Law \\\& order, 50\\\%   http://x.example/?a=1\\&b=2
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from pybtex.database import parse_string

text = r"@misc{k, title = {Law \& order, 50\%}, url = {http://x.example/?a=1&b=2}}"
for _ in range(3):
    entry = parse_string(text, "bibtex").entries["k"]
    print(entry.fields["title"], " ", entry.fields["url"])
    text = parse_string(text, "bibtex").to_string("bibtex")
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
