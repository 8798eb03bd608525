"""Files as KoboToolbox and ODK Central write them of our form: bytes as theirs, cases made up.

How each program writes was seen by running it: separators, quotation marks, line ends, the columns
it adds, how it joins groups, answers and repeats.
"""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from answers import intake
from incidents.intake import PARTS
from incidents.item import Item, Part
from loaders.language import Language, language
from loaders.package import Package

CASES: tuple[dict[str, Any], ...] = (
    {
        "consent": "given",
        "sensitive": "no",
        "dataset": "rights",
        "target": "person",
        "persons": "3",
        "groups": ["women", "ethnic_minority"],
        "category": "threats_harassment",
        "violations": ["threat"],
        "protected": "yes",
        "perpetrator": "unknown",
        "response": "none_reported",
        "summary": 'Canary one; "quoted", comma\nand a second line',
        "date_precision": "day",
        "date_day": "2022-03-05",
        "date": "2022-03-05",
        "region": "KG-C",
        "place": "1528193",
        "place_precision": "settlement",
        "number_of_sources": "2",
        "case_number": "Canary 1",
        "kind": "incident",
        "sources": [
            {
                "source_name": "Canary Times",
                "link": "open",
                "source_url": "https://one.example/a",
                "source_published": "2022-03",
            },
            {
                "source_name": "Canary Post",
                "link": "open",
                "source_url": "https://two.example/b",
                "source_published": "2022",
            },
        ],
    },
    {
        "consent": "public_source",
        "sensitive": "yes",
        "sensitive_why": "Made up",
        "dataset": "rights",
        "summary": "Canary two",
        "date_precision": "month",
        "date_month": "2022-04-01",
        "date": "2022-04-01",
        "region": "KG",
        "place_precision": "country",
        "number_of_sources": "1",
        "kind": "incident",
        "sources": [
            {"source_name": "Canary Times", "link": "withheld", "source_published": "2022"}
        ],
    },
)
"""Two cases by question of our form; of nobody."""


def filled(case: Mapping[str, Any], *columns: str) -> list[str]:
    """Give a case as the records hold it."""
    first, *others = case["sources"]
    held = {**case, **first, "summary": " ".join(case["summary"].split())}
    held |= {"second_source_url": others[0]["source_url"]} if others else {}
    return [
        ";".join(cell) if isinstance(cell := held.get(name, ""), list) else cell for name in columns
    ]


@dataclass(frozen=True)
class Written:
    """How a form is exported: labels of which language (or names), groups in heads or not.

    `several` says how answers to questions with several are written: `both`, `summary`, `details`.
    """

    package: Package
    labels: str = ""
    groups: bool = False
    several: str = "both"
    between: str = "/"
    path: str = ""
    """What stands between groups and questions, where it is another mark."""
    unanswered: str = ""
    """What stands in the column of an answer where the question was not answered."""

    def head(self, part: Part, item: Item) -> str:
        """Name a question."""
        labelled = self.labels and item.type != "calculate"  # a calculation has no label
        name = language(self.labels)(item.label) if labelled else item.name
        group = language(self.labels)(part.label) if self.labels else part.name
        return f"{group}{self.path or self.between}{name}" if self.groups else name

    def answer(self, item: Item, code: str) -> str:
        """Write one answer."""
        if not (self.labels and item.chosen and code):
            return code
        return self.choices(item, language(self.labels)).get(code, code)

    def choices(self, item: Item, t: Language) -> dict[str, str]:
        """Word every answer to a question; a code that is none of them stands as it is."""
        return intake.choices(self.package, item.listed, t, or_other=True)

    def columns(self, part: Part, item: Item, given: Any) -> Iterator[tuple[str, str]]:
        """Write a question and what was answered: heads and cells."""
        head = self.head(part, item)
        if item.type != "select_multiple":
            yield head, self.answer(item, given or "")
            return
        if self.several != "details":
            yield head, " ".join(self.answer(item, code) for code in given or ())
        if self.several != "summary":
            codes = self.choices(item, language("en"))
            said = {code: self.answer(item, code) for code in codes}
            for code, answer in said.items():
                ticked = str(int(code in given)) if given else self.unanswered
                yield f"{head}{self.between}{answer}", ticked

    def row(self, case: Mapping[str, Any]) -> dict[str, str]:
        """Write the answers of a case that are not in a repeat."""
        found: dict[str, str] = {}
        for part in PARTS:
            if part.times:
                found[part.times.name] = case[part.times.name]
                continue
            for item in part.items:
                if item.type != "note":
                    found |= self.columns(part, item, case.get(item.name))
        return found

    def sources(self, case: Mapping[str, Any]) -> list[dict[str, str]]:
        """Write the answers of a repeat."""
        part = next(part for part in PARTS if part.times)
        return [
            dict(
                pair for item in part.items for pair in self.columns(part, item, row.get(item.name))
            )
            for row in case["sources"]
        ]


