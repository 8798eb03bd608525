"""What a keeper reads of the questions and their answers, in one language: form and workbook alike.

What is said of codes is the package's own: another country's package asks in its own words.
"""

from collections import Counter
from collections.abc import Mapping

from answers.files import harmless
from incidents.codebook import LANGUAGES
from incidents.item import OPEN, OTHER, YES_NO, Item
from loaders.descriptor import Field
from loaders.language import Language, language
from loaders.package import Package

WITHIN = {"places": "region", "categories": "dataset"}
"""The lists of which only a part can be answered, and the column that names another answer."""
OWN = {"number_of_sources": Field("number_of_sources", minimum=1, maximum=20)}
"""What answers may be that fill no column; more sources than these are a slip of the finger."""
LONGEST = 32_767
"""How many characters a cell of a workbook may hold."""


def spoken() -> list[Language]:
    """Give the languages in which everybody is asked."""
    return [language(code) for code in LANGUAGES]


def hint(package: Package, item: Item, t: Language) -> str:
    """Say how to answer; where nothing is said here, what the package says of the column."""
    if item.type == "note":
        return ""
    said = t(item.hint) if item.hint else package.meanings(t.code).get(item.name, "")
    deciding = package.statement("deciding", t.code) if item.name == "category" else ""
    return written(deciding or said)


def choices(
    package: Package, listed: str, t: Language, *, or_other: bool = False
) -> dict[str, str]:
    """Word every answer of a list, by code; who finds none may say so with `or_other`.

    Where one word would mean two answers, such as two settlements of a region, the code follows.
    """
    if listed == YES_NO:
        return {"yes": t("Yes"), "no": t("No")}
    labels, above = package.labels(listed, t.code), within(package, listed)
    held = Counter((above.get(code), label) for code, label in labels.items())
    told = {
        code: written(label if held[above.get(code), label] == 1 else f"{label} ({code})")
        for code, label in labels.items()
    }
    if or_other and listed in OPEN.values():
        told.setdefault(OTHER, t("Other: not in this list"))
    return told


def definitions(package: Package, listed: str, t: Language) -> dict[str, str]:
    """Say what falls under each code of a list; of what needs no words, nothing."""
    if listed not in package.codebook.lists:
        return {}
    return {
        code: written(package.codebook.definition(listed, code, t.code))
        for code in package.codebook.codes(listed)
    }


def within(package: Package, listed: str) -> Mapping[str, str]:
    """Name the answer to another question under which alone each code can be given."""
    if listed not in WITHIN:
        return {}
    table = package.incidents.places if listed == "places" else package.codebook.lists[listed]
    return dict(zip(table.index.map(str), table[WITHIN[listed]].astype(str), strict=True))


def limits(package: Package, item: Item) -> Field:
    """Give what the package says of the column that is filled; of what fills none, nothing."""
    records = next(iter(package.descriptor.files.values()))
    return OWN.get(item.name) or records.fields.get(item.name, Field(item.name))


def written(text: str) -> str:
    """Write a text of a package so that no program runs it, takes it for a question or cuts it."""
    plain = str(harmless(text)).replace("${", "$ {")
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"
