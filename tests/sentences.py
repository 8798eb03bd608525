"""Every sentence made of codes and counts, for people to read: `python -m tests.sentences ru`.

Counted are grids of numbers on which the forms of Russian and Kyrgyz turn; told are all codes.
"""

import sys
from collections.abc import Iterator

import pandas as pd

from answers import pages
from answers.amounts import amount
from answers.question import Question
from answers.surfaces import overview, verdict
from answers.surfaces.records import Records, sentence
from incidents.counts import UNKNOWN
from loaders.language import language
from tests.asking import question
from tests.messages import catalogue

COUNTS = (0, 1, 2, 4, 5, 11, 21, 22, 101, 1000)
ADDRESSES = (
    "",
    "fill=rate&unit=people",
    "fill=change&per=month&split=group",
    "split=category&per=quarter",
    "split=perpetrator&unit=people",
    "from=2021-03&to=2022-02",
    "from=2018&to=2018",
    "a=2019&b=2019-03..2020-04",
    "a=2021-03&b=2022-03",
    "a=2020&b=2020",
    "data=media&group=women&group=children",
    "group=people_living_with_hiv",
    "q=ююю",
)
"""Views under which sentences differ; beside them stands each code of these filters alone."""
ALONE = ("group", "region", "violation", "category", "perpetrator", "response")


def counted(lang: str) -> Iterator[str]:
    """Say every message that counts, for every number of the grid."""
    t = language(lang)
    for message in catalogue(lang if lang != "en" else "ru"):
        if isinstance(message.id, tuple):
            one, many = message.id
            for n in COUNTS:
                yield t.plural(one, many, n, **dict.fromkeys(_others(one, many), "7"))
    for n in COUNTS:
        yield from (amount(n, unit, t) for unit in ("incidents", "people"))


def _others(*texts: str) -> set[str]:
    """Name the values that a message holds beside its number."""
    parts = [part.partition("}")[0] for text in texts for part in text.split("{")[1:]]
    return set(parts) - {"n"}


def protected(lang: str) -> Iterator[str]:
    """Say what a protected record would say of every act, group and perpetrator."""
    book, t = question("/").package.codebook, language(lang)
    groups = book.codes("groups")
    for at, act in enumerate(book.codes("violations")):
        for perpetrator in book.codes("perpetrators"):
            some = groups[at % len(groups) :][: 1 + at % 3]
            yield sentence(_record(act, some, perpetrator), book, t)
    for group in groups:
        yield sentence(_record("threat", [group, "women"], UNKNOWN), book, t)


def _record(act: str, groups: list[str], perpetrator: str) -> pd.Series:
    codes = {"violations": act, "groups": ";".join(groups), "perpetrator": perpetrator}
    return pd.Series(codes)


def told(lang: str) -> Iterator[str]:
    """Say what every surface says under every view."""
    book = question("/").package.codebook
    alone = [
        f"{name}={code}"
        for name, listed in zip(
            ALONE,
            ("groups", "regions", "violations", "categories", "perpetrators", "responses"),
            strict=True,
        )
        for code in book.codes(listed)
    ]
    for address in (*ADDRESSES, *alone):
        yield from _said(question(f"/?{address}&lang={lang}"))


def lines(lang: str) -> Iterator[str]:
    """Say what begins a line: titles, notes and verdicts under every view, lines of the list."""
    for address in ADDRESSES:
        asked = question(f"/?{address}&lang={lang}")
        for name in (*pages.DRAWN, "impact", "steps"):
            answer = pages.surface(asked, name)
            yield from filter(None, (answer.title, answer.empty, *answer.notes, *answer.grounds))
        found = verdict.verdict(asked)
        yield from (*found.may, *found.may_not)
        yield from (row.facts[0] for row in asked.answer(Records).rows)


def _said(asked: Question) -> Iterator[str]:
    for name in (*pages.DRAWN, "impact", "steps"):
        answer = pages.surface(asked, name)
        yield from (answer.title, answer.amount.text, answer.alt, answer.empty)
        yield from (*answer.taken_along, *answer.how_to_read)
    for figure in overview.figures(asked):
        yield f"{figure.value} {figure.sentence}"
    found = verdict.verdict(asked)
    yield from (*found.may, *found.may_not)


def every(lang: str) -> list[str]:
    """Say all of them once, in order."""
    found = (*counted(lang), *protected(lang), *told(lang))
    return [text for text in dict.fromkeys(found) if text]


if __name__ == "__main__":
    for text in every(sys.argv[1] if len(sys.argv) > 1 else "ru"):
        sys.stdout.write(f"{text}\n")
