#!/usr/bin/env bash
# nltk 3.10.4, krippendorff 0.9.0, statsmodels 0.15.0. Seen 2026-11-29. Two coders who gave one and
# the same code to all items agree by 1 (nltk, every measure), by nan (statsmodels), or raise a
# ValueError (krippendorff). One item that one coder left out ends nltk's kappa with a RuntimeError
# about an iterator.
# Who is hurt: who publishes how well coders agree on codes that are rare. The same sheet is
# perfect, missing, or an error, by the library.
# Here: kappa is left out, and said to be, where both coders are one; items and agreements are
# counted beside it (`incidents/quality.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check nltk==3.10.4 krippendorff==0.9.0 statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1

cat > "$here/expected" <<'EOF'
nltk kappa, alpha 1.0 1.0
statsmodels kappa nan
krippendorff alpha ValueError
an item left out: nltk kappa RuntimeError
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import krippendorff
import numpy as np
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats.inter_rater import cohens_kappa


def said(make):
    try:
        return f"{float(make()):.1f}"
    except Exception as error:
        return type(error).__name__


same = AnnotationTask([(coder, item, "x") for coder in "ab" for item in range(4)])
print("nltk kappa, alpha", said(same.kappa), said(same.alpha))
print("statsmodels kappa", said(lambda: cohens_kappa(np.array([[4, 0], [0, 0]])).kappa))
print("krippendorff alpha", said(lambda: krippendorff.alpha(np.ones((2, 4)), level_of_measurement="nominal")))
one_less = AnnotationTask([("a", 1, "x"), ("b", 1, "x"), ("a", 2, "y")])
print("an item left out: nltk kappa", said(one_less.kappa))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
