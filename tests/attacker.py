"""Try to find out of protected records what is not published: `make attack`.

The house is given a restricted package (see `tests.restricted`) and then asked, as a reader asks
it, everything one can ask with one filter and with two. The attacker knows every file that is
published, and reads lists, counts, their orders and the notice of what is wrong with the files.
What the answers single out is compared with the made-up truth. Nothing may be recovered; with
`--without-rules` it must be, or the attack would prove nothing.

What counts as found out, rule by rule:

- *listed*: a record is found under a region, group, act or word that its published row does not
  bear;
- *one month*: it is found in exactly one month of its year, alone or under another filter;
- *counted*: of two nested selections the smaller one, or what the larger one has more, is known
  from the published rows to hold one record; how many are counted there says its codes and month;
- *ordered*: a list puts it between two records whose dates leave it one month;
- *told*: the notice repeats a value of its row.
"""

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, cycle
from pathlib import Path

import numpy as np
import pandas as pd

from incidents import counts, listing, protection
from incidents.filters import FACETS
from incidents.schema import Fault
from incidents.selection import Selection, known_codes
from incidents.table import Incidents, Mask, Subset
from loaders import Faults, Package, load
from tests import attacker_of_cubes as cubes
from tests import attacker_of_releases as over_time
from tests import doors, plain, restricted
from tests.conftest import DATA
from tests.restricted import KINDS, Fact, Secret

TELLING = {
    "region": "region",
    "group": "group or act",
    "violation": "group or act",
    "q": "text",
    "period": "month",
}
"""The filters that can tell something of a record, and what."""
COUNTED_BY = ("region", "group", "violation")
MONTHS_ASKED = 2
"""How often the months of one record are asked for in counts: each answer costs milliseconds."""


@dataclass(frozen=True)
class Question:
    """One filter with one value."""

    parameter: str
    value: str

    def fact(self, record: str) -> Fact:
        """Give what is known of a record once it is known to be found."""
        return Fact(record, TELLING[self.parameter], self.value)


def selection(*asked: Question) -> Selection:
    """Select what fits every question."""
    chosen: dict[str, str | tuple[str, ...]] = {}
    for question in asked:
        if question.parameter == "period":
            chosen |= {"start": question.value, "end": question.value}
        elif question.parameter == "q":
            chosen["q"] = question.value
        else:
            chosen[question.parameter] = (question.value,)
    return Selection(**chosen)


def questions(package: Package, words: Iterable[str]) -> list[Question]:
    """List every word to be found out, every code of every filter, every year and month.

    Words come first: the house keeps what it searched for last.
    """
    codes = known_codes(package.codebook, list(package.incidents.places.index))
    found = [Question("q", word) for word in words]
    found += [
        Question(name, code) for name, facet in FACETS.items() for code in codes[facet.listed]
    ]
    first, last = counts.collection(package.incidents, Selection())
    for length in ("Y", "M"):
        spans = pd.period_range(first, last, freq=length)
        found += [Question("period", str(span)) for span in spans]
    return found


