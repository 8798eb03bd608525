#!/usr/bin/env bash
# cyrtranslit 1.2.0, transliterate 1.10.2, iuliia 0.13.0. Seen 2026-11-30. They have Russian and no
# Kyrgyz; given a Kyrgyz name they write the letters of Russian in Latin and leave ө, ү and ң in
# Cyrillic, without a word: one name in two scripts. anyascii 0.3.3 writes all of them.
# Who is hurt: who makes addresses, keys or search words of names of people in Kyrgyzstan. The name
# is found in neither script, and two spellings of one person are two people.
# Here: the search folds by anyascii and brings both scripts' habits together (`incidents/search.py`);
# how a name is spelled stands in `data/names.csv`.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check \
  cyrtranslit==1.2.0 transliterate==1.10.2 iuliia==0.13.0 anyascii==0.3.3

cat > "$here/expected" <<'EOF'
cyrtranslit Жеңиш ZHeңish U+04A3
cyrtranslit Үсөн Үsөn U+04AE U+04E9
transliterate Жеңиш Zheңish U+04A3
transliterate Үсөн Үsөn U+04AE U+04E9
iuliia Жеңиш Zheңish U+04A3
iuliia Үсөн Үsөn U+04AE U+04E9
anyascii Жеңиш Zhengish
anyascii Үсөн Uson
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import anyascii
import cyrtranslit
import iuliia
import transliterate

writers = {
    "cyrtranslit": lambda name: cyrtranslit.to_latin(name, "ru"),
    "transliterate": lambda name: transliterate.translit(name, "ru", reversed=True),
    "iuliia": lambda name: iuliia.translate(name, iuliia.BGN_PCGN),
    "anyascii": anyascii.anyascii,
}
for name, write in writers.items():
    for given in ("Жеңиш", "Үсөн"):
        written = write(given)
        left = [f"U+{ord(letter):04X}" for letter in written if "\u0400" <= letter <= "\u04ff"]
        print(name, given, written, *left)
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
