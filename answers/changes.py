"""How a change between two periods is worded: its ratio, its verdict, and what limits it."""

import math

from answers.question import Question
from answers.words import begun, span
from incidents import change
from incidents.chance import Interval
from incidents.change import REFUSED, Comparison, Side
from incidents.selection import Span
from loaders.language import Language

SAME_LENGTH = 0.02
"""Periods that differ by less, as leap years do, are not said to differ in length."""


def times(found: Interval, t: Language) -> str:
    """Write a ratio with its interval, its sign on one line with it: "× 3 (95% interval: 2–5)"."""
    ratio, low, high = (factor(x, t) for x in (found.ratio, found.low, found.high))
    if math.isinf(found.ratio):
        said = t("× at least {low} (95% interval, without an upper end)", low=low)
    elif math.isinf(found.high):
        said = t("× {ratio} (95% interval: from {low}, no upper end)", ratio=ratio, low=low)
    else:
        said = t("× {ratio} (95% interval: {low}–{high})", ratio=ratio, low=low, high=high)
    return said.replace("× ", "×\u00a0")


def briefly(found: Interval | None, t: Language) -> str:
    """Write a ratio with its interval for a cell: "3 (2–5)"."""
    if not found:
        return "–"
    ratio, low, high = (factor(x, t) for x in (found.ratio, found.low, found.high))
    return f"{ratio} ({low}–{high})"


def factor(value: float, t: Language) -> str:
    """Write a ratio with two decimals; smaller ones with two digits, larger ones with fewer."""
    if math.isinf(value):
        return "∞"
    if 0 < value < 0.1:
        return t.number(value, min(1 - math.floor(math.log10(value)), 6))
    return t.number(value, 2 if value < 10 else 1 if value < 100 else 0)


def worded(found: Comparison, t: Language) -> str:
    """Say what a comparison found, in one sentence that can be quoted, with its interval."""
    text = counted(found, t)
    if found.change.widened and found.change.verdict not in REFUSED:
        return t("{sentence}; {times}", sentence=text, times=times(found.change.widened, t))
    return text


def counted(found: Comparison, t: Language) -> str:
    """Say what a comparison found: the two numbers, and the verdict in words."""
    a, b = found.change.n
    first, last = (span(side.span, t) for side in (found.earlier, found.later))
    said = {"a": a, "b": b, "first": first, "last": last}
    sentences = {
        "same_period": t("Choose two different periods: both are {first}.", first=first),
        "overlapping": t("Choose two periods that share no day: {first} and {last} do.", **said),
        "outside": t(
            "{first} and {last} cannot be compared: one of them has no day within collection "
            "and the filter by date.",
            **said,
        ),
        "no_records": t("Nothing of this selection was recorded in {first} or in {last}.", **said),
        "too_short": t(
            "{a} recorded in {first}, {b} in {last}: periods of one month are too short to tell "
            "a change.",
            **said,
        ),
        "too_vague": t(
            "{a} recorded in {first}, {b} in {last}: too few of them say in which month, so no "
            "change can be told.",
            **said,
        ),
        "hang_together": t(
            "{a} recorded in {first}, {b} in {last}: one month brings the next one’s, so no "
            "change can be told.",
            **said,
        ),
        "rose": t("More recorded: {a} in {first}, {b} in {last}", **said),
        "fell": t("Fewer recorded: {a} in {first}, {b} in {last}", **said),
        "equal": t("As many recorded: {a} in {first}, {b} in {last}", **said),
        "too_few": t(
            "{a} recorded in {first}, {b} in {last}: too few or uneven to tell a change",
            **said,
        ),
    }
    return begun(sentences[found.change.verdict])


def verdicts(t: Language) -> dict[str, str]:
    """Word every verdict in a word or two."""
    refused = t("cannot be compared")
    return {
        **dict.fromkeys(("same_period", "overlapping", "outside"), refused),
        "no_records": t("none recorded"),
        "rose": t("more"),
        "fell": t("fewer"),
        "equal": t("as many"),
        "too_few": t("cannot be told"),
        "too_short": t("period too short"),
        "too_vague": t("dates too vague"),
        "hang_together": t("months hang together"),
    }


def of_side(side: Side, t: Language) -> list[str]:
    """Say where a period is not counted whole, or is not final."""
    period, said = span(side.span, t), []
    if not side.whole:
        said.append(t("Of {period} only {days} days count.", period=period, days=side.days))
    if side.provisional:
        said.append(
            t("{period} is provisional: its last months are not yet well covered.", period=period)
        )
    return [begun(each) for each in said]


def differ(one: Span, other: Span) -> bool:
    """Say whether two periods are of different length."""
    return unlike(*((last - first).days + 1 for first, last in (one.days, other.days)))


def unlike(one: int, other: int) -> bool:
    """Say whether two numbers of days differ by more than leap years do."""
    return abs(one - other) > SAME_LENGTH * max(one, other)


def through_months(asked: Question, shown: Span) -> str:
    """Say what a steady change through all months of a chart amounts to."""
    t, found = asked.t, change.trend(asked.subset, shown)
    if found.verdict == "outside":
        return t("No whole month of these years lies within collection and the filter by date.")
    first, last = t.period(found.first), t.period(found.last)
    counted = t(
        "{n} incidents in {months} whole months, {first} to {last}; {left_out} left out, because "
        "no month is known of them.",
        n=found.n,
        months=found.months,
        first=first,
        last=last,
        left_out=found.left_out,
    )
    sentences = {
        "no_records": t("Nothing of this selection was recorded in these months."),
        "too_short": t("Fewer than twelve months are too short for a trend."),
        "hang_together": t(
            "No verdict: what happens in one month goes with the next (correlation of "
            "neighbouring months {correlation}, tested against all orders of the months).",
            correlation=t.number(found.line.correlation, 2) if found.line else "",
        ),
        "rose": t("More recorded from year to year."),
        "fell": t("Fewer recorded from year to year."),
        "too_few": t("Too few or uneven to tell a change from year to year."),
    }
    said = [sentences[found.verdict], begun(counted)]
    if found.line and found.verdict not in ("hang_together", "too_short"):
        said.append(
            t(
                "Each year {widened} the year before; if incidents came independently, "
                "{independent}. Dispersion {dispersion}; correlation of neighbouring months "
                "{correlation}.",
                widened=times(found.line.widened, t),
                independent=times(found.line.independent, t),
                dispersion=t.number(found.line.dispersion, 1),
                correlation=t.number(found.line.correlation, 2),
            )
        )
    return " ".join(said)