@dataclass
class Attack:
    """What is asked of one house, what is known beforehand, and what is found out."""

    house: Incidents
    asked: list[Question]
    found_out: set[Fact] = field(default_factory=set)
    two: int = 0
    isolating: int = 0

    def __post_init__(self) -> None:
        """Learn the published files by heart."""
        self.rows = list(plain.rows())
        self.ids = [row["incident_id"] for row in self.rows]
        self.protected = np.array([row["protected"] == "yes" for row in self.rows])
        self.counted = np.array([plain.counted(row) for row in self.rows])
        self.fits = {question: self._fits(question) for question in self.asked}
        places = {name: at for at, name in enumerate(self.house.frame["incident_id"])}
        self.at = np.array([places[name] for name in self.ids])
        self.months_of = Counter[tuple[int, bool]]()

    def _fits(self, question: Question) -> Mask:
        """Mark the records that fit as published; an invented word stands in none."""
        if question.parameter == "q":
            return np.zeros(len(self.rows), dtype=bool)
        return np.array([plain.fits(row, selection(question)) for row in self.rows])

    def run(self) -> set[Fact]:
        """Ask everything; give all that was found out, right or wrong."""
        listed = {question: self._ask(question) for question in self.asked}
        months = {(None, question): mask for question, (_, mask) in listed.items()}
        for one, other in combinations(self.asked, 2):
            if one.parameter == other.parameter:
                continue  # two values of one filter widen it: nothing is nested in the first
            subset, mask = self._ask(one, other)
            months[one, other] = months[other, one] = mask
            self.two += 1
            self._counted_within(one, other, subset)
            for whole, part in ((one, other), (other, one)):
                self._counted_without(whole, part, listed[whole][0], subset)
        self._in_one_month(months)
        self._ordered(subset for subset, _ in listed.values())
        return self.found_out

    def _ask(self, *asked: Question) -> tuple[Subset, Mask]:
        """Ask for a selection and look through its list, the records beside the figures too."""
        subset = self.house.select(selection(*asked))
        listed = subset.found[self.at]
        for question in asked:
            if question.parameter != "period" and question.parameter in TELLING:
                news = listed & self.protected & ~self.fits[question]
                self.found_out |= {question.fact(self.ids[at]) for at in np.flatnonzero(news)}
        return subset, listed

    def _in_one_month(self, listed: dict[tuple[Question | None, Question], Mask]) -> None:
        months = [q for q in self.asked if q.parameter == "period" and len(q.value) == 7]
        others = [None, *(q for q in self.asked if q.parameter != "period")]
        for year in sorted({month.value[:4] for month in months}):
            those = [month for month in months if month.value.startswith(year)]
            ours = self.protected & self.fits[Question("period", year)]
            for other in others:
                masks = np.array([listed[other, month] for month in those]) & ours
                for at in np.flatnonzero(masks.sum(axis=0) == 1):
                    month = those[int(masks[:, at].argmax())]
                    self.found_out.add(month.fact(self.ids[at]))

    def _counted_within(self, one: Question, other: Question, both: Subset) -> None:
        """Read the counts of a selection that is known to hold one protected record alone."""
        at = self._alone(self.fits[one] & self.fits[other])
        if at is not None and both.n == 1:
            self._counted(at, both, None)

    def _counted_without(self, whole: Question, part: Question, of: Subset, both: Subset) -> None:
        """Read what a selection counts more than one within it, if that is known to be one."""
        at = self._alone(self.fits[whole] & ~self.fits[part])
        if at is not None and of.n - both.n == 1:
            self._counted(at, of, both)

    def _alone(self, expected: Mask) -> int | None:
        found = np.flatnonzero(expected & self.counted)
        return int(found[0]) if len(found) == 1 and self.protected[found[0]] else None

    def _counted(self, at: int, whole: Subset, less: Subset | None) -> None:
        """Read the codes and the month of the one record that two selections differ by."""
        self.isolating += 1
        for facet in COUNTED_BY:
            # the options of a filter that is set are counted as if it were not
            is_set = getattr((less or whole).selection, facet)
            for count in (counts.by_code,) if is_set else (counts.by_code, counts.options):
                told = _differ(whole, less, lambda s, f=facet, c=count: pd.Series(c(s, f)))
                codes = [Question(facet, str(code)) for code in told.index[told.fillna(0) == 1]]
                self.found_out |= {q.fact(self.ids[at]) for q in codes if not self.fits[q][at]}
        self.months_of[at, less is None] += 1
        if self.months_of[at, less is None] <= MONTHS_ASKED:
            told = _differ(whole, less, lambda s: counts.by_period(s, "month").table["n"])
            if told.abs().sum() == 1:
                self.found_out.add(Fact(self.ids[at], "month", str(told.idxmax())))

    def _ordered(self, subsets: Iterable[Subset]) -> None:
        for ordered in (*self._lists(subsets), *self._neighbours()):
            for place, name in enumerate(ordered):
                if name in self._secret and (month := self._between(ordered, place)):
                    self.found_out.add(Fact(name, "month", month))

    def _lists(self, subsets: Iterable[Subset]) -> Iterator[list[str]]:
        """Turn the pages of every list, in one order or the other."""
        for subset, sort in zip(subsets, cycle(["newest", "oldest"]), strict=False):
            last = listing.page(subset, 1, sort).of
            pages = [listing.page(subset, n, sort).records for n in range(1, last + 1)]
            ids = [name for page in pages for name in page["incident_id"]]
            yield ids if sort == "newest" else ids[::-1]

    def _neighbours(self) -> Iterator[list[str]]:
        for _, record in self.house.frame.iterrows():
            near = [*listing.neighbours(self.house, record)["incident_id"]]
            yield near[::-1]

    @cached_property
    def _secret(self) -> dict[str, pd.Timestamp]:
        """Give the first day of each protected record as published: the first of its year."""
        return {r["incident_id"]: plain.span(r)[0] for r in self.rows if r["protected"]}

    @cached_property
    def _dated(self) -> dict[str, pd.Timestamp]:
        return {r["incident_id"]: plain.span(r)[0] for r in self.rows if not r["protected"]}

    def _between(self, ordered: Sequence[str], place: int) -> str | None:
        """Give the month that the nearest dated records before and after leave open.

        A record that stands where its published date puts it tells nothing by its place.
        """
        later = next((self._dated[i] for i in reversed(ordered[:place]) if i in self._dated), None)
        sooner = next((self._dated[i] for i in ordered[place + 1 :] if i in self._dated), None)
        published = self._secret[ordered[place]]
        if later is None or sooner is None or sooner <= published <= later:
            return None
        months = {f"{day:%Y-%m}" for day in (sooner, later)}
        return months.pop() if len(months) == 1 else None


