"""What becomes of a keeper's cases, decided on made-up rows; beside the bundled codebook."""

import pandas as pd
import pytest

from incidents import protection, publishing
from incidents.protection import DELAY, Circumstances, K
from incidents.publishing import decided, drawn, episodes, letters
from incidents.schema import COLUMNS

CASE = {
    "dataset": "rights",
    "date": "2021-05-17",
    "date_precision": "day",
    "date_end": "2021-05-18",
    "region": "KG-C",
    "place": "1528193",
    "place_precision": "settlement",
    "groups": "women",
    "target": "event",
    "category": "assembly_association",
    "violations": "ban_on_assembly",
    "perpetrator": "authorities",
    "response": "none_reported",
    "summary": "A made-up ban.",
    "source_name": "Canary Post",
    "source_url": "https://example.org/1",
    "source_published": "2021-05-19",
    "kind": "incident",
    "consent": "given",
    "link": "open",
    "checked": "once",
    "project": "Canary",
    "episode": "",
}
PERSON = {"groups": "lgbtq", "target": "person", "category": "violence", "persons": "2"}
PROTECTED = PERSON | {"violations": "threat;domestic_violence;physical_assault"}


def cases(*told, has=None):
    rows = [CASE | {"number": str(n), "incident_id": ""} | each for n, each in enumerate(told)]
    frame = pd.DataFrame(rows).reindex(
        columns=["number", "sensitive", "dataset", *COLUMNS], fill_value=""
    )
    frame = frame.fillna("")
    frame["sensitive"] = frame["sensitive"] == "yes"
    return frame.assign(has=[frozenset(has or COLUMNS)] * len(frame))


NOTHING = pd.DataFrame(columns=COLUMNS, dtype=object)


@pytest.fixture
def about(package):
    return Circumstances(
        "rights", package.codebook, pd.Timestamp("2026-11-30"), pd.Timestamp("2026-02-28")
    )


def numbered(n):
    return [f"R-{number:04}" for number in range(n)]


def table(rows):
    return rows.set_index("incident_id", drop=False)


def test_a_case_nobody_is_exposed_by_is_published_as_it_is(about):
    (row,) = decided(cases({}), NOTHING, about, numbered).rows.to_dict("records")
    told = {column: row[column] for column in CASE if column in COLUMNS}
    assert told == {column: CASE[column] for column in told}


def test_of_a_protected_one_only_what_may_be_told_is_left(about):
    found = decided(cases(PROTECTED), NOTHING, about, numbered)
    (row,) = found.rows.to_dict("records")
    kept = {"groups", "target", "category", "perpetrator", "response", "source_name", "kind"}
    assert {column for column in COLUMNS if row[column]} == kept | {
        *("incident_id", "date", "date_precision", "region", "place_precision", "violations"),
        *("source_published", "protected", "consent", "link", "checked"),
    }
    told = ("2021-01-01", "year", "KG", "country", "domestic_violence", "2021", "yes", "withheld")
    assert told == tuple(
        row[column]
        for column in (
            *("date", "date_precision", "region", "place_precision", "violations"),
            *("source_published", "protected", "link"),
        )
    )
    assert not protection.broken(found.rows.reset_index(drop=True), about)


def test_the_act_of_a_protected_one_is_the_first_of_the_menu_where_none_is_protected(about):
    (row,) = decided(
        cases(PERSON | {"violations": "threat;physical_assault"}), NOTHING, about, numbered
    ).rows.to_dict("records")
    menu = about.codebook.codes("violations")
    assert row["violations"] == min(("threat", "physical_assault"), key=menu.index)


@pytest.mark.parametrize(
    ("n", "before", "named"),
    [(K - 1, 0, 0), (K, 0, K), (K + 1, 0, K + 1), (1, K, 0), (K - 1, K, 0), (K, K, K)],
)
def test_a_region_stands_where_three_new_ones_of_a_year_share_it(about, n, before, named):
    old = [f"R-9{number:03}" for number in range(before)]
    told = [PROTECTED | {"protected": "yes", "incident_id": name} for name in old]
    records = table(publishing.reduced(cases(*told), about.codebook)) if old else NOTHING
    found = decided(cases(*[PROTECTED] * n), records, about, numbered)
    assert (found.rows["region"] == "KG-C").sum() == named
    assert found.regions == n - named


