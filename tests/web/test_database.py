"""What every door says while the database of releases is away, and that it recovers by itself."""

from collections.abc import Callable

import pytest

from loaders.held import of_folder
from tests.browser.serving import free_port, process
from tests.bundled import RELEASE
from tests.loaders.test_database import MADE_UP, put
from tests.web.conftest import ask

SAID = {
    "en": "The database of releases cannot be read now",
    "ru": "Базу данных выпусков сейчас не удаётся прочитать",
    "ky": "Чыгарылыштардын маалымат базасын азыр окуу мүмкүн эмес",
}


def once(holds: Callable[[], bool]) -> bool:
    """Ask until it holds."""
    return any(holds() for _ in range(20_000))


def health(house):
    return ask(f"{house}/healthz").json


def told(house, lang):
    """Give what the doors say that has to be the same in all of them."""
    page = ask(f"{house}/light/trends?lang={lang}")
    data = ask(f"{house}/api/v1/table/trend.json?lang={lang}")
    return page, data


def test_doors_keep_the_last_release_say_so_and_recover(database, copy, tmp_path):
    put(database.url("keeper"), of_folder(copy))
    log, port = tmp_path / "log", free_port()
    (tmp_path / "tmp").mkdir()
    settings = {
        "INCIDENTS_URL": database.url("reader"),
        "METRICS": f"127.0.0.1:{port}",
        "TMPDIR": str(tmp_path / "tmp"),
    }
    with log.open("wb") as file, process(log=file, **settings) as (house, _):
        assert health(house)["release"] == RELEASE
        database.kill()
        assert once(lambda: "database" in health(house))
        said = ask(f"{house}/healthz")
        assert (said.status, said.json["database"], said.json["release"]) == (200, "away", RELEASE)
        for lang, words in SAID.items():
            page, data = told(house, lang)
            assert words in page.text
            assert words in data.json["notice"]
            assert {page.headers["Cache-Control"], data.headers["Cache-Control"]} == {"no-store"}
        some = ask(f"{house}/api/v1/incidents.json?fields=n")
        assert set(some.json) == {"n", "notice"}
        assert ask(f"{house}/api/v1/incidents.csv").status == 200
        metrics = ask(f"http://127.0.0.1:{port}/metrics").text
        database.start()
        assert once(lambda: "database" not in health(house))
        page, data = told(house, "en")
        assert SAID["en"] not in page.text
        assert "notice" not in data.json
    assert list((tmp_path / "tmp").iterdir()) == []
    written = log.read_text(encoding="utf-8")
    assert "The database cannot be read: away" in written
    for text in (written, metrics, said.text):
        assert "made-up" not in text
        assert "incidents_reader" not in text


@pytest.mark.parametrize("path", ["/light/", "/api/v1/incidents.json", "/healthz"])
def test_without_database_and_copy_there_is_nothing_to_show_and_that_is_said(path):
    with process(INCIDENTS_URL=f"postgresql://r:{MADE_UP}@127.0.0.1:1/x") as (house, _):
        found = ask(f"{house}{path}?lang=en")
    assert found.status == 503
    assert MADE_UP not in found.text
    if path != "/healthz":
        assert "The data cannot be read, so nothing can be shown yet." in found.text
