"""Canonical rows, their fingerprint, and citations that other programs read back whole."""

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import rispy
from pybtex.database import parse_string

from incidents import citation
from incidents.citation import Citation, fingerprint, published
from incidents.selection import Selection
from tests.conftest import DATA
from tests.hostile import TEXTS

PLAIN = Citation(
    name="kyrgyzstan-incidents",
    title="Documented attacks",
    organisation="An organisation",
    released=date(2026, 11, 24),
    release="2026.11.5",
    amount="41 recorded incidents",
    filters="Dataset: media",
    link="https://example.org/records?data=media&release=2026.11.5",
    fingerprint="0" * 64,
    language="en",
    edition="Release 2026.11.5",
)
HOSTILE = [
    *TEXTS,
    "{unbalanced",
    "unbalanced}}",
    "\\end{document} 100 % of $5 & #1_2 ~^",
    'He said "no"',
    "one\nER  - \nTY  - BOOK",
    "@misc{x, title = {y}}",
    "Окуялар — ң ө ү, «кавычки»",
    "a, b and c",
]


def of_package(package):
    return published(package.incidents.select(Selection()).records())


def test_the_fingerprint_is_that_of_the_files_own_cells_sorted(package):
    """Anybody can make it from the package with nothing but a table program and SHA-256."""
    frames = [
        pd.read_csv(DATA / file, dtype=str, keep_default_na=False).assign(dataset=name)
        for name, file in (("media", "media_attacks.csv"), ("rights", "rights_incidents.csv"))
    ]
    every = pd.concat(frames).sort_values(["dataset", "incident_id"])
    counted = every["incident_id"].isin(
        package.incidents.frame["incident_id"][package.incidents.counted]
    )
    text = every[counted][["dataset", *every.columns.drop("dataset")]].to_csv(
        index=False, lineterminator="\n"
    )
    assert fingerprint(of_package(package)) == hashlib.sha256(text.encode()).hexdigest()
    assert package.incidents.select(Selection()).fingerprint == fingerprint(of_package(package))


def test_the_order_in_which_rows_are_shown_does_not_change_the_fingerprint(package):
    rows = of_package(package)
    assert fingerprint(rows.iloc[::-1]) == fingerprint(rows)
    assert fingerprint(rows.sample(frac=1, random_state=1)) == fingerprint(rows)


@pytest.mark.parametrize("column", citation.PUBLISHED)
def test_one_letter_more_in_any_column_changes_the_fingerprint(package, column):
    rows = of_package(package)
    changed = rows.copy()
    changed.iloc[7, changed.columns.get_loc(column)] += "x"
    assert fingerprint(changed) != fingerprint(rows)


def test_what_crosses_the_border_of_two_cells_changes_the_fingerprint():
    one = pd.DataFrame({"a": ["x,y"], "b": ["z"]})
    other = pd.DataFrame({"a": ["x"], "b": ["y,z"]})
    assert citation.Lines(one).canonical() == b'a,b\n"x,y",z\n'
    assert fingerprint(one) != fingerprint(other)


def test_no_rows_have_a_fingerprint_of_their_own(package):
    none = published(package.incidents.select(Selection(q="no such word anywhere")).records())
    assert citation.Lines(none).canonical() == (",".join(citation.PUBLISHED) + "\n").encode()
    assert len(fingerprint(none)) == 64


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("part", ["title", "organisation", "amount", "filters"])
def test_a_hostile_text_comes_back_whole_from_every_form(text, part):
    cited = replace(PLAIN, **{part: text})
    whole = " ".join(text.split())
    entries = parse_string(citation.bibtex(cited), "bibtex").entries
    assert list(entries) == [cited.key]
    entry = entries[cited.key]
    found = {**entry.fields, "author": str(entry.persons["author"][0])}
    name = {"organisation": "author"}.get(part, part if part == "title" else "note")
    assert whole in from_tex(found[name])
    assert found["url"] == cited.link

    (item,) = rispy.load(io.StringIO(citation.ris(cited)))
    said = {"title": item["title"], "organisation": item["authors"][0], "note": item["notes"][0]}
    assert whole in said.get(part, said["note"])
    assert item["urls"] == [cited.link]

    (thing,) = json.loads(citation.csl_json(cited))
    said = {"title": thing["title"], "organisation": thing["author"][0]["literal"]}
    assert whole in said.get(part, thing["note"])
    assert thing["URL"] == cited.link


def from_tex(text):
    """Read TeX's own names of the characters that mean something to it."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}"}
    names |= {"textasciitilde": "~", "textasciicircum": "^"}
    bare = re.sub(r"^{(.*)}$", r"\1", text)
    return re.sub(r"\\(?:(\w+){}|(\W|_))", lambda m: names.get(m[1]) or m[2], bare)


def test_every_form_says_the_release_the_day_and_the_fingerprint():
    for text in (citation.bibtex(PLAIN), citation.ris(PLAIN), citation.csl_json(PLAIN)):
        assert PLAIN.release in text
        assert PLAIN.fingerprint in text
        assert "41 recorded incidents; Dataset: media" in text
        assert "2026" in text


def test_every_style_shows_release_and_month(package):
    """Few styles show a version, and only those of BibTeX know how a month is worded."""
    fields = parse_string(citation.bibtex(PLAIN), "bibtex").entries[PLAIN.key].fields
    assert fields["month"] == "November"
    assert fields["note"].startswith("Release 2026.11.5; 41 recorded incidents")


@pytest.mark.parametrize("part", ["title", "link"])
def test_two_views_of_the_same_rows_have_two_names(part):
    assert replace(PLAIN, **{part: f"{getattr(PLAIN, part)}x"}).key != PLAIN.key
    assert replace(PLAIN).key == PLAIN.key


def test_a_character_that_nobody_sees_is_shown_as_one():
    cited = replace(PLAIN, filters="Text: “abc\u202egpj.exe”")
    for text in (citation.bibtex(cited), citation.ris(cited), citation.csl_json(cited)):
        assert "\u202e" not in text
        assert "abc�gpj" in text
