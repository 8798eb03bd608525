"""JSON of records, as KoboToolbox answers programs: a sheet of them, and one for every repeat.

Its keys are the heads, in row 1; the first record is row 2. Everything is text, as it was written.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from loaders.settings import LARGEST
from loaders.sources.cases import CELLS, TAGS, WIDTH, Problem, Unreadable, Where
from loaders.sources.sheets import Sheet, checked

BEGINS = re.compile(r'\s*(\{\s*"|\[\s*\{)')
INDEX, PARENT, TABLE = "_index", "_parent_index", "_parent_table_name"
"""The columns by which KoboToolbox joins repeats to records in a workbook."""
POINT = "_geolocation"
"""Latitude and longitude of a record."""

Record = Mapping[str, Any]


def is_json(text: str) -> bool:
    """Say whether a text begins as a record, or a list of them."""
    return bool(BEGINS.match(text))


def sheets(text: str, file: str) -> tuple[list[Sheet], list[Problem]]:
    """Read records; where the file says that there are more elsewhere, that is a problem.

    Raises `Unreadable`.
    """
    if len(text) > LARGEST or sum(map(text.count, ",[{")) > TAGS:
        raise Unreadable(Problem("too_large", Where(file)))
    try:
        whole = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        raise Unreadable(Problem("broken_json", Where(file))) from None
    page = whole if isinstance(whole, dict) else {"results": whole}
    records = page.get("results")
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise Unreadable(Problem("broken_json", Where(file)))
    more = [Problem("more_pages", Where(file))] if page.get("next") or page.get("previous") else []
    return _sheets(records, file), more


def _sheets(records: list[Record], file: str) -> list[Sheet]:
    main = [{**_flat(record), INDEX: str(n)} for n, record in enumerate(records, start=1)]
    repeats: dict[str, list[dict[str, str]]] = {}
    for number, record in enumerate(records, start=1):
        for name, value in record.items():
            if _is_repeat(name, value):
                rows = ({**_flat(each), PARENT: str(number), TABLE: ""} for each in value)
                repeats.setdefault(name, []).extend(rows)
    return [_sheet("", main, file), *(_sheet(name, rows, file) for name, rows in repeats.items())]


def _is_repeat(name: str, value: Any) -> bool:
    return (
        not name.startswith("_")
        and isinstance(value, list)
        and bool(value)
        and all(isinstance(each, dict) for each in value)
    )


def _flat(record: Record) -> dict[str, str]:
    """Write the answers of a record as text; of what is neither answer nor repeat, its JSON."""
    found = {n: _text(v) for n, v in record.items() if not _is_repeat(n, v) and n != POINT}
    point = record.get(POINT)
    if isinstance(point, list) and len(point) == 2:
        found[f"{POINT}_latitude"], found[f"{POINT}_longitude"] = map(_text, point)
    return found


def _text(value: Any) -> str:
    if value is None or value in ({}, []):
        return ""
    if isinstance(value, dict) and isinstance(value.get("uid"), str):
        return str(value["uid"])  # how a record was judged
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sheet(name: str, rows: Iterable[Mapping[str, str]], file: str) -> Sheet:
    where, rows = Where(file, name), list(rows)
    heads = tuple(dict.fromkeys(head for row in rows for head in row))
    rule = "too_many_columns" if len(heads) > WIDTH else ""
    rule = rule or ("too_large" if len(heads) * len(rows) > CELLS else "")
    if rule:
        raise Unreadable(Problem(rule, where))
    body = (tuple(row.get(head, "") for head in heads) for row in rows)
    return Sheet(name, checked([heads, *body], where), keyed=True)
