"""Words that several answers share: codes, periods, the selection, and what was left out of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answers.question import Question
from incidents.filters import FACETS, PARAMETERS
from incidents.selection import Problem, Selection, Span
from loaders import Package
from loaders.language import Language
from loaders.settings import Settings

NUMBER = "\N{NULL}"
"""Holds the place of a number that a door emphasises: each language puts it elsewhere."""
NAME, VALUE = "\ue000", "\ue001"
"""Hold the places of what an address holds, which may be any text at all."""
LATIN = re.compile(r"([A-Za-z](?:[A-Za-z\d .,:;/&@?=%_+’'()-]*[A-Za-z\d)/])?)")
"""A run of words in Latin letters, with what stands between them."""
SPOKEN = re.compile("[a-z]{3}")
"""What a run must hold to be read as words: letters alone (CSV, N) are spelled in any language."""
NAMED = 3
"""How many that are equal at the top are named at most."""


def code_label(package: Package, name: str, code: str, t: Language) -> str:
    """Word one value of a filter that holds codes."""
    if name == "place":
        return str(package.incidents.places.at[code, f"name_{t.code}"])
    return package.codebook.label(FACETS[name].listed, code, t.code)


def cell_labels(package: Package, listed: str, cell: object, t: Language) -> str:
    """Word one cell of a record that holds codes of a list."""
    codes = [] if cell is None or cell != cell else str(cell).split(";")
    return ", ".join(package.codebook.label(listed, code, t.code) for code in codes)


def within(label: str) -> str:
    """Write a label as it stands inside a sentence: what begins with an abbreviation stays."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def begun(text: str) -> str:
    """Write a text as a line begins: a month or the name of a region may come first."""
    return text[:1].upper() + text[1:]


def listed_within(labels: Sequence[str], t: Language) -> str:
    """Write labels of codes, not names, one after the other inside a sentence."""
    return one_by_one([within(label) for label in labels], t)


def one_by_one(names: Sequence[str], t: Language) -> str:
    """Write names one after the other; what one of them holds itself would not part them."""
    parting = (",", t.joined(("", "")))  # " and "
    unclear = any(mark in name for name in names for mark in parting)
    return "; ".join(names) if unclear else t.joined(names)


def short_dataset(package: Package, dataset: str, t: Language) -> str:
    """Word a dataset in a word."""
    return package.codebook.column("datasets", f"short_{t.code}")[dataset]


def period_words(start: str, end: str, t: Language) -> str:
    """Word a period: "2018–2022", "since March 2021", "until 2019"."""
    if start and end:
        dash = "–" if len(start) == len(end) == len("2021") else " – "
        return t.period(start) if start == end else f"{t.period(start)}{dash}{t.period(end)}"
    if start:
        return t("since {period}", period=t.period(start))
    return t("until {period}", period=t.period(end)) if end else ""


def span(found: Span, t: Language) -> str:
    """Word a span of years or months."""
    return period_words(found.start, found.end, t)


@dataclass(frozen=True)
class Chip:
    """A filter that is set: its parameter and code, in words, and the selection left without it.

    `name` is what the filter is called; empty where `text` needs no name.
    """

    parameter: str
    code: str
    name: str
    text: str
    left: Selection

    @property
    def told(self) -> str:
        """Say what is set, by the filter's name: two filters may have values of one name."""
        return f"{self.name}: {self.text}" if self.name else self.text


def chips(selection: Selection, package: Package, t: Language) -> list[Chip]:
    """Word each set filter."""
    found = [
        Chip(
            name,
            code,
            t(PARAMETERS[name].label),
            short_dataset(package, code, t)
            if name == "data"
            else code_label(package, name, code, t),
            selection.less(name, code),
        )
        for name in FACETS
        for code in getattr(selection, name)
    ]
    if selection.start or selection.end:
        said = period_words(selection.start, selection.end, t)
        found.append(Chip("from", "", "", said, selection.without("start", "end")))
    if selection.q:
        said = t("“{text}”", text=selection.q)
        found.append(Chip("q", "", "", said, selection.without("q")))
    return found


