#!/usr/bin/env bash
# statsmodels 0.15.0. Seen 2026-11-29. Two answers for a count of zero. `confint_poisson(0, 1,
# method="midp-c")` gives an interval without width around 3, which excludes the zero that was
# counted. `test_poisson_2indep(0, 1, 5, 1, method="score-log")` gives p = 0, where the exact
# conditional test gives 0.06.
# Who is hurt: who counts rare events. A year in which nothing was recorded is said to have had
# three, and five after nothing is called certain.
# Here: intervals are exact ones of a share, from scipy (`incidents/chance.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1 patsy==1.0.3 packaging==26.4 python-dateutil==2.9.0.post0 six==1.17.0

cat > "$here/expected" <<'EOF'
0 exact-c 0.00 to 3.69
0 midp-c 3.00 to 3.00
1 exact-c 0.03 to 5.57
1 midp-c 0.05 to 4.93
0 and 5 exact-cond p = 0.0625
0 and 5 score p = 0.0253
0 and 5 score-log p = 0.0000
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
from statsmodels.stats.rates import confint_poisson, test_poisson_2indep

for count in (0, 1):
    for method in ("exact-c", "midp-c"):
        low, high = confint_poisson(count, 1, method=method)
        print(count, method, f"{low:.2f} to {high:.2f}")
for method in ("exact-cond", "score", "score-log"):
    print("0 and 5", method, f"p = {test_poisson_2indep(0, 1, 5, 1, method=method).pvalue:.4f}")
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
