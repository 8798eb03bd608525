"""The Methodology in a few sentences, each under the title of the chapter that says it in full."""

from answers import quality
from answers.answer import Link, Said, Section
from answers.methodology import own_citation, titles
from answers.question import Question
from answers.words import in_public
from incidents import counts
from incidents.selection import Selection
from loaders.language import Language


def in_short(asked: Question) -> Section:
    """Say what matters most. How good it is is a range, never the best reading alone."""
    t, head = asked.t, titles(asked)
    said = {
        "contents": contents(asked),
        "collection": collection(asked),
        "how-good": how_good(asked),
        "protected": _joined(protected(t), nobody_asked(t)),
        "how-change": change(t),
        "sources": _joined(own_citation(t), package_below(t)),
    }
    points = tuple(
        Said(f"{head[key]}. {text}", strong=f"{head[key]}.") for key, text in said.items()
    )
    onward = Link(t("What the codes mean →"), "codes", asked.query())
    return Section(t("In short"), points, links=(onward,))


def contents(asked: Question) -> str:
    """Say how many records there are, that they are a sample, and of what none is held."""
    t, package = asked.t, asked.package
    held = t(
        "{n} records, of which {counted} are counted as incidents.",
        n=package.incidents.held,
        counted=package.incidents.total,
    )
    return _joined(held, in_public(package, t), quality.missing(package, t))


def collection(asked: Question) -> str:
    """Say what every record has, and how many were checked twice."""
    every = asked.package.incidents.select(Selection())
    return asked.t(
        "No source, no record. Two readers checked {twice} of the {n} records that are counted.",
        twice=counts.checked_twice(every),
        n=every.n,
    )


def how_good(asked: Question) -> str:
    """Say what all readings found, and how much of the published totals is held."""
    t, package = asked.t, asked.package
    return _joined(quality.found_wrong_in_short(package, t), quality.coverage_in_short(package, t))


def protected(t: Language) -> str:
    """Say what is told of people, and what that cannot do."""
    return t(
        "A record of a protected person shows year and codes, no place finer than the region, no "
        "text and no link; nothing finer is in any file here. Who knows the case already may "
        "still recognise it. Other records name no private person."
    )


def nobody_asked(t: Language) -> str:
    """Say who learns of the reader."""
    return t("While you read, no other server is asked for anything.")


def change(t: Language) -> str:
    """Say when a change is called one."""
    return t(
        "Counts come first, then their ratio with a 95% interval, widened because incidents come "
        "in clusters. “More” and “fewer” are said only where the whole interval lies on one side; "
        "else it is said that no change can be told. Published totals get no verdict."
    )


def package_below(t: Language) -> str:
    """Say where all of it can be taken from."""
    return t("“Download” below gives the whole data package.")


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
