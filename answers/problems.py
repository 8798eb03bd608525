"""What is wrong with an address, for programs: parameter, value, reason, and what is allowed."""

from collections.abc import Sequence
from typing import Any

from answers.question import Question
from answers.words import problem
from incidents.filters import PARAMETERS
from incidents.selection import Problem, known_codes
from loaders.language import Language

MOST = 100
"""How many allowed values are listed at most; a gazetteer has thousands."""


def told(asked: Question) -> list[dict[str, Any]]:
    """Tell every problem of a question."""
    return [one(each, asked) for each in asked.problems]


def one(found: Problem, asked: Question) -> dict[str, Any]:
    """Tell one problem."""
    said = {
        "parameter": found.parameter[:40],
        "value": found.value[:80],
        "detail": problem(found, asked.t).text,
    }
    allowed = _allowed(found.parameter, asked)
    return {**said, "allowed": list(allowed)} if allowed else said


def _allowed(name: str, asked: Question) -> Sequence[str]:
    if name not in PARAMETERS:
        return sorted(PARAMETERS)
    parameter = PARAMETERS[name]
    if parameter.listed:
        places = list(asked.package.incidents.places.index)
        return known_codes(asked.package.codebook, places)[parameter.listed][:MOST]
    return list(parameter.choices)


def not_allowed(name: str, value: str, allowed: Sequence[str], t: Language) -> dict[str, Any]:
    """Tell of a value that a parameter of a door does not take."""
    detail = t("{name}: {value} is none of the values allowed here.", name=name, value=value[:80])
    return {"parameter": name, "value": value[:80], "detail": detail, "allowed": list(allowed)}


def beyond(page: int, last: int, t: Language) -> str:
    """Say that a list has no such page."""
    return t("There is no page {page}: the last one is {last}.", page=page, last=last)


def unreadable(why: str, t: Language) -> str:
    """Say why an address cannot be read at all."""
    return {
        "too_long": t("The address is too long."),
        "not_utf8": t("The address holds bytes that are no text in UTF-8."),
        "no_such_page": t("There is nothing at this address."),
        "method": t("Addresses here are only read: GET, HEAD or OPTIONS."),
        "failed": t("This could not be answered. The fault is ours."),
        "busy": t("So many are reading now that there is no room. Please come back in a moment."),
        "no_data": t("The data cannot be read, so nothing can be shown yet."),
    }[why]
