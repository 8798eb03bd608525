"""A file of cases with planted problems, one of each kind, and one without any: all made up.

Telephone numbers are of ranges that nobody was given, or end in zeros; nobody has these names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tests.broken_files import csv_of

TODAY = date(2026, 11, 30)
SOUND = {
    "date": "2022-03-05",
    "region": "KG-C",
    "place": "",
    "groups": "women",
    "target": "event",
    "category": "assembly_association",
    "violations": "ban_on_assembly",
    "perpetrator": "authorities",
    "response": "none_reported",
    "summary": "",
    "source_name": "Canary Post",
    "source_url": "https://example.org/1",
    "source_published": "2022-03",
    "second_source_url": "",
    "consent": "public_source",
    "link": "open",
    "kind": "incident",
    "checked": "once",
    "protected": "",
    "same_event": "",
    "persons": "",
}
"""A case that nothing is wrong with; each has a text, a month and a page of its own."""
TEXTS = (
    "Чиновник запретил собрание в парке",
    "Кызматкерлер залды жаап коюшту",
    "A permit for a picnic was refused",
    "Жыйналыш башка жерге которулду",
    "The hall was locked before a lecture",
    "Участников выставки не пустили внутрь",
)
PERSON = {"target": "person", "category": "violence", "violations": "threat"}
PROTECTED = PERSON | {"groups": "lgbtq"}


@dataclass(frozen=True)
class Planted:
    """A problem: what differs from a sound case, and the rule and column that must be named."""

    cells: dict[str, str]
    asked: tuple[tuple[str, str], ...]


def _one(rule: str, column: str, **cells: str) -> Planted:
    return Planted(cells, ((rule, column),))


PLANTED = [
    _one("future_date", "date", date="2099-12-31", source_published=""),
    _one("future_date", "source_published", source_published="2099"),
    _one("published_before", "source_published", date="2022-03-05", source_published="2022-02"),
    _one("outside_collection", "date", date="1999-01-01", source_published=""),
    _one("not_a_date", "date", date="long ago"),
    _one("unknown_code", "groups", groups="womon"),
    _one("required", "perpetrator", perpetrator=""),
    _one("required", "consent", consent=""),
    _one("consent", "consent", consent="not_given"),
    _one("no_summary", "summary", summary=""),
    _one("other_dataset", "category", category="physical", dataset="rights"),
    _one("not_an_address", "source_url", source_url="example.org"),
    _one("link", "source_url", source_url=""),
    _one("link", "source_url", link="withheld"),
    _one(
        "same_source",
        "second_source_url",
        source_url="https://example.org/same",
        second_source_url="http://www.example.org/same/",
    ),
    _one("place_outside_region", "place", region="KG-O", place="Бишкек"),
    _one("personal_address", "source_url", source_url="https://www.facebook.com/somebody"),
    _one("personal_data", "summary", summary="Звонить по телефону 0555 00 00 00"),
    _one("personal_data", "summary", summary="Паспорту AN0000000 болгон"),
    _one("personal_data", "summary", summary="Wrote to canary@example.org about it"),
    _one("personal_data", "summary", summary="Живёт на улице Примерной 12"),
    _one("personal_data", "summary", summary="Left in a car, 01KG000AAA"),
    _one("names_person", "summary", summary="Канарейкин Пример Примерович молчал"),
    _one("withdrawn", "incident_id", incident_id="M-0035"),
    _one("unknown_record", "same_event", same_event="M-0000"),
    Planted(
        PROTECTED,
        (
            ("protected_date", "date_precision"),
            ("protected_region", "region"),
            ("protected_text", "summary"),
            ("protected_source", "source_url"),
            ("protected_source", "link"),
            ("protected_source", "source_published"),
            ("unprotected", "protected"),
        ),
    ),
    Planted(
        PROTECTED
        | {"protected": "yes", "date": "2022", "region": "KG", "summary": "", "persons": "2"}
        | {"source_url": "", "link": "withheld", "source_published": "2022"},
        (("protected_text", "persons"),),
    ),
]
"""Every kind of problem once, as far as a row has it."""
ALIKE = (
    {
        "date": "2023-07-03",
        "source_published": "2023",
        "summary": "В парке разогнали вечер поэзии, люди ушли",
    },
    {
        "date": "2023-07-05",
        "source_published": "2023",
        "summary": "Разогнали вечер поэзии в парке: люди ушли",
    },
)
"""Two cases that may be one."""


def rows_of(*cells: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """Give a head and rows that are sound but for some cells."""
    head = tuple(dict.fromkeys([*SOUND, *(name for each in cells for name in each)]))
    yield head
    for number, each in enumerate(cells):
        month = f"{2018 + number // 12}-{number % 12 + 1:02}"
        own = {
            "date": f"{month}-05",
            "source_published": month,
            "summary": f"{TEXTS[number % len(TEXTS)]} (№ {number})",
            "source_url": f"https://example.org/{number}",
        }
        row = SOUND | own | each
        yield tuple(row.get(name, "") for name in head)


def planted() -> tuple[bytes, set[tuple[str, int, str]]]:
    """Give a file of text, and what must be found in it: rule, row and column."""
    cells = [each.cells for each in PLANTED]
    expected = {
        (rule, row, column)
        for row, each in enumerate(PLANTED, start=2)
        for rule, column in each.asked
    }
    rows = list(rows_of(*cells, *ALIKE))
    expected.add(("alike", len(rows), "summary"))
    return csv_of(*(map(_quoted, row) for row in rows)), expected


def _quoted(cell: str) -> str:
    return f'"{cell}"'
