"""A keeper's table read into our columns: heads, codes, dates, places, as people write them."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.surfaces.records import Records
from answers.template import as_template
from incidents.codebook import LANGUAGES
from incidents.schema import CODES, COLUMNS, SEVERAL
from incidents.selection import Selection
from loaders import load
from loaders.language import language
from loaders.sources import BadMapping, Names, Told, Where, own, read
from loaders.sources.names import plain
from tests.asking import files_of_records, question
from tests.broken_files import book_of, csv_of
from tests.conftest import DATA


def taken(tmp_path, content, package, **told):
    file = tmp_path / "cases"
    file.write_bytes(content)
    return read(file, package, Told(**told))


def rows_of(tmp_path, package, *rows, **told):
    """Read rows written as CSV; give the rows, and hold that nothing is asked."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    cases = taken(tmp_path, out.getvalue().encode(), package, **told)
    assert cases.problems == ()
    return cases.rows


@pytest.mark.parametrize("name", ["media_attacks.csv", "rights_incidents.csv"])
def test_a_file_of_the_package_is_read_as_it_is(package, name):
    cases = read(DATA / name, package)
    raw = pd.read_csv(DATA / name, dtype=object, keep_default_na=False)
    assert cases.problems == ()
    assert cases.rows[COLUMNS].reset_index(drop=True).equals(raw)
    assert cases.rows.index.tolist() == list(range(2, len(raw) + 2))
    assert cases.where(5, "date") == Where(name, "", 5, "C")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_in_any_language_is_read_back(tmp_path, package, lang, kind):
    content = files_of_records(package, Selection(), lang)[kind].make()
    cases = taken(tmp_path, content, package)
    assert cases.problems == ()
    found = cases.rows.set_index("incident_id")
    records = package.incidents.frame.set_index("incident_id").loc[found.index]
    for column in ("dataset", *CODES, "place"):
        assert (found[column] == records[column].astype("str").fillna("")).all(), column
    assert (found["date"] == records["date"]).all()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_heads_that_we_write_are_known(package, lang):
    """What a download heads a column with leads back to it."""
    heads = question(f"/records?lang={lang}").answer(Records).table.heads
    known = own.names().headers
    for name, head in heads.items():
        column = name.removesuffix("_label")
        if column in (*COLUMNS, "dataset") and head != name:
            assert known[plain(head)] == column


def test_heads_in_any_order_with_a_title_above_and_two_headers(tmp_path, package):
    found = rows_of(
        tmp_path,
        package,
        ["Нападения 2022"],
        [],
        ["Краткое описание", "Дата", "Регион", "Примечание"],
        ["summary", "date", "region", ""],
        ["Canary", "31.12.22", "Чуйская область", "x"],
        ["", "", "", ""],
        ["Краткое описание", "Дата", "Регион", "Примечание"],
        ["Second", "март 2022", "Ысык-Көл облусу", ""],
    )
    assert found["summary"].to_dict() == {5: "Canary", 8: "Second"}
    assert found["region"].tolist() == ["KG-C", "KG-Y"]
    assert found["date_precision"].tolist() == ["day", "month"]


def test_what_was_decided_is_told(tmp_path, package):
    rows = (["x"], ["Дата", "Кто", "Регион"], ["05.03.2022", "?", ""], [], ["2022", "", "KG"])
    decided = taken(tmp_path, csv_of(*rows, separator=";"), package).decided
    assert (decided.form, decided.source, decided.separator) == ("csv", "own", ";")
    assert (decided.header, decided.skipped, dict(decided.unread)) == ((2,), (4,), {"B": "Кто"})
    assert {name: order.order for name, order in decided.dates.items()} == {"date": "dmy"}
    assert not decided.dates["date"].proven


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("column", CODES)
def test_every_label_of_the_codebook_is_its_code(tmp_path, package, column, lang):
    if column.endswith("_precision"):
        pytest.skip("told by what it is the precision of")
    labels = package.codebook.labels(CODES[column], lang)
    found = rows_of(tmp_path, package, ["project", column], *(["x", v] for v in labels.values()))
    assert found[column].tolist() == list(labels)


@pytest.mark.parametrize("between", ["; ", ";", ", ", "\n", " | "])
@pytest.mark.parametrize("column", SEVERAL)
def test_several_values_in_a_cell_are_taken_apart(tmp_path, package, column, between):
    labels = package.codebook.labels(CODES[column], "ru")
    cell = between.join(labels.values())
    found = rows_of(tmp_path, package, ["project", column], ["x", cell])
    assert found[column].tolist() == [";".join(labels)]


def test_a_label_of_two_codes_is_asked_about(package, copy, tmp_path):
    path = copy / "codebook" / "groups.csv"
    text = path.read_text(encoding="utf-8")
    labels = [package.codebook.label("groups", code, "ru") for code in ("women", "children")]
    path.write_text(text.replace(f",{labels[1]},", f",{labels[0]},"), encoding="utf-8")
    cases = taken(tmp_path, csv_of(("date", "groups"), ("2022", labels[0])), load(copy))
    assert [(p.rule, p.among) for p in cases.problems] == [
        ("ambiguous_code", ("women", "children"))
    ]
    assert cases.rows["groups"].tolist() == [""]


