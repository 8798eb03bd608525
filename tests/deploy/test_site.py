"""What nginx does with the site of `deploy/`: what it keeps, presses, refuses and writes down."""

import http.client
import json
import re
import ssl
import subprocess
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.walking import visit
from tests.deploy.serving import NGINX, SHIPPED, behind_nginx, configured, for_ports, with_tls
from tests.web.conftest import ask

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d [a-z._]+ \d{3}")
BURST = 60
"""How many requests one reader may make at once, as `deploy/nginx.conf` says."""


def from_another(site, *paths, reader="127.0.0.9", **headers):
    """Ask as a reader of another address on one connection; give the replies."""
    host = urlsplit(site.address)
    line = http.client.HTTPConnection(host.hostname, host.port, source_address=(reader, 0))
    found = []
    for path in paths:
        line.request("GET", host.path + path, headers=headers)
        answer = line.getresponse()
        found.append((answer.status, answer.headers, answer.read()))
    line.close()
    return found


@pytest.mark.parametrize("tls", [False, True])
def test_nginx_finds_nothing_wrong_with_the_site_as_it_is_shipped(tmp_path, certificate, tls):
    site = for_ports(SHIPPED, 80, tmp_path)
    path = configured(tmp_path, with_tls(site, 443, certificate) if tls else site)
    said = subprocess.run(
        [str(NGINX), "-t", "-c", path, "-e", tmp_path / "main.log"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


@pytest.mark.parametrize(
    ("path", "accepted", "given"),
    [
        ("/map", "gzip, br", "gzip"),
        ("/map", "", None),
        ("/light/map", "gzip, br", "br"),
        ("/light/map", "gzip", "gzip"),
        ("/light/map", "", None),
        ("/api/v1/counts.json?by=year", "gzip, br", "br"),
    ],
)
def test_what_is_sent_is_as_small_as_the_browser_takes_it(site, path, accepted, given):
    found = ask(f"{site.address}{path}", Accept_Encoding=accepted)
    assert found.headers["Content-Encoding"] == given
    varies = ", ".join(found.headers.get_all("Vary"))
    assert {"Accept-Language", "Accept-Encoding"} <= set(varies.split(", "))


def test_a_reader_who_has_it_is_sent_nothing_and_each_language_its_own(site):
    path = f"{site.address}/light/trends?data=media"
    russian, english = (ask(path, Accept_Language=lang) for lang in ("ru", "en"))
    assert russian.headers["ETag"] != english.headers["ETag"]
    for lang, found in (("ru", russian), ("en", english)):
        again = ask(path, Accept_Language=lang, If_None_Match=found.headers["ETag"])
        assert (again.status, again.body) == (304, b"")
        assert ask(path, Accept_Language=lang).body == found.body


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/light/records?data=rights", True),
        ("/api/v1/incidents.json?data=rights", True),
        ("/light/records?q=canaryword", False),
        ("/light/cited?citation=canaryword", False),
        ("/map?region=KG-J", False),
        ("/healthz", False),
    ],
)
def test_what_is_searched_for_and_what_may_not_be_kept_is_not(site, path, kept):
    ask(f"{site.address}{path}")
    answers = (site.folder / "incidents-answers").iterdir()
    asked = f"KEY: {site.address}{path}\n".encode()
    assert any(asked in answer.read_bytes() for answer in answers) is kept


def test_who_asks_too_much_is_told_when_to_come_back_and_nobody_else_is(site):
    found = from_another(site, *["/light/?data=media"] * (2 * BURST))
    refused = [each for each in found if each[0] == 429]
    assert {status for status, *_ in found[:BURST]} == {200}
    assert refused
    for _, headers, body in refused:
        assert int(headers["Retry-After"]) > 0
        assert headers["Content-Type"] == "application/problem+json"
        assert json.loads(body)["status"] == 429
    assert ask(f"{site.address}/light/?data=media").status == 200


@pytest.mark.parametrize(
    ("path", "method", "body", "status"),
    [
        ("/_stcore/metrics", "GET", b"", 404),
        ("/api/v1/incidents.json", "POST", b"x" * 100, 405),
        ("/api/v1/incidents.json", "POST", b"x" * 20_000, 413),
        ("/_stcore/upload_file/a/b", "PUT", b"x" * (22 * 2**20), 413),
    ],
)
def test_what_nobody_needs_is_refused(site, path, method, body, status):
    host = urlsplit(site.address)
    line = http.client.HTTPConnection(host.hostname, host.port, timeout=60)
    line.putrequest(method, path)
    line.putheader("Content-Length", str(len(body)))
    line.endheaders(body[:20_000])  # it need not be sent to be refused
    assert line.getresponse().status == status
    line.close()


def test_over_tls_it_says_so_and_a_reader_cannot_say_it(site):
    unsafe = ssl.create_default_context()
    unsafe.check_hostname, unsafe.verify_mode = False, ssl.CERT_NONE
    line = http.client.HTTPSConnection(urlsplit(site.secure).netloc, context=unsafe)
    line.request("GET", "/light/")
    answer = line.getresponse()
    assert answer.status == 200
    assert answer.headers["Strict-Transport-Security"]
    assert site.secure in answer.read().decode()
    line.close()
    found = ask(f"{site.address}/light/", X_Forwarded_Proto="https", X_Forwarded_For="192.0.2.7")
    assert "Strict-Transport-Security" not in found.headers
    assert "https://localhost" not in found.text


def test_the_log_holds_hours_doors_and_statuses_and_nothing_of_a_reader(site):
    for path in ("/light/records?q=canaryword", "/records?id=canaryword", "/canaryword"):
        ask(f"{site.address}{path}", Referer="http://localhost/canaryword", User_Agent="canaryword")
    from_another(site, *["/light/records?q=canaryword"] * (2 * BURST), reader="127.0.0.8")
    lines = (site.folder / "incidents.log").read_text(encoding="utf-8").splitlines()
    assert lines
    assert not [line for line in lines if not LINE.fullmatch(line)]
    assert {"light 429", "pages 404"} <= {line.partition(" ")[2] for line in lines}
    written = site.written()
    assert "canaryword" not in written
    assert "127.0.0.8" not in written


def test_a_base_path_needs_no_other_site(page, tmp_path):
    base, answers = "kg/incidents", {}
    page.on("response", lambda answer: answers.update({answer.url: answer.status}))
    with behind_nginx(tmp_path, processes=1, base=base) as site:
        visit(page, f"{site.address}/map?data=media&region=KG-GB")
        expect(page.locator(".st-key-chips")).to_contain_text("Bishkek")
        drawn = page.frame_locator(".st-key-map iframe").locator("path.leaflet-interactive")
        expect(drawn.first).to_be_visible()
        assert ask(f"{site.address}/light/?data=media").status == 200
        kept = (path.read_bytes() for path in (tmp_path / "incidents-answers").iterdir())
        assert any(f"/{base}/light/?data=media\n".encode() in each for each in kept)
        page.goto("about:blank")
    assert all(url.startswith(site.address) for url in answers)
    # Streamlit asks below the page first, and learns there that the base is shorter
    lost = [url for url, status in answers.items() if status >= 400 and "/map/_stcore/" not in url]
    assert lost == []
