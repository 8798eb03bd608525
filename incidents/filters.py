"""Every parameter of an address, told once: its name, what it may hold, and what it means.

Selection and Display read addresses by these; menus, citations, chips and the tables of the
documentation are made from them. Labels and descriptions are messages: the English texts under
which the catalogues hold the reader's own. They are put into words above.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


def message(text: str) -> str:
    """Mark a text that the catalogues hold; what is said of it is said above."""
    return text


@dataclass(frozen=True)
class Parameter:
    """One parameter of an address.

    `type` is codes (of the code list `listed`, "places" being the gazetteer; each in the `column`
    of a record), period, text, choice (of `choices`, a message each), span, number, version or
    identifier. `example` is a value as an address holds it. `searched`: a search by words looks at
    the labels of its codes. `menu`: the menus offer it; others are reached by links.
    """

    name: str
    type: str
    label: str
    description: str
    example: str
    listed: str = ""
    column: str = ""
    searched: bool = False
    menu: bool = True
    choices: Mapping[str, str] = field(default_factory=dict)


FILTERS = (
    Parameter(
        "data",
        "codes",
        message("Dataset"),
        message("Which dataset; without it, all of them."),
        "media",
        listed="datasets",
        column="dataset",
    ),
    Parameter(
        "from",
        "period",
        message("From"),
        message("The first year or month. Finds what may have happened then or later."),
        "2018",
    ),
    Parameter(
        "to",
        "period",
        message("To"),
        message("The last year or month. Finds what may have happened until then."),
        "2022-03",
    ),
    Parameter(
        "group",
        "codes",
        message("Group"),
        message("Whom it concerned. A record may concern several groups."),
        "women",
        listed="groups",
        column="groups",
        searched=True,
    ),
    Parameter(
        "category",
        "codes",
        message("Category"),
        message("The category of the record; each dataset has its own."),
        "physical",
        listed="categories",
        column="category",
        searched=True,
    ),
    Parameter(
        "violation",
        "codes",
        message("Violation"),
        message("What was done. A record may hold several acts."),
        "threat",
        listed="violations",
        column="violations",
        searched=True,
    ),
    Parameter(
        "region",
        "codes",
        message("Region"),
        message("Where it happened; also “place not given” and “online”."),
        "KG-GB",
        listed="regions",
        column="region",
        searched=True,
    ),
    Parameter(
        "perpetrator",
        "codes",
        message("Perpetrator"),
        message("Who did it, as the source says."),
        "authorities",
        listed="perpetrators",
        column="perpetrator",
    ),
    Parameter(
        "response",
        "codes",
        message("Response of the authorities"),
        message("What the authorities did about it, as the source says."),
        "investigation",
        listed="responses",
        column="response",
    ),
    Parameter(
        "place",
        "codes",
        message("Place"),
        message("The settlement, by its GeoNames number."),
        "1528675",
        listed="places",
        column="place",
        menu=False,
    ),
    Parameter(
        "checked",
        "codes",
        message("Checked"),
        message("How far the record was checked."),
        "twice",
        listed="checks",
        column="checked",
        menu=False,
    ),
    Parameter(
        "q",
        "text",
        message("Text"),
        message(
            "Words, whole or their beginnings, that must all stand in the record, its source, its "
            "place or its codes; in quotes, a phrase."
        ),
        "court",
    ),
)
"""What selects incidents."""

DISPLAY = (
    Parameter(
        "lang",
        "choice",
        message("Language"),
        message("The language of the page. Without it, that of the browser."),
        "ky",
        choices={"ky": "Кыргызча", "ru": "Русский", "en": "English"},
    ),
    Parameter(
        "unit",
        "choice",
        message("Count"),
        message("Incidents, or the people named in them."),
        "people",
        choices={"incidents": message("incidents"), "people": message("people named")},
    ),
    Parameter(
        "per",
        "choice",
        message("By"),
        message("The periods of a chart over time."),
        "quarter",
        choices={"year": message("year"), "quarter": message("quarter"), "month": message("month")},
    ),
    Parameter(
        "split",
        "choice",
        message("Split by"),
        message("What the bars of a chart over time are divided by."),
        "category",
        choices={
            "none": message("nothing"),
            "data": message("dataset"),
            "category": message("category"),
            "group": message("group"),
            "perpetrator": message("perpetrator"),
        },
    ),
    Parameter(
        "fill",
        "choice",
        message("Fill"),
        message("What the colours of the map stand for."),
        "rate",
        choices={
            "count": message("count"),
            "rate": message("per 100,000 people"),
            "change": message("change between years"),
        },
    ),
    Parameter(
        "a",
        "span",
        message("Compare"),
        message("The first of two periods to compare: a year, a month, or two of them."),
        "2018..2019",
    ),
    Parameter(
        "b",
        "span",
        message("with"),
        message("The second of two periods to compare."),
        "2021-03",
    ),
    Parameter(
        "sort",
        "choice",
        message("Order"),
        message("The order of the list of records."),
        "oldest",
        choices={"newest": message("newest first"), "oldest": message("oldest first")},
    ),
    Parameter("page", "number", message("Page"), message("The page of the list of records."), "2"),
    Parameter(
        "release",
        "version",
        message("Release"),
        message("A kept release of the data, whose numbers the page then shows."),
        "2026.11.5",
    ),
)
"""What says how the selected incidents are shown."""

RECORD = Parameter(
    "id",
    "identifier",
    message("Identifier"),
    message("One record, on the page of records; elsewhere the part to open."),
    "M-0002",
)
PARAMETERS = {each.name: each for each in (*FILTERS, *DISPLAY, RECORD)}
"""Every parameter an address may hold, by name."""

FACETS = {each.name: each for each in FILTERS if each.listed}
"""What can be filtered and counted: the filters that hold codes."""