@pytest.mark.parametrize(
    ("given", "placed"),
    [
        (("Чуйская область", "Кант", "", ""), ("KG-C", "1528193", "settlement")),
        (("", "Бишкек шаары", "", ""), ("KG-GB", "1528675", "settlement")),
        (("", "1528675", "", ""), ("KG-GB", "1528675", "settlement")),
        (("Талас облусу", "Покровка", "", ""), ("KG-T", "1527496", "settlement")),
        # the name stands in several regions: the point says in which
        (("", "Покровка", "42.7362", "71,60982"), ("KG-T", "1527496", "settlement")),
        # the region of the source counts, whatever the point
        (("KG-N", "", "42.87", "74.59"), ("KG-N", "", "region")),
        (("", "", "42.87", "74.59"), ("KG-GB", "", "region")),
        # 5 km beyond the border, and the nearest region within 10
        (("", "", "40.0", "69.25"), ("KG-B", "", "region")),
        (("Место не указано", "", "", ""), ("KG", "", "country")),
        (("Интернетте", "", "", ""), ("ONLINE", "", "online")),
        (("", "", "", ""), ("", "", "")),
    ],
)
def test_a_place_is_what_its_source_says_then_the_gazetteer_then_the_point(
    tmp_path, package, given, placed
):
    head = ["project", "Область", "Населённый пункт", "Широта", "Долгота"]
    found = rows_of(tmp_path, package, head, ["x", *given])
    assert tuple(found.loc[2, ["region", "place", "place_precision"]]) == placed
    assert not {"latitude", "longitude"} & set(found)


def test_every_settlement_is_found_by_its_name_in_its_region(tmp_path, package):
    places = package.incidents.places
    rows = [
        (row["region"], row[f"name_{lang}"], code)
        for lang in LANGUAGES
        for code, row in places.iterrows()
    ]
    same = pd.DataFrame(rows, columns=["region", "place", "code"])
    alone = same[~same.groupby(["region", "place"])["code"].transform("nunique").gt(1)]
    out = alone[["region", "place"]].to_csv(index=False).encode()
    cases = taken(tmp_path, out, package)
    wrong = [p for p in cases.problems if p.rule != "ambiguous_place"]
    assert wrong == []
    asked = {p.where.row - 2 for p in cases.problems}
    codes = alone.reset_index(drop=True)["code"].drop(index=list(asked))
    read = cases.rows.reset_index(drop=True)["place"].drop(index=list(asked))
    assert read.tolist() == codes.tolist()


def test_a_question_names_what_may_be_meant_and_takes_none_of_it(tmp_path, package):
    rows = [["Регеон", "place", "groups"], ["", "Покровка", "women; жинщины"], ["", "Кантт", ""]]
    cases = taken(tmp_path, csv_of(["date", *rows[0]], *(["2022", *r] for r in rows[1:])), package)
    asked = {p.rule: (p.value, p.among) for p in cases.problems}
    assert asked["unknown_header"] == ("Регеон", ("region",))
    assert asked["ambiguous_place"] == ("Покровка", ("1527497", "1527496", "1527338"))
    assert asked["unknown_code"] == ("жинщины", ("women",))
    assert asked["place_not_known"] == ("Кантт", ("1528193",))
    assert cases.rows[["place", "groups"]].to_numpy().tolist() == [["", ""], ["", ""]]


def test_answers_are_a_mapping(tmp_path, package):
    names = Names.of(
        [
            {"header": "Когда", "column": "date"},
            {"header": "Где", "column": "place"},
            {"value": "жинщины", "column": "groups", "code": "women"},
            {"value": "Покровка", "column": "place", "code": "1527496"},
            {"value": "Нигдеево", "column": "place", "code": ""},
            {"header": "place", "column": ""},
        ]
    )
    found = rows_of(
        tmp_path,
        package,
        ["Когда", "Где", "groups", "place"],
        ["2022", "Покровка", "жинщины", "unread"],
        ["2022", "Нигдеево", "", ""],
        names=names,
    )
    assert found["place"].tolist() == ["1527496", ""]
    assert found["groups"].tolist() == ["women", ""]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("a,b\n", 1),
        ("header,value,column,code\nx,,date,\ny,,no_column,\n", 3),
        ("header,value,column,code\nx,y,date,\n", 2),
        ("header,value,column,code\n,y,,z\n", 2),
    ],
)
def test_a_mapping_that_cannot_be_used_names_its_row(tmp_path, text, row):
    file = tmp_path / "names.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadMapping) as refused:
        Names.read(file)
    assert refused.value.row == row


