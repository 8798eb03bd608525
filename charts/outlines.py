"""The outlines of a map as the file that it loads once."""

import json
from collections.abc import Mapping
from typing import Any


def outlines_script(neighbours: Mapping[str, Any], regions: Mapping[str, Any]) -> str:
    """Write the outlines as the JavaScript file that the map loads: cities over the regions."""
    cities_last = sorted(regions["features"], key=lambda f: f["properties"].get("type") == "city")
    features = [
        {
            "type": "Feature",
            "geometry": feature["geometry"],
            "properties": {
                "parameter": "region",
                "code": of["region"],
                "at": [of["label_lat"], of["label_lon"]],
                "city": of.get("type") == "city",
            },
        }
        for feature in cities_last
        for of in (feature["properties"],)
    ]
    bare = [{"type": "Feature", "geometry": f["geometry"]} for f in neighbours["features"]]
    outlines = {
        name: {"type": "FeatureCollection", "features": found}
        for name, found in (("neighbours", bare), ("regions", features))
    }
    return f"window.OUTLINES = {json.dumps(outlines, separators=(',', ':'))};\n"
