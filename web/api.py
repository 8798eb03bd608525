"""The API: what each address gives, as `web.doors` lists them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from answers import (
    archive,
    citing,
    codebook,
    faults,
    files,
    history,
    pages,
    pictures,
    problems,
    reading,
)
from answers import cited as current
from answers.answer import Answer
from answers.question import Question
from answers.surfaces import record as one_record
from answers.surfaces.brief import Brief
from answers.surfaces.by_filter import ByFilter
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend
from answers.surfaces.records import Records
from incidents.citation import Citation, link, published
from incidents.filters import PARAMETERS
from loaders import releases
from loaders.language import Language
from loaders.shelf import Shelf
from web.replies import Made, Refused

JSON = "application/json"
PER_PAGE = 100
PERIODS = tuple(PARAMETERS["per"].choices)
CITATIONS = {"txt": "text/plain", "bib": "application/x-bibtex", "ris": "text/plain", "json": JSON}


@dataclass(frozen=True)
class Call:
    """What one request asks of a door beside its question: kind, own parameters, part of path.

    `shelf` has the other releases, `t` is the language of the answer.
    """

    kind: str
    own: Mapping[str, str]
    shelf: Shelf
    t: Language
    name: str = ""


def as_json(found: Mapping[str, Any], call: Call) -> Made:
    """Write what is told, or the parts asked for, and a notice where the data have problems."""
    some = {name: found[name] for name in call.own.get("fields", "").split(",") if name}
    notices = faults.notices(call.shelf, call.t)
    told = {**(some or found), **({"notice": " ".join(notices)} if notices else {})}
    return Made(json.dumps(told, ensure_ascii=False, default=files.plain).encode(), JSON)


def told(answer: Answer, table: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Tell an answer for programs; without a `table` that is a page of it, with the whole one."""
    amount = answer.amount
    if table is None:
        table = {"fields": answer.table.fields, "rows": files.as_rows(answer.table.rows)}
    return {
        "surface": answer.surface,
        "title": answer.title,
        "n": amount.n,
        "total": answer.asked.package.incidents.total,
        "found": amount.of,
        "amount": amount.text,
        "unit": amount.unit,
        "filters": answer.citation.filters,
        "empty": answer.empty,
        "notes": list(answer.taken_along),
        "sources": [said.text for said in answer.sources],
        "quality": list(answer.quality),
        "table": table,
        "citation": cited(answer.citation, answer.asked),
        "license": answer.citation.licence,
        "release": answer.citation.release,
        "released": f"{answer.citation.released:%Y-%m-%d}",
        "language": answer.t.code,
        "problems": problems.told(answer.asked),
    }


def cited(citation: Citation, asked: Question) -> dict[str, Any]:
    """Tell a citation in the forms that are read, its link and its fingerprint."""
    return {
        "text": citing.apa(citation, asked.t),
        "footnote": citing.footnote(citation, asked.t),
        "in_text": citing.in_text(citation, asked.t),
        "link": citation.link,
        "current": citation.current,
        "fingerprint": citation.fingerprint,
        "organisation": citation.organisation,
    }


def answered(answer: Answer, call: Call) -> Made:
    """Give an answer in the kind asked for: JSON for programs, or the file that a page offers."""
    if call.kind == "json":
        return as_json(told(answer), call)
    file = files.of(answer)[call.kind]
    return Made(file.make(), file.mime)


def incidents(asked: Question, call: Call) -> Made:
    """Give the records of the selection; as JSON page by page."""
    answer = asked.answer(Records)
    if call.kind == "geojson":
        return answered(asked.answer(Map), call)
    if call.kind != "json":
        return answered(answer, call)
    page, last = asked.display.page, last_page(asked)
    if page > last:
        raise Refused(404, problems.beyond(page, last, asked.t))
    part = answer.part((page - 1) * PER_PAGE, page * PER_PAGE)
    fields = {name: column.meaning for name, column in answer.columns.items()}
    rows = [dict(zip(part, cells, strict=True)) for cells in zip(*part.values(), strict=True)]
    listed = {"fields": fields, "rows": rows}
    made = as_json({**told(answer, listed), "page": page, "pages": last}, call)
    return replace(made, links=_links(asked, call, page, last))


def _links(asked: Question, call: Call, page: int, last: int) -> str:
    """Lead from a page of the list to the others (RFC 8288)."""
    fields = {"fields": call.own["fields"]} if call.own["fields"] else {}
    shown = {**asked.selection.to_query(), **asked.display.to_query(), **fields}
    others = {"first": 1, "prev": page - 1, "next": page + 1, "last": last}
    return ", ".join(
        f'<{link(asked.origin, "api/v1/incidents.json", {**shown, "page": n})}>; rel="{name}"'
        for name, n in others.items()
        if 1 <= n <= last
    )


