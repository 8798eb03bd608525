"""The package of another country says nothing that is true of this one alone."""

import pandas as pd
import pytest

from incidents import counts
from incidents.selection import Selection, known_codes
from keeper.describing import describe
from loaders import Faults, load
from tests import country

ONE, THREE = ("press",), ("press", "singers", "teachers")


@pytest.fixture(params=[ONE, THREE], ids=["one dataset", "three datasets"])
def elsewhere(request, tmp_path):
    """The package of a country that does not exist, loaded."""
    return load(country.write(tmp_path / "data", request.param))


def test_it_loads_with_every_record_of_every_dataset(elsewhere):
    n = len(elsewhere.incidents.collection)
    assert n in (1, 3)
    assert elsewhere.incidents.total == 3 * n
    assert elsewhere.codebook.codes("datasets") == list(elsewhere.incidents.collection)


def test_it_selects_and_counts(elsewhere):
    incidents = elsewhere.incidents
    codes = known_codes(elsewhere.codebook, list(incidents.places.index))
    asked, problems = Selection.from_query({"data": ["press"], "group": ["ferrymen"]}, codes)
    assert (incidents.select(asked).n, problems) == (2, [])
    assert Selection.from_query({"data": ["rights"], "region": ["KG-GB"]}, codes)[1]
    every = incidents.select(Selection())
    by_region = counts.by_code(every, "region")
    assert set(by_region) == {len(incidents.collection), 0}
    assert by_region[elsewhere.codebook.unplaced] == len(incidents.collection)
    table = counts.by_period(every, "year").table["n"]
    assert table["2019"] == 2 * len(incidents.collection)


def test_its_facts_are_its_own(elsewhere):
    assert elsewhere.country == "QX"
    assert elsewhere.licence == ("Terms of nowhere", "https://example.org/terms")
    assert elsewhere.bounds == ((-5.0, 10.0), (-3.0, 12.0))
    assert elsewhere.title("ru") == "Действия в стране Нигде"
    assert elsewhere.title("ky") == elsewhere.title("en") == "Acts in Nowhere"
    assert elsewhere.organisation("en") == "A house that does not exist"
    assert (elsewhere.codebook.unplaced, elsewhere.codebook.online) == ("QX", "ONLINE")


def test_a_sentence_it_does_not_say_is_empty(elsewhere, package):
    for name in package.statements["statement"]:
        assert [elsewhere.statement(name, language) for language in ("en", "ru", "ky")] == [""] * 3
    assert elsewhere.claims == ()
    assert elsewhere.errors.empty


def test_rates_are_taken_of_its_own_census_and_say_its_day(elsewhere):
    assert elsewhere.census.day == pd.Timestamp("2009-11-24")
    assert elsewhere.census.counted
    assert elsewhere.population.to_dict() == {"QX-1": 1000, "QX-2": 3000}
    subset = elsewhere.incidents.select(Selection(data=("press",)))
    rates = counts.rates(counts.by_code(subset, "region"), elsewhere.population)
    assert rates.to_dict() == pytest.approx({"QX-1": 100.0, "QX-2": 100_000 / 3000})


def test_one_published_total_stands_beside_what_is_held(elsewhere):
    assert elsewhere.published_dataset == "press"
    assert elsewhere.published.to_dict() == {2019: 5}
    assert elsewhere.held.to_dict() == {"2019": 2}


def test_without_a_published_total_nothing_is_held_of_it(tmp_path):
    folder = country.write(tmp_path / "data")
    path = folder / "published_totals.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    package = load(folder)
    assert package.published.empty
    assert package.held.empty
    assert package.published_dataset == ""


def test_a_drawn_series_with_no_number_a_year_is_refused(tmp_path):
    folder = country.write(tmp_path / "data")
    path = folder / "published_totals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2019,", ",2018-2019,"))
    with pytest.raises(Faults) as refused:
        load(folder)
    (fault,) = refused.value.faults
    assert (fault.column, fault.value, fault.rule) == (
        "published_series",
        "acts_against_press",
        "unknown_series",
    )


def test_acts_protect_only_where_the_list_of_datasets_says_so(tmp_path):
    folder = country.write(tmp_path / "data")
    acts = folder / "codebook" / "violations.csv"
    table = pd.read_csv(acts, dtype=str, keep_default_na=False)
    table.assign(protected="listed").to_csv(acts, index=False)
    records = folder / "press.csv"
    records.write_text(records.read_text(encoding="utf-8").replace("organisation", "person"))
    assert load(folder).incidents.total == 3
    datasets = folder / "codebook" / "datasets.csv"
    table = pd.read_csv(datasets, dtype=str, keep_default_na=False)
    table.assign(acts_protect="yes").to_csv(datasets, index=False)
    with pytest.raises(Faults) as refused:
        load(folder)
    assert {fault.rule for fault in refused.value.faults} == {"unprotected"}


@pytest.mark.parametrize(
    ("years", "chosen"),
    [
        ([("QX-1", 2009), ("QX-2", 2009)], {"QX-1", "QX-2"}),
        # the newer year covers one region only: the older one counts, and no region is empty
        ([("QX-1", 2009), ("QX-2", 2009), ("QX-1", 2019)], {"QX-1", "QX-2"}),
        # a region without any number has no rate, and keeps no other from having one
        ([("QX-1", 2009)], {"QX-1"}),
        # no year covers all: the newest of those that cover most
        ([("QX-1", 2009), ("QX-2", 2019)], {"QX-2"}),
        ([], set()),
    ],
)
def test_the_census_is_the_newest_year_that_covers_every_region(tmp_path, years, chosen):
    folder = country.write(tmp_path / "data")
    path = folder / "population.csv"
    path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    for region, year in years:
        counted = {"region": region, "year": str(year), "population": "10", "as_of": str(year)}
        country.append(path, counted | {"basis": "estimate", "source_url": "https://example.org"})
    census = load(folder).census
    assert set(census.population.index) == chosen
    assert not census.population.isna().any()
    assert not census.counted


def test_two_numbers_of_one_region_and_year_are_refused(tmp_path):
    folder = country.write(tmp_path / "data")
    path = folder / "population.csv"
    head, first, *others = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([head, first, first, *others]), encoding="utf-8")
    with pytest.raises(Faults) as refused:
        load(folder)
    assert [(f.file, f.line, f.rule) for f in refused.value.faults] == [
        ("population.csv", 3, "duplicate_id")
    ]


def test_it_can_be_described_and_loads_as_before(tmp_path):
    folder = country.write(tmp_path / "data", THREE)
    describe(folder)
    assert load(folder).incidents.total == 9
