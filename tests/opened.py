"""Which files a reader's address makes the server open: a process of its own, for an audit hook
cannot be taken away again.

`python -m tests.opened '[{"id": ["../x"]}]'` walks every page under each of the queries, and prints
the paths opened under each, and the errors, as JSON.
"""

import json
import os
import sys

from streamlit.testing.v1 import AppTest

from tests.conftest import HOME

PAGES = (
    "overview",
    "map",
    "trends",
    "claims",
    "records",
    "impact",
    "methodology",
    "codes",
    "cited",
    "reader-safety",
    "check",
)
opened: list[str] = []


def note(event: str, arguments: tuple) -> None:
    """Keep the path of every file or folder that Python opens, lists or deletes."""
    touches = event in ("open", "os.listdir", "os.scandir", "os.remove", "os.mkdir", "os.rename")
    if touches and isinstance(arguments[0], str | bytes | os.PathLike):
        opened.append(os.fsdecode(arguments[0]))


def walk(query: dict[str, list[str]]) -> dict[str, object]:
    """Visit every page under a query; give the paths opened, and the errors."""
    opened.clear()
    errors = []
    for page in PAGES:
        app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=60)
        for name, values in query.items():
            app.query_params[name] = values
        app.switch_page(f"pages/{page}.py").run()
        errors += [error.message for error in app.exception]
    return {"opened": sorted(set(opened)), "errors": errors}


if __name__ == "__main__":
    sys.addaudithook(note)
    sys.stdout.write(json.dumps([walk(query) for query in json.loads(sys.argv[1])]))