def _differ(whole: Subset, less: Subset | None, count: Callable[[Subset], pd.Series]) -> pd.Series:
    return count(whole) if less is None else count(whole).sub(count(less), fill_value=0)


def told(faults: Iterable[Fault], ids: dict[str, list[str]]) -> set[Fact]:
    """Read the notice of what is wrong with the files: who knows a row knows whose value it is."""
    found = set()
    for fault in faults:
        record = ids[fault.file][fault.line - 2]
        values = {fault.value, fault.value[:7], *fault.value.split(";"), *fault.value.split()}
        found |= {Fact(record, kind, value) for kind in KINDS for value in values if value}
    return found


def switch_off() -> None:
    """Let everything through that the rules would refuse."""
    protection.RULES = ()
    protection.hides_value = lambda rows, about: rows["protected"] == "never"


@dataclass
class Result:
    """What one way to ask recovered, and the sentence that says how much was tried."""

    tried: str
    recovered: Counter[str]
    differ: int = 0

    def __str__(self) -> str:
        """Say what was tried and how much was recovered, never what."""
        by_kind = ", ".join(f"{kind} {n}" for kind, n in self.recovered.items())
        return f"{self.tried}: {self.recovered.total()} recovered{by_kind and f' ({by_kind})'}"


def recovered(found_out: set[Fact], truth: set[Fact]) -> Counter[str]:
    """Count what was found out and is true, once per record and kind."""
    right = {(fact.record, fact.kind) for fact in found_out & truth}
    order = (*KINDS, over_time.RELEASE)
    return Counter(kind for _, kind in sorted(right, key=lambda pair: order.index(pair[1])))


def given(
    folder: Path, package: Package, secrets: list[Secret], kinds: Sequence[str]
) -> tuple[Package, list[Fault]]:
    """Give the house a restricted package: what it shows then, and what its notice says."""
    copy = Path(shutil.copytree(DATA, folder / "-".join(kinds).replace(" ", "-")))
    restricted.write(copy, secrets, kinds)
    try:
        return load(copy), []
    except Faults as refused:
        return package, refused.faults


def domain(folder: Path, package: Package, secrets: list[Secret]) -> Iterator[Result]:
    """Attack the domain's own tables, for all kinds of value at once and for each alone."""
    truth = {fact for secret in secrets for fact in secret.facts}
    words = [word for secret in secrets for word in secret.words]
    ids: dict[str, list[str]] = {}
    for row in plain.rows():
        ids.setdefault(plain.FILES[row["dataset"]], []).append(row["incident_id"])
    shown, notice, refused = set(), set(), 0
    for kinds in (KINDS, *([kind] for kind in KINDS)):
        house, faults = given(folder, package, secrets, kinds)
        notice |= told(faults, ids)
        refused += bool(faults)
        shown.add(house)
        if not faults:
            break  # it shows all of it
    yield Result(f"{refused} restricted packages refused, with a notice", recovered(notice, truth))
    for house in shown - {package} or shown:
        begun = time.monotonic()
        attack = Attack(house.incidents, questions(package, words))
        found_out = attack.run()
        yield Result(
            f"The domain, {len(attack.asked):,} selections of one filter, {attack.two:,} of two, "
            f"{2 * attack.two:,} nested pairs, {attack.isolating:,} answers about one record "
            f"({time.monotonic() - begun:.0f} s)",
            recovered(found_out, truth),
        )


