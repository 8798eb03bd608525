"""Our form, filled in and exported: every planted problem is found and nothing else is."""

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl
import pytest

from answers.checking import Report, report
from answers.marked import as_marked
from incidents.codebook import LANGUAGES
from keeper.checking import ends_with
from loaders.checking import check
from loaders.language import language
from loaders.sources import again, read
from tests.checking_files import TEXTS, TODAY
from tests.other_files import Written, archive_of, central_zip, kobo_book, kobo_csv

SOURCE = {"source_name": "Canary Post", "link": "open", "source_published": "2022-03"}
SOUND: dict[str, Any] = {
    "consent": "public_source",
    "sensitive": "no",
    "dataset": "rights",
    "target": "event",
    "groups": ["women"],
    "category": "assembly_association",
    "violations": ["ban_on_assembly"],
    "perpetrator": "authorities",
    "response": "none_reported",
    "date_precision": "day",
    "region": "KG-C",
    "place_precision": "region",
    "number_of_sources": "1",
    "kind": "incident",
    "checked": "once",
}
"""A case that nothing is wrong with, but for what each has of its own."""
PERSON = {"target": "person", "category": "violence", "violations": ["physical_assault"]}
PROTECTED = PERSON | {"groups": ["lgbtq"], "protected": "yes", "summary": "Canary was hurt"}


@dataclass(frozen=True)
class Planted:
    """A case: what differs from a sound one, its sources, and what must be found of it.

    Each of these is a rule and a column of ours.
    """

    cells: Mapping[str, Any]
    asked: tuple[tuple[str, str], ...] = ()
    first: Mapping[str, str] | None = None
    others: tuple[Mapping[str, str], ...] = ()


def of_case(rule: str, column: str, **cells: Any) -> Planted:
    return Planted(cells, ((rule, column),))


def of_source(rule: str, column: str, *others: Mapping[str, str], **first: str) -> Planted:
    return Planted({}, ((rule, column),), first, others)


SECOND = SOURCE | {"source_url": "https://two.example/b"}
TWO_OF_A_NAME = {"region": "KG-Y", "place": "Ак-Булун", "place_precision": "settlement"}
LATE = {"date": "2026-12-05", "date_day": "2026-12-05"}
SAME = {"date": "2023-07-03", "date_day": "2023-07-03"}
CASES = (
    Planted({}),
    Planted(LATE, (("future_date", "date"),), {"source_published": "2026"}),
    of_case("consent", "consent", consent="not_given"),
    of_case("required", "consent", consent=""),
    of_case("personal_data", "summary", summary="Canary: звонить по телефону 0555 00 00 00"),
    of_case("personal_data", "summary", summary="Canary, паспорту AN0000000 болгон"),
    of_case("unknown_code", "perpetrator", perpetrator="militia"),
    of_case("unknown_code", "groups", groups=["women", "other"], groups_other="Canaries"),
    Planted(TWO_OF_A_NAME, (("ambiguous_place", "place"),)),
    of_case("place_not_known", "place", place="other", place_other="Canaryville"),
    of_case("required", "response", response=""),
    of_case("alike", "summary", summary="Разогнали вечер поэзии в парке: люди ушли", **SAME),
    of_case("names_person", "summary", summary="Канарейкин Пример Примерович молчал"),
    Planted(
        PROTECTED | {"persons": "2", "place": "1528193", "place_precision": "settlement"},
        (
            *(("protected_date", "date_precision"), ("protected_region", "region")),
            *(("protected_place", "place"), ("protected_text", "summary")),
            *(("protected_text", "persons"), ("protected_source", "source_url")),
            *(("protected_source", "link"), ("protected_source", "source_published")),
        ),
        {"source_published": "2024-05"},
    ),
    of_source("published_before", "source_published", source_published="2017"),
    of_source("future_date", "source_published", source_published="2099"),
    of_source("not_an_address", "source_url", source_url="canary.example"),
    of_source("personal_address", "source_url", source_url="https://t.me/canary"),
    of_source("unknown_code", "link", link="opened"),
    of_source(
        "same_source",
        "second_source_url",
        {"link": "open", "source_url": "http://www.one.example/same/"},
        source_url="https://one.example/same",
    ),
    of_source("repeat_left", "", SECOND, SECOND),
)
"""Every kind of problem that a form lets through, once."""
EARLIER = Planted({"summary": "В парке разогнали вечер поэзии, люди ушли", **SAME})
"""What one of these is like."""


