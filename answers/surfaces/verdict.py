"""What may be said of change, and what may not: sentences to copy, none stronger than a verdict."""

from dataclasses import dataclass

from answers.changes import counted
from answers.question import Question
from answers.surfaces.change import SHARED, Change
from answers.surfaces.published import Published
from answers.words import begun, filters, organisation, span
from incidents.schema import visible
from incidents.selection import Selection


@dataclass(frozen=True)
class Verdict:
    """Sentences that may be copied, and those that say what cannot be told."""

    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()


def verdict(asked: Question) -> Verdict:
    """Word the verdicts of Trends: of the published totals, if they apply, and of the records."""
    published, recorded = totals(asked), records(asked)
    return Verdict(published.may + recorded.may, published.may_not + recorded.may_not)


def known(asked: Question) -> tuple[str, ...]:
    """Say how all this is known, in plain words first: intervals, dispersion, a steady change."""
    published, change = asked.answer(Published), asked.answer(Change)
    plain = asked.t(
        "A 95% interval holds the changes that the numbers would bear out, chance considered. "
        "Where it holds both a rise and a fall, no change can be told."
    )
    return (
        plain,
        *(published.method if published.applies else ()),
        *change.intervals,
        change.steady,
    )


def unsaid(asked: Question) -> tuple[str, ...]:
    """Give the notes of the comparison that no sentence to copy has said already."""
    said = " ".join(records(asked).may)
    return tuple(note for note in asked.answer(Change).notes if note not in said)


def totals(asked: Question) -> Verdict:
    """Give the totals as somebody else published them: they bear no verdict."""
    t, answer = asked.t, asked.answer(Published)
    if not answer.applies:
        return Verdict()
    source, _ = asked.package.published_source(asked.t.code)
    may = t("{sentence}. Source: {name}.", sentence=answer.title, name=source)
    if answer.changed.years < 2:
        return Verdict((may,))
    no = t("{dataset}: published totals alone tell no trend.", dataset=answer.dataset)
    return Verdict((may,), (no,))


def records(asked: Question) -> Verdict:
    """Give the verdict over the two periods that are compared below, and what it does not say."""
    t, answer = asked.t, asked.answer(Change)
    found, code = answer.found, answer.found.change.verdict
    if code in SHARED:
        return Verdict()  # there are no two periods
    if code == "outside":
        return Verdict((), (counted(found, t),))
    sentence = counted(found, t).rstrip(".")
    limits = {
        "sentence": " ".join((f"{sentence}.", *answer.limits)),
        "name": organisation(asked.package, t),
        "release": asked.package.release,
    }
    if asked.selection == Selection():
        may = t("{sentence} A sample. Source: {name}, release {release}.", **limits)
    else:
        of = visible(filters(asked)).rstrip(".")  # a year in Russian ends with a point of its own
        may = t(
            "{sentence} A sample; filters: {filters}. Source: {name}, release {release}.",
            filters=of,
            **limits,
        )
    if code == "no_records":
        return Verdict((may,))
    ends = {
        name: span(side.span, t) for name, side in (("first", found.earlier), ("last", found.later))
    }
    no = {
        "rose": t("Whether more happened in {last} than in {first} cannot be told.", **ends),
        "fell": t("Whether fewer happened in {last} than in {first} cannot be told.", **ends),
        "equal": t("Whether as many happened in {last} as in {first} cannot be told.", **ends),
    }
    neither = t("Whether incidents rose or fell from {first} to {last} cannot be told.", **ends)
    return Verdict((may,), (begun(no.get(code, neither)),))
