"""The addresses of the API. OpenAPI and the page for people are made from the same list."""

from collections.abc import Callable
from dataclasses import dataclass

from answers import pages
from answers.question import Question
from answers.surfaces.accountability import Accountability
from answers.surfaces.change import Change
from answers.surfaces.claims import Claims
from answers.surfaces.events import Events
from answers.surfaces.impact import Impact
from answers.surfaces.published import Published
from answers.surfaces.steps import Steps
from incidents.filters import FACETS, message
from web import api
from web.replies import Made


@dataclass(frozen=True)
class Own:
    """A parameter of the API alone: what it is, what it takes, and what holds without it."""

    name: str
    description: str
    allowed: tuple[str, ...]
    default: str


@dataclass(frozen=True)
class Door:
    """One address of the API: its path, its kinds, and what makes the answer.

    `{name}` in the path is one of `names`, or the identifier of a record where there are none.
    `parts` are those of its JSON. What is not `kept` is forgotten once it is answered.
    """

    path: str
    kinds: tuple[str, ...]
    description: str
    make: Callable[[Question, api.Call], Made]
    own: tuple[Own, ...] = ()
    parts: tuple[str, ...] = ()
    names: Callable[[Question], tuple[str, ...]] | None = None
    example: str = ""
    kept: bool = True


ANSWER = (
    "surface",
    "title",
    "n",
    "total",
    "found",
    "amount",
    "unit",
    "filters",
    "empty",
    "notes",
    "sources",
    "quality",
    "table",
    "citation",
    "license",
    "release",
    "released",
    "language",
    "problems",
)
"""The parts of an answer as JSON; `fields=` asks for some of them."""
RECORD = (
    "title",
    "dated",
    "facts",
    "notices",
    "sources",
    "row",
    "history",
    "citation",
    "license",
    "release",
    "language",
    "problems",
)
FIELDS = message("Parts of the JSON to give, separated by commas.")
BY = Own(
    "by",
    message("What is counted by: a period, or a filter."),
    (*api.PERIODS, *FACETS),
    "year",
)
SIZE = Own(
    "size",
    message("How large a picture is: for paper, or a card of 1200 × 630 pixels."),
    ("whole", "card"),
    "whole",
)
CITATION = Own(
    "citation",
    message("A citation, a link or a fingerprint from here, as it was published."),
    (),
    "",
)
SURFACE = Own("surface", message("What is cited."), tuple(pages.CITED), "records")

DOORS = (
    Door(
        "incidents",
        ("json", "csv", "xlsx", "geojson"),
        message("The records of a selection; as GeoJSON, their numbers by region and settlement."),
        api.incidents,
        parts=(*ANSWER, "page", "pages"),
        example="incidents.csv?data=media&from=2018&to=2022",
    ),
    Door(
        "incidents/{name}",
        ("json",),
        message("One record, and which releases added and corrected it; of protected ones none."),
        api.incident,
        parts=RECORD,
        example="incidents/M-0002.json",
    ),
    Door(
        "counts",
        ("json", "csv"),
        message("How many incidents, by a period or by a filter."),
        api.counted,
        (BY,),
        ANSWER,
        example="counts.csv?by=group&from=2020",
    ),
    Door(
        "change",
        ("json",),
        message("Two periods compared, with intervals."),
        api.surface(Change),
        parts=ANSWER,
        example="change.json?a=2018..2019&b=2021..2022",
    ),
    Door(
        "totals",
        ("json", "csv"),
        message("Yearly totals that somebody else published, and what is held here inside them."),
        api.surface(Published),
        parts=ANSWER,
        example="totals.csv",
    ),
    Door(
        "impact",
        ("json", "csv"),
        message("What was documented: by dataset, by programme, by release."),
        api.surface(Impact),
        parts=ANSWER,
        example="impact.json?data=rights",
    ),
    Door(
        "accountability",
        ("json", "csv"),
        message("Responses of the authorities to what others committed."),
        api.surface(Accountability),
        parts=ANSWER,
        example="accountability.csv?from=2020",
    ),
    Door(
        "steps",
        ("json", "csv"),
        message("What was done to those prosecuted: steps of cases that several records tell."),
        api.surface(Steps),
        parts=ANSWER,
        example="steps.json?data=media",
    ),
    Door(
        "claims",
        ("json",),
        message("Published sentences about change, under every way to read them."),
        api.surface(Claims),
        parts=ANSWER,
        example="claims.json?lang=ky",
    ),
    Door(
        "brief",
        ("pdf", "json"),
        message("A brief of a selection, on two pages to file; as JSON, what each part says."),
        api.brief,
        parts=(*ANSWER, "figures", "parts"),
        example="brief.pdf?data=media&from=2018&to=2022&lang=ru",
    ),
    Door(
        "codebook",
        ("json",),
        message("Every code list."),
        api.code_lists,
        parts=("lists", "release", "language"),
        example="codebook.json",
    ),
    Door(
        "events",
        ("json",),
        message("Laws and events that help to read a trend."),
        api.surface(Events),
        parts=ANSWER,
        example="events.json?from=2020&to=2022",
    ),
    Door(
        "releases",
        ("json",),
        message("The releases of the data."),
        api.kept,
        parts=("release", "released", "kept", "changes"),
        example="releases.json",
    ),
    Door(
        "datapackage",
        ("json", "zip"),
        message("The whole data package, or its description."),
        api.datapackage,
        example="datapackage.json",
    ),
    Door(
        "table/{name}",
        ("csv", "xlsx", "json"),
        message("The numbers of a surface, as its table on the page."),
        api.table,
        parts=ANSWER,
        names=pages.tables,
        example="table/map.csv?data=media&fill=rate",
    ),
    Door(
        "chart/{name}",
        ("svg", "png"),
        message("A figure as a picture."),
        api.drawn,
        (SIZE,),
        names=pages.figures,
        example="chart/trend.svg?data=media&lang=ru",
    ),
    Door(
        "slide/{name}",
        ("pptx",),
        message("A figure on a slide, and its numbers on a second one as a chart to change."),
        api.slides,
        names=pages.figures,
        example="slide/published.pptx?lang=ky",
    ),
    Door(
        "cite",
        tuple(api.CITATIONS),
        message("A citation."),
        api.cite,
        (SURFACE,),
        example="cite.bib?surface=trend",
    ),
    Door(
        "cited",
        ("json",),
        message("Whether a citation is current: the same, withdrawn, superseded or unknown."),
        api.whether_current,
        (CITATION,),
        ("state", "title", "said", "cited", "present", "correct", "release", "language"),
        example="cited.json?citation=/records?release=2026.11.5",
        kept=False,
    ),
)
"""Every address of the API."""
