"""Every published figure of quality is what the data say, wherever it stands."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from answers import quality
from incidents.codebook import LANGUAGES
from loaders import load
from loaders.language import language
from tests import plain
from tests.conftest import DATA, HOME

CHECKING = (DATA / "CHECKING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("table", [quality.errors_table, quality.agreement_table])
def test_the_tables_of_checking_md_are_those_that_the_command_prints(table, package):
    written = quality.markdown(table(package, language("en")))
    assert written in CHECKING, f"\n{written}"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_prints_every_table_in_every_language(lang, package):
    command = [sys.executable, "-m", "keeper", "quality"]
    env = {"LC_ALL": lang, "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        command, cwd=HOME, capture_output=True, encoding="utf-8", check=True, env=env
    )
    assert ran.stdout.strip() == quality.report(package, language(lang)).strip()
    assert ran.stdout.count("## ") == 4


def test_records_and_coverage_are_what_a_plain_count_says(package):
    t = language("en")
    rows = [row for row in plain.rows() if plain.counted(row)]
    for dataset, told in zip(plain.FILES, quality.checked_table(package, t).values, strict=True):
        theirs = [row["checked"] for row in rows if row["dataset"] == dataset]
        assert [int(n) for n in told] == [len(theirs), theirs.count("twice")]
    table = quality.coverage_table(package, t)
    for year, (held, total, _) in zip(table.index, table.values, strict=True):
        media = [row for row in rows if row["dataset"] == "media" and row["date"][:4] == year]
        assert (int(held), int(total)) == (len(media), package.published[int(year)])


def test_one_more_reading_is_one_edit_of_one_file_and_one_command(copy):
    path = copy / "checking" / "readings.csv"
    more = ["media,confirmed"] * 45 + ["media,grave"] * 5 + ["rights,wording"] * 10
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"99,2026-11,random,{row}\n" for row in more)
    package, t = load(copy), language("en")
    said = quality.found_wrong(package, t)
    assert "Media 0–65% (in the last random sample 5 of 50, 95% interval 3–22%)" in said
    assert "Minorities 0–100% (" in said
    table = quality.markdown(quality.errors_table(package, t))
    told = "99. Sample, Minorities | 10 of 10, 100% (69–100) | 0 of 10, 0% (0–31) | 10 of 10"
    assert f"| {told} |" in table
    command = [sys.executable, "-m", "keeper", "quality", "--write"]
    env = {"INCIDENTS_DATA": str(copy), "PYTHONIOENCODING": "utf-8"}
    subprocess.run(command, cwd=HOME, capture_output=True, check=True, env=env)
    text = (copy / "CHECKING.md").read_text(encoding="utf-8")
    assert table in text
    assert len(text.splitlines()) == len(CHECKING.splitlines()) + 2


@pytest.mark.parametrize(
    ("file", "column", "value", "rule"),
    [
        ("readings", "outcome", "good", "unknown_code"),
        ("readings", "dataset", "", "required"),
        ("readings", "reading", "0", "not_a_number"),
        ("codings", "coder", "third", "unknown_code"),
        ("codings", "codes", "A detail.", "unknown_code"),
    ],
)
def test_a_bad_cell_of_what_was_checked_is_a_fault(file, column, value, rule, copy):
    from loaders import Faults

    path = copy / "checking" / f"{file}.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.loc[3, column] = value
    rows.to_csv(path, index=False, lineterminator="\n")
    with pytest.raises(Faults) as found:
        load(copy)
    assert [(f.file, f.line, f.column, f.rule) for f in found.value.faults] == [
        (f"checking/{file}.csv", 5, column, rule)
    ]


def test_a_kept_release_from_before_readings_were_a_table_still_loads(copy):
    path = copy / "datapackage.json"
    for name in ("readings", "codings"):
        (copy / "checking" / f"{name}.csv").unlink()
    described = json.loads(path.read_text(encoding="utf-8"))
    tables = [r for r in described["resources"] if not r["path"].startswith("checking/")]
    path.write_text(json.dumps({**described, "form": 1, "resources": tables}), encoding="utf-8")
    package = load(copy)
    assert quality.found_wrong(package, language("en")) == ""
    assert quality.errors_table(package, language("en")).empty
    assert quality.agreement_table(package, language("en")).empty


def test_what_is_said_to_be_missing_is_missing():
    rows = list(plain.rows())
    media = [row for row in rows if row["dataset"] == "media"]
    assert not [
        r for r in media if r["date"][:4] == "2023" and "physical_assault" in r["violations"]
    ]
    assert not [r for r in rows if r["date"] >= "2022" and "online_harassment" in r["violations"]]
