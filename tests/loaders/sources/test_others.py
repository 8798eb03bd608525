"""Other people's data: UCDP, ACLED, the US tracker, and a partner's table that a CSV explains.

Columns and the form of cells are theirs, the events are made up: ACLED's may not be stored.
"""

import csv
import io
from pathlib import Path

import pytest

from loaders.sources import Names, Told, Where, acled, read, ucdp, uspft

UCDP = {
    "id": "1",
    "relid": "KGZ-2022-2-1-1",
    "year": "2022",
    "active_year": "1",
    "code_status": "Clear",
    "type_of_violence": "2",
    "conflict_name": "Canary - Finch",
    "number_of_sources": "1",
    "source_article": '"Canary report,2022-06-01,Canary"',
    "source_office": "Canary report",
    "source_date": "2022-06-01",
    "where_prec": "4",
    "where_coordinates": "Jalal-Abad oblast",
    "adm_1": "Jalal-Abad oblast",
    "latitude": "41.5",
    "longitude": "72.5",
    "geom_wkt": "POINT (72.5 41.5)",
    "country": "Kyrgyzstan",
    "region": "Asia",
    "date_prec": "1",
    "date_start": "2022-06-13 00:00:00.000",
    "date_end": "2022-06-13 00:00:00.000",
    "best": "0",
    "high": "3",
    "low": "0",
}
ACLED = {
    "event_id_cnty": "KGZ1",
    "event_date": "08 January 2022",
    "year": "2022",
    "time_precision": "1",
    "event_type": "Canary",
    "inter1": "Civilians",
    "iso": "417",
    "region": "Caucasus and Central Asia",
    "country": "Kyrgyzstan",
    "admin1": "Naryn",
    "location": "Naryn",
    "latitude": "41.43",
    "longitude": "75.99",
    "geo_precision": "1",
    "source": "Canary Times; Canary Post",
    "notes": "Canary",
    "fatalities": "0",
    "timestamp": "1700000000",
}
USPFT = {
    "title": 'Canary, "pecked" at rally',
    "url": "https://tracker.example/1",
    "first_published_at": "2024-03-01T15:00:00.123456Z",
    "date": "2024-02-29",
    "exact_date_unknown": "True",
    "city": "Canary City",
    "longitude": "-97.74",
    "latitude": "30.27",
    "body": '<div class="block-rich_text">Line 1\nLine 2</div>',
    "state": "ZZ",
    "links": "Story one, part 2 (https://a.example) via The Canary",
    "tags": "protest, Canary matter",
    "categories": "Assault, Equipment Damage",
    "targeted_journalists": "Canary (CNRY)",
}


def heads_of(module):
    """Give the heads of a source in the order of its own files, which its mapping keeps."""
    with Path(module.__file__).with_suffix(".csv").open(encoding="utf-8") as file:
        return [row["header"] for row in csv.DictReader(file) if row["header"]]


def written(rows, heads, *, bom=False, end="\n", head=True):
    """Write rows with commas, quotation marks where they must be."""
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, restval="", lineterminator=end)
    if head:
        writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def taken(tmp_path, content, package, **told):
    file = tmp_path / "data.csv"
    file.write_bytes(content)
    return read(file, package, Told(**told))


def asked(cases):
    return [(problem.rule, problem.where.row, problem.column) for problem in cases.problems]


def cells(cases, *columns):
    return cases.rows[list(columns)].to_numpy().tolist()


@pytest.mark.parametrize("head", [True, False])
def test_a_file_of_ucdp_with_and_without_its_header(tmp_path, package, head):
    longer = {"date_prec": "4", "date_end": "2022-06-30 00:00:00.000"}
    town = {"where_prec": "1", "where_coordinates": "Кант", "adm_1": ""}
    town |= {"latitude": "42.89", "longitude": "74.85", "number_of_sources": "-1"}
    town |= {"source_office": "", "source_date": ""}
    rows = [UCDP, {**UCDP, **longer}, {**UCDP, **town}]
    cases = taken(tmp_path, written(rows, ucdp.heads(), head=head), package)
    assert cases.problems == ()
    assert (cases.decided.source, cases.decided.header) == ("ucdp", (int(head),))
    assert cases.rows.index.tolist() == [n + head for n in (1, 2, 3)]
    assert cells(cases, "date", "date_precision", "date_end", "region", "place") == [
        ["2022-06-13", "day", "", "KG-J", ""],
        ["2022-06-13", "day", "2022-06-30", "KG-J", ""],
        ["2022-06-13", "day", "", "KG-C", "1528193"],
    ]
    sources = cells(cases, "source_name", "source_published")
    assert sources == [["Canary report", "2022-06-01"]] * 2 + [["", ""]]
    assert cases.where(2, "date_end") == Where("data.csv", "", 2, "AN")


@pytest.mark.parametrize(("precision", "region"), [("4", "KG-J"), ("5", ""), ("6", ""), ("7", "")])
def test_the_middle_of_a_country_is_no_place(tmp_path, package, precision, region):
    row = {**UCDP, "adm_1": "", "where_prec": precision}
    assert cells(taken(tmp_path, written([row], ucdp.heads()), package), "region") == [[region]]


