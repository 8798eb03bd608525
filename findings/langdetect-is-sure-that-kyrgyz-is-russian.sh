#!/usr/bin/env bash
# langdetect 1.0.9. Seen 2026-11-30. It has no profile of Kyrgyz, and does not say that it does not
# know: sentences of plain Kyrgyz are Russian, with a probability near 1, though they hold letters
# that Russian has not. py3langid 0.4.0 says Kyrgyz.
# Who is hurt: who sorts reports or sources by language, or leaves out what readers of Russian read
# already: what is said in Kyrgyz alone is lost among it.
# Here: the language of a page is written down by who read it (`data/publishers.csv`), and what a
# text is in is never guessed.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check langdetect==1.0.9 py3langid==0.4.0

cat > "$here/expected" <<'EOF'
has a profile of Kyrgyz: False
Мыйзам долбоору коомдук талкууга коюлду. ru sure: True ky
Шаардык кеңеш жаңы сквер ачты. ru sure: True ky
Сот кийинки жумага жылдырылды. ru sure: True ky
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from pathlib import Path

import langdetect
import py3langid

langdetect.DetectorFactory.seed = 0
profiles = Path(langdetect.__file__).parent / "profiles"
print("has a profile of Kyrgyz:", (profiles / "ky").exists())
for text in (
    "Мыйзам долбоору коомдук талкууга коюлду.",
    "Шаардык кеңеш жаңы сквер ачты.",
    "Сот кийинки жумага жылдырылды.",
):
    best = langdetect.detect_langs(text)[0]
    print(text, best.lang, "sure:", best.prob > 0.9, py3langid.classify(text)[0])
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