def filled(planted: tuple[Planted, ...]) -> list[dict[str, Any]]:
    """Fill in the form."""
    return [_filled(number, each) for number, each in enumerate(planted)]


def _filled(number: int, planted: Planted) -> dict[str, Any]:
    day = f"{2019 + number // 12}-{number % 12 + 1:02}-05"
    own = {"date": day, "date_day": day, "summary": f"{TEXTS[number % len(TEXTS)]} (№ {number})"}
    address = {"source_url": f"https://one.example/{number}"}
    first = SOURCE | address | {"source_published": "2024"} | dict(planted.first or {})
    return SOUND | own | planted.cells | {"sources": [first, *planted.others]}


def published(package, **cells: str) -> Planted:
    """Take a record of the release as if it were collected again."""
    frame = package.incidents.frame.astype(object).fillna("")
    open_ = (frame["dataset"] == "rights") & ~frame["protected"].astype(bool)
    chosen = frame[open_ & (frame["place"] == "") & (frame["date_precision"] == "day")].iloc[0]
    names = ("date", "region", "place_precision", "target", "category", "summary")
    same: dict[str, Any] = {name: str(chosen[name]) for name in names}
    same |= {name: chosen[name].split(";") for name in ("groups", "violations")}
    case = same | {"date_day": same["date"]} | cells
    return Planted(case, (("alike", "summary"),), {"source_published": "2026"})


def told(tmp_path, package, content, lang="en") -> Report:
    path = tmp_path / "export"
    path.write_bytes(content)
    checked = check(read(path, package), package, TODAY)
    return report(checked, package, language(lang))


def found(said: Report) -> list[tuple[str, int, str]]:
    return sorted((each.rule, each.row, each.column) for each in said.problems)


def wanted(planted: tuple[Planted, ...]) -> list[tuple[str, int, str]]:
    """Say what must be found: rule, row of the case, column."""
    return sorted(
        (rule, row, column)
        for row, each in enumerate(planted, start=2)
        for rule, column in each.asked
    )


