"""Amounts with their unit, in words: the one place where a number meets its noun."""

from collections.abc import Sequence
from dataclasses import dataclass

from answers.question import Question
from answers.words import span
from incidents import counts
from incidents.counts import PeriodCounts
from incidents.selection import Span
from loaders.language import Language


@dataclass(frozen=True)
class Amount:
    """How many records are drawn, `of` how many that the selection finds, and in words.

    `text` says both with what happened to the others; `unit` words what the numbers count.
    """

    n: int
    of: int
    text: str
    unit: str


def amount(n: int, unit: str, t: Language) -> str:
    """Word a number of incidents or of people with its noun."""
    if unit == "people":
        return t.plural(
            "{n} person named in recorded incidents",
            "{n} people named in recorded incidents",
            n,
        )
    return t.plural("{n} recorded incident", "{n} recorded incidents", n)


def unit_name(unit: str, t: Language) -> str:
    """Word what numbers count: incidents, or the people named in them."""
    return t("people named in recorded incidents") if unit == "people" else t("incidents")


def drawn(
    asked: Question, n: int | None = None, others: Sequence[str] = (), people: int | None = None
) -> Amount:
    """Say how many of the selection's records are drawn (all, without `n`), and where others are.

    Where `people` are counted, the number of those drawn comes first.
    """
    t, of = asked.t, asked.subset.n
    n = of if n is None else n
    text = amount(of, "incidents", t)
    if n != of:
        text = t.plural(
            "{drawn} of {n} recorded incident", "{drawn} of {n} recorded incidents", of, drawn=n
        )
    if people is not None:
        text = t("{people} people named in {amount}", people=people, amount=text)
    said = [text, *others, *filter(None, [vague(asked)])]
    unit = "incidents" if people is None else "people"
    return Amount(n, of, "; ".join(said), unit_name(unit, t))


def no_people(t: Language) -> str:
    """Say that sources give no number of people, where incidents are drawn."""
    return t("No number of people is known of these incidents")


def vague(asked: Question) -> str:
    """Say how many of the records may lie outside the dates asked for; nothing where none may."""
    n, t = counts.vague(asked.subset), asked.t
    if not n:
        return ""
    return t.plural(
        "{n} of the records found is dated too vaguely to say whether it falls into these dates",
        "{n} of the records found are dated too vaguely to say whether they fall into these dates",
        n,
    )


def over_time(
    asked: Question, found: PeriodCounts, shown: Span | None, people: int | None = None
) -> Amount:
    """Say how many records a chart over time draws, and why it does not draw the others."""
    t, others = asked.t, []
    if found.outside and shown:
        others.append(t("{n} outside {period}", n=found.outside, period=span(shown, t)))
    elif found.outside:
        others.append(t("{n} outside the months of collection", n=found.outside))
    if found.left_out:
        others.append(t("{n} not dated precisely enough", n=found.left_out))
    return drawn(asked, found.n, others, people)
