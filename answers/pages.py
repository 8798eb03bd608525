"""The pages of the house: their addresses, their names, and what each shows first."""

from collections.abc import Iterable, Mapping

from answers.answer import Answer
from answers.question import Question
from answers.surfaces import overview
from answers.surfaces.accountability import Accountability
from answers.surfaces.change import Change
from answers.surfaces.claim import OneClaim
from answers.surfaces.claims import Claims
from answers.surfaces.events import Events
from answers.surfaces.groups import Groups
from answers.surfaces.impact import Impact
from answers.surfaces.map import Map
from answers.surfaces.over_time import Trend, Years
from answers.surfaces.published import Published
from answers.surfaces.records import Records
from answers.surfaces.steps import Steps
from answers.words import count_line, site_name
from loaders.language import Language

PATHS = {
    "overview": "",
    "map": "map",
    "trends": "trends",
    "claims": "claims",
    "records": "records",
    "impact": "impact",
    "methodology": "methodology",
    "codes": "codes",
    "cited": "cited",
    "reader-safety": "reader-safety",
    "check": "check",
}
"""The path of each page, by its name."""
ASIDE = ("cited", "reader-safety", "check")
"""The pages that the bar of pages names only where one is on them: others lead there."""
TWINLESS = ("check",)
"""The pages without a light twin: what is handed over there must not go over a network."""
DRAWN: Mapping[str, type[Answer]] = {
    each.surface: each for each in (Trend, Published, Groups, Map, Years, Accountability, Change)
}
"""The surfaces that have a figure of their own address."""
CITED: Mapping[str, type[Answer]] = {
    **DRAWN,
    **{each.surface: each for each in (Records, Claims, Events, Impact, Steps)},
}
"""The surfaces that can be cited and taken away; so can every single claim, by its name."""
PICTURES: Mapping[str, type[Answer]] = {
    "map": Map,
    "trends": Trend,
    "records": Trend,
    "claims": Published,
    "impact": Accountability,
}
"""The surface that stands for a page where it is shown in a picture; for others the years do."""


def surface(asked: Question, name: str) -> Answer | None:
    """Give the answer about a surface, or about one claim by its name; None where there is none."""
    if name in CITED:
        found: Answer = asked.answer(CITED[name])
        return found
    return next((each for each in _claims(asked) if each.name == name), None)


def figures(asked: Question) -> tuple[str, ...]:
    """Name what has a figure of its own address."""
    return (*DRAWN, *(each.name for each in _claims(asked)))


def tables(asked: Question) -> tuple[str, ...]:
    """Name what has a table of its own address."""
    return (*CITED, *(each.name for each in _claims(asked)))


def figured(surface: str) -> bool:
    """Say whether the answers about a surface have a figure of their own address."""
    return surface in DRAWN or surface == OneClaim.surface


def _claims(asked: Question) -> Iterable[OneClaim]:
    claims: Claims = asked.answer(Claims)
    return claims.rows.values()


def titles(t: Language) -> dict[str, str]:
    """Name every page."""
    return {
        "overview": t("Overview"),
        "map": t("Map"),
        "trends": t("Trends"),
        "claims": t("Claims"),
        "records": t("Records"),
        "impact": t("Impact"),
        "methodology": t("Methodology"),
        "codes": t("Codes"),
        "cited": t("Citations"),
        "reader-safety": t("Reading safely"),
        "check": t("Check"),
    }


def in_bar(path: str) -> dict[str, str]:
    """Give the pages that the bar of pages names on a page, each by its name with its path."""
    return {key: at for key, at in PATHS.items() if key not in ASIDE or at == path}


def twin(path: str) -> str:
    """Give the path of the light page that stands in for a page: its own, or else the first."""
    return "" if path in TWINLESS else path


def name(asked: Question) -> str:
    """Name the record that is asked for, or else the page."""
    of_page = next((key for key, path in PATHS.items() if path == asked.path), asked.path)
    named = {**titles(asked.t), "brief": asked.t("Brief")}
    return asked.record or named[of_page]


def title(asked: Question) -> str:
    """Name what is asked for, and the dashboard."""
    return " — ".join(filter(None, (name(asked), site_name(asked.package, asked.t))))


def headline(asked: Question) -> str:
    """Say in a sentence what the page shows first."""
    if asked.path == "map":
        return str(asked.answer(Map).title)
    if asked.path == "trends":
        return str(asked.answer(Trend).title)
    if asked.path == "records":
        return str(asked.answer(Records).title)
    if asked.path == "impact":
        return str(asked.answer(Impact).title)
    return overview.title(asked) if not asked.path else title(asked)


def picture(asked: Question) -> Answer | None:
    """Give the answer whose picture stands for what is asked; None where there is nothing."""
    found = (asked.answer(each) for each in (PICTURES.get(asked.path, Years), Years))
    return next((each.at_a_glance for each in found if each.applies and not each.empty), None)


def counted(asked: Question) -> str:
    """Say how many records the filters find."""
    return "".join(count_line(asked))
