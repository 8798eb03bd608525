#!/usr/bin/env bash
# typst (Python) 0.15.2. Seen 2026-11-30. `font_paths` takes folders. The path of a typeface's file is
# passed over without a word, and the text is set in whatever else there is: here in nothing, since
# other typefaces are switched off; with them on, in another one. And under PDF/UA-1 one letter that
# the typeface lacks stops the whole document, where other PDFs show an empty box.
# Who is hurt: who ships one typeface for a language: Kyrgyz then depends on what a machine has.
# Here: the folder is given, a letter that is missing is `?` (`answers/paper.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check typst==0.15.2 font-source-sans-pro==0.0.1

cat > "$here/expected" <<'EOF'
a file: []
its folder: ['Source Sans Pro']
pdf, ң: made
pdf, 中: made
ua-1, ң: made
ua-1, 中: refused
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from pathlib import Path

import font_source_sans_pro
import typst

face = Path(font_source_sans_pro.SourceSansPro)
only = {"include_system_fonts": False, "include_embedded_fonts": False}
for name, path in (("a file", face), ("its folder", face.parent)):
    print(f"{name}:", typst.Fonts(font_paths=[str(path)], **only).families())
fonts = typst.Fonts(font_paths=[str(face.parent)], **only)
text = '#set document(title: "A")\n#set text(font: "Source Sans Pro", lang: "ky", fallback: false)\n'
for standard in (None, "ua-1"):
    for letter in "ң中":
        more = {"pdf_standards": [standard]} if standard else {}
        try:
            typst.compile((text + letter).encode(), font_paths=fonts, **more)
            said = "made"
        except typst.TypstError:
            said = "refused"
        print(f"{standard or 'pdf'}, {letter}: {said}")
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
