"""Ask html-validate about every light page and every embed in three languages: `make html`.

It is no part of the tests: npm fetches the program from the network, into a temporary folder, as
`tests/html-validate/package-lock.json` pins it. What it need not find stands here with its reason.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from answers import pages
from incidents.codebook import LANGUAGES
from tests.asking import question
from tests.conftest import HOME
from tests.web.addresses import within
from tests.web.reading import get, of_doors
from web.light import PAGES

PINNED = HOME / "tests" / "html-validate"
MORE = (
    "map?fill=change",
    "trends?split=group&nothing=1",
    "?q=nothing+like+it",
    "records?id=M-0105",
)
MORE += ("records?id=M-9999", "codes?id=media", "trends?data=media&from=2018&to=2022")
OFF = {
    # checkboxes of one filter bear one name: an address repeats its parameter
    "form-dup-name": "off",
    # a frame is called by the sentence that it shows, and stands in no tab
    "long-title": "off",
}
RULES = {"extends": ["html-validate:recommended"], "rules": OFF}


def written(folder: Path) -> int:
    """Write every page into a folder; give how many there are."""
    doors = of_doors()
    names = pages.figures(question("/"))
    paths = [*(f"/light/{path}" for path in (*PAGES, *MORE)), *(f"/embed/{name}" for name in names)]
    asked = [within(path, f"lang={lang}") for path in (*paths, "/api/") for lang in LANGUAGES]
    for at, path in enumerate(asked):
        body = get(doors, path).body
        (folder / f"{at:03}.html").write_bytes(body)
    (folder / "paths.json").write_text(json.dumps(dict(enumerate(asked)), indent=1))
    return len(asked)


def main() -> int:
    """Fetch the program, ask it; give how it ends."""
    if not shutil.which("npm"):
        print("npm is needed", file=sys.stderr)
        return 3
    with TemporaryDirectory(prefix="html-") as made:
        folder = Path(made)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(PINNED / name, folder)
        quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--silent"]
        subprocess.run(["npm", "ci", *quiet], cwd=folder, check=True)  # from PATH
        (folder / ".htmlvalidate.json").write_text(json.dumps({"root": True, **RULES}))
        n = written(folder)
        files = sorted(path.name for path in folder.glob("*.html"))
        program = str(folder / "node_modules" / ".bin" / "html-validate")
        ended = subprocess.run([program, "--formatter", "text", *files], cwd=folder, env=os.environ)
        print(f"{n} pages asked", "and nothing found" if not ended.returncode else "")
        return ended.returncode


if __name__ == "__main__":
    sys.exit(main())
