"""A keeper's walk: a filled form, a check, a mended row, a release; and what a reader then sees.

The cases are made up. The words of the restricted one are searched in everything that leaves.
"""

import os
import subprocess
import sys
import urllib.request

import pytest
from playwright.sync_api import expect

from loaders import load
from tests.answers.test_checking_forms import PROTECTED, SOUND, SOURCE
from tests.browser.serving import process
from tests.browser.walking import visit
from tests.conftest import HOME, copied
from tests.other_files import Written, kobo_book

NAME, DAY = "Zyxwanary Qwertyvich", "2022-08-23"
PAGE = "https://canary.example/zyxw-story"
FINER = ("zyxw", "qwertyv", DAY, "2022-08-24", "canary.example", "lock-7")
"""What of the case may stand nowhere, in small letters."""
RESTRICTED = {
    **SOUND,
    **PROTECTED,
    "case_number": "lock-7",
    "summary": f"{NAME} was hurt in a made-up street",
    "date": DAY,
    "date_day": DAY,
    "persons": "2",
    "place": "1528193",
    "place_precision": "settlement",
    "sources": [SOURCE | {"source_url": PAGE, "source_published": "2022-08-24"}],
}
PLAIN = {
    **SOUND,
    "case_number": "lock-8",
    "summary": "An invented picnic was moved to another meadow",
    "date": "2022-06-05",
    "date_day": "2022-06-05",
    "sources": [SOURCE | {"source_url": "https://one.example/8", "source_published": "2022-06"}],
}


def keeper(*arguments, **settings):
    """Run a command; give what it ended with and all that it wrote."""
    environment = os.environ | {"LC_ALL": "en"} | settings
    line = [sys.executable, "-m", "keeper", *map(str, arguments)]
    done = subprocess.run(line, cwd=HOME, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def asked(address: str) -> str:
    with urllib.request.urlopen(address) as answer:  # noqa: S310  # our own server
        return answer.read().decode("utf-8", "replace")


@pytest.fixture
def folder(tmp_path):
    found = tmp_path / "keeper"
    found.mkdir(mode=0o700)
    return found


def test_from_a_filled_form_to_the_page_that_shows_the_record_coarsened(
    page, package, tmp_path, folder
):
    data, export, keys = copied(tmp_path), folder / "export.xlsx", folder / "keys.csv"
    here = {"INCIDENTS_DATA": str(data)}
    wrong = PLAIN | {"response": ""}
    export.write_bytes(kobo_book(Written(package), [RESTRICTED, wrong]))
    code, said = keeper("check", export, **here)
    assert (code, "row 3" in said or "3, error" in said) == (1, True)
    publishing = ("publish", export, "--out", data, "--keys", keys)
    assert keeper(*publishing)[0] == 2  # nothing is published beside an error
    export.write_bytes(kobo_book(Written(package), [RESTRICTED, PLAIN]))
    code, told = keeper(*publishing)
    assert (code, "New records: 2" in told) == (0, True)
    ids = dict(line.split(",") for line in keys.read_text().splitlines()[1:])
    with (tmp_path / "log").open("wb") as log, process(log=log, **here) as (address, _):
        visit(page, f"{address}/records?id={ids['lock-8']}")
        body = page.locator("body")
        expect(body).to_contain_text("An invented picnic")
        visit(page, f"{address}/records?id={ids['lock-7']}")
        expect(body).to_contain_text("2022")
        shown = body.inner_text()
        paths = [
            f"{door}{path}"
            for path in (f"records?id={ids['lock-7']}", "records?from=2022&to=2022", "map", "codes")
            for door in ("", "light/")
        ]
        paths += [f"api/v1/incidents/{ids['lock-7']}.json", "api/v1/incidents.csv?from=2022"]
        seen = {path: asked(f"{address}/{path}") for path in [*paths, "feed.atom"]}
    seen |= {"page": shown, "check": said, "publish": told}
    seen["log"] = (tmp_path / "log").read_text(encoding="utf-8", errors="replace")
    for path in data.rglob("*"):
        if path.is_file():
            seen[str(path)] = path.read_text(encoding="utf-8", errors="replace")
    for where, text in seen.items():
        for word in FINER:
            assert word not in text.lower(), (where, word)
    assert load(data).release != package.release
