"""A question of each reader as an example, with the view that answers it: for those new here."""

from collections.abc import Mapping, Sequence

from answers.answer import Link
from answers.question import Question
from incidents.selection import Selection, known_codes

Query = Mapping[str, Sequence[str]]

ATTACKS: Query = {"data": ["media"]}
BEATEN: Query = {"group": ["journalists"], "violation": ["physical_assault", "threat"]}
BY_CATEGORY: Query = {"data": ["media"], "split": ["category"]}
"""What the examples ask; a package that lacks one of these codes is not asked so."""


def title(asked: Question) -> str:
    """Head the examples."""
    return asked.t("First time here?")


def examples(asked: Question) -> tuple[Link, ...]:
    """Ask what each reader may ask; what would find nothing in this package is left out."""
    t = asked.t
    every: tuple[tuple[str, str, Query], ...] = (
        (t("Donor: what did the authorities do about attacks on the media?"), "impact", ATTACKS),
        (t("Journalist: where were journalists beaten or threatened?"), "map", BEATEN),
        (t("Advocate: are more attacks on the media recorded now?"), "trends", BY_CATEGORY),
        (t("Data keeper: is my file right, and safe to publish?"), "check", {}),
    )
    return tuple(
        Link(said, page, {**asked.query(Selection()), **{k: [*v] for k, v in query.items()}})
        for said, page, query in every
        if _finds(asked, query)
    )


def _finds(asked: Question, query: Query) -> bool:
    """Say whether a package has these codes, and records under them."""
    package = asked.package
    codes = known_codes(package.codebook, list(package.incidents.places.index))
    selection, problems = Selection.from_query(query, codes)
    return not problems and package.incidents.select(selection).n > 0
