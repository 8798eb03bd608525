"""Search everything that leaves the house for what may not be known: `make audit`.

Two dashboards are walked through every door. One shows the bundled data, the other is given a
restricted package: the bundled data with what a keeper might have written by mistake into
protected records (canaries). Nothing of it may come out: not on a page, in a message to the
browser, a file, a picture or a log. The published data must hold no personal data at all.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser, Page, sync_playwright

from incidents.protection import PERSONAL
from keeper import cube, parts
from loaders import load
from tests.browser.serving import CHROMIUM, FLAGS, HOME, process
from tests.browser.walking import EVERY as PAGES
from tests.browser.walking import unfold, visit
from tests.conftest import forget_words
from tests.taking import drawings, inside
from tests.web import addresses as plain

LANGUAGES = ("en", "ru", "ky")
ADDRESS = re.compile(r"https?://\S+")
GAZETTEER = re.compile(r"places\.csv|\.geojson|\.svg|\.pdf, stream")
"""Published coordinates of settlements, outlines of regions, and points of drawings: no coordinates
of persons. What a drawing says stands in the metadata of its twin, the PNG, too."""
DOWNLOADS = {"/": 19, "/map": 7, "/trends": 19, "/records": 4, "/impact": 13, "/methodology": 1}
"""How many files each page gives, all that is folded away opened."""
GIVERS = {"pages/shared/show.py": 1, "pages/shared/check.py": 1}
"""The places of the code that give a file; the last gives a keeper's own sheet back."""
TAKERS = {"pages/shared/cited.py": 1, "pages/shared/check.py": 1}
"""The places that take one: the first says of it what is said of published rows, the other takes
a keeper's own, and this walk sends none.
"""
SERVER = ("/_stcore/health", "/_stcore/host-config", "/_stcore/metrics")
"""What the server answers beside the pages."""
NOTHING = ("/api", "/api/v1/nothing.json", "/embed", "/embed/nothing", "/nothing", "/records/x")
NOTHING += ("/snapshot.zip", "/embed/", "/light", "/light/nothing", "/light/style.0.css")
"""Addresses of nothing, and of what leads on."""
SELECTIONS = ("", "group=women&from=2018&per=month&unit=people")
WORDS = ("Canar", "2021-03", "E-R-91")
"""Words to search for: parts of the canaries."""
LISTS = ("/api/v1/incidents.json", "/api/v1/incidents.csv", "/light/records", "/feed.atom")

RIGHTS, MEDIA = "rights_incidents.csv", "media_attacks.csv"
CANARIES = {
    "name": "Canary Kanareeva",
    "telephone": "+996 700 009 009",
    "street": "ул. Канареечная, 109",
    "coordinates": "42.871209, 74.609109",
    "date": "2021-03-28",
    "slug": "canary-kanareeva-outed-at-work",
    "episode": "E-R-9109",
    "other page": "https://example.org/2021/canary-second",
}
"""What must not be found, none of it true of anybody."""


@dataclass(frozen=True)
class Surface:
    """One thing that left the house, and what it holds."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Find:
    """Something that may not be known, and where it was found. What it is, is not repeated."""

    surface: str
    what: str


def restricted(directory: Path) -> None:
    """Write the canaries into protected records of a copy of the package."""
    rights = pd.read_csv(directory / RIGHTS, dtype=str, keep_default_na=False)
    rows = rights.index[rights["protected"] == "yes"]
    told = "{name}, {telephone}, {street}, {coordinates}".format(**CANARIES)
    rights.loc[rows[0], "summary"] = told
    rights.loc[rows[1], ["date", "date_precision"]] = [CANARIES["date"], "day"]
    page = f"https://example.org/{CANARIES['slug']}"
    pages = ["link", "source_url", "second_source_url"]
    rights.loc[rows[2], pages] = ["open", page, CANARIES["other page"]]
    rights.loc[rows[3], "episode"] = CANARIES["episode"]
    rights.to_csv(directory / RIGHTS, index=False, lineterminator="\n")
    media = pd.read_csv(directory / MEDIA, dtype=str, keep_default_na=False)
    media.loc[0, "summary"] = told
    media.to_csv(directory / MEDIA, index=False, lineterminator="\n")
    forget_words(directory)


def files(folder: Path) -> Iterator[Surface]:
    """Give the files of a folder, and what is inside them."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield from opened(str(path.relative_to(folder.parent)), path.read_bytes())


