"""The command publish: a keeper's cases in, a new release out or nothing, and the keys that fit it.

All cases are made up, and true of nobody.
"""

import sys

import pandas as pd
import pytest

from keeper.__main__ import main
from keeper.describing import describe
from keeper.release import exchange
from keeper.withdrawal import withdraw
from loaders import load
from tests.bundled import RELEASE
from tests.checking_files import PROTECTED
from tests.keeper.conftest import TEXTS, added, keys_of, state

SECRET = {
    **PROTECTED,
    "date": "2022-08-23",
    "region": "KG-O",
    "place": "",
    "summary": "Zyxwanary was hurt in Qwertyville",
    "persons": "2",
    "source_name": "Canary Post",
    "source_url": "https://canary.example/zyxw-story",
    "source_published": "2022-08-24",
}
"""A case about somebody protected, as finely as a keeper may know it."""
FINER = ("Zyxw", "Qwert", "2022-08-23", "2022-08-24", "canary.example", "A-secret")
"""What of it may stand nowhere."""


def test_cases_become_a_release_and_the_one_before_is_kept(publish, copy, folder):
    before = state(copy)
    code, said = publish({}, {"category": "assembly_association"})
    assert code == 0
    package = load(copy)
    assert package.release != RELEASE
    assert f"Release {package.release} is made; {RELEASE} is kept." in said
    kept = {name.removeprefix(f"releases/{RELEASE}/"): held for name, held in state(copy).items()}
    assert {name: kept[name] for name in before} == before
    assert load(copy / "releases" / RELEASE).release == RELEASE
    assert {row["incident_id"] for row in added(copy)} == {*keys_of(folder).values()}
    assert "2 records were added." in package.changelogs["en"].split("\n## ")[1]


def test_rows_stand_in_order_of_identifier_and_the_others_keep_every_byte(publish, copy):
    file = copy / "rights_incidents.csv"
    before = file.read_bytes().splitlines(keepends=True)
    publish(*[{}] * 5)
    after = file.read_bytes().splitlines(keepends=True)
    assert [line for line in after if line in before] == before
    names = [line.split(b",")[0] for line in after[1:]]
    assert names == sorted(names)


def test_the_same_again_changes_nothing(publish, copy, folder):
    publish({}, SECRET)
    before, keys = state(copy), (folder / "keys.csv").read_bytes()
    code, said = publish({}, SECRET)
    assert (code, "Nothing changes" in said) == (0, True)
    assert (state(copy), (folder / "keys.csv").read_bytes()) == (before, keys)


def test_a_corrected_case_keeps_its_identifier(publish, copy, folder):
    publish({}, {})
    keys = keys_of(folder)
    code, said = publish({}, {"summary": "Made-up and corrected"}, {})
    assert (code, "New records: 1, corrected: 1, as they were: 1" in said) == (0, True)
    assert {name: keys_of(folder)[name] for name in keys} == keys
    told = {row["incident_id"]: row["summary"] for row in added(copy)}
    assert told[keys["A-1"]] == "Made-up and corrected"
    assert "1 record was corrected." in load(copy).changelogs["en"]


def test_a_record_is_corrected_under_its_own_identifier(publish, copy):
    name = (
        load(copy).incidents.frame.query("dataset == 'rights' & ~protected")["incident_id"].iloc[0]
    )
    code, _ = publish({"case_number": name})
    assert code == 0
    assert added(copy) == []
    frame = load(copy).incidents.frame.set_index("incident_id")
    assert frame.at[name, "summary"] == TEXTS[0]
    assert frame.at[name, "source_url"] == "https://example.org/0"


def test_nothing_finer_of_a_protected_case_stands_anywhere(publish, copy, folder, tmp_path):
    code, said = publish(SECRET | {"case_number": "A-secret"}, {})
    assert code == 0
    (row,) = [row for row in added(copy) if row["protected"]]
    assert (row["date"], row["region"], row["place"]) == ("2022-01-01", "KG", "")
    everywhere = b"".join(state(copy).values()).decode("utf-8") + said
    for word in FINER:
        assert word not in everywhere
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"data", "keeper"}
    assert row["incident_id"] not in said


def test_the_change_log_tells_of_protected_records_nothing(publish, copy):
    publish(SECRET)
    entry = load(copy).changelogs["en"].split("\n## ")[1]
    assert "added" not in entry
    assert "is kept" in entry


