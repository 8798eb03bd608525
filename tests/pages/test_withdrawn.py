"""What a reader meets where a record was withdrawn, and how a person asks for it."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.bundled import RELEASE
from tests.conftest import HOME, forget_words
from tests.reading import read


@pytest.fixture
def withdrawn(copy, monkeypatch):
    """A package from which one record was withdrawn."""
    path = copy / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("M-0002,")), encoding="utf-8")
    forget_words(copy)
    with (copy / "withdrawn.csv").open("a", encoding="utf-8") as file:
        file.write(f"M-0002,media,{RELEASE},2026-12,request\n")
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    return copy


def opened(page, **query):
    app = AppTest.from_file(str(HOME / "dashboard.py"), default_timeout=30)
    for name, value in query.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py")
    app.run()
    assert not app.exception
    return app


def text(app):
    return read("\n".join(element.value for element in (*app.title, *app.markdown)))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("This record was withdrawn in December 2026", "Reason: On request")),
        ("ru", ("Запись отозвана: декабрь 2026", "Причина: По просьбе")),
        ("ky", ("Бул жазуу алынып салынган: 2026", "Себеби: Өтүнүч боюнча")),
    ],
)
def test_a_withdrawn_record_says_when_and_why_and_nothing_else(withdrawn, language, said):
    shown = text(opened("records", id="M-0002", lang=language))
    assert all(sentence in shown for sentence in said)
    assert "No such record" not in shown


def test_a_record_that_never_was_is_not_called_withdrawn(withdrawn):
    shown = text(opened("records", id="M-9999"))
    assert "No such record" in shown
    assert "withdrawn" not in shown


def test_the_methodology_counts_withdrawals_only_where_there_are_any(withdrawn, monkeypatch):
    assert "1 record was withdrawn since this release" in text(opened("methodology"))
    monkeypatch.delenv("INCIDENTS_DATA")
    assert "since this release" not in text(opened("methodology"))


def test_the_methodology_says_whom_to_write_to_or_that_nobody_is_named(monkeypatch):
    monkeypatch.setenv("CONTACT", "corrections@example.org")
    said = text(opened("methodology"))
    assert "[corrections@example.org](<mailto:corrections@example.org>)" in said
    monkeypatch.delenv("CONTACT")
    shown = text(opened("methodology"))
    assert "must set CONTACT" in shown
    assert "Nobody has to prove who they are" in shown
