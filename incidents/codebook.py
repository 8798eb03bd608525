"""The codebook: every code of the data, with labels and definitions in three languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

LANGUAGES = ("ky", "ru", "en")
"""The languages of the dashboard, in the order in which they are offered."""

UNPLACED = "KG"
ONLINE = "ONLINE"
"""Region codes for "place not given" and for what happened on the internet: never on a map."""

LISTS = {
    "categories": ("dataset",),
    "checks": (),
    "datasets": ("short_en", "short_ru", "short_ky"),
    "date_precisions": (),
    "flags": ("counted",),
    "groups": ("protected",),
    "kinds": ("counted",),
    "links": (),
    "perpetrators": (),
    "place_precisions": (),
    "regions": ("kind",),
    "responses": ("named",),
    "targets": (),
    "violations": ("media_category", "rights_category"),
}
"""The code lists and the columns each has beside code, labels and definitions."""


def list_columns(name: str) -> list[str]:
    """Name the columns of one code list, in published order."""
    texts = [f"{kind}_{lang}" for kind in ("label", "definition") for lang in ("en", "ru", "ky")]
    return ["code", *LISTS[name], *texts]


@dataclass(frozen=True)
class Codebook:
    """The code lists by name, each a frame indexed by code in menu order.

    `words` maps the raw violation words of the evidence to violation codes, `crosswalk` holds the
    equivalents of a code in other vocabularies, `schemes` names those vocabularies.
    """

    lists: Mapping[str, pd.DataFrame]
    words: pd.DataFrame
    crosswalk: pd.DataFrame
    schemes: pd.DataFrame

    def codes(self, name: str) -> list[str]:
        """List the codes of one list, in menu order."""
        return list(self.lists[name].index)

    def label(self, name: str, code: str, language: str) -> str:
        """Word one code for a reader."""
        return str(self.lists[name].at[code, f"label_{language}"])

    def labels(self, name: str, language: str) -> dict[str, str]:
        """Word every code of one list for a reader."""
        return dict(self.lists[name][f"label_{language}"])

    def definition(self, name: str, code: str, language: str) -> str:
        """Say what falls under a code."""
        return str(self.lists[name].at[code, f"definition_{language}"])

    def marked(self, name: str, column: str) -> frozenset[str]:
        """Collect the codes for which a yes/empty column of their list says yes."""
        listed = self.lists[name]
        return frozenset(listed.index[listed[column] == "yes"])

    def violations_under(self, category: str) -> list[str]:
        """List the violations whose place in the menu is this category."""
        violations = self.lists["violations"]
        column = f"{self.lists['categories'].at[category, 'dataset']}_category"
        return list(violations.index[violations[column] == category])

    def menu_places(self, violation: str) -> list[str]:
        """List the categories under which a violation stands, one for each dataset that uses it."""
        places = self.lists["violations"].loc[violation, ["media_category", "rights_category"]]
        return [place for place in places if place]

    def matching(self, name: str, word: str) -> set[str]:
        """Collect the codes whose label in any language contains a case-folded word."""
        listed = self.lists[name]
        labels: Iterable[pd.Series] = (listed[f"label_{lang}"] for lang in LANGUAGES)
        return {c for column in labels for c, text in column.items() if word in text.casefold()}