def test_another_year_or_region_does_not_count(about):
    told = (
        *[PROTECTED] * (K - 1),
        PROTECTED | {"date": "2020-05-17"},
        PROTECTED | {"region": "KG-O"},
    )
    assert set(decided(cases(*told), NOTHING, about, numbered).rows["region"]) == {"KG"}


@pytest.mark.parametrize("region", ["KG", "ONLINE"])
def test_what_names_no_region_stays(about, region):
    told = PROTECTED | {"region": region, "place": ""}
    (row,) = decided(cases(told), NOTHING, about, numbered).rows.to_dict("records")
    assert row["region"] == region
    assert row["place_precision"] == {"KG": "country", "ONLINE": "online"}[region]


@pytest.mark.parametrize(
    ("published", "told", "left"),
    [
        ({"region": "KG"}, {"region": "KG-C"}, "KG"),
        ({"region": "KG-C"}, {"region": "KG-C"}, "KG-C"),
        ({"region": "KG-C"}, {"region": "KG-O"}, "KG"),
        ({"region": "KG-C"}, {"region": "KG-C", "date": "2020-05-17"}, "KG"),
        ({"region": "KG-C"}, {"region": "KG"}, "KG"),
    ],
)
def test_a_published_protected_record_never_gains_a_region(about, published, told, left):
    own = {"incident_id": "R-0001", "protected": "yes"}
    records = publishing.reduced(cases(PROTECTED | own | published), about.codebook)
    found = decided(cases(PROTECTED | own | told), table(records), about, numbered)
    assert found.rows["region"].tolist() == [left]


def test_what_was_published_as_protected_stays_so(about):
    own = {"incident_id": "R-0001"}
    records = publishing.reduced(
        cases(PROTECTED | own | {"protected": "yes", "region": "KG"}), about.codebook
    )
    found = decided(cases(own), table(records), about, numbered)
    (row,) = found.rows.to_dict("records")
    assert (row["protected"], row["summary"], row["date"]) == ("yes", "", "2021-01-01")


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, ""),
        ({"consent": "not_given"}, "consent"),
        ({"sensitive": "yes"}, "sensitive"),
        ({"sensitive": "yes"} | PROTECTED, ""),
        ({"summary": "Выдуманный случай, nobody's"}, "not_in_english"),
        ({"summary": "Outlets such as Канарейка were told to stop."}, ""),
        ({"date": "2026-02-28"}, ""),
        ({"date": "2026-03-01"}, "not_collected_yet"),
        (PROTECTED | {"date": "2025-05-17"}, ""),
        (PROTECTED | {"date": "2026-01-17"}, "protected_delay"),
        (PROTECTED | {"date": "", "date_precision": "unknown", "date_end": ""}, ""),
    ],
)
def test_what_has_to_wait_waits(about, told, why):
    found = decided(cases(told), NOTHING, about, numbered)
    assert found.waiting == ({0: why} if why else {})
    assert len(found.rows) == (not why)


def test_a_protected_case_waits_until_its_year_is_over_for_so_many_days(about):
    over = pd.Timestamp("2025-12-31")
    for days, waits in ((DELAY - 1, True), (DELAY, False)):
        day = over + pd.Timedelta(days=days)
        then = Circumstances("rights", about.codebook, day, over)
        found = decided(cases(PROTECTED | {"date": "2025-05-17"}), NOTHING, then, numbered)
        assert bool(found.waiting) == waits


