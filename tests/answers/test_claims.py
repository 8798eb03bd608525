"""A claim at a glance says no more than its readings in full."""

import json
import re
from itertools import chain

import pytest

from answers import files
from answers.changes import factor
from answers.surfaces import readings
from answers.surfaces.claim import checked
from answers.surfaces.claims import Claims
from incidents import claims
from incidents.codebook import LANGUAGES
from loaders.downloads import from_csv
from tests.asking import question
from tests.loaders.test_claims import add_claim


@pytest.fixture(scope="module", params=LANGUAGES)
def answer(request):
    return question(f"/claims?lang={request.param}").answer(Claims)


def marks(figure):
    return [sorted(zip(trace.y, trace.x, strict=True)) for trace in figure.data]


def test_the_marks_of_a_claim_are_the_ratios_of_its_readings_that_can_be_checked(answer, package):
    for claim, row in answer.rows.items():
        found = checked(answer.asked.package)[claim]
        wanted = [
            [one.n[1] / one.n[0] for one in of_kind if one.outcome != "cannot_be_checked"]
            for of_kind in claims.apart(found)
        ]
        drawn = [[x for _, x in trace] for trace in marks(row.figure)]
        assert [[pytest.approx(x) for x in of_kind] for of_kind in wanted] == drawn


def lines(figure):
    """Read the lines through the marks back from a figure, panel by panel; None where is none."""
    return [
        [
            (x - down, x + up) if up or down else None
            for x, up, down in zip(
                trace.x, trace.error_x.array, trace.error_x.arrayminus, strict=True
            )
        ]
        for trace in figure.data
    ]


def test_each_mark_has_the_exact_interval_that_its_reading_tells_and_no_other(answer):
    t = answer.t
    for claim, row in answer.rows.items():
        found = checked(answer.asked.package)[claim]
        drawn = [one for one in found if readings.ratio(one) is not None]
        told = [line for of_kind in lines(row.figure) for line in of_kind]
        for one, line in zip(chain(*claims.apart(drawn)), told, strict=True):
            said = readings.intervals(one, t)
            assert (line is None) == one.withheld
            if line:
                span = t(
                    "{low} to {high}",
                    **{n: factor(x, t) for n, x in zip(("low", "high"), line, strict=True)},
                )
                assert span in said
                assert line == (pytest.approx(one.independent.low), pytest.approx(line[1]))
        both = row.table.rows[["low", "high"]].dropna()
        assert [tuple(map(pytest.approx, line)) for line in told if line] == list(
            both.itertuples(index=False, name=None)
        )


def test_a_claim_is_taken_away_and_cited_as_any_figure_is(answer):
    every = json.loads(files.as_json(answer))["rows"]
    for claim, row in answer.rows.items():
        made = files.of(row)
        assert list(made) == ["xlsx", "csv", "json", "png", "svg", "pptx"]
        rows = from_csv(made["csv"].make())
        assert set(rows["claim_id"]) == {claim.claim_id}
        assert len(rows) == row.amount.n == len(claim.readings)
        read = json.loads(made["json"].make())
        assert (read["title"], read["fingerprint"]) == (row.title, row.citation.fingerprint)
        assert read["rows"] == [one for one in every if one["claim_id"] == claim.claim_id]
        for kind in made:
            assert f"_claim-{claim.claim_id}_n{len(claim.readings)}_" in made[kind].name
        picture = made["svg"].make().decode()
        assert row.alt.split(". ")[0] in picture
    marks = {row.citation.fingerprint for row in answer.rows.values()}
    assert len(marks | {answer.citation.fingerprint}) == 1 + len(answer.rows)


def test_the_first_claim_is_drawn_from_the_published_numbers(answer):
    totals, records = next(iter(answer.rows.values())).figure.data
    assert list(totals.x) == [pytest.approx(44 / 17), pytest.approx(130 / 17)]
    assert len(records.x) == 5


