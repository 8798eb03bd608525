"""The copy as files against wget, which fetches the same pages: `python -m benchmarks.copying`.

wget is given the addresses, in every language, and asks the running server for one after the other.
"""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from incidents.codebook import LANGUAGES
from tests.browser.serving import served
from web import snapshot


def addresses(house: str) -> list[str]:
    """List the light pages that the copy holds."""
    views = list(snapshot.views(snapshot.question("", {}, LANGUAGES[0])))
    return [
        f"{house}/light/{path}?{urlencode({**query, 'lang': lang})}"
        for lang in LANGUAGES
        for path, query in views
    ]


def fetched(house: str, folder: Path) -> tuple[int, float]:
    """Give how many pages wget fetched, and the seconds that it took."""
    program = shutil.which("wget")
    if program is None:
        sys.exit("wget is needed: it is a package of Debian of that name")
    listed = folder / "addresses"
    listed.write_text("\n".join(wanted := addresses(house)), encoding="ascii")
    begun = time.perf_counter()
    command = [program, "--quiet", "--input-file", listed, "--directory-prefix", folder / "pages"]
    subprocess.run(command, check=True)
    return len(wanted), time.perf_counter() - begun


def main() -> None:
    """Print both times, their ratio, and how large the copy is."""
    with tempfile.TemporaryDirectory() as name, served() as house:
        folder = Path(name)
        n, theirs = fetched(house, folder)
        begun = time.perf_counter()
        command = [sys.executable, "-m", "web.snapshot", folder / "copy"]
        subprocess.run(command, check=True)
        ours = time.perf_counter() - begun
        files = [path for path in (folder / "copy").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files) / 1_000_000
    print(f"The copy as files ({len(files):,} files, {size:.0f} MB), against {n:,} pages by wget:")
    print(f"  ×{ours / theirs:5.2f}  {ours:.0f} against {theirs:.0f} s")


if __name__ == "__main__":
    main()
