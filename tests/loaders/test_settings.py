"""What links begin with: the public address, or a host that may be named."""

import logging

import pytest

from loaders import settings
from loaders.settings import Settings


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