def test_the_alternative_text_tells_every_reading_as_the_table_does(answer):
    table = answer.table.told()
    for claim, row in answer.rows.items():
        assert f"× {claim.factor}" in row.alt
        of_claim = table.loc[[readings.sentence(claim, answer.t)]]
        told = list(of_claim.itertuples(index=False))
        assert len(told) == len(claim.readings)
        rest = row.alt
        for _, periods, earlier, later, ratio, low, high, outcome, *_ in told:
            _, found, rest = rest.partition(f"{periods}: ")  # in the same order
            assert found
            numbers = f"{earlier} → {later}, × {ratio}"
            assert rest.startswith(outcome.lower() if ratio == "–" else numbers)
            said = rest.partition(";")[0]
            assert low == high == "–" or said.index(low) < said.index(high)


def test_every_label_of_the_chart_stands_in_the_alternative_text_or_says_why_not(answer):
    for claim, row in answer.rows.items():
        found = checked(answer.asked.package)[claim]
        texts = [note.text for note in row.figure.layout.annotations]
        assert not [text for text in texts if "{" in text]
        for one in found:
            for line in readings.label(one, answer.t):
                assert line in texts


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ["Depends on what is compared", "Holds where it can be checked"]),
        ("ru", ["Зависит от того, что сравнивать", "Сходится там, где можно проверить"]),
        ("ky", ["Эмне салыштырылганына жараша", "Текшерүүгө мүмкүн болгон жерде дал келет"]),
    ],
)
def test_the_verdict_is_a_few_words_and_stands_behind_a_quoted_sentence(lang, words):
    answer = question(f"/claims?lang={lang}").answer(Claims)
    assert [row.verdict for row in answer.rows.values()] == words
    # a sentence that may be wrong is quoted nowhere alone: not above a picture, not in a citation
    for row in answer.rows.values():
        assert row.title.endswith(f" {row.verdict.lower()}")
        assert row.citation.title == row.title


def test_what_is_counted_under_the_verdict_is_what_came_out(answer):
    counts = [re.findall(r"\d+", row.counted) for row in answer.rows.values()]
    for numbers, found in zip(counts, checked(answer.asked.package).values(), strict=True):
        n = claims.tally(claims.apart(found)[0])
        wanted = [n["holds"], sum(n.values()), n["cannot_be_checked"]]
        assert sorted(map(int, numbers)) == sorted(wanted)


def test_a_claim_about_records_alone_is_drawn_as_a_sample_and_gets_no_verdict(copy):
    add_claim(copy)
    answer = question("/claims", copy).answer(Claims)
    row = list(answer.rows.values())[-1]
    assert row.verdict == "Cannot be checked"
    assert "a sample, it holds under 0 of 1 reading." in row.counted
    assert "published totals: " not in row.alt
    records = next(iter(answer.rows.values())).figure.data[1]
    assert [trace.marker.symbol for trace in row.figure.data] == [records.marker.symbol]


def test_after_nothing_there_is_no_mark(copy):
    add_claim(copy)
    path = copy / "claim_readings.csv"
    text = path.read_text(encoding="utf-8").replace("data=rights&group=women", "region=KG-N")
    path.write_text(text.replace(",2019,2023,", ",2010,2023,"), encoding="utf-8")
    answer = question("/claims", copy).answer(Claims)
    claim, row = list(answer.rows.items())[-1]
    (one,) = checked(answer.asked.package)[claim]
    assert one.outcome == "cannot_be_checked"
    assert not [x for trace in row.figure.data for x in trace.x]
    assert "cannot be checked" in row.alt


def test_the_table_keeps_what_the_package_says_of_a_reading(answer, package):
    rows = answer.table.rows
    held = package.claim_rows
    assert set(held.columns) < set(rows.columns)
    both = (
        frame[list(held.columns)].sort_values(["claim_id", "selection", "earlier", "later"])
        for frame in (rows, held)
    )
    one, other = (frame.to_numpy().tolist() for frame in both)
    assert one == other
