"""Walk a copy as files: `python -m tests.walking_files FOLDER` names links that lead nowhere."""

import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

LEADS = {"a": "href", "link": "href", "script": "src", "img": "src", "image": "href"}


class Links(HTMLParser):
    """The links of a page, and the names that links may lead to."""

    def __init__(self, html: str) -> None:
        """Read a page."""
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.names: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep where a tag leads, and what it is called."""
        held = dict(attrs)
        self.names.add(held.get("id") or "")
        if to := held.get(LEADS.get(tag, "")):
            self.found.append((tag, to))


def broken(folder: Path) -> Iterator[str]:
    """Name every link that leads to no file of the copy, or to no place on a page."""
    read = {path: Links(path.read_text(encoding="utf-8")) for path in folder.rglob("*.html")}
    for path, links in read.items():
        for tag, to in links.found:
            parts = urlsplit(to)
            if parts.scheme == "data" or (parts.scheme in ("http", "https") and tag == "a"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme or parts.netloc or not target.is_file():
                yield f"{path.relative_to(folder)}: {to}"
            elif parts.fragment and parts.fragment not in read[target].names:
                yield f"{path.relative_to(folder)}: {to} has no such place"


if __name__ == "__main__":
    found = list(broken(Path(sys.argv[1])))
    print("\n".join(found) or "every link leads somewhere")
    sys.exit(bool(found))
