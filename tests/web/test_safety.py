"""What plain HTTP does for a reader at risk: a way out, no cookie, no trace in what is said."""

import re
import subprocess
import sys

import pytest

from answers import pages
from incidents.codebook import LANGUAGES
from incidents.schema import visible
from tests.asking import question
from tests.browser.serving import HOME, process
from tests.web.conftest import ask
from tests.web.reading import get, of_doors, read

DOORS = of_doors()
ELSEWHERE = "https://weather.example/today"
LIGHT = [path for path in pages.PATHS.values() if path not in pages.TWINLESS]
RISKY = "/light/records?lang={}&id={}"


def risky() -> str:
    frame = question("/").package.incidents.frame
    return str(frame[frame["reader_risk"] & (frame["link"] == "open")]["incident_id"].iloc[0])


def test_the_page_one_leaves_to_is_empty_kept_nowhere_and_tells_nothing():
    found = get(DOORS, "/exit")
    assert found.status == 200
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["referrer-policy"] == "no-referrer"
    assert "set-cookie" not in found.headers
    assert "etag" not in found.headers
    assert "".join(re.sub(r"<[^>]*>", "", found.text).split()) == "…"
    assert not re.search(r"incident|kyrgyz|dashboard|streamlit", found.text, re.IGNORECASE)
    assert get(DOORS, "/exit?q=x").text == found.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("path", [*LIGHT, "records?id=M-0105", "records?id=M-9999"])
def test_every_light_page_has_a_link_that_leads_out_and_says_what_stays(path, lang):
    shown = read(get(DOORS, f"/light/{path}{'&' if '?' in path else '?'}lang={lang}").text)
    link = shown.one("p", class_="leave").one("a")
    assert link.attributes["href"] == "/exit"
    assert link.attributes["rel"] == "noreferrer"
    assert link.attributes["referrerpolicy"] == "no-referrer"
    assert len(link.attributes["title"]) > len(link.text) > 0


def test_it_leads_where_whoever_runs_the_copy_says(monkeypatch):
    monkeypatch.setenv("EXIT_URL", ELSEWHERE)
    assert f'href="{ELSEWHERE}" rel="noreferrer"' in get(of_doors(), "/light/map").text


def test_so_does_the_first_html_of_a_page_before_any_script_runs(get):
    for path in ("", "map", "reader-safety"):
        assert '<a href="/exit" rel="noreferrer"' in get(f"/{path}").text


@pytest.mark.parametrize("path", ["/embed/trend", "/api/v1/counts.json", "/api/", "/feed.atom"])
def test_what_stands_elsewhere_or_is_for_programs_offers_no_way_out(path):
    assert "/exit" not in get(DOORS, path).text


@pytest.mark.parametrize("path", [f"/light/{path}" for path in (*LIGHT, "brief")])
def test_a_light_page_sets_no_cookie_runs_no_script_and_tells_no_referrer(path):
    found = get(DOORS, path)
    assert "set-cookie" not in found.headers
    assert found.headers["referrer-policy"] == "no-referrer"
    assert not re.search(r"<script(?! type=\"application/ld\+json\")", found.text)


@pytest.mark.parametrize("path", ["/", "/map", "/reader-safety", "/records?id=M-0105"])
def test_no_page_tells_another_where_one_came_from(get, path):
    assert get(path).headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_light_page_says_of_every_country_what_is_known_and_where_it_was_read(lang):
    html = get(DOORS, f"/light/reader-safety?lang={lang}").text
    said = read(html).text
    for row in question("/").package.reader_risks.to_dict("records"):
        assert f'href="{row["source_url"]}"' in html
        assert visible(row[f"text_{lang}"]) in said
    assert "/light/reader-safety" in get(DOORS, f"/light/methodology?lang={lang}").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_record_of_such_an_outlet_says_it_too_and_leads_there(lang):
    html = get(DOORS, RISKY.format(lang, risky())).text
    source = question("/").package.reader_risks["source_url"].iloc[-1]
    assert f'href="{source}"' in html
    assert f'href="/light/reader-safety?lang={lang}"' in html
    assert source not in get(DOORS, RISKY.format(lang, "M-0105")).text


def test_nothing_of_what_a_reader_asks_is_written_into_the_log(tmp_path):
    log = tmp_path / "log"
    with log.open("wb") as file, process(log=file) as (address, _):
        for path in ("", "light/", "light/records", "map", "api/v1/counts.json", "nowhere", "exit"):
            ask(f"{address}/{path}?q=secretword&id=M-0105")
    said = log.read_text(encoding="utf-8", errors="replace")
    assert "secretword" not in said
    assert "GET" not in said
    assert "M-0105" not in said


@pytest.mark.parametrize(
    ("setting", "value"), [("EXIT_URL", "javascript:alert(1)"), ("HISTORY", "forget")]
)
def test_a_bad_setting_is_refused_at_the_start_in_a_sentence(setting, value, monkeypatch):
    monkeypatch.setenv(setting, value)
    ran = subprocess.run(
        [sys.executable, "-m", "web", "--port", "0"], cwd=HOME, capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert f"{setting} must be" in ran.stderr
    assert value in ran.stderr
    assert "Traceback" not in ran.stderr
