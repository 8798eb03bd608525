"""The codebook: every code of the data, with labels and definitions in three languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

LANGUAGES = ("ky", "ru", "en")
"""The languages of the dashboard, in the order in which they are offered."""

UNPLACED = "KG"
ONLINE = "ONLINE"
"""Region codes for "place not given" and for what happened on the internet, where a codebook has no
regions: `Codebook.unplaced` and `Codebook.online` are those of a package."""

LISTS = {
    "categories": ("dataset",),
    "checks": (),
    "claim_manners": (),
    "claim_reasons": (),
    "consents": ("publishable",),
    "datasets": ("acts_protect", "short_en", "short_ru", "short_ky"),
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
    "violations": ("protected",),
    "withdrawal_reasons": (),
}
"""The code lists and the columns each has beside code, labels and definitions. The violations also
have one for their place in the menu of each dataset: see `menu_column`."""

EXAMPLES = (
    *("example_en", "example_ru", "example_ky"),
    *("counter_code", "counter_en", "counter_ru", "counter_ky"),
)
"""The last columns of some lists: a situation made up for the code, and the nearest one that is
another's, with that other code."""

ILLUSTRATED = frozenset(
    ("categories", "groups", "kinds", "perpetrators", "responses", "targets", "violations")
)
"""The lists whose codes have an example and a counter-example: those that a coder chooses from."""

MARKS = {
    "acts_protect": ("yes",),
    "counted": ("yes",),
    "named": ("yes",),
    "protected": ("listed", "aggregate_only"),
    "publishable": ("yes",),
}
"""The words of a column that marks codes, beside none. What is protected is published as a coarse
record (`listed`) or counted and never listed (`aggregate_only`)."""


def menu_column(dataset: str) -> str:
    """Name the column that tells the place of a violation in the menu of a dataset."""
    return f"{dataset}_category"


def list_columns(name: str, datasets: Iterable[str] = ()) -> list[str]:
    """Name the columns of one code list, in published order, in a package of these datasets."""
    texts = [f"{kind}_{lang}" for kind in ("label", "definition") for lang in ("en", "ru", "ky")]
    menus = map(menu_column, datasets) if name == "violations" else ()
    return ["code", *menus, *LISTS[name], *texts, *(EXAMPLES if name in ILLUSTRATED else ())]


@dataclass(frozen=True)
class Codebook:
    """The code lists by name, each a frame indexed by code in menu order.

    `words` maps the raw violation words of the evidence to violation codes, `crosswalk` holds the
    equivalents of a code in other vocabularies and where each was read, `schemes` names those
    vocabularies, `region_forms` says where something happened ("in Bishkek") as each language does.
    """

    lists: Mapping[str, pd.DataFrame]
    words: pd.DataFrame
    crosswalk: pd.DataFrame
    schemes: pd.DataFrame
    region_forms: pd.DataFrame

    @cached_property
    def _texts(self) -> dict[tuple[str, str], dict[str, str]]:
        """Labels and definitions by list and column, each by code: pandas is slow for one cell."""
        return {
            (name, column): dict(zip(frame.index.tolist(), frame[column].tolist(), strict=True))
            for name, frame in self.lists.items()
            for column in frame.columns
        }

    @cached_property
    def _menu(self) -> dict[str, list[str]]:
        """Violations by category."""
        dataset_of = self._texts["categories", "dataset"]
        return {
            category: [
                code
                for code, place in self._texts["violations", menu_column(dataset)].items()
                if place == category
            ]
            for category, dataset in dataset_of.items()
        }

    @cached_property
    def unplaced(self) -> str:
        """The region code of what happened at a place not given: never on a map."""
        return self._region("unplaced", UNPLACED)

    @cached_property
    def online(self) -> str:
        """The region code of what happened on the internet: never on a map."""
        return self._region("online", ONLINE)

    def _region(self, kind: str, otherwise: str) -> str:
        kinds = self._texts.get(("regions", "kind"), {})
        return next((code for code, found in kinds.items() if found == kind), otherwise)

    def codes(self, name: str) -> list[str]:
        """List the codes of one list, in menu order."""
        return list(self.labels(name, "en"))

    def label(self, name: str, code: str, language: str) -> str:
        """Word one code for a reader."""
        return self._texts[name, f"label_{language}"][code]

    def labels(self, name: str, language: str) -> dict[str, str]:
        """Word every code of one list for a reader."""
        return self._texts[name, f"label_{language}"]

    def where(self, region: str, language: str) -> str:
        """Say "in" a region, in the case its language asks for. Empty where that is not known."""
        return self._where.get(language, {}).get(region, "")

    @cached_property
    def _where(self) -> dict[str, dict[str, str]]:
        rows = self.region_forms.set_index("code")
        return {lang: rows[f"where_{lang}"].to_dict() for lang in LANGUAGES}

    def definition(self, name: str, code: str, language: str) -> str:
        """Say what falls under a code."""
        return self._texts[name, f"definition_{language}"][code]

    def example(self, name: str, code: str, language: str) -> str:
        """Tell a made-up situation that falls under a code. Empty where there is none."""
        return self._texts[name, f"example_{language}"][code] if name in ILLUSTRATED else ""

    def counter_example(self, name: str, code: str, language: str) -> tuple[str, str]:
        """Tell the nearest situation that does not, and the label of the code that takes it."""
        taker = self._texts[name, "counter_code"][code] if name in ILLUSTRATED else ""
        if not taker:
            return "", ""
        return self._texts[name, f"counter_{language}"][code], self.label(name, taker, language)

    def column(self, name: str, column: str) -> dict[str, str]:
        """Give one column of a list by code."""
        return self._texts[name, column]

    def marked(self, name: str, column: str, mark: str = "") -> frozenset[str]:
        """Collect the codes that a column of their list marks: with one word, or with any."""
        marks = {mark} if mark else set(MARKS[column])
        return frozenset(code for code, word in self._texts[name, column].items() if word in marks)

    @property
    def equivalents_read(self) -> int:
        """Count the equivalents that were compared with the text of the article or term."""
        return int((self.crosswalk["read_at"] != "").sum())

    @cached_property
    def _terms(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """The crosswalk by list and code: pandas is slow for one code after the other."""
        titles = dict(zip(self.schemes["scheme"], self.schemes["title"], strict=True))
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        columns = (self.crosswalk[name].tolist() for name in ("list", "code", "scheme", "term"))
        for name, code, scheme, term in zip(*columns, strict=True):
            found.setdefault((name, code), []).append((titles[scheme], term))
        return found

    def terms(self, name: str, code: str) -> list[tuple[str, str]]:
        """List what a code is called in other vocabularies: title of each, and its term."""
        return self._terms.get((name, code), [])

    def violations_under(self, category: str) -> list[str]:
        """List the violations whose place in the menu is this category."""
        return self._menu[category]
