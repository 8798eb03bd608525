"""The codebook for readers: what each code means, with examples, and the rules of coding."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from answers.answer import Chapter, Link, Said, Section, points
from answers.question import Question
from answers.words import equivalents
from incidents.codebook import ILLUSTRATED, LISTS, Codebook
from incidents.search import Index
from loaders.language import Language


@dataclass(frozen=True)
class Entry:
    """One code: its label, its definition, and lines of examples and equivalents.

    `taker`, where there is one, ends the line of the counter-example: the code that takes it.
    """

    code: str
    label: str
    meaning: str
    example: str
    counter: str
    taker: str
    elsewhere: str


def entry(asked: Question, name: str, code: str) -> Entry:
    """Word one code, once for each language."""
    return asked.package.once((Entry, name, code, asked.t.code), lambda: _entry(asked, name, code))


def _entry(asked: Question, name: str, code: str) -> Entry:
    t, book = asked.t, asked.package.codebook
    example = book.example(name, code, t.code)
    counter, taker = book.counter_example(name, code, t.code)
    elsewhere = equivalents(asked.package, name, code, t.code)
    arrow = f"→\u00a0{taker}"
    return Entry(
        code=code,
        label=book.label(name, code, t.code),
        meaning=book.definition(name, code, t.code),
        example=t("For example: {example}", example=example) if example else "",
        counter=t("But not: {example} {code}", example=counter, code=arrow) if counter else "",
        taker=taker,
        elsewhere=t("Elsewhere: {terms}", terms=elsewhere) if elsewhere else "",
    )


def is_searched(asked: Question) -> bool:
    """Say whether the address names no list or chapter, but a word to search the codes for."""
    parts = (*(f"list-{name}" for name in names(asked.t)), vocabularies(asked.t).key)
    return asked.path == "codes" and bool(asked.part) and asked.part not in parts


def found(asked: Question, text: str) -> dict[str, list[Entry]]:
    """Find the codes that hold every word, by list; what a label or code says comes first."""
    every = [(name, entry) for name in names(asked.t) for entry in entries(asked, name)]
    named, told = asked.package.once(("search", asked.t.code), lambda: _indexed(every))
    in_label, anywhere = named.find(text), told.find(text)
    hits: dict[str, list[Entry]] = {}
    for at in sorted(np.flatnonzero(anywhere), key=lambda at: not in_label[at]):
        hits.setdefault(every[at][0], []).append(every[at][1])
    return {name: hits[name] for name in names(asked.t) if name in hits}


def _indexed(every: Sequence[tuple[str, Entry]]) -> tuple[Index, Index]:
    """Index the names of codes, and all that is said of them."""
    named = [f"{e.code} {e.label}" for _, e in every]
    rest = [f"{e.meaning} {e.example} {e.counter} {e.elsewhere}" for _, e in every]
    return Index.of(zip(named, strict=True)), Index.of(zip(named, rest, strict=True))


def how_many(hits: Mapping[str, list[Entry]], t: Language) -> str:
    """Say how many codes were found, or that none was and what to do."""
    n = sum(map(len, hits.values()))
    if not n:
        return t("No code holds all of these words. Try one word, or the beginning of one.")
    return t.plural("{n} code found.", "{n} codes found.", n)


def introduction(asked: Question) -> Section:
    """Say what the codebook is, and the rules that belong to no single code."""
    t, package, book = asked.t, asked.package, asked.package.codebook
    said = (
        package.statement("collectors_words", t.code),
        _merged(book, t) if len(book.words) else "",
    )
    rules = (
        t("Every act that the page names is coded, also where the summary leaves it out."),
        package.statement("deciding", t.code),
    )
    head = t("Words and codes")
    return Section(
        head,
        points(" ".join(filter(None, said))),
        parts=(Section("", points(*rules)),),
        bullets=False,
    )


def names(t: Language) -> dict[str, str]:
    """Name the code lists, in the order in which they are shown."""
    named = {
        "groups": t("Groups"),
        "categories": t("Categories"),
        "violations": t("Violations"),
        "perpetrators": t("Perpetrators"),
        "responses": t("Responses of the authorities"),
        "kinds": t("Kinds of record"),
        "flags": t("Flags"),
        "checks": t("Checks"),
        "links": t("Links"),
        "consents": t("Consent"),
        "targets": t("Targets"),
        "regions": t("Regions"),
        "date_precisions": t("Date precisions"),
        "place_precisions": t("Place precisions"),
        "datasets": t("Datasets"),
        "withdrawal_reasons": t("Reasons for withdrawal"),
        "claim_manners": t("How claims say their number"),
        "claim_reasons": t("How claims are read"),
    }
    return {name: said for name, said in named.items() if name in LISTS}


def entries(asked: Question, name: str) -> list[Entry]:
    """Word every code of a list; once in each language, for a search goes through all of them."""

    def words() -> list[Entry]:
        return [entry(asked, name, code) for code in asked.package.codebook.codes(name)]

    return asked.package.once(("entries", name, asked.t.code), words)


def is_illustrated(name: str) -> bool:
    """Say whether the codes of a list have examples, so that a table would not hold them."""
    return name in ILLUSTRATED


def definitions(asked: Question, name: str) -> pd.DataFrame:
    """Word every code of a list as a table: label, definition, equivalents, code."""
    t = asked.t
    rows = [
        (e.label, e.meaning, equivalents(asked.package, name, e.code, asked.t.code), e.code)
        for e in entries(asked, name)
    ]
    head = [t("Label"), t("Definition"), t("Elsewhere"), t("Code")]
    table = pd.DataFrame(rows, columns=head).set_index(head[0])
    return table if table[head[2]].any() else table.drop(columns=head[2])


def vocabularies(t: Language) -> Chapter:
    """Fold away which vocabularies are compared."""
    return Chapter("schemes", t("Vocabularies compared"), schemes)


def schemes(asked: Question) -> Section:
    """Name the vocabularies that are compared, and say who compared them."""
    t, package = asked.t, asked.package
    read = _read(package.codebook, t) if package.codebook.equivalents_read else ""
    own = " ".join(filter(None, (package.statement("equivalents", t.code), read)))
    named = tuple(
        Said(title, links=(Link(title, url=row.url),))
        for row in package.codebook.schemes.itertuples()
        if (title := package.named(row.title, t.code))
    )
    return Section("", points(own), parts=(Section("", named),), bullets=False)


def made_up(t: Language) -> str:
    """Say what the examples are; stands once wherever some are shown."""
    return t(
        "Examples are made up: none is a recorded case. The code after an arrow takes what does "
        "not fall under the code itself."
    )


def _merged(book: Codebook, t: Language) -> str:
    return t(
        "Words: {words}; types: {types}.",
        words=len(book.words),
        types=len(book.codes("violations")),
    )


def _read(book: Codebook, t: Language) -> str:
    return t(
        "{read} of {n} equivalents were checked against the text of the article or term they name.",
        read=book.equivalents_read,
        n=len(book.crosswalk),
    )
