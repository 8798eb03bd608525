"""The options of the filters: their words, and how many incidents each would find."""

from dataclasses import dataclass

from answers.question import Question
from incidents import counts
from incidents.filters import FACETS, FILTERS, PARAMETERS
from loaders.language import Language

MENU = tuple(each.name for each in FILTERS if each.menu)
"""What the menus offer, in their order."""
APART = " · "
"""What stands between the label of an option and its number."""


@dataclass(frozen=True)
class Option:
    """One option of a filter: its code, in words, and what it finds under the other filters."""

    code: str
    label: str
    n: int


def label(name: str, t: Language) -> str:
    """Word a parameter."""
    return t(PARAMETERS[name].label)


def choices(name: str, t: Language) -> dict[str, str]:
    """Word the values of a parameter that offers a choice."""
    return {value: t(said) for value, said in PARAMETERS[name].choices.items()}


def options(asked: Question, facet: str) -> list[Option]:
    """Give the options of a filter in the order of the codebook, violations by category."""
    found = counts.options(asked.subset, facet)
    return [Option(code, said, found[code]) for code, said in _labels(asked, facet).items()]


def counted(asked: Question, facet: str) -> dict[str, str]:
    """Word the options of a filter with what each would find; what finds nothing comes last."""
    found = sorted(options(asked, facet), key=lambda option: not option.n)
    return {each.code: f"{each.label}{APART}{asked.t.number(each.n)}" for each in found}


def meanings(asked: Question, facet: str) -> dict[str, str]:
    """Say what every option of a filter means."""
    return asked.package.codebook.column(FACETS[facet].listed, f"definition_{asked.t.code}")


def code(asked: Question, facet: str, said: str) -> str:
    """Give the code of an option, which may be worded with a number that has changed since."""
    label = said.rpartition(APART)[0]
    labels = _labels(asked, facet)
    return next((code for code in labels if labels[code] == label and said not in labels), said)


def combined(t: Language) -> str:
    """Say how values and filters work together."""
    return t("Within a filter: any of. Across filters: all of.")


def years(asked: Question) -> list[str]:
    """List the years of collection."""
    spans = asked.package.incidents.collection.values()
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return [str(year) for year in range(first.year, last.year + 1)]


def _labels(asked: Question, facet: str) -> dict[str, str]:
    t, book, chosen = asked.t, asked.package.codebook, asked.selection
    labels = book.labels(FACETS[facet].listed, t.code)
    if facet == "data":
        return book.column("datasets", f"short_{t.code}")
    if facet == "category":
        datasets = book.column("categories", "dataset")
        kept = [c for c in labels if not chosen.data or datasets[c] in chosen.data]
        return {c: labels[c] for c in dict.fromkeys((*kept, *chosen.category))}
    if facet == "violation":
        return {code: labels[code] for code in _violations(asked)}
    return labels


def _violations(asked: Question) -> list[str]:
    """List the violations under the categories that are set, or under all; the chosen ones too."""
    book, chosen = asked.package.codebook, asked.selection
    categories = chosen.category or tuple(_labels(asked, "category"))
    found = [v for c in categories for v in book.violations_under(c)]
    return list(dict.fromkeys((*found, *chosen.violation)))


def of_periods(t: Language) -> str:
    """Say what may be typed as a period."""
    return t("A year from the list. Or type a month (2021-03) or a longer period (2018–2019).")