def through_cube(folder: Path, secrets: list[Secret]) -> Iterator[Result]:
    """Give the restricted package as parts of a cube; read the cube, every part, the problems."""
    truth = {fact for secret in secrets for fact in secret.facts}
    found_out, parts = cubes.found_out(folder, secrets, told)
    yield Result(f"A cube of {parts} restricted parts", recovered(found_out, truth))


def through_doors(
    folder: Path, package: Package, secrets: list[Secret], sampled: int
) -> Iterator[Result]:
    """Walk through every door with selections of one and two filters, drawn at random.

    The dashboard showed the bundled release before it was given the restricted package.
    """
    data = Path(shutil.copytree(DATA, folder / "doors"))
    reader = doors.Reader(secrets, package.codebook, data)
    ways = {"Through the doors": reader.walk, "Over plain HTTP": reader.ask}
    for walk in ways.values():
        list(walk(Selection(), secrets[0].record, 0))
    restricted.write(data, secrets)
    asked = questions(package, [word for secret in secrets for word in secret.words])
    truth = {fact for secret in secrets for fact in secret.facts}
    for way, walk in ways.items():
        begun = time.monotonic()
        draw = random.Random(restricted.SEED)  # noqa: S311  # the same sample at every run
        answers: list[doors.Answer] = []
        found_out: set[Fact] = set()
        differ = 0
        for step in range(sampled):
            chosen = selection(*draw.sample(asked, draw.choice([1, 2])))
            given = list(walk(chosen, draw.choice(secrets).record, step))
            published = package.incidents.select(chosen).n
            differ += sum(answer.n not in (None, published) for answer in given)
            answers += given
            # the words one searched for stand on the page whatever they find
            found_out |= {f for answer in given for f in answer.found_out if f.value != chosen.q}
        told = sorted({answer.door for answer in answers if answer.found_out & found_out & truth})
        size = sum(len(answer.content) for answer in answers)
        yield Result(
            f"{way}, {sampled:,} selections, {len(answers):,} pages and files, "
            f"{size:,} bytes, {differ:,} of which count other than what is published, "
            f"told by {', '.join(told) or 'none'} ({time.monotonic() - begun:.0f} s)",
            recovered(found_out, truth),
            differ,
        )


def through_releases(folder: Path, secrets: list[Secret]) -> Iterator[Result]:
    """Compare every pair of releases and all that is told of the past: made-up ones, the bundled.

    Of the bundled ones all that an older release adds to the newest is found out.
    """
    begun = time.monotonic()
    directory, truth = over_time.chain(folder, secrets)
    asking = over_time.Asking(directory)
    found_out = asking.found_out({fact.record for fact in truth})
    yield Result(
        f"Over time, {len(asking.held)} of {len(asking.versions)} made-up releases read, "
        f"{asking.asked:,} answers ({time.monotonic() - begun:.0f} s)",
        recovered(found_out, truth),
    )
    begun = time.monotonic()
    found_out, asking = over_time.published()
    yield Result(
        f"Over time, {len(asking.held)} bundled releases, {asking.asked:,} answers; the published "
        f"rows of {asking.differ()} protected records differ ({time.monotonic() - begun:.0f} s)",
        recovered(found_out, found_out),
    )


def main() -> int:
    """Print what was tried and how much was recovered. Anything recovered is a failure."""
    parser = argparse.ArgumentParser(description="Try to find out what is not published.")
    parser.add_argument("--doors", type=int, default=500, help="selections through every door")
    parser.add_argument("--without-rules", action="store_true", help="let everything through")
    options = parser.parse_args()
    package = load(DATA)
    secrets = restricted.secrets(package.codebook)
    if options.without_rules:
        switch_off()
        over_time.switch_off()
    total, differ = 0, 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for result in (
            *domain(folder, package, secrets),
            *through_doors(folder, package, secrets, options.doors),
            *through_releases(folder, secrets),
            *through_cube(folder, secrets),
        ):
            print(result, flush=True)
            total += result.recovered.total()
            differ += result.differ
    print(f"{len(secrets)} protected records: {total} recovered")
    return 1 if total or differ else 0


if __name__ == "__main__":
    sys.exit(main())
