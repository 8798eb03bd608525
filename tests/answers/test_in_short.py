"""The Methodology in short: its figures are the package's, and nothing is lost in full."""

import re

import pytest

from answers import methodology
from answers.in_short import in_short
from answers.surfaces import overview
from incidents.codebook import LANGUAGES
from loaders import load
from tests import plain
from tests.asking import question
from tests.conftest import forget_words


def told(asked):
    """Read the points under their titles."""
    return {said.strong.rstrip("."): said.text for said in in_short(asked).said}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_point_stands_under_the_title_of_a_chapter_and_says_something(lang):
    asked = question(f"/methodology?lang={lang}")
    titles = [each.title for each in methodology.chapters(asked)]
    said = told(asked)
    assert list(said) == [title for title in titles if title in said]
    assert len(said) == 6
    assert all(len(text) > len(title) + 40 for title, text in said.items())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_records_are_counted_anew(lang):
    rows = list(plain.rows())
    counted = [row for row in rows if plain.counted(row)]
    twice = [row for row in counted if row["checked"] == "twice"]
    asked = question(f"/methodology?lang={lang}")
    contents, collection, *_ = told(asked).values()
    assert {f"{len(rows)}", f"{len(counted)}"} <= set(re.findall(r"\d+", contents))
    assert sorted(re.findall(r"\d+", collection)) == sorted([f"{len(twice)}", f"{len(counted)}"])


def test_figures_follow_the_package(copy):
    path = copy / "media_attacks.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(x for x in lines if not x.startswith("M-0002,")), encoding="utf-8")
    forget_words(copy)
    here, less = question("/methodology"), question("/methodology", copy)
    n, total = len(here.package.incidents.frame), here.package.incidents.total
    said = told(less)["What is in here, and what is not"]
    assert said.split(". ")[1].startswith(f"{n - 1} records, of which {total - 1} ")
    assert f" of the {total - 1} records" in told(less)["How a record gets in"]


def test_how_good_it_is_is_the_range_of_all_readings_and_never_the_best_alone(copy):
    with (copy / "checking" / "readings.csv").open("a", encoding="utf-8") as file:
        file.writelines("99,2026-11,random,media,confirmed\n" for _ in range(40))
    said = told(question("/methodology", copy))["How good it is"]
    errors = load(copy).errors
    for label, dataset in (("Media", "media"), ("Minorities", "rights")):
        of_one = errors[errors["drawn"] != "either"]
        found = of_one[(of_one["dataset"] == dataset) & (of_one["read"] > 0)]
        shares = [round(wrong / read * 100) for wrong, read in found[["wrong", "read"]].to_numpy()]
        assert f"{label} {min(shares)}–{max(shares)}%" in said


def test_coverage_is_the_share_that_the_first_page_names():
    asked = question("/methodology")
    share = overview.covered(asked).value
    assert share.endswith("%")
    assert f": {share} of the totals published for " in told(asked)["How good it is"]


def test_what_the_address_selects_does_not_change_it():
    assert told(question("/methodology")) == told(question("/methodology?data=media&from=2021"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chapter_can_be_made_and_says_something(lang):
    asked = question(f"/methodology?lang={lang}")
    for chapter in methodology.chapters(asked):
        made = chapter.make(asked)
        assert chapter.title
        assert made.said or made.parts or made.table is not None
