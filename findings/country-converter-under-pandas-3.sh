#!/usr/bin/env bash
# country_converter 1.3.2 with pandas 3.1.1. Seen 2026-11-29. It asks for pandas 1.0 or newer,
# installs beside pandas 3, and then fails at every conversion: the missing cells of its own table
# are no longer empty texts. The error names a pattern, not a country.
# Who is hurt: who brings files of other monitors to one country code. With pandas 2.3 the same call
# answers.
# Here: countries of other files are compared with ISO codes in the file itself; the package
# describes one country.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check country_converter==1.3.2 pandas==3.1.1 numpy==2.4.6 python-dateutil==2.9.0.post0 six==1.17.0

cat > "$here/expected" <<'EOF'
Kyrgyzstan TypeError: first argument must be string or compiled pattern
Kyrgyz Republic TypeError: first argument must be string or compiled pattern
KGZ TypeError: first argument must be string or compiled pattern
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import country_converter

for name in ("Kyrgyzstan", "Kyrgyz Republic", "KGZ"):
    try:
        print(name, country_converter.convert(name, to="ISO2"))
    except TypeError as error:
        print(name, "TypeError:", error)
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