def kobo_tail(n: int) -> dict[str, str]:
    """Give what Kobo adds to the answers of a case, the first being 1."""
    return {
        "_id": str(100 + n),
        "_uuid": f"u-{n}",
        "_submission_time": "2026-03-05T03:12:10",
        "_validation_status": "",
        "_notes": "",
        "_status": "submitted_via_web",
        "_submitted_by": "",
        "__version__": "vAAA",
        "_tags": "",
        "meta/rootUuid": f"uuid:u-{n}",
        "_index": str(n),
    }


def kobo_csv(
    rows: Iterable[Mapping[str, str]], *, hashtags: Mapping[str, str] | None = None
) -> bytes:
    """Write rows as Kobo does: cells in quotation marks, semicolons, CRLF, no mark of UTF-8."""
    whole = [{**row, **kobo_tail(n)} for n, row in enumerate(rows, start=1)]
    heads = list(whole[0])
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    if hashtags:
        writer.writerow([hashtags.get(head, "") for head in heads])
    writer.writerows([row[head] for head in heads] for row in whole)
    return out.getvalue().encode()


def kobo_book(written: Written, cases: Iterable[Mapping[str, Any]] = CASES) -> bytes:
    """Write a workbook as Kobo does: a sheet of the form, numbers typed, and one of the repeat."""
    main, repeat = [], []
    for n, case in enumerate(cases, start=1):
        main.append({**written.row(case), **kobo_tail(n)})
        tail = {
            f"_submission_{name}": cell for name, cell in kobo_tail(n).items() if name != "_index"
        }
        joined = {"_parent_table_name": "Documenting a case", "_parent_index": str(n)}
        repeat += [
            {**row, "_index": str(len(repeat) + at), **joined, **tail}
            for at, row in enumerate(written.sources(case), start=1)
        ]
    return book_of_tables({"Documenting a case": main, "sources": repeat})


def book_of_tables(tables: Mapping[str, list[dict[str, str]]]) -> bytes:
    """Write tables as sheets of a workbook; what is a number is one there."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_numbers": True})
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for at, head in enumerate(rows[0]):
            sheet.write(0, at, head)
            for line, row in enumerate(rows, start=1):
                if row[head]:
                    sheet.write(line, at, row[head])
    book.close()
    return out.getvalue()


def kobo_json(cases: Iterable[Mapping[str, Any]] = CASES, following: str | None = None) -> bytes:
    """Write a page of records as Kobo answers programs: what is not answered is not there."""
    results = []
    for n, case in enumerate(cases, start=1):
        answers = {
            f"{part.name}/{item.name}": " ".join(given) if isinstance(given, list) else given
            for part in PARTS
            for item in part.items
            if not part.times and (given := case.get(item.name))
        }
        repeat = [
            {f"sources/{name}": cell for name, cell in row.items()} for row in case["sources"]
        ]
        results.append(
            {
                "_id": 100 + n,
                "formhub/uuid": "1511",
                **answers,
                "number_of_sources": case["number_of_sources"],
                "sources": repeat,
                "__version__": "vAAA",
                "meta/instanceID": f"uuid:u-{n}",
                "_uuid": f"u-{n}",
                "_attachments": [],
                "_status": "submitted_via_web",
                "_geolocation": [None, None],
                "_submission_time": "2026-03-05T03:12:10",
                "_validation_status": {},
                "_submitted_by": None,
            }
        )
    page = {"count": len(results), "next": following, "previous": None, "results": results}
    return json.dumps(page, ensure_ascii=False).encode()


ADDED_BY_CENTRAL = ("SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected")


def central_zip(
    written: Written,
    cases: Iterable[Mapping[str, Any]] = CASES,
    *,
    status: str = "",
    review: str = "",
) -> bytes:
    """Write an archive as ODK Central does: a table of the form and one of the repeat."""
    main, repeat = [], []
    for n, case in enumerate(cases, start=1):
        key = f"uuid:{n:08}-1111-4111-8111-111111111111"
        main.append(
            {
                "SubmissionDate": "2026-03-05T03:12:10.123Z",
                **written.row(case),
                "meta-instanceID" if written.groups else "instanceID": key,
                "KEY": key,
                **dict.fromkeys(ADDED_BY_CENTRAL, "0"),
                "Status": status if n == 1 else "",
                "ReviewState": review if n == 1 else "",
                "DeviceID": "collect:abc",
                "Edits": "0",
                "FormVersion": "2026110100",
            }
        )
        repeat += [
            {**row, "PARENT_KEY": key, "KEY": f"{key}/sources[{at}]"}
            for at, row in enumerate(written.sources(case), start=1)
        ]
    audit = [{"instance ID": "uuid:1", "event": "form start", "node": "", "start": "1", "end": "2"}]
    tables = {"окуялар.csv": main, "окуялар-sources.csv": repeat, "окуялар - audit.csv": audit}
    return archive_of({name: central_csv(rows) for name, rows in tables.items()})


def central_csv(rows: list[dict[str, str]]) -> bytes:
    """Write a table as ODK Central does: commas, quotation marks where they must be, LF."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def archive_of(parts: Mapping[str, bytes]) -> bytes:
    """Pack files into an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()