def test_several_sources_of_ucdp_are_asked_about(tmp_path, package):
    row = {**UCDP, "source_date": "2022-06-01;2022-06-02"}
    cases = taken(tmp_path, written([row], ucdp.heads()), package)
    assert asked(cases) == [("joined_list", 2, "source_published")]


@pytest.mark.parametrize("day", ["08 January 2022", "2022-01-08"])
def test_rows_of_acled_are_read_and_bear_that_they_must_not_be_passed_on(tmp_path, package, day):
    rows = [
        {**ACLED, "event_date": day},
        {**ACLED, "event_date": day, "time_precision": "3", "geo_precision": "3"},
    ]
    cases = taken(tmp_path, written(rows, heads_of(acled), bom=True), package)
    assert asked(cases) == [("not_redistributable", 0, "")]
    assert (cases.decided.source, cases.decided.redistributable) == ("acled", False)
    assert cells(cases, "date", "date_precision", "region", "place_precision", "source_name") == [
        ["2022-01-08", "day", "KG-N", "settlement", "Canary Times; Canary Post"],
        ["2022-01-01", "month", "KG-N", "region", "Canary Times; Canary Post"],
    ]


def test_a_date_known_to_its_week_is_asked_about_and_no_day_is_taken(tmp_path, package):
    row = {**ACLED, "time_precision": "2"}
    cases = taken(tmp_path, written([row], heads_of(acled)), package)
    assert ("unknown_code", 2, "date_precision") in asked(cases)
    assert cells(cases, "date_precision") == [[""]]
    told = Names.of([{"value": "2", "column": "date_precision", "code": "month"}])
    cases = taken(tmp_path, written([row], heads_of(acled)), package, names=told)
    assert cells(cases, "date", "date_precision") == [["2022-01-01", "month"]]


def test_every_other_source_may_be_passed_on(tmp_path, package):
    for content in (written([UCDP], ucdp.heads()), b"date,region\n2022,KG-C\n"):
        assert taken(tmp_path, content, package).decided.redistributable


def test_the_tracker_of_another_country_is_read_and_its_places_are_asked_about(tmp_path, package):
    exact = {"exact_date_unknown": "False", "city": "", "state": "", "categories": "Leak Case"}
    content = written([USPFT, {**USPFT, **exact}], heads_of(uspft), end="\r\n")
    cases = taken(tmp_path, content, package)
    assert cases.decided.source == "uspft"
    assert sorted(asked(cases)) == [
        ("unknown_code", 2, "region"),
        ("unknown_code", 3, "violations"),
        ("unknown_point", 3, "region"),
    ]
    assert cells(cases, "date", "date_precision", "violations", "place", "persons") == [
        ["2024-02-01", "month", "physical_assault;property_damage", "", "1"],
        ["2024-02-29", "day", "", "", "1"],
    ]
    assert cells(cases, "source_url", "second_source_url")[0] == [
        "https://tracker.example/1",
        "https://a.example",
    ]


def test_lists_that_cannot_be_taken_apart_are_told_without_the_names_in_them(tmp_path, package):
    links = "One (https://a.example), Two (https://b.example)"
    row = {**USPFT, "links": links, "targeted_journalists": "Canary (CNRY), Finch"}
    row |= {"state": "", "city": "", "latitude": "", "longitude": ""}
    cases = taken(tmp_path, written([row], heads_of(uspft)), package, source="uspft")
    assert asked(cases) == [("joined_list", 2, "second_source_url"), ("joined_list", 2, "persons")]
    assert {problem.value for problem in cases.problems} == {""}
    assert cells(cases, "second_source_url", "persons") == [["", ""]]


def test_the_tracker_with_chosen_columns_is_known_by_them(tmp_path, package):
    heads = ("date", "city", "longitude", "latitude", "state", "tags", "authors", "categories")
    row = {"date": "2021-11-30", "categories": "Physical Attack, Equipment Search or Seizure"}
    cases = taken(tmp_path, written([row], heads), package)
    assert (cases.decided.source, cases.problems) == ("uspft", ())
    assert cells(cases, "violations") == [["physical_assault;seizure_of_equipment"]]


PARTNER = """Журнал канареек;;;
Номер;Когда было;Кого задело;Что случилось
1;05.03.2022;жен.;Канарейка; первая
"""
MAPPING = """header,value,column,code
Номер,,,
Когда было,,date,
Кого задело,,groups,
Что случилось,,summary,
,жен.,groups,women
"""


def test_a_format_of_a_partner_is_added_by_a_csv_alone(tmp_path, package):
    mapping = tmp_path / "partner.csv"
    mapping.write_text(MAPPING, encoding="utf-8")
    content = PARTNER.replace("; первая", ", первая").encode("cp1251")
    cases = taken(tmp_path, content, package, names=Names.read(mapping))
    assert cases.problems == ()
    assert (cases.decided.encoding, cases.decided.separator) == ("cp1251", ";")
    assert cells(cases, "date", "groups", "summary") == [
        ["2022-03-05", "women", "Канарейка, первая"]
    ]
