#!/usr/bin/env bash
# edtf 4.11.1 (npm). Seen 2026-11-29. `format` marks what is vague in the six languages it has words
# for. In every other, such as Russian and Kyrgyz, it writes without a mark: "about March" as March,
# a month whose day is unknown as its first day, and in Kyrgyz with day before month. In English,
# spring is 1 January.
# Who is hurt: readers of a page in Russian or Kyrgyz, who are told a day that no source gives.
# Here: dates are worded from catalogues by their precision, in each language
# (`loaders/language.py`); a year-dated record says the year alone.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
npm install --silent --no-audit --no-fund --prefix "$here" edtf@4.11.1 > /dev/null

cat > expected <<'EOF'
2021-03~ en ca. 3/2021
2021-03~ ru 03.2021
2021-03~ ky 2021-03
2021-03-XX en 3/X/2021
2021-03-XX ru 01.03.2021
2021-03-XX ky 2021-01-03
2021-21 en 1/1/2021
2021-21 ru 01.01.2021
2021-21 ky 2021-01-01
EOF
cat > run.mjs <<'EOF'
import edtf, { format } from 'edtf'

for (const text of ['2021-03~', '2021-03-XX', '2021-21'])
  for (const language of ['en', 'ru', 'ky'])
    console.log(text, language, format(edtf(text), language))
EOF
TZ=UTC node run.mjs > seen
diff -u expected seen || { echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
