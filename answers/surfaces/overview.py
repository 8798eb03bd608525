"""The donor's figures, each with its sentence, and what lies behind them."""

from dataclasses import dataclass, replace

import pandas as pd

from answers import quality
from answers.answer import Link, Section, points
from answers.question import Question
from answers.surfaces.published import Published
from answers.words import in_public, period_words, short_dataset
from incidents import counts
from incidents.selection import Selection


@dataclass(frozen=True)
class Figure:
    """One figure: large, with the sentence that goes on from it, and one link."""

    value: str
    sentence: str
    link: Link | None


@dataclass(frozen=True)
class Numbers:
    """What lies behind the figures: a sentence, and numbers that lead to their records."""

    sentence: str
    links: tuple[Link, ...] = ()


def figures(asked: Question) -> tuple[Figure, Figure, Figure]:
    """Give the three figures a reader leaves with."""
    return recorded(asked), answered(asked), covered(asked)


def recorded(asked: Question) -> Figure:
    """Say how many incidents are recorded, of how many where filters are set."""
    t, n, total = asked.t, asked.subset.n, asked.package.incidents.total
    if asked.selection == Selection():
        first, last = (f"{day:%Y-%m}" for day in asked.subset.window)
        months = period_words(first, last, t)
        said = t.plural(
            "recorded incident, {months}", "recorded incidents, {months}", n, months=months
        )
        return Figure(t.number(n), said, _see(asked, asked.selection))
    said = t.plural("recorded incident, as filtered", "recorded incidents, as filtered", total)
    return Figure(t("{n} of {total}", n=n, total=total), said, _see(asked, asked.selection))


def answered(asked: Question) -> Figure:
    """Say how many incidents have a response, without those that the authorities committed."""
    t, found = asked.t, counts.responses(asked.subset)
    others, _ = _apart(asked)
    if asked.selection.response:
        said = t("The filter asks for certain responses, so their share says nothing here")
        return Figure("–", said, _see(asked, asked.selection))
    if not others or not found.by_others:
        said = t("No incident here was committed by others than the authorities")
        return Figure("–", said, _see(asked, asked.selection))
    sentence = t.plural(
        "incident not committed by the authorities where the source names their response",
        "incidents not committed by the authorities where the source names their response",
        found.by_others,
    )
    named = tuple(str(code) for code in found.which.index)
    see = _see(asked, replace(asked.selection, perpetrator=others, response=named))
    return Figure(t("{n} of {total}", n=found.answered, total=found.by_others), sentence, see)


def covered(asked: Question) -> Figure:
    """Say how much of the published totals is held: no filter changes it."""
    t, package = asked.t, asked.package
    missing = Link(t("What is missing →"), "methodology", {**asked.query(), "id": "contents"})
    share = quality.share_held(package, t)
    if not share or not (published := asked.answer(Published)).applies:
        return Figure("–", t("Nobody’s total of these incidents is known here"), missing)
    said = t(
        "of the published total is recorded here: {dataset}, {years}",
        dataset=published.dataset,
        years=quality.years(list(package.published.index)),
    )
    return Figure(share, said, missing)


def behind(asked: Question) -> tuple[Numbers, ...]:
    """Take the figures apart: by dataset, by response, and what the authorities committed."""
    t, subset, found = asked.t, asked.subset, counts.responses(asked.subset)
    others, theirs = _apart(asked)
    told = [Numbers("", _by_dataset(asked))]
    if others:
        by_others = replace(asked.selection, perpetrator=others)
        sentence = t("Responses of the authorities to what others committed:")
        told.append(Numbers(sentence, _by_response(asked, found.which, by_others)))
    if theirs:
        committed = replace(asked.selection, perpetrator=theirs)
        label = t("By the authorities: {n}", n=found.by_authorities)
        every = Link(label, "records", asked.query(committed))
        apart = t("Apart from these: incidents committed by the authorities, alone or with others.")
        told.append(Numbers(apart, (every, *_by_response(asked, found.outcomes, committed))))
    people = t(
        "{people} people are named in the {n} incidents whose source gives a number; one case "
        "can name the same people in several records.",
        people=counts.total(subset, "people"),
        n=counts.naming_persons(subset),
    )
    later = t(
        "A response is what the cited source named when it was written; what came "
        "later is mostly unknown."
    )
    return (*told, Numbers(later), Numbers(people))


def _by_dataset(asked: Question) -> tuple[Link, ...]:
    t, found = asked.t, counts.options(asked.subset, "data")
    wanted = counts.asked(asked.subset, "data")
    return tuple(
        Link(
            f"{short_dataset(asked.package, code, t)}: {t.number(found[code])}",
            "records",
            asked.query(asked.selection.only(data=code)),
        )
        for code in found
        if code in wanted
    )


def _apart(asked: Question) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Divide the perpetrators that the filter lets through: without the authorities, and with."""
    chosen = asked.selection.perpetrator or tuple(asked.package.codebook.codes("perpetrators"))
    theirs = tuple(c for c in chosen if c in counts.AUTHORITIES)
    return tuple(c for c in chosen if c not in counts.AUTHORITIES), theirs


def _by_response(asked: Question, found: pd.Series, selection: Selection) -> tuple[Link, ...]:
    label = asked.package.codebook.labels("responses", asked.t.code)
    return tuple(
        Link(
            f"{label[str(code)]}: {asked.t.number(n)}",
            "records",
            asked.query(selection.only(response=str(code))),
        )
        for code, n in found[found > 0].items()
    )


def _see(asked: Question, selection: Selection) -> Link:
    return Link(asked.t("Records →"), "records", asked.query(selection))


def title(asked: Question) -> str:
    """Say what this is."""
    return asked.package.title(asked.t.code)


def limits(asked: Question) -> Section:
    """Say what the data do not show, and how good they are."""
    t, package = asked.t, asked.package
    public = (in_public(package, t), package.statement("over_represented", t.code))
    said = (
        " ".join(filter(None, public)),
        quality.found_wrong_in_short(package, t),
    )
    onward = Link(t("How records get in →"), "methodology", {**asked.query(), "id": "collection"})
    return Section(t("What this does not show"), points(*said), links=(onward,))
