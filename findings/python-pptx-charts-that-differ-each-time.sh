#!/usr/bin/env bash
# python-pptx 1.0.2 with XlsxWriter 3.2.9. Seen 2026-11-30. The same slide with a chart, made twice with
# the same dates in its properties, is two different files: the workbook behind the chart says when
# it was made. A slide without a chart differs in no part.
# Who is hurt: who compares, caches or signs what a program makes, and who does not want a file to
# tell when somebody asked for it.
# Here: the parts are written again with the day of the release (`answers/slide.py`).
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check python-pptx==1.0.2 XlsxWriter==3.2.9 lxml==6.1.0 pillow==12.3.0 typing-extensions==4.16.0

cat > "$here/expected" <<'EOF'
without a chart: the same parts
with a chart: other parts: ppt/embeddings/Microsoft_Excel_Sheet1.xlsx
of the workbook: other parts: docProps/core.xml
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import io
import time
import zipfile
from datetime import datetime

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

def made(charted):
    shown = Presentation()
    shown.core_properties.created = shown.core_properties.modified = datetime(2026, 11, 29)
    slide = shown.slides.add_slide(shown.slide_layouts[6])
    if charted:
        data = CategoryChartData()
        data.categories = ["2021", "2022"]
        data.add_series("Incidents", [26, 51])
        slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, 0, 0, 914400, 914400, data)
    out = io.BytesIO()
    shown.save(out)
    return out.getvalue()

def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}

def told(a, b):
    names = [name for name in a if a[name] != b[name]]
    return f"other parts: {', '.join(names)}" if names else "the same parts"

for charted in (False, True):
    one = parts(made(charted))
    time.sleep(1.1)  # the time is told in seconds
    two = parts(made(charted))
    print(f"with{'' if charted else 'out'} a chart:", told(one, two))
book = "ppt/embeddings/Microsoft_Excel_Sheet1.xlsx"
print("of the workbook:", told(parts(one[book]), parts(two[book])))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
