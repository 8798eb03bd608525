"""Generated cases that are counted and never listed. None of them is true of anybody.

The bundled codebook asks for no such code, so a made-up group and a made-up act are added to a
copy of it. The cases are drawn at random and written to a temporary folder only.
"""

from pathlib import Path

import numpy as np
import pandas as pd

GROUP, ACT = "generated_group", "generated_act"
YEARS = range(2017, 2026)


def ask_to_count(directory: Path) -> None:
    """Add the made-up codes to a copy of the codebook, as codes that are counted only."""
    for name, code in (("groups", GROUP), ("violations", ACT)):
        path = directory / "codebook" / f"{name}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        row = {column: f"Generated, {column}" for column in table.columns}
        row |= {"code": code, "protected": "aggregate_only", "counter_code": code}
        row |= {"media_category": "", "rights_category": "violence"} if code == ACT else {}
        table = pd.concat([table, pd.DataFrame([row])])[table.columns]
        table.to_csv(path, index=False, lineterminator="\n")


def generated(seed: int, n: int = 200) -> pd.DataFrame:
    """Draw cases of uneven frequency: most in the capital, some years and answers rare."""
    draw = np.random.default_rng(seed)

    def some(codes: list[str], weights: list[float]) -> np.ndarray:
        return draw.choice(codes, n, p=np.array(weights) / sum(weights))

    regions = ["KG-GB", "KG-GO", "KG-C", "KG-J", "KG-B", "KG-N", "KG-T", "KG-Y", "KG-O", "KG"]
    year = some([str(y) for y in YEARS], [1, 2, 4, 8, 16, 30, 20, 12, 7])
    return pd.DataFrame(
        {
            "date": [f"{y}-{m:02}-{d:02}" for y, m, d in _days(year, draw)],
            "region": some(regions, [60, 10, 8, 5, 2, 1, 1, 1, 4, 8]),
            "groups": some([GROUP, f"women;{GROUP}", "women"], [5, 3, 2]),
            "target": "person",
            "violations": some([ACT, "threat", f"threat;{ACT}"], [5, 3, 2]),
            "perpetrator": some(["non_state", "authorities", "mixed", "unknown"], [60, 25, 3, 12]),
            "response": some(["none_reported", "investigation", "conviction"], [80, 15, 2]),
        }
    )


def _days(years: np.ndarray, draw: np.random.Generator) -> list[tuple[str, int, int]]:
    return [(y, int(draw.integers(1, 13)), int(draw.integers(1, 29))) for y in years]