def in_words(selection: Selection, package: Package, t: Language) -> str:
    """Word the selection as one line; empty if nothing is set."""
    return " · ".join(chip.text for chip in chips(selection, package, t))


def filters(asked: Question) -> str:
    """Name every filter that is set, with what it lets through."""
    t, chosen = asked.t, asked.selection
    either = t(" or ")
    said = [
        (name, either.join(code_label(asked.package, name, code, t) for code in codes))
        for name in FACETS
        if (codes := getattr(chosen, name))
    ]
    named = [(t(PARAMETERS[name].label), value) for name, value in said]
    if chosen.start or chosen.end:
        named.append((t("Date"), period_words(chosen.start, chosen.end, t)))
    if chosen.q:
        text = PARAMETERS["q"]
        named.append((t(text.label), t("“{text}”", text=chosen.q)))
    return "; ".join(f"{name}: {value}" for name, value in named) or t("no filter")


def site_name(package: Package, t: Language) -> str:
    """Name the dashboard in a few words."""
    return package.statement("site_name", t.code) or package.title(t.code)


def sample(t: Language) -> str:
    """Say that records are a sample."""
    return t("Recorded incidents are a sample of what happened, not a count of it.")


def in_public(package: Package, t: Language) -> str:
    """Say that records are a sample, as the package says where they come from."""
    return package.statement("public_sources", t.code) or sample(t)


def release_source(asked: Question) -> str:
    """Say where the numbers come from."""
    return asked.t(
        "Source: {organisation}, release {release}.",
        organisation=organisation(asked.package, asked.t),
        release=asked.package.release,
    )


def organisation(package: Package, t: Language) -> str:
    """Name who publishes this copy: as set where it runs, or else as the package says."""
    return Settings().organisation or package.organisation(t.code)


def nothing_found(t: Language) -> str:
    """Say that no record fits, and what to do."""
    return t("No record fits all filters. Take one of them away, or clear them all above.")


def several(names: Sequence[str], many: str, t: Language) -> str:
    """Name those that are equal at the top; where more are, say how `many`."""
    return one_by_one(names, t) if len(names) <= NAMED else many


def each(names: Sequence[str], many: str, t: Language) -> str:
    """Name what stands at the top: alone, or several of which each bears the number beside them."""
    return names[0] if len(names) == 1 else t("{names} each", names=several(names, many, t))


def inhabitants(package: Package, t: Language) -> str:
    """Say by whose number of inhabitants rates are taken; nothing where none is known."""
    census = package.census
    if census.population.empty:
        return ""
    if census.counted:
        return t("Inhabitants: census of {day}, for every year.", day=t.day(census.day))
    return t("Inhabitants: estimate of {day}, for every year.", day=t.day(census.day))


def collected(package: Package, t: Language) -> str:
    """Say since when and until when each dataset was collected."""
    label = package.codebook.labels("datasets", t.code)
    said = []
    for dataset, (start, end) in package.incidents.collection.items():
        span = f"{label[dataset]}: {t.month(start)} – {t.month(end)}"
        thin = package.incidents.less_covered.get(dataset)
        said.append(
            span
            if thin is None
            else t("{span} (less well covered from {month})", span=span, month=t.month(thin))
        )
    return t(
        "Collected: {spans}. Outside these months there are no data, "
        "which does not mean no incidents.",
        spans="; ".join(said),
    )


def count_line(asked: Question) -> tuple[str, str, str]:
    """Say how many records the filters find: what stands before the number, it, and the rest."""
    said = asked.t(
        "{n} of {total} recorded incidents · data version {release}",
        n=NUMBER,
        total=asked.package.incidents.total,
        release=asked.package.release,
    )
    before, _, after = said.partition(NUMBER)
    return before, asked.t.number(asked.subset.n), after


