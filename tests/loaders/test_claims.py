"""A claim is added by rows alone; a release from before there were claims can still be read."""

import json

import pandas as pd
import pytest

from incidents.claims import MANNERS
from incidents.selection import Selection
from loaders import Faults, load, release
from loaders.needs import TABLES
from tests.conftest import forget_words, keep_as

ADDED = [name for name in TABLES if "claim" in name]


def add_claim(directory, factor="2", manner="more_than"):
    """Write one more claim, about records alone, into a copy of the package."""
    path = directory / "claims.csv"
    claims = pd.read_csv(path, dtype=str, keep_default_na=False)
    row = {column: f"Generated, {column}" for column in claims}
    row |= {"claim_id": "S-03", "said": "2024-02-29", "factor": factor, "manner": manner}
    row |= {"language": "ru", "source_url": "https://example.org/said"}
    pd.concat([claims, pd.DataFrame([row])]).to_csv(path, index=False)
    with (directory / "claim_readings.csv").open("a", encoding="utf-8") as readings:
        readings.write("S-03,,data=rights&group=women,2019,2023,known_years\n")


def test_a_claim_is_added_by_rows(copy):
    add_claim(copy, factor="2.5")
    package = load(copy)
    added = package.claims[-1]
    assert (added.claim_id, str(added.factor), added.manner) == ("S-03", "2.5", "more_than")
    (reading,) = added.readings
    assert reading.selection == Selection(data=("rights",), group=("women",))
    assert (reading.series, str(reading.earlier), str(reading.later)) == ("", "2019", "2023")
    assert list(package.claim_rows["claim_id"])[-1] == "S-03"


def test_a_manner_nobody_can_check_is_refused_even_if_a_list_names_it(copy):
    path = copy / "codebook" / "claim_manners.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("\nalmost,", "\nhardly,"))
    with pytest.raises(Faults) as refused:
        load(copy)
    assert {(f.column, f.value, f.rule) for f in refused.value.faults} == {
        ("manner", "almost", "unknown_code")
    }


def test_the_codebook_words_every_manner_and_every_reason_is_used(package):
    assert package.codebook.codes("claim_manners") == list(MANNERS)
    used = {reading.why for claim in package.claims for reading in claim.readings}
    assert used == set(package.codebook.codes("claim_reasons"))


def older(directory):
    """Take the claims out of a package, as if there had never been any."""
    for name in ADDED:
        (directory / name).unlink()
    path = directory / "datapackage.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    described["resources"] = [r for r in described["resources"] if r["path"] not in ADDED]
    del described["form"]
    path.write_text(json.dumps(described), encoding="utf-8")
    forget_words(directory)


def test_a_kept_release_from_before_there_were_claims_has_none(copy):
    present = load(copy)
    older(keep_as(copy, "2026.10.0"))
    found = release("2026.10.0", present)
    assert found.claims == ()
    assert found.claim_rows.empty
    assert found.incidents.total == present.incidents.total


@pytest.mark.parametrize("name", ADDED)
def test_a_table_of_claims_that_is_described_must_be_there(copy, name):
    (copy / name).unlink()
    with pytest.raises(Faults) as refused:
        load(copy)
    assert (name, "missing_file") in {(f.file, f.rule) for f in refused.value.faults}
