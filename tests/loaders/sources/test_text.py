"""Encodings and separators, found by what a file holds."""

import pytest

from loaders.sources import Told, read
from loaders.sources.text import SEPARATORS, decoded
from tests.broken_files import csv_of

RUSSIAN = ("Дата", "Область", "Краткое описание")
CASE = ("31.12.2022", "Чуйская область", "Канарейка, пятая")
KYRGYZ = (("Күнү", "Аймак", "Кыскача баяны"), ("31.12.2022", "Чүй облусу", "Кенар, бешинчи"))


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "utf-16-le", "utf-16", "utf-8"])
@pytest.mark.parametrize(
    "text",
    [
        "Дата;Область\n",
        "ДАТА;ОБЛАСТЬ;МЕСТО\n31.12.2022;ЧУЙСКАЯ ОБЛАСТЬ;КАНТ\n",
        "Дата;Место\n31.12.2022;Кара-Балта\n01.01.2023;Джалал-Абад\n",
        "date;summary\n2022;Обыск\n",
        "Дата;Описание\n2022;«Кант» – №5…\n",
    ],
)
def test_cyrillic_is_told_apart_in_short_files_and_in_capitals(package, encoding, text):
    try:
        content = text.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has no such letters")
    assert decoded(content, "x.csv", package)[0] == text


@pytest.mark.parametrize("name", ["Café", "Müller; Çelik", "Señor – über"])
def test_what_is_not_cyrillic_is_not_made_so(package, name):
    found, encoding = decoded(f"date,summary\n2022,{name}\n".encode("cp1252"), "x", package)
    assert not any("а" <= letter <= "я" for letter in found.casefold()), encoding


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("separator", SEPARATORS)
def test_kyrgyz_is_read_whatever_marks_it_and_parts_it(tmp_path, package, encoding, separator):
    rows = [[f'"{cell}"' for cell in row] for row in KYRGYZ]
    file = tmp_path / "x.txt"
    file.write_bytes(csv_of(*rows, separator=separator, encoding=encoding))
    cases = read(file, package)
    assert cases.problems == ()
    assert cases.rows.to_dict("list") == {
        "date": ["2022-12-31"],
        "date_precision": ["day"],
        "region": ["KG-C"],
        "place": [""],
        "place_precision": ["region"],
        "summary": ["Кенар, бешинчи"],
    }
    assert (cases.decided.encoding, cases.decided.separator) == (encoding, separator)


def test_a_comma_in_a_heading_does_not_win(tmp_path, package):
    file = tmp_path / "x.csv"
    title = ("Нападения, угрозы, обыски, а также всё, что было, 2022",)
    file.write_bytes(csv_of(title, RUSSIAN, CASE, separator=";", encoding="cp1251"))
    cases = read(file, package)
    assert cases.decided.separator == ";"
    assert cases.decided.encoding == "cp1251"
    assert cases.rows["summary"].tolist() == ["Канарейка, пятая"]


def test_what_is_told_of_a_file_is_taken(tmp_path, package):
    file = tmp_path / "x.csv"
    file.write_bytes(csv_of(RUSSIAN, CASE, separator=";", encoding="cp1251"))
    as_told = read(file, package, Told(encoding="cp1251", separator=";"))
    assert as_told.rows.equals(read(file, package).rows)
    for told in (Told(encoding="utf-8"), Told(encoding="no such")):
        assert [p.rule for p in read(file, package, told).problems] == ["wrong_encoding"]
    assert [p.rule for p in read(file, package, Told(separator="\t")).problems] == ["no_header"]
