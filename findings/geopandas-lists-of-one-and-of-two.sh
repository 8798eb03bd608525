#!/usr/bin/env bash
# geopandas 1.2.0 with pyogrio 0.13.0. Seen 2026-11-29. A GeoJSON whose property is a list is read
# as lists and written back in two ways: a list of one as a list, a list of two as the text numpy
# prints, without commas, an empty one as an empty list.
# Who is hurt: who passes a map file through it, to clip or simplify. A record with two groups has
# one group of a strange name afterwards, and only such records do.
# Here: the map's GeoJSON holds counts by place, no lists; several codes of a record are one text
# with semicolons, in every file.
set -eu
here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
python3 -m venv "$here/venv"
"$here/venv/bin/pip" install -q --disable-pip-version-check geopandas==1.2.0 pyogrio==0.13.0 pandas==3.1.1 numpy==2.4.6 shapely==2.2.0 pyproj==3.7.2 packaging==26.4 certifi==2026.10.19.post1 python-dateutil==2.9.0.post0 six==1.17.0

cat > "$here/expected" <<'EOF'
["women"]
"['women' 'uzbek']"
[]
EOF
"$here/venv/bin/python" -W ignore - > "$here/seen" 2> "$here/said" <<'EOF'
import json
import tempfile
from pathlib import Path

import geopandas

point = {"type": "Point", "coordinates": [74.59, 42.87]}
features = [
    {"type": "Feature", "geometry": point, "properties": {"groups": groups}}
    for groups in (["women"], ["women", "uzbek"], [])
]
folder = Path(tempfile.mkdtemp())
(folder / "a.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
geopandas.read_file(folder / "a.geojson").to_file(folder / "b.geojson", driver="GeoJSON")
for feature in json.loads((folder / "b.geojson").read_text())["features"]:
    print(json.dumps(feature["properties"]["groups"]))
EOF
diff -u "$here/expected" "$here/seen" || { cat "$here/said"; echo "$(basename "$0"): changed"; exit 1; }
echo "$(basename "$0"): OK"