def of_cube(folder: Path) -> Iterator[Surface]:
    """Give the cube of the bundled data, and what every part of it leaves on the way."""
    package, partials = load(HOME / "data"), folder / "partials"
    partials.mkdir()
    known = parts.Known.of(package, partials)
    for name, rows in parts.of_package(package):
        parts.counted(name, rows, known).cells.to_parquet(partials / f"{name}.cells.parquet")
    cube.make(str(HOME / "data"), folder / "cube", HOME / "data")
    yield from files(partials)
    yield from files(folder / "cube")


def opened(name: str, content: bytes) -> Iterator[Surface]:
    """Give a file, the members of an archive or workbook, and what a picture says of itself."""
    yield from (Surface(*found) for found in inside(name, content))


def taken(page: Page, path: str) -> Iterator[Surface]:
    """Open what is folded away on a page, and take every file that it gives."""
    unfold(page)
    for button in page.get_by_test_id("stDownloadButton").get_by_role("button").all():
        with page.expect_download() as download:
            button.click()
        file = download.value
        yield from opened(f"file from {path}: {file.suggested_filename}", file.path().read_bytes())


def history() -> Iterator[Surface]:
    """Give every version of the data that the repository keeps."""
    tables = ["data", ":!data/**places.csv", ":!data/*.geojson"]
    command = ["git", "log", "--all", "--patch", "--format=%B", "--", *tables]
    told = subprocess.run(command, cwd=HOME, capture_output=True, check=True)
    yield Surface("git history of data/", told.stdout)


def addresses(directory: Path, languages: Sequence[str]) -> list[str]:
    """List the addresses to visit: every page in every language, and records of every kind."""
    pages = [f"{path}?lang={lang}" for path in PAGES.values() for lang in languages]
    records = [f"/records?id={name}" for name in records_of_every_kind(directory)]
    found = [f"/records?q={word}" for word in WORDS]
    return pages + records + found


def records_of_every_kind(directory: Path) -> list[str]:
    """Name a record of each kind, as far as protection, links and risk go."""
    frames = [pd.read_csv(directory / f, dtype=str, keep_default_na=False) for f in (RIGHTS, MEDIA)]
    rows = pd.concat(frames).drop_duplicates(["protected", "link", "reader_risk"])
    return list(rows["incident_id"])


def over_http(
    directory: Path, languages: Sequence[str], selections: Sequence[str] = SELECTIONS
) -> list[str]:
    """List the addresses of plain HTTP: all in every language and for a few selections."""
    first, *more = records_of_every_kind(directory)
    every = [*plain.addresses(first), *NOTHING]
    asked = [f"lang={lang}&{query}" for lang in languages for query in selections]
    found = [f"q={word}" for word in WORDS]
    return [
        "/exit",
        *(plain.within(path, query) for path in every for query in asked),
        *(plain.within(path, query) for path in LISTS for query in found),
        *(path for name in more for path in plain.addresses(name) if name in path),
    ]


def told(page: Page, address: str, path: str) -> Iterator[Surface]:
    """Ask an address of plain HTTP; give what it holds, and its headers but for a hash."""
    reply, name = page.request.get(address + path, max_redirects=0), path.partition("?")[0]
    headers = "".join(f"{k}: {v}\n" for k, v in reply.headers.items() if k != "etag")
    yield Surface(f"headers of {name}", headers.encode())
    yield from opened(name if reply.ok else f"{name}, refused", reply.body())


def heard(page: Page, surfaces: list[Surface]) -> None:
    """Keep every message the server sends a page, and every answer to what it asks for."""

    def keep(frame: bytes | str) -> None:
        told = frame if isinstance(frame, bytes) else frame.encode()
        surfaces.append(Surface("message to the browser", told))
        if found := drawings(told):
            surfaces.append(Surface("drawings in it", found))

    page.on("websocket", lambda socket: socket.on("framereceived", keep))
    page.on("requestfinished", lambda request: _answer(request, surfaces))