FORMS = {
    "Kobo, XLSX, names": lambda p, cases: kobo_book(Written(p), cases),
    "Kobo, XLSX, labels": lambda p, cases: kobo_book(Written(p, "ru", groups=True), cases),
    "Kobo, XLSX, summary": lambda p, cases: kobo_book(Written(p, several="summary"), cases),
    "ODK, split": lambda p, cases: central_zip(Written(p, path="-", groups=True), cases),
    "ODK, summary": lambda p, cases: central_zip(Written(p, several="summary"), cases),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", FORMS)
def test_what_was_planted_in_a_form_is_found_and_nothing_else(tmp_path, package, form, lang):
    planted = (EARLIER, *CASES, published(package))
    said = told(tmp_path, package, FORMS[form](package, filled(planted)), lang)
    assert found(said) == wanted(planted)
    assert ends_with([said]) == 1


@pytest.mark.parametrize("labels", ["", "ky"])
def test_the_csv_of_kobo_has_no_sources_and_says_so(tmp_path, package, labels):
    """Its repeats are in the workbook alone."""
    planted = tuple(each for each in (EARLIER, *CASES) if each.first is None)
    rows = map(Written(package, labels, groups=bool(labels)).row, filled(planted))
    said = told(tmp_path, package, kobo_csv(rows), labels or "en")
    lacking = [("no_column", 1, name) for name in ("link", "source_name", "source_url")]
    assert found(said) == sorted([*wanted(planted), *lacking])
    assert all("XLSX" in each.remedy for each in said.problems if each.rule == "no_column")


@pytest.mark.parametrize("form", FORMS)
def test_of_a_clean_export_nothing_is_said(tmp_path, package, form):
    said = told(tmp_path, package, FORMS[form](package, filled((Planted({}), EARLIER))))
    assert (said.problems, ends_with([said])) == ((), 0)


def test_a_source_without_its_case_and_a_case_that_was_rejected_are_told(tmp_path, package):
    cases = filled((Planted({}), EARLIER))
    content = central_zip(Written(package), cases, review="rejected")
    said = told(tmp_path, package, replaced(content, b",uuid:00000002-", b",uuid:00000009-"))
    assert ("no_parent", 0, "") in found(said)
    assert ("refused_there", 2, "") in found(said)
    book = openpyxl.load_workbook(io.BytesIO(kobo_book(Written(package), cases)))
    column = [cell.value for cell in book["sources"][1]].index("_parent_index")
    book["sources"].cell(3, column + 1).value = 9
    out = io.BytesIO()
    book.save(out)
    said = told(tmp_path, package, out.getvalue())
    (alone,) = [each for each in said.problems if each.rule == "no_parent"]
    assert (alone.sheet, alone.row) == ("sources", 0)
    assert alone.cell.endswith("3")
    assert alone.cell in notes(said, out.getvalue(), package)["A1"]


def replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    """Write other bytes into the table of sources of an archive, once."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return archive_of(
        {n: part.replace(old, new, 1) if "sources" in n else part for n, part in parts.items()}
    )


HIDDEN = (
    {"summary": "Canary", "place": "Canary", "date": "Canary"},
    {"groups": ["lgbtq", "canary"], "protected": "", "summary": "Canary"},
    {"violations": ["canary"], "groups": ["women"], "protected": "", "region": "Canary"},
    {"protected": "canary", "groups": ["women"], "target": "event", "place": "Canary"},
    {"place": "Канта", "date": "44626"},
    {
        "groups": ["women"],
        "protected": "",
        "summary": "Канарейка, 0555 00 00 00",
        "place": "Canary",
    },
    {"sensitive": "yes", "target": "event", "protected": "", "place": "Canary"},
)
"""Cases about somebody protected, or that may be, or with personal data."""
IN_SOURCES = ("source_name", "link", "source_url", "source_published")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["Kobo, XLSX, summary", "ODK, summary"])
def test_nothing_of_a_hidden_case_is_repeated_anywhere(tmp_path, package, form, lang):
    source = dict.fromkeys(IN_SOURCES, "Canary")
    planted = [Planted(PROTECTED | each, (), source, (source,) * 3) for each in HIDDEN]
    sound = [Planted({})] * 30  # rows of the same numbers as those of the sources
    content = FORMS[form](package, filled((*planted, *sound)))
    said = told(tmp_path, package, content, lang)
    wrong = [each for each in said.problems if each.row in range(2, 2 + len(HIDDEN))]
    assert len(wrong) > 20
    assert {(each.value, each.among) for each in wrong} == {("", ())}
    everything = "\n".join([*said.lines, json.dumps(said.told, ensure_ascii=False)])
    everything += "\n".join(notes(said, content, package).values())
    for secret in ("anary", "0555", "Канарей", "2022-03-06", "44626", "1528193"):
        assert secret not in everything


def notes(said: Report, content: bytes, package) -> dict[str, str]:
    """Give the notes of the marked workbook by cell."""
    marked = as_marked(again.sheet(content, said.cases, package), said)
    sheet = openpyxl.load_workbook(io.BytesIO(marked)).active
    return {c.coordinate: c.comment.text for row in sheet.rows for c in row if c.comment}


@pytest.mark.parametrize("form", FORMS)
def test_notes_stand_in_the_cells_they_are_about(tmp_path, package, form):
    """What is wrong on the sheet of sources is noted in the first cell of the case."""
    planted = (EARLIER, *CASES)
    content = FORMS[form](package, filled(planted))
    said = told(tmp_path, package, content)
    main = said.cases.decided.sheet
    wanted = {
        each.cell.rsplit("!")[-1] if each.sheet == main else f"A{each.row}"
        for each in said.problems
    }
    written = notes(said, content, package)
    assert set(written) == wanted
    for each in said.problems:
        note = written[f"A{each.row}"] if each.sheet != main else ""
        assert each.sheet == main or f"{each.cell}" in note


def test_a_table_of_any_name_can_be_marked(tmp_path, package):
    content = central_zip(Written(package), filled((Planted({"response": ""}),)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tables = [archive.read(name) for name in archive.namelist()[:2]]
    names = ("'Case [1] of * long and long and long.csv", "sources.csv")
    content = archive_of(dict(zip(names, tables, strict=True)))
    said = told(tmp_path, package, content)
    assert [*notes(said, content, package)] == [said.problems[0].cell.rsplit("!")[-1]]
