"""Published sentences about change, and how they are checked."""

from functools import cached_property

from answers import citing, quality
from answers.amounts import Amount
from answers.answer import Answer, Chapter, Link, Said, Section, Table
from answers.surfaces import claim
from answers.surfaces.claim import OneClaim
from incidents.citation import Citation
from incidents.claims import Claim


class Claims(Answer):
    """What others say changed: each published sentence under every way to read it."""

    surface, key, page = "claims", "claims", "claims"
    selection = None

    @cached_property
    def title(self) -> str:
        """Name the page."""
        return self.t("Claims")

    @cached_property
    def amount(self) -> Amount:
        """Say how many claims there are."""
        n = len(self.asked.package.claims)
        text = self.t.plural("{n} claim", "{n} claims", n)
        return Amount(n, n, text, self.t("published sentences"))

    @cached_property
    def table(self) -> Table:
        """Give a row per reading of every claim."""
        return claim.table(self.asked, claim.checked(self.asked.package))

    @cached_property
    def quality(self) -> tuple[str, ...]:
        """Say how good the records are, whatever is selected."""
        return quality.caveats(self.asked.package, self.t)

    @cached_property
    def citation(self) -> Citation:
        """Cite the claims with their readings."""
        rows = self.asked.package.claim_rows
        return citing.of_rows(self.asked, self.title, self.amount.text, rows, self.page)

    @cached_property
    def introduction(self) -> str:
        """Say what is done with the sentences here."""
        return self.t(
            "Sentences that others published about change do not say which numbers they compare, "
            "so each is recomputed under every reading, that is every choice of numbers, that we "
            "found. It holds or not by arithmetic alone: nothing here says that anything rose or "
            "fell."
        )

    @cached_property
    def empty(self) -> str:
        """Say that there are none."""
        return "" if self.asked.package.claims else self.t("This release lists no claims.")

    @cached_property
    def rows(self) -> dict[Claim, OneClaim]:
        """Answer for every claim."""
        checked = claim.checked(self.asked.package)
        return {each: OneClaim(self.asked, each, found) for each, found in checked.items()}

    @property
    def about(self) -> Chapter:
        """Fold away how to read the page."""
        title = self.t("How to read this page, and what no arithmetic covers")
        return Chapter("about-claims", title, lambda _: self._about)

    @property
    def _about(self) -> Section:
        """Say what the numbers rest on, and what they leave open."""
        t = self.t
        said = (
            t(
                "All is computed from release {release}, under readings that speak against a "
                "sentence as under those that bear it out. The filters do not change this page.",
                release=self.asked.package.release,
            ),
            t(
                "The verdict on a sentence follows from the published totals alone, never from the "
                "records collected here."
            ),
        )
        return Section("", tuple(map(Said, said)), parts=(self.uncovered,))

    @cached_property
    def uncovered(self) -> Section:
        """Say what the arithmetic leaves open."""
        t = self.t
        watched = t(
            "Whether monitoring, reporting or the law changed. More incidents counted can mean "
            "more that was watched."
        )
        scope = self.asked.package.statement("totals_scope", t.code)
        said = (
            " ".join(filter(None, (watched, scope))),
            t("Which reading was meant: the sentences do not say."),
            t("The years between: two years say nothing of what lies between them."),
            t(
                "A sentence that holds under one reading and fails under another is thereby "
                "neither true nor false."
            ),
        )
        to = {**self.asked.query(), "id": "how-claims"}
        onward = Link(t("How claims are checked →"), "methodology", to)
        title = t("What no arithmetic covers")
        return Section(title, tuple(map(Said, said)), links=(onward,))

    @property
    def every_reading(self) -> Link:
        """Lead to all that a verdict rests on."""
        return Link(self.t("Every reading →"), "claims", self.asked.query())

    @cached_property
    def method(self) -> Section:
        """Say how claims are checked."""
        t, book = self.t, self.asked.package.codebook
        manners = [
            Said(
                f"{book.label('claim_manners', code, t.code)}: "
                f"{book.definition('claim_manners', code, t.code)}",
                strong=book.label("claim_manners", code, t.code),
            )
            for code in book.codes("claim_manners")
        ]
        first = t(
            "A claim is a published sentence with its day and its publisher. It does not say which "
            "numbers it compares, so it is checked under every reading of its words that we found; "
            "each reading is a row of claim_readings.csv, with the reason why it is one."
        )
        rest = (
            t(
                "A reading cannot be checked where no published total is known for one of its "
                "years, where records were not collected for the whole of a period, or where the "
                "earlier period holds nothing. It is then listed with that reason, not left out."
            ),
            t(
                "Records count where they lie wholly inside a period. Their intervals are those of "
                "the comparison on Trends; published totals get the exact interval alone and no "
                "verdict."
            ),
        )
        onward = Link(t("The claims →"), "claims", self.asked.query())
        said = (Said(first), *manners, *map(Said, rest))
        return Section(t("How claims are checked"), said, links=(onward,))