def _answer(request: object, surfaces: list[Surface]) -> None:
    if not re.search(r"/static/(js|css|media)/|\.leaflet/leaflet", request.url):
        response = request.response()
        if response and response.ok:
            surfaces.append(Surface(request.url.split("?")[0], response.body()))


def dashboard(
    browser: Browser,
    data: Path,
    home: Path = HOME,
    languages: Sequence[str] = LANGUAGES,
    selections: Sequence[str] = SELECTIONS,
) -> list[Surface]:
    """Walk a dashboard through every door; give all it told, its log included."""
    surfaces: list[Surface] = []
    with tempfile.TemporaryFile() as log:
        with process(home=home, log=log, INCIDENTS_DATA=str(data)) as (address, _):
            page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="en-GB")
            heard(page, surfaces)
            for path in addresses(data, languages):
                visit(page, address + path)
                unfold(page)
                for frame in page.frames:
                    surfaces.append(Surface(f"page {path}", frame.content().encode()))
            for path in (f"{path}?lang={lang}" for path in DOWNLOADS for lang in languages):
                visit(page, address + path)
                surfaces += taken(page, path)
            for path in SERVER:
                surfaces.append(Surface(path, page.request.get(address + path).body()))
            for path in over_http(data, languages, selections):
                surfaces += told(page, address, path)
            page.close()
        log.seek(0)
        surfaces.append(Surface("log of the server", log.read()))
    return surfaces


def canaries_in(surfaces: list[Surface]) -> list[Find]:
    """Search for the canaries, letter by letter."""
    return [
        Find(surface.name, name)
        for surface in surfaces
        for name, canary in CANARIES.items()
        if canary.encode() in surface.content
    ]


def personal_data_in(surfaces: list[Surface]) -> list[Find]:
    """Search for patterns of personal data, outside the addresses of pages."""
    patterns = {name: re.compile(pattern) for name, pattern in PERSONAL.items()}
    finds = []
    for surface in surfaces:
        if surface.name.endswith((".pdf", ".parquet")):
            continue  # their bytes look like telephone numbers; what they hold is opened beside
        text = ADDRESS.sub("", surface.content.decode("utf-8", errors="replace"))
        found = {name for name, pattern in patterns.items() if pattern.search(text)}
        if GAZETTEER.search(surface.name):
            found.discard("coordinates")
        finds += [Find(surface.name, name) for name in sorted(found)]
    return finds


def restricted_surfaces(
    browser: Browser, package: Path, home: Path = HOME, selections: Sequence[str] = SELECTIONS
) -> list[Surface]:
    """Walk a dashboard that was given the restricted package."""
    restricted(package)
    return dashboard(browser, package, home, ("en",), selections)


def main() -> int:
    """Print what was searched and what was found. Anything found is a failure."""
    begun = time.monotonic()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        open_ones = [*files(HOME / "data"), *files(HOME / "static"), *files(HOME / "docs")]
        open_ones += [*history(), *dashboard(browser, HOME / "data")]
        open_ones += of_cube(Path(folder))
        copy = Path(shutil.copytree(HOME / "data", Path(folder) / "data"))
        closed = restricted_surfaces(browser, copy)
        browser.close()
    finds = personal_data_in(open_ones) + canaries_in(open_ones) + canaries_in(closed)
    for find in sorted({(f.surface, f.what) for f in finds}):
        print(f"  {find[1]} in: {find[0]}")
    every = open_ones + closed
    print(
        f"{len(every):,} surfaces, {sum(len(s.content) for s in every):,} bytes searched for "
        f"{len(CANARIES)} canaries and {len(PERSONAL)} patterns of personal data: "
        f"{len(finds)} finds ({time.monotonic() - begun:.0f} s)"
    )
    return 1 if finds else 0


if __name__ == "__main__":
    sys.exit(main())