def last_page(asked: Question) -> int:
    """Give the number of the last page."""
    return max(1, -(-asked.subset.n // PER_PAGE))


def incident(asked: Question, call: Call) -> Made:
    """Give one record: its row as published, and what is told of it."""
    found = one_record.record(asked)
    if isinstance(found, one_record.Absent):
        gone = asked.package.tombstone(asked.record) is not None
        raise Refused(410 if gone else 404, " ".join((found.title, *found.said)))
    row = published(found.record.to_frame().T).iloc[0]
    told = {
        "title": found.title,
        "dated": found.dated,
        "facts": found.facts,
        "notices": [each.said.text for each in found.notices],
        "sources": [
            {"text": each.text, "url": each.link.url if each.link else "", "caution": each.caution}
            for each in found.sources
        ],
        "row": row.to_dict(),
        "history": [
            {
                "release": each.release,
                "what": each.what,
                "or_earlier": history.or_earlier(asked, each),
                "fields": each.fields,
            }
            for each in history.steps(asked, found.id)
        ],
        "citation": cited(found.citation, asked),
        "license": found.citation.licence,
        "release": found.citation.release,
        "language": asked.t.code,
        "problems": [],
    }
    return as_json(told, call)


def counted(asked: Question, call: Call) -> Made:
    """Count by a period or by a filter."""
    by = call.own["by"]
    if by in PERIODS:
        display = replace(asked.display, per=by)
        return answered(Trend(replace(asked, display=display)), call)
    return answered(ByFilter(asked, by), call)


def surface(made: type[Answer]) -> Callable[[Question, Call], Made]:
    """Give the answer about one surface."""
    return lambda asked, call: answered(asked.answer(made), call)


def brief(asked: Question, call: Call) -> Made:
    """Give a brief on two pages, or what each of its parts says."""
    answer = asked.answer(Brief)
    if call.kind != "json":
        return answered(answer, call)
    parts = [
        {"key": part.key, "title": part.title, "lead": part.lead, "said": part.said}
        for part in answer.parts
    ]
    figures = [{"value": each.value, "sentence": each.sentence} for each in answer.figures]
    return as_json({**told(answer), "figures": figures, "parts": parts}, call)


def code_lists(asked: Question, call: Call) -> Made:
    """Give every code list in words."""
    lists = {
        name: {
            "title": title,
            "codes": [
                {
                    "code": each.code,
                    "label": each.label,
                    "definition": each.meaning,
                    "example": each.example,
                    "counter_example": each.counter,
                    "elsewhere": each.elsewhere,
                }
                for each in codebook.entries(asked, name)
            ],
        }
        for name, title in codebook.names(asked.t).items()
    }
    found = {"lists": lists, "release": asked.package.release, "language": asked.t.code}
    return as_json(found, call)


def kept(asked: Question, call: Call) -> Made:
    """Give the release on show and those that are kept."""
    package = asked.package
    found = {
        "release": package.release,
        "released": f"{package.released:%Y-%m-%d}",
        "kept": list(releases.kept(package.directory)),
        "changes": package.changelog(asked.t.code).text,
    }
    return as_json(found, call)


def datapackage(asked: Question, call: Call) -> Made:
    """Give the description of the data package, or all of it."""
    if call.kind == "json":
        return Made(asked.package.files["datapackage.json"], JSON)
    file = archive.of(asked)
    return Made(file.make(), file.mime)


def found(asked: Question, name: str) -> Answer:
    """Give the answer of a name that a door knows."""
    answer = pages.surface(asked, name)
    if answer is None:
        raise Refused(404, problems.unreadable("no_such_page", asked.t))
    return answer


def table(asked: Question, call: Call) -> Made:
    """Give the numbers of a surface."""
    return answered(found(asked, call.name), call)


def figured(asked: Question, name: str) -> Answer:
    """Give the answer about a surface that has something to draw."""
    answer = found(asked, name)
    if answer.empty or not answer.drawn:
        raise Refused(404, answer.empty or problems.unreadable("no_such_page", asked.t))
    return answer


def slides(asked: Question, call: Call) -> Made:
    """Show a surface on slides."""
    return answered(figured(asked, call.name), call)


def drawn(asked: Question, call: Call) -> Made:
    """Draw a surface."""
    answer = figured(asked, call.name)
    make = pictures.card if call.own["size"] == "card" else pictures.picture
    return Made(make(answer, call.kind), files.MIME[call.kind])


def cite(asked: Question, call: Call) -> Made:
    """Cite a surface, for people or for programs."""
    citation = asked.answer(pages.CITED[call.own["surface"]]).citation
    forms = citing.for_programs(citation)
    text = {
        "txt": citing.footnote(citation, asked.t),
        "bib": forms["BibTeX"],
        "ris": forms["RIS"],
        "json": forms["CSL-JSON"],
    }[call.kind]
    return Made(f"{text}\n".encode(), CITATIONS[call.kind])


def whether_current(asked: Question, call: Call) -> Made:
    """Say whether a citation is current."""
    given = reading.text(call.own["citation"])
    verdict = current.judge(given, asked, call.shelf)
    found = {"release": asked.package.release, "language": asked.t.code}
    return as_json({**current.told(verdict), **found}, call)
