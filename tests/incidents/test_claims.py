"""What counts as holding, and what the bundled release says of each reading."""

import subprocess
import sys
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents import change, claims
from incidents.claims import Claim, Reading
from incidents.selection import Selection, Span
from tests import plain
from tests.conftest import HOME

MEDIA = Selection(data=("media",))


@pytest.mark.parametrize(
    ("manner", "factor", "ratio", "holds"),
    [
        ("almost", "3", 44 / 17, True),
        ("almost", "3", 2.5, True),
        ("almost", "3", 2.49, False),
        ("almost", "3", 3.0, True),
        ("almost", "3", 3.01, False),
        ("about", "3", 130 / 44, True),
        ("about", "3", 2.5, True),
        ("about", "3", 3.49, True),
        ("about", "3", 3.5, False),
        ("about", "3", 2.49, False),
        # one decimal said, one decimal held to
        ("about", "3.0", 2.96, True),
        ("about", "3.0", 2.94, False),
        ("about", "1.4", 29 / 20, False),
        ("about", "1.5", 29 / 20, True),
        ("more_than", "3", 3.0, False),
        ("more_than", "3", 17.0, True),
        # a fall: beyond the number is below it
        ("almost", "0.5", 0.52, True),
        ("almost", "0.5", 0.48, False),
        ("about", "0.5", 0.48, True),
        ("more_than", "0.5", 0.48, True),
        ("more_than", "0.5", 0.52, False),
    ],
)
def test_a_ratio_is_held_to_the_decimals_and_the_manner_of_the_sentence(
    manner, factor, ratio, holds
):
    assert claims.holds(manner, Decimal(factor), ratio) is holds


@given(
    factor=st.sampled_from(["2", "3", "2.5", "0.5", "0.33"]).map(Decimal),
    a=st.integers(1, 500),
    b=st.integers(0, 500),
)
def test_almost_is_about_and_never_more_than(factor, a, b):
    held = {manner: claims.holds(manner, factor, b / a) for manner in claims.MANNERS}
    assert held["almost"] == (held["about"] and not held["more_than"])


@given(
    manner=st.sampled_from(claims.MANNERS),
    factor=st.sampled_from(["2", "3", "2.5", "3.0", "1", "0.5", "0.33"]).map(Decimal),
    a=st.integers(1, 300),
    b=st.integers(0, 900),
)
def test_what_holds_lies_between_the_ends_that_are_drawn(manner, factor, a, b):
    low, high = claims.allowed(manner, factor)
    assert low < high
    if low < b / a < high:  # the ends themselves belong to it or not, as the manner says
        assert claims.holds(manner, factor, b / a)
    elif not low <= b / a <= high:
        assert not claims.holds(manner, factor, b / a)


def outcomes(*codes, selection=None):
    spans = Span.of("2018"), Span.of("2021")
    return [claims.Checked(Reading("", selection, *spans, "known_years"), c, False) for c in codes]


HOLDS, FAILS, UNKNOWN = claims.OUTCOMES


@pytest.mark.parametrize(
    ("published", "verdict"),
    [
        ([HOLDS, HOLDS], "holds"),
        ([HOLDS, UNKNOWN], "holds_where_checked"),
        ([HOLDS, FAILS], "depends"),
        ([HOLDS, FAILS, UNKNOWN], "depends"),
        ([FAILS], "does_not_hold"),
        ([FAILS, UNKNOWN], "does_not_hold_where_checked"),
        ([UNKNOWN], "cannot_be_checked"),
        ([], "cannot_be_checked"),
    ],
)
@pytest.mark.parametrize("recorded", [[], [HOLDS], [FAILS], [UNKNOWN]])
def test_a_verdict_sums_up_published_totals_and_no_record_changes_it(published, recorded, verdict):
    found = [*outcomes(*recorded, selection=MEDIA), *outcomes(*published)]
    assert claims.verdict(found) == verdict
    assert [len(of_kind) for of_kind in claims.apart(found)] == [len(published), len(recorded)]


PUBLISHED = {
    "S-01": [
        ("2018", "2021", (17, 44), "holds", None),
        ("2017", "2021", None, "cannot_be_checked", "no_total"),
        ("2018", "2022", (17, 130), "does_not_hold", None),
        ("2017", "2022", None, "cannot_be_checked", "no_total"),
    ],
    "S-02": [
        ("2021", "2022", (44, 130), "holds", None),
        ("2021", "2023", None, "cannot_be_checked", "no_total"),
    ],
}
"""Every reading of the bundled claims by published totals, and what comes out of it."""


