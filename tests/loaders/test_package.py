import json
from dataclasses import replace

import pandas as pd
import pytest

from incidents import protection
from incidents.codebook import EXAMPLES, ILLUSTRATED, LANGUAGES, LISTS, list_columns
from incidents.schema import CODES, COLUMNS, SEVERAL
from loaders.needs import TABLES, columns_of
from loaders.package import record_files
from loaders.releases import FOLDER
from tests import bundled
from tests.conftest import DATA

FILES = record_files(DATA)

DESCRIPTOR = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["path"]: resource for resource in DESCRIPTOR["resources"]}
RECORDS = pd.concat(
    [pd.read_csv(DATA / file, dtype=str, keep_default_na=False) for file in FILES.values()]
)


def test_the_descriptor_describes_every_file_and_no_other():
    files = [p.relative_to(DATA) for p in DATA.rglob("*") if p.suffix in (".csv", ".geojson")]
    told = {str(path) for path in files if path.parts[0] != FOLDER}
    # where was looked is no part of the package, which holds what was found
    assert set(RESOURCES) == told - {"checking/sources_read.csv"}


@pytest.mark.parametrize("path", [*FILES.values(), *TABLES])
def test_columns_stand_as_described_each_with_a_type_and_a_description(path):
    fields = RESOURCES[path]["schema"]["fields"]
    columns = list(pd.read_csv(DATA / path, nrows=0).columns)
    assert [field["name"] for field in fields] == columns
    assert columns == list(columns_of(path, FILES))
    assert path in TABLES or columns == COLUMNS
    for field in fields:
        assert field["type"]
        assert field["description"]
        assert field["description"] not in (field["description_ru"], field["description_ky"])


def test_every_file_names_its_sources_and_its_licence():
    for resource in RESOURCES.values():
        assert resource["sources"]
        assert all(licence["path"] for licence in resource["licenses"])


@pytest.mark.parametrize("file", FILES.values())
def test_the_descriptor_names_the_code_list_of_every_coded_column(file):
    for field in RESOURCES[file]["schema"]["fields"]:
        if field["name"] in CODES:
            assert field["codes"] == CODES[field["name"]]
            assert field.get("list", False) == (field["name"] in SEVERAL)


UNUSED = {"people_living_with_hiv", "people_who_use_drugs"}
"""Groups of which no record is held; collectors need their codes all the same."""


def test_all_of_the_codebook_is_used_and_all_codes_are_in_it(package):
    for column, name in CODES.items():
        used = set(";".join(RECORDS[column]).split(";")) - {""}
        codes = set(package.codebook.codes(name))
        assert used <= codes
        if column in SEVERAL:
            assert codes - used <= UNUSED


def test_the_codebook_has_at_most_45_violations_each_in_one_place_of_the_menu_per_dataset(package):
    violations = package.codebook.lists["violations"]
    assert len(violations) <= 45
    for dataset, file in FILES.items():
        rows = pd.read_csv(DATA / file, dtype=str, keep_default_na=False)
        used = set(";".join(rows["violations"]).split(";"))
        placed = violations.loc[sorted(used), f"{dataset}_category"]
        categories = package.codebook.lists["categories"]["dataset"]
        assert set(placed.map(categories)) == {dataset}


@pytest.mark.parametrize("name", LISTS)
def test_every_label_is_there_in_three_languages_and_means_one_code(package, name):
    listed = package.codebook.lists[name]
    texts = [
        column for column in list_columns(name, FILES) if column.startswith(("label", "definition"))
    ]
    assert (listed[texts] != "").all(axis=None)
    for language in ("en", "ru", "ky"):
        assert listed[f"label_{language}"].is_unique


def test_every_equivalent_is_of_a_code_that_exists_and_stands_once(package):
    rows = package.codebook.crosswalk
    assert all(r.code in package.codebook.codes(r.list) for r in rows.itertuples())
    assert not rows.duplicated(["list", "code", "scheme", "term"]).any()
    assert set(rows["scheme"]) == set(package.codebook.schemes["scheme"])


def test_an_equivalent_counts_as_checked_only_with_the_address_of_its_text(package):
    book = package.codebook
    unread = book.crosswalk.assign(read_at=["", *book.crosswalk["read_at"][1:]])
    assert book.crosswalk["read_at"][0]
    assert replace(book, crosswalk=unread).equivalents_read == book.equivalents_read - 1


@pytest.mark.parametrize("name", sorted(ILLUSTRATED))
def test_every_code_has_an_example_and_a_counter_example_that_another_code_takes(package, name):
    listed = package.codebook.lists[name]
    assert (listed[list(EXAMPLES)] != "").all(axis=None)
    assert listed["counter_code"].isin(listed.index).all()
    assert (listed["counter_code"] != listed.index).all()


