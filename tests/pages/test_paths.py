"""No address leads to a file, and nobody can send one."""

import json
import subprocess
import sys
import tomllib

from tests.conftest import HOME

PARAMETERS = ("id", "release", "place", "q", "data", "lang", "group", "from", "sort", "page")
VALUES = [
    "../../../../intruder",
    "..%2f..%2f%2e%2e/intruder",
    "/etc/intruder",
    "intruder\0.csv",
    "file:///etc/intruder",
    "..\\..\\intruder",
    "~/intruder",
]


def test_what_an_address_holds_makes_no_difference_to_which_files_are_opened():
    queries = [{name: [value] for name in PARAMETERS} for value in ("nobody", *VALUES)]
    ran = subprocess.run(
        [sys.executable, "-m", "tests.opened", json.dumps(queries)],
        cwd=HOME,
        capture_output=True,
        text=True,
        check=True,
    )
    harmless, *asked = json.loads(ran.stdout)
    assert str(HOME / "data" / "media_attacks.csv") in harmless["opened"]
    assert len(asked) == len(VALUES)
    for found in asked:
        assert found["errors"] == []
        assert not [path for path in found["opened"] if "intruder" in path]
        assert without_modules(found["opened"]) <= without_modules(harmless["opened"])


TAKERS = {HOME / "pages" / "shared" / name for name in ("cited.py", "check.py")}
"""The places that take a file: it is read in memory, and written nowhere."""


def without_modules(paths):
    """Leave out what Python opens to import, some of it only when it is first needed."""
    return {path for path in paths if "site-packages" not in path and not path.endswith(".pyc")}


def test_nobody_can_send_a_file_but_to_two_pages_and_without_being_told_a_small_one():
    config = tomllib.loads((HOME / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["maxUploadSize"] == 1
    for path in [HOME / "dashboard.py", *(HOME / "pages").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        for sender in ("file_uploader", "chat_input", "camera_input", "audio_input"):
            allowed = sender == "file_uploader" and path in TAKERS
            assert text.count(sender) == allowed, path
