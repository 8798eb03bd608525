"""What links begin with: the public address, or a host that may be named."""

import logging

import pytest

from loaders import settings
from loaders.settings import BadSetting, Settings


@pytest.mark.parametrize(
    ("host", "origin"),
    [
        ("localhost", "http://localhost/kg"),
        ("localhost:8501", "http://localhost:8501/kg"),
        ("127.0.0.1:8501", "http://127.0.0.1:8501/kg"),
        ("[::1]:8501", "http://[::1]:8501/kg"),
        ("Incidents.example", "http://Incidents.example/kg"),
        ("10.0.0.7:8501", "http://10.0.0.7:8501/kg"),
        ("incidents.example:81", "/kg"),  # allowed without a port
        ("10.0.0.7", "/kg"),
        ("evil.example", "/kg"),
        ("localhost.evil.example", "/kg"),
        ("127.0.0.1.evil.example", "/kg"),
        ("localhost:8501@evil.example", "/kg"),
        ("localhost:8501/evil", "/kg"),
        ("localhost\n", "/kg"),
        ("[::1]evil", "/kg"),
        ("", "/kg"),
    ],
)
def test_a_link_names_the_host_asked_for_only_if_it_is_this_machine_or_allowed(
    host, origin, monkeypatch
):
    monkeypatch.setenv("ALLOWED_HOSTS", " incidents.example, 10.0.0.7:8501,,")
    assert Settings().origin(host, "/kg") == origin
    assert Settings().origin(host, "/kg", secure=True) == origin.replace("http:", "https:")


def test_the_public_address_comes_before_any_host(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://incidents.example/kg/")
    for host in ("localhost:8501", "evil.example", ""):
        assert Settings().origin(host, "/elsewhere") == "https://incidents.example/kg"


def test_whoever_runs_it_is_told_once_and_without_the_host(caplog):
    settings._warn.cache_clear()
    with caplog.at_level(logging.WARNING):
        for host in ("localhost", "evil.example", "evil.example"):
            Settings().origin(host)
    (said,) = caplog.messages
    assert "PUBLIC_URL" in said
    assert "evil" not in said


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("", ""),
        ("https://example.org", "https://example.org"),
        ("http://example.org:8080/a?b=c#d", "http://example.org:8080/a?b=c#d"),
        (
            "HTTPS://погода.example/сегодня",
            "https://xn--80afd2bbd.example/%D1%81%D0%B5%D0%B3%D0%BE%D0%B4%D0%BD%D1%8F",
        ),
    ],
)
def test_readers_leave_to_an_address_of_the_web(monkeypatch, url, kept):
    monkeypatch.setenv("EXIT_URL", url)
    assert Settings().exit_url.lower() == kept.lower()
    assert Settings().exit("/kg", beside=True) == (Settings().exit_url or "/kg/exit")
    assert Settings().exit("/kg", beside=False) == (Settings().exit_url or "about:blank")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "/exit",
        "example.org",
        "https://",
        "https:///x",
        "https://user@example.org",
        "https://a..b",
        "https://example.org/<script>",
        "https://example.org/'x",
        "https://example.org/a b",
        " javascript:https://example.org",
    ],
)
def test_any_other_is_refused_in_a_sentence(monkeypatch, url):
    monkeypatch.setenv("EXIT_URL", url)
    with pytest.raises(BadSetting, match="must be an address that begins with http"):
        Settings()


@pytest.mark.parametrize("said", ["0", "-1", "many", "1.5"])
def test_how_many_pages_are_drawn_at_once_is_a_number_from_1(monkeypatch, said):
    assert Settings().at_once == 24
    monkeypatch.setenv("AT_ONCE", said)
    with pytest.raises(BadSetting, match="AT_ONCE must be a number from 1"):
        Settings()


def test_a_step_is_added_unless_whoever_runs_it_says_otherwise(monkeypatch):
    assert Settings().history == "add"
    monkeypatch.setenv("HISTORY", "replace")
    assert Settings().history == "replace"
    monkeypatch.setenv("HISTORY", "forget")
    with pytest.raises(BadSetting, match="HISTORY must be add or replace"):
        Settings()
