"""What following a link can mean, by country: every sentence with the page it was read on."""

import pytest

from incidents.codebook import LANGUAGES
from loaders.package import Faults, load
from loaders.releases import kept, release
from tests import broken
from tests.broken import Break, break_cell
from tests.conftest import DATA, forget_words

TABLE = "reader_risks.csv"


def test_every_sentence_is_said_in_three_languages_and_names_its_page_and_day(package):
    rows = package.reader_risks
    assert {"KG", "KZ", "UZ", "TJ", "RU"} == set(rows["country"])
    for row in rows.to_dict("records"):
        assert len({row[f"text_{lang}"] for lang in LANGUAGES}) == len(LANGUAGES)
        assert row["source_url"].startswith("https://")
        assert row["source_name"]
        assert row["read"] <= f"{package.released:%Y-%m-%d}"


@pytest.mark.parametrize("version", [each for each in kept(DATA) if each < "2026.11.9"])
def test_a_release_from_before_says_nothing_of_it(version, package):
    assert release(version, package).reader_risks.empty


def test_a_package_of_an_earlier_form_need_not_have_the_table(copy):
    (copy / TABLE).unlink()
    broken.redescribe(
        copy,
        lambda d: d.update(form=2, resources=[r for r in d["resources"] if r["path"] != TABLE]),
    )
    forget_words(copy)
    assert load(copy).reader_risks.empty


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("country", "Kazakhstan", "unknown_code"),
        ("country", "", "required"),
        ("source_url", "javascript:alert(1)", "not_an_address"),
        ("source_url", "", "required"),
        ("read", "yesterday", "not_a_date"),
        ("text_ky", "", "required"),
    ],
)
def test_a_sentence_without_country_page_day_or_language_is_refused(copy, column, value, rule):
    break_cell(copy, Break(rule, TABLE, column, value))
    with pytest.raises(Faults) as refused:
        load(copy)
    assert (TABLE, column, rule) in {(f.file, f.column, f.rule) for f in refused.value.faults}


def test_a_descriptor_cannot_allow_a_sentence_without_its_page(copy):
    def forget(described):
        (table,) = (each for each in described["resources"] if each["path"] == TABLE)
        (field,) = (each for each in table["schema"]["fields"] if each["name"] == "source_url")
        del field["constraints"]["required"]

    broken.redescribe(copy, forget)
    with pytest.raises(Faults) as refused:
        load(copy)
    assert "bad_description" in {fault.rule for fault in refused.value.faults}