def test_a_trial_writes_nothing(publish, copy, folder):
    before = state(copy)
    code, said = publish({}, options=("--dry-run",))
    assert (code, "A trial" in said) == (0, True)
    assert state(copy) == before
    assert not (folder / "keys.csv").exists()


def test_three_of_a_year_that_appear_together_name_their_region_and_a_fourth_none(
    publish, copy, folder
):
    cases = [SECRET | {"source_url": f"https://canary.example/{n}"} for n in range(3)]
    publish(*cases)
    publish(*cases, SECRET)
    regions = {row["incident_id"]: row["region"] for row in added(copy)}
    keys = keys_of(folder)
    assert [regions[keys[f"A-{n}"]] for n in range(4)] == ["KG-O", "KG-O", "KG-O", "KG"]


@pytest.mark.parametrize("how", ["withdrawn", "corrected"])
def test_where_too_few_are_left_the_region_goes_in_every_release(publish, copy, folder, how):
    cases = [SECRET | {"source_url": f"https://canary.example/{n}"} for n in range(3)]
    publish(*cases)
    publish(*cases, {})
    first = keys_of(folder)["A-0"]
    if how == "withdrawn":
        withdraw(copy, first, "request", "2026-11")
    else:
        publish(cases[0] | {"region": "KG", "place": ""}, *cases[1:], {})
    releases = [copy, *(copy / "releases").iterdir()]
    assert len(releases) > 2
    for release in releases:
        rows = pd.read_csv(release / "rights_incidents.csv", dtype=str, keep_default_na=False)
        protected = rows[
            rows["incident_id"].isin([*keys_of(folder).values()]) & (rows["protected"] == "yes")
        ]
        assert set(protected["region"]) <= {"KG"}
        load(release)


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ({"consent": "not_given"}, "There is no consent to publish. Rows: cases.csv: 3"),
        ({"summary": "Выдуманный запрет"}, "not in English"),
        ({"date": "2026-03-05", "source_published": "2026-03"}, "last day of collection"),
    ],
)
def test_what_waits_stands_in_nobodys_way(publish, copy, case, said):
    code, out = publish({}, case)
    assert (code, said in out) == (0, True)
    assert len(added(copy)) == 1


def test_collection_moves_where_a_keeper_says_so(publish, copy):
    late = {"date": "2026-03-05", "source_published": "2026-03"}
    code, _ = publish(late, options=("--collected", "rights=2026-03-31"))
    assert (code, len(added(copy))) == (0, 1)
    assert str(load(copy).incidents.collection["rights"][1].date()) == "2026-03-31"
    assert "collected to 31 Mar 2026" in load(copy).changelogs["en"]


NAMED = {"summary": "Канарейкин Пример Примерович silently went on to lead a made-up outlet"}


def test_questions_are_looked_at_before_and_not_again_for_what_is_published(publish, copy):
    code, said = publish({}, NAMED)
    assert (code, "add --looked-at 1" in said) == (2, True)
    assert publish({}, NAMED, options=("--looked-at", "2"))[0] == 2
    assert added(copy) == []
    assert publish({}, NAMED, options=("--looked-at", "1"))[0] == 0
    assert publish({}, NAMED, {})[0] == 0


def test_without_a_release_there_is_nothing_to_look_at(publish):
    options = ("--looked-at", "1")
    publish(NAMED, options=options)
    assert publish(NAMED)[0] == 0


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (({"perpetrator": ""},), "errors stand in cases.csv"),
        (({"case_number": ""},), "number of your own. Rows: cases.csv: 2"),
        (({"case_number": "B"}, {"case_number": "B"}), "Rows: cases.csv: 2, cases.csv: 3"),
        (({"summary": "Call 0555 00 00 00"},), "errors stand"),
        (({"case_number": "R-1560"},), "errors stand"),  # withdrawn
    ],
)
def test_what_cannot_be_published_is_refused_whole(publish, copy, cases, said):
    if cases[0].get("case_number") == "R-1560":
        path = copy / "withdrawn.csv"
        path.write_text(path.read_text() + "R-1560,rights,2026.11.3,2026-11,unconfirmed\n")
        describe(copy)
    before = state(copy)
    code, out = publish({} | cases[0], *cases[1:])
    assert (code, said in out) == (2, True)
    assert state(copy) == before


