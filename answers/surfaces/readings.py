"""Words of claims and their readings: what is compared, what came out, and what that rests on."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from answers.changes import factor
from answers.words import span
from incidents import claims
from incidents.claims import Checked, Claim, Outcome
from loaders import Package
from loaders.language import Language

if TYPE_CHECKING:
    from incidents.chance import Interval


def sentence(claim: Claim, t: Language) -> str:
    """Quote a claim after what it speaks of."""
    subject, quote = (claim.texts[f"{part}_{t.code}"] for part in ("subject", "quote"))
    return t("{subject}: “{quote}”", subject=subject, quote=quote)


def said(claim: Claim, package: Package, t: Language) -> str:
    """Say who said it, and when."""
    publisher = package.named(claim.texts["source_name"], t.code)
    return t("{publisher}, {day}", publisher=publisher, day=t.day(claim.said))


def outcomes(t: Language) -> dict[Outcome, str]:
    """Word what comes out of a reading."""
    return {
        "holds": t("Holds"),
        "does_not_hold": t("Does not hold"),
        "cannot_be_checked": t("Cannot be checked"),
    }


def verdict(found: Sequence[Checked], t: Language) -> str:
    """Word the verdict on a claim in a few words: of arithmetic, and by published totals alone."""
    words = {
        **{str(code): word for code, word in outcomes(t).items()},
        "holds_where_checked": t("Holds where it can be checked"),
        "depends": t("Depends on what is compared"),
        "does_not_hold_where_checked": t("Does not hold where it can be checked"),
    }
    return words[claims.verdict(found)]


def counted(found: Sequence[Checked], t: Language) -> str:
    """Count the readings under which a claim holds: of records only where there are no totals."""
    published, recorded = claims.apart(found)
    n = claims.tally(published or recorded)
    every, unknown = sum(n.values()), n["cannot_be_checked"]
    if published:
        said = t.plural(
            "It holds under {holds} of {n} reading of the published totals.",
            "It holds under {holds} of {n} readings of the published totals.",
            every,
            holds=n["holds"],
        )
    else:
        said = t.plural(
            "No published totals are compared; in the records collected here, a sample, it holds "
            "under {holds} of {n} reading.",
            "No published totals are compared; in the records collected here, a sample, it holds "
            "under {holds} of {n} readings.",
            every,
            holds=n["holds"],
        )
    return " ".join((said, t("{n} cannot be checked.", n=unknown))) if unknown else said


def apart(found: Sequence[Checked], t: Language) -> str:
    """Say that records settle nothing, where they are drawn beside published totals."""
    if not all(claims.apart(found)):
        return ""
    return t("The records collected here, a sample, neither confirm nor refute it.")


def compared(one: Checked, t: Language) -> str:
    """Name the two periods."""
    return " → ".join(span(part, t) for part in (one.reading.earlier, one.reading.later))


def amounts(one: Checked, t: Language) -> str:
    """Write the two numbers, as far as they are known, and their ratio, where there is one."""
    if one.n is None:
        return ""
    a, b = (t.number(n) for n in one.n)
    found = ratio(one)
    return f"{a} → {b}" if found is None else f"{a} → {b}, × {factor(found, t)}"


def numbers(one: Checked, t: Language) -> str:
    """Say what was compared, and what came out."""
    return ": ".join(filter(None, (compared(one, t), amounts(one, t))))


def ratio(one: Checked) -> float | None:
    """Give the ratio of the numbers; None where a reading cannot be checked."""
    known = one.outcome != "cannot_be_checked" and one.independent is not None
    return one.independent.ratio if known and one.independent else None


def interval(one: Checked) -> "Interval | None":
    """Give the ratio with what chance leaves open; None where that may not be shown."""
    return one.independent if ratio(one) is not None and not one.withheld else None


def label(one: Checked, t: Language) -> tuple[str, ...]:
    """Say the same in a few short lines, or why it cannot be checked."""
    if one.outcome == "cannot_be_checked":
        return (aloud(one, t), obstacle(one, t))
    earlier, later = one.reading.earlier, one.reading.later
    if all(len(end) == len("2021") for part in (earlier, later) for end in (part.start, part.end)):
        return (numbers(one, t),)
    first, last = (t.short_months(*(day.date() for day in part.days)) for part in (earlier, later))
    return (f"{first} →", last, amounts(one, t))


def aloud(one: Checked, t: Language) -> str:
    """Say the same in one line, with the interval that is drawn."""
    if found := interval(one):
        span = _between(found, t)
        return t("{numbers} (95% interval {span})", numbers=numbers(one, t), span=span)
    if one.outcome != "cannot_be_checked":
        return numbers(one, t)
    return f"{numbers(one, t)}: {outcomes(t)[one.outcome].lower()}"


def obstacle(one: Checked, t: Language) -> str:
    """Say why a reading cannot be checked; nothing where it can."""
    if one.reason is None:
        return ""
    return {
        "no_total": t(
            "No total is known for {years}.", years=", ".join(str(y) for y in one.missing)
        ),
        "not_collected": t("Records were not collected for the whole of these periods."),
        "nothing_before": t("The earlier period holds nothing that could be multiplied."),
    }[one.reason]


def intervals(one: Checked, t: Language) -> str:
    """Say what chance leaves open, or why no interval is shown."""
    found = interval(one)
    if ratio(one) is None:
        return ""
    if found is None:
        return t("No interval: the months hang together, or are too few or too vaguely dated.")
    between = _between(found, t)
    alone = t("95% interval if incidents came independently: {span}", span=between)
    if one.widened is None:
        return f"{alone}."
    wide = _between(one.widened, t)
    return f"{alone}; " + t("with their measured dispersion: {span}.", span=wide)


def _between(interval: "Interval", t: Language) -> str:
    return t("{low} to {high}", low=factor(interval.low, t), high=factor(interval.high, t))


def held(one: Checked, t: Language) -> list[str]:
    """Say how much of the published totals the records are, and what is left out of them."""
    said = []
    if one.coverage:
        periods, unknown = (one.reading.earlier, one.reading.later), t("not known")
        shares = ", ".join(
            f"{period}: {unknown if share is None else t.percent(share)}"
            for period, share in zip(periods, one.coverage, strict=True)
        )
        said.append(
            t("Share of the published total that was collected here: {shares}.", shares=shares)
        )
    if one.vague:
        said.append(
            t.plural(
                "{n} incident is left out: its date is not precise enough.",
                "{n} incidents are left out: their dates are not precise enough.",
                one.vague,
            )
        )
    return said
