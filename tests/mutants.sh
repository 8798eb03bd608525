#!/bin/sh
# Breaks incidents/protection.py in every small way mutmut knows, one after the other, and asks
# its own tests whether they notice: `make mutants`. In a copy, because mutmut edits in place.
# mutmut takes only exit code 1 for a failure, and pytest ends with 2 where a test cannot be read.
set -eu
bin=$(cd "$1" && pwd)
tests=tests/incidents/test_protection.py
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp -r --parents incidents data/codebook "$tests" "$copy"
cd "$copy"
"$bin/mutmut" run --paths-to-mutate incidents/protection.py --tests-dir tests --no-progress \
  --simple-output --test-time-base 60 \
  --runner "sh -c '$bin/python -B -m pytest -x -q -p no:cacheprovider $tests || exit 1'" ||
  echo "Some survived:"
"$bin/mutmut" results
for mutant in $("$bin/mutmut" result-ids survived); do "$bin/mutmut" show "$mutant"; done