@pytest.mark.parametrize(
    ("later", "said"),
    [
        ({"consent": "not_given"}, "Withdraw them first"),
        (PROTECTED, "Withdraw them first"),
        ({"link": "withheld", "source_url": ""}, "keeper close"),
    ],
)
def test_nothing_is_published_beside_what_has_to_go(publish, copy, later, said):
    publish({})
    before = state(copy)
    code, out = publish(later, {})
    assert (code, said in out) == (2, True)
    assert state(copy) == before


def test_a_withdrawn_case_never_comes_back(publish, copy, folder):
    publish({}, {})
    withdraw(copy, keys_of(folder)["A-0"], "request", "2026-11")
    assert publish({}, {})[0] == 2
    assert publish({"case_number": "A-1"})[0] == 0


def test_the_reason_is_told_and_holds_no_personal_data(publish, copy):
    assert publish({}, options=("--reason", "Write to canary@example.org"))[0] == 2
    assert publish({}, options=("--reason", "A made-up reason."))[0] == 0
    assert "- A made-up reason.\n" in load(copy).changelogs["en"]


def test_rows_that_may_not_be_passed_on_are_refused(copy, folder, monkeypatch, capsys):
    path = folder / "acled.csv"
    path.write_text(
        "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,"
        "actor1,country,admin1,location,latitude,longitude,source,notes,timestamp\n"
        "KGZ1,05 March 2022,2022,1,Demonstrations,Protests,Peaceful protest,Canaries,"
        "Kyrgyzstan,Chui,Kant,42.89,74.85,Canary Post,A made-up note,1646438400\n",
        encoding="utf-8",
    )
    line = ["keeper", "publish", path, "--out", copy, "--keys", folder / "keys.csv"]
    monkeypatch.setattr(sys, "argv", [*map(str, line)])
    monkeypatch.setenv("LC_ALL", "en")
    before = state(copy)
    assert main() == 2
    assert "may not be passed on" in capsys.readouterr().err
    assert state(copy) == before


def test_every_language_is_spoken(publish):
    said = {
        lang: publish({}, SECRET, options=("--lang", lang, "--dry-run"))[1]
        for lang in ("en", "ru", "ky")
    }
    assert len({*said.values()}) == 3
    assert "Проба" in said["ru"]
    assert "Сыноо" in said["ky"]


def test_a_full_disk_changes_nothing(publish, copy, monkeypatch):
    before = state(copy)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("keeper.release.exchange", full)
    code, said = publish({})
    assert (code, "No space left" in said) == (2, True)
    assert state(copy) == before
    monkeypatch.undo()


def test_keys_that_were_written_for_a_release_that_never_came_are_used_for_the_next(
    publish, copy, folder, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(
            "keeper.release.exchange", lambda *_: (_ for _ in ()).throw(OSError(5, "cut"))
        )
        assert publish({}, {})[0] == 2
    drawn = keys_of(folder)
    assert publish({}, {})[0] == 0
    assert keys_of(folder) == drawn
    assert {row["incident_id"] for row in added(copy)} == {*drawn.values()}


def test_folders_change_places_in_one_step(tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "which").write_text(name)
    exchange(tmp_path / "new", tmp_path / "old")
    assert (tmp_path / "old" / "which").read_text() == "new"
    assert (tmp_path / "new" / "which").read_text() == "old"


def test_datasets_whose_identifiers_begin_alike_never_share_one(publish, copy, monkeypatch):
    def lowest(_letter, taken, n):
        return [name for at in range(9000) if (name := f"R-{at:04}") not in taken][:n]

    monkeypatch.setattr("incidents.publishing.drawn", lowest)
    media = {"category": "physical", "violations": "physical_assault", "groups": "journalists"}
    assert publish({}, media)[0] == 0
    assert len({row["incident_id"] for row in added(copy)}) == 2


def test_a_case_stays_in_the_dataset_in_which_it_is_published(publish, copy):
    publish({})
    before = state(copy)
    code, said = publish(
        {"category": "physical", "violations": "physical_assault", "groups": "journalists"}
    )
    assert (code, "in another dataset" in said) == (2, True)
    assert state(copy) == before


def test_a_failure_of_the_program_repeats_no_cell(publish, copy, monkeypatch):
    def fails(*_):
        raise ValueError(SECRET["summary"])

    monkeypatch.setattr("incidents.publishing.decided", fails)
    before = state(copy)
    code, said = publish(SECRET)
    assert (code, "ValueError" in said, "Zyxw" in said) == (2, True, False)
    assert state(copy) == before