def test_a_code_that_is_counted_only_lists_nobody(about):
    groups = about.codebook.lists["groups"].copy()
    groups.loc["lgbtq", "protected"] = "aggregate_only"
    book = type(about.codebook)({**about.codebook.lists, "groups": groups}, *(pd.DataFrame(),) * 4)
    then = Circumstances("rights", book, about.released, about.collected_to)
    assert decided(cases(PROTECTED), NOTHING, then, numbered).waiting == {0: "aggregate_only"}


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, None),
        ({"consent": "not_given"}, "withdraw_first"),
        ({"sensitive": "yes"}, "withdraw_first"),
        (PROTECTED, "withdraw_first"),
        ({"link": "withheld", "source_url": ""}, "close_first"),
        ({"date": "2026-03-01"}, None),
    ],
)
def test_a_published_record_that_tells_too_much_is_in_the_way(about, told, why):
    own = {"incident_id": "R-0001"}
    found = decided(cases(own | told), table(cases(own)), about, numbered)
    assert found.in_the_way.get(0) == why


def test_what_a_file_says_nothing_of_stays_as_it_is_published(about):
    own = {"incident_id": "R-0001"}
    records = table(cases(own | {"checked": "twice", "flag": "place_inferred"}))
    has = {*COLUMNS} - {"checked", "flag"}
    told = own | {"summary": "Another made-up text."}
    (row,) = decided(cases(told, has=has), records, about, numbered).rows.to_dict("records")
    assert (row["checked"], row["flag"]) == ("twice", "place_inferred")
    assert row["summary"] == "Another made-up text."


def test_identifiers_tell_nothing_and_are_never_taken_again():
    taken = {f"R-{number:04}" for number in range(0, 10_000, 3)}
    found = drawn("R", taken, 50)
    assert len({*found} - taken) == 50
    assert found != sorted(found)
    assert drawn("R", (), 50) != found


def test_the_fuller_the_numbers_are_the_longer_they_get():
    assert len(drawn("R", (), 1)[0]) == len("R-0000")
    assert len(drawn("R", {f"R-{n:04}" for n in range(5000)}, 1)[0]) == len("R-00000")


def test_datasets_begin_with_letters_of_their_own():
    told = {"media": ["M-0001"], "rights": ["R-0001"], "raids": [], "migrants": []}
    found = letters(told)
    assert (found["media"], found["rights"]) == ("M", "R")
    assert len(set(found.values())) == len(told)


def test_an_episode_is_named_by_a_record_and_not_by_the_keeper():
    told = cases(*[{"episode": "Canary's trial"}] * 2, {"episode": "Alone"}, {})
    told["incident_id"] = ["R-0002", "R-0001", "R-0003", "R-0004"]
    assert episodes(table(told), NOTHING).tolist() == ["E-R-0001", "E-R-0001", "", ""]


def test_a_new_step_joins_the_episode_that_is_published():
    records = table(cases({"incident_id": "R-0009", "episode": "E-R-0009"}))
    told = cases(*[{"episode": "Canary's trial"}] * 2)
    told["incident_id"] = ["R-0001", "R-0009"]
    assert episodes(table(told), records).tolist() == ["E-R-0009", "E-R-0009"]


def test_a_region_goes_in_all_releases_where_it_may_stand_in_one_no_longer():
    def release(**regions):
        rows = [
            {"incident_id": name, "date": "2021-01-01", "region": region, "protected": "yes"}
            for name, region in regions.items()
        ]
        return pd.DataFrame(rows)

    take = protection.regions_to_take
    same = dict.fromkeys("abc", "KG-C")
    assert take([release(**same), release(**same)]) == set()
    assert take([release(**same), release(a="KG-C", b="KG-C")]) == {*"abc"}
    # who had none gains none, and then too few are left in the other release
    assert take([release(**same), release(**same | {"c": "KG"})]) == {*"abc"}
    four = same | {"d": "KG-C"}
    assert take([release(**four), release(**same | {"d": "KG"})]) == {"d"}
    # what is taken in one release leaves too few in another, and so on
    later = {"a": "KG-C", "b": "KG-C", "e": "KG-C"}
    assert take([release(**same), release(**later), release(e="KG-C")]) == {*"abce"}
