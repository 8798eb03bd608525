"""The command that closes links to a page, in the package and in every kept release."""

import sys

import pandas as pd
import pytest

from answers import cited, citing, reading
from answers.surfaces.records import Records
from incidents.selection import Selection
from keeper.__main__ import main
from keeper.closing import close
from keeper.describing import describe
from keeper.verification import verify
from keeper.withdrawal import Refused
from loaders import load
from loaders.shelf import Shelf
from tests.asking import SHELVES, question
from tests.broken import MEDIA
from tests.bundled import RELEASE
from tests.conftest import keep_as
from tests.keeper.test_verify import downloaded
from tests.keeper.test_withdraw import contents, lines, rows

FIRST = "M-0002"
"""A record whose publisher no other has."""
KEPT = "2026.10.0"
ALL = Selection(data=("media",))


@pytest.fixture
def kept(copy):
    return keep_as(copy, KEPT)


def test_a_page_leads_nowhere_any_more_in_any_release(copy, kept):
    page = rows(copy, MEDIA)["source_url"][FIRST]
    done = close(copy, [page])
    assert (done.records, done.releases[:2]) == ({FIRST}, [RELEASE, KEPT])
    for path, content in contents(copy).items():
        assert page.encode() not in content, path
    for folder in (copy, kept):
        row = rows(folder, MEDIA).loc[FIRST]
        assert (row["link"], row["source_url"], row["second_source_url"]) == ("withheld", "", "")
        assert (row["source_name"], row["source_published"]) == ("Argumenti.kg", "2017")
        assert not [line for line in lines(folder / "publishers.csv") if b"argumenti" in line]
        assert load(folder).closed_since == 1


def test_a_running_copy_notices_a_page_that_a_kept_release_alone_led_to(copy, kept):
    page = rows(copy, MEDIA)["source_url"][FIRST]
    close(copy, [page])
    elsewhere = "https://example.org/made-up"
    path = kept / MEDIA
    second = rows(kept, MEDIA)["source_url"]["M-0003"]
    path.write_text(path.read_text("utf-8").replace(second, elsewhere), encoding="utf-8")
    describe(kept)
    shelf = Shelf(lambda: copy)
    shelf.look()
    assert elsewhere in set(shelf.pinned(KEPT)[0].incidents.frame["source_url"])
    assert close(copy, [elsewhere]).releases == [KEPT]
    shelf.look()
    assert elsewhere not in set(shelf.pinned(KEPT)[0].incidents.frame["source_url"])


def test_nothing_else_of_a_file_is_touched(copy):
    before = lines(copy / MEDIA)
    close(copy, [rows(copy, MEDIA)["source_url"][FIRST]])
    after = lines(copy / MEDIA)
    assert [b for b, a in zip(before, after, strict=True) if a != b] == [
        line for line in before if line.startswith(FIRST.encode())
    ]


def test_a_second_source_goes_alone(copy):
    every = rows(copy, MEDIA)
    linked = pd.concat([every["source_url"], every["second_source_url"]]).value_counts()
    alone = every["second_source_url"].map(linked).eq(1) & (every["second_source_url"] != "")
    before = every[alone].iloc[0]
    close(copy, [before["second_source_url"]])
    after = rows(copy, MEDIA).loc[before.name]
    assert list(after.index[after != before]) == ["second_source_url"]
    assert after["second_source_url"] == ""


def test_a_page_of_totals_is_closed_too(copy):
    totals = pd.read_csv(copy / "published_totals.csv", dtype=str, keep_default_na=False)
    page = totals.loc[totals["link"] == "open", "source_url"].iloc[0]
    close(copy, [page])
    after = pd.read_csv(copy / "published_totals.csv", dtype=str, keep_default_na=False)
    led = totals["source_url"] == page
    assert (after.loc[led, ["link", "source_url"]] == ["withheld", ""]).all(axis=None)
    same = [name for name in totals if name not in ("link", "source_url", "reader_risk")]
    assert after[same].equals(totals[same])


def test_an_address_that_no_record_has_changes_nothing(copy, monkeypatch, capsys):
    before = contents(copy)
    with pytest.raises(Refused):
        close(copy, ["", "https://example.org/nothing"])
    monkeypatch.setenv("INCIDENTS_DATA", str(copy))
    monkeypatch.setattr(sys, "argv", ["keeper", "close", "https://example.org/nothing"])
    assert main() == 2
    assert "No record leads to this address." in capsys.readouterr().err
    assert contents(copy) == before


def test_what_was_cited_before_differs_by_that_alone(copy, tmp_path):
    file = downloaded(load(copy), tmp_path, ALL)
    answer = question("/records?data=media", copy).answer(Records)
    text = " ".join(citing.texts(answer.citation, answer.t).values())
    close(copy, [rows(copy, MEDIA)["source_url"][FIRST]])
    found = verify(file, copy)
    assert (found.by_withdrawal, found.closed) == (True, [FIRST])
    shelf = SHELVES[copy]
    for given in (reading.text(text), reading.file(file.read_bytes())):
        verdict = cited.judge(given, question("/cited", copy), shelf)
        assert verdict.state == "withdrawn"
        assert verdict.title == "It differs: links were closed since, to protect people"


def test_a_closed_link_excuses_no_other_difference(copy, tmp_path):
    file = downloaded(load(copy), tmp_path, ALL)
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    table.loc[table["incident_id"] == FIRST, "perpetrator"] = "non_state"
    table.to_csv(file, index=False)
    close(copy, [rows(copy, MEDIA)["source_url"][FIRST]])
    found = verify(file, copy)
    assert not found.by_withdrawal
    assert [(cell.incident_id, cell.column) for cell in found.changed] == [(FIRST, "perpetrator")]
