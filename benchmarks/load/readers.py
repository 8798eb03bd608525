"""The four readers as a crowd of them behaves: which pages and filters, what next; all seeded."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

LANGUAGES = ("en", "ru", "ky")
Chosen = Mapping[str, str]
"""The filters of a view: one code each."""


@dataclass(frozen=True)
class Place:
    """What a reader wants to see: a page, the filters, the language. The address says no more."""

    path: str
    chosen: tuple[tuple[str, str], ...] = ()
    lang: str = "en"

    @property
    def params(self) -> dict[str, list[str]]:
        """Give the parameters of the address, in the order in which the dashboard writes them."""
        language = {} if self.lang == "" else {"lang": [self.lang]}
        return {**{name: [code] for name, code in self.chosen}, **language}

    @property
    def query(self) -> str:
        """Write the parameters."""
        return urlencode(self.params, doseq=True)


@dataclass(frozen=True)
class Kind:
    """A kind of reader: the pages between which they go, and the filters that they set.

    `filtered` are those of the pages that have filters beside them.
    """

    name: str
    pages: tuple[str, ...]
    facet: str
    codes: tuple[str, ...]
    filtered: tuple[str, ...]

    def places(self, lang: str) -> list[Place]:
        """List everything that this reader may come to see."""
        choices = [(), *(((self.facet, code),) for code in self.codes)]
        return [Place(page, chosen, lang) for page in self.pages for chosen in choices]

    def next(self, now: Place, random: Random) -> Place:
        """Say what the reader wants next: another page in a third of all steps, or another filter.

        Where no filters stand, it is another page.
        """
        if now.path not in self.filtered or random.random() < 1 / 3:
            others = [page for page in self.pages if page != now.path]
            return Place(random.choice(others), now.chosen, now.lang)
        choices = [(), *(((self.facet, code),) for code in self.codes)]
        chosen = random.choice([each for each in choices if each != now.chosen])
        return Place(now.path, chosen, now.lang)


KINDS = (
    Kind("donor", ("", "impact"), "data", ("media", "rights"), ("", "impact")),
    Kind(
        "journalist",
        ("map", "records"),
        "violation",
        ("detention", "obstruction_of_reporting"),
        ("map", "records"),
    ),
    Kind("advocate", ("trends", "claims"), "group", ("women", "journalists"), ("trends",)),
    Kind("keeper", ("methodology", "codes", "check"), "data", ("media",), ()),
)


def arriving(
    number: int, seed: int, languages: Sequence[str] = LANGUAGES
) -> tuple[Kind, Place, Random]:
    """Say who the reader of a number is, where they arrive, and the chance that leads them on."""
    random = Random(f"{seed}-{number}")  # noqa: S311  # no secret
    kind = KINDS[number % len(KINDS)]
    return (
        kind,
        random.choice(kind.places(languages[number // len(KINDS) % len(languages)])),
        random,
    )


def pause(random: Random, mean: float) -> float:
    """Give the seconds until a reader's next step: the mean, ± 50 %."""
    return random.uniform(mean / 2, mean * 3 / 2)


def popular(languages: Sequence[str] = LANGUAGES) -> list[str]:
    """List the 50 addresses for which most ask: 30 light pages and 20 answers of the API."""
    pages = ("", "map", "trends", "records", "claims")
    light = [
        f"/light/{page}?{chosen}lang={lang}"
        for page in pages
        for chosen in ("", "data=media&")
        for lang in languages
    ]
    api = [
        f"/api/v1/counts.json?by={by}&{chosen}lang={lang}"
        for by in ("year", "group", "violation")
        for chosen in ("", "data=media&")
        for lang in languages
    ]
    return [*light, *api, "/api/v1/incidents.json?page=1", "/api/v1/incidents.csv?data=media"]


def rare(random: Random, languages: Sequence[str] = LANGUAGES) -> str:
    """Give one of several thousand addresses for which few ask."""
    start = random.randint(2017, 2026)
    period = f"from={start}&to={random.randint(start, 2026)}"
    lang = random.choice(languages)
    code = random.choice(("detention", "threat", "interrogation", "imprisonment", "criminal_case"))
    if random.random() < 0.5:
        return f"/light/records?{period}&violation={code}&lang={lang}"
    by = random.choice(("year", "quarter", "group", "region"))
    return f"/api/v1/counts.json?by={by}&{period}&violation={code}&lang={lang}"
