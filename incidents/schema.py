"""What the rows of a file of incidents must say, and the typed form the house works with.

What each cell may be stands in the descriptor of the package, and the loaders check it. Here is
what needs more than one cell: `faults_of` returns all faults at once; `typed` turns a faultless
file into categoricals, dates with precision, and numbers.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from incidents import protection
from incidents.codebook import Codebook, menu_column
from incidents.protection import Circumstances

CODES = {
    "region": "regions",
    "date_precision": "date_precisions",
    "place_precision": "place_precisions",
    "target": "targets",
    "category": "categories",
    "perpetrator": "perpetrators",
    "response": "responses",
    "kind": "kinds",
    "link": "links",
    "checked": "checks",
    "flag": "flags",
    "consent": "consents",
    "groups": "groups",
    "violations": "violations",
}
"""Columns that hold codes, and the list they come from."""

WORDED = {"dataset": "datasets", **CODES, "place": "places"}
"""Columns of a published record whose codes have labels, and where these stand: a code list, or the
gazetteer."""

SEVERAL = ("groups", "violations")
"""Columns that hold one or more codes, joined by ";"."""

COLUMNS = [
    "incident_id",
    "project",
    "date",
    "date_precision",
    "date_end",
    "region",
    "place",
    "place_precision",
    "groups",
    "target",
    "persons",
    "category",
    "violations",
    "perpetrator",
    "response",
    "summary",
    "source_name",
    "source_url",
    "source_published",
    "second_source_url",
    "kind",
    "episode",
    "same_event",
    "protected",
    "consent",
    "link",
    "reader_risk",
    "checked",
    "flag",
]
"""The columns of a file of incidents, in published order."""

IDENTIFIER = r"[A-Z]-\d{4,7}"
"""What an incident's id looks like."""

INVISIBLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    r"\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Characters nobody sees that hide or turn around what stands beside them: controls, line breaks
included; directions of writing (Unicode's Bidi_Control); and characters without width."""


BLANKS = re.compile(r"[^\S\u00a0\u202f]+")


def visible(text: str) -> str:
    """Write a text in one line, with � for every character that nobody sees.

    Blanks that hold two words or the parts of a number together stay.
    """
    return INVISIBLE.sub("�", BLANKS.sub(" ", text).strip())


NO_DATE = pd.Timestamp("1900-01-01"), pd.Timestamp("2199-12-31")
"""The span in which an undated record may have happened: any range finds it."""


@dataclass(frozen=True)
class Fault:
    """One bad cell: file, line (the header is line 1), column, value, and the rule it breaks.

    The value is empty where it could be what must not be known.
    """

    file: str
    line: int
    column: str
    value: str
    rule: str


@dataclass(frozen=True)
class Context:
    """What a file of incidents is checked against: the rest of its package."""

    dataset: str
    codebook: Codebook
    places: pd.DataFrame
    collected: tuple[pd.Timestamp, pd.Timestamp]
    released: pd.Timestamp

    @property
    def circumstances(self) -> Circumstances:
        """What the rules of protection need to know."""
        return Circumstances(self.dataset, self.codebook, self.released, self.collected[1])


Rows = Callable[[pd.DataFrame], pd.Series]
"""A check across columns: True for the rows that are right."""


def faults_of(
    raw: pd.DataFrame,
    file: str,
    context: Context,
    cells: Sequence[Fault] = (),
    rules: Sequence[protection.Rule] | None = None,
) -> list[Fault]:
    """Check the rows of a file read as text. Returns all faults; an empty list is a good file.

    `rules` are those of protection that they are held to: all, if not said.

    `cells` are the faults found in single cells: their rows are judged by the rules of protection
    alone. A fault in a protected row repeats no value.
    """
    faults = list(cells)
    bad = {fault.line - 2 for fault in faults}
    sound = raw.drop(index=list(bad)) if bad else raw
    for columns, rule, holds in row_rules(context):
        faults += _at(raw, file, columns[0], rule, sound.index[~holds(sound).astype(bool)])
    # the rules of protection look at bad rows too: these still share a region with the others
    for row, column, rule in protection.broken(raw, context.circumstances, rules):
        faults += _at(raw, file, column, rule, [] if row in bad else [row])
    if faults:
        hidden = raw.index[protection.hides_value(raw, context.circumstances)]
        faults = [replace(f, value="") if f.line - 2 in hidden else f for f in faults]
    return sorted(faults, key=lambda fault: (fault.line, COLUMNS.index(fault.column)))


def _at(raw: pd.DataFrame, file: str, column: str, rule: str, rows: Iterable[int]) -> list[Fault]:
    return [Fault(file, int(row) + 2, column, raw.at[row, column], rule) for row in rows]


def typed(raw: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Turn a faultless file into typed columns, with the span of days of each record's date.

    `first_day` and `last_day` bound when the incident may have happened: the whole month or year
    where the source says no more, up to `date_end` where it lasted.
    """
    frame = raw.copy()
    frame.insert(1, "dataset", context.dataset)
    frame["first_day"], frame["last_day"] = _span(raw)
    frame["persons"] = pd.to_numeric(raw["persons"].replace("", None)).astype("Int64")
    frame["protected"] = raw["protected"] == "yes"
    frame["reader_risk"] = raw["reader_risk"] == "yes"
    return frame


def joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the typed files of all datasets into one frame, newest first, codes as categoricals."""
    frame = pd.concat(frames, ignore_index=True)
    frame = frame.sort_values(["first_day", "incident_id"], ascending=[False, True])
    for column in {*CODES, "dataset", "place", "episode", "project"}.intersection(frame):
        frame[column] = frame[column].where(frame[column] != "").astype("category")
    frame["flag"] = frame["flag"].cat.add_categories(
        [] if "" in frame["flag"].cat.categories else [""]
    )
    frame["flag"] = frame["flag"].fillna("")
    return frame.reset_index(drop=True)


def _dates(text: pd.Series) -> pd.Series:
    return pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")


def row_rules(context: Context) -> list[tuple[tuple[str, ...], str, Rows]]:
    """List the checks that need more than one cell: columns, rule, what must hold.

    The first column is the one to name; a row whose cells in these are sound can be judged.
    """
    categories = context.codebook.lists["categories"]["dataset"]
    menu = context.codebook.lists["violations"][menu_column(context.dataset)]
    offered = set(menu.index[menu != ""])
    regions = context.places["region"]
    start, end = context.collected
    return [
        (("date", "date_precision"), "date_precision", _date_fits_precision),
        (("date",), "outside_collection", lambda f: _within(_dates(f["date"]), start, end)),
        (
            ("date_end", "date"),
            "ends_before",
            lambda f: (f["date_end"] == "") | (f["date_end"] >= f["date"]),
        ),
        (
            ("category",),
            "other_dataset",
            lambda f: f["category"].map(categories) == context.dataset,
        ),
        (
            ("violations",),
            "other_dataset",
            lambda f: f["violations"].isin(
                [cell for cell in f["violations"].unique() if offered.issuperset(cell.split(";"))]
            ),
        ),
        (
            ("place_precision", "region", "place"),
            "place_precision",
            lambda f: _place_fits_precision(f, context.codebook),
        ),
        (
            ("place", "region"),
            "place_outside_region",
            lambda f: (f["place"] == "") | (f["place"].map(regions) == f["region"]),
        ),
        (("source_url", "link"), "link", lambda f: _link_fits(f, "source_url", needed=True)),
        (
            ("second_source_url", "link"),
            "link",
            lambda f: _link_fits(f, "second_source_url", needed=False),
        ),
        (
            ("summary", "protected"),
            "no_summary",
            lambda f: (f["summary"] != "") | (f["protected"] == "yes"),
        ),
    ]


def _date_fits_precision(rows: pd.DataFrame) -> pd.Series:
    date, precision = rows["date"], rows["date_precision"]
    return (
        ((precision == "day") & (date != ""))
        | ((precision == "month") & date.str.endswith("-01"))
        | ((precision == "year") & date.str.endswith("-01-01"))
        | ((precision == "unknown") & (date == ""))
    )


def _within(days: pd.Series, start: pd.Timestamp, end: pd.Timestamp) -> pd.Series:
    return days.isna() | ((days >= start) & (days <= end))


def _place_fits_precision(rows: pd.DataFrame, book: Codebook) -> pd.Series:
    expected = pd.Series("region", index=rows.index)
    expected[rows["region"] == book.unplaced] = "country"
    expected[rows["region"] == book.online] = "online"
    expected[rows["place"] != ""] = "settlement"
    return expected == rows["place_precision"]


def _link_fits(rows: pd.DataFrame, column: str, *, needed: bool) -> pd.Series:
    """Hold that a withheld page appears nowhere, and any other has its address."""
    given = rows[column] != ""
    withheld = rows["link"] == "withheld"
    return (~given & withheld) | ((given | (not needed)) & ~withheld)


def _span(raw: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    first = _dates(raw["date"])
    last = first.copy()
    for precision, end in (("month", pd.offsets.MonthEnd(0)), ("year", pd.offsets.YearEnd(0))):
        vague = raw["date_precision"] == precision
        last[vague] = first[vague] + end
    lasted = _dates(raw["date_end"])
    last = last.where(lasted.isna() | (lasted < last), lasted)
    undated = first.isna()
    return first.mask(undated, NO_DATE[0]), last.mask(undated, NO_DATE[1])