def test_no_situation_is_told_twice_and_each_is_written_in_its_own_language(package):
    for language in LANGUAGES:
        told = pd.concat(
            listed[column]
            for name, listed in package.codebook.lists.items()
            if name in ILLUSTRATED
            for column in (f"example_{language}", f"counter_{language}")
        )
        assert told.is_unique
        assert told.str.endswith(".").all()
        assert (told.str.contains("[а-я]") == (language != "en")).all()


@pytest.mark.parametrize("dataset", FILES)
def test_what_takes_a_counter_example_can_be_chosen_wherever_the_code_can(package, dataset):
    violations, categories = (package.codebook.lists[n] for n in ("violations", "categories"))
    offered = violations[f"{dataset}_category"] != ""
    assert offered[violations.loc[offered, "counter_code"]].all()
    own = categories[categories["dataset"] == dataset]
    assert own["counter_code"].isin(own.index).all()


def test_every_page_that_is_linked_has_a_publisher_and_most_a_language(package):
    linked = [
        url for column in ("source_url", "second_source_url") for url in RECORDS[column] if url
    ]
    told = [package.publisher(url) for url in linked]
    assert all(name for name, _ in told)
    assert sum(bool(language) for _, language in told) > 0.9 * len(told)
    pages = {url.split("://")[1].removeprefix("www.") for url in linked}
    for row in package.publishers.itertuples():
        assert any(page.startswith(row.address) for page in pages), row.address


def test_of_the_addresses_a_page_begins_with_the_longest_tells_its_publisher(package):
    assert package.publisher("https://24.kg/english/1_x/") == ("24.kg", "en")
    assert package.publisher("http://www.24.kg/obschestvo/1/") == ("24.kg", "ru")
    assert package.publisher("https://example.org/") == ("", "")


def test_an_archived_copy_is_one_of_a_single_page(package):
    [page] = [p for p in package.publishers["address"] if p.startswith("hrw.org/")]
    assert package.archived(f"https://www.{page}").startswith("https://webarchive.")
    assert package.archived(f"https://www.{page}/more") == ""
    assert package.archived("https://www.hrw.org") == ""
    linked = {url.split("://")[1].removeprefix("www.") for url in RECORDS["source_url"] if url}
    archived = package.publishers[package.publishers["archived"] != ""]
    assert set(archived["address"]) <= linked


def test_every_record_has_a_source_and_says_how_far_it_was_checked():
    assert (RECORDS["source_name"] != "").all()
    assert RECORDS["checked"].isin(["once", "twice"]).all()


def test_how_many_records_count(package):
    assert package.incidents.total == bundled.COUNTED
    by_dataset = package.incidents.frame[package.incidents.counted]["dataset"].value_counts()
    assert dict(by_dataset) == bundled.BY_DATASET


def test_protected_records_show_no_more_than_they_may():
    protected = RECORDS[RECORDS["protected"] == "yes"]
    assert len(protected) == bundled.PROTECTED
    withheld = ["date_end", "place", "persons", "summary", "episode", "same_event"]
    assert (protected[[*withheld, "source_url", "second_source_url"]] == "").all(axis=None)
    assert set(protected["date_precision"]) == {"year"}
    placed = protected[~protected["region"].isin(["KG", "ONLINE"])]
    assert (placed.groupby([placed["date"].str[:4], "region"]).size() >= protection.K).all()


def test_a_withheld_page_appears_nowhere():
    withheld = RECORDS[RECORDS["link"] == "withheld"]
    assert (withheld[["source_url", "second_source_url"]] == "").all(axis=None)
    totals = pd.read_csv(DATA / "published_totals.csv", dtype=str, keep_default_na=False)
    assert (totals.loc[totals["link"] == "withheld", "source_url"] == "").all()


def test_the_published_totals_of_attacks_on_media_are_a_series_of_their_own(package):
    assert package.published.to_dict() == {2018: 17, 2019: 49, 2020: 102, 2021: 44, 2022: 130}


def test_a_series_of_published_totals_has_one_measure_and_one_number_a_year(package):
    for name, rows in package.totals[package.totals["series"] != ""].groupby("series"):
        assert len(set(rows["measure"])) == 1, name
        assert len(set(rows["category"])) == 1, name
        assert rows["year"].str.fullmatch(r"\d{4}").all(), name
        assert rows["year"].is_unique, name


@pytest.mark.parametrize(
    ("index", "break_at"),
    [("RSF World Press", 2022), ("RSF score", 2022), ("Freedom on the Net", 2019)],
)
def test_no_series_runs_across_a_change_of_method(package, index, break_at):
    rows = package.totals[package.totals["measure"].str.startswith(index)]
    rows = rows[rows["series"] != ""]
    before = rows["year"].astype(int) < break_at
    assert before.any()
    assert not before.all()
    assert not set(rows["series"][before]) & set(rows["series"][~before])


def test_the_changelog_begins_with_the_release(package):
    assert f"## {package.release}" in package.changelog("en").text.split("\n\n")[1]


def test_population_is_the_census_of_all_nine_regions(package):
    assert len(package.population) == 9
    assert 6_900_000 < package.population.sum() < 7_000_000
