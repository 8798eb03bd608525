#!/usr/bin/env bash
# edtf 4.11.1 (npm). Seen 2026-11-29. A span inside a list or a set counts by its first member:
# `{2021-03..2021-05}` (all of March to May) and `[2021-03..2021-05]` (one of them) have their `max`
# at the end of March. The interval, and a set that names its months one by one, end in May, as they
# do in the Python package of the same name.
# Who is hurt: who filters by `min` and `max`. An incident of which a source says "between March and
# May" is not found in April or May.
# Here: the first and the last day that a vague date allows are columns (`first_day`, `last_day`,
# made in `incidents/schema.py`), tested against every range that touches them.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
cd "$here"
npm install --silent --no-audit --no-fund --prefix "$here" edtf@4.11.1 > /dev/null

cat > expected <<'EOF'
2021-03/2021-05 2021-03-01 2021-05-31
{2021-03..2021-05} 2021-03-01 2021-03-31
[2021-03..2021-05] 2021-03-01 2021-03-31
[2021-03,2021-05] 2021-03-01 2021-05-31
EOF
cat > run.mjs <<'EOF'
import edtf from 'edtf'

const day = (ms) => new Date(ms).toISOString().slice(0, 10)
for (const text of ['2021-03/2021-05', '{2021-03..2021-05}', '[2021-03..2021-05]', '[2021-03,2021-05]']) {
  const date = edtf(text)
  console.log(text, day(date.min), day(date.max))
}
EOF
TZ=UTC node run.mjs > seen
diff -u expected seen || { echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
