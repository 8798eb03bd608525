"""What is said of a keeper's file: how it was read, and every problem with its cell and remedy.

As lines to read, and as an object for programs. A row about somebody whom the codebook protects is
told of by its cells alone, and personal data by their kind: what is written here may be sent on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from answers.faults import LONGEST, fault_rules
from answers.sources import problem_rules
from incidents import personal
from incidents.intake import SOURCES, columns
from incidents.protection import PERSONAL_DATA
from incidents.publishing import MENDED
from incidents.schema import WORDED, visible
from incidents.screening import QUESTIONS, Found
from loaders.checking import Checked
from loaders.language import Language
from loaders.package import Package
from loaders.sources import Cases, Order, Where, kobo

ERROR, QUESTION, NOTE = "error", "question", "note"
"""How grave a problem is: it cannot stay as it is, somebody has to look at it, publishing mends it
by itself."""
OFFERED = 5
"""How many codes, columns or sheets that may be meant are named."""
OF_SOURCES = frozenset(item.name for item in SOURCES)
"""The columns that our form asks for once a source."""
LETTERS = re.compile(r"[A-Z]{1,3}")
PLAIN_SHEET = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Problem:
    """One problem in words: where it is, as a spreadsheet shows it, what stands there, what to do.

    `cell` is the sheet and the cell (`Sheet1!D17`, `D17` in a text file, `17:17` a whole row),
    `row` that of the case, also where the cell is on another sheet (0 where it belongs to none),
    `column` the column of ours, `among` what may be meant, `other` what a row is like, and `score`
    how much, from 0 to 100.
    """

    rule: str
    severity: str
    sheet: str
    cell: str
    row: int
    column: str
    value: str = field(repr=False)
    among: tuple[str, ...]
    why: str
    remedy: str
    score: int = 0
    other: str = field(default="", repr=False)


@dataclass(frozen=True)
class Report:
    """A file in words: what was decided on reading it, and its problems in the order of rows."""

    cases: Cases
    problems: tuple[Problem, ...]
    t: Language

    @property
    def readable(self) -> bool:
        """Whether its rows could be read at all."""
        return not self.cases.rows.empty

    @property
    def lines(self) -> list[str]:
        """The report as lines to read; names of files and tables may hold ends of lines, too."""
        told = [f"{self.cases.file}: {line}" for line in decided(self.cases, self.t)]
        lines = (*told, *(self._line(each) for each in self.problems), self._sum())
        return [visible(line) for line in lines]

    @property
    def told(self) -> dict[str, Any]:
        """The report for programs: numbers are numbers, and nothing is left out."""
        said = self.cases.decided
        about = {**vars(said), "dates": {name: vars(how) for name, how in said.dates.items()}}
        return {
            "file": self.cases.file,
            "decided": {**about, "rows": len(self.cases.rows)},
            "problems": [vars(each) for each in self.problems],
        }

    def said(self, found: Problem) -> tuple[str, str]:
        """Say where a problem is and how grave; then what stands there, why, and what to do."""
        t = self.t
        grave = {ERROR: t("error"), QUESTION: t("question"), NOTE: t("note")}[found.severity]
        head = headed(found.column, t)
        stands = t("“{text}”", text=found.value) if found.value else ""
        subject = " ".join(filter(None, (head, stands)))
        among = t("Offered: {among}.", among=", ".join(found.among)) if found.among else ""
        said = " ".join(filter(None, (found.why, found.remedy, among, found.other)))
        where = ", ".join(filter(None, (found.cell, grave)))
        return where, f"{subject}. {said}" if subject else said

    def _line(self, found: Problem) -> str:
        where, said = self.said(found)
        return f"{self.cases.file}, {where}: {said}"

    def _sum(self) -> str:
        t, file = self.t, self.cases.file
        if not self.readable:
            return t("{file}: not read.", file=file)
        rows = t.plural("{n} row", "{n} rows", len(self.cases.rows))
        if not self.problems:
            return t("{file}: nothing found in {rows}.", file=file, rows=rows)
        grave = Counter(each.severity for each in self.problems)
        return t(
            "{file}: {errors}, {questions} in {rows}.",
            file=file,
            errors=t.plural("{n} error", "{n} errors", grave[ERROR]),
            questions=t.plural("{n} question", "{n} questions", grave[QUESTION]),
            rows=rows,
        )


def report(checked: Checked, package: Package, t: Language) -> Report:
    """Put everything that was found into words, reading first, then row by row."""
    words = _Words(checked, package, t)
    found = sorted([*words.read(), *words.found()], key=lambda each: each.row)
    return Report(checked.cases, tuple(found), t)


def decided(cases: Cases, t: Language) -> Iterator[str]:
    """Say how a file was read: what was found out by looking, so that it can be set otherwise."""
    said = cases.decided
    if not said.form:
        return
    yield _form(cases, t)
    for column, order in said.dates.items():
        yield f"{headed(column, t)}: {_order(order, t)}"
    if said.unread:
        heads = (
            " ".join((at, t("“{text}”", text=visible(head)[:LONGEST])))
            for at, head in said.unread.items()
        )
        yield t("Columns that stay unread: {columns}.", columns=", ".join(heads))
    if said.skipped:
        rows = ", ".join(map(str, said.skipped[:OFFERED]))
        more = " …" if len(said.skipped) > OFFERED else ""
        yield t("Rows that hold nothing, or the heads again: {rows}.", rows=rows + more)
    if said.merged:
        cells = ", ".join(said.merged[:OFFERED]) + (" …" if len(said.merged) > OFFERED else "")
        yield t("Merged cells, read as if each held the value: {cells}.", cells=cells)


def _form(cases: Cases, t: Language) -> str:
    said = cases.decided
    given = {
        "rows": t.plural("{n} row", "{n} rows", len(cases.rows)),
        "heads": ", ".join(map(str, said.header)),
    }
    if said.form == "json":
        return t("JSON, {rows}.", **given)
    if said.form == "zip":
        return t("ZIP, table “{sheet}”, {rows}; heads in row {heads}.", sheet=said.sheet, **given)
    if said.form == "xlsx":
        return t("XLSX, sheet “{sheet}”, {rows}; heads in row {heads}.", sheet=said.sheet, **given)
    separator = {"\t": t("tabs")}.get(said.separator, t("“{text}”", text=said.separator))
    return t(
        "CSV in {encoding}, separated by {separator}, {rows}; heads in row {heads}.",
        encoding=said.encoding,
        separator=separator,
        **given,
    )


def _order(order: Order, t: Language) -> str:
    if order.order == "serial":
        return t("numbers are days as a spreadsheet counts them.")
    said = {"dmy": t("day, month, year"), "mdy": t("month, day, year")}[order.order]
    if order.proven:
        return t("read as {order}.", order=said)
    return t("read as {order}; no date of the column can prove it.", order=said)


def headed(column: str, t: Language) -> str:
    """Name a column of ours as the workbook does."""
    labels = {item.name: item.label for item in columns()}
    return t(labels[column]) if column in labels else column


class _Words:
    """The words for what was found in one file."""

    def __init__(self, checked: Checked, package: Package, t: Language) -> None:
        self.checked, self.package, self.t = checked, package, t
        self.cases = checked.cases
        self.own = fault_rules(t) | _rules(t)

    def read(self) -> Iterator[Problem]:
        """Word what could not be read."""
        for each in self.cases.problems:
            why, remedy = problem_rules(self.t)[each.rule]
            row = self.cases.row(each)
            yield Problem(
                each.rule,
                _severity(each.rule),
                each.where.sheet,
                cell(each.where),
                row,
                each.column,
                self._shown(row, each.value),
                () if row in self.checked.hidden else self._offered(each.column, each.among),
                why,
                remedy,
            )

    def found(self) -> Iterator[Problem]:
        """Word what was found in cells and rows."""
        for each in self.checked.found:
            why, remedy = self._why(each)
            where = self._where(each)
            yield Problem(
                each.rule,
                _severity(each.rule),
                where.sheet,
                cell(where),
                each.row,
                each.column,
                self._shown(each.row, each.value),
                (),
                why,
                remedy,
                each.score,
                self._other(each),
            )

    def _shown(self, row: int, value: str) -> str:
        """Give a value as far as it may be repeated: of no hidden row, and no personal data."""
        if row in self.checked.hidden or PERSONAL_DATA.search(value):
            return ""
        if value.startswith("http"):  # long numbers of pages take long to tell from telephones
            return _short(value)
        kinds = {each.kind for each in personal.found(value)}
        return "" if kinds - {personal.NAME} else _short(value)

    def _why(self, found: Found) -> tuple[str, str]:
        """Say why and what to do; of personal data, of which kind they are and where they begin."""
        t, (why, remedy) = self.t, self.own[found.rule]
        if found.rule == "personal_data":
            kind = _kinds(t)[found.kind]
            why = t("{kind}, from character {at} of the text.", kind=kind, at=found.at)
        if found.rule == "no_column" and found.column in OF_SOURCES and self._is_csv_of_kobo():
            remedy = t("KoboToolbox leaves repeated questions out of CSV: export as XLSX.")
        if found.rule == "alike":
            why = t("Perhaps the same case as another: alike by {score} of 100.", score=found.score)
        if found.rule in MENDED:
            remedy = t("Publishing makes it coarser by itself; in your file it may stay.")
        return why, remedy

    def _is_csv_of_kobo(self) -> bool:
        said = self.cases.decided
        return (said.source, said.form) == (kobo.NAME, "csv")

    def _other(self, found: Found) -> str:
        """Show what a row is like: a record, or another row by its cell; their texts if they may.

        What a hidden row is like tells what it says.
        """
        hidden = bool({found.row, found.other} & self.checked.hidden)
        if isinstance(found.other, str):
            return found.other if hidden or not found.other else self._record(found.other)
        rows, where = self.cases.rows, self._where(replace(found, row=found.other))
        if hidden:
            return cell(where)
        return f"{cell(where)}: {_short(rows.at[found.other, 'summary'])}"

    def _record(self, incident_id: str) -> str:
        frame = self.package.incidents.frame
        record = frame[frame["incident_id"] == incident_id].iloc[0]
        return f"{incident_id}: {record['date']} {_short(record['summary'])}"

    def _where(self, found: Found) -> Where:
        """Say where something stands; what was read from another column stands there."""
        of = "category" if found.column == "dataset" else found.column
        where = self.cases.where(found.row, found.column)
        return where if where.column else self.cases.where(found.row, of)

    def _offered(self, column: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """Name what may be meant, codes with their labels."""
        listed = WORDED.get(column, "")
        labels: Mapping[str, str] = self.package.labels(listed, self.t.code) if listed else {}
        named = (f"{code} ({labels[code]})" if code in labels else code for code in among)
        return tuple(named)[:OFFERED]


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _severity(rule: str) -> str:
    if rule in MENDED:
        return NOTE
    return QUESTION if rule in QUESTIONS else ERROR


def cell(where: Where) -> str:
    """Name a cell as a spreadsheet does, with its sheet: `Sheet1!D17`; a whole row is `17:17`."""
    if not where.row:
        return where.sheet and f"{_quoted(where.sheet)}!"
    at = f"{where.column}{where.row}" if where.column else f"{where.row}:{where.row}"
    if where.column and not LETTERS.fullmatch(where.column):  # a name, as in JSON
        at = f"{where.row}, {where.column}"
    return f"{_quoted(where.sheet)}!{at}" if where.sheet else at


def _quoted(sheet: str) -> str:
    return sheet if PLAIN_SHEET.fullmatch(sheet) else "'{}'".format(sheet.replace("'", "''"))


def _rules(t: Language) -> dict[str, tuple[str, str]]:
    """Word the rules of `incidents.screening`: why a row cannot stay so, and what to do."""
    return {
        "no_column": (
            t("No column of the file says this."),
            t("Add the column; every case needs an answer there."),
        ),
        "future_date": (t("The day has not come yet."), t("Correct the date.")),
        "published_before": (
            t("The source was published before it happened."),
            t("Correct one of the two dates."),
        ),
        "same_source": (
            t("The second source is the first one."),
            t("Give another page, or leave the cell empty."),
        ),
        "closed_publisher": (
            t("No record links to this publisher: its pages were withheld so far."),
            t("If the page names or describes a private person, withhold the link."),
        ),
        "names_person": (
            t("The text names somebody."),
            t("If that is not somebody who made the case public, say who it was by role."),
        ),
        "personal_address": (
            t("The address names somebody, or may be somebody's own page."),
            t("If that is a private person, withhold the link."),
        ),
        "alike": ("", t("See whether both are one case; if so, take one out.")),
    }


def _kinds(t: Language) -> dict[str, str]:
    """Word the kinds of personal data."""
    return {
        "phone number": t("A telephone number"),
        "e-mail address": t("An e-mail address"),
        "personal number": t("A personal number"),
        "passport": t("The number of a passport or identity card"),
        "exact age": t("An exact age"),
        "street address": t("A street address"),
        "car plate": t("The number of a car"),
        "coordinates": t("Coordinates"),
    }