def pinned(asked: Question, present: Package) -> list[str]:
    """Say where a link shows an earlier release, and what was withdrawn since its numbers."""
    t, package = asked.t, asked.package
    said = []
    if package is not present:
        said.append(
            t(
                "This link is pinned to release {release} of {day}, and shows its numbers. The "
                "present release is {present}.",
                release=package.release,
                day=t.day(package.released),
                present=present.release,
            )
        )
    return [*said, *(changed_since(package, t) if asked.display.release else ())]


def withdrawn_since(n: int, t: Language) -> str:
    """Say how many records were withdrawn since a release."""
    return t.plural(
        "{n} record was withdrawn since this release.",
        "{n} records were withdrawn since this release.",
        n,
    )


def closed_since(n: int, t: Language) -> str:
    """Say in how many records a link was closed since a release."""
    return t.plural(
        "In {n} record a link was closed since this release, to protect people.",
        "In {n} records a link was closed since this release, to protect people.",
        n,
    )


def changed_since(package: Package, t: Language) -> list[str]:
    """Say what of a release was withdrawn or closed since."""
    n, closed = package.withdrawn_since, package.closed_since
    return [
        *([withdrawn_since(n, t)] if n else []),
        *([closed_since(closed, t)] if closed else []),
    ]


Parts = tuple[tuple[str, bool], ...]
"""A text in parts, each with whether it is an address's own: a door shows these as they stand."""


def parted(text: str, verbatim: str) -> Parts:
    """Part a text at the first place where it holds what is an address's own."""
    before, found, after = text.partition(verbatim) if verbatim else (text, "", "")
    return tuple(part for part in ((before, False), (found, True), (after, False)) if part[0])


def tongues(text: str, t: Language) -> tuple[tuple[str, str], ...]:
    """Part a text by its languages: what is written in Latin letters stands untranslated.

    Each part comes with its language, or nothing where that is the reader's own. What a package
    does not translate (a source, an organisation) is English.
    """
    if t.code == "en":
        return ((text, ""),) if text else ()
    found = enumerate(LATIN.split(text))
    return tuple((x, "en" if at % 2 and SPOKEN.search(x) else "") for at, x in found if x)


@dataclass(frozen=True)
class LeftOut:
    """A value of the address that was left out, in words."""

    parts: Parts

    @property
    def text(self) -> str:
        """Say it in one text."""
        return "".join(part for part, _ in self.parts)


def problem(found: Problem, t: Language) -> LeftOut:
    """Say what of the address was left out, and why."""
    own = {NAME: found.parameter[:40], VALUE: found.value[:80]}
    named = {"name": NAME, "value": VALUE}
    reasons = {
        "unknown": t("{name}: there is no {value} in the codebook.", **named),
        "not_a_period": t("{name}: {value} is not a year or month (2021 or 2021-03).", **named),
        "not_a_span": t(
            "{name}: {value} is not a year, a month or two of them (2021, 2021-03, 2018–2019).",
            **named,
        ),
        "before_from": t("{name}: {value} lies before the beginning.", **named),
        "too_long": t("{name}: {value} is too long and was cut.", **named),
        "not_a_page": t("{name}: {value} is not a page number.", **named),
        "no_such_release": t("{name}: release {value} is not kept here.", **named),
        "broken_release": t("{name}: the files of release {value} have problems.", **named),
        "repeated": t("{name}: only one value holds here, so {value} was left out.", **named),
        "no_such_parameter": t("{name}: there is no such filter ({value}).", **named),
    }
    said = re.split(f"([{NAME}{VALUE}])", reasons[found.why])
    return LeftOut(tuple((own.get(part, part), part in own) for part in said if part))


def equivalents(package: Package, name: str, code: str, language: str) -> str:
    """List what a code is called in other vocabularies."""
    named = package.named
    return "; ".join(
        f"{named(title, language)}: {named(term, language)}"
        for title, term in package.codebook.terms(name, code)
    )
