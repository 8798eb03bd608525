"""Pictures of an answer: what it shows, with what must stand around it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from answers.answer import Answer
from incidents.schema import visible

if TYPE_CHECKING:
    from charts.sheet import Words

MARK = 12
"""How many digits of the fingerprint a picture bears."""


def picture(answer: Answer, kind: str) -> bytes:
    """Make a picture ("png" or "svg"). What draws is imported only now: it takes a while."""
    from charts.sheet import WHOLE

    return answer.sheet(words(answer), WHOLE).picture(kind)


def card(answer: Answer, kind: str) -> bytes:
    """Make the picture that stands for a link to it elsewhere, small and read at a glance.

    It says less than a picture to take away: title, filters, number and unit, source.
    """
    from charts.sheet import CARD

    answer = answer.at_a_glance
    said = words(answer)
    source = " ".join((*answer.hatched, *(visible(each.text) for each in answer.sources)))
    about = [" ".join(said.about)]
    return answer.sheet(replace(said, about=about, foot=[source]), CARD).picture(kind)


def of_slide(answer: Answer) -> bytes:
    """Make the picture for a slide, which itself says title, source and caveats."""
    from charts.sheet import SLIDE

    return answer.sheet(replace(words(answer), foot=[]), SLIDE).picture("png")


def words(answer: Answer) -> "Words":
    """Say around a picture what it shows, of how many, from where, and how to find it again."""
    from charts.picture import numbered
    from charts.sheet import Words

    t, cited, amount = answer.t, answer.citation, answer.amount
    counted = t("n = {amount}. Unit: {unit}.", amount=amount.text, unit=amount.unit)
    filters = [t("Filters: {filters}.", filters=cited.filters.rstrip("."))] if cited.filters else []
    events = numbered(answer.figure) if answer.figure else []
    named = [t("Laws and events: {events}.", events="; ".join(events))] if events else []
    name, _ = answer.asked.package.licence
    licence = [t("Licence: {licence}.", licence=name)] if name else []
    source = " ".join((*(said.text for said in answer.sources), *licence))
    marked = f"{cited.link} · SHA-256 {cited.fingerprint[:MARK]}…"
    foot = [*named, " ".join(answer.taken_along), source, marked]
    return Words(
        visible(answer.title),
        [visible(text) for text in (*filters, counted)],
        [visible(text) for text in foot if text],
        visible(answer.alt),
        cited.link,
    )
