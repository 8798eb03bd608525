"""What is asked of a case, told once: names, types, code lists, and when each question is asked.

The form for telephones and the workbook are made from this list, and what comes back is read by it.
A question that fills a column of the records bears the name of that column; what the others are
answered stays with the keeper. Labels and hints are messages, put into words above; what has no
hint is explained by what the package says of its column.

No name of anybody affected is asked, nor what could lead to one: no address, workplace, school, age
or diagnosis, and nothing of the telephone that is used.
"""

from collections.abc import Mapping

from incidents.codebook import Codebook
from incidents.filters import message
from incidents.item import OPEN, OTHER, VAGUE, Item, Part


def _other(name: str, label: str) -> Item:
    return Item(f"{name}_other", "text", label, when=f"{name}_other", required=True)


SAFETY = (
    Item(
        "about",
        "note",
        message(
            "Write no names: nobody who was harmed, no relative, no witness. No telephone number, "
            "address, workplace, school, exact age or diagnosis either, in any answer. A number of "
            "your own for the case is enough."
        ),
    ),
    Item(
        "consent",
        "select_one",
        message("Consent"),
        message(
            "What may be published rests on it. Ask before you write down what is not public, and "
            "say that consent can be taken back at any time."
        ),
    ),
    Item(
        "unpublishable",
        "note",
        message("Without consent this case is not published. It stays with the keeper."),
        when="unpublishable",
    ),
    Item(
        "sensitive",
        "select_one",
        message("Could somebody be harmed if this became public?"),
        message(
            "The person affected, relatives, witnesses, whoever told it. If you are not sure: yes."
        ),
        required=True,
    ),
    Item(
        "sensitive_why",
        "text",
        message("What could happen, and to whom"),
        message("Without names. The answer stays with the keeper."),
        when="sensitive",
        appearance="multiline",
    ),
)

EVENT = (
    Item("dataset", "select_one", message("Dataset"), required=True),
    Item("target", "select_one", message("Target")),
    Item(
        "persons",
        "integer",
        message("Number of persons affected"),
        message("Only where people were the target, as the source names or counts them."),
        when="person",
    ),
    Item(
        "groups",
        "select_multiple",
        message("Groups"),
        message("All groups because of which people were affected, as far as the source says."),
    ),
    _other("groups", message("Which other group")),
    Item("category", "select_one", message("Category")),
    Item(
        "violations",
        "select_multiple",
        message("Violations"),
        message("Every act that the source names."),
    ),
    _other("violations", message("Which other act")),
    Item(
        "protected",
        "calculate",
        message("Protected"),
        message("Yes, where a closer look could expose a private person."),
    ),
    Item(
        "coarse",
        "note",
        message(
            "A closer look could expose this person. Published are the year, the country, groups, "
            "one act, perpetrator and response; no text, day, place or link. Write no more than "
            "you need yourself."
        ),
        when="protected",
    ),
    Item("perpetrator", "select_one", message("Perpetrator")),
    Item("response", "select_one", message("Response of the authorities")),
    Item(
        "summary",
        "text",
        message("Summary"),
        message(
            "What happened, in two or three sentences of your own and without names, in any "
            "language; it is published in English."
        ),
        required=True,
        appearance="multiline",
    ),
)

TIME = (
    Item("date_precision", "select_one", message("Date precision")),
    Item("date_day", "date", message("Day on which it began"), when="day", required=True),
    Item(
        "date_month",
        "date",
        message("Month in which it began"),
        when="month",
        required=True,
        appearance="month-year",
    ),
    Item(
        "date_year",
        "date",
        message("Year in which it began"),
        when="year",
        required=True,
        appearance="year",
    ),
    Item("date", "calculate", message("Date"), message("The first day of what is known.")),
    Item("date_end", "date", message("Last day"), when="dated"),
)

PLACE = (
    Item(
        "region",
        "select_one",
        message("Region"),
        message("Where it happened; also “place not given” and “online”."),
    ),
    Item(
        "place",
        "select_one",
        message("Settlement"),
        message("A city, town or village of the region, and nothing closer."),
        when="placed",
        appearance="autocomplete",
    ),
    _other("place", message("Which other settlement")),
    Item("place_precision", "calculate", message("Place precision")),
)

SOURCES = (
    Item("source_name", "text", message("Publisher")),
    Item(
        "link",
        "select_one",
        message("Link to the source"),
        message("No link where the page names or describes a private person."),
    ),
    Item(
        "source_url",
        "text",
        message("Address of the page"),
        message("Begins with https:// or http://."),
        when="linked",
        required=True,
        appearance="url",
    ),
    Item(
        "source_published",
        "text",
        message("Published on"),
        message("As precisely as you know it: 2022, 2022-03 or 2022-03-05."),
    ),
)
SECOND = Item("second_source_url", "text", message("Address of a second source"))
"""The address of the second source: asked as such in a workbook, in a form as one more source."""

NUMBER = Item(
    "case_number",
    "text",
    message("Your number for the case"),
    message("By which you find it again. It stays with the keeper; put no name into it."),
)
KEEPER = (
    NUMBER,
    Item("project", "text", message("Project"), message("The programme that documented it.")),
    Item("kind", "select_one", message("Kind of record"), message("Mostly one event.")),
    Item("checked", "select_one", message("Checked")),
    Item("episode", "text", message("Episode")),
    Item("same_event", "text", message("The same event in another dataset")),
    Item(
        "reader_risk",
        "select_one",
        message("Risk for readers"),
        message("Whether opening or sharing the page can be held against a reader."),
    ),
    Item("flag", "select_one", message("Flag")),
)

PARTS = (
    Part("safety", message("Consent and safety"), SAFETY),
    Part("event", message("What happened"), EVENT),
    Part("time", message("When it happened"), TIME),
    Part("location", message("Where it happened"), PLACE),
    Part(
        "sources",
        message("Source"),
        SOURCES,
        Item(
            "number_of_sources",
            "integer",
            message("Number of sources"),
            message("At least one: what has no source is no record."),
            required=True,
        ),
    ),
    Part("keeping", message("For the keeper"), KEEPER),
)
"""The questions, in the order in which they are asked."""


def columns() -> list[Item]:
    """List the columns of a workbook: the case number, and what fills a column of the records."""
    every = [item for part in PARTS for item in (*part.items, *((SECOND,) if part.times else ()))]
    return [NUMBER, *(item for item in every if item.fills)]


def conditions(book: Codebook) -> Mapping[str, tuple[str, frozenset[str]]]:
    """Say when questions are asked: a question, and the answers to it of which one must be given.

    By the names under which items ask for them, in the codes of a package.
    """
    every = {name: frozenset(book.codes(name)) for name in ("consents", "regions", "links")}
    return {
        "unpublishable": ("consent", every["consents"] - book.marked("consents", "publishable")),
        "sensitive": ("sensitive", frozenset(["yes"])),
        "person": ("target", frozenset(["person"])),
        "protected": ("protected", frozenset(["yes"])),
        **{precision: ("date_precision", frozenset([precision])) for precision in VAGUE},
        "dated": ("date_precision", frozenset(VAGUE)),
        "placed": ("region", every["regions"] - {book.unplaced, book.online}),
        "linked": ("link", every["links"] - {"withheld"}),
        **{f"{name}_other": (name, frozenset([OTHER])) for name in OPEN},
    }
