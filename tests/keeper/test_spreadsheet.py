"""A file that passed through a spreadsheet is told apart from one in which a fact differs."""

import csv
import io
from datetime import date

import pytest

from keeper.spreadsheet import wrote_anew
from keeper.verification import verify
from tests.bundled import RELEASE
from tests.conftest import DATA
from tests.keeper.test_verify import cells, downloaded, rewrite, run

__all__ = ["run"]


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        (
            "2025-11-22",
            "11/22/2025; 11/22/25; 22.11.2025; 22.11.25; 22/11/2025; 22-Nov-25; 22-Nov-2025; "
            "November 22, 2025; 22 ноября 2025 г.; 22.ноя.25; 2025/11/22; 2025-11-22 00:00:00; "
            "2025-11-22T00:00:00.000Z; 11/22/2025 12:00:00 AM; 11/22/2025 0:00; 2025. 11. 22.",
        ),
        ("2025-03-04", "3/4/2025; 4/3/2025; 04.03.2025; 4.3.25"),  # day or month first: both
        ("2025-11", "Nov-25; Nov 2025; 11/2025; 11.2025; ноя.25; 01.11.2025; 11/1/2025"),
        ("2009-05", "May-09; май.09; 05.2009"),
        ("2025", "2025.0; 2025,00"),
    ],
)
def test_a_date_that_a_spreadsheet_wrote_is_the_same_day(value, texts):
    assert {text: wrote_anew("date", text, value) for text in texts.split("; ")} == dict.fromkeys(
        texts.split("; "), True
    )


@pytest.mark.parametrize(
    ("column", "value", "text"),
    [
        ("date", "2025-11-22", "11/23/2025"),
        ("date", "2025-11-22", "2024-11-22"),
        ("date", "2025-11-22", "Oct 22, 2025"),
        ("date", "2025-11-22", "22.11.2025 14:30"),
        ("date", "2025-11-22", "Nov-25"),  # the day is lost
        ("date", "2025-11-22", ""),
        ("date", "2025-11-22", "N 22 2025"),
        ("date", "2025-22-11", "x"),
        ("date", "", "11/22/2025"),
        ("date_end", "2025-11", "11/2/2025"),
        ("source_published", "2025", "1/1/2025"),
        ("source_published", "2025", "25"),
        ("persons", "3", "30"),
        ("persons", "3", "3.5"),
        ("persons", "", "0.0"),
        ("summary", "2025-11-22", "11/22/2025"),
        ("summary", "3", "3.0"),
    ],
)
def test_another_fact_is_no_writing_of_the_same(column, value, text):
    assert not wrote_anew(column, text, value)


def as_english(cell):
    if len(cell) == 10 and cell[4] == cell[7] == "-":
        day = date.fromisoformat(cell)
        return f"{day.month}/{day.day}/{day.year}"
    return f"{date.fromisoformat(cell + '-01'):%b-%y}" if len(cell) == 7 and "-" in cell else cell


def as_russian(cell):
    return ".".join(reversed(cell.split("-")))


def through_a_spreadsheet(path, written, **how):
    """Save a file again as a spreadsheet does that takes dates for dates."""
    head, *rows = cells(path)
    dates = [head.index(name) for name in ("date", "date_end", "source_published")]
    for row in rows:
        for at in dates:
            row[at] = written(row[at])
    rewrite(path, [head, *rows], lineterminator="\r\n", **how)
    return [head, *rows]


@pytest.mark.parametrize(("written", "how"), [(as_english, {}), (as_russian, {"delimiter": ";"})])
def test_the_same_records_with_dates_written_anew_are_said_to_be_the_same(
    run, package, tmp_path, written, how
):
    path = downloaded(package, tmp_path)
    cited = verify(path, DATA).fingerprint
    through_a_spreadsheet(path, written, **how)
    code, said = run(path)
    first, second, third, fourth = said.splitlines()
    assert code == 1
    assert first == (
        f"The same records as in this view of release {RELEASE}: no fact differs, a spreadsheet "
        "wrote dates or numbers anew."
    )
    assert second.startswith("Written anew, with the same meaning: ")
    assert "date" in second
    assert third == f"Fingerprint of the cited file: {cited}"
    assert fourth.startswith("Fingerprint of the file: ")
    assert cited not in fourth


def test_a_changed_fact_is_not_hidden_among_dates_written_anew(run, package, tmp_path):
    path = downloaded(package, tmp_path)
    rows = through_a_spreadsheet(path, as_english)
    at = rows[0].index
    day = next(row for row in rows if row[at("date_precision")] == "day")
    day[at("date")] = "1/1/2021"
    rows[-1][at("perpetrator")] = "non_state"
    rewrite(path, rows)
    code, said = run(path)
    assert code == 1
    assert said.startswith(f"Differs from this view in release {RELEASE}.\n")
    assert f"{day[at('incident_id')]}, date: “1/1/2021” in the file" in said
    assert f"{rows[-1][at('incident_id')]}, perpetrator: " in said
    assert said.count(" in the file, ") == 2


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_file_saved_with_other_separators_or_in_utf16_is_still_the_cited_one(
    package, tmp_path, delimiter, encoding, quoting
):
    path = downloaded(package, tmp_path)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows(cells(path))
    path.write_bytes(text.getvalue().encode(encoding))
    assert verify(path, DATA).same
