"""A keeper's file on its way through nginx: no disk and no log holds any of it."""

import resource

import psutil
import pytest
from playwright.sync_api import expect

from loaders.settings import LARGEST
from tests.browser.walking import settle, visit
from tests.checking_files import planted

NAME = "canary-cases.csv"
LIMIT = LARGEST // 2**20 * 10**6
"""What a browser takes, which counts a megabyte as a million bytes."""
LEAST = 2**20
"""No file larger than this can be written while the page is tried: none of an upload's size."""


@pytest.fixture
def watched(page, site):
    """The site, which can write no large file; its folders for what is put aside may not change."""
    visit(page, f"{site.address}/check")  # a process writes the outlines of the map once
    folders = [site.folder / "tmp", *(site.folder / "temporary").iterdir()]
    before = [(folder.stat().st_mtime_ns, set(folder.iterdir())) for folder in folders]
    workers = [child.pid for child in psutil.Process(site.pid).children()]
    for pid in (*workers, *(pid for _, pid in site.running.values())):
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (LEAST, LEAST))
    yield site
    assert [(folder.stat().st_mtime_ns, set(folder.iterdir())) for folder in folders] == before


def test_a_file_near_the_limit_is_checked_and_reaches_no_disk_and_no_log(page, watched, tmp_path):
    rows, problems = planted()
    blank = b" " * 127 + b"\n"
    file = tmp_path / NAME
    file.write_bytes(rows + blank * ((LIMIT - len(rows)) // len(blank)))
    assert LIMIT - 2 * len(blank) < file.stat().st_size <= LIMIT
    answers = []
    page.on("response", lambda answer: answers.append(answer) if "upload" in answer.url else None)
    visit(page, f"{watched.address}/check")
    page.locator("input[type=file]").set_input_files(file)
    found = page.locator(".st-key-checked li")
    expect(found).to_have_count(len(problems), timeout=60_000)
    settle(page)
    (sent,) = [answer for answer in answers if answer.request.method == "PUT"]
    assert sent.status == 204
    with page.expect_download() as download:
        page.locator(".st-key-checked").get_by_role("button").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    written = watched.written()
    assert " _stcore 204" in written
    cells = {cell for cell in rows.decode().replace("\n", ",").split(",") if len(cell) > 8}
    assert not [word for word in (*cells, NAME, "canary") if word.strip('"') in written]
