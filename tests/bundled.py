"""What the tests know of the bundled release: its version and its counts, in one file.

`python -m tests.bundled` writes `tests/bundled.json` again after the data changed. The counts are
made a second, plain way, so that comparing them with the dashboard still says something.
"""

import json
from pathlib import Path
from typing import Any

from tests import plain
from tests.conftest import DATA

FILE = Path(__file__).with_suffix(".json")


def counted() -> dict[str, Any]:
    """Count the bundled release."""
    rows = [row for row in plain.rows() if plain.counted(row)]
    datasets = [row["dataset"] for row in rows]
    described = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    return {
        "release": described["version"],
        "counted": len(rows),
        "by_dataset": {name: datasets.count(name) for name in plain.FILES},
        "protected": sum(row["protected"] == "yes" for row in plain.rows()),
    }


def main() -> None:
    """Write the file again."""
    FILE.write_text(json.dumps(counted(), indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.name} was written.")


KNOWN: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
RELEASE: str = KNOWN.get("release", "")
COUNTED: int = KNOWN.get("counted", 0)
BY_DATASET: dict[str, int] = KNOWN.get("by_dataset", {})
PROTECTED: int = KNOWN.get("protected", 0)

if __name__ == "__main__":
    main()