def checked(package, claim):
    totals = {r.series: package.series(r.series) for r in claim.readings if r.series}
    return claims.check(claim, package.incidents, totals)


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_reading_by_published_totals_has_its_outcome(package, name):
    claim = next(claim for claim in package.claims if claim.claim_id == name)
    found = [
        (str(c.reading.earlier), str(c.reading.later), c.n, c.outcome, c.reason)
        for c in checked(package, claim)
        if c.reading.selection is None
    ]
    assert found == PUBLISHED[name]


def plainly_counted(selection, span):
    """Count records wholly inside a span, by a loop over the published rows."""
    first, last = (day.date() for day in span.days)
    return sum(
        plain.counted(row)
        and plain.fits(row, selection)
        and first <= plain.span(row)[0]
        and plain.span(row)[1] <= last
        for row in plain.rows()
    )


def test_every_reading_by_records_counts_the_published_rows(package):
    for claim in package.claims:
        for c in (c for c in checked(package, claim) if c.reading.selection):
            spans = (c.reading.earlier, c.reading.later)
            n = tuple(plainly_counted(c.reading.selection, span) for span in spans)
            assert c.n == n
            holds = claims.holds(claim.manner, claim.factor, n[1] / n[0])
            assert c.outcome == ("holds" if holds else "does_not_hold")


def test_every_bundled_claim_is_here(package):
    assert {claim.claim_id for claim in package.claims} == set(PUBLISHED)


def test_ratio_and_interval_are_those_of_the_comparison(package):
    for claim in package.claims:
        for found in checked(package, claim):
            reading = found.reading
            if reading.selection:
                spans = (reading.earlier, reading.later)
                subset = package.incidents.select(reading.selection)
                assert found.independent == change.compare(subset, *spans).change.independent
            elif found.n:
                totals = package.series(reading.series)
                years = int(str(reading.earlier)), int(str(reading.later))
                assert found.independent == change.published(totals, *years).independent
                assert found.widened is None


def test_a_period_that_was_not_over_when_the_sentence_was_said_is_marked(package):
    claim = package.claims[0]
    later = {str(c.reading.later): c.unfinished for c in checked(package, claim)}
    assert later == {"2021": False, "2022": True, "2022-01..2022-09": False}


def made(*readings, factor="3", manner="about", said="2026-06-30"):
    return Claim("S-09", pd.Timestamp(said), Decimal(factor), manner, {}, readings)


def outcome(package, series, selection, earlier, later, **claim):
    spans = Span.of(earlier), Span.of(later)
    return checked(package, made(Reading(series, selection, *spans, "known_years"), **claim))[0]


@pytest.mark.parametrize(("said", "over"), [("2021-12-31", False), ("2022-01-01", True)])
def test_a_year_is_over_the_day_after_its_last(package, said, over):
    found = outcome(package, "attacks_on_media", None, "2018", "2021", said=said)
    assert found.unfinished is not over


def test_records_are_not_compared_over_months_that_were_not_collected(package):
    found = outcome(package, "attacks_on_media", MEDIA, "2018", "2026")
    assert (found.outcome, found.reason, found.n) == ("cannot_be_checked", "not_collected", None)


def test_nothing_is_a_multiple_of_nothing(package):
    nothing = Selection(data=("media",), region=("KG-N",))
    found = outcome(package, "", nothing, "2018", "2019")
    assert (found.outcome, found.reason, found.n) == (
        "cannot_be_checked",
        "nothing_before",
        (0, 0),
    )


def test_a_series_nobody_published_has_no_total_for_either_year(package):
    found = outcome(package, "", None, "2018", "2021")
    assert (found.reason, found.missing) == ("no_total", (2018, 2021))


def test_the_share_held_is_that_of_each_years_total_where_one_is_known(package):
    asked = ("attacks_on_media", MEDIA)
    found = outcome(package, *asked, "2018", "2021")
    assert found.coverage == (found.n[0] / 17, found.n[1] / 44)
    assert outcome(package, *asked, "2017", "2021").coverage == (None, found.n[1] / 44)
    assert outcome(package, *asked, "2018-01", "2021-01").coverage is None
    assert outcome(package, "", MEDIA, "2018", "2021").coverage is None


def test_where_months_hang_together_the_interval_is_withheld(package):
    asked = ("attacks_on_media", MEDIA)
    assert outcome(package, *asked, "2018", "2022").withheld
    assert not outcome(package, *asked, "2021", "2022").withheld


def test_outcomes_are_counted_zeros_included(package):
    found = checked(package, package.claims[1])
    published = [c for c in found if not c.reading.selection]
    assert claims.tally(published) == {"holds": 1, "does_not_hold": 0, "cannot_be_checked": 1}


def test_who_only_loads_the_data_does_not_pay_for_the_statistics():
    code = (
        "import sys, loaders; assert loaders.load().claims;"
        "sys.exit('incidents.chance' in sys.modules or 'statsmodels' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=HOME, check=False).returncode == 0