def test_a_workbook_is_read_as_it_shows_itself(tmp_path, package):
    def fill(book, sheet):
        month, year = (book.add_format({"num_format": f}) for f in ("mmm yy", "yyyy"))
        sheet.write_datetime("A3", datetime(2022, 3, 1), month)  # noqa: DTZ001
        sheet.write_datetime("A4", datetime(2022, 1, 1), year)  # noqa: DTZ001
        sheet.write_string("A5", "31.12.22")
        sheet.write_number("A6", 2022)
        sheet.write_number("C2", 3.0)
        sheet.merge_range("B2:B6", "Талас облусу")
        book.add_worksheet("Notes").write("A1", "nothing of ours")
        hidden = book.add_worksheet("Lists")
        hidden.write_row(0, 0, ("date", "region", "persons"))
        hidden.hide()

    head = ("Date", "Region", "Number of persons affected", "protected")
    content = book_of(head, (date(2022, 12, 31), "", "", True), fill=fill)
    cases = taken(tmp_path, content, package)
    assert cases.problems == ()
    assert cases.decided.sheet == "Cases"
    assert cases.decided.merged == ("B2:B6",)
    assert cases.where(2, "region") == Where("cases", "Cases", 2, "B")
    assert list(zip(cases.rows["date"], cases.rows["date_precision"], strict=True)) == [
        ("2022-12-31", "day"),
        ("2022-03-01", "month"),
        ("2022-01-01", "year"),
        ("2022-12-31", "day"),
        ("2022-01-01", "year"),
    ]
    assert set(cases.rows["region"]) == {"KG-T"}
    assert cases.rows.loc[2, ["persons", "protected"]].tolist() == ["3", "yes"]


def test_one_of_several_sheets_is_told(tmp_path, package):
    def fill(book, _):
        book.add_worksheet("2023").write_row(0, 0, ("date", "region"))
        book.get_worksheet_by_name("2023").write_row(1, 0, ("2023", "KG-T"))

    content = book_of(("date", "region"), ("2022", "KG-C"), fill=fill)
    assert taken(tmp_path, content, package).problems[0].among == ("Cases", "2023")
    assert taken(tmp_path, content, package, sheet="2023").rows["region"].tolist() == ["KG-T"]


def test_dates_with_an_own_precision_and_an_end(tmp_path, package):
    found = rows_of(
        tmp_path,
        package,
        ["date", "date_precision", "date_end", "source_published"],
        ["2022-03-01", "Месяц", "май 2022", "март 2022"],
        ["05-07.03.2022", "", "", "2022"],
        ["Белгисиз", "", "", "31.12.2022"],
    )
    assert found.to_numpy().tolist() == [
        ["2022-03-01", "month", "2022-05-31", "2022-03"],
        ["2022-03-05", "day", "2022-03-07", "2022"],
        ["", "unknown", "", "2022-12-31"],
    ]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_cases_in_any_order_separator_and_encoding_come_back(tmp_path, package, data):
    book = package.codebook
    columns = {
        "project": st.sampled_from(["", "Канарейка; пятая", 'a "b", c', "x\ty"]),
        "date": st.dates(date(2015, 1, 1), date(2026, 1, 1)).map(lambda d: d.isoformat()),
        "region": st.sampled_from(book.codes("regions")),
        "groups": st.lists(st.sampled_from(book.codes("groups")), min_size=1, unique=True).map(
            ";".join
        ),
        "persons": st.sampled_from(["", "1", "250"]),
    }
    order = data.draw(st.permutations(list(columns)))
    rows = data.draw(
        st.lists(st.tuples(*(columns[name] for name in order)), min_size=1, max_size=5)
    )
    out = io.StringIO()
    separator = data.draw(st.sampled_from([",", ";", "\t"]))
    csv.writer(out, delimiter=separator).writerows([order, *rows])
    encoding = data.draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1251", "utf-16"]))
    cases = taken(tmp_path, out.getvalue().encode(encoding), package)
    assert cases.problems == ()
    expected = [[" ".join(cell.split()) for cell in row] for row in rows]
    assert cases.rows[list(order)].to_numpy().tolist() == expected


@pytest.mark.parametrize("lang", LANGUAGES)
def test_our_workbook_for_cases_is_read_back(tmp_path, package, lang):
    book = openpyxl.load_workbook(io.BytesIO(as_template(package, language(lang))))
    sheet, heads = book.worksheets[0], own.names().headers
    label = package.codebook.label
    told = {
        "date": date(2022, 3, 5),
        "region": label("regions", "KG-C", lang),
        "place": package.incidents.places.at["1528193", f"name_{lang}"],
        "groups": label("groups", "women", lang),
        "consent": label("consents", "given", lang),
    }
    columns = [heads.get(plain(cell.value)) for cell in sheet[1]]
    for column, value in told.items():
        sheet.cell(2, columns.index(column) + 1).value = value
    out = io.BytesIO()
    book.save(out)
    cases = taken(tmp_path, out.getvalue(), package)
    assert cases.problems == ()
    assert set(cases.rows) == {"case_number", "dataset", *COLUMNS} - {"incident_id"}
    assert not cases.decided.unread
    assert cases.rows.loc[2, list(told)].tolist() == [
        *("2022-03-05", "KG-C", "1528193", "women", "given")
    ]
