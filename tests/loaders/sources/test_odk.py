"""ODK Central's archives of our form, in every dialect that it writes."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest

from loaders.sources import Told, Where, read
from loaders.sources.cases import LARGEST_TEXT, PARTS, SHEETS
from tests.other_files import CASES, Written, archive_of, central_zip, filled

COLUMNS = (
    *("dataset", "date", "date_precision", "region", "place", "place_precision", "groups"),
    *("violations", "persons", "summary", "consent", "source_name", "source_url"),
    *("source_published", "second_source_url", "link"),
)
MAIN, REPEAT = "окуялар.csv", "окуялар-sources.csv"


def taken(tmp_path, content, package, **told):
    file = tmp_path / "cases.csv.zip"
    file.write_bytes(content)
    return read(file, package, Told(**told))


def rules(cases):
    return [(problem.rule, problem.where.sheet, problem.where.row) for problem in cases.problems]


def dialect(package, *, groups, split):
    """Central puts a hyphen between group and question, and a slash before an answer."""
    several = "both" if split else "summary"
    return Written(package, "", groups, several, path="-", unanswered="0")


@pytest.mark.parametrize("groups", [False, True])
@pytest.mark.parametrize("split", [False, True])
def test_every_dialect_is_the_same_cases(tmp_path, package, groups, split):
    cases = taken(tmp_path, central_zip(dialect(package, groups=groups, split=split)), package)
    assert cases.problems == ()
    decided = cases.decided
    assert (decided.source, decided.form, decided.sheet) == ("odk", "zip", MAIN)
    columns = list(COLUMNS)
    assert cases.rows[columns].to_numpy().tolist() == [filled(case, *columns) for case in CASES]
    assert cases.where(2, "second_source_url") == Where("cases.csv.zip", REPEAT, 3, "C")
    assert cases.where(3, "source_name") == Where("cases.csv.zip", REPEAT, 4, "A")


def test_a_point_is_taken_from_its_own_columns(tmp_path, package):
    rows = (
        "SubmissionDate,incident-date,incident-loc-Latitude,incident-loc-Longitude,"
        "incident-loc-Altitude,incident-loc-Accuracy,meta-instanceID,KEY,Status,ReviewState\n"
        "2026-03-05T03:12:10.123Z,2026-03-05,42.87,74.59,0,0,uuid:1,uuid:1,,approved\n"
    )
    cases = taken(tmp_path, archive_of({"a.csv": rows.encode()}), package)
    assert cases.problems == ()
    assert cases.rows[["date", "region"]].to_numpy().tolist() == [["2026-03-05", "KG-GB"]]


def test_what_was_rejected_or_is_encrypted_is_asked_about(tmp_path, package):
    written = dialect(package, groups=True, split=False)
    assert rules(taken(tmp_path, central_zip(written, review="rejected"), package)) == [
        ("refused_there", MAIN, 2)
    ]
    assert rules(taken(tmp_path, central_zip(written, status="not decrypted"), package)) == [
        ("not_decrypted", MAIN, 2)
    ]


def test_a_row_of_a_repeat_without_its_case_is_asked_about(tmp_path, package):
    content = central_zip(dialect(package, groups=False, split=False))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[REPEAT] = parts[REPEAT].replace(b",uuid:00000002-", b",uuid:00000009-", 1)
    cases = taken(tmp_path, archive_of(parts), package)
    assert rules(cases) == [("no_parent", REPEAT, 4)]
    assert cases.rows["source_name"].tolist() == ["Canary Times", ""]


def test_a_repeat_within_a_repeat_stays_unread(tmp_path, package):
    content = central_zip(dialect(package, groups=False, split=False))
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    key = "uuid:00000001-1111-4111-8111-111111111111/sources[1]"
    nested = f"place,PARENT_KEY,KEY\nКант,{key},{key}/copies[1]\n".encode()
    cases = taken(tmp_path, archive_of({**parts, "окуялар-copies.csv": nested}), package)
    assert cases.problems == ()
    assert cases.decided.unread["окуялар-copies.csv!A"] == "place"


def test_media_and_audits_are_not_looked_at(tmp_path, package):
    rows = b"date,region\n2022,KG-C\n"
    names = ("cases.csv", "media/cases.csv", "cases - audit.csv", "__MACOSX/._cases.csv", "1.jpg")
    cases = taken(tmp_path, archive_of(dict.fromkeys(names, rows)), package)
    assert (cases.decided.sheet, cases.problems) == ("cases.csv", ())


def test_a_table_of_ours_may_come_in_an_archive(tmp_path, package):
    rows = b"date,region\n2022,KG-C\n"
    cases = taken(tmp_path, archive_of({"cases.csv": rows}), package)
    assert (cases.decided.source, cases.decided.sheet) == ("own", "cases.csv")
    two = taken(tmp_path, archive_of({"2022.csv": rows, "2023.csv": rows}), package)
    assert [(p.rule, p.among) for p in two.problems] == [
        ("several_sheets", ("2022.csv", "2023.csv"))
    ]


def encrypted() -> bytes:
    """Say of a part that a password closes it."""
    content = bytearray(archive_of({"a.csv": b"date,region\n2022,KG-C\n"}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + flags] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (encrypted, "broken_archive"),
        (lambda: archive_of({f"{n}.csv": b"a" for n in range(SHEETS + 1)}), "too_many_sheets"),
        (
            lambda: archive_of({"a.csv": b"a", **{f"{n}.jpg": b"" for n in range(PARTS)}}),
            "too_large",
        ),
    ],
)
def test_an_archive_that_cannot_be_read_is_one_problem(tmp_path, package, content, rule):
    assert rules(taken(tmp_path, content(), package)) == [(rule, "", 0)]


def test_an_archive_that_expands_is_not_unpacked_past_the_bound(tmp_path, package):
    content = archive_of({"a.csv": b" " * (2 * LARGEST_TEXT)})
    tracemalloc.start()
    cases = taken(tmp_path, content, package)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rules(cases) == [("too_large", "", 0)]
    assert peak < 2.5 * LARGEST_TEXT
