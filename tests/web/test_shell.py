"""Streamlit's pages as plain HTTP meets them: words, addresses, headers, files."""

import re

import pytest

from answers import pages
from tests.asking import question
from tests.browser.serving import free_port, served
from tests.web.conftest import ask

PATHS = list(pages.PATHS.values())


@pytest.mark.parametrize("lang", ["ky", "ru", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_says_what_it_is_before_any_script_runs(get, path, lang):
    found = get(f"/{path}?lang={lang}&data=media")
    asked = question(f"/{path}?lang={lang}&data=media")
    assert found.status == 200
    html = found.text
    assert f'<html lang="{lang}">' in html
    assert html.count("<title>") == 1
    assert pages.title(asked) in html
    assert pages.counted(asked) in html
    assert "Streamlit</title>" not in html
    assert f'hreflang="{lang}"' in html
    assert "<noscript>" in html
    assert f'href="/light/{pages.twin(path)}?data=media' in html


@pytest.mark.parametrize(
    "path", [*(p for p in PATHS if p not in pages.TWINLESS), "records?id=M-0105"]
)
def test_messengers_are_told_of_the_same_card_as_on_the_light_page(get, path):
    found = [
        re.findall(
            r'<meta (?:property|name)="((?:og:image|twitter)[^"]*)" content="([^"]*)">', html
        )
        for html in (get(f"{at}{path}").text for at in ("/", "/light/"))
    ]
    assert found[0] == found[1]
    assert len(found[0]) == 5


def test_what_an_address_holds_is_escaped(get):
    html = get("/?q=%3Cscript%3Ealert(1)%3C/script%3E&lang=en").text
    assert "<script>alert" not in html
    record = get("/records?id=%3Cimg%20src%3Dx%3E").text
    assert "<img src=x>" not in record


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/records/M-0001", "/records?id=M-0001"),
        ("/records/M-0001?lang=ky", "/records?id=M-0001&lang=ky"),
        ("/Map?data=media", "/map?data=media"),
        ("/overview", "/"),
        ("/TRENDS", "/trends"),
    ],
)
def test_an_address_that_means_a_page_leads_there(get, asked, led):
    found = get(asked)
    assert (found.status, found.headers["Location"]) == (308, led)


@pytest.mark.parametrize(
    "path", ["/nothing", "/wp-login.php", "/records/M-0001/x", "/map/../../etc/passwd", "/a/b/c"]
)
def test_an_address_of_nothing_is_not_found(get, path):
    assert get(path).status == 404


def test_streamlit_s_own_addresses_are_left_alone(get):
    assert get("/_stcore/health").status == 200
    assert get("/favicon.png").status == 200


@pytest.mark.parametrize(("taken", "given"), [("br", "br"), ("gzip, deflate", "gzip")])
def test_its_files_come_compressed_and_may_be_kept_for_good(get, taken, given):
    (script,) = set(re.findall(r'src="\./(static/js/index[^"]+)"', get("/").text))
    plain, small = get(f"/{script}"), get(f"/{script}", Accept_Encoding=taken)
    assert small.headers["Content-Encoding"] == given
    assert "javascript" in small.headers["Content-Type"]
    assert "immutable" in small.headers["Cache-Control"]
    assert len(small.body) * 3 < len(plain.body)
    assert get(f"/{script}", Accept_Encoding=f"{given};q=0").body == plain.body


def test_pages_bear_headers_and_only_the_map_may_make_scripts(get):
    policy = get("/").headers["Content-Security-Policy"]
    assert "unsafe-eval" not in policy
    assert "default-src 'self'" in policy
    part = get("/component/pages.shared.map.map/index.html")
    assert "'unsafe-eval'" in part.headers["Content-Security-Policy"]
    for path in ("/", "/map", "/_stcore/health", "/api/v1/counts.json"):
        assert get(path).headers["Referrer-Policy"] == "no-referrer"
    for path in ("/", "/map", "/api/v1/counts.json"):
        assert "Set-Cookie" not in get(path).headers


def test_what_a_proxy_says_counts_only_from_one_that_is_trusted():
    sent = {"Host": "localhost:1", "X_Forwarded_Proto": "https"}
    for trusted, scheme in (("", "http"), ("127.0.0.1,::1", "https")):
        with served(TRUSTED_PROXIES=trusted) as address:
            found = ask(f"{address}/api/v1/cite.txt", **sent)
            page = ask(f"{address}/", **sent)
        assert f" {scheme}://localhost:1/" in found.text
        assert f'content="{scheme}://localhost:1/' in page.text
        assert ("Strict-Transport-Security" in page.headers) is (scheme == "https")


def test_numbers_of_requests_stand_on_a_port_of_their_own_and_name_nobody():
    port = free_port()
    with served(METRICS=f"127.0.0.1:{port}") as address:
        for path in ("", "api/v1/counts.json?q=secretword", "api/v1/incidents/M-0002.json", "x"):
            ask(f"{address}/{path}")
        told = ask(f"http://127.0.0.1:{port}/metrics", Accept="text/plain").text
        assert ask(f"{address}/metrics").status == 404
    assert 'incidents_requests_total{door="api",status="2xx"} 2.0' in told
    assert 'incidents_requests_total{door="pages",status="4xx"} 1.0' in told
    assert "secretword" not in told
    assert "M-0002" not in told
    assert "127.0.0.1" not in told
